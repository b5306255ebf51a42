/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file state.h
 * Sums that are kept: new files are added, revised ones replaced and old ones taken
 * away without reading the rest again.
 *
 * A state is made and changed by the operation `aggregate`, whose parameter `state`
 * names its file, or which tflow_call_state() gives one in memory:
 *
 *     tflow_state_new(&state, &error);
 *     tflow_call_new("aggregate", &call, &error);
 *     tflow_call_state(call, state, &error);
 *     tflow_call_set(call, "by", "partner", &error);
 *     tflow_call_input(call, january, &error);
 *     tflow_call_run(call, &result, &error);
 *
 * It holds exact partial sums (tradeflow/partial.h) by reporter, flow, period and the
 * keys of the call, so that what is added month by month is the same to the last bit as
 * all of it at once; what was chosen and added up, which all that follows has to agree
 * with; and where it came from. Nothing counts twice: a period that a reporter and flow
 * already have is refused, unless it is to be revised.
 */
#ifndef TRADEFLOW_STATE_H
#define TRADEFLOW_STATE_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A state; opaque. */
typedef struct tflow_state tflow_state;

/**
 * A state that holds nothing yet.
 *
 * @return TFLOW_OK.
 *         TFLOW_ENOMEM when out of memory; *@p out is then NULL.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_state_new(tflow_state **out, tflow_error *error);

/** Release a state; NULL is fine. */
TFLOW_API void tflow_state_free(tflow_state *state);

/**
 * Read a state from a file.
 *
 * @param path   its name
 * @param out    the state; yours
 * @param error  detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EIO if the file cannot be read.
 *         TFLOW_EPARSE if it is no state, cut short or damaged.
 *         TFLOW_EUNSUPPORTED if it is of another version.
 *         TFLOW_EINVAL if @p path or @p out is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_state_read(const char *path, tflow_state **out,
                                        tflow_error *error);

/**
 * Write a state to a file, whole or not at all: a file beside it, renamed once it is on
 * the disk. What a symbolic link points to is replaced, not the link.
 *
 * @return TFLOW_OK.
 *         TFLOW_EIO if the file cannot be written; what was there is still there.
 *         TFLOW_EINVAL if @p state or @p path is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_state_write(const tflow_state *state, const char *path,
                                         tflow_error *error);

/**
 * A state as bytes: the same bytes for the same sums and sources, on every machine.
 *
 * @param state  the state
 * @param bytes  the bytes; release with tflow_state_bytes_free
 * @param n      how many
 * @param error  detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if an argument is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_state_serialise(const tflow_state *state,
                                             unsigned char **bytes, size_t *n,
                                             tflow_error *error);

/** Release bytes of tflow_state_serialise; NULL is fine. */
TFLOW_API void tflow_state_bytes_free(unsigned char *bytes);

/**
 * A state from its bytes.
 *
 * @return TFLOW_OK.
 *         TFLOW_EPARSE if they are no state, cut short or damaged.
 *         TFLOW_EUNSUPPORTED if they are of another version.
 *         TFLOW_EINVAL if @p bytes or @p out is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_state_deserialise(const unsigned char *bytes, size_t n,
                                               tflow_state **out, tflow_error *error);

/** Number of partial sums it holds. */
TFLOW_API size_t tflow_state_cells(const tflow_state *state);

/** Number of tables added to it, of which something is left. */
TFLOW_API size_t tflow_state_sources(const tflow_state *state);

/** The name of source @p i, in the order of adding, borrowed; names of files that made
 * one table are joined by newlines; "" when the table had none; NULL: no such source.
 */
TFLOW_API const char *tflow_state_source(const tflow_state *state, size_t i);

/** Rows of source @p i that are in the sums. */
TFLOW_API uint64_t tflow_state_source_rows(const tflow_state *state, size_t i);

/**
 * What the sums were made with, borrowed: a parameter of `aggregate` (`measure`,
 * `reporter`, `partner`, `product`, `flow`, `period`, `level`, `frequency`,
 * `accumulate`, `by`, `total`, `duplicates`), or `unit`, `valuation`, `currency`,
 * `quantity_unit`, `products` (the level of the product codes).
 *
 * @return the text; "" when there is nothing to say; NULL when nothing was added yet or
 *         there is no such fact
 */
TFLOW_API const char *tflow_state_fact(const tflow_state *state, const char *name);

#ifdef __cplusplus
}
#endif

#endif
