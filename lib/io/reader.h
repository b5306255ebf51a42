/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reading under way: from sources through layouts into one table. */
#ifndef TFLOW_IO_READER_H
#define TFLOW_IO_READER_H

#include "io/batch.h"
#include "io/record.h"
#include "io/source.h"

struct tflow_reader {
    tflow_read_opts opts;
    tflow_i_records records;
    tflow_i_area_codes *area_codes;
    const tflow_i_layout *layout; /* asked for; NULL: by the header */

    const char *const *paths; /* files, or one piece of memory */
    size_t n_paths;
    const char *memory;
    size_t memory_size;
    int in_memory;

    size_t file; /* the one being read */
    tflow_i_source *source;
    tflow_i_csv *csv;
    tflow_i_batch *batch; /* reads the file after its header, unless it is NULL */
    int row_by_row;       /* then this says that libcsv does */
    tflow_i_reduction *reduction; /* NULL: rows are kept */
    uint64_t rows;                /* of the files before */
    uint64_t taken;               /* bytes of the files before */
    uint64_t size;                /* of all files; 0: not known */
    tflow_status failure;

    int known; /* the first header was understood */
    int power; /* of the first file's multiplier */
    char currency[16], valuation[64];
    tflow_i_text layouts, sources; /* a line each */
};

/* As tflow_reader_new, whatever the paths are: nothing is opened (read.c). */
tflow_status tflow_i_reader_new(const char *const *paths, size_t n,
                                const tflow_read_opts *opts, tflow_reader **out,
                                tflow_error *error);
/* The rows of a file are all there. */
tflow_status tflow_i_reader_end(tflow_reader *reader, tflow_error *error);
/* Check the options, and find the layout that they name (read_options.c). */
tflow_status tflow_i_reader_check(tflow_reader *reader, tflow_error *error);
/* The power of ten, 0 to 15, that a text of digits names; 0 when it does not. */
int tflow_i_reader_power(const char *text, int *power);
/* Take what the header just understood says of all rows (read_facts.c). Failures:
 * EMIXED, ENOMEM. */
tflow_status tflow_i_reader_facts(tflow_reader *reader, tflow_error *error);
/* Make the table of what was read (read_close.c). */
tflow_status tflow_i_reader_close(tflow_reader *reader, tflow_table **out,
                                  tflow_error *error);

#endif
