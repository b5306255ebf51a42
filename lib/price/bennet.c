/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change in value as price, volume, entry and exit. */
#include "price/price.h"

#include <math.h>

typedef struct parts {
    tflow_i_sum change, price, volume, entry, exit;
} parts;

static tflow_status add(parts *sum, double p0, double q0, double p1, double q1)
{
    int before = !isnan(p0), after = !isnan(p1);
    if (p0 < 0 || q0 < 0 || p1 < 0 || q1 < 0)
        return TFLOW_ENEGATIVE;
    if (before == isnan(q0) || after == isnan(q1))
        return TFLOW_MISSING_VALUE;
    if (after)
        tflow_i_sum_add(&sum->change, p1 * q1);
    if (before)
        tflow_i_sum_add(&sum->change, -p0 * q0);
    if (before && after) {
        tflow_i_sum_add(&sum->price, 0.5 * (q0 + q1) * (p1 - p0));
        tflow_i_sum_add(&sum->volume, 0.5 * (p0 + p1) * (q1 - q0));
    } else if (after) {
        tflow_i_sum_add(&sum->entry, p1 * q1);
    } else if (before) {
        tflow_i_sum_add(&sum->exit, -p0 * q0);
    }
    return TFLOW_OK;
}

tflow_status tflow_bennet(tflow_vec p0, tflow_vec q0, tflow_vec p1, tflow_vec q1,
                          tflow_bennet_parts *out, tflow_error *error)
{
    static const tflow_bennet_parts none = {NAN, NAN, NAN, NAN, NAN};
    parts sum = {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}};
    tflow_status worst = TFLOW_OK;
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = none;
    if (q0.n != p0.n || p1.n != p0.n || q1.n != p0.n ||
        (p0.n > 0 &&
         (p0.data == NULL || q0.data == NULL || p1.data == NULL || q1.data == NULL)))
        return tflow_i_fail(error, TFLOW_EINVAL, "expected four vectors of one length");
    if (p0.n == 0)
        return TFLOW_TOO_FEW;
    for (size_t k = 0; k < p0.n; k++) {
        tflow_status status = add(&sum, tflow_i_vec_at(p0, k), tflow_i_vec_at(q0, k),
                                  tflow_i_vec_at(p1, k), tflow_i_vec_at(q1, k));
        if (status < 0)
            return tflow_i_fail(error, status,
                                "product %zu has a negative price or quantity", k + 1);
        worst = status != TFLOW_OK ? status : worst;
    }
    if (worst != TFLOW_OK)
        return worst;
    tflow_bennet_parts all = {
        tflow_i_sum_value(&sum.change), tflow_i_sum_value(&sum.price),
        tflow_i_sum_value(&sum.volume), tflow_i_sum_value(&sum.entry),
        tflow_i_sum_value(&sum.exit)};
    if (!isfinite(all.change) || !isfinite(all.price) || !isfinite(all.volume) ||
        !isfinite(all.entry) || !isfinite(all.exit))
        return TFLOW_UNDEFINED;
    *out = all;
    return TFLOW_OK;
}
