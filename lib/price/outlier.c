/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far unit values lie from each other. */
#include "numeric/elementary.h"
#include "price/price.h"

#include <math.h>
#include <string.h>

/* What makes the median absolute deviation that of a normal distribution's. */
#define MAD_SCALE 1.4826

enum { MAD, BOXPLOT, QUARTILE, RATIO, NO_RULE };

static const struct {
    const char *name;
    double cut;
} rules[NO_RULE] = {{"mad", 3.5}, {"boxplot", 1.5}, {"quartile", 2.5}, {"ratio", 100}};

static int rule_of(const char *name)
{
    int i = 0;
    while (i < NO_RULE && (name == NULL || strcmp(rules[i].name, name) != 0))
        i++;
    return i;
}

double tflow_unit_value_cut(const char *rule)
{
    int i = rule_of(rule);
    return i < NO_RULE ? rules[i].cut : NAN;
}

/* Of n sorted numbers. */
static double quantile(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1), floor_at = floor(at);
    size_t i = (size_t)floor_at;
    if (i + 1 >= n)
        return sorted[n - 1];
    return sorted[i] + (at - floor_at) * (sorted[i + 1] - sorted[i]);
}

typedef struct spread {
    double median, low, high, mad;
} spread;

/* Quartiles and deviation of n numbers, which are sorted and then overwritten. */
static spread spread_of(double *data, size_t n)
{
    tflow_i_sort_ascending(data, n);
    spread s = {quantile(data, n, 0.5), quantile(data, n, 0.25),
                quantile(data, n, 0.75), 0};
    for (size_t i = 0; i < n; i++)
        data[i] = fabs(data[i] - s.median);
    tflow_i_sort_ascending(data, n);
    s.mad = quantile(data, n, 0.5);
    return s;
}

/* Distance over a yardstick; a yardstick of 0 measures nothing but 0. */
static double over(double distance, double yardstick)
{
    return distance == 0 ? 0 : yardstick > 0 ? distance / yardstick : NAN;
}

static double score(int rule, const spread *s, double x)
{
    double distance = x - s->median;
    switch (rule) {
    case MAD:
        return over(distance, MAD_SCALE * s->mad);
    case BOXPLOT:
        distance = x > s->high ? x - s->high : x < s->low ? x - s->low : 0;
        return over(distance, s->high - s->low);
    case QUARTILE:
        return over(distance, distance > 0 ? s->high - s->median : s->median - s->low);
    default:
        return distance >= 0 ? exp(distance) : -exp(-distance);
    }
}

static tflow_status check(int rule, tflow_vec u, const double *scratch,
                          const double *out, tflow_error *error)
{
    if (rule == NO_RULE)
        return tflow_i_fail(error, TFLOW_EUNKNOWN, "no rule for outliers has the name");
    if (out == NULL || scratch == NULL || (u.n > 0 && u.data == NULL))
        return tflow_i_fail(error, TFLOW_EINVAL, "a pointer is NULL");
    for (size_t i = 0; i < u.n; i++)
        if (tflow_i_vec_at(u, i) <= 0)
            return tflow_i_fail(error, TFLOW_EINVAL, "unit value %zu is not above 0",
                                i + 1);
    return TFLOW_OK;
}

tflow_status tflow_unit_value_scores(const char *rule, tflow_vec unit_values,
                                     double *scratch, double *out, tflow_error *error)
{
    tflow_vec u = unit_values;
    int which = rule_of(rule), bad = 0;
    size_t n = 0;
    for (size_t i = 0; out != NULL && i < u.n; i++)
        out[i] = NAN;
    tflow_status status = check(which, u, scratch, out, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < u.n; i++) {
        double value = tflow_i_vec_at(u, i);
        if (isinf(value))
            return TFLOW_UNDEFINED;
        if (!isnan(value))
            scratch[n++] = log(value);
    }
    if (n < 3)
        return TFLOW_TOO_FEW;
    spread s = spread_of(scratch, n);
    for (size_t i = 0; i < u.n; i++) {
        double value = tflow_i_vec_at(u, i);
        out[i] = isnan(value) ? NAN : score(which, &s, log(value));
        bad |= !isnan(value) && !isfinite(out[i]);
    }
    for (size_t i = 0; bad && i < u.n; i++)
        out[i] = NAN;
    return bad ? TFLOW_UNDEFINED : TFLOW_OK;
}
