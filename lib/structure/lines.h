/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two or three vectors of lines under a missing policy. */
#ifndef TFLOW_STRUCTURE_LINES_H
#define TFLOW_STRUCTURE_LINES_H

#include "core/core.h"

#define TFLOW_I_SIDES 3

typedef struct tflow_i_sides {
    tflow_vec v[TFLOW_I_SIDES];
    size_t n_sides;
    tflow_missing missing;
    size_t n;                    /* lines that take part */
    size_t left_out;             /* lines of which a side is missing */
    double scale[TFLOW_I_SIDES]; /* powers of two: no sum or square of them overflows */
    double total[TFLOW_I_SIDES]; /* of the scaled lines that take part */
} tflow_i_sides;

/* Check the vectors and add them up. TFLOW_OK or TFLOW_LOWER_BOUND, or why there is no
 * answer; totals of 0 are left to the caller. */
tflow_status tflow_i_sides_open(tflow_i_sides *sides, tflow_error *error);

static inline int tflow_i_sides_answered(tflow_status status)
{
    return status == TFLOW_OK || status == TFLOW_LOWER_BOUND;
}

/* The scaled values of line i; 0 when it is left out. */
static inline int tflow_i_sides_at(const tflow_i_sides *sides, size_t i, double *value)
{
    int there = 1;
    for (size_t k = 0; k < sides->n_sides; k++) {
        value[k] = tflow_i_vec_at(sides->v[k], i) * sides->scale[k];
        if (value[k] != value[k]) {
            there &= sides->missing == TFLOW_MISSING_ZERO;
            value[k] = 0;
        }
    }
    return there;
}

#endif
