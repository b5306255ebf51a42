/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/lines.h"
#include "tradeflow/structure.h"

#include <math.h>

/* The mean of the second vector weighted by the first. */
static tflow_status weighted_mean(tflow_vec weights, tflow_vec values,
                                  tflow_missing missing, double *out,
                                  tflow_error *error)
{
    tflow_i_sides s = {.v = {weights, values}, .n_sides = 2, .missing = missing};
    tflow_i_sum sum = {0, 0};
    double value[TFLOW_I_SIDES];
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;
    tflow_status status = tflow_i_sides_open(&s, error);
    if (!tflow_i_sides_answered(status))
        return status;
    if (s.total[0] == 0)
        return TFLOW_UNDEFINED;
    for (size_t i = 0; i < weights.n; i++)
        if (tflow_i_sides_at(&s, i, value))
            tflow_i_sum_add(&sum, value[0] / s.total[0] * value[1]);
    *out = tflow_i_sum_value(&sum) / s.scale[1];
    return status;
}

tflow_status tflow_prody(tflow_vec shares, tflow_vec incomes, tflow_missing missing,
                         double *out, tflow_error *error)
{
    return weighted_mean(shares, incomes, missing, out, error);
}

tflow_status tflow_expy(tflow_vec exports, tflow_vec prody, tflow_missing missing,
                        double *out, tflow_error *error)
{
    return weighted_mean(exports, prody, missing, out, error);
}
