/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"
#include "tradeflow/structure.h"

#include <math.h>

/* Every number is a flow or a sum of flows. */
static tflow_status check(const double *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (numbers[i] < 0)
            return TFLOW_ENEGATIVE;
    for (size_t i = 0; i < n; i++)
        if (isnan(numbers[i]))
            return TFLOW_MISSING_VALUE;
    for (size_t i = 0; i < n; i++)
        if (isinf(numbers[i]))
            return TFLOW_UNDEFINED;
    return TFLOW_OK;
}

/* Infinity never leaves. */
static tflow_status give(double value, double *out)
{
    if (!isfinite(value))
        return TFLOW_UNDEFINED;
    *out = value;
    return TFLOW_OK;
}

tflow_status tflow_trade_intensity(double flow, double total, double partner_total,
                                   double world, double *out)
{
    const double numbers[] = {flow, total, partner_total, world};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check(numbers, 4);
    if (status != TFLOW_OK)
        return status;
    if (total == 0 || world == 0 || (partner_total == 0 && flow == 0))
        return TFLOW_UNDEFINED;
    if (partner_total == 0)
        return TFLOW_ZERO_BASE;
    return give(flow / total / (partner_total / world), out);
}

tflow_status tflow_intra_regional_share(double inside, double total, double *out)
{
    const double numbers[] = {inside, total};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check(numbers, 2);
    if (status != TFLOW_OK)
        return status;
    if (inside > total)
        return TFLOW_EINVAL;
    return total == 0 ? TFLOW_UNDEFINED : give(inside / total, out);
}

tflow_status tflow_trade_introversion(double share, double outside,
                                      tflow_introversion *out)
{
    static const tflow_introversion none = {NAN, NAN, NAN};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = none;
    if (share < 0 || share > 1 || outside < 0 || outside > 1)
        return TFLOW_EINVAL;
    if (isnan(share) || isnan(outside))
        return TFLOW_MISSING_VALUE;
    if (outside == 0 || outside == 1)
        return TFLOW_ZERO_BASE;
    double intra = share / outside, extra = (1 - share) / (1 - outside);
    out->intra = isfinite(intra) ? intra : NAN;
    out->extra = isfinite(extra) ? extra : NAN;
    /* (HI - HE)/(HI + HE), multiplied out by V (1 - V). */
    out->symmetric =
        (share - outside) / (share * (1 - outside) + outside * (1 - share));
    return TFLOW_OK;
}

static tflow_status openness(double exports, double imports, double gdp, double weight,
                             double *out)
{
    const double numbers[] = {exports, imports, gdp};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check(numbers, 3);
    if (status != TFLOW_OK)
        return status;
    if (gdp == 0)
        return TFLOW_ZERO_BASE;
    return give((exports / 2 + imports / 2) / gdp * weight, out);
}

tflow_status tflow_openness_sum(double exports, double imports, double gdp, double *out)
{
    return openness(exports, imports, gdp, 2, out);
}

tflow_status tflow_openness_mean(double exports, double imports, double gdp,
                                 double *out)
{
    return openness(exports, imports, gdp, 1, out);
}

tflow_status tflow_trade_balance(double exports, double imports, double *out)
{
    const double numbers[] = {exports, imports};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check(numbers, 2);
    return status == TFLOW_OK ? give(exports - imports, out) : status;
}

tflow_status tflow_trade_balance_normalised(double exports, double imports, double *out)
{
    const double numbers[] = {exports, imports};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check(numbers, 2);
    if (status != TFLOW_OK)
        return status;
    /* Over the larger one, so that no sum overflows and no half vanishes. */
    double larger = fmax(exports, imports);
    if (larger == 0)
        return TFLOW_UNDEFINED;
    return give((exports - imports) / larger / (exports / larger + imports / larger),
                out);
}

tflow_status tflow_coverage_ratio(double exports, double imports, double *out)
{
    const double numbers[] = {exports, imports};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check(numbers, 2);
    if (status != TFLOW_OK)
        return status;
    if (imports == 0)
        return exports == 0 ? TFLOW_UNDEFINED : TFLOW_ZERO_BASE;
    return give(exports / imports, out);
}
