/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file arrow.h
 * Tables to and from other programs in memory, by the Arrow C data and stream
 * interface: pandas, Polars, DuckDB, R and all others that speak it.
 */
#ifndef TRADEFLOW_ARROW_H
#define TRADEFLOW_ARROW_H

#include "tradeflow/core.h"
#include "tradeflow/read.h"
#include "tradeflow/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The structures of the Arrow specification, word for word: a program that has them
 * from somewhere else keeps those. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/**
 * Hand a table out as a stream of one batch.
 *
 * Numbers (float64, int64) and the codes of keys are not copied: what comes of the
 * stream points into the table and keeps it, so that tflow_table_free() may come first
 * and the memory goes with the last of them, in whatever thread that is.
 *
 *     key                  dictionary of strings, with int32 codes
 *     period               dictionary of strings ("2022", "2022-Q1"), ordered in time
 *     number               float64; what is missing or undefined is null
 *     whole number         int64
 *     observation status   dictionary of strings, of one letter each
 *     truth value          bool
 *
 * Metadata of the schema: each fact of the table as `tradeflow.` and its name, such as
 * `tradeflow.recipe` (JSON) and `tradeflow.currency`, but for the documents that an
 * operation makes (`text`, `html`, `svg`); `tradeflow.notes`, a note a line. Metadata
 * of a field: `tradeflow.unit`, where it has one.
 *
 * @param table  the table
 * @param out    a stream that holds nothing yet; yours to release, as the Arrow
 *               specification has it; released (release is NULL) after a failure
 * @param error  detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p table or @p out is NULL.
 *         TFLOW_ENOMEM when out of memory.
 *
 * Reference: Apache Arrow, The Arrow C data interface; The Arrow C stream interface.
 */
TFLOW_API tflow_status tflow_table_export_arrow(const tflow_table *table,
                                                struct ArrowArrayStream *out,
                                                tflow_error *error);

/**
 * Make a table of a stream of flows.
 *
 * The names of its columns are understood like the header of a CSV file: by a layout
 * ("auto": the one that fits) and the mapping of @p opts. Columns that are needed may
 * be whole numbers, floats, decimals, truth values, strings (`u`, `U`, `vu`), dates and
 * timestamps, or dictionaries of these, each batch with its own; columns that are not
 * needed may be anything. A date or timestamp stands for its month, as "2022-03-15"
 * does in a file; years are whole numbers ("2022" as text will do). Null is an empty
 * field of a file, NaN is null. What a stream made by tflow_table_export_arrow() says
 * of currency, valuation and unit multiplier holds where @p opts and the layout say
 * nothing. Options about the text of files (encoding, delimiter, packing, threads) have
 * no meaning here.
 *
 * The stream is taken over and released, whether this succeeds or not.
 *
 * @param stream  the stream; released (its release is NULL) when this returns, unless
 *                it is refused as NULL or released before
 * @param opts    how to read; NULL for the defaults
 * @param out     the table; yours
 * @param error   column, row (from 1, over all batches), what was found and expected
 *
 * @return TFLOW_OK.
 *         TFLOW_EIO if the stream fails; its own words are in @p error.
 *         TFLOW_EPARSE if it is not a table, its arrays are not well formed, a cell is
 * not what it should be, no layout fits or there are no rows.
 *         TFLOW_EUNKNOWN for a country, layout or column that is not known.
 *         TFLOW_EUNSUPPORTED for a needed column of a type that cannot be read.
 *         TFLOW_ENEGATIVE for a negative value that is not allowed.
 *         TFLOW_EINVAL if @p stream or @p out is NULL, the stream was released before
 * or an option is wrong.
 *         TFLOW_ENOMEM when out of memory.
 *
 * Reference: Apache Arrow, The Arrow C data interface; The Arrow C stream interface.
 */
TFLOW_API tflow_status tflow_table_import_arrow(struct ArrowArrayStream *stream,
                                                const tflow_read_opts *opts,
                                                tflow_table **out, tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
