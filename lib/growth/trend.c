/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/growth.h"

#include "core/core.h"
#include "numeric/elementary.h"
#include "numeric/least_squares.h"

#include <float.h>
#include <math.h>

/* Two times are one period apart to within rounding of labels such as 2000.1, which are
 * exact to half a unit in the last place each. */
static int one_period(double from, double to)
{
    return fabs(to - from - 1) <= 2 * DBL_EPSILON * (fabs(from) + fabs(to));
}

typedef struct counts {
    size_t missing;
    size_t zero;
} counts;

static tflow_status bad_level(tflow_error *error, tflow_status status, size_t i,
                              const char *what)
{
    return tflow_i_fail(error, status, "point %zu is %s, expected a level of 0 or more",
                        i + 1, what);
}

static tflow_status check_arguments(tflow_vec t, tflow_vec x, tflow_missing missing,
                                    tflow_error *error)
{
    if (t.n != x.n)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %zu times for %zu levels", t.n,
                            x.n);
    if (x.n > 0 && (t.data == NULL || x.data == NULL))
        return tflow_i_fail(error, TFLOW_EINVAL, "found no data, expected %zu points",
                            x.n);
    if ((int)missing < TFLOW_MISSING_PROPAGATE || (int)missing > TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %d for the missing policy",
                            (int)missing);
    return TFLOW_OK;
}

/* Whether the series has logarithms under the policy. Every level is looked at, so that
 * what is found does not depend on the order. */
static tflow_status check_series(tflow_vec t, tflow_vec x, tflow_missing missing,
                                 counts *found, tflow_error *error)
{
    size_t n_infinite = 0;
    tflow_status status = check_arguments(t, x, missing, error);

    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < x.n; i++) {
        double level = tflow_i_vec_at(x, i);
        if (!isfinite(tflow_i_vec_at(t, i)))
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "the time of point %zu is not a "
                                "number",
                                i + 1);
        if (level < 0)
            return bad_level(error, TFLOW_ENEGATIVE, i, "negative");
        found->missing += isnan(level) ? 1 : 0;
        found->zero += level == 0;
        n_infinite += isinf(level) ? 1 : 0;
    }
    if (found->missing > 0 && missing == TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EMISSING, "%zu of %zu points are missing",
                            found->missing, x.n);
    if (found->missing > 0 && missing == TFLOW_MISSING_PROPAGATE)
        return TFLOW_MISSING_VALUE;
    if (missing == TFLOW_MISSING_ZERO) {
        found->zero += found->missing;
        found->missing = 0;
    }
    if (n_infinite > 0 || (found->zero > 0 && missing != TFLOW_MISSING_SKIP))
        return TFLOW_UNDEFINED;
    return TFLOW_OK;
}

tflow_status tflow_growth_least_squares(tflow_vec t, tflow_vec x, tflow_missing missing,
                                        tflow_trend *out, tflow_error *error)
{
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = (tflow_trend){NAN, NAN, NAN, NAN, NAN, NAN, 0, 0, 0};

    counts found = {0, 0};
    tflow_status status = check_series(t, x, missing, &found, error);
    if (status < 0)
        return status;
    out->n_missing = found.missing;
    out->n_zero = found.zero;
    if (status != TFLOW_OK)
        return status;

    tflow_i_line line;
    status = tflow_i_line_fit_log(t, x, &line);
    if (status == TFLOW_OK && !isfinite(expm1(line.slope)))
        status = TFLOW_UNDEFINED;
    if (status != TFLOW_OK)
        return status;
    out->b = line.slope;
    out->growth = expm1(line.slope);
    out->b_se = line.slope_se;
    out->intercept = line.intercept;
    out->residual_deviation = line.residual_sd;
    out->r_squared = line.r_squared;
    out->n = line.n;
    return TFLOW_OK;
}

/* The log growth that ends at point i > 0; 0 if there is none. */
static int rate_at(tflow_vec t, tflow_vec x, size_t i, double *rate)
{
    double from = tflow_i_vec_at(x, i - 1), to = tflow_i_vec_at(x, i);

    if (!(from > 0 && to > 0) ||
        !one_period(tflow_i_vec_at(t, i - 1), tflow_i_vec_at(t, i)))
        return 0;
    *rate = tflow_i_log_ratio(from, to);
    return 1;
}

static double rate_deviation(tflow_vec t, tflow_vec x, size_t *n_rates)
{
    tflow_i_sum sum = {0, 0}, squares = {0, 0};
    double rate;
    size_t n = 0;

    for (size_t i = 1; i < x.n; i++)
        if (rate_at(t, x, i, &rate)) {
            tflow_i_sum_add(&sum, rate);
            n++;
        }
    *n_rates = n;
    if (n < 2)
        return NAN;
    double mean = tflow_i_sum_value(&sum) / (double)n;
    for (size_t i = 1; i < x.n; i++)
        if (rate_at(t, x, i, &rate))
            tflow_i_sum_add(&squares, (rate - mean) * (rate - mean));
    return sqrt(tflow_i_sum_value(&squares) / (double)(n - 1));
}

tflow_status tflow_volatility(tflow_vec t, tflow_vec x, tflow_missing missing,
                              double *out, size_t *n_rates, tflow_error *error)
{
    if (n_rates != NULL)
        *n_rates = 0;
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = NAN;

    counts found = {0, 0};
    tflow_status status = check_series(t, x, missing, &found, error);
    for (size_t i = 1; status >= 0 && i < x.n; i++)
        if (!(tflow_i_vec_at(t, i) > tflow_i_vec_at(t, i - 1)))
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "point %zu is not later than the one before", i + 1);
    if (status != TFLOW_OK)
        return status;

    size_t n = 0;
    double deviation = rate_deviation(t, x, &n);
    if (n_rates != NULL)
        *n_rates = n;
    if (n < 2)
        return TFLOW_TOO_FEW;
    *out = deviation;
    return TFLOW_OK;
}
