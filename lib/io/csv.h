/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimited text, row by row: fed with bytes as they come, it calls back for each row
 * with its fields and the line it began on. The only door to libcsv. */
#ifndef TFLOW_IO_CSV_H
#define TFLOW_IO_CSV_H

#include "core/core.h"

#define TFLOW_I_FIELD_MAX ((size_t)1 << 20) /* bytes in a field */
#define TFLOW_I_ROW_MAX ((size_t)1 << 24)   /* bytes in a row */
#define TFLOW_I_FIELDS_MAX ((size_t)1 << 16)

typedef struct tflow_i_field {
    const char *text; /* ends with NUL; blanks around it are gone, quoted or not */
    size_t n;
} tflow_i_field;

/* A row, borrowed for the length of the call. */
typedef struct tflow_i_row {
    uint64_t line; /* where it begins, from 1 */
    size_t n;
    const tflow_i_field *fields;
} tflow_i_row;

typedef tflow_status tflow_i_row_fn(void *context, const tflow_i_row *row,
                                    tflow_error *error);

typedef struct tflow_i_csv tflow_i_csv;

/* delimiter 0: found in the first line, the most frequent of comma, semicolon and tab.
 */
tflow_status tflow_i_csv_new(const char *file, char delimiter, tflow_i_row_fn *row,
                             void *context, tflow_i_csv **out, tflow_error *error);
void tflow_i_csv_free(tflow_i_csv *csv);
/* Failures: EPARSE (quotes, NUL bytes), ELIMIT, ENOMEM, and those of the callback,
 * after which no row follows. */
tflow_status tflow_i_csv_feed(tflow_i_csv *csv, const char *bytes, size_t n,
                              tflow_error *error);
tflow_status tflow_i_csv_end(tflow_i_csv *csv, tflow_error *error);
/* From the next row on, only fields with wanted[i] != 0 carry their text; the others
 * keep their length and have the text "". wanted is borrowed. */
void tflow_i_csv_want(tflow_i_csv *csv, const unsigned char *wanted, size_t n);
/* Choose the delimiter from the first bytes, if none was named: before the first feed.
 */
void tflow_i_csv_sniff(tflow_i_csv *csv, const char *bytes, size_t n);
/* What is fed next begins on this line, and with a row. */
void tflow_i_csv_at(tflow_i_csv *csv, uint64_t line);
/* Was what was fed not the whole of a row? */
int tflow_i_csv_within(const tflow_i_csv *csv);
/* The line being read. */
uint64_t tflow_i_csv_line(const tflow_i_csv *csv);
char tflow_i_csv_delimiter(const tflow_i_csv *csv);

/* Read all rows of a file, header included. */
tflow_status tflow_i_csv_read(const char *path, tflow_i_row_fn *row, void *context,
                              tflow_error *error);

#endif
