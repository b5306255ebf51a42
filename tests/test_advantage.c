/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels of revealed comparative advantage. Expected values are fractions worked out
 * by hand or with exact fractions in Python (fractions.Fraction). */
#include "test.h"
#include "tradeflow/advantage.h"

#include <float.h>

#define MISSING TFLOW_MISSING_VALUE

static const struct {
    double x, country, product, world;
    tflow_status balassa, vollrath;
    double rca, normalised, additive, rxa;
    const char *why;
} cells[] = {
    {30, 100, 80, 300, 0, 0, 1.125, 1 / 90., 1 / 30., 9 / 7., "a plain cell"},
    {50, 100, 80, 300, 0, 0, 1.875, 7 / 90., 7 / 30., 17 / 3., "a strong one"},
    {0, 100, 80, 300, 0, 0, 0, -8 / 90., -8 / 30., 0, "nothing of the product"},
    {100, 100, 100, 100, 0, 2, 1, 0, 0, NAN, "the only country and product"},
    {60, 100, 60, 300, 0, 1, 3, 0.2 - 60. * 100 / 90000, 0.4, NAN, "alone in it"},
    {100, 100, 200, 300, 0, 1, 1.5, 100 / 300. - 2 / 9., 1 / 3., NAN, "nothing else"},
    {0, 0, 80, 300, 2, 2, NAN, 0, NAN, NAN, "no exports at all"},
    {0, 100, 0, 300, 2, 2, NAN, 0, 0, NAN, "nobody trades it"},
    {5, 100, 0, 300, 1, 2, NAN, 5 / 300., 0.05, NAN, "the world without it: a/0"},
    {5, 0, 80, 300, 1, 2, NAN, 5 / 300., NAN, NAN, "total of 0 beside a part"},
    {0, 0, 0, 0, 2, 2, NAN, NAN, NAN, NAN, "nothing anywhere"},
    {90, 100, 80, 300, 0, 2, 3.375, 0.3 - 8 / 90., 0.9 - 8 / 30., NAN,
     "published totals below their part"},
    {NAN, 100, 80, 300, 4, 4, NAN, NAN, NAN, NAN, "missing"},
    {1, NAN, 80, 300, 4, 4, NAN, NAN, NAN, NAN, "a missing total"},
    {-1, 100, NAN, 300, -9, -9, NAN, NAN, NAN, NAN, "negative before missing"},
    {1, INFINITY, 80, 300, 2, 2, NAN, NAN, NAN, NAN, "infinite"},
    {1e300, 1e305, 1e303, 1e308, 0, 0, 1, 0, 0, NAN, "huge"},
    {1e-300, 1e-300, 1e-300, 1e300, 2, 1, NAN, 0, 1, NAN, "beyond double"},
};

/* The status that an index has: its own levels only, so some are fine where Balassa's
 * is not. */
static void index_is(tflow_status status, double got, double want, const char *why)
{
    ck_assert_msg((status == TFLOW_OK) == !isnan(got), "%s: %d and %g", why, status,
                  got);
    ck_close(got, want, 4e-16);
}

START_TEST(of_cells)
{
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        double x = cells[i].x, c = cells[i].country, p = cells[i].product,
               w = cells[i].world, got;
        tflow_status status = tflow_rca_balassa(x, c, p, w, &got);
        ck_assert_msg(status == cells[i].balassa, "%s: %d", cells[i].why, status);
        index_is(status, got, cells[i].rca, cells[i].why);
        if (x != 1e300) { /* its normalised and Vollrath forms are below */
            status = tflow_rca_normalised(x, c, p, w, &got);
            index_is(status, got, cells[i].normalised, cells[i].why);
            status = tflow_rca_vollrath(x, c, p, w, &got);
            ck_assert_msg(status == cells[i].vollrath, "%s: %d", cells[i].why, status);
            index_is(status, got, cells[i].rxa, cells[i].why);
        }
        status = tflow_rca_additive(x, c, p, w, &got);
        index_is(status, got, cells[i].additive, cells[i].why);
        /* Population is to it as all products are to the world's. */
        status = tflow_rca_per_capita(x, c, p, w, &got);
        ck_assert_int_eq(status, cells[i].balassa);
        index_is(status, got, cells[i].rca, cells[i].why);
    }
    double got;
    ck_assert_int_eq(tflow_rca_vollrath(1e300, 2e300, 2e300, 4e300, &got), TFLOW_OK);
    ck_close(got, 1, 1e-15);
    ck_assert_int_eq(tflow_rca_balassa(1, 2, 3, 4, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_rca_normalised(1, 2, 3, 4, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_rca_additive(1, 2, 3, 4, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_rca_per_capita(1, 2, 3, 4, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_rca_vollrath(1, 2, 3, 4, NULL), TFLOW_EINVAL);
}
END_TEST

typedef tflow_status of_two(double a, double b, double *out);

static tflow_status symmetric(double a, double b, double *out)
{
    (void)b;
    return tflow_rca_symmetric(a, out);
}

static const struct {
    of_two *function;
    double a, b;
    tflow_status status;
    double want;
    const char *why;
} twos[] = {
    {symmetric, 1, 0, 0, 0, "neutral"},
    {symmetric, 3, 0, 0, 0.5, "three times"},
    {symmetric, 0, 0, 0, -1, "none"},
    {symmetric, DBL_MAX, 0, 0, 1, "huge"},
    {symmetric, NAN, 0, MISSING, NAN, "missing"},
    {symmetric, -1, 0, TFLOW_ENEGATIVE, NAN, "negative"},
    {symmetric, INFINITY, 0, TFLOW_UNDEFINED, NAN, "infinite"},
    {tflow_rca_weighted, 1.125, 0.875, 0, 9 / 7., "above the mean"},
    {tflow_rca_weighted, 0, 0.875, 0, 0, "none"},
    {tflow_rca_weighted, 1, 0, TFLOW_ZERO_BASE, NAN, "a mean of 0"},
    {tflow_rca_weighted, 0, 0, TFLOW_UNDEFINED, NAN, "nothing by nothing"},
    {tflow_rca_weighted, 1, NAN, MISSING, NAN, "missing"},
    {tflow_trade_advantage_vollrath, 9 / 7., 9 / 13., 0, 54 / 91., "more exports"},
    {tflow_trade_advantage_vollrath, 0, 0, 0, 0, "neither"},
    {tflow_trade_advantage_vollrath, NAN, 1, MISSING, NAN, "missing"},
    {tflow_trade_advantage_vollrath, 1, -1, TFLOW_ENEGATIVE, NAN, "negative"},
    {tflow_competitiveness_vollrath, 2.718281828459045, 1, 0, 1, "e times"},
    {tflow_competitiveness_vollrath, 0, 1, TFLOW_UNDEFINED, NAN, "no exports"},
    {tflow_competitiveness_vollrath, 1, 0, TFLOW_UNDEFINED, NAN, "no imports"},
    {tflow_competitiveness_vollrath, 0, 0, TFLOW_UNDEFINED, NAN, "neither"},
};

START_TEST(of_indices)
{
    for (size_t i = 0; i < sizeof twos / sizeof *twos; i++) {
        double got = 99;
        tflow_status status = twos[i].function(twos[i].a, twos[i].b, &got);
        ck_assert_msg(status == twos[i].status, "%s: %d", twos[i].why, status);
        ck_close(got, twos[i].want, 4e-16);
        ck_assert_int_eq(twos[i].function(1, 1, NULL), TFLOW_EINVAL);
    }
}
END_TEST

static const struct {
    double x, m, total_x, total_m;
    tflow_status lafay, michaely;
    double lfi, share;
    const char *why;
} balances[] = {
    {30, 20, 100, 80, 0, 0, 200 / 81., 0.05, "a surplus like that of all"},
    {50, 40, 100, 100, 0, 0, 5, 0.1, "trade in balance"},
    {0, 50, 100, 80, 0, 0, -100 * (10 / 9.) * (5 / 18.), -0.625, "imports alone"},
    {0, 0, 100, 80, 2, 0, NAN, 0, "not traded"},
    {0, 0, 0, 0, 2, 2, NAN, NAN, "nothing traded"},
    {1, 1, 0, 0, 1, 1, NAN, NAN, "totals of 0"},
    {1, 0, 1, 0, 0, 2, 0, NAN, "no imports at all"},
    {NAN, 1, 2, 2, 4, 4, NAN, NAN, "missing"},
    {1, -1, 2, 2, -9, -9, NAN, NAN, "negative"},
    {1e308, 1e308, 1e308, 1e308, 0, 0, 0, 0, "huge"},
};

START_TEST(of_balances)
{
    for (size_t i = 0; i < sizeof balances / sizeof *balances; i++) {
        double got;
        tflow_status status =
            tflow_lafay(balances[i].x, balances[i].m, balances[i].total_x,
                        balances[i].total_m, &got);
        ck_assert_msg(status == balances[i].lafay, "%s: %d", balances[i].why, status);
        ck_close(got, balances[i].lfi, 1e-15);
        status = tflow_michaely(balances[i].x, balances[i].m, balances[i].total_x,
                                balances[i].total_m, &got);
        ck_assert_msg(status == balances[i].michaely, "%s: %d", balances[i].why,
                      status);
        ck_close(got, balances[i].share, 1e-15);
    }
    ck_assert_int_eq(tflow_lafay(1, 1, 1, 1, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_michaely(1, 1, 1, 1, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(presence)
{
    double got;
    ck_assert_int_eq(tflow_rca_presence(1, 1, TFLOW_THRESHOLD_AT_LEAST, &got),
                     TFLOW_OK);
    ck_assert_double_eq(got, 1);
    ck_assert_int_eq(tflow_rca_presence(1, 1, TFLOW_THRESHOLD_ABOVE, &got), TFLOW_OK);
    ck_assert_double_eq(got, 0);
    ck_assert_int_eq(
        tflow_rca_presence(nextafter(1, 2), 1, TFLOW_THRESHOLD_ABOVE, &got), TFLOW_OK);
    ck_assert_double_eq(got, 1);
    ck_assert_int_eq(tflow_rca_presence(0.9, 1, TFLOW_THRESHOLD_AT_LEAST, &got),
                     TFLOW_OK);
    ck_assert_double_eq(got, 0);
    ck_assert_int_eq(tflow_rca_presence(NAN, 1, TFLOW_THRESHOLD_ABOVE, &got), MISSING);
    ck_nan(got);
    ck_assert_int_eq(tflow_rca_presence(INFINITY, 1, TFLOW_THRESHOLD_ABOVE, &got),
                     TFLOW_UNDEFINED);
    ck_assert_int_eq(tflow_rca_presence(1, NAN, TFLOW_THRESHOLD_ABOVE, &got),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_rca_presence(1, 1, (tflow_threshold)2, &got), TFLOW_EINVAL);
    ck_nan(got);
    ck_assert_int_eq(tflow_rca_presence(1, 1, TFLOW_THRESHOLD_ABOVE, NULL),
                     TFLOW_EINVAL);
}
END_TEST

static const struct {
    double s0, s1, w0, w1;
    tflow_status status;
    double want;
    const char *name;
} movements[] = {
    {0.1, 0.3, 0.2, 0.4, 0, 1, "rising star"},
    {0.1, 0.2, 0.4, 0.2, 0, 1.5, "falling star"},
    {0.4, 0.3, 0.4, 0.2, 0, 0.25, "lagging retreat"},
    {0.4, 0.2, 0.2, 0.3, 0, -1, "lost opportunity"},
    {0.4, 0.1, 0.4, 0.2, 0, -0.25, "leading retreat"},
    {0.2, 0.3, 0.2, 0.5, 0, -1, "lagging opportunity"},
    {0.2, 0.2, 0.2, 0.1, 0, 0.5, ""},   /* its share stood still */
    {0.25, 0.5, 0.125, 0.25, 0, 0, ""}, /* as the world's */
    {0.2, 0.4, 0.2, 0.2, 0, 1, ""},     /* the world's stood still */
    {0, 0.4, 0.2, 0.2, TFLOW_ZERO_BASE, NAN, ""},
    {0, 0, 0.2, 0.2, TFLOW_UNDEFINED, NAN, ""},
    {0.1, NAN, 0.2, 0.2, MISSING, NAN, ""},
    {0.1, 0.1, -0.2, 0.2, TFLOW_ENEGATIVE, NAN, ""},
};

START_TEST(dynamic)
{
    for (size_t i = 0; i < sizeof movements / sizeof *movements; i++) {
        double got = 99;
        tflow_rca_movement movement = TFLOW_RCA_MOVEMENT_FALLING_STAR;
        ck_assert_int_eq(tflow_rca_dynamic(movements[i].s0, movements[i].s1,
                                           movements[i].w0, movements[i].w1, &got,
                                           &movement),
                         movements[i].status);
        ck_close(got, movements[i].want, 1e-15);
        ck_assert_str_eq(tflow_rca_movement_name(movement), movements[i].name);
        ck_assert_int_eq(tflow_rca_dynamic(movements[i].s0, movements[i].s1,
                                           movements[i].w0, movements[i].w1, &got,
                                           NULL),
                         movements[i].status);
    }
    ck_assert_int_eq(tflow_rca_dynamic(1, 1, 1, 1, NULL, NULL), TFLOW_EINVAL);
    ck_assert_str_eq(tflow_rca_movement_name((tflow_rca_movement)7), "");
    ck_assert_str_eq(tflow_rca_movement_name((tflow_rca_movement)-1), "");
}
END_TEST

static double draw_one(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 40) / 16777216.0;
}

/* On random tables with holes: sums that are 0 whatever the numbers are. */
START_TEST(identities)
{
    enum { N = 7 };
    uint64_t state = 5;
    for (int round = 0; round < test_draws(300); round++) {
        double x[N][N], m[N][N], c[N] = {0}, p[N] = {0}, world = 0, imports[N] = {0};
        for (size_t i = 0; i < N; i++)
            for (size_t k = 0; k < N; k++) {
                x[i][k] = draw_one(&state) < 0.2 ? 0 : 1 + 1e6 * draw_one(&state);
                m[i][k] = 1 + 1e6 * draw_one(&state);
                c[i] += x[i][k];
                p[k] += x[i][k];
                world += x[i][k];
                imports[i] += m[i][k];
            }
        for (size_t i = 0; i < N; i++) {
            double over_products = 0, over_countries = 0, additive = 0, lafay = 0,
                   michaely = 0, got;
            for (size_t k = 0; k < N; k++) {
                ck_assert_int_eq(tflow_rca_normalised(x[i][k], c[i], p[k], world, &got),
                                 0);
                over_products += got;
                ck_assert_int_eq(tflow_rca_normalised(x[k][i], c[k], p[i], world, &got),
                                 0);
                over_countries += got;
                ck_assert_int_eq(tflow_rca_additive(x[i][k], c[i], p[k], world, &got),
                                 0);
                additive += got;
                ck_assert_int_eq(tflow_lafay(x[i][k], m[i][k], c[i], imports[i], &got),
                                 0);
                lafay += got;
                ck_assert_int_eq(
                    tflow_michaely(x[i][k], m[i][k], c[i], imports[i], &got), 0);
                michaely += got;
            }
            ck_close(over_products, 0, 1e-15);
            ck_close(over_countries, 0, 1e-15);
            ck_close(additive, 0, 2e-15);
            ck_close(lafay, 0, 1e-13);
            ck_close(michaely, 0, 2e-15);
        }
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, of_cells);
    tcase_add_test(tests, of_indices);
    tcase_add_test(tests, of_balances);
    tcase_add_test(tests, presence);
    tcase_add_test(tests, dynamic);
    tcase_add_test(tests, identities);
}

int main(void)
{
    return run_suite("advantage", add);
}
