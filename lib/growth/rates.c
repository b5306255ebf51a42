/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/growth.h"

#include "core/core.h"
#include "numeric/elementary.h"

#include <math.h>

/* What n levels have in common: a wrong call before a note on the data. */
static tflow_status check(const double *level, size_t n)
{
    tflow_status status = TFLOW_OK;

    for (size_t i = 0; i < n; i++)
        if (level[i] < 0)
            return TFLOW_ENEGATIVE;
    for (size_t i = 0; i < n; i++) {
        if (isnan(level[i]))
            return TFLOW_MISSING_VALUE;
        if (isinf(level[i]))
            status = TFLOW_UNDEFINED;
    }
    return status;
}

/* Never let Inf out. */
static tflow_status answer(double value, double *out)
{
    if (!isfinite(value))
        return TFLOW_UNDEFINED;
    *out = value;
    return TFLOW_OK;
}

tflow_status tflow_growth_simple(double x0, double x1, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check((double[]){x0, x1}, 2);
    if (status != TFLOW_OK)
        return status;
    if (x0 == 0)
        return TFLOW_ZERO_BASE;
    return answer((x1 - x0) / x0, out);
}

tflow_status tflow_growth_log(double x0, double x1, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check((double[]){x0, x1}, 2);
    if (status != TFLOW_OK)
        return status;
    if (x0 == 0)
        return TFLOW_ZERO_BASE;
    if (x1 == 0)
        return TFLOW_UNDEFINED;
    return answer(tflow_i_log_ratio(x0, x1), out);
}

tflow_status tflow_growth_midpoint(double x0, double x1, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check((double[]){x0, x1}, 2);
    if (status != TFLOW_OK)
        return status;
    if (x0 == 0 && x1 == 0)
        return TFLOW_UNDEFINED;
    if (isinf(x0 + x1))
        return answer((x1 - x0) / (x0 / 2 + x1 / 2), out);
    return answer(2 * ((x1 - x0) / (x0 + x1)), out);
}

tflow_status tflow_cagr(double first, double last, double periods, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    if (!(isfinite(periods) && periods > 0))
        return TFLOW_EINVAL;
    tflow_status status = check((double[]){first, last}, 2);
    if (status != TFLOW_OK)
        return status;
    if (first == 0)
        return TFLOW_ZERO_BASE;
    if (last == 0)
        return answer(-1, out); /* a flow that dies shrank by 100 % */
    return answer(expm1(tflow_i_log_ratio(first, last) / periods), out);
}

tflow_status tflow_growth_needed(double current, double target, double periods,
                                 double *out)
{
    return tflow_cagr(current, target, periods, out);
}

tflow_status tflow_doubling_time(double rate, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    if (isnan(rate))
        return TFLOW_MISSING_VALUE;
    if (isinf(rate) || rate <= 0)
        return TFLOW_UNDEFINED;
    return answer(log(2) / log1p(rate), out);
}

tflow_status tflow_time_to_reach(double current, double target, double rate,
                                 double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    if (!(isfinite(rate) && rate > -1))
        return TFLOW_EINVAL;
    tflow_status status = check((double[]){current, target}, 2);
    if (status != TFLOW_OK)
        return status;
    if (current == 0)
        return TFLOW_ZERO_BASE;
    if (target == 0)
        return TFLOW_UNDEFINED;
    if (target == current)
        return answer(0, out);
    double periods = tflow_i_log_ratio(current, target) / log1p(rate);
    return periods > 0 ? answer(periods, out) : TFLOW_UNDEFINED;
}

tflow_status tflow_index(double x, double base, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check((double[]){x, base}, 2);
    if (status != TFLOW_OK)
        return status;
    if (base == 0)
        return TFLOW_ZERO_BASE;
    return answer(x / base, out);
}

tflow_status tflow_contribution(double part0, double part1, double total0, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check((double[]){part0, part1, total0}, 3);
    if (status != TFLOW_OK)
        return status;
    if (total0 == 0)
        return TFLOW_ZERO_BASE;
    return answer((part1 - part0) / total0, out);
}

tflow_status tflow_contribution_fraction(double part0, double part1, double total0,
                                         double total1, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check((double[]){part0, part1, total0, total1}, 4);
    if (status != TFLOW_OK)
        return status;
    if (total1 == total0)
        return TFLOW_UNDEFINED;
    return answer((part1 - part0) / (total1 - total0), out);
}
