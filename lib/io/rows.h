/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows and fields of a piece of delimited text that begins and ends with a row: the
 * fast way to them. It takes what is well formed, quoted or not, and refuses the rest,
 * which libcsv (csv.c), the reference, then reads or faults.
 */
#ifndef TFLOW_IO_ROWS_H
#define TFLOW_IO_ROWS_H

#include "core/core.h"
#include "io/marks.h"

/* Bytes after the text that may be read: whole blocks and words. */
#define TFLOW_I_PADDING (2 * TFLOW_I_BLOCK)

typedef struct tflow_i_rows {
    tflow_i_mark_fn *mark;
    char delimiter;
    const char *bytes; /* the piece last taken, borrowed */

    tflow_i_marks *marks;
    size_t marks_capacity;
    uint32_t *ends; /* of fields: where the delimiter or line feed after each stands */
    size_t n_ends, ends_capacity;
    uint32_t *last; /* of rows: which of the ends is the row's last */
    size_t n, last_capacity;
    uint32_t *escapes; /* doubled quotes: where the second stands */
    size_t n_escapes, escapes_capacity;
    uint32_t *inner; /* ends of lines inside quotes */
    size_t n_inner, inner_capacity;
} tflow_i_rows;

void tflow_i_rows_init(tflow_i_rows *rows, char delimiter);
void tflow_i_rows_free(tflow_i_rows *rows);

typedef enum tflow_i_taken {
    TFLOW_I_TAKEN,
    TFLOW_I_REFUSED, /* a quote out of place, a NUL byte, a lone carriage return */
    TFLOW_I_NO_MEMORY
} tflow_i_taken;

/* Find the rows of bytes[0..n): the last byte is a line feed outside quotes, and
 * TFLOW_I_PADDING bytes follow that may be read and are not changed. n < 2^32. */
tflow_i_taken tflow_i_rows_take(tflow_i_rows *rows, const char *bytes, size_t n);

/* The first field of row r (as a number among all fields) and how many there are. */
static inline size_t tflow_i_rows_first(const tflow_i_rows *rows, size_t r)
{
    return r == 0 ? 0 : (size_t)rows->last[r - 1] + 1;
}

/* A stretch of bytes. */
typedef struct tflow_i_span {
    const char *at;
    size_t n;
} tflow_i_span;

/* The text of field f: without quotes, and without the blanks around it or inside the
 * quotes; doubled quotes stand as they are. */
static inline tflow_i_span tflow_i_rows_field(const tflow_i_rows *rows, size_t f)
{
    const char *at = rows->bytes + (f == 0 ? 0 : (size_t)rows->ends[f - 1] + 1);
    const char *end = rows->bytes + rows->ends[f];
    if (end > at && end[-1] == '\r') /* not in quotes: there it is not the last */
        end--;
    if (end > at && *at == '"') {
        at++;
        end--;
    }
    /* Blanks are rare: one look at each end mostly. */
    while (end > at && (*at == ' ' || *at == '\t'))
        at++;
    while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    tflow_i_span span = {at, (size_t)(end - at)};
    return span;
}

/* Is row r a line of blanks, which is no row? */
int tflow_i_rows_blank(const tflow_i_rows *rows, size_t r);

/* ---- where a piece can be cut ---- */

/* Of bytes[0..n), which begin with a row and hold an odd number of quotes or not: the
 * length of the whole rows, 0 for none. Text whose quotes are out of place may be cut
 * after any line feed. */
size_t tflow_i_rows_cut(const char *bytes, size_t n, int odd);
/* Is the number of quotes odd? TFLOW_I_PADDING bytes may be read after them. */
int tflow_i_rows_odd(tflow_i_mark_fn *mark, const char *bytes, size_t n);

#endif
