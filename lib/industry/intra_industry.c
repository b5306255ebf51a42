/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/industry.h"

#include "core/core.h"

#include <math.h>

/* Sums over pairs of lines. All are halved, so that two large flows do not add up to
 * infinity; the indices are ratios and do not change. */
typedef struct pairs {
    double x, m, apart, size; /* sums of x, m, |x - m|, |x| + |m| */
    size_t n, left_out;
} pairs;

static tflow_status check_pair(double x, double m, int may_be_negative)
{
    if (!may_be_negative && (x < 0 || m < 0))
        return TFLOW_ENEGATIVE;
    if (isnan(x) || isnan(m))
        return TFLOW_MISSING_VALUE;
    return isinf(x) || isinf(m) ? TFLOW_UNDEFINED : TFLOW_OK;
}

tflow_status tflow_marginal_iit(double change_in_exports, double change_in_imports,
                                double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    double x = change_in_exports, m = change_in_imports;
    tflow_status status = check_pair(x, m, 1);
    if (status != TFLOW_OK)
        return status;
    double larger = fmax(fabs(x), fabs(m));
    if (larger == 0)
        return TFLOW_UNDEFINED;
    x /= larger;
    m /= larger;
    *out = 1 - fabs(x - m) / (fabs(x) + fabs(m));
    return TFLOW_OK;
}

tflow_status tflow_grubel_lloyd(double exports, double imports, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check_pair(exports, imports, 0);
    return status == TFLOW_OK ? tflow_marginal_iit(exports, imports, out) : status;
}

static tflow_status check_vectors(tflow_vec a, tflow_vec b, tflow_missing missing,
                                  tflow_error *error)
{
    if (a.n != b.n)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found %zu exports and %zu imports, expected as many", a.n,
                            b.n);
    if (a.n > 0 && (a.data == NULL || b.data == NULL))
        return tflow_i_fail(error, TFLOW_EINVAL, "found no data, expected %zu lines",
                            a.n);
    if ((int)missing < TFLOW_MISSING_PROPAGATE || (int)missing > TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %d for the missing policy",
                            (int)missing);
    return TFLOW_OK;
}

static tflow_status add_pairs(tflow_vec a, tflow_vec b, tflow_missing missing,
                              int may_be_negative, pairs *p, tflow_error *error)
{
    tflow_i_sum x = {0, 0}, m = {0, 0}, apart = {0, 0}, size = {0, 0};
    tflow_status status = check_vectors(a, b, missing, error), worst = TFLOW_OK;
    *p = (pairs){0, 0, 0, 0, 0, 0};
    for (size_t i = 0; i < a.n && status == TFLOW_OK; i++) {
        double u = tflow_i_vec_at(a, i) / 2, v = tflow_i_vec_at(b, i) / 2;
        if (missing == TFLOW_MISSING_ZERO) {
            u = isnan(u) ? 0 : u;
            v = isnan(v) ? 0 : v;
        }
        tflow_status one = check_pair(u, v, may_be_negative);
        if (one == TFLOW_ENEGATIVE)
            return tflow_i_fail(error, one, "line %zu is negative", i + 1);
        if (one == TFLOW_MISSING_VALUE && missing == TFLOW_MISSING_FAIL)
            return tflow_i_fail(error, TFLOW_EMISSING, "line %zu is missing", i + 1);
        if (one == TFLOW_MISSING_VALUE && missing == TFLOW_MISSING_SKIP) {
            p->left_out++;
            continue;
        }
        if (one != TFLOW_OK) {
            worst = worst == TFLOW_MISSING_VALUE ? worst : one;
            continue;
        }
        p->n++;
        tflow_i_sum_add(&x, u);
        tflow_i_sum_add(&m, v);
        tflow_i_sum_add(&apart, fabs(u - v));
        tflow_i_sum_add(&size, fabs(u));
        tflow_i_sum_add(&size, fabs(v));
    }
    p->x = tflow_i_sum_value(&x);
    p->m = tflow_i_sum_value(&m);
    p->apart = tflow_i_sum_value(&apart);
    p->size = tflow_i_sum_value(&size);
    if (status != TFLOW_OK || worst != TFLOW_OK)
        return status != TFLOW_OK ? status : worst;
    if (!(p->size > 0) || isinf(p->size))
        return TFLOW_UNDEFINED;
    return p->left_out > 0 ? TFLOW_LOWER_BOUND : TFLOW_OK;
}

static int answered(tflow_status status)
{
    return status == TFLOW_OK || status == TFLOW_LOWER_BOUND;
}

tflow_status tflow_grubel_lloyd_aggregate(tflow_vec exports, tflow_vec imports,
                                          tflow_missing missing, double *out,
                                          tflow_error *error)
{
    pairs p;
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;
    tflow_status status = add_pairs(exports, imports, missing, 0, &p, error);
    if (answered(status))
        *out = 1 - p.apart / p.size;
    return status;
}

tflow_status tflow_grubel_lloyd_corrected(tflow_vec exports, tflow_vec imports,
                                          tflow_missing missing, double *out,
                                          tflow_error *error)
{
    pairs p;
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;
    tflow_status status = add_pairs(exports, imports, missing, 0, &p, error);
    if (!answered(status))
        return status;
    if (p.x == 0 || p.m == 0)
        return TFLOW_UNDEFINED;
    /* x + m - |x - m| is twice the lesser one: no difference of large numbers. */
    *out = fmin((p.size - p.apart) / (2 * fmin(p.x, p.m)), 1);
    return status;
}

tflow_status tflow_aquino(tflow_vec exports, tflow_vec imports, tflow_missing missing,
                          double *out, tflow_error *error)
{
    pairs p;
    tflow_i_sum apart = {0, 0};
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;
    tflow_status status = add_pairs(exports, imports, missing, 0, &p, error);
    if (!answered(status))
        return status;
    if (p.x == 0 || p.m == 0)
        return TFLOW_UNDEFINED;
    for (size_t i = 0; i < exports.n; i++) {
        double u = tflow_i_vec_at(exports, i) / 2, v = tflow_i_vec_at(imports, i) / 2;
        if (missing == TFLOW_MISSING_SKIP && (isnan(u) || isnan(v)))
            continue;
        tflow_i_sum_add(&apart,
                        fabs((isnan(u) ? 0 : u) / p.x - (isnan(v) ? 0 : v) / p.m));
    }
    *out = 1 - tflow_i_sum_value(&apart) / 2;
    return status;
}

tflow_status tflow_marginal_iit_aggregate(tflow_vec change_in_exports,
                                          tflow_vec change_in_imports,
                                          tflow_missing missing, double *out,
                                          tflow_error *error)
{
    pairs p;
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;
    tflow_status status =
        add_pairs(change_in_exports, change_in_imports, missing, 1, &p, error);
    if (answered(status))
        *out = 1 - p.apart / p.size;
    return status;
}

tflow_status tflow_trade_overlap(double exports, double imports, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check_pair(exports, imports, 0);
    if (status == TFLOW_OK && exports == 0 && imports == 0)
        return TFLOW_UNDEFINED;
    if (status == TFLOW_OK)
        *out = fmin(exports, imports) / fmax(exports, imports);
    return status;
}

tflow_status tflow_unit_value_difference(double export_unit_value,
                                         double import_unit_value, double alpha,
                                         tflow_bounds bounds,
                                         tflow_differentiation *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = TFLOW_HORIZONTAL;
    if (!(alpha > 0 && alpha < 1) ||
        (bounds != TFLOW_BOUNDS_SYMMETRIC && bounds != TFLOW_BOUNDS_LINEAR))
        return TFLOW_EINVAL;
    tflow_status status = check_pair(export_unit_value, import_unit_value, 0);
    if (status != TFLOW_OK)
        return status;
    if (export_unit_value == 0 || import_unit_value == 0)
        return TFLOW_UNDEFINED;
    double ratio = export_unit_value / import_unit_value;
    double low = bounds == TFLOW_BOUNDS_LINEAR ? 1 - alpha : 1 / (1 + alpha);
    *out = ratio < low         ? TFLOW_VERTICAL_LOW
           : ratio > 1 + alpha ? TFLOW_VERTICAL_HIGH
                               : TFLOW_HORIZONTAL;
    return TFLOW_OK;
}
