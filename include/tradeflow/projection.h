/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file projection.h
 * Projections of a series with intervals, their back-test, and measures of accuracy.
 */
#ifndef TRADEFLOW_PROJECTION_H
#define TRADEFLOW_PROJECTION_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Where the width of an interval comes from. Appended to, never renumbered. */
typedef enum tflow_interval {
    TFLOW_INTERVAL_DEFAULT = 0, /**< the method's own; the result says which it is */
    TFLOW_INTERVAL_T = 1,       /**< Student's t with the degrees of freedom of sigma */
    TFLOW_INTERVAL_NORMAL = 2,  /**< the normal, as if sigma were known: too narrow on
                                      short series; what R's forecast package uses for
                                      naive, seasonal naive and drift */
    TFLOW_INTERVAL_SIMULATION = 3, /**< quantiles of paths drawn from the model with the
                                        seed of the options */
    TFLOW_INTERVAL_EMPIRICAL = 4,  /**< quantiles of what was observed */
    TFLOW_INTERVAL_COMBINED = 5    /**< made of the limits of several methods */
} tflow_interval;

/** What a search among models makes as small as it can. */
typedef enum tflow_criterion {
    TFLOW_CRITERION_AICC = 0, /**< Akaike's, corrected for short series */
    TFLOW_CRITERION_AIC = 1,  /**< Akaike's */
    TFLOW_CRITERION_BIC = 2   /**< the Bayesian of Schwarz */
} tflow_criterion;

/** What is done to the values before a model sees them. */
typedef enum tflow_transform {
    TFLOW_TRANSFORM_NONE = 0,
    TFLOW_TRANSFORM_BOX_COX = 1, /**< Box-Cox with the lambda of the options; 0: logs */
    TFLOW_TRANSFORM_GUERRERO = 2 /**< Box-Cox with the lambda that makes the spread of
                                      the parts of a series least dependent on level */
} tflow_transform;

/** How far down values can go. */
typedef enum tflow_bound {
    TFLOW_BOUND_ZERO = 0, /**< a flow: never below zero */
    TFLOW_BOUND_NONE = 1  /**< a balance, a revision, a net flow: any sign */
} tflow_bound;

/** Which of the two point forecasts is meant. */
typedef enum tflow_point { TFLOW_POINT_MEDIAN = 0, TFLOW_POINT_MEAN = 1 } tflow_point;

/** What to project. Start from TFLOW_PROJECTION_OPTS_INIT; NULL means just that. */
typedef struct tflow_projection_opts {
    size_t size;          /**< sizeof(tflow_projection_opts) */
    size_t horizon;       /**< number of periods ahead, at least 1; default 1 */
    const double *levels; /**< coverage of each interval, in (0, 1); NULL: 0.80, 0.95 */
    size_t n_levels;      /**< number of @p levels; not read when they are NULL */
    tflow_interval interval; /**< default: the method's own */
    tflow_bound bound;       /**< default: zero */
    size_t season;     /**< periods in a season's cycle, 1 to 2^31 - 1: 12 for months,
                            4 for quarters; default 1, no season */
    double step;       /**< distance of two neighbouring periods on the scale of the
                            labels, > 0; default 1 */
    const char *model; /**< which model of the method's family, as the method writes
                            it; NULL: it chooses */
    tflow_criterion criterion; /**< how it chooses; default AICc */
    tflow_transform transform; /**< for methods that fit a model; default none */
    double lambda; /**< of the Box-Cox transform, -1 to 2; 0 is the logarithm */
    size_t paths;  /**< drawn where intervals are simulated; default 2000 */
    uint64_t seed; /**< of those; the generator is the Mersenne Twister */
} tflow_projection_opts;

#define TFLOW_PROJECTION_OPTS_INIT                                                     \
    {                                                                                  \
        sizeof(tflow_projection_opts), 1, NULL, 0, TFLOW_INTERVAL_DEFAULT,             \
            TFLOW_BOUND_ZERO, 1, 1.0, NULL, TFLOW_CRITERION_AICC,                      \
            TFLOW_TRANSFORM_NONE, 0.0, 2000, 1                                         \
    }

/** One estimated coefficient of a fitted model. */
typedef struct tflow_coefficient {
    const char *name; /**< borrowed for ever; NULL past the last coefficient */
    double value;     /**< estimate */
    double se;        /**< its standard error, or NaN */
} tflow_coefficient;

#define TFLOW_COEFFICIENTS_MAX 24

/**
 * A projection. Start from TFLOW_PROJECTION_INIT and point the arrays at memory of
 * yours; an array left NULL is not wanted. The rest is written by the call.
 *
 * For interval l and step k (both from 0) the limits are `lower[l * horizon + k]` and
 * `upper[l * horizon + k]`.
 */
typedef struct tflow_projection {
    size_t size;    /**< sizeof(tflow_projection) */
    double *time;   /**< horizon labels: the last of the input plus 1, 2, ... steps */
    double *mean;   /**< horizon means of the predictive distribution */
    double *median; /**< horizon medians of it */
    double *se;     /**< horizon standard errors of prediction; of the logarithm for
                         log_linear_trend */
    double *lower;  /**< n_levels * horizon lower limits */
    double *upper;  /**< n_levels * horizon upper limits */
    double *fitted; /**< as many as the input: each value from those before it (naive,
                         seasonal_naive, drift), the mean, or the line (the median, for
                         logarithms); NaN where there is no value, or none before it */

    const char *method;      /**< name of the method, borrowed for ever */
    tflow_interval interval; /**< what the intervals rest on: never the default */
    size_t n;                /**< observed values used */
    size_t n_missing;        /**< missing values left out, or taken as zero */
    double first;            /**< label of the first value used */
    double last;             /**< label of the last value used */
    double sigma;            /**< residual standard deviation, per period for naive,
                                  seasonal_naive (per cycle) and drift; of the logarithm
                                  for log_linear_trend */
    double df;               /**< its degrees of freedom */
    size_t n_floored;        /**< steps at which something was cut at zero */
    size_t n_coefficients;   /**< coefficients estimated */
    tflow_coefficient coefficients[TFLOW_COEFFICIENTS_MAX]; /**< those, by name */
    double log_likelihood; /**< of the fitted model, as its method defines it, or NaN */
    double aic;            /**< Akaike's criterion, or NaN */
    double aicc;           /**< the same corrected for short series, or NaN */
    double bic;            /**< Schwarz's criterion, or NaN */
    double lambda;         /**< of the Box-Cox transform in use, or NaN */
    char model[96];        /**< the model that was fitted, such as "ETS(M,Ad,M)"; empty
                                if the method is one model */
    char reason[256];      /**< why that one; empty if there was no choice */
} tflow_projection;

#define TFLOW_PROJECTION_INIT                                                          \
    {                                                                                  \
        sizeof(tflow_projection), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,      \
            TFLOW_INTERVAL_DEFAULT, 0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0,                    \
            {{NULL, 0.0, 0.0}}, 0.0, 0.0, 0.0, 0.0, 0.0, {0},                          \
        {                                                                              \
            0                                                                          \
        }                                                                              \
    }

/**
 * Project a series some periods beyond its last label, with a named method.
 *
 *     method            point forecast                  variance v           df
 *     mean              m, the mean                     s² (1 + 1/n)         n − 1
 *     naive             the last value                  s² h                 n − 1
 *     seasonal_naive    the last of the same season     s² c                 pairs
 *     drift             last + h b                      s² h (1 + h/span)    n − 2
 *     linear_trend      a + b t, least squares          s² (1 + 1/n + d²)    n − 2
 *     log_linear_trend  the same on ln y                the same on ln y     n − 2
 *
 * v is the variance of prediction. h is the time from the last observed value to the
 * period forecast, in periods: 1, 2, ... plus the length of a trailing gap. b of drift
 * is (last − first) / span, over elapsed time. c is the number of whole cycles between
 * a value and the period forecast. d² is (t − t̄)² / Σ(tᵢ − t̄)². s² is the mean square
 * of the residuals over their degrees of freedom: of changes divided by the square root
 * of the time they span for naive, seasonal_naive and drift, so that a change over a
 * gap counts for what it is. With independent normal errors the t intervals are exact
 * for every method, gaps or not.
 *
 * Labels are real: 2000, 2001, 2004 has a gap of two years, and a value that is missing
 * under its label leaves the same gap. Which value comes next is told by the label,
 * never by position.
 *
 * *Exponential smoothing.* ses, holt, damped_holt, holt_winters_additive are the models
 * ETS(A,N,N), ETS(A,A,N), ETS(A,Ad,N), ETS(A,A,A); holt_winters_multiplicative is
 * ETS(M,A,M); ets takes the one that opts->model names ("MAdM"; Z for any part) or, of
 * the fifteen with error A or M, trend N, A or Ad and season N, A or M, but not error A
 * with season M, the one with the lowest criterion. Multiplicative parts want every
 * value above 0; a season wants two cycles, and one of more than 60 periods is passed
 * over. Parameters and initial states are those of maximum likelihood in the usual
 * region (0 < beta < alpha < 1, gamma < 1 - alpha, 0.8 <= phi <= 0.98). A missing value
 * in between moves no state and is not counted. Means and variances ahead are exact for
 * normal errors with the estimates plugged in; limits are normal or, where asked for,
 * of Student's t with n - k degrees of freedom, k numbers being estimated beside the
 * variance.
 *
 * *Mean and median.* They are the same except for log_linear_trend, where the median is
 * e^μ and the mean e^(μ + v/2): that of the normal with μ and v plugged in. With v
 * estimated the predictive distribution is that of e^t, which has no mean. Limits are
 * those of the logarithm, raised, and stay exact.
 *
 * *Never below zero.* With TFLOW_BOUND_ZERO every number below zero is given as zero,
 * and the step is counted in n_floored. Median and limits are then the quantiles of
 * max(0, y). Coverage does not fall, as a flow has no outcome below zero to be lost;
 * where the upper limit too was below zero the interval is [0, 0] and covers only a
 * flow that ceased. The mean given is max(0, E y), which is below E max(0, y).
 * Logarithms need no cut.
 *
 * *Coefficients.* mean: "mean". drift: "drift", the change a period. Trends: "level",
 * the line at the first value used, and "slope", its change a period; of the logarithm
 * for log_linear_trend, where growth a period is e^slope − 1.
 *
 * *Refusal.* Every method wants two degrees of freedom: with one the t distribution has
 * no mean. That is 3 observed values for mean and naive, 4 for drift and both trends,
 * and two pairs a cycle apart for seasonal_naive, with each season ahead seen once.
 *
 * @param method   a name of the table above: see tflow_projection_method()
 * @param times    labels, strictly increasing, finite; no data and n of 0 means that
 *                 values follow each other without a gap and are labelled 1, 2, ...,
 *                 each times the step
 * @param y        values in any unit; NaN is missing
 * @param missing  PROPAGATE: no answer; SKIP: a gap; ZERO: a zero; FAIL: an error
 * @param opts     what to project; NULL for one period, 80 and 95 %
 * @param result   where to
 * @param error    the detail of a negative or positive status; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_TOO_FEW if fewer values are observed than the method wants.
 *         TFLOW_MISSING_VALUE if a value is missing and the policy is PROPAGATE.
 *         TFLOW_UNDEFINED if a value is infinite or (log_linear_trend) zero; or if some
 *         result is too large to hold: that one is NaN, the others are given.
 *         TFLOW_EMISSING if a value is missing and the policy is FAIL.
 *         TFLOW_ENEGATIVE if a value is negative and the bound is zero, or the method
 *         log_linear_trend.
 *         TFLOW_EDUPLICATE if a label occurs twice.
 *         TFLOW_EUNKNOWN if there is no such method.
 *         TFLOW_EUNSUPPORTED if the method has no such interval.
 *         TFLOW_EINVAL if labels are not finite or do not increase, their number is not
 *         that of the values, they are more than 2^53 periods apart or (seasonal_naive)
 *         not whole periods apart (to 0.001), or an option is outside its domain.
 *
 * Reference: the first four rows with normal quantiles (t for mean) are R's forecast
 * 8.20 (naive, snaive, rwf with drift, meanf), whose printed numbers are reproduced in
 * the tests. Trends: Hyndman and Athanasopoulos, Forecasting: principles and practice,
 * 1st edition, equation 4.2, with the t quantile in place of 1.96.
 */
TFLOW_API tflow_status tflow_project(const char *method, tflow_vec times, tflow_vec y,
                                     tflow_missing missing,
                                     const tflow_projection_opts *opts,
                                     tflow_projection *result, tflow_error *error);

/** The name of a method, counted from 0; NULL past the last. */
TFLOW_API const char *tflow_projection_method(size_t index);

/** One line on a method, without a full stop; NULL if there is no such method. */
TFLOW_API const char *tflow_projection_method_text(const char *method);

/**
 * The fewest observed values a method may project from, when none is missing.
 *
 * @param method  its name
 * @param season  periods in a season's cycle
 * @return the number; 0 if there is no such method
 */
TFLOW_API size_t tflow_projection_minimum(const char *method, size_t season);

/** How to back-test. Start from TFLOW_BACKTEST_OPTS_INIT; NULL means just that. */
typedef struct tflow_backtest_opts {
    size_t size;   /**< sizeof(tflow_backtest_opts) */
    size_t first;  /**< values before the first origin; 0: what the method wants */
    size_t window; /**< values each fit sees, the last ones; 0: all before the origin */
    tflow_point point; /**< which point forecast is judged; default the median */
} tflow_backtest_opts;

#define TFLOW_BACKTEST_OPTS_INIT                                                       \
    {                                                                                  \
        sizeof(tflow_backtest_opts), 0, 0, TFLOW_POINT_MEDIAN                          \
    }

/**
 * A back-test. Start from TFLOW_BACKTEST_INIT and point the two arrays at room for
 * `y.n * horizon` numbers each; the rest is written by the call.
 *
 * Origin o (from 0) stands after `first + o` values; its step k is at
 * `[o * horizon + k]`. Step k alone is the vector that starts at [k] with a stride of
 * the horizon.
 */
typedef struct tflow_backtest {
    size_t size;      /**< sizeof(tflow_backtest) */
    double *actual;   /**< what came; NaN beyond the end, or where it is missing */
    double *forecast; /**< what was projected; NaN where the method refused */
    size_t n_origins; /**< origins tried */
    size_t n_refused; /**< origins at which the method refused */
    size_t n_pairs;   /**< pairs of an actual value and its forecast */
    double mae;       /**< tflow_mae() over all pairs */
    double rmse;      /**< tflow_rmse() over all pairs */
    double mape;      /**< tflow_mape() over all pairs; NaN if one came out as zero */
} tflow_backtest;

#define TFLOW_BACKTEST_INIT                                                            \
    {                                                                                  \
        sizeof(tflow_backtest), NULL, NULL, 0, 0, 0, 0.0, 0.0, 0.0                     \
    }

/**
 * Errors a method would have made: it is fitted to the values before each origin in
 * turn, and its forecasts are set against what came.
 *
 * Actual values are found by label: the period forecast may have none.
 *
 * @param method    see tflow_project()
 * @param times     see tflow_project()
 * @param y         see tflow_project()
 * @param missing   see tflow_project()
 * @param opts      see tflow_project(); levels are not used
 * @param backtest  where origins start and what each sees; NULL for the defaults
 * @param result    where to
 * @param error     the detail of a negative or positive status; may be NULL
 *
 * @return TFLOW_OK, also when some origins refused: they are counted.
 *         TFLOW_TOO_FEW if there is no pair to judge.
 *         Otherwise as tflow_project(); TFLOW_EINVAL also if an array is NULL.
 */
TFLOW_API tflow_status tflow_project_backtest(const char *method, tflow_vec times,
                                              tflow_vec y, tflow_missing missing,
                                              const tflow_projection_opts *opts,
                                              const tflow_backtest_opts *backtest,
                                              tflow_backtest *result,
                                              tflow_error *error);

/**
 * Mean absolute error of forecasts.
 *
 *     mae = Σ |actual − forecast| / n
 *
 * A pair is missing when either of it is.
 *
 * @param actual    what came, in any unit
 * @param forecast  what was said, as many
 * @param missing   SKIP leaves missing pairs out
 * @param out       the error, in the same unit
 *
 * @return TFLOW_OK.
 *         TFLOW_TOO_FEW if there is no pair.
 *         TFLOW_MISSING_VALUE if a pair is missing and the policy is PROPAGATE.
 *         TFLOW_UNDEFINED if a value is infinite or a difference too large to hold.
 *         TFLOW_EMISSING if a pair is missing and the policy is FAIL.
 *         TFLOW_EINVAL if @p out is NULL or the lengths differ.
 */
TFLOW_API tflow_status tflow_mae(tflow_vec actual, tflow_vec forecast,
                                 tflow_missing missing, double *out);

/**
 * Root of the mean squared error of forecasts.
 *
 *     rmse = √(Σ (actual − forecast)² / n)
 *
 * Arguments as tflow_mae().
 *
 * @return as tflow_mae().
 */
TFLOW_API tflow_status tflow_rmse(tflow_vec actual, tflow_vec forecast,
                                  tflow_missing missing, double *out);

/**
 * Mean absolute error of forecasts relative to what came.
 *
 *     mape = Σ |(actual − forecast) / actual| / n
 *
 * A fraction: 0.05 for five per cent. R's forecast package gives per cent, and infinity
 * where a value of zero came.
 *
 * Arguments as tflow_mae().
 *
 * @return as tflow_mae(), and TFLOW_ZERO_BASE if an actual value is 0.
 */
TFLOW_API tflow_status tflow_mape(tflow_vec actual, tflow_vec forecast,
                                  tflow_missing missing, double *out);

/**
 * Symmetric mean absolute error of forecasts, in [0, 1].
 *
 *     smape_1 = Σ |actual − forecast| / (|actual| + |forecast|) / n
 *
 * A term whose two sides are 0 is 0. The scale of utilsforecast.
 *
 * Arguments as tflow_mae().
 *
 * @return as tflow_mae().
 */
TFLOW_API tflow_status tflow_smape_1(tflow_vec actual, tflow_vec forecast,
                                     tflow_missing missing, double *out);

/**
 * Symmetric mean absolute error of forecasts, in [0, 200].
 *
 *     smape_200 = 200 smape_1
 *
 * The scale of the M3 and M4 competitions.
 *
 * Arguments as tflow_mae().
 *
 * @return as tflow_mae().
 */
TFLOW_API tflow_status tflow_smape_200(tflow_vec actual, tflow_vec forecast,
                                       tflow_missing missing, double *out);

/**
 * Mean arctangent of absolute errors relative to what came, in [0, π/2].
 *
 *     maape = Σ arctan |(actual − forecast) / actual| / n
 *
 * A term is 0 where both sides are 0 and π/2 where 0 alone came, so zeros do no harm.
 * R's fabletools puts 100 inside the arctangent.
 *
 * Arguments as tflow_mae().
 *
 * @return as tflow_mae().
 *
 * Reference: Kim and Kim (2016), International Journal of Forecasting 32, 669-679.
 */
TFLOW_API tflow_status tflow_maape(tflow_vec actual, tflow_vec forecast,
                                   tflow_missing missing, double *out);

#ifdef __cplusplus
}
#endif

#endif
