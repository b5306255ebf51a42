/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Price indices between two periods. */
#include "numeric/elementary.h"
#include "price/price.h"

#include <math.h>
#include <string.h>

tflow_i_formula tflow_i_formula_of(const char *name)
{
    static const char *const names[TFLOW_I_NO_FORMULA] = {
        "laspeyres",
        "paasche",
        "fisher",
        "tornqvist",
        "walsh",
        "sato-vartia",
        "geary-khamis",
        "geks",
        "geks-tornqvist",
        "time-product-dummy",
        "time-product-dummy-unweighted",
    };
    size_t i = 0;
    while (i < TFLOW_I_NO_FORMULA && (name == NULL || strcmp(names[i], name) != 0))
        i++;
    return (tflow_i_formula)i;
}

tflow_status tflow_i_price_ratio(double above, double below, double *out)
{
    *out = NAN;
    if (isnan(above) || isnan(below))
        return TFLOW_MISSING_VALUE;
    if (below == 0)
        return above == 0 ? TFLOW_UNDEFINED : TFLOW_ZERO_BASE;
    double ratio = above / below;
    if (isinf(above) || isinf(below) || isinf(ratio))
        return TFLOW_UNDEFINED;
    *out = ratio;
    return TFLOW_OK;
}

/* ---- one product in two periods ---- */

typedef struct item {
    double p0, q0, p1, q1;
} item;

/* Product k, or 0 if it is not in both periods. */
static int item_at(const tflow_i_two_periods *two, size_t k, item *x)
{
    *x = (item){tflow_i_vec_at(two->p0, k), tflow_i_vec_at(two->q0, k),
                tflow_i_vec_at(two->p1, k), tflow_i_vec_at(two->q1, k)};
    return !isnan(x->p0) && !isnan(x->q0) && !isnan(x->p1) && !isnan(x->q1);
}

/* ---- baskets: sum p1 q / sum p0 q ---- */

static double basket(tflow_i_formula formula, const item *x)
{
    if (formula == TFLOW_I_LASPEYRES)
        return x->q0;
    if (formula == TFLOW_I_PAASCHE)
        return x->q1;
    if (formula == TFLOW_I_WALSH)
        return sqrt(x->q0) * sqrt(x->q1);
    double larger = fmax(x->q0, x->q1), smaller = fmin(x->q0, x->q1);
    return larger == 0 ? 0 : smaller / (1 + smaller / larger);
}

static tflow_status basket_index(tflow_i_formula formula,
                                 const tflow_i_two_periods *two, double *out)
{
    tflow_i_sum above = {0, 0}, below = {0, 0};
    size_t n = 0;
    item x;
    for (size_t k = 0; k < two->p0.n; k++)
        if (item_at(two, k, &x)) {
            double q = basket(formula, &x);
            tflow_i_sum_add(&above, x.p1 * q);
            tflow_i_sum_add(&below, x.p0 * q);
            n++;
        }
    *out = NAN;
    if (n == 0)
        return TFLOW_NO_OVERLAP;
    double a = tflow_i_sum_value(&above), b = tflow_i_sum_value(&below);
    return isnan(a) || isnan(b) ? TFLOW_UNDEFINED : tflow_i_price_ratio(a, b, out);
}

/* ---- weighted means of log price ratios ---- */

static double weight(tflow_i_formula formula, double s0, double s1)
{
    return formula == TFLOW_I_TORNQVIST ? (s0 + s1) / 2 : tflow_i_log_mean(s0, s1);
}

/* Value of both periods over the products that both have. */
static size_t values(const tflow_i_two_periods *two, double *v0, double *v1)
{
    tflow_i_sum sum0 = {0, 0}, sum1 = {0, 0};
    size_t n = 0;
    item x;
    for (size_t k = 0; k < two->p0.n; k++)
        if (item_at(two, k, &x)) {
            tflow_i_sum_add(&sum0, x.p0 * x.q0);
            tflow_i_sum_add(&sum1, x.p1 * x.q1);
            n++;
        }
    *v0 = tflow_i_sum_value(&sum0);
    *v1 = tflow_i_sum_value(&sum1);
    return n;
}

static tflow_status log_index(tflow_i_formula formula, const tflow_i_two_periods *two,
                              double *out)
{
    tflow_i_sum sum = {0, 0}, weights = {0, 0};
    double v0, v1;
    size_t n = values(two, &v0, &v1);
    item x;
    *out = NAN;
    if (n == 0)
        return TFLOW_NO_OVERLAP;
    if (!(v0 > 0) || !(v1 > 0) || !isfinite(v0) || !isfinite(v1))
        return v0 == 0 && v1 > 0 ? TFLOW_ZERO_BASE : TFLOW_UNDEFINED;
    for (size_t k = 0; k < two->p0.n; k++) {
        if (!item_at(two, k, &x))
            continue;
        double w = weight(formula, x.p0 * x.q0 / v0, x.p1 * x.q1 / v1);
        if (w == 0)
            continue;
        if (x.p0 == 0 || x.p1 == 0)
            return TFLOW_UNDEFINED;
        tflow_i_sum_add(&sum, w * tflow_i_log_ratio(x.p0, x.p1));
        tflow_i_sum_add(&weights, w);
    }
    double index = exp(tflow_i_sum_value(&sum) / tflow_i_sum_value(&weights));
    if (!isfinite(index)) /* no product with a weight, or out of range */
        return TFLOW_UNDEFINED;
    *out = index;
    return TFLOW_OK;
}

tflow_status tflow_i_price_pair(tflow_i_formula formula, const tflow_i_two_periods *two,
                                double *out)
{
    double laspeyres, paasche;
    tflow_status status, other;
    switch (formula) {
    case TFLOW_I_FISHER:
    case TFLOW_I_GEKS:
        status = basket_index(TFLOW_I_LASPEYRES, two, &laspeyres);
        other = basket_index(TFLOW_I_PAASCHE, two, &paasche);
        *out = sqrt(laspeyres) * sqrt(paasche); /* NaN if one is */
        return status != TFLOW_OK ? status : other;
    case TFLOW_I_TORNQVIST:
    case TFLOW_I_GEKS_TORNQVIST:
        return log_index(TFLOW_I_TORNQVIST, two, out);
    case TFLOW_I_SATO_VARTIA:
        return log_index(formula, two, out);
    default:
        return basket_index(formula, two, out);
    }
}

/* ---- the public function ---- */

static tflow_status check_items(const tflow_i_two_periods *two, tflow_missing missing,
                                tflow_error *error)
{
    int lost = 0;
    item x;
    for (size_t k = 0; k < two->p0.n; k++) {
        lost |= !item_at(two, k, &x);
        if (x.p0 < 0 || x.q0 < 0 || x.p1 < 0 || x.q1 < 0)
            return tflow_i_fail(error, TFLOW_ENEGATIVE,
                                "product %zu has a negative price or quantity", k + 1);
    }
    if (lost && missing == TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EMISSING,
                            "a price or quantity of a product is missing");
    return lost && missing == TFLOW_MISSING_PROPAGATE ? TFLOW_MISSING_VALUE : TFLOW_OK;
}

static int same_length(const tflow_i_two_periods *two)
{
    size_t n = two->p0.n;
    return two->q0.n == n && two->p1.n == n && two->q1.n == n &&
           (n == 0 || (two->p0.data != NULL && two->q0.data != NULL &&
                       two->p1.data != NULL && two->q1.data != NULL));
}

tflow_status tflow_price_index(const char *formula, tflow_vec p0, tflow_vec q0,
                               tflow_vec p1, tflow_vec q1, tflow_missing missing,
                               double *out, tflow_error *error)
{
    tflow_i_two_periods two = {p0, q0, p1, q1};
    tflow_i_formula which = tflow_i_formula_of(formula);
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;
    if (formula == NULL || !same_length(&two))
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "expected a formula and four vectors of one length");
    if (which > TFLOW_I_GEARY_KHAMIS)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "no index of two periods is called %s", formula);
    if (missing != TFLOW_MISSING_PROPAGATE && missing != TFLOW_MISSING_SKIP &&
        missing != TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "a price that is missing cannot be taken as 0");
    tflow_status status = check_items(&two, missing, error);
    return status != TFLOW_OK ? status : tflow_i_price_pair(which, &two, out);
}

/* ---- of two numbers ---- */

static tflow_status signs(double a, double b)
{
    return a < 0 || b < 0 ? TFLOW_ENEGATIVE : TFLOW_OK;
}

static tflow_status positive_ratio(double above, double below, double scale,
                                   double *out)
{
    double ratio;
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = signs(above, below);
    if (status == TFLOW_OK)
        status = tflow_i_price_ratio(above, below, &ratio);
    if (status != TFLOW_OK)
        return status;
    if (isinf(scale * ratio))
        return TFLOW_UNDEFINED;
    *out = scale * ratio;
    return TFLOW_OK;
}

tflow_status tflow_unit_value(double value, double quantity, double *out)
{
    return positive_ratio(value, quantity, 1, out);
}

tflow_status tflow_terms_of_trade(double export_price, double import_price, double *out)
{
    return positive_ratio(export_price, import_price, 100, out);
}

tflow_status tflow_income_terms_of_trade(double value_index, double import_price,
                                         double *out)
{
    return positive_ratio(value_index, import_price, 100, out);
}

tflow_status tflow_volume_index(double value_from, double value_to, double price_index,
                                double *out)
{
    double ratio;
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    if (price_index < 0)
        return TFLOW_ENEGATIVE;
    tflow_status status = positive_ratio(value_to, value_from, 1, &ratio);
    if (status == TFLOW_UNDEFINED && value_from == 0 && !isnan(price_index))
        return TFLOW_ZERO_BASE;
    if (status != TFLOW_OK)
        return status;
    if (price_index == 0)
        return TFLOW_ZERO_BASE;
    return positive_ratio(ratio, price_index, 1, out);
}
