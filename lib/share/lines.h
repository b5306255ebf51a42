/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a total, looked through once: what shares and concentration start from.
 */
#ifndef TFLOW_SHARE_LINES_H
#define TFLOW_SHARE_LINES_H

#include "core/core.h"

typedef struct tflow_i_lines {
    tflow_vec x;
    tflow_missing missing;
    size_t counted; /* lines that count: n of the caller, or those not left out */
    size_t active;  /* lines above 0 */
    double total;   /* in scaled units; 0 if nothing was traded */
    double scale;   /* a power of two that keeps the total in range */
} tflow_i_lines;

/* Look through x under the policy. n is the caller's number of lines, 0 for those of x.
 *
 * TFLOW_OK or TFLOW_LOWER_BOUND, with *lines filled, or why there is no answer; a total
 * of 0 is left to the caller. */
tflow_status tflow_i_lines_scan(tflow_vec x, size_t n, tflow_missing missing,
                                tflow_i_lines *lines, tflow_error *error);

/* The same, and TFLOW_UNDEFINED for a total of 0. */
tflow_status tflow_i_lines_total(tflow_vec x, size_t n, tflow_missing missing,
                                 tflow_i_lines *lines, tflow_error *error);

/* Whether a status comes with an answer. */
static inline int tflow_i_answered(tflow_status status)
{
    return status == TFLOW_OK || status == TFLOW_LOWER_BOUND;
}

/* Line i in scaled units; NaN if it is left out. */
static inline double tflow_i_lines_at(const tflow_i_lines *lines, size_t i)
{
    double value = tflow_i_vec_at(lines->x, i) * lines->scale;

    if (value != value && lines->missing == TFLOW_MISSING_ZERO)
        return 0;
    return value;
}

#endif
