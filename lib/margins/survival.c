/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"
#include "tradeflow/margins.h"

#include <math.h>

static int is_count(double x)
{
    return x >= 0 && x <= 0x1p53 && x == floor(x);
}

tflow_status tflow_survival(tflow_vec ended, tflow_vec censored, double *survival,
                            double *standard_error, double *median, tflow_error *error)
{
    size_t n = ended.n;
    double at_risk = 0, alive = 1, greenwood = 0;
    if (median == NULL || (n > 0 && (survival == NULL || standard_error == NULL)))
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *median = NAN;
    for (size_t i = 0; i < n; i++)
        survival[i] = standard_error[i] = NAN;
    if (censored.n != n || (n > 0 && (ended.data == NULL || censored.data == NULL)))
        return tflow_i_fail(error, TFLOW_EINVAL, "expected two vectors of one length");
    for (size_t i = 0; i < n; i++) {
        double d = tflow_i_vec_at(ended, i), c = tflow_i_vec_at(censored, i);
        if (!is_count(d) || !is_count(c))
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "expected numbers of spells; duration %zu has not",
                                i + 1);
        at_risk += d + c;
    }
    if (at_risk == 0)
        return TFLOW_TOO_FEW;
    for (size_t i = 0; i < n && at_risk > 0; i++) {
        double d = tflow_i_vec_at(ended, i);
        alive *= (at_risk - d) / at_risk;
        greenwood += d == at_risk ? 0 : d / (at_risk * (at_risk - d));
        survival[i] = alive;
        standard_error[i] = alive * sqrt(greenwood);
        if (isnan(*median) && alive <= 0.5)
            *median = (double)(i + 1);
        at_risk -= d + tflow_i_vec_at(censored, i);
    }
    return isnan(*median) ? TFLOW_UNDEFINED : TFLOW_OK;
}
