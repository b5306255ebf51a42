/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow.h"
#include "csv_grid.h"

#include <float.h>
#include <gsl/gsl_errno.h>
#include <stdint.h>

/* The methods without a search, which come first; test_ets.c has the smoothing ones. */
#define SIMPLE 6
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MOST 64

#define PROPAGATE TFLOW_MISSING_PROPAGATE
#define SKIP TFLOW_MISSING_SKIP
#define ZERO TFLOW_MISSING_ZERO
#define FAIL TFLOW_MISSING_FAIL
#define FLOW TFLOW_BOUND_ZERO
#define BALANCE TFLOW_BOUND_NONE

/* The library must never reach GSL's error handler. */
static void gsl_reached(const char *reason, const char *file, int line, int number)
{
    ck_abort_msg("GSL error %d: %s (%s:%d)", number, reason, file, line);
}

/* A projection with room for everything. */
typedef struct room {
    tflow_projection p;
    double time[MOST], mean[MOST], median[MOST], se[MOST];
    double lower[4 * MOST], upper[4 * MOST], fitted[1024];
} room;

static void furnish(room *r)
{
    r->p = (tflow_projection)TFLOW_PROJECTION_INIT;
    r->p.time = r->time;
    r->p.mean = r->mean;
    r->p.median = r->median;
    r->p.se = r->se;
    r->p.lower = r->lower;
    r->p.upper = r->upper;
    r->p.fitted = r->fitted;
    for (size_t i = 0; i < MOST; i++)
        r->time[i] = r->mean[i] = r->median[i] = r->se[i] = 99;
    for (size_t i = 0; i < COUNT(r->lower); i++)
        r->lower[i] = r->upper[i] = 99;
    for (size_t i = 0; i < COUNT(r->fitted); i++)
        r->fitted[i] = 99;
}

static const tflow_vec no_times = {NULL, 0, 1};

static tflow_projection_opts ahead(size_t horizon)
{
    tflow_projection_opts o = TFLOW_PROJECTION_OPTS_INIT;
    o.horizon = horizon;
    o.bound = BALANCE;
    return o;
}

/* ---- against formulas of another kind ---- */

/* 2002, 2005 and 2006 have no label, 2009 has one but no value. */
static const double gap_times[] = {2000, 2001, 2003, 2004, 2007, 2008, 2009};
static const double gap_y[] = {10, 12, 11, 15, 21, 20, NAN};
static const double plain_y[] = {3, 5, 4, 6, 8, 7, 9};
static const double season_y[] = {10, 20, 30, 40, 12,  NAN, 33,
                                  44, 15, 21, 37, NAN, 14,  NAN};
/* China's imports from Belarus, million USD CIF, 2010-2022 (IMF DOTS). */
static const double china[] = {
    473.951116, 599.088879, 662.389375, 580.768852, 738.805131, 1010.510156, 435.06,
    515.380094, 570.98148,  914.62827,  894.84143,  1089.64636, 1811.6094};

static const struct {
    const char *name;
    const double *times;
    const double *y;
    size_t n;
    size_t season;
} shorts[] = {
    {"gaps", gap_times, gap_y, 7, 1},
    {"plain", NULL, plain_y, 7, 1},
    {"seasons", NULL, season_y, 14, 4},
    {"china", NULL, china, 13, 1},
};

/* Expected: tests/data/projection/independent.py. */
START_TEST(forecasts_as_computed_elsewhere)
{
    static room r;
    grid said = grid_read("tests/data/projection/independent.csv");

    for (size_t i = 1; i < said.n; i++) {
        char **f = said.row[i].field;
        double number[13];
        size_t s = 0, k = (size_t)grid_number(f[3]) - 1;
        tflow_projection_opts o = ahead(5);

        while (strcmp(shorts[s].name, f[0]) != 0)
            s++;
        for (size_t j = 4; j < 13; j++)
            number[j] = grid_number(f[j]);
        o.season = shorts[s].season;
        o.interval = strcmp(f[2], "t") == 0 ? TFLOW_INTERVAL_T : TFLOW_INTERVAL_NORMAL;
        size_t labels = shorts[s].times == NULL ? 0 : shorts[s].n;
        furnish(&r);
        ck_assert_int_eq(tflow_project(f[1], tflow_vec_of(shorts[s].times, labels),
                                       tflow_vec_of(shorts[s].y, shorts[s].n), SKIP, &o,
                                       &r.p, NULL),
                         TFLOW_OK);
        ck_assert_str_eq(r.p.method, f[1]);
        ck_assert_int_eq(r.p.interval, o.interval);
        ck_close(r.p.sigma, number[4], 1e-12);
        ck_assert_double_eq(r.p.df, number[5]);
        ck_close(r.mean[k], number[6], 1e-12);
        ck_close(r.median[k], number[7], 1e-12);
        ck_close(r.se[k], number[8], 1e-12);
        ck_close(r.lower[k], number[9], 1e-11);
        ck_close(r.upper[k], number[10], 1e-11);
        ck_close(r.lower[5 + k], number[11], 1e-11);
        ck_close(r.upper[5 + k], number[12], 1e-11);
        ck_assert_double_eq(r.mean[5], 99); /* nothing is written past the end */
        ck_assert_double_eq(r.upper[10], 99);
        ck_assert_double_eq(r.fitted[shorts[s].n], 99);
    }
    grid_free(&said);
}
END_TEST

START_TEST(span_and_labels)
{
    static room r;
    tflow_projection_opts o = ahead(2);

    furnish(&r);
    ck_assert_int_eq(tflow_project("naive", tflow_vec_of(gap_times, 7),
                                   tflow_vec_of(gap_y, 7), SKIP, &o, &r.p, NULL),
                     TFLOW_OK);
    ck_assert_uint_eq(r.p.n, 6);
    ck_assert_uint_eq(r.p.n_missing, 1);
    ck_assert_double_eq(r.p.first, 2000);
    ck_assert_double_eq(r.p.last, 2008);
    ck_assert_double_eq(r.time[0], 2010);
    ck_assert_double_eq(r.time[1], 2011);
    ck_assert_uint_eq(r.p.n_coefficients, 0);
    ck_nan(r.fitted[0]);
    ck_assert_double_eq(r.fitted[1], 10);
    ck_assert_double_eq(r.fitted[5], 21);
    ck_nan(r.fitted[6]);

    o.step = 0.25; /* quarters, labelled in years */
    const double quarters[] = {2020.0, 2020.25, 2020.5, 2020.75,
                               2021.0, 2021.25, 2021.5};
    furnish(&r);
    ck_assert_int_eq(tflow_project("drift", tflow_vec_of(quarters, 7),
                                   tflow_vec_of(plain_y, 7), FAIL, &o, &r.p, NULL),
                     TFLOW_OK);
    ck_assert_double_eq(r.time[0], 2021.75);
    ck_close(r.median[0], 10, 1e-14);
    ck_assert_str_eq(r.p.coefficients[0].name, "drift");
    ck_close(r.p.coefficients[0].value, 1, 1e-14); /* a quarter, not a year */
    ck_close(r.fitted[1], 4, 1e-14);
    ck_close(r.p.coefficients[0].se, 1.5491933384829668 / sqrt(6), 1e-14);
}
END_TEST

/* scipy.stats.linregress on the same data; the logarithms: slope and standard error
 * stated for Belarus' exports to China 2000-2020 (BACI, thousand USD). */
START_TEST(coefficients)
{
    static room r;
    static const double baci[] = {
        161482.328, 167777.994, 246216.889, 186657.2,   305746.833, 446158.131,
        403550.164, 525242.391, 645869.286, 551189.461, 501061.871, 677940.556,
        455321.957, 509167.883, 659564.865, 798904.654, 423208.887, 377898.187,
        520436.413, 663929.275, 848485.687};

    furnish(&r);
    ck_assert_int_eq(tflow_project("linear_trend", tflow_vec_of(gap_times, 7),
                                   tflow_vec_of(gap_y, 7), SKIP, NULL, &r.p, NULL),
                     TFLOW_OK);
    ck_assert_uint_eq(r.p.n_coefficients, 2);
    ck_assert_str_eq(r.p.coefficients[0].name, "level");
    ck_close(r.p.coefficients[0].value, 9.491803278688526, 1e-13);
    ck_close(r.p.coefficients[0].se, 1.1756510258522639, 1e-13);
    ck_assert_str_eq(r.p.coefficients[1].name, "slope");
    ck_close(r.p.coefficients[1].value, 1.3934426229508197, 1e-13);
    ck_close(r.p.coefficients[1].se, 0.2442567938647764, 1e-13);
    ck_assert_ptr_null(r.p.coefficients[2].name);
    ck_close(r.fitted[4], 9.491803278688526 + 7 * 1.3934426229508197, 1e-13);
    ck_nan(r.fitted[6]);

    furnish(&r);
    ck_assert_int_eq(tflow_project("log_linear_trend", no_times, tflow_vec_of(baci, 21),
                                   FAIL, NULL, &r.p, NULL),
                     TFLOW_OK);
    ck_close(r.p.coefficients[1].value, 0.05992031, 5e-9);
    ck_close(r.p.coefficients[1].se, 0.01171399, 5e-9);
    ck_close(r.fitted[0], exp(r.p.coefficients[0].value), 1e-14);

    furnish(&r);
    ck_assert_int_eq(tflow_project("mean", no_times, tflow_vec_of(plain_y, 7), FAIL,
                                   NULL, &r.p, NULL),
                     TFLOW_OK);
    ck_assert_str_eq(r.p.coefficients[0].name, "mean");
    ck_close(r.p.coefficients[0].value, 6, 1e-15);
    ck_close(r.p.coefficients[0].se, 2.1602468994692869 / sqrt(7), 1e-14);
    ck_close(r.fitted[0], 6, 1e-15);
}
END_TEST

/* ---- against R ---- */

static size_t series_of(const grid *g, const char *name, double *y, size_t *season)
{
    size_t n = 0;

    for (size_t i = 1; i < g->n; i++) {
        if (strcmp(g->row[i].field[0], name) != 0)
            continue;
        *season = (size_t)grid_number(g->row[i].field[1]);
        y[n++] = grid_number(g->row[i].field[2]);
    }
    ck_assert_uint_gt(n, 0);
    return n;
}

START_TEST(forecasts_of_r)
{
    static room r;
    double y[1024];
    grid series = grid_read("tests/data/projection/series.csv");
    grid said = grid_read("tests/data/projection/forecasts.csv");

    for (size_t i = 1; i < said.n; i++) {
        char **f = said.row[i].field;
        size_t k = (size_t)grid_number(f[2]) - 1;
        tflow_projection_opts o = ahead(24);
        size_t n = series_of(&series, f[0], y, &o.season);

        o.interval =
            strcmp(f[1], "mean") == 0 ? TFLOW_INTERVAL_T : TFLOW_INTERVAL_NORMAL;
        furnish(&r);
        ck_assert_int_eq(
            tflow_project(f[1], no_times, tflow_vec_of(y, n), FAIL, &o, &r.p, NULL),
            TFLOW_OK);
        ck_close(r.mean[k], grid_number(f[3]), 1e-10);
        ck_close(r.median[k], grid_number(f[3]), 1e-10);
        ck_close(r.lower[k], grid_number(f[4]), 1e-10);
        ck_close(r.upper[k], grid_number(f[5]), 1e-10);
        ck_close(r.lower[24 + k], grid_number(f[6]), 1e-10);
        ck_close(r.upper[24 + k], grid_number(f[7]), 1e-10);
    }
    grid_free(&said);
    grid_free(&series);
}
END_TEST

START_TEST(accuracy_of_r)
{
    static room r;
    double y[1024], value = 0;
    grid series = grid_read("tests/data/projection/series.csv");
    grid said = grid_read("tests/data/projection/accuracy.csv");

    for (size_t i = 1; i < said.n; i++) {
        char **f = said.row[i].field;
        tflow_projection_opts o = ahead(1);
        size_t n = series_of(&series, f[0], y, &o.season);
        tflow_vec actual = tflow_vec_of(y, n), fitted = tflow_vec_of(r.fitted, n);

        furnish(&r);
        ck_assert_int_eq(tflow_project(f[1], no_times, actual, FAIL, &o, &r.p, NULL),
                         TFLOW_OK);
        if (strcmp(f[2], "mae") == 0)
            ck_assert_int_eq(tflow_mae(actual, fitted, SKIP, &value), 0);
        else if (strcmp(f[2], "rmse") == 0)
            ck_assert_int_eq(tflow_rmse(actual, fitted, SKIP, &value), 0);
        else
            ck_assert_int_eq(tflow_mape(actual, fitted, SKIP, &value), 0);
        ck_close(strcmp(f[2], "mape") == 0 ? 100 * value : value, grid_number(f[3]),
                 1e-12);
    }
    grid_free(&said);
    grid_free(&series);
}
END_TEST

/* ---- refusals and edges ---- */

static const double none[] = {NAN, NAN, NAN, NAN};
static const double zeros[] = {0, 0, 0, 0, 0};
static const double one_negative[] = {4, 3, -1, 2, 5};
static const double one_zero[] = {4, 3, 0, 2, 5};
static const double infinite[] = {4, 3, INFINITY, 2, 5};
static const double holed[] = {4, 3, NAN, 2, 5};
static const double even_only[] = {4, NAN, 6, NAN, 5, NAN, 7};
static const double good[] = {4, 3, 6, 2, 5};
static const double backwards[] = {1, 2, 4, 3, 5};
static const double twice[] = {1, 2, 3, 3, 5};
static const double unlabelled[] = {1, 2, NAN, 4, 5};
static const double endless[] = {1, 2, 3, 4, INFINITY};
static const double far_apart[] = {1, 2, 3, 4, 1e17};
static const double between[] = {1, 2, 3.5, 4, 5};

static const struct {
    const char *method;
    const double *times;
    const double *y;
    size_t n;
    tflow_missing missing;
    tflow_bound bound;
    size_t season;
    tflow_status status;
    const char *why;
} edges[] = {
    {"naive", NULL, NULL, 0, SKIP, FLOW, 1, TFLOW_TOO_FEW, "nothing"},
    {"naive", NULL, good, 1, SKIP, FLOW, 1, TFLOW_TOO_FEW, "one value"},
    {"mean", NULL, good, 2, SKIP, FLOW, 1, TFLOW_TOO_FEW, "mean wants 3"},
    {"mean", NULL, good, 3, SKIP, FLOW, 1, TFLOW_OK, "mean has 3"},
    {"naive", NULL, good, 2, SKIP, FLOW, 1, TFLOW_TOO_FEW, "naive wants 3"},
    {"naive", NULL, good, 3, SKIP, FLOW, 1, TFLOW_OK, "naive has 3"},
    {"drift", NULL, good, 3, SKIP, FLOW, 1, TFLOW_TOO_FEW, "drift wants 4"},
    {"drift", NULL, good, 4, SKIP, FLOW, 1, TFLOW_OK, "drift has 4"},
    {"linear_trend", NULL, good, 3, SKIP, FLOW, 1, TFLOW_TOO_FEW, "a line wants 4"},
    {"linear_trend", NULL, good, 4, SKIP, FLOW, 1, TFLOW_OK, "a line has 4"},
    {"log_linear_trend", NULL, good, 3, SKIP, FLOW, 1, TFLOW_TOO_FEW,
     "a line of logarithms wants 4"},
    {"seasonal_naive", NULL, good, 5, SKIP, FLOW, 4, TFLOW_TOO_FEW,
     "one pair a cycle apart"},
    {"seasonal_naive", NULL, good, 5, SKIP, FLOW, 3, TFLOW_OK, "two pairs"},
    {"seasonal_naive", NULL, holed, 5, SKIP, FLOW, 2, TFLOW_OK,
     "two pairs, one of them two cycles apart"},
    {"seasonal_naive", NULL, even_only, 7, SKIP, FLOW, 2, TFLOW_TOO_FEW,
     "three pairs, but the other season was never seen"},
    {"seasonal_naive", between, good, 5, SKIP, FLOW, 2, TFLOW_EINVAL,
     "a label between periods"},
    {"naive", between, good, 5, SKIP, FLOW, 1, TFLOW_OK, "which only seasons mind"},
    {"naive", NULL, none, 4, SKIP, FLOW, 1, TFLOW_TOO_FEW, "all missing, skipped"},
    {"naive", NULL, none, 4, PROPAGATE, FLOW, 1, TFLOW_MISSING_VALUE, "all missing"},
    {"naive", NULL, none, 4, ZERO, FLOW, 1, TFLOW_OK, "all missing, zero"},
    {"naive", NULL, holed, 5, PROPAGATE, FLOW, 1, TFLOW_MISSING_VALUE, "one missing"},
    {"naive", NULL, holed, 5, FAIL, FLOW, 1, TFLOW_EMISSING, "one missing, forbidden"},
    {"drift", NULL, holed, 5, SKIP, FLOW, 1, TFLOW_OK, "one missing, four left"},
    {"drift", NULL, holed, 4, SKIP, FLOW, 1, TFLOW_TOO_FEW, "one missing, three left"},
    {"log_linear_trend", NULL, holed, 5, ZERO, FLOW, 1, TFLOW_UNDEFINED,
     "a missing value as zero has no logarithm"},
    {"log_linear_trend", NULL, one_zero, 5, SKIP, FLOW, 1, TFLOW_UNDEFINED,
     "zero has no logarithm"},
    {"log_linear_trend", NULL, one_negative, 5, SKIP, BALANCE, 1, TFLOW_ENEGATIVE,
     "a negative number has no logarithm"},
    {"naive", NULL, one_negative, 5, SKIP, FLOW, 1, TFLOW_ENEGATIVE,
     "a flow is not negative"},
    {"naive", NULL, one_negative, 5, SKIP, BALANCE, 1, TFLOW_OK, "a balance may be"},
    {"naive", NULL, infinite, 5, SKIP, FLOW, 1, TFLOW_UNDEFINED, "infinity"},
    {"naive", backwards, good, 5, SKIP, FLOW, 1, TFLOW_EINVAL, "labels go back"},
    {"naive", twice, good, 5, SKIP, FLOW, 1, TFLOW_EDUPLICATE, "a label twice"},
    {"naive", unlabelled, good, 5, SKIP, FLOW, 1, TFLOW_EINVAL, "a label is NaN"},
    {"naive", endless, good, 5, SKIP, FLOW, 1, TFLOW_EINVAL, "a label is infinite"},
    {"naive", far_apart, good, 5, SKIP, FLOW, 1, TFLOW_EINVAL,
     "more periods than can be told apart"},
    {"naive", NULL, good, 5, (tflow_missing)9, FLOW, 1, TFLOW_EINVAL, "no such policy"},
    {"naive", NULL, good, 5, SKIP, (tflow_bound)9, 1, TFLOW_EINVAL, "no such bound"},
    {"naive", NULL, good, 5, SKIP, FLOW, 0, TFLOW_EINVAL, "no season at all"},
    {"nave", NULL, good, 5, SKIP, FLOW, 1, TFLOW_EUNKNOWN, "no such method"},
    {NULL, NULL, good, 5, SKIP, FLOW, 1, TFLOW_EUNKNOWN, "no method"},
};

START_TEST(statuses)
{
    static room r;
    for (size_t i = 0; i < COUNT(edges); i++) {
        tflow_projection_opts o = TFLOW_PROJECTION_OPTS_INIT;
        tflow_error error = TFLOW_ERROR_INIT;
        o.bound = edges[i].bound;
        o.season = edges[i].season;
        o.horizon = 3;
        furnish(&r);
        tflow_status status = tflow_project(
            edges[i].method,
            tflow_vec_of(edges[i].times, edges[i].times == NULL ? 0 : edges[i].n),
            tflow_vec_of(edges[i].y, edges[i].n), edges[i].missing, &o, &r.p, &error);
        ck_assert_msg(status == edges[i].status, "%s: %s, expected %s", edges[i].why,
                      tflow_status_name(status), tflow_status_name(edges[i].status));
        ck_assert_int_eq(error.status, status);
        ck_assert_int_eq(error.message[0] == '\0', status == TFLOW_OK);
        if (status == TFLOW_OK)
            continue;
        ck_nan(r.p.sigma);
        ck_nan(r.p.df);
        ck_assert_uint_eq(r.p.n_coefficients, 0);
        int room_known = o.season != 0 && edges[i].bound <= BALANCE;
        for (size_t k = 0; k < 3 && room_known; k++) {
            ck_nan(r.mean[k]);
            ck_nan(r.median[k]);
            ck_nan(r.se[k]);
            ck_nan(r.lower[k]);
            ck_nan(r.lower[3 + k]);
            ck_nan(r.upper[k]);
            ck_nan(r.upper[3 + k]);
        }
        for (size_t j = 0; j < edges[i].n && room_known; j++)
            ck_nan(r.fitted[j]);
    }
}
END_TEST

START_TEST(options)
{
    static room r;
    tflow_projection_opts o = TFLOW_PROJECTION_OPTS_INIT;
    tflow_vec y = tflow_vec_of(good, 5);
    double levels[] = {0.5, 0.99, 1 - DBL_EPSILON, 1e-9};
    tflow_projection bare = TFLOW_PROJECTION_INIT;

#define PROJECT() tflow_project("naive", no_times, y, FAIL, &o, &r.p, NULL)
    furnish(&r);
    o.size = 0;
    ck_assert_int_eq(PROJECT(), TFLOW_EINVAL);
    o.size = sizeof o;
    o.horizon = 0;
    ck_assert_int_eq(PROJECT(), TFLOW_EINVAL);
    o.horizon = SIZE_MAX / 8;
    ck_assert_int_eq(PROJECT(), TFLOW_EINVAL);
    o.horizon = 1;
    static const double steps[] = {0, -1, NAN, INFINITY};
    for (size_t i = 0; i < COUNT(steps); i++) {
        o.step = steps[i];
        ck_assert_int_eq(PROJECT(), TFLOW_EINVAL);
    }
    o.step = 1;
    o.interval = (tflow_interval)9;
    ck_assert_int_eq(PROJECT(), TFLOW_EUNSUPPORTED);
    o.interval = TFLOW_INTERVAL_DEFAULT;
    static const double wrong[] = {0, 1, -0.5, 95, NAN};
    o.n_levels = 1;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        o.levels = &wrong[i];
        ck_assert_int_eq(PROJECT(), TFLOW_EINVAL);
    }

    /* Four levels, the extremes among them, nested in their order. */
    o.levels = levels;
    o.n_levels = 4;
    furnish(&r);
    ck_assert_int_eq(PROJECT(), TFLOW_OK);
    ck_assert_int_eq(r.p.interval, TFLOW_INTERVAL_T);
    ck_assert(r.upper[3] < r.upper[0] && r.upper[0] < r.upper[1] &&
              r.upper[1] < r.upper[2]);
    ck_assert(isfinite(r.upper[2]));
    ck_close(r.upper[3], 5, 1e-7);
    /* scipy: t(4).ppf(0.995) = 4.604094871349992; sigma^2 is (1 + 9 + 16 + 9) / 4. */
    ck_close(r.upper[1], 5 + 4.604094871349992 * sqrt(35.0 / 4), 1e-12);
    o.n_levels = 0;
    furnish(&r);
    ck_assert_int_eq(PROJECT(), TFLOW_OK);
    ck_assert_double_eq(r.lower[0], 99);
#undef PROJECT

    /* No array is wanted, no options given. */
    ck_assert_int_eq(tflow_project("drift", no_times, y, FAIL, NULL, &bare, NULL), 0);
    ck_assert_double_eq(bare.df, 3);
    ck_assert_int_eq(tflow_project("drift", no_times, y, FAIL, NULL, NULL, NULL),
                     TFLOW_EINVAL);
    bare.size = 8;
    ck_assert_int_eq(tflow_project("drift", no_times, y, FAIL, NULL, &bare, NULL),
                     TFLOW_EINVAL);
    bare.size = sizeof bare;
    ck_assert_int_eq(
        tflow_project("drift", tflow_vec_of(good, 4), y, FAIL, NULL, &bare, NULL),
        TFLOW_EINVAL);
    ck_assert_int_eq(tflow_project("drift", no_times, tflow_vec_of(NULL, 5), FAIL, NULL,
                                   &bare, NULL),
                     TFLOW_EINVAL);
}
END_TEST

START_TEST(names)
{
    size_t n = 0;
    for (; tflow_projection_method(n) != NULL; n++) {
        const char *name = tflow_projection_method(n);
        ck_assert_ptr_nonnull(tflow_projection_method_text(name));
        ck_assert_uint_ge(tflow_projection_minimum(name, 1), 3);
    }
    ck_assert_uint_ge(n, 6);
    ck_assert_ptr_null(tflow_projection_method_text("nave"));
    ck_assert_ptr_null(tflow_projection_method_text(NULL));
    ck_assert_uint_eq(tflow_projection_minimum("nave", 1), 0);
    ck_assert_uint_eq(tflow_projection_minimum("naive", 12), 3);
    ck_assert_uint_eq(tflow_projection_minimum("drift", 12), 4);
    ck_assert_uint_eq(tflow_projection_minimum("seasonal_naive", 12), 14);
    ck_assert_uint_eq(tflow_projection_minimum("seasonal_naive", SIZE_MAX), SIZE_MAX);

    tflow_error error = TFLOW_ERROR_INIT;
    tflow_projection p = TFLOW_PROJECTION_INIT;
    tflow_project("nave", no_times, tflow_vec_of(good, 5), FAIL, NULL, &p, &error);
    ck_assert_ptr_nonnull(strstr(
        error.message, "'nave' is not a method; there are mean, naive, seasonal_naive, "
                       "drift, linear_trend, log_linear_trend"));
}
END_TEST

/* 10, 8, 6, 3: the line falls below zero, its limits sooner. */
START_TEST(never_below_zero)
{
    static room free, cut;
    static const double falling[] = {10, 8, 6, 3};
    static const char *const methods[] = {"mean", "naive", "drift", "linear_trend"};
    tflow_projection_opts o = ahead(6);
    size_t floored = 0;

    for (size_t m = 0; m < COUNT(methods); m++) {
        furnish(&free);
        furnish(&cut);
        o.bound = BALANCE;
        ck_assert_int_eq(tflow_project(methods[m], no_times, tflow_vec_of(falling, 4),
                                       FAIL, &o, &free.p, NULL),
                         TFLOW_OK);
        ck_assert_uint_eq(free.p.n_floored, 0);
        o.bound = FLOW;
        ck_assert_int_eq(tflow_project(methods[m], no_times, tflow_vec_of(falling, 4),
                                       FAIL, &o, &cut.p, NULL),
                         TFLOW_OK);
        size_t steps = 0;
        for (size_t k = 0; k < 6; k++) {
            ck_assert_double_eq(cut.median[k], fmax(0, free.median[k]));
            ck_assert_double_eq(cut.mean[k], fmax(0, free.mean[k]));
            for (size_t i = k; i < 12; i += 6) {
                ck_assert_double_eq(cut.lower[i], fmax(0, free.lower[i]));
                ck_assert_double_eq(cut.upper[i], fmax(0, free.upper[i]));
            }
            steps += free.lower[6 + k] < 0;
        }
        ck_assert_uint_eq(cut.p.n_floored, steps);
        floored += steps;
    }
    ck_assert_double_eq(cut.median[5], 0); /* the line itself: 3 - 6 * 2.3 < 0 */
    ck_assert_uint_gt(floored, 6);

    /* Logarithms never get there, however steep the fall. */
    furnish(&cut);
    ck_assert_int_eq(tflow_project("log_linear_trend", no_times,
                                   tflow_vec_of(falling, 4), FAIL, &o, &cut.p, NULL),
                     TFLOW_OK);
    ck_assert_uint_eq(cut.p.n_floored, 0);
    ck_assert(cut.lower[6 + 5] > 0);
}
END_TEST

START_TEST(constant_and_zero)
{
    static room r;
    static const double tenths[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    const struct {
        const double *y;
        size_t n;
    } same[] = {{zeros, 5}, {tenths, 7}};

    for (size_t s = 0; s < COUNT(same); s++)
        for (size_t m = 0; m < SIMPLE; m++) {
            const char *method = tflow_projection_method(m);
            furnish(&r);
            tflow_status status =
                tflow_project(method, no_times, tflow_vec_of(same[s].y, same[s].n),
                              FAIL, NULL, &r.p, NULL);
            if (same[s].y[0] == 0 && strcmp(method, "log_linear_trend") == 0) {
                ck_assert_int_eq(status, TFLOW_UNDEFINED);
                continue;
            }
            ck_assert_int_eq(status, TFLOW_OK);
            ck_close(r.median[0], same[s].y[0], 1e-16);
            ck_assert_double_eq(r.p.sigma, 0);
            ck_close(r.lower[1], same[s].y[0], 1e-16);
            ck_close(r.upper[1], same[s].y[0], 1e-16);
        }
}
END_TEST

/* ---- algebra ---- */

static void compare(const room *a, const room *b, double factor, size_t horizon)
{
    for (size_t k = 0; k < horizon; k++) {
        ck_close(b->median[k] / factor, a->median[k], 1e-13);
        ck_close(b->mean[k] / factor, a->mean[k], 1e-13);
    }
    for (size_t i = 0; i < 2 * horizon; i++) {
        ck_close(b->lower[i] / factor, a->lower[i], 1e-12);
        ck_close(b->upper[i] / factor, a->upper[i], 1e-12);
    }
}

START_TEST(scale_and_stride)
{
    static room plain, other;
    static const double factors[] = {1000, 1e-300, 1e290, 3e-5};
    double y[7], wide[14], reverse[14];
    tflow_projection_opts o = ahead(3);
    o.season = 2;

    for (size_t m = 0; m < SIMPLE; m++) {
        const char *method = tflow_projection_method(m);
        furnish(&plain);
        ck_assert_int_eq(tflow_project(method, no_times, tflow_vec_of(plain_y, 7), FAIL,
                                       &o, &plain.p, NULL),
                         TFLOW_OK);
        for (size_t f = 0; f < COUNT(factors); f++) {
            for (size_t i = 0; i < 7; i++)
                y[i] = plain_y[i] * factors[f];
            furnish(&other);
            ck_assert_int_eq(tflow_project(method, no_times, tflow_vec_of(y, 7), FAIL,
                                           &o, &other.p, NULL),
                             TFLOW_OK);
            compare(&plain, &other, factors[f], 3);
        }

        for (size_t i = 0; i < 14; i++)
            wide[i] = reverse[i] = -7;
        for (size_t i = 0; i < 7; i++)
            wide[2 * i] = reverse[13 - 2 * i] = plain_y[i];
        const tflow_vec vectors[] = {{wide, 7, 2}, {reverse + 13, 7, -2}};
        for (size_t v = 0; v < COUNT(vectors); v++) {
            furnish(&other);
            ck_assert_int_eq(
                tflow_project(method, no_times, vectors[v], FAIL, &o, &other.p, NULL),
                TFLOW_OK);
            compare(&plain, &other, 1, 3);
        }

        const tflow_vec repeated = {plain_y, 7, 0};
        furnish(&other);
        ck_assert_int_eq(
            tflow_project(method, no_times, repeated, FAIL, &o, &other.p, NULL),
            TFLOW_OK);
        ck_close(other.median[2], 3, 1e-14);
        ck_close(other.upper[5], 3, 1e-14);
        ck_assert_int_eq(tflow_project(method, repeated, tflow_vec_of(plain_y, 7), FAIL,
                                       &o, &other.p, NULL),
                         TFLOW_EDUPLICATE);
    }
}
END_TEST

START_TEST(labels_may_move)
{
    static room plain, other;
    double times[7];
    tflow_projection_opts o = ahead(3);
    o.season = 2;

    for (size_t m = 0; m < SIMPLE; m++) {
        const char *method = tflow_projection_method(m);
        furnish(&plain);
        tflow_project(method, tflow_vec_of(gap_times, 7), tflow_vec_of(gap_y, 7), SKIP,
                      &o, &plain.p, NULL);
        for (size_t i = 0; i < 7; i++)
            times[i] = gap_times[i] * 12 - 1e6; /* years counted in months */
        furnish(&other);
        o.step = 12;
        ck_assert_int_eq(tflow_project(method, tflow_vec_of(times, 7),
                                       tflow_vec_of(gap_y, 7), SKIP, &o, &other.p,
                                       NULL),
                         TFLOW_OK);
        o.step = 1;
        compare(&plain, &other, 1, 3);
    }
}
END_TEST

START_TEST(too_large_to_hold)
{
    static room r;
    static const double swing[] = {1e308, -1e308, 1e308, -1e308};
    static const double soaring[] = {1, 1e100, 1e201, 1e300};
    static const double faint[] = {5e-324, 1e-323, 5e-324, 1.5e-323, 1e-323};
    tflow_projection_opts o = ahead(2);

    furnish(&r);
    ck_assert_int_eq(
        tflow_project("naive", no_times, tflow_vec_of(swing, 4), FAIL, &o, &r.p, NULL),
        TFLOW_UNDEFINED);
    ck_assert_double_eq(r.median[0], -1e308);
    ck_nan(r.se[0]); /* changes of 2e308 */
    ck_nan(r.upper[0]);
    ck_nan(r.p.sigma);

    furnish(&r);
    ck_assert_int_eq(tflow_project("log_linear_trend", no_times,
                                   tflow_vec_of(soaring, 4), FAIL, &o, &r.p, NULL),
                     TFLOW_UNDEFINED);
    ck_nan(r.median[0]);
    ck_assert(isfinite(r.se[0]));

    for (size_t m = 0; m < SIMPLE; m++) {
        furnish(&r);
        ck_assert_int_eq(tflow_project(tflow_projection_method(m), no_times,
                                       tflow_vec_of(faint, 5), FAIL, &o, &r.p, NULL),
                         TFLOW_OK);
        ck_assert(r.median[0] >= 0 && r.median[0] < 1e-321);
        ck_assert(r.p.sigma > 0);
    }
}
END_TEST

/* ---- coverage ---- */

static uint64_t state = 20261124;

static double uniform(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(state >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(void)
{
    double radius = sqrt(-2 * log(uniform()));
    return radius * cos(6.283185307179586 * uniform());
}

/* One series of the kind the method believes in, at labels 0 to 12. */
static void draw(size_t method, double *y)
{
    for (size_t i = 0; i < 13; i++) {
        double e = normal(), before = i > 0 ? y[i - 1] : 0;
        switch (method) {
        case 0:
            y[i] = 5 + e;
            break;
        case 1:
            y[i] = before + e;
            break;
        case 2: /* a cycle of two */
            y[i] = i < 2 ? 10 * (double)i : y[i - 2] + e;
            break;
        case 3:
            y[i] = before + 0.7 + e;
            break;
        case 4:
            y[i] = 3 - 0.4 * (double)i + e;
            break;
        default:
            y[i] = exp(1 + 0.1 * (double)i + 0.5 * e);
        }
    }
}

/* Short series with gaps: 80 and 95 % intervals hold what comes in that share of cases.
 * With 20,000 draws the standard error is below 0.003 and 0.0016. */
START_TEST(intervals_are_exact)
{
    enum { DRAWS = 20000 };
    static const size_t gone[] = {2, 5, 6, 7, 10};
    static room r;
    double y[13], seen[13];
    tflow_projection_opts o = ahead(2);
    o.season = 2;

    for (size_t m = 0; m < 6; m++) {
        size_t hits[2] = {0, 0};
        for (int i = 0; i < DRAWS; i++) {
            draw(m, y);
            memcpy(seen, y, sizeof y);
            for (size_t g = 0; g < COUNT(gone); g++)
                seen[gone[g]] = NAN;
            furnish(&r);
            ck_assert_int_eq(tflow_project(tflow_projection_method(m), no_times,
                                           tflow_vec_of(seen, 11), SKIP, &o, &r.p,
                                           NULL),
                             TFLOW_OK);
            /* Of 11 labels the last is a gap: step 2 is 3 periods after the last value.
             */
            for (size_t l = 0; l < 2; l++)
                hits[l] += y[12] >= r.lower[2 * l + 1] && y[12] <= r.upper[2 * l + 1];
        }
        double covered80 = (double)hits[0] / DRAWS, covered95 = (double)hits[1] / DRAWS;
        ck_assert_msg(fabs(covered80 - 0.80) < 0.012 && fabs(covered95 - 0.95) < 0.007,
                      "%s covers %.4f and %.4f", tflow_projection_method(m), covered80,
                      covered95);
    }
}
END_TEST

static void add(TCase *tests)
{
    gsl_set_error_handler(gsl_reached);
    tcase_add_test(tests, forecasts_as_computed_elsewhere);
    tcase_add_test(tests, span_and_labels);
    tcase_add_test(tests, coefficients);
    tcase_add_test(tests, forecasts_of_r);
    tcase_add_test(tests, accuracy_of_r);
    tcase_add_test(tests, statuses);
    tcase_add_test(tests, options);
    tcase_add_test(tests, names);
    tcase_add_test(tests, never_below_zero);
    tcase_add_test(tests, constant_and_zero);
    tcase_add_test(tests, scale_and_stride);
    tcase_add_test(tests, labels_may_move);
    tcase_add_test(tests, too_large_to_hold);
    tcase_add_test(tests, intervals_are_exact);
}

int main(void)
{
    return run_suite("projection", add);
}
