/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_grid.h"
#include "tradeflow.h"

#include <float.h>

/* ---- two levels ---- */

typedef tflow_status two_levels(double x0, double x1, double *out);

static const struct {
    two_levels *f;
    double x0;
    double x1;
    tflow_status status;
    double value;
    const char *why;
} pairs[] = {
    {tflow_growth_simple, 4, 5, TFLOW_OK, 0.25, "a quarter more"},
    {tflow_growth_simple, 5, 5, TFLOW_OK, 0, "no change"},
    {tflow_growth_simple, 5, 0, TFLOW_OK, -1, "a flow that ends"},
    {tflow_growth_simple, 0, 5, TFLOW_ZERO_BASE, NAN, "a flow that begins"},
    {tflow_growth_simple, 0, 0, TFLOW_ZERO_BASE, NAN, "no flow"},
    {tflow_growth_simple, -0.0, 5, TFLOW_ZERO_BASE, NAN, "minus zero is zero"},
    {tflow_growth_simple, NAN, 5, TFLOW_MISSING_VALUE, NAN, "base missing"},
    {tflow_growth_simple, 5, NAN, TFLOW_MISSING_VALUE, NAN, "level missing"},
    {tflow_growth_simple, 0, NAN, TFLOW_MISSING_VALUE, NAN, "missing before zero"},
    {tflow_growth_simple, -5, NAN, TFLOW_ENEGATIVE, NAN, "negative before missing"},
    {tflow_growth_simple, 5, -5, TFLOW_ENEGATIVE, NAN, "negative level"},
    {tflow_growth_simple, 5, INFINITY, TFLOW_UNDEFINED, NAN, "infinite level"},
    {tflow_growth_simple, INFINITY, 5, TFLOW_UNDEFINED, NAN, "infinite base"},
    {tflow_growth_simple, 5, -INFINITY, TFLOW_ENEGATIVE, NAN, "minus infinity"},
    {tflow_growth_simple, 1e-300, 1e300, TFLOW_UNDEFINED, NAN, "beyond double"},
    {tflow_growth_simple, DBL_MAX, DBL_MAX, TFLOW_OK, 0, "huge"},
    {tflow_growth_simple, 5e-324, 1e-323, TFLOW_OK, 1, "tiny"},
    {tflow_growth_log, 2, 2, TFLOW_OK, 0, "no change"},
    {tflow_growth_log, 5, 0, TFLOW_UNDEFINED, NAN, "no logarithm of 0"},
    {tflow_growth_log, 0, 0, TFLOW_ZERO_BASE, NAN, "no base"},
    {tflow_growth_log, -1, 5, TFLOW_ENEGATIVE, NAN, "negative"},
    {tflow_growth_log, NAN, 5, TFLOW_MISSING_VALUE, NAN, "missing"},
    {tflow_growth_log, 1e-300, 1e300, TFLOW_OK, 1381.5510557964273, "600 ln 10"},
    {tflow_growth_log, 1e300, 1e-300, TFLOW_OK, -1381.5510557964273, "600 ln 10"},
    {tflow_growth_midpoint, 0, 5, TFLOW_OK, 2, "a flow that begins"},
    {tflow_growth_midpoint, 5, 0, TFLOW_OK, -2, "a flow that ends"},
    {tflow_growth_midpoint, 0, 0, TFLOW_UNDEFINED, NAN, "no flow: not 0"},
    {tflow_growth_midpoint, 3, 5, TFLOW_OK, 0.5, "2 over 4"},
    {tflow_growth_midpoint, DBL_MAX / 3, DBL_MAX, TFLOW_OK, 1, "huge"},
    {tflow_growth_midpoint, 5e-324, 1.5e-323, TFLOW_OK, 1, "tiny"},
    {tflow_growth_midpoint, NAN, 0, TFLOW_MISSING_VALUE, NAN, "missing"},
    {tflow_growth_midpoint, -1, 1, TFLOW_ENEGATIVE, NAN, "negative"},
    {tflow_growth_midpoint, INFINITY, 1, TFLOW_UNDEFINED, NAN, "infinite"},
    {tflow_index, 5, 4, TFLOW_OK, 1.25, "base 1, not 100"},
    {tflow_index, 0, 4, TFLOW_OK, 0, "nothing left"},
    {tflow_index, 5, 0, TFLOW_ZERO_BASE, NAN, "no base"},
    {tflow_index, NAN, 4, TFLOW_MISSING_VALUE, NAN, "missing"},
    {tflow_index, 1e300, 1e-300, TFLOW_UNDEFINED, NAN, "beyond double"},
    {tflow_index, 1, -4, TFLOW_ENEGATIVE, NAN, "negative base"},
};

START_TEST(two_points)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double out = 99;
        tflow_status status = pairs[i].f(pairs[i].x0, pairs[i].x1, &out);
        ck_assert_msg(status == pairs[i].status, "row %zu, %s: %s", i, pairs[i].why,
                      tflow_status_name(status));
        ck_close(out, pairs[i].value, 1e-15);
        ck_assert_int_eq(pairs[i].f(1, 2, NULL), TFLOW_EINVAL);
    }
}
END_TEST

static const struct {
    double first;
    double last;
    double periods;
    tflow_status status;
    double value;
    const char *why;
} compound[] = {
    {1, 8, 3, TFLOW_OK, 1, "doubles three times"},
    {8, 1, 3, TFLOW_OK, -0.5, "halves three times"},
    {7, 7, 5, TFLOW_OK, 0, "stays"},
    {1, 4, 0.5, TFLOW_OK, 15, "fourfold in half a period"},
    {5, 0, 9, TFLOW_OK, -1, "dies"},
    {0, 5, 9, TFLOW_ZERO_BASE, NAN, "no base"},
    {0, 0, 9, TFLOW_ZERO_BASE, NAN, "no base, no end"},
    {1, 2, 0, TFLOW_EINVAL, NAN, "no time"},
    {1, 2, -1, TFLOW_EINVAL, NAN, "back in time"},
    {1, 2, NAN, TFLOW_EINVAL, NAN, "time missing"},
    {1, 2, INFINITY, TFLOW_EINVAL, NAN, "forever"},
    {NAN, 2, 1, TFLOW_MISSING_VALUE, NAN, "missing"},
    {1, -2, 1, TFLOW_ENEGATIVE, NAN, "negative"},
    {INFINITY, 2, 1, TFLOW_UNDEFINED, NAN, "infinite"},
    {1, 1e9, 1e-3, TFLOW_UNDEFINED, NAN, "beyond double"},
    {1e-308, 1e308, 616, TFLOW_OK, 9, "tenfold 616 times"},
};

START_TEST(compound_rates)
{
    for (size_t i = 0; i < sizeof compound / sizeof *compound; i++) {
        double out = 99, needed = 99;
        double a = compound[i].first, b = compound[i].last, t = compound[i].periods;
        ck_assert_msg(tflow_cagr(a, b, t, &out) == compound[i].status, "%s",
                      compound[i].why);
        ck_close(out, compound[i].value, 1e-14);
        ck_assert_int_eq(tflow_growth_needed(a, b, t, &needed), compound[i].status);
        ck_close(needed, compound[i].value, 1e-14);
    }
    ck_assert_int_eq(tflow_cagr(1, 2, 3, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_growth_needed(1, 2, 3, NULL), TFLOW_EINVAL);
}
END_TEST

static const struct {
    double rate;
    tflow_status status;
    double periods;
} doubling[] = {
    {1, TFLOW_OK, 1},
    {3, TFLOW_OK, 0.5},
    {1e-12, TFLOW_OK, 693147180560.29184}, /* ln 2 / (r - r^2/2) */
    {5e-324, TFLOW_UNDEFINED, NAN},
    {0, TFLOW_UNDEFINED, NAN},
    {-0.5, TFLOW_UNDEFINED, NAN},
    {INFINITY, TFLOW_UNDEFINED, NAN},
    {NAN, TFLOW_MISSING_VALUE, NAN},
};

START_TEST(doubling_times)
{
    for (size_t i = 0; i < sizeof doubling / sizeof *doubling; i++) {
        double out = 99;
        ck_assert_int_eq(tflow_doubling_time(doubling[i].rate, &out),
                         doubling[i].status);
        ck_close(out, doubling[i].periods, 1e-14);
    }
    ck_assert_int_eq(tflow_doubling_time(1, NULL), TFLOW_EINVAL);
}
END_TEST

static const struct {
    double current;
    double target;
    double rate;
    tflow_status status;
    double periods;
    const char *why;
} reaching[] = {
    {1, 8, 1, TFLOW_OK, 3, "eightfold by doubling"},
    {8, 1, -0.5, TFLOW_OK, 3, "an eighth by halving"},
    {5, 5, 0, TFLOW_OK, 0, "there already"},
    {5, 5, -0.3, TFLOW_OK, 0, "there already, leaving"},
    {1, 8, 0, TFLOW_UNDEFINED, NAN, "stands still"},
    {1, 8, -0.1, TFLOW_UNDEFINED, NAN, "leads away"},
    {8, 1, 0.1, TFLOW_UNDEFINED, NAN, "leads away"},
    {8, 0, -0.5, TFLOW_UNDEFINED, NAN, "never quite 0"},
    {0, 8, 0.5, TFLOW_ZERO_BASE, NAN, "nothing grows from 0"},
    {1, 8, -1, TFLOW_EINVAL, NAN, "all gone at once"},
    {1, 8, NAN, TFLOW_EINVAL, NAN, "no rate"},
    {1, 8, INFINITY, TFLOW_EINVAL, NAN, "infinite rate"},
    {-1, 8, 1, TFLOW_ENEGATIVE, NAN, "negative"},
    {1, NAN, 1, TFLOW_MISSING_VALUE, NAN, "missing"},
};

START_TEST(reaching_times)
{
    for (size_t i = 0; i < sizeof reaching / sizeof *reaching; i++) {
        double out = 99;
        ck_assert_msg(tflow_time_to_reach(reaching[i].current, reaching[i].target,
                                          reaching[i].rate, &out) == reaching[i].status,
                      "%s", reaching[i].why);
        ck_close(out, reaching[i].periods, 1e-15);
    }
    ck_assert_int_eq(tflow_time_to_reach(1, 2, 1, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(contributions)
{
    double out = 99;
    ck_assert_int_eq(tflow_contribution(10, 12, 0, &out), TFLOW_ZERO_BASE);
    ck_nan(out);
    ck_assert_int_eq(tflow_contribution(10, NAN, 100, &out), TFLOW_MISSING_VALUE);
    ck_assert_int_eq(tflow_contribution(-10, 12, 100, &out), TFLOW_ENEGATIVE);
    ck_assert_int_eq(tflow_contribution(10, 12, INFINITY, &out), TFLOW_UNDEFINED);
    ck_assert_int_eq(tflow_contribution(1, 2, 3, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_contribution_fraction(1, 2, 5, 5, &out), TFLOW_UNDEFINED);
    ck_nan(out);
    ck_assert_int_eq(tflow_contribution_fraction(1, 2, NAN, 5, &out),
                     TFLOW_MISSING_VALUE);
    ck_assert_int_eq(tflow_contribution_fraction(1, 2, 5, -5, &out), TFLOW_ENEGATIVE);
    ck_assert_int_eq(tflow_contribution_fraction(1, 2, 5, 6, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_contribution_fraction(0, 1e308, 5, 5.000000000000001, &out),
                     TFLOW_UNDEFINED);
}
END_TEST

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

/* On random parts: contributions add up to growth, fractions to one, rates agree with
 * one another. */
START_TEST(algebra)
{
    uint64_t state = 11;
    for (int round = 0; round < test_draws(2000); round++) {
        double part0[7], part1[7], total0 = 0, total1 = 0, growth, c = 0, f = 0, v;
        for (int k = 0; k < 7; k++) {
            total0 += part0[k] = floor(draw(&state) * 1e6);
            total1 += part1[k] = floor(draw(&state) * 1e6); /* whole: exact sums */
        }
        for (int k = 0; k < 7; k++) {
            ck_assert_int_eq(tflow_contribution(part0[k], part1[k], total0, &v), 0);
            c += v;
            ck_assert_int_eq(
                tflow_contribution_fraction(part0[k], part1[k], total0, total1, &v), 0);
            f += v;
        }
        ck_assert_int_eq(tflow_growth_simple(total0, total1, &growth), TFLOW_OK);
        ck_close(c, growth, 1e-14);
        ck_close(f, 1, 1e-9);

        double log_growth, midpoint, rate, index, time;
        ck_assert_int_eq(tflow_growth_log(total0, total1, &log_growth), TFLOW_OK);
        ck_close(expm1(log_growth), growth, 1e-14);
        ck_assert_int_eq(tflow_growth_midpoint(total0, total1, &midpoint), TFLOW_OK);
        ck_close(midpoint, 2 * tanh(log_growth / 2), 1e-14);
        ck_assert_int_eq(tflow_index(total1, total0, &index), TFLOW_OK);
        ck_close(index, 1 + growth, 1e-14);
        ck_assert_int_eq(tflow_cagr(total0, total1, 12.5, &rate), TFLOW_OK);
        ck_close(pow(1 + rate, 12.5), index, 1e-13);
        ck_assert_int_eq(tflow_time_to_reach(total0, total1, rate, &time), TFLOW_OK);
        ck_close(time, 12.5, 1e-12);
    }
}
END_TEST

/* ---- series ---- */

/* Values of Belarus' exports to China, 2000-2020, thousand US dollars. */
static void belarus_china(double *t, double *x)
{
    grid g = grid_read("data/belarus/baci_belarus_partners_2000_2020.csv");
    size_t n = 0;

    for (size_t i = 1; i < g.n; i++) {
        char **f = g.row[i].field;
        if (strcmp(f[0], "BLR") != 0 || strcmp(f[1], "CHN") != 0 || strcmp(f[2], "X"))
            continue;
        ck_assert_uint_lt(n, 21);
        t[n] = grid_number(f[3]);
        x[n++] = grid_number(f[4]);
    }
    ck_assert_uint_eq(n, 21);
    grid_free(&g);
}

/* Values given for these data independently of this project, to their last digit. */
START_TEST(belarus)
{
    double t[21], x[21], cagr;
    tflow_trend trend;

    belarus_china(t, x);
    ck_assert_double_eq(t[0], 2000);
    ck_assert_double_eq(t[20], 2020);
    ck_assert_int_eq(tflow_cagr(x[0], x[20], 20, &cagr), TFLOW_OK);
    ck_close(cagr, 0.08649061, 5e-9);
    ck_assert_int_eq(tflow_growth_least_squares(tflow_vec_of(t, 21),
                                                tflow_vec_of(x, 21),
                                                TFLOW_MISSING_PROPAGATE, &trend, NULL),
                     TFLOW_OK);
    ck_close(trend.b, 0.05992031, 5e-9);
    ck_close(trend.growth, 0.06175193, 5e-9);
    ck_close(trend.b_se, 0.01171399, 5e-9);
    ck_assert_uint_eq(trend.n, 21);

    double out; /* China's imports, 1.0896 to 1.8116 bn: 66.2566 % */
    ck_assert_int_eq(tflow_growth_simple(1089646360, 1811609400, &out), TFLOW_OK);
    ck_close(out, 0.662566, 5e-7);
}
END_TEST

#define P TFLOW_MISSING_PROPAGATE
#define S TFLOW_MISSING_SKIP
#define Z TFLOW_MISSING_ZERO
#define F TFLOW_MISSING_FAIL

static const struct {
    double t[4];
    double x[4];
    size_t n;
    tflow_missing missing;
    tflow_status status;
    double growth;
    size_t used, n_missing, n_zero;
    const char *why;
} trends[] = {
    {{0, 1, 2, 3}, {1, 2, 4, 8}, 4, P, TFLOW_OK, 1, 4, 0, 0, "doubles"},
    {{3, 0, 2, 1}, {8, 1, 4, 2}, 4, P, TFLOW_OK, 1, 4, 0, 0, "in any order"},
    {{0, 1, 3}, {1, 2, 8}, 3, P, TFLOW_OK, 1, 3, 0, 0, "a gap is two periods"},
    {{0, .5, 1}, {1, 2, 4}, 3, P, TFLOW_OK, 3, 3, 0, 0, "half periods"},
    {{0, 1}, {1, 3}, 2, P, TFLOW_OK, 2, 2, 0, 0, "two points"},
    {{0, 1, 2, 3}, {1, NAN, 0, 8}, 4, S, TFLOW_OK, 1, 2, 1, 1, "dropped, counted"},
    {{0, 1, 2}, {5, 5, 5}, 3, P, TFLOW_OK, 0, 3, 0, 0, "stands still"},
    {{0, 1, 2}, {1e-300, 1, 1e300}, 3, P, TFLOW_OK, 1e300, 3, 0, 0, "enormous growth"},
    {{0, 0.5, 1}, {1e-300, 1, 1e300}, 3, P, TFLOW_UNDEFINED, NAN, 0, 0, 0, "beyond"},
    {{0}, {0}, 0, P, TFLOW_TOO_FEW, NAN, 0, 0, 0, "nothing"},
    {{0}, {1}, 1, P, TFLOW_TOO_FEW, NAN, 0, 0, 0, "one point"},
    {{0, 1}, {1, NAN}, 2, S, TFLOW_TOO_FEW, NAN, 0, 1, 0, "one point left"},
    {{0, 1}, {NAN, NAN}, 2, S, TFLOW_TOO_FEW, NAN, 0, 2, 0, "all missing"},
    {{0, 1}, {0, 0}, 2, S, TFLOW_TOO_FEW, NAN, 0, 0, 2, "all zero"},
    {{0, 1}, {0, 0}, 2, P, TFLOW_UNDEFINED, NAN, 0, 0, 2, "all zero"},
    {{0, 1, 2}, {1, NAN, 4}, 3, P, TFLOW_MISSING_VALUE, NAN, 0, 1, 0, "propagates"},
    {{0, 1, 2}, {1, NAN, 4}, 3, Z, TFLOW_UNDEFINED, NAN, 0, 0, 1, "zero has no log"},
    {{0, 1, 2}, {1, NAN, 4}, 3, F, TFLOW_EMISSING, NAN, 0, 0, 0, "fails"},
    {{0, 1, 2}, {1, -1, 4}, 3, S, TFLOW_ENEGATIVE, NAN, 0, 0, 0, "negative"},
    {{0, 1, 2}, {NAN, -1, 4}, 3, F, TFLOW_ENEGATIVE, NAN, 0, 0, 0, "negative first"},
    {{0, 1, 2}, {1, INFINITY, 4}, 3, S, TFLOW_UNDEFINED, NAN, 0, 0, 0, "infinite"},
    {{1, 1, 1}, {1, 2, 4}, 3, P, TFLOW_UNDEFINED, NAN, 0, 0, 0, "no time passes"},
    {{0, NAN, 2}, {1, 2, 4}, 3, P, TFLOW_EINVAL, NAN, 0, 0, 0, "a time missing"},
    {{0, 1, 2}, {1, 2, 4}, 3, (tflow_missing)9, TFLOW_EINVAL, NAN, 0, 0, 0, "policy"},
};

START_TEST(trend_edges)
{
    for (size_t i = 0; i < sizeof trends / sizeof *trends; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        tflow_trend trend;
        size_t n = trends[i].n;
        tflow_status status = tflow_growth_least_squares(
            tflow_vec_of(trends[i].t, n), tflow_vec_of(trends[i].x, n),
            trends[i].missing, &trend, &error);
        ck_assert_msg(status == trends[i].status, "%s: %s", trends[i].why,
                      tflow_status_name(status));
        ck_close(trend.growth, trends[i].growth, 1e-12);
        ck_assert_msg(trend.n == trends[i].used, "%s", trends[i].why);
        ck_assert_msg(trend.n_missing == trends[i].n_missing, "%s", trends[i].why);
        ck_assert_msg(trend.n_zero == trends[i].n_zero, "%s", trends[i].why);
        if (status != TFLOW_OK) {
            ck_nan(trend.b);
            ck_nan(trend.b_se);
            ck_nan(trend.r_squared);
        }
        ck_assert_msg((error.message[0] != '\0') == (status < 0), "%s: '%s'",
                      trends[i].why, error.message);
    }
    tflow_vec none = tflow_vec_of(NULL, 0), two = tflow_vec_of(trends[0].t, 2);
    tflow_trend trend;
    ck_assert_int_eq(tflow_growth_least_squares(none, none, P, &trend, NULL),
                     TFLOW_TOO_FEW);
    ck_assert_int_eq(tflow_growth_least_squares(none, two, P, &trend, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(
        tflow_growth_least_squares(two, tflow_vec_of(NULL, 2), P, &trend, NULL),
        TFLOW_EINVAL);
    ck_assert_int_eq(tflow_growth_least_squares(two, two, P, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(trend_strides)
{
    const double both[] = {8, 3, 4, 2, 2, 1, 1, 0}, now = 2000, level = 7;
    tflow_vec x = {both + 6, 4, -2}, t = {both + 7, 4, -2}, t2 = {both + 1, 4, 2};
    tflow_vec x2 = {both, 4, 2}, same_t = {&now, 3, 0}, same_x = {&level, 4, 0};
    tflow_trend trend;

    ck_assert_int_eq(tflow_growth_least_squares(t, x, P, &trend, NULL), TFLOW_OK);
    ck_close(trend.growth, 1, 1e-15);
    ck_close(trend.intercept, 0, 1e-15);
    ck_assert_int_eq(tflow_growth_least_squares(t2, x2, P, &trend, NULL), TFLOW_OK);
    ck_close(trend.growth, 1, 1e-15);
    ck_assert_int_eq(tflow_growth_least_squares(t, same_x, P, &trend, NULL), TFLOW_OK);
    ck_assert_double_eq(trend.growth, 0);
    ck_nan(trend.r_squared);
    x.n = 3;
    ck_assert_int_eq(tflow_growth_least_squares(same_t, x, P, &trend, NULL),
                     TFLOW_UNDEFINED);
}
END_TEST

/* Scaling levels moves the intercept alone; shifting time too; scaling time divides b.
 */
START_TEST(trend_algebra)
{
    uint64_t state = 5;
    for (int round = 0; round < test_draws(500); round++) {
        double t[12], x[12], t2[12], x2[12];
        for (int i = 0; i < 12; i++) {
            t[i] = 2000 + i + (i > 5 ? 3 : 0);
            x[i] = exp(10 * draw(&state));
            t2[i] = (t[i] - 1990) / 4;
            x2[i] = x[i] * 1024;
        }
        tflow_trend a, b;
        tflow_vec vt = tflow_vec_of(t, 12), vx = tflow_vec_of(x, 12);
        ck_assert_int_eq(tflow_growth_least_squares(vt, vx, P, &a, NULL), TFLOW_OK);
        ck_assert_int_eq(
            tflow_growth_least_squares(vt, tflow_vec_of(x2, 12), P, &b, NULL),
            TFLOW_OK);
        ck_close(b.b, a.b, 1e-13);
        ck_close(b.b_se, a.b_se, 1e-13);
        ck_close(b.intercept - a.intercept, 10 * log(2), 1e-10);
        ck_close(b.r_squared, a.r_squared, 1e-12);
        ck_assert(a.r_squared >= 0 && a.r_squared <= 1);
        ck_assert_int_eq(
            tflow_growth_least_squares(tflow_vec_of(t2, 12), vx, P, &b, NULL),
            TFLOW_OK);
        ck_close(b.b, 4 * a.b, 1e-12);
        ck_close(b.b_se, 4 * a.b_se, 1e-12);
    }
}
END_TEST

static const struct {
    double t[5];
    double x[5];
    size_t n;
    tflow_missing missing;
    tflow_status status;
    double value;
    size_t rates;
    const char *why;
} volatilities[] = {
    /* rates ln 2 and ln 4: sd is ln 2 / sqrt 2 */
    {{0, 1, 2}, {1, 2, 8}, 3, P, TFLOW_OK, 0.49012907173427356, 2, "by hand"},
    {{.1, 1.1, 2.1}, {1, 2, 8}, 3, P, TFLOW_OK, 0.49012907173427356, 2, "rounded t"},
    {{0, 1, 2, 3, 4}, {1, 2, NAN, 1, 4}, 5, S, TFLOW_OK, 0.49012907173427356, 2, "gap"},
    {{0, 1, 2, 3, 4}, {1, 2, 0, 1, 4}, 5, S, TFLOW_OK, 0.49012907173427356, 2, "zero"},
    {{0, 1, 4, 5}, {1, 2, 9, 36}, 4, P, TFLOW_OK, 0.49012907173427356, 2, "by label"},
    {{0, 1, 2}, {5, 5, 5}, 3, P, TFLOW_OK, 0, 2, "still"},
    {{0, 1, 2}, {1e-300, 1, 1e300}, 3, P, TFLOW_OK, 0, 2, "tiny to huge, steady"},
    {{0, 1}, {1, 2}, 2, P, TFLOW_TOO_FEW, NAN, 1, "one rate"},
    {{0, 2, 4}, {1, 2, 4}, 3, P, TFLOW_TOO_FEW, NAN, 0, "never one period apart"},
    {{0}, {1}, 1, P, TFLOW_TOO_FEW, NAN, 0, "one point"},
    {{0}, {0}, 0, P, TFLOW_TOO_FEW, NAN, 0, "nothing"},
    {{0, 1, 2}, {NAN, NAN, NAN}, 3, S, TFLOW_TOO_FEW, NAN, 0, "all missing"},
    {{0, 1, 2}, {1, NAN, 2}, 3, P, TFLOW_MISSING_VALUE, NAN, 0, "propagates"},
    {{0, 1, 2}, {1, NAN, 2}, 3, Z, TFLOW_UNDEFINED, NAN, 0, "zero has no log"},
    {{0, 1, 2}, {1, NAN, 2}, 3, F, TFLOW_EMISSING, NAN, 0, "fails"},
    {{0, 1, 2}, {0, 0, 0}, 3, P, TFLOW_UNDEFINED, NAN, 0, "all zero"},
    {{0, 1, 2}, {1, INFINITY, 2}, 3, S, TFLOW_UNDEFINED, NAN, 0, "infinite"},
    {{0, 1, 2}, {1, -2, 2}, 3, S, TFLOW_ENEGATIVE, NAN, 0, "negative"},
    {{0, 2, 1}, {1, 2, 2}, 3, S, TFLOW_EINVAL, NAN, 0, "out of order"},
    {{0, 1, 1}, {1, 2, 2}, 3, S, TFLOW_EINVAL, NAN, 0, "twice the same time"},
    {{0, INFINITY}, {1, 2}, 2, S, TFLOW_EINVAL, NAN, 0, "infinite time"},
};

START_TEST(volatility)
{
    for (size_t i = 0; i < sizeof volatilities / sizeof *volatilities; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        double out = 99;
        size_t n = volatilities[i].n, rates = 99;
        tflow_status status = tflow_volatility(
            tflow_vec_of(volatilities[i].t, n), tflow_vec_of(volatilities[i].x, n),
            volatilities[i].missing, &out, &rates, &error);
        ck_assert_msg(status == volatilities[i].status, "%s: %s", volatilities[i].why,
                      tflow_status_name(status));
        ck_close(out, volatilities[i].value, 1e-12);
        ck_assert_msg(rates == volatilities[i].rates, "%s", volatilities[i].why);
        ck_assert_msg((error.message[0] != '\0') == (status < 0), "%s",
                      volatilities[i].why);
    }
    tflow_vec two = tflow_vec_of(volatilities[0].t, 2);
    double out;
    ck_assert_int_eq(tflow_volatility(two, two, P, NULL, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_volatility(two, tflow_vec_of(NULL, 0), P, &out, NULL, NULL),
                     TFLOW_EINVAL);

    const double backwards[] = {8, 2, 2, 1, 1, 0};
    tflow_vec x = {backwards + 4, 3, -2}, t = {backwards + 5, 3, -2};
    ck_assert_int_eq(tflow_volatility(t, x, P, &out, NULL, NULL), TFLOW_OK);
    ck_close(out, 0.49012907173427356, 1e-15);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, two_points);
    tcase_add_test(tests, compound_rates);
    tcase_add_test(tests, doubling_times);
    tcase_add_test(tests, reaching_times);
    tcase_add_test(tests, contributions);
    tcase_add_test(tests, algebra);
    tcase_add_test(tests, belarus);
    tcase_add_test(tests, trend_edges);
    tcase_add_test(tests, trend_strides);
    tcase_add_test(tests, trend_algebra);
    tcase_add_test(tests, volatility);
}

int main(void)
{
    return run_suite("growth", add);
}
