/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projection/projection.h"

#include <math.h>

/* Above this, the next whole number is not a double. */
#define MOST_PERIODS 9007199254740992.0

double tflow_i_series_label(const tflow_i_series *series, size_t i)
{
    if (series->times.data == NULL)
        return (double)(i + 1) * series->step;
    return tflow_i_vec_at(series->times, i);
}

double tflow_i_series_time(const tflow_i_series *series, size_t i)
{
    if (series->times.data == NULL)
        return (double)i;
    return (tflow_i_vec_at(series->times, i) - tflow_i_vec_at(series->times, 0)) /
           series->step;
}

int tflow_i_series_value(const tflow_i_series *series, size_t i, double *value)
{
    *value = tflow_i_vec_at(series->y, i);
    if (!isnan(*value))
        return 1;
    if (series->missing != TFLOW_MISSING_ZERO)
        return 0;
    *value = 0;
    return 1;
}

static tflow_status check_labels(const tflow_i_series *s, tflow_error *error)
{
    if (s->times.data == NULL)
        return TFLOW_OK;
    for (size_t i = 0; i < s->y.n; i++) {
        double label = tflow_i_vec_at(s->times, i);
        if (!isfinite(label))
            return tflow_i_fail(error, TFLOW_EINVAL, "label %zu is not finite", i + 1);
        if (i == 0)
            continue;
        double before = tflow_i_vec_at(s->times, i - 1);
        if (label == before)
            return tflow_i_fail(error, TFLOW_EDUPLICATE, "labels %zu and %zu are equal",
                                i, i + 1);
        if (label < before)
            return tflow_i_fail(error, TFLOW_EINVAL, "label %zu is before label %zu",
                                i + 1, i);
    }
    if (s->y.n > 0 && !(tflow_i_series_time(s, s->y.n - 1) <= MOST_PERIODS))
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "labels are more than 2^53 steps apart");
    return TFLOW_OK;
}

/* The power of two at or below the largest magnitude: dividing by it is exact, and
 * leaves numbers whose squares neither overflow nor, where they matter, vanish. */
static double power_of(double largest)
{
    int exponent;

    if (largest == 0)
        return 1;
    frexp(largest, &exponent);
    return ldexp(1, exponent - 1);
}

static tflow_status measure(tflow_i_series *s, tflow_error *error)
{
    double largest = 0, value;

    for (size_t i = 0; i < s->y.n; i++) {
        if (isnan(tflow_i_vec_at(s->y, i)))
            s->n_missing++;
        if (!tflow_i_series_value(s, i, &value))
            continue;
        if (isinf(value))
            return tflow_i_fail(error, TFLOW_UNDEFINED, "value %zu is infinite", i + 1);
        if (s->n_used++ == 0)
            s->first = i;
        s->last = i;
        s->lowest = fmin(s->lowest, value);
        largest = fmax(largest, fabs(value));
    }
    s->scale = power_of(largest);
    return TFLOW_OK;
}

tflow_status tflow_i_series_read(tflow_i_series *series, tflow_vec times, tflow_vec y,
                                 tflow_missing missing, double step, tflow_error *error)
{
    *series = (tflow_i_series){times, y, missing, step, 0, 0, 0, 0, INFINITY, 1};
    if (missing < TFLOW_MISSING_PROPAGATE || missing > TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no such policy for missing values");
    if (y.data == NULL && y.n > 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "no values");
    if (times.data == NULL ? times.n != 0 : times.n != y.n)
        return tflow_i_fail(error, TFLOW_EINVAL, "%zu labels for %zu values", times.n,
                            y.n);

    tflow_status status = check_labels(series, error);
    if (status == TFLOW_OK)
        status = measure(series, error);
    if (status != TFLOW_OK || series->n_missing == 0)
        return status;
    if (missing == TFLOW_MISSING_FAIL || missing == TFLOW_MISSING_PROPAGATE)
        return tflow_i_fail(
            error, missing == TFLOW_MISSING_FAIL ? TFLOW_EMISSING : TFLOW_MISSING_VALUE,
            "%zu of %zu values are missing", series->n_missing, y.n);
    return TFLOW_OK;
}
