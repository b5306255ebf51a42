/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writers share. */
#ifndef TFLOW_IO_WRITE_H
#define TFLOW_IO_WRITE_H

#include "core/core.h"
#include "tradeflow/write.h"

/* ---- cells (cell.c) ---- */

int tflow_i_cell_missing(const tflow_table *table, size_t column, size_t row);
/* The cell for a machine: full precision, no grouping; nothing when missing. A truth
 * value is true or false. */
void tflow_i_cell_plain(tflow_i_text *out, const tflow_table *table, size_t column,
                        size_t row);

/* How the numbers of a column are rounded for people. */
typedef struct tflow_i_rounding {
    int decimals;
    int per_cent;    /* a fraction, shown times 100 */
    int exponential; /* all too small or too large for fixed decimals */
    int each;        /* of so different size that each has decimals of its own */
} tflow_i_rounding;

/* Decimals that show four digits of a typical value, no more than any value has; of
 * each value where they are of very different size (a level beside a ratio). With
 * per_cent, two decimals of a per cent unless all are smaller than that shows. */
tflow_i_rounding tflow_i_rounding_of(const tflow_table *table, size_t column,
                                     int per_cent);
/* The cell for a person; nothing when missing. */
void tflow_i_cell_person(tflow_i_text *out, const tflow_table *table, size_t column,
                         size_t row, const tflow_i_rounding *rounding);

/* ---- one writer a file; each fills `out`, whose failure is checked by the caller ----
 */

/* A text as a field of CSV. */
void tflow_i_csv_text(tflow_i_text *out, const char *text);
void tflow_i_write_csv(tflow_i_text *out, const tflow_table *table);
void tflow_i_write_tsv(tflow_i_text *out, const tflow_table *table);
tflow_status tflow_i_write_json(tflow_i_text *out, const tflow_table *table,
                                tflow_error *error);
void tflow_i_write_jsonl(tflow_i_text *out, const tflow_table *table);
void tflow_i_write_md(tflow_i_text *out, const tflow_table *table);
tflow_status tflow_i_write_table(tflow_i_text *out, const tflow_table *table,
                                 size_t width, int ascii, tflow_error *error);

/* Whether text is a JSON object (json_check.c). */
int tflow_i_json_object(const char *text);

/* Write a table as Arrow IPC, a file or a stream (arrow_write.c); *out is freed with
 * tflow_i_free. */
tflow_status tflow_i_arrow_write(const tflow_table *table, int file,
                                 unsigned char **out, size_t *n, tflow_error *error);

#endif
