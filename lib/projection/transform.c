/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Box-Cox transform, (y^lambda - 1) / lambda or ln y, and the choice of lambda. */
#include "projection/projection.h"

#include <math.h>

/* Guerrero's search: as forecast::BoxCox.lambda has it. */
#define LAMBDA_LOW (-1.0)
#define LAMBDA_HIGH 2.0

static double box_cox(double value, double lambda)
{
    return lambda == 0 ? log(value) : (pow(value, lambda) - 1) / lambda;
}

double tflow_i_box_cox_back(double value, double lambda)
{
    if (lambda == 0)
        return exp(value);
    double base = lambda * value + 1;
    if (base <=
        0) /* beyond what the transform reaches: nothing, or beyond all bounds */
        return lambda > 0 ? 0 : INFINITY;
    return pow(base, 1 / lambda);
}

double tflow_i_box_cox_mean(double location, double se, double lambda)
{
    if (lambda == 0)
        return exp(location + se * se / 2);
    if (lambda == 1 || se == 0)
        return tflow_i_box_cox_back(location, lambda);
    /* The trapezoidal rule on a normal density converges faster than any power. */
    tflow_i_sum sum = {0, 0}, weight = {0, 0};
    for (int i = -80; i <= 80; i++) {
        double z = i / 10.0, density = exp(-z * z / 2);
        tflow_i_sum_add(&sum,
                        density * tflow_i_box_cox_back(location + se * z, lambda));
        tflow_i_sum_add(&weight, density);
    }
    return tflow_i_sum_value(&sum) / tflow_i_sum_value(&weight);
}

/* Coefficient of variation, over whole cycles counted from the end, of the deviation
 * in each over a power of its mean. */
static double unevenness(const double *grid, size_t n, size_t cycle, double lambda)
{
    double mean_ratio = 0, squares = 0;
    size_t used = 0;

    for (size_t from = n % cycle; from + cycle <= n; from += cycle) {
        double sum = 0, spread = 0;
        size_t seen = 0;
        for (size_t i = from; i < from + cycle; i++)
            if (!isnan(grid[i])) {
                sum += grid[i];
                seen++;
            }
        if (seen < 2)
            continue;
        double mean = sum / (double)seen;
        for (size_t i = from; i < from + cycle; i++)
            if (!isnan(grid[i]))
                spread += (grid[i] - mean) * (grid[i] - mean);
        double ratio = sqrt(spread / (double)(seen - 1)) / pow(mean, 1 - lambda);
        used++;
        double step = ratio - mean_ratio;
        mean_ratio += step / (double)used;
        squares += step * (ratio - mean_ratio);
    }
    return used < 2 || mean_ratio == 0
               ? NAN
               : sqrt(squares / (double)(used - 1)) / mean_ratio;
}

/* Golden section: the curve is smooth with one lowest place in practice. */
static double guerrero(const double *grid, size_t n, size_t season)
{
    const double golden = (sqrt(5.0) - 1) / 2;
    size_t cycle = season > 2 ? season : 2;
    double low = LAMBDA_LOW, high = LAMBDA_HIGH;
    double a = high - golden * (high - low), b = low + golden * (high - low);
    double at_a = unevenness(grid, n, cycle, a), at_b = unevenness(grid, n, cycle, b);

    if (isnan(at_a) || isnan(at_b))
        return 1;
    while (high - low > 1e-6) {
        if (at_a <= at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - golden * (high - low);
            at_a = unevenness(grid, n, cycle, a);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + golden * (high - low);
            at_b = unevenness(grid, n, cycle, b);
        }
    }
    return (low + high) / 2;
}

tflow_status tflow_i_forecast_transform(tflow_i_forecast *forecast, double *grid,
                                        size_t n, tflow_error *error)
{
    const tflow_projection_opts *o = &forecast->opts;

    if (o->transform == TFLOW_TRANSFORM_NONE)
        return TFLOW_OK;
    for (size_t i = 0; i < n; i++)
        if (grid[i] <= 0)
            return tflow_i_fail(error, TFLOW_UNDEFINED,
                                "a value is not above 0 and has no Box-Cox transform");
    forecast->transformed = 1;
    forecast->lambda = o->transform == TFLOW_TRANSFORM_BOX_COX
                           ? o->lambda
                           : guerrero(grid, n, o->season);
    for (size_t i = 0; i < n; i++) {
        grid[i] = box_cox(grid[i], forecast->lambda);
        if (isinf(grid[i]))
            return tflow_i_fail(error, TFLOW_UNDEFINED,
                                "a value is too large to be transformed");
    }
    forecast->result->lambda = forecast->lambda;
    return TFLOW_OK;
}
