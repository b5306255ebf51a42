/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrow: streams of batches to and from tables. nanoarrow (third_party) lays arrays out
 * and checks those that come. */
#ifndef TFLOW_IO_ARROW_H
#define TFLOW_IO_ARROW_H

#include "core/core.h"
#include "io/reader.h"
#include "tradeflow/arrow.h"

#include "nanoarrow/nanoarrow.h"

/* A failure of nanoarrow's, or of a stream's, as one of ours. */
tflow_status tflow_i_arrow_fail(int code, tflow_status status,
                                const struct ArrowError *why, tflow_error *error);

/* A column that is being read. */
typedef struct tflow_i_arrow_column {
    struct ArrowSchemaView type; /* of the values: of a dictionary, what it holds */
    const struct ArrowArrayView *view; /* of the batch at hand */
    const char *name;
    int dictionary; /* are there codes into `view->dictionary`? */
} tflow_i_arrow_column;

/* Can the type be text? Failure: EUNSUPPORTED (arrow_text.c). */
tflow_status tflow_i_arrow_readable(const tflow_i_arrow_column *column,
                                    tflow_error *error);
/* Add what a cell says, as a CSV file would write it: nothing for null. `point` is the
 * decimal point of numbers. Failures: EPARSE (infinite, NUL bytes), ENOMEM. */
tflow_status tflow_i_arrow_text(const tflow_i_arrow_column *column, int64_t row,
                                char point, tflow_i_text *text, tflow_error *error);

/* How the cells of a column lie: int32 for codes of texts (arrow_schema.c). */
enum ArrowType tflow_i_arrow_storage(tflow_type type);
/* The schema of a table, whose texts are in dictionaries or not. A code of nanoarrow;
 * released after a failure. */
int tflow_i_arrow_schema(const tflow_table *table, int dictionaries,
                         struct ArrowSchema *schema);

/* Read a stream into the reader's records, as the rows of a file: its header and then
 * all its batches. The stream stays the caller's (arrow_import.c). */
tflow_status tflow_i_arrow_rows(tflow_reader *reader, struct ArrowArrayStream *stream,
                                tflow_error *error);

/* ---- IPC: streams and files (arrow_ipc.c, arrow_write.c) ---- */

/* Do these bytes begin a stream or a file? */
int tflow_i_arrow_begins(const char *bytes, size_t n);
/* Read what the reader's source holds, of which these bytes were read already. */
tflow_status tflow_i_arrow_ipc(tflow_reader *reader, const char *bytes, size_t n,
                               tflow_error *error);

#endif
