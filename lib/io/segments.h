/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of a file by several threads. A batch of bytes is cut, between rows, into
 * segments of a fixed size; threads read the segments into columns; then, in the order
 * of the file, what they found becomes rows of the table, and what they refused is
 * given to libcsv and the record files. So the table does not depend on the number of
 * threads.
 */
#ifndef TFLOW_IO_SEGMENTS_H
#define TFLOW_IO_SEGMENTS_H

#include "io/reduce.h"
#include "io/source.h"

#define TFLOW_I_SEGMENT ((size_t)256 * 1024)

/* A row left to the record files. */
typedef struct tflow_i_left {
    size_t before; /* rows of the segment taken before it */
    size_t at, n;  /* its bytes in the batch */
    uint64_t line; /* counted from the segment's first, 0 */
} tflow_i_left;

typedef struct tflow_i_segment {
    size_t at, n; /* bytes in the batch; they begin and end with a row */
    size_t thread;
    tflow_i_taken taken;
    int failed;              /* out of memory */
    tflow_i_tallied tallied; /* when rows are added up */
    uint32_t line;           /* of the row that could not be */
    uint64_t lines, first_line;

    size_t rows;
    int32_t *keys[TFLOW_I_KEYS]; /* the thread's codes; NULL: not in this file */
    tflow_period *periods;
    double *numbers[3]; /* value, quantity, weight */
    char *statuses[3];
    uint32_t *lines_of;
    size_t keys_capacity[TFLOW_I_KEYS], periods_capacity, numbers_capacity[3],
        statuses_capacity[3], lines_capacity;
    uint64_t services;

    tflow_i_left *left;
    size_t n_left, left_capacity;
    int32_t texts[TFLOW_I_KEYS], classes; /* the thread's texts once it was read */
} tflow_i_segment;

/* Read the rows of one segment by x; the batch begins at `bytes`. Where there is a
 * reducer they go to it, as rows of segment `number`, and not into the columns. */
void tflow_i_segment_read(tflow_i_segment *s, tflow_i_extractor *x,
                          tflow_i_reducer *reducer, uint64_t number, const char *bytes);
void tflow_i_segment_free(tflow_i_segment *s);

#endif
