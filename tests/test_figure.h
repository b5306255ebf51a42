/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the figure room share. Expected numbers are hand calculations from
 * the printed digits unless a line says otherwise. */
#ifndef TFLOW_TEST_FIGURE_H
#define TFLOW_TEST_FIGURE_H

#include "figure/figure.h"
#include "test.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define NONE NAN /* no bound */

static inline tflow_range iv(double low, double high, int low_closed, int high_closed)
{
    tflow_range a = {low, high, low_closed, high_closed};
    return a;
}

/* Ends to one part in 10^12, closedness exactly. */
static inline int same(tflow_range got, tflow_range want)
{
    const double g[2] = {got.low, got.high}, w[2] = {want.low, want.high};

    for (int i = 0; i < 2; i++)
        if (isnan(g[i]) != isnan(w[i]) ||
            (!isnan(w[i]) && !(fabs(g[i] - w[i]) <= 1e-12 * fabs(w[i]))))
            return 0;
    return got.low_closed == want.low_closed && got.high_closed == want.high_closed;
}

#define ck_interval(got, want, why)                                                    \
    do {                                                                               \
        tflow_range got_ = (got), want_ = (want);                                      \
        ck_assert_msg(same(got_, want_),                                               \
                      "%s: %d[%.17g, %.17g]%d, expected %d[%.17g, %.17g]%d", why,      \
                      got_.low_closed, got_.low, got_.high, got_.high_closed,          \
                      want_.low_closed, want_.low, want_.high, want_.high_closed);     \
    } while (0)

void add_reading(TCase *tests);

#endif
