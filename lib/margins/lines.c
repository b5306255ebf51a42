/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margins/lines.h"

#include <math.h>

tflow_status tflow_i_lines_open(tflow_i_lines *lines, tflow_error *error)
{
    size_t n = lines->v[0].n;
    for (size_t k = 0; k < TFLOW_I_LINES; k++)
        if (lines->v[k].n != n || (n > 0 && lines->v[k].data == NULL))
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "expected four vectors of one length");
    if ((int)lines->missing < TFLOW_MISSING_PROPAGATE ||
        (int)lines->missing > TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %d for the missing policy",
                            (int)lines->missing);
    for (size_t i = 0; i < n; i++) {
        int gone = 0;
        for (size_t k = 0; k < TFLOW_I_LINES; k++) {
            double x = tflow_i_vec_at(lines->v[k], i);
            if (x < 0)
                return tflow_i_fail(error, TFLOW_ENEGATIVE, "line %zu is negative",
                                    i + 1);
            gone |= isnan(x);
        }
        lines->lost += (size_t)gone;
    }
    if (lines->lost > 0 && lines->missing == TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EMISSING, "%zu of %zu lines are missing",
                            lines->lost, n);
    if (n == 0)
        return TFLOW_TOO_FEW;
    return lines->lost > 0 && lines->missing == TFLOW_MISSING_PROPAGATE
               ? TFLOW_MISSING_VALUE
               : TFLOW_OK;
}

int tflow_i_lines_at(const tflow_i_lines *lines, size_t i, double at[TFLOW_I_LINES])
{
    int whole = 1;
    for (size_t k = 0; k < TFLOW_I_LINES; k++) {
        at[k] = tflow_i_vec_at(lines->v[k], i);
        if (isnan(at[k]) && lines->missing == TFLOW_MISSING_ZERO)
            at[k] = 0;
        whole &= !isnan(at[k]);
    }
    return whole;
}

tflow_status tflow_i_lines_status(const tflow_i_lines *lines)
{
    return lines->lost > 0 && lines->missing == TFLOW_MISSING_SKIP ? TFLOW_LOWER_BOUND
                                                                   : TFLOW_OK;
}
