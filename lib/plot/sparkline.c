/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/plot.h"

static const char *const blocks[] = {
    "\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
    "\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88",
};
static const char *const ramp[] = {"_", ".", "-", "=", "+", "*", "#"};

tflow_status tflow_sparkline(tflow_vec values, unsigned flags, char **out,
                             tflow_error *error)
{
    const char *const *marks = flags & TFLOW_TEXT_ASCII ? ramp : blocks;
    int levels = flags & TFLOW_TEXT_ASCII ? 7 : 8;
    double lo = INFINITY, hi = -INFINITY;
    tflow_i_text text = {0};

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the line");
    *out = NULL;
    if (values.data == NULL && values.n > 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "values are NULL");
    if ((flags & ~(unsigned)TFLOW_TEXT_ASCII) != 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "unknown text flags");

    for (size_t i = 0; i < values.n; i++) {
        double x = tflow_i_vec_at(values, i);
        if (isfinite(x)) {
            lo = fmin(lo, x);
            hi = fmax(hi, x);
        }
    }
    for (size_t i = 0; i < values.n; i++) {
        double x = tflow_i_vec_at(values, i);
        /* hi - lo may be beyond the largest double, half of it is not; half of the
         * smallest double is 0, so nothing is halved that is not large. */
        double half = hi > 1 || lo < -1 ? 0.5 : 1;
        double part = (x * half - lo * half) / (hi * half - lo * half);
        int level = hi > lo ? (int)fmin(floor(levels * part), levels - 1) : levels / 2;
        tflow_i_text_add(&text, isfinite(x) ? marks[level] : " ");
    }
    *out = tflow_i_text_take(&text);
    return *out == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}
