/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the rows of a file, once its header is understood, to the rows of a table. */
#ifndef TFLOW_IO_RECORD_H
#define TFLOW_IO_RECORD_H

#include "io/area_codes.h"
#include "io/layout.h"
#include "table/table.h"

#define TFLOW_I_BAD_SHOWN 5

/* What one observation of a row says. */
typedef struct tflow_i_numbers {
    double value, quantity, weight;
    char status;
    tflow_period period;
} tflow_i_numbers;

typedef struct tflow_i_records {
    tflow_builder *builder;
    const tflow_read_opts *opts;
    const tflow_i_area_codes *area_codes; /* NULL: none given */
    const char *file;
    int json;            /* the file is JSON */
    const char *counted; /* "record", "row": rows have a number, but no line; or NULL */
    tflow_i_binding binding;
    int bound;
    size_t column[TFLOW_I_ROLES]; /* of the table, by role; TFLOW_I_NO_FIELD: none */
    tflow_i_numbers *numbers;     /* of the row, by measure */
    /* Texts of areas seen in this file, and the codes they came to, by role. */
    tflow_i_dict *texts[TFLOW_I_KEYS];
    int32_t *codes[TFLOW_I_KEYS];
    size_t codes_capacity[TFLOW_I_KEYS];
    tflow_i_text joined; /* texts of the row's area */
    /* Cells that Eurostat spreads over rows. */
    tflow_i_groups *cells;
    size_t *cell_rows;
    size_t cell_rows_capacity;
    int shift;     /* power of ten that brings values to the first file's multiplier */
    uint64_t rows; /* of this file */
    uint64_t left_out;   /* rows of this file that hold something else */
    tflow_i_dict *other; /* what that is */

    uint64_t skipped; /* bad rows set aside, of all files */
    tflow_error bad[TFLOW_I_BAD_SHOWN];
    uint64_t goods, services;
    tflow_i_dict *classifications;
} tflow_i_records;

tflow_status tflow_i_records_new(tflow_i_records *records, const tflow_read_opts *opts,
                                 tflow_error *error);
/* Give the table the columns that the binding of this file asks for; rows of earlier
 * files miss those that are new. */
tflow_status tflow_i_records_open(tflow_i_records *records, tflow_error *error);
/* Take a row of data. */
tflow_status tflow_i_records_take(tflow_i_records *records, const tflow_i_row *row,
                                  tflow_error *error);
/* Say what was left out, and forget what belongs to this file. */
tflow_status tflow_i_records_end(tflow_i_records *records, tflow_error *error);
void tflow_i_records_free(tflow_i_records *records);

#endif
