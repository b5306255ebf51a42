/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/lines.h"

#include <math.h>

static tflow_status check_vectors(const tflow_i_sides *s, tflow_error *error)
{
    for (size_t k = 0; k < s->n_sides; k++) {
        if (s->v[k].n != s->v[0].n)
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "found vectors of %zu and %zu lines, expected as many",
                                s->v[0].n, s->v[k].n);
        if (s->v[k].n > 0 && s->v[k].data == NULL)
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "found no data, expected %zu lines", s->v[k].n);
    }
    if ((int)s->missing < TFLOW_MISSING_PROPAGATE ||
        (int)s->missing > TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %d for the missing policy",
                            (int)s->missing);
    return TFLOW_OK;
}

/* What brings the largest line near 1; the ends of the range are no matter. */
static double scale_of(double largest)
{
    int exponent;
    if (!(largest > 0) || isinf(largest))
        return 1;
    frexp(largest, &exponent);
    return ldexp(1, -exponent < 1000 ? -exponent : 1000);
}

/* Look at every line: negative ones, missing ones, the largest. */
static tflow_status look(tflow_i_sides *s, double *largest, tflow_error *error)
{
    for (size_t k = 0; k < s->n_sides; k++)
        largest[k] = 0;
    for (size_t i = 0; i < s->v[0].n; i++) {
        int lost = 0;
        for (size_t k = 0; k < s->n_sides; k++) {
            double value = tflow_i_vec_at(s->v[k], i);
            if (value < 0)
                return tflow_i_fail(error, TFLOW_ENEGATIVE, "line %zu is negative",
                                    i + 1);
            lost |= value != value;
            largest[k] = value > largest[k] ? value : largest[k];
        }
        s->left_out += (size_t)lost;
    }
    return TFLOW_OK;
}

tflow_status tflow_i_sides_open(tflow_i_sides *s, tflow_error *error)
{
    tflow_i_sum sum[TFLOW_I_SIDES] = {{0, 0}, {0, 0}, {0, 0}};
    double largest[TFLOW_I_SIDES], value[TFLOW_I_SIDES];
    tflow_status status = check_vectors(s, error);
    s->n = s->left_out = 0;
    if (status == TFLOW_OK)
        status = look(s, largest, error);
    if (status != TFLOW_OK)
        return status;
    if (s->left_out > 0 && s->missing == TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EMISSING, "%zu of %zu lines are missing",
                            s->left_out, s->v[0].n);
    if (s->left_out > 0 && s->missing == TFLOW_MISSING_PROPAGATE)
        return TFLOW_MISSING_VALUE;
    for (size_t k = 0; k < s->n_sides; k++) {
        if (isinf(largest[k]))
            return TFLOW_UNDEFINED;
        s->scale[k] = scale_of(largest[k]);
    }
    for (size_t i = 0; i < s->v[0].n; i++) {
        if (!tflow_i_sides_at(s, i, value))
            continue;
        s->n++;
        for (size_t k = 0; k < s->n_sides; k++)
            tflow_i_sum_add(&sum[k], value[k]);
    }
    for (size_t k = 0; k < s->n_sides; k++)
        s->total[k] = tflow_i_sum_value(&sum[k]);
    return s->left_out > 0 && s->missing == TFLOW_MISSING_SKIP ? TFLOW_LOWER_BOUND
                                                               : TFLOW_OK;
}
