/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file growth.h
 * Growth rates, trend growth, contributions to growth, and indices of a level.
 *
 * Levels are flows: numbers of 0 or more in any one unit. A missing level is NaN and a
 * level of 0 is 0. Rates are fractions: 0.05 is five per cent. The result of a call
 * that does not return TFLOW_OK is NaN.
 *
 * What a status means is the same throughout: TFLOW_EINVAL, @p out is NULL or a
 * parameter is outside its domain; TFLOW_ENEGATIVE, a level is negative;
 * TFLOW_MISSING_VALUE, a level is NaN; TFLOW_UNDEFINED, also when a level is infinite
 * or the result is beyond the range of double.
 */
#ifndef TRADEFLOW_GROWTH_H
#define TRADEFLOW_GROWTH_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Growth from one level to the next.
 *
 *     g = x1 / x0 - 1
 *
 * @param x0   level at the start, >= 0
 * @param x1   level at the end, >= 0
 * @param out  the rate as a fraction, >= -1
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p x0 is 0, whatever @p x1: see tflow_growth_midpoint.
 *         TFLOW_MISSING_VALUE, TFLOW_UNDEFINED, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 */
TFLOW_API tflow_status tflow_growth_simple(double x0, double x1, double *out);

/**
 * Logarithmic growth from one level to the next.
 *
 *     g = ln(x1 / x0)
 *
 * Adds up over consecutive periods; near zero it equals the simple rate.
 *
 * @param x0   level at the start, >= 0
 * @param x1   level at the end, >= 0
 * @param out  the rate in log points
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p x0 is 0.
 *         TFLOW_UNDEFINED if @p x1 is 0 and @p x0 is not.
 *         TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 */
TFLOW_API tflow_status tflow_growth_log(double x0, double x1, double *out);

/**
 * Growth relative to the mean of both levels: defined for flows that begin or end.
 *
 *     g = 2 (x1 - x0) / (x1 + x0)
 *
 * Lies in [-2, 2]: 2 for a flow that begins, -2 for one that ends.
 *
 * @param x0   level at the start, >= 0
 * @param x1   level at the end, >= 0
 * @param out  the rate as a fraction of the mean level
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if both levels are 0.
 *         TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 *
 * Reference: Davis, Haltiwanger and Schuh (1996), Job Creation and Destruction.
 */
TFLOW_API tflow_status tflow_growth_midpoint(double x0, double x1, double *out);

/**
 * Compound growth rate per period between two levels.
 *
 *     rate = (last / first)^(1 / periods) - 1
 *
 * @p periods is the time that passed between the two, not the number of points: from
 * 2000 to 2020 it is 20 years. What happened in between does not enter.
 *
 * @param first    level at the start, >= 0
 * @param last     level at the end, >= 0
 * @param periods  time between them, in periods, > 0; need not be whole
 * @param out      the rate as a fraction per period, >= -1
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p first is 0, whatever @p last.
 *         TFLOW_EINVAL also if @p periods is not finite and > 0.
 *         TFLOW_MISSING_VALUE, TFLOW_UNDEFINED, TFLOW_ENEGATIVE.
 *
 * Reference: UNCTAD Handbook of Statistics, Calculation methods ("exponential growth
 * rate"); World Bank, Growth rates ("compounding growth rate").
 */
TFLOW_API tflow_status tflow_cagr(double first, double last, double periods,
                                  double *out);

/**
 * The rate per period at which a level reaches a target.
 *
 *     rate = (target / current)^(1 / periods) - 1
 *
 * @param current  the level now, >= 0
 * @param target   the level to reach, >= 0
 * @param periods  time to reach it in, > 0; need not be whole
 * @param out      the rate as a fraction per period, >= -1
 *
 * @return as tflow_cagr; TFLOW_ZERO_BASE if @p current is 0.
 */
TFLOW_API tflow_status tflow_growth_needed(double current, double target,
                                           double periods, double *out);

/**
 * The time in which a level that grows at a constant rate doubles.
 *
 *     periods = ln 2 / ln(1 + rate)
 *
 * @param rate  growth as a fraction per period, > 0
 * @param out   the time in periods
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if @p rate is 0 or less (it never doubles) or infinite.
 *         TFLOW_MISSING_VALUE if @p rate is NaN.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_doubling_time(double rate, double *out);

/**
 * The time in which a level that grows at a constant rate reaches a target.
 *
 *     periods = ln(target / current) / ln(1 + rate)
 *
 * @param current  the level now, > 0
 * @param target   the level to reach, > 0
 * @param rate     growth as a fraction per period, > -1
 * @param out      the time in periods, >= 0; 0 if the target equals the level
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p current is 0.
 *         TFLOW_UNDEFINED if the rate leads away from the target or nowhere, or
 *         @p target is 0.
 *         TFLOW_EINVAL also if @p rate is not finite and > -1.
 *         TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE.
 */
TFLOW_API tflow_status tflow_time_to_reach(double current, double target, double rate,
                                           double *out);

/**
 * A level relative to that of a base period.
 *
 *     index = x / base
 *
 * The base period has 1, not 100.
 *
 * @param x     level, >= 0
 * @param base  level of the base period, >= 0
 * @param out   the index, >= 0
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p base is 0.
 *         TFLOW_MISSING_VALUE, TFLOW_UNDEFINED, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 */
TFLOW_API tflow_status tflow_index(double x, double base, double *out);

/**
 * The contribution of a part to the growth of a total.
 *
 *     c = (part1 - part0) / total0
 *
 * Over all parts of the total they add up to its growth.
 *
 * @param part0   the part at the start, >= 0
 * @param part1   the part at the end, >= 0
 * @param total0  the total at the start, >= 0
 * @param out     the contribution as a fraction of the total: 0.01 is one point
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p total0 is 0.
 *         TFLOW_MISSING_VALUE, TFLOW_UNDEFINED, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 */
TFLOW_API tflow_status tflow_contribution(double part0, double part1, double total0,
                                          double *out);

/**
 * The fraction of a total's change that a part accounts for.
 *
 *     f = (part1 - part0) / (total1 - total0)
 *
 * Over all parts of the total they add up to 1; a part that moved against the total has
 * a negative fraction, and with a small change of the total fractions are large.
 *
 * @param part0   the part at the start, >= 0
 * @param part1   the part at the end, >= 0
 * @param total0  the total at the start, >= 0
 * @param total1  the total at the end, >= 0
 * @param out     the fraction
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if the total did not change.
 *         TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 */
TFLOW_API tflow_status tflow_contribution_fraction(double part0, double part1,
                                                   double total0, double total1,
                                                   double *out);

/** Trend growth as tflow_growth_least_squares finds it. The layout is frozen. */
typedef struct tflow_trend {
    double b;                  /**< slope of ln x: log points per period */
    double growth;             /**< exp(b) - 1: fraction per period */
    double b_se;               /**< standard error of b; NaN when n is 2 */
    double intercept;          /**< ln x at time 0 */
    double residual_deviation; /**< of ln x about the trend; NaN when n is 2 */
    double r_squared;          /**< share of the variance of ln x; NaN if it has none */
    size_t n;                  /**< points used */
    size_t n_missing;          /**< points left out because they are missing */
    size_t n_zero;             /**< points left out because they are 0 */
} tflow_trend;

/**
 * Growth rate of the exponential trend through all points of a series.
 *
 *     ln x_t = a + b t + e_t by least squares;  growth = exp(b) - 1
 *     se(b) = s / sqrt(sum (t - mean t)^2),  s^2 = sum e_t^2 / (n - 2)
 *
 * Time enters as the labels say, so that a gap counts as the time it is; the order of
 * the points does not matter. UNCTAD has published both b and exp(b) - 1 as the growth
 * rate: both are here.
 *
 * @param t        time of each point, in periods; finite
 * @param x        level of each point, >= 0
 * @param missing  PROPAGATE: a missing level makes the result missing. SKIP: missing
 *                 levels and levels of 0, which have no logarithm, are left out and
 *                 counted. ZERO: a missing level is 0. FAIL: TFLOW_EMISSING
 * @param out      the trend; its counts are set whatever the status
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_TOO_FEW if fewer than two points are left.
 *         TFLOW_MISSING_VALUE if a level is missing and the policy is PROPAGATE.
 *         TFLOW_UNDEFINED if a level is 0 and the policy is not SKIP, all times are
 *         equal, or a level is infinite.
 *         TFLOW_EMISSING if a level is missing and the policy is FAIL.
 *         TFLOW_ENEGATIVE if a level is negative.
 *         TFLOW_EINVAL if @p out is NULL, lengths differ, a time is not finite, or the
 *         policy is not one.
 *
 * Reference: UNCTAD Handbook of Statistics, Calculation methods ("least squares growth
 * rate").
 */
TFLOW_API tflow_status tflow_growth_least_squares(tflow_vec t, tflow_vec x,
                                                  tflow_missing missing,
                                                  tflow_trend *out, tflow_error *error);

/**
 * Volatility: the sample standard deviation of log growth from period to period.
 *
 *     r_t = ln(x_t / x_{t-1});  sd = sqrt(sum (r_t - mean r)^2 / (n - 1))
 *
 * A rate is taken between neighbouring points one period apart and never across a gap;
 * the result is per period and is not annualised.
 *
 * @param t        time of each point, in periods; increasing
 * @param x        level of each point, >= 0
 * @param missing  as in tflow_growth_least_squares: SKIP leaves out the rates from and
 *                 to a point that is missing or 0
 * @param out      the standard deviation, in log points
 * @param n_rates  number of rates it rests on, or NULL
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_TOO_FEW if there are fewer than two rates.
 *         TFLOW_MISSING_VALUE if a level is missing and the policy is PROPAGATE.
 *         TFLOW_UNDEFINED if a level is 0 and the policy is not SKIP, or a level is
 *         infinite.
 *         TFLOW_EMISSING if a level is missing and the policy is FAIL.
 *         TFLOW_ENEGATIVE if a level is negative.
 *         TFLOW_EINVAL if @p out is NULL, lengths differ, times are not finite and
 *         increasing, or the policy is not one.
 */
TFLOW_API tflow_status tflow_volatility(tflow_vec t, tflow_vec x, tflow_missing missing,
                                        double *out, size_t *n_rates,
                                        tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
