/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the rows of a file, once its header is understood, to the rows of a table. */
#ifndef TFLOW_IO_RECORD_H
#define TFLOW_IO_RECORD_H

#include "io/layout.h"
#include "table/table.h"

#define TFLOW_I_BAD_SHOWN 5

typedef struct tflow_i_records {
    tflow_builder *builder;
    const tflow_read_opts *opts;
    const char *file;
    tflow_i_binding binding;
    int bound;
    int opened;                   /* the table has its columns */
    size_t column[TFLOW_I_ROLES]; /* of the table, by role; TFLOW_I_NO_FIELD: none */
    /* Texts of areas seen, and the codes they came to, by role. */
    tflow_i_dict *texts[TFLOW_I_KEYS];
    int32_t *codes[TFLOW_I_KEYS];
    size_t codes_capacity[TFLOW_I_KEYS];
    /* Cells that Eurostat spreads over rows. */
    tflow_i_groups *cells;
    size_t *cell_rows;
    size_t cell_rows_capacity;
    double scale; /* brings this file's values to the first file's multiplier */
    uint64_t rows, skipped;
    tflow_error bad[TFLOW_I_BAD_SHOWN]; /* the first rows set aside */
} tflow_i_records;

/* The table gets its columns from the binding of the first file; later files must have
 * no others. */
tflow_status tflow_i_records_open(tflow_i_records *records, tflow_error *error);
/* Take a row of data. */
tflow_status tflow_i_records_take(tflow_i_records *records, const tflow_i_row *row,
                                  tflow_error *error);
/* Forget what belongs to one file, before the next. */
void tflow_i_records_next(tflow_i_records *records);
void tflow_i_records_close(tflow_i_records *records);

#endif
