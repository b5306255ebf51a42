/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"
#include "tradeflow/projection.h"

#include <math.h>

typedef double term(double actual, double forecast);

typedef struct pairs {
    tflow_vec actual;
    tflow_vec forecast;
    tflow_missing missing;
    term *term;
} pairs;

static double distance(double actual, double forecast)
{
    return fabs(actual - forecast);
}

static double relative(double actual, double forecast)
{
    return fabs((actual - forecast) / actual);
}

/* Of the two together: 0 where both are nothing, 1 where they have opposite signs. */
static double symmetric(double actual, double forecast)
{
    double larger = fmax(fabs(actual), fabs(forecast));

    if (larger == 0)
        return 0;
    double a = actual / larger, f = forecast / larger; /* no sum overflows */
    return fabs(a - f) / (fabs(a) + fabs(f));
}

static double angle(double actual, double forecast)
{
    return atan2(fabs(actual - forecast), fabs(actual));
}

/* Whether pair i is used; its two sides. */
static int pair(const pairs *p, size_t i, double *actual, double *forecast)
{
    *actual = tflow_i_vec_at(p->actual, i);
    *forecast = tflow_i_vec_at(p->forecast, i);
    if (p->missing == TFLOW_MISSING_ZERO) {
        *actual = isnan(*actual) ? 0 : *actual;
        *forecast = isnan(*forecast) ? 0 : *forecast;
    }
    return !isnan(*actual) && !isnan(*forecast);
}

/* Check the pairs; the number used and the largest term. */
static tflow_status inspect(const pairs *p, size_t *n, double *largest)
{
    double actual, forecast;
    size_t left_out = 0;

    *n = 0;
    *largest = 0;
    for (size_t i = 0; i < p->actual.n; i++) {
        if (!pair(p, i, &actual, &forecast)) {
            left_out++;
            continue;
        }
        ++*n;
        if (isinf(actual) || isinf(forecast))
            return TFLOW_UNDEFINED;
        if (p->term == relative && actual == 0)
            return TFLOW_ZERO_BASE;
        *largest = fmax(*largest, p->term(actual, forecast));
    }
    if (left_out > 0 && p->missing == TFLOW_MISSING_FAIL)
        return TFLOW_EMISSING;
    if (left_out > 0 && p->missing != TFLOW_MISSING_SKIP)
        return TFLOW_MISSING_VALUE;
    if (*n == 0)
        return TFLOW_TOO_FEW;
    return isfinite(*largest) ? TFLOW_OK : TFLOW_UNDEFINED;
}

/* Mean of the terms, or root of the mean of their squares. */
static tflow_status average(const pairs *p, int squared, double *out)
{
    double largest, actual, forecast;
    tflow_i_sum sum = {0, 0};
    size_t n;

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    if (p->actual.n != p->forecast.n || p->missing < TFLOW_MISSING_PROPAGATE ||
        p->missing > TFLOW_MISSING_FAIL ||
        (p->actual.n > 0 && (p->actual.data == NULL || p->forecast.data == NULL)))
        return TFLOW_EINVAL;
    tflow_status status = inspect(p, &n, &largest);
    if (status != TFLOW_OK)
        return status;

    /* Relative to the largest, sums of the largest and squares of the smallest hold. */
    for (size_t i = 0; i < p->actual.n && largest > 0; i++) {
        if (!pair(p, i, &actual, &forecast))
            continue;
        double share = p->term(actual, forecast) / largest;
        tflow_i_sum_add(&sum, squared ? share * share : share);
    }
    double mean = tflow_i_sum_value(&sum) / (double)n;
    *out = (squared ? sqrt(mean) : mean) * largest;
    return TFLOW_OK;
}

tflow_status tflow_mae(tflow_vec actual, tflow_vec forecast, tflow_missing missing,
                       double *out)
{
    pairs p = {actual, forecast, missing, distance};
    return average(&p, 0, out);
}

tflow_status tflow_rmse(tflow_vec actual, tflow_vec forecast, tflow_missing missing,
                        double *out)
{
    pairs p = {actual, forecast, missing, distance};
    return average(&p, 1, out);
}

tflow_status tflow_mape(tflow_vec actual, tflow_vec forecast, tflow_missing missing,
                        double *out)
{
    pairs p = {actual, forecast, missing, relative};
    return average(&p, 0, out);
}

tflow_status tflow_smape_1(tflow_vec actual, tflow_vec forecast, tflow_missing missing,
                           double *out)
{
    pairs p = {actual, forecast, missing, symmetric};
    return average(&p, 0, out);
}

tflow_status tflow_smape_200(tflow_vec actual, tflow_vec forecast,
                             tflow_missing missing, double *out)
{
    tflow_status status = tflow_smape_1(actual, forecast, missing, out);

    if (status == TFLOW_OK)
        *out *= 200;
    return status;
}

tflow_status tflow_maape(tflow_vec actual, tflow_vec forecast, tflow_missing missing,
                         double *out)
{
    pairs p = {actual, forecast, missing, angle};
    return average(&p, 0, out);
}
