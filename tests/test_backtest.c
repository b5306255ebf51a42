/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow.h"
#include "test.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define PROPAGATE TFLOW_MISSING_PROPAGATE
#define SKIP TFLOW_MISSING_SKIP
#define ZERO TFLOW_MISSING_ZERO
#define FAIL TFLOW_MISSING_FAIL

static const tflow_vec no_times = {NULL, 0, 1};

static const double good[] = {4, 3, 6, 2, 5};
static const double none[] = {NAN, NAN, NAN, NAN};
static const double one_negative[] = {4, 3, -1, 2, 5};
static const double infinite[] = {4, 3, INFINITY, 2, 5};
static const double holed[] = {4, 3, NAN, 2, 5};
static const double plain_y[] = {3, 5, 4, 6, 8, 7, 9};
static const double gap_times[] = {2000, 2001, 2003, 2004, 2007, 2008, 2009};
static const double gap_y[] = {10, 12, 11, 15, 21, 20, NAN};
/* China's imports from Belarus, million USD CIF, 2010-2022 (IMF DOTS). */
static const double china[] = {
    473.951116, 599.088879, 662.389375, 580.768852, 738.805131, 1010.510156, 435.06,
    515.380094, 570.98148,  914.62827,  894.84143,  1089.64636, 1811.6094};

static tflow_projection_opts ahead(size_t horizon)
{
    tflow_projection_opts o = TFLOW_PROJECTION_OPTS_INIT;
    o.horizon = horizon;
    return o;
}

/* By hand, naive on 3 5 4 6 8 7 9 two periods ahead: after three values 4 is said twice
 * and 6, 8 come; then 6: 8, 7; then 8: 7, 9; then 7: 9 and nothing. */
START_TEST(backtest_by_hand)
{
    double actual[14], forecast[14];
    tflow_projection_opts o = ahead(2);
    tflow_backtest b = TFLOW_BACKTEST_INIT;
    static const double came[] = {6, 8, 8, 7, 7, 9, 9, NAN};
    static const double said[] = {4, 4, 6, 6, 8, 8, 7, 7};

    b.actual = actual;
    b.forecast = forecast;
    ck_assert_int_eq(tflow_project_backtest("naive", no_times, tflow_vec_of(plain_y, 7),
                                            SKIP, &o, NULL, &b, NULL),
                     TFLOW_OK);
    ck_assert_uint_eq(b.n_origins, 4);
    ck_assert_uint_eq(b.n_refused, 0);
    ck_assert_uint_eq(b.n_pairs, 7);
    for (size_t i = 0; i < 8; i++) {
        ck_close(actual[i], came[i], 0);
        ck_close(forecast[i], said[i], 0);
    }
    ck_close(b.mae, 13.0 / 7, 1e-15);
    ck_close(b.rmse, sqrt(31.0 / 7), 1e-15);
    ck_close(b.mape,
             (2.0 / 6 + 4.0 / 8 + 2.0 / 8 + 1.0 / 7 + 1.0 / 7 + 1.0 / 9 + 2.0 / 9) / 7,
             1e-15);

    /* One period ahead alone: 2, 2, 1, 2. */
    double mae;
    const tflow_vec a1 = {actual, 4, 2}, f1 = {forecast, 4, 2};
    ck_assert_int_eq(tflow_mae(a1, f1, FAIL, &mae), TFLOW_OK);
    ck_close(mae, 7.0 / 4, 1e-15);
}
END_TEST

START_TEST(backtest_windows_and_gaps)
{
    double actual[21], forecast[21];
    tflow_projection_opts o = ahead(3);
    tflow_backtest_opts how = TFLOW_BACKTEST_OPTS_INIT;
    tflow_backtest b = TFLOW_BACKTEST_INIT;
    b.actual = actual;
    b.forecast = forecast;

    /* Means of the last three of 3 5 4 6 8 7 9: 4, 5, 6, 7. */
    how.first = 2;
    how.window = 3;
    ck_assert_int_eq(tflow_project_backtest("mean", no_times, tflow_vec_of(plain_y, 7),
                                            SKIP, &o, &how, &b, NULL),
                     TFLOW_OK);
    ck_assert_uint_eq(b.n_origins, 5);
    ck_assert_uint_eq(b.n_refused, 1); /* after two values */
    ck_nan(forecast[0]);
    ck_assert_double_eq(actual[0], 4);
    static const double means[] = {4, 5, 6, 7};
    for (size_t i = 0; i < 4; i++)
        ck_close(forecast[3 * (i + 1)], means[i], 1e-15);

    /* After 2003 comes 2004, then nothing, nothing; after 2004 nothing until 2007. */
    how.first = 3;
    how.window = 0;
    ck_assert_int_eq(tflow_project_backtest("naive", tflow_vec_of(gap_times, 7),
                                            tflow_vec_of(gap_y, 7), SKIP, &o, &how, &b,
                                            NULL),
                     TFLOW_OK);
    static const double came[] = {15, NAN, NAN, NAN, NAN, 21,
                                  20, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < COUNT(came); i++)
        ck_close(actual[i], came[i], 0);
    ck_assert_uint_eq(b.n_pairs, 3);
    ck_close(b.mae, (4.0 + 6 + 1) / 3, 1e-15); /* 11, 15, 21 were said */

    /* The mean of a log-linear trend is above its median. */
    tflow_backtest mean = TFLOW_BACKTEST_INIT;
    double actual2[39], forecast2[39], actual3[39], forecast3[39];
    mean.actual = actual2;
    mean.forecast = forecast2;
    b.actual = actual3;
    b.forecast = forecast3;
    how.first = 0;
    ck_assert_int_eq(tflow_project_backtest("log_linear_trend", no_times,
                                            tflow_vec_of(china, 13), SKIP, &o, &how, &b,
                                            NULL),
                     TFLOW_OK);
    how.point = TFLOW_POINT_MEAN;
    ck_assert_int_eq(tflow_project_backtest("log_linear_trend", no_times,
                                            tflow_vec_of(china, 13), SKIP, &o, &how,
                                            &mean, NULL),
                     TFLOW_OK);
    ck_assert_uint_eq(mean.n_origins, 9);
    for (size_t i = 0; i < 27; i++)
        ck_assert(forecast2[i] > forecast3[i]);
    /* The eighth origin is 2020. numpy: polyfit of the logarithms up to 2020 says this
     * for 2021. */
    ck_close(forecast3[21], 791.74250938722457, 1e-12);
}
END_TEST

static const struct {
    const char *method;
    const double *y;
    size_t n;
    size_t first;
    tflow_missing missing;
    tflow_status status;
    const char *why;
} trials[] = {
    {"naive", NULL, 0, 0, SKIP, TFLOW_TOO_FEW, "nothing"},
    {"naive", good, 3, 0, SKIP, TFLOW_TOO_FEW, "nothing comes after"},
    {"naive", good, 4, 0, SKIP, TFLOW_OK, "one origin"},
    {"naive", good, 5, 9, SKIP, TFLOW_TOO_FEW, "first beyond the end"},
    {"naive", none, 4, 0, SKIP, TFLOW_TOO_FEW, "all missing"},
    {"naive", none, 4, 0, PROPAGATE, TFLOW_MISSING_VALUE, "propagated"},
    {"naive", holed, 5, 0, FAIL, TFLOW_EMISSING, "forbidden"},
    {"naive", one_negative, 5, 0, SKIP, TFLOW_ENEGATIVE, "negative"},
    {"naive", infinite, 5, 0, SKIP, TFLOW_UNDEFINED, "infinite"},
    {"nave", good, 5, 0, SKIP, TFLOW_EUNKNOWN, "no such method"},
};

START_TEST(backtest_statuses)
{
    double actual[10], forecast[10];
    for (size_t i = 0; i < COUNT(trials); i++) {
        tflow_backtest b = TFLOW_BACKTEST_INIT;
        tflow_backtest_opts how = TFLOW_BACKTEST_OPTS_INIT;
        b.actual = actual;
        b.forecast = forecast;
        how.first = trials[i].first;
        tflow_status status = tflow_project_backtest(
            trials[i].method, no_times, tflow_vec_of(trials[i].y, trials[i].n),
            trials[i].missing, NULL, &how, &b, NULL);
        ck_assert_msg(status == trials[i].status, "%s: %s", trials[i].why,
                      tflow_status_name(status));
        if (status != TFLOW_OK)
            ck_nan(b.mae);
    }

    tflow_backtest b = TFLOW_BACKTEST_INIT;
    tflow_backtest_opts how = TFLOW_BACKTEST_OPTS_INIT;
    tflow_vec y = tflow_vec_of(good, 5);
#define TRY(opts, how, b)                                                              \
    tflow_project_backtest("naive", no_times, y, SKIP, opts, how, b, NULL)
    ck_assert_int_eq(TRY(NULL, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(TRY(NULL, NULL, &b), TFLOW_EINVAL); /* no arrays */
    b.actual = actual;
    b.forecast = forecast;
    how.point = (tflow_point)9;
    ck_assert_int_eq(TRY(NULL, &how, &b), TFLOW_EINVAL);
    how.size = 0;
    ck_assert_int_eq(TRY(NULL, &how, &b), TFLOW_EINVAL);
    b.size = 0;
    ck_assert_int_eq(TRY(NULL, NULL, &b), TFLOW_EINVAL);
#undef TRY
}
END_TEST

/* By hand; up to three pairs. */
static const struct {
    double a0, a1, a2, f0, f1, f2;
    size_t n;
    tflow_missing missing;
    double mae, rmse, mape;
    tflow_status status, mape_status;
    const char *why;
} accuracies[] = {
    {10, 20, 0, 11, 18, 0, 2, PROPAGATE, 1.5, 1.5811388300841898, 0.1, TFLOW_OK,
     TFLOW_OK, "plain"},
    {-10, 20, 0, -11, 18, 0, 2, PROPAGATE, 1.5, 1.5811388300841898, 0.1, TFLOW_OK,
     TFLOW_OK, "a negative actual value counts by its size"},
    {0, 20, 0, 1, 20, 0, 2, PROPAGATE, 0.5, 0.70710678118654757, NAN, TFLOW_OK,
     TFLOW_ZERO_BASE, "zero came"},
    {0, 0, 0, 0, 0, 0, 2, PROPAGATE, 0, 0, NAN, TFLOW_OK, TFLOW_ZERO_BASE,
     "zero came and was said"},
    {10, NAN, 20, 11, 5, 18, 3, SKIP, 1.5, 1.5811388300841898, 0.1, TFLOW_OK, TFLOW_OK,
     "skipped"},
    {10, NAN, 20, 11, 5, 18, 3, PROPAGATE, NAN, NAN, NAN, TFLOW_MISSING_VALUE,
     TFLOW_MISSING_VALUE, "propagated"},
    {10, 4, 20, 11, NAN, 18, 3, FAIL, NAN, NAN, NAN, TFLOW_EMISSING, TFLOW_EMISSING,
     "forbidden"},
    {10, 4, 0, 11, NAN, 0, 2, ZERO, 2.5, 2.9154759474226504, 0.55, TFLOW_OK, TFLOW_OK,
     "taken as zero"},
    {NAN, 0, 0, 1, 0, 0, 1, SKIP, NAN, NAN, NAN, TFLOW_TOO_FEW, TFLOW_TOO_FEW,
     "no pair"},
    {0, 0, 0, 0, 0, 0, 0, SKIP, NAN, NAN, NAN, TFLOW_TOO_FEW, TFLOW_TOO_FEW, "nothing"},
    {INFINITY, 0, 0, 1, 0, 0, 1, SKIP, NAN, NAN, NAN, TFLOW_UNDEFINED, TFLOW_UNDEFINED,
     "infinite"},
    {1.5e308, 1e308, 0, 0, 0, 0, 2, SKIP, 1.25e308, 1.2747548783981961e308, 1, TFLOW_OK,
     TFLOW_OK, "huge, and holds"},
    {1e308, 0, 0, -1e308, 0, 0, 1, SKIP, NAN, NAN, NAN, TFLOW_UNDEFINED,
     TFLOW_UNDEFINED, "does not hold"},
    {1e-200, 7e-200, 0, 0, 0, 0, 2, SKIP, 4e-200, 5e-200, 1, TFLOW_OK, TFLOW_OK,
     "tiny"},
};

START_TEST(accuracy_by_hand)
{
    for (size_t i = 0; i < COUNT(accuracies); i++) {
        const double came[] = {accuracies[i].a0, accuracies[i].a1, accuracies[i].a2};
        const double said[] = {accuracies[i].f0, accuracies[i].f1, accuracies[i].f2};
        tflow_vec a = tflow_vec_of(came, accuracies[i].n);
        tflow_vec f = tflow_vec_of(said, accuracies[i].n);
        tflow_missing missing = accuracies[i].missing;
        double mae = 99, rmse = 99, mape = 99;

        ck_assert_msg(tflow_mae(a, f, missing, &mae) == accuracies[i].status, "%s",
                      accuracies[i].why);
        ck_assert_int_eq(tflow_rmse(a, f, missing, &rmse), accuracies[i].status);
        ck_assert_int_eq(tflow_mape(a, f, missing, &mape), accuracies[i].mape_status);
        /* Relative to the expected size: tiny errors count. */
        double size = accuracies[i].mae > 0 ? accuracies[i].mae : 1;
        ck_close(mae / size, accuracies[i].mae / size, 1e-15);
        ck_close(rmse / size, accuracies[i].rmse / size, 1e-15);
        ck_close(mape, accuracies[i].mape, 1e-15);
    }
    double out;
    tflow_vec v = tflow_vec_of(good, 5);
    ck_assert_int_eq(tflow_mae(v, v, SKIP, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_mae(v, tflow_vec_of(good, 4), SKIP, &out), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_mae(v, tflow_vec_of(NULL, 5), SKIP, &out), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_mae(v, v, (tflow_missing)9, &out), TFLOW_EINVAL);
    ck_nan(out);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, backtest_by_hand);
    tcase_add_test(tests, backtest_windows_and_gaps);
    tcase_add_test(tests, backtest_statuses);
    tcase_add_test(tests, accuracy_by_hand);
}

int main(void)
{
    return run_suite("backtest", add);
}
