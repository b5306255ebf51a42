/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file read by batches of segments; see segments.h. */
#ifndef TFLOW_IO_BATCH_H
#define TFLOW_IO_BATCH_H

#include "io/segments.h"

struct tflow_reader;
typedef struct tflow_i_batch tflow_i_batch;

/* For the file whose header was just understood, and whose bytes[0..n) were taken from
 * the source and not read yet; the next line is `line`. *out is NULL where the layout
 * is read row by row. Failures: ENOMEM. */
tflow_status tflow_i_batch_open(struct tflow_reader *reader, const char *bytes,
                                size_t n, tflow_i_batch **out, tflow_error *error);
void tflow_i_batch_free(tflow_i_batch *batch);
/* After the last step: what the threads added up goes to the reader's reduction. */
tflow_status tflow_i_batch_end(tflow_i_batch *batch, tflow_error *error);

typedef enum tflow_i_batch_state {
    TFLOW_I_BATCH_MORE,
    TFLOW_I_BATCH_DONE,    /* the file is at its end */
    TFLOW_I_BATCH_GIVEN_UP /* what follows in the file is to be fed to libcsv */
} tflow_i_batch_state;

/* Read the next batch into the table. Failures: those of the source, libcsv and the
 * record files. */
tflow_status tflow_i_batch_step(tflow_i_batch *batch, tflow_i_batch_state *state,
                                tflow_error *error);

#endif
