/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/margins.h"

#include "core/core.h"
#include "numeric/elementary.h"

#include <math.h>

/* ---- two vectors of lines, by the missing policy ---- */

typedef struct pairs {
    tflow_vec a, b;
    tflow_missing missing;
    size_t lost; /* lines with one side missing */
} pairs;

static int has_data(tflow_vec v)
{
    return v.n == 0 || v.data != NULL;
}

static tflow_status open_pairs(pairs *p, tflow_error *error)
{
    if (p->a.n != p->b.n || !has_data(p->a) || !has_data(p->b))
        return tflow_i_fail(error, TFLOW_EINVAL, "expected two vectors of one length");
    if ((int)p->missing < TFLOW_MISSING_PROPAGATE ||
        (int)p->missing > TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %d for the missing policy",
                            (int)p->missing);
    for (size_t i = 0; i < p->a.n; i++) {
        double x = tflow_i_vec_at(p->a, i), y = tflow_i_vec_at(p->b, i);
        if (x < 0 || y < 0)
            return tflow_i_fail(error, TFLOW_ENEGATIVE, "line %zu is negative", i + 1);
        p->lost += isnan(x) || isnan(y);
    }
    if (p->lost > 0 && p->missing == TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EMISSING, "%zu of %zu lines are missing",
                            p->lost, p->a.n);
    if (p->a.n == 0)
        return TFLOW_TOO_FEW;
    return p->lost > 0 && p->missing == TFLOW_MISSING_PROPAGATE ? TFLOW_MISSING_VALUE
                                                                : TFLOW_OK;
}

/* Line i; 0 if it is left out. */
static int pair_at(const pairs *p, size_t i, double *x, double *y)
{
    *x = tflow_i_vec_at(p->a, i);
    *y = tflow_i_vec_at(p->b, i);
    if (p->missing == TFLOW_MISSING_ZERO) {
        *x = isnan(*x) ? 0 : *x;
        *y = isnan(*y) ? 0 : *y;
    }
    return !isnan(*x) && !isnan(*y);
}

static tflow_status answer(const pairs *p)
{
    return p->lost > 0 && p->missing == TFLOW_MISSING_SKIP ? TFLOW_LOWER_BOUND
                                                           : TFLOW_OK;
}

/* ---- extensive and intensive ---- */

tflow_status tflow_trade_margins(tflow_vec x, tflow_vec w, tflow_missing missing,
                                 tflow_trade_margins_parts *out, tflow_error *error)
{
    static const tflow_trade_margins_parts none = {NAN, NAN, NAN, 0, 0};
    tflow_i_sum traded = {0, 0}, common = {0, 0}, all = {0, 0};
    pairs p = {x, w, missing, 0};
    double a, b;
    size_t n_lines = 0, n_reference = 0;
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = none;
    tflow_status status = open_pairs(&p, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < x.n; i++) {
        if (!pair_at(&p, i, &a, &b))
            continue;
        tflow_i_sum_add(&traded, a);
        tflow_i_sum_add(&all, b);
        tflow_i_sum_add(&common, a > 0 ? b : 0);
        n_lines += a > 0;
        n_reference += b > 0;
    }
    double mine = tflow_i_sum_value(&traded), shared = tflow_i_sum_value(&common);
    double total = tflow_i_sum_value(&all);
    out->n_lines = n_lines;
    out->n_reference = n_reference;
    if (!isfinite(mine) || !isfinite(total))
        return TFLOW_UNDEFINED;
    if (total == 0)
        return TFLOW_ZERO_BASE;
    out->extensive = fmin(1, shared / total);
    out->share = isinf(mine / total) ? NAN : mine / total;
    if (shared == 0 || isinf(mine / shared) || isnan(out->share))
        return TFLOW_UNDEFINED;
    out->intensive = mine / shared;
    return answer(&p);
}

/* ---- prices on the common lines ---- */

typedef struct priced {
    double x_value, x_quantity, w_value, w_quantity;
} priced;

static int priced_at(const tflow_vec v[4], size_t i, priced *line)
{
    *line = (priced){tflow_i_vec_at(v[0], i), tflow_i_vec_at(v[1], i),
                     tflow_i_vec_at(v[2], i), tflow_i_vec_at(v[3], i)};
    return line->x_value > 0 && line->x_quantity > 0 && line->w_value > 0 &&
           line->w_quantity > 0;
}

tflow_status tflow_intensive_margin_price(tflow_vec x_values, tflow_vec x_quantities,
                                          tflow_vec w_values, tflow_vec w_quantities,
                                          double *out, tflow_error *error)
{
    const tflow_vec v[4] = {x_values, x_quantities, w_values, w_quantities};
    tflow_i_sum x = {0, 0}, w = {0, 0}, sum = {0, 0}, weights = {0, 0};
    priced line;
    size_t n = 0;
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;
    for (size_t k = 0; k < 4; k++) {
        if (v[k].n != x_values.n || !has_data(v[k]))
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "expected four vectors of one length");
        for (size_t i = 0; i < v[k].n; i++)
            if (tflow_i_vec_at(v[k], i) < 0)
                return tflow_i_fail(error, TFLOW_ENEGATIVE, "line %zu is negative",
                                    i + 1);
    }
    for (size_t i = 0; i < x_values.n; i++)
        if (priced_at(v, i, &line)) {
            tflow_i_sum_add(&x, line.x_value);
            tflow_i_sum_add(&w, line.w_value);
            n++;
        }
    if (n == 0)
        return TFLOW_NO_OVERLAP;
    double all_x = tflow_i_sum_value(&x), all_w = tflow_i_sum_value(&w);
    for (size_t i = 0; i < x_values.n; i++)
        if (priced_at(v, i, &line)) {
            double m = tflow_i_log_mean(line.x_value / all_x, line.w_value / all_w);
            double ratio = tflow_i_log_ratio(line.w_value, line.x_value) -
                           tflow_i_log_ratio(line.w_quantity, line.x_quantity);
            tflow_i_sum_add(&sum, m * ratio);
            tflow_i_sum_add(&weights, m);
        }
    double price = exp(tflow_i_sum_value(&sum) / tflow_i_sum_value(&weights));
    if (!isfinite(price))
        return TFLOW_UNDEFINED;
    *out = price;
    return TFLOW_OK;
}

/* ---- a change ---- */

typedef struct change {
    tflow_i_sum change, entry, exit, rise, fall;
} change;

tflow_status tflow_change_margins(tflow_vec from, tflow_vec to, double threshold,
                                  tflow_missing missing,
                                  tflow_change_margins_parts *out, tflow_error *error)
{
    static const tflow_change_margins_parts none = {NAN, NAN, NAN, NAN, NAN, 0, 0, 0};
    change sum = {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}};
    tflow_change_margins_parts parts = none;
    pairs p = {from, to, missing, 0};
    double a, b;
    if (out == NULL || !(threshold >= 0))
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "expected a place for the result and a threshold >= 0");
    *out = none;
    tflow_status status = open_pairs(&p, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < from.n; i++) {
        if (!pair_at(&p, i, &a, &b))
            continue;
        int before = a > threshold, after = b > threshold;
        tflow_i_sum_add(&sum.change, b);
        tflow_i_sum_add(&sum.change, -a);
        tflow_i_sum_add(after && !before   ? &sum.entry
                        : before && !after ? &sum.exit
                        : b > a            ? &sum.rise
                                           : &sum.fall,
                        b - a);
        parts.n_entry += after && !before;
        parts.n_exit += before && !after;
        parts.n_continuing += before && after;
    }
    parts.change = tflow_i_sum_value(&sum.change);
    parts.entry = tflow_i_sum_value(&sum.entry);
    parts.exit = tflow_i_sum_value(&sum.exit);
    parts.rise = tflow_i_sum_value(&sum.rise);
    parts.fall = tflow_i_sum_value(&sum.fall);
    if (!isfinite(parts.change) || !isfinite(parts.entry) || !isfinite(parts.exit) ||
        !isfinite(parts.rise) || !isfinite(parts.fall))
        return TFLOW_UNDEFINED;
    *out = parts;
    return answer(&p);
}
