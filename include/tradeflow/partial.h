/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file partial.h
 * Partial sums of one group of flows: updated row by row, merged, taken away again,
 * stored as bytes, and finished to the sum with its quality.
 *
 * Sums are exact until they are finished, so that the result is the same to the last
 * bit however the rows were split, in whatever order the parts were merged, on whatever
 * machine. The state is flat memory without pointers, which its owner may copy, move,
 * keep in a hash table and drop without telling anybody: made for the aggregate
 * functions of databases.
 *
 *     tflow_partial partial;
 *     tflow_partial_init(&partial);
 *     tflow_partial_update(&partial, 12.5, 'A', 0);
 *     tflow_partial_update(&partial, 7.5, 'E', 0);
 *     tflow_partial_finish(&partial, TFLOW_MISSING_PROPAGATE, &result);
 *
 * Exact means: each value of 2^-43 (1.1e-13) or more is added as it is, smaller ones
 * are rounded to a multiple of 2^-96, one by one; the sum is rounded once, when
 * finished.
 */
#ifndef TRADEFLOW_PARTIAL_H
#define TRADEFLOW_PARTIAL_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The state of one group. All zeros is the empty state. Its members are the library's:
 * they are shown so that it can live on the stack and in arrays.
 */
typedef struct tflow_partial {
    uint64_t value[3];        /**< sum of the values */
    uint64_t magnitude[3];    /**< sum of the values without sign */
    uint64_t not_observed[3]; /**< the same, of those whose status is not A */
    int64_t rows[9];          /**< rows of status A P E I F Q L O M */
    int64_t missing;          /**< rows without a value */
    int64_t absent;           /**< cells known to be missing that have no row */
} tflow_partial;

/** Bytes of a stored state. */
#define TFLOW_PARTIAL_BYTES 176

/** What tflow_partial_update and tflow_partial_update_n take; add them up. */
typedef enum tflow_partial_flag {
    TFLOW_PARTIAL_NEGATIVE = 1 /**< negative values are data, not errors */
} tflow_partial_flag;

/** What a group comes to. */
typedef struct tflow_partial_result {
    double value; /**< the sum; NaN when it is missing */
    double
        share_not_observed; /**< share of the values, without sign, not of status A */
    int64_t n_rows;         /**< rows that took part */
    int64_t n_missing;      /**< of these without a value, and absent cells */
    int32_t lower_bound;    /**< 1: missing parts were left out of the sum */
    char status;            /**< weakest of A P E I F Q L O; M when there is none */
} tflow_partial_result;

/** Bytes of a state in memory, for those who cannot say sizeof(tflow_partial). */
TFLOW_API size_t tflow_partial_size(void);

/** Make a state empty; NULL is left alone. */
TFLOW_API void tflow_partial_init(tflow_partial *partial);

/**
 * Add a row.
 *
 * @param partial  the state; as it was when the call fails
 * @param value    finite; NaN is missing. The sum of all without sign stays below
 *                 2^94 (1.9e28)
 * @param status   SDMX observation status, one of A P E I F Q L O M; 0 when the data
 *                 do not say: O for a missing value, else A. A row of status M (cannot
 *                 exist) is counted, but takes no part.
 * @param flags    0, or TFLOW_PARTIAL_NEGATIVE
 *
 * @return TFLOW_OK.
 *         TFLOW_ENEGATIVE if @p value is below 0 and that is not allowed.
 *         TFLOW_ELIMIT if the value or a sum is too large to hold.
 *         TFLOW_EINVAL if @p partial is NULL, @p value infinite, or @p status or
 *         @p flags none of these.
 */
TFLOW_API tflow_status tflow_partial_update(tflow_partial *partial, double value,
                                            char status, uint32_t flags);

/**
 * Add many rows: all of them, or none when the call fails.
 *
 * @param partial  the state
 * @param values   the values; NaN is missing
 * @param status   status of the first row, as in tflow_partial_update; NULL: not said
 * @param stride   distance from one status to the next, in bytes; may be 0 or negative
 * @param flags    0, or TFLOW_PARTIAL_NEGATIVE
 * @param error    which row, and what is wrong with it; may be NULL
 *
 * @return As tflow_partial_update.
 *         TFLOW_EINVAL also if @p values has elements but no data.
 */
TFLOW_API tflow_status tflow_partial_update_n(tflow_partial *partial, tflow_vec values,
                                              const char *status, ptrdiff_t stride,
                                              uint32_t flags, tflow_error *error);

/**
 * Count cells that are known to be missing but have no row, as when every partner is
 * expected in every month. They weaken the status to O.
 *
 * @param partial  the state; as it was when the call fails
 * @param n        how many, 0 or more
 *
 * @return TFLOW_OK.
 *         TFLOW_ELIMIT if the count is too large to hold.
 *         TFLOW_EINVAL if @p partial is NULL or @p n negative.
 */
TFLOW_API tflow_status tflow_partial_absent(tflow_partial *partial, int64_t n);

/**
 * Add the rows of another state to this one. Order makes no difference.
 *
 * @param partial  the state; as it was when the call fails
 * @param other    the other; may be @p partial itself
 *
 * @return TFLOW_OK.
 *         TFLOW_ELIMIT if a sum or count is too large to hold.
 *         TFLOW_EINVAL if an argument is NULL.
 */
TFLOW_API tflow_status tflow_partial_merge(tflow_partial *partial,
                                           const tflow_partial *other);

/**
 * Take the rows of another state away again: the exact inverse of tflow_partial_merge.
 * Whether they were added before cannot be known in all cases, but what is left must be
 * a state that rows can make.
 *
 * @param partial  the state; as it was when the call fails
 * @param other    the other; may be @p partial itself
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if the rows cannot have been among those of @p partial.
 *         TFLOW_EINVAL if an argument is NULL.
 */
TFLOW_API tflow_status tflow_partial_subtract(tflow_partial *partial,
                                              const tflow_partial *other);

/**
 * What the rows of a state come to; the state stays as it is and may be added to.
 *
 *     value = sum of the values
 *     share_not_observed = sum |value| not of status A / sum |value|; where that is
 *                          0 / 0, 0 when the status is A and else 1
 *
 * @param partial  the state
 * @param missing  what missing values do to the sum
 * @param out      the result, written in all cases but TFLOW_EINVAL
 *
 * @return TFLOW_OK.
 *         TFLOW_LOWER_BOUND if missing values were skipped and others were not.
 *         TFLOW_MISSING_VALUE if the value is NaN because of missing values.
 *         TFLOW_TOO_FEW if no row took part; the value is NaN.
 *         TFLOW_EMISSING if a value is missing and @p missing is FAIL; the value is
 * NaN. TFLOW_EINVAL if a pointer is NULL or @p missing is none of the rules.
 */
TFLOW_API tflow_status tflow_partial_finish(const tflow_partial *partial,
                                            tflow_missing missing,
                                            tflow_partial_result *out);

/**
 * Store a state as bytes: the same bytes for the same rows, on every machine.
 *
 *     offset  bytes
 *          0      4  "TFPA"
 *          4      4  version: 1
 *          8     24  sum of the values in units of 2^-96, two's complement
 *         32     24  sum of the values without sign
 *         56     24  sum of the values without sign that are not of status A
 *         80     72  rows of status A P E I F Q L O M, 8 bytes each
 *        152      8  rows without a value
 *        160      8  absent cells
 *        168      8  CRC-64/XZ of the bytes before
 *
 * All numbers are little-endian.
 *
 * @param partial  the state
 * @param bytes    where to write
 * @param n        room there: TFLOW_PARTIAL_BYTES or more
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if a pointer is NULL or @p n too small.
 */
TFLOW_API tflow_status tflow_partial_serialise(const tflow_partial *partial,
                                               unsigned char *bytes, size_t n);

/**
 * Read a stored state back.
 *
 * @param bytes    the bytes; need not be aligned
 * @param n        how many: TFLOW_PARTIAL_BYTES
 * @param partial  the state; empty on failure
 * @param error    detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EPARSE if they are no state, cut short or damaged.
 *         TFLOW_EUNSUPPORTED if they are of another version.
 *         TFLOW_EINVAL if @p bytes or @p partial is NULL.
 */
TFLOW_API tflow_status tflow_partial_deserialise(const unsigned char *bytes, size_t n,
                                                 tflow_partial *partial,
                                                 tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
