/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels of intra-industry trade. Expected values are fractions worked out by hand or
 * with exact fractions in Python (fractions.Fraction). */
#include "test.h"
#include "tradeflow/industry.h"

#include <float.h>

#define MISSING TFLOW_MISSING_VALUE

static const struct {
    double x, m;
    tflow_status status;
    double gl, overlap;
    const char *why;
} goods[] = {
    {30, 20, 0, 0.8, 2 / 3., "mostly matched"},
    {20, 30, 0, 0.8, 2 / 3., "the other way round"},
    {7, 7, 0, 1, 1, "balanced"},
    {7, 0, 0, 0, 0, "one way"},
    {0, 0, TFLOW_UNDEFINED, NAN, NAN, "not traded"},
    {DBL_MAX, DBL_MAX, 0, 1, 1, "huge"},
    {5e-324, 0, 0, 0, 0, "tiny"},
    {NAN, 1, MISSING, NAN, NAN, "missing"},
    {1, NAN, MISSING, NAN, NAN, "missing"},
    {-1, NAN, TFLOW_ENEGATIVE, NAN, NAN, "negative"},
    {1, INFINITY, TFLOW_UNDEFINED, NAN, NAN, "infinite"},
};

START_TEST(of_products)
{
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        double got = 99;
        tflow_status status = tflow_grubel_lloyd(goods[i].x, goods[i].m, &got);
        ck_assert_msg(status == goods[i].status, "%s: %d", goods[i].why, status);
        ck_close(got, goods[i].gl, 2e-16);
        status = tflow_trade_overlap(goods[i].x, goods[i].m, &got);
        ck_assert_msg(status == goods[i].status, "%s: %d", goods[i].why, status);
        ck_close(got, goods[i].overlap, 2e-16);
    }
    ck_assert_int_eq(tflow_grubel_lloyd(1, 1, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_trade_overlap(1, 1, NULL), TFLOW_EINVAL);
}
END_TEST

static const struct {
    double dx, dm;
    tflow_status status;
    double a;
} changes[] = {
    {10, 10, 0, 1},   {-4, -4, 0, 1},         {10, 5, 0, 2 / 3.},
    {10, -5, 0, 0},   {0, 3, 0, 0},           {0, 0, 2, NAN},
    {NAN, 0, 4, NAN}, {-INFINITY, 0, 2, NAN}, {1e308, -1e308, 0, 0},
};

START_TEST(of_changes)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        double got = 99;
        ck_assert_int_eq(tflow_marginal_iit(changes[i].dx, changes[i].dm, &got),
                         changes[i].status);
        ck_close(got, changes[i].a, 2e-16);
    }
    ck_assert_int_eq(tflow_marginal_iit(1, 1, NULL), TFLOW_EINVAL);
}
END_TEST

#define P TFLOW_MISSING_PROPAGATE
#define S TFLOW_MISSING_SKIP
#define Z TFLOW_MISSING_ZERO
#define F TFLOW_MISSING_FAIL

static const struct {
    double x[5], m[5];
    size_t n;
    tflow_missing missing;
    tflow_status gl_status, other_status;
    double gl, corrected, aquino;
    const char *why;
} wholes[] = {
    {{30, 40, 30, 0, 5},
     {20, 10, 0, 40, 100},
     5,
     P,
     0,
     0,
     14 / 55.,
     1 / 3.,
     80 / 357.,
     "five products"},
    {{10, 20}, {1, 2}, 2, P, 0, 0, 2 / 11., 1, 1, "a surplus alone"},
    {{10, 0}, {0, 10}, 2, P, 0, 0, 0, 0, 0, "inter-industry"},
    {{10, 20}, {0, 0}, 2, P, 0, 2, 0, NAN, NAN, "exports alone"},
    {{0, 0}, {0, 0}, 2, P, 2, 2, NAN, NAN, NAN, "nothing"},
    {{0}, {0}, 0, P, 2, 2, NAN, NAN, NAN, "no product"},
    {{30, NAN}, {20, 5}, 2, P, 4, 4, NAN, NAN, NAN, "missing"},
    {{30, NAN}, {20, 5}, 2, S, 5, 5, 0.8, 1, 1, "left out of both sides"},
    {{30, NAN}, {20, 5}, 2, Z, 0, 0, 40 / 55., 0.8, 0.8, "as zero"},
    {{30, NAN}, {20, 5}, 2, F, -10, -10, NAN, NAN, NAN, "refused"},
    {{30, 1}, {20, -5}, 2, P, -9, -9, NAN, NAN, NAN, "negative"},
    {{30, INFINITY}, {20, 5}, 2, P, 2, 2, NAN, NAN, NAN, "infinite"},
    {{1e308, 1e308},
     {1e308, 0},
     2,
     P,
     0,
     0,
     2 / 3.,
     1,
     0.5,
     "sums up to the end of double"},
    {{1e307, 1e307}, {1e307, 0}, 2, P, 0, 0, 2 / 3., 1, 0.5, "huge"},
};

START_TEST(of_all)
{
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        tflow_vec x = tflow_vec_of(wholes[i].x, wholes[i].n);
        tflow_vec m = tflow_vec_of(wholes[i].m, wholes[i].n);
        double got = 99;
        tflow_status status =
            tflow_grubel_lloyd_aggregate(x, m, wholes[i].missing, &got, NULL);
        ck_assert_msg(status == wholes[i].gl_status, "%s: %d", wholes[i].why, status);
        ck_close(got, wholes[i].gl, 4e-16);
        status = tflow_grubel_lloyd_corrected(x, m, wholes[i].missing, &got, NULL);
        ck_assert_msg(status == wholes[i].other_status, "%s: %d", wholes[i].why,
                      status);
        ck_close(got, wholes[i].corrected, 4e-16);
        status = tflow_aquino(x, m, wholes[i].missing, &got, NULL);
        ck_assert_msg(status == wholes[i].other_status, "%s: %d", wholes[i].why,
                      status);
        ck_close(got, wholes[i].aquino, 4e-16);
    }
    /* dx 20, 20, 25, 0, 5 and dm 10, 5, 0, 30, 100, the last with signs turned. */
    double dx[] = {20, 20, 25, 0, -5}, dm[] = {10, 5, 0, 30, -100}, got;
    tflow_vec x = tflow_vec_of(dx, 5), m = tflow_vec_of(dm, 5);
    ck_assert_int_eq(tflow_marginal_iit_aggregate(x, m, P, &got, NULL), TFLOW_OK);
    ck_close(got, 8 / 43., 4e-16);
    tflow_vec backwards = {dx + 4, 5, -1}, other = {dm + 4, 5, -1};
    ck_assert_int_eq(tflow_marginal_iit_aggregate(backwards, other, P, &got, NULL),
                     TFLOW_OK);
    ck_close(got, 8 / 43., 4e-16);
    x.n = 4;
    ck_assert_int_eq(tflow_grubel_lloyd_aggregate(x, m, P, &got, NULL), TFLOW_EINVAL);
    ck_nan(got);
    m.n = 4;
    ck_assert_int_eq(tflow_aquino(x, m, (tflow_missing)9, &got, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(
        tflow_aquino(tflow_vec_of(NULL, 2), tflow_vec_of(dx, 2), P, &got, NULL),
        TFLOW_EINVAL);
    ck_assert_int_eq(tflow_aquino(x, m, P, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_grubel_lloyd_aggregate(x, m, P, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_grubel_lloyd_corrected(x, m, P, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_marginal_iit_aggregate(x, m, P, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

/* The whole is the mean of its products, weighted by their trade. */
START_TEST(weighted_mean)
{
    uint64_t state = 11;
    for (int round = 0; round < test_draws(500); round++) {
        double x[40], m[40], weighted = 0, trade = 0, got;
        for (size_t i = 0; i < 40; i++) {
            state =
                state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            x[i] = (double)(state >> 50);
            m[i] = (double)((state >> 20) & 0xfff);
            ck_assert_int_ge(tflow_grubel_lloyd(x[i], m[i], &got), 0);
            weighted += isnan(got) ? 0 : got * (x[i] + m[i]);
            trade += x[i] + m[i];
        }
        ck_assert_int_eq(tflow_grubel_lloyd_aggregate(
                             tflow_vec_of(x, 40), tflow_vec_of(m, 40), P, &got, NULL),
                         TFLOW_OK);
        ck_close(got, weighted / trade, 1e-13);
    }
}
END_TEST

static const struct {
    double ux, um, alpha;
    tflow_bounds bounds;
    tflow_status status;
    int kind;
    const char *why;
} values[] = {
    {1, 1, 0.15, TFLOW_BOUNDS_SYMMETRIC, 0, 0, "alike"},
    {0.86, 1, 0.15, TFLOW_BOUNDS_SYMMETRIC, 0, -1, "below 1/1.15 = 0.8696"},
    {0.86, 1, 0.15, TFLOW_BOUNDS_LINEAR, 0, 0, "above 0.85"},
    {1, 0.86, 0.15, TFLOW_BOUNDS_SYMMETRIC, 0, 1, "symmetric: turned round it is high"},
    {1.16, 1, 0.15, TFLOW_BOUNDS_LINEAR, 0, 1, "above 1.15"},
    {1.16, 1, 0.25, TFLOW_BOUNDS_LINEAR, 0, 0, "within 0.25"},
    {1.25, 1, 0.25, TFLOW_BOUNDS_LINEAR, 0, 0, "just on it"},
    {0, 1, 0.25, TFLOW_BOUNDS_LINEAR, TFLOW_UNDEFINED, 0, "worth nothing"},
    {1, 0, 0.25, TFLOW_BOUNDS_LINEAR, TFLOW_UNDEFINED, 0, "worth nothing"},
    {NAN, 1, 0.25, TFLOW_BOUNDS_LINEAR, MISSING, 0, "not known"},
    {-1, 1, 0.25, TFLOW_BOUNDS_LINEAR, TFLOW_ENEGATIVE, 0, "negative"},
    {1, 1, 0, TFLOW_BOUNDS_LINEAR, TFLOW_EINVAL, 0, "no room"},
    {1, 1, 1, TFLOW_BOUNDS_LINEAR, TFLOW_EINVAL, 0, "all room"},
    {1, 1, NAN, TFLOW_BOUNDS_LINEAR, TFLOW_EINVAL, 0, "no number"},
    {1, 1, 0.5, (tflow_bounds)2, TFLOW_EINVAL, 0, "no such bounds"},
};

START_TEST(unit_values)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        tflow_differentiation kind = TFLOW_VERTICAL_HIGH;
        ck_assert_msg(tflow_unit_value_difference(values[i].ux, values[i].um,
                                                  values[i].alpha, values[i].bounds,
                                                  &kind) == values[i].status,
                      "%s", values[i].why);
        ck_assert_msg((int)kind == values[i].kind, "%s: %d", values[i].why, (int)kind);
    }
    ck_assert_int_eq(tflow_unit_value_difference(1, 1, 0.5, TFLOW_BOUNDS_LINEAR, NULL),
                     TFLOW_EINVAL);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, of_products);
    tcase_add_test(tests, of_changes);
    tcase_add_test(tests, of_all);
    tcase_add_test(tests, weighted_mean);
    tcase_add_test(tests, unit_values);
}

int main(void)
{
    return run_suite("industry", add);
}
