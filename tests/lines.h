/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a total for the tests of shares and of concentration. */
#ifndef TFLOW_TEST_LINES_H
#define TFLOW_TEST_LINES_H

#include "csv_grid.h"
#include "tradeflow.h"

#include <float.h>

#define MAX_LINES 512

static double scratch[MAX_LINES];

#define P TFLOW_MISSING_PROPAGATE
#define S TFLOW_MISSING_SKIP
#define Z TFLOW_MISSING_ZERO
#define F TFLOW_MISSING_FAIL

/* What neither shares nor an index have an answer to. */
static const struct {
    double x[3];
    size_t n;
    tflow_missing missing;
    tflow_status status;
    const char *why;
} refused[] = {
    {{0}, 0, P, TFLOW_UNDEFINED, "nothing"},
    {{0, 0, 0}, 3, P, TFLOW_UNDEFINED, "all zero"},
    {{0}, 1, P, TFLOW_UNDEFINED, "one zero"},
    {{NAN, NAN, NAN}, 3, P, TFLOW_MISSING_VALUE, "all missing"},
    {{NAN, NAN, NAN}, 3, S, TFLOW_UNDEFINED, "all missing, skipped"},
    {{NAN, NAN, NAN}, 3, Z, TFLOW_UNDEFINED, "all missing, zero"},
    {{NAN, NAN, NAN}, 3, F, TFLOW_EMISSING, "all missing, refused"},
    {{1, NAN, 3}, 3, P, TFLOW_MISSING_VALUE, "one missing"},
    {{1, NAN, 3}, 3, F, TFLOW_EMISSING, "one missing, refused"},
    {{NAN, 0, 0}, 3, S, TFLOW_UNDEFINED, "zeros are left"},
    {{1, -2, 3}, 3, P, TFLOW_ENEGATIVE, "one negative"},
    {{NAN, -2, 3}, 3, P, TFLOW_ENEGATIVE, "negative before missing"},
    {{NAN, -2, 3}, 3, F, TFLOW_ENEGATIVE, "negative before refused"},
    {{1, -INFINITY, 3}, 3, S, TFLOW_ENEGATIVE, "minus infinity"},
    {{1, INFINITY, 3}, 3, P, TFLOW_UNDEFINED, "infinity"},
    {{1, 2, 3}, 3, (tflow_missing)4, TFLOW_EINVAL, "no such policy"},
    {{1, 2, 3}, 3, (tflow_missing)-1, TFLOW_EINVAL, "no such policy"},
};

static inline double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

/* Exports of Belarus by partner in a year; *china and *russia are their positions. */
static inline size_t belarus_exports(const char *year, double *x, size_t *china,
                                     size_t *russia)
{
    grid g = grid_read("data/belarus/baci_belarus_partners_2000_2020.csv");
    size_t n = 0;

    *china = *russia = SIZE_MAX;
    for (size_t i = 1; i < g.n; i++) {
        char **f = g.row[i].field;
        if (strcmp(f[0], "BLR") != 0 || strcmp(f[2], "X") || strcmp(f[3], year) != 0)
            continue;
        ck_assert_uint_lt(n, MAX_LINES);
        if (strcmp(f[1], "CHN") == 0)
            *china = n;
        if (strcmp(f[1], "RUS") == 0)
            *russia = n;
        x[n++] = grid_number(f[4]);
    }
    ck_assert(*china < n && *russia < n);
    grid_free(&g);
    return n;
}

#endif
