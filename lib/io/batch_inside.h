/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a batch, for the files that are one. */
#ifndef TFLOW_IO_BATCH_INSIDE_H
#define TFLOW_IO_BATCH_INSIDE_H

#include "io/batch.h"
#include "io/reader.h"

#include <pthread.h>

#define TFLOW_I_SEGMENTS_A_THREAD 8

/* Codes of a thread's texts as codes of the table. */
typedef struct tflow_i_codes {
    int32_t *of;
    size_t n, capacity;
} tflow_i_codes;

struct tflow_i_batch {
    tflow_reader *reader;
    size_t n_threads;
    tflow_i_extractor *extractors;
    tflow_i_codes (*codes)[TFLOW_I_KEYS]; /* per thread */
    int32_t *classes;                     /* per thread: how many the table knows of */
    tflow_i_reducer *reducers;            /* NULL: rows are kept */
    uint64_t *first_lines; /* by number of segment, when rows are added up */
    size_t n_first_lines, first_lines_capacity;

    char *bytes; /* the batch, and TFLOW_I_PADDING bytes that may be read */
    size_t n, capacity;
    size_t whole;   /* of these, whole rows */
    int at_end;     /* of the file */
    int feed_added; /* the last row had no line feed */
    uint64_t line;  /* of the batch's first row */

    tflow_i_segment *segments;
    size_t n_segments, segments_capacity;
    size_t *first_rows; /* of the table, by segment */
    size_t first_rows_capacity;

    pthread_mutex_t lock;
    size_t next; /* segment to be taken by a thread */
};

/* Fill the batch up and cut it into segments (batch_bytes.c). */
tflow_status tflow_i_batch_bytes(tflow_i_batch *batch, tflow_error *error);
/* Cut what is there. */
tflow_status tflow_i_batch_cut(tflow_i_batch *batch, tflow_error *error);

#endif
