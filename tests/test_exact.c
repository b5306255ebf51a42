/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums. What is expected follows from arithmetic on whole numbers and powers of
 * two, which are exact in doubles, or from the definition of rounding to even. */
#include "core/exact.h"
#include "test.h"

static double sum_of(const double *x, size_t n)
{
    tflow_i_exact sum = {{0, 0, 0}};
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(tflow_i_exact_add(&sum, x[i]), 1);
    return tflow_i_exact_value(&sum);
}

static const struct {
    double x[6];
    size_t n;
    double sum;
    const char *why;
} sums[] = {
    {{0}, 0, 0, "nothing"},
    {{0, -0.0}, 2, 0, "zeros"},
    {{1, 1e20, -1e20}, 3, 1, "a large number comes and goes"},
    {{0x1p-96}, 1, 0x1p-96, "the smallest step"},
    {{0x1p-97}, 1, 0, "half a step, to even"},
    {{0x1.8p-96}, 1, 0x1p-95, "a step and a half, to even"},
    {{0x1.8p-97}, 1, 0x1p-96, "three quarters of a step"},
    {{0x1p-200}, 1, 0, "far below a step"},
    {{5e-324}, 1, 0, "the smallest double"},
    {{0x1p53, 1}, 2, 0x1p53, "halfway, to even"},
    {{0x1p53, 1, 0x1p-96}, 3, 0x1.0000000000001p53, "a little above halfway"},
    {{0x1.0000000000001p53, 1}, 2, 0x1.0000000000002p53, "halfway, up to even"},
    {{-0x1p53, -1, -0x1p-96}, 3, -0x1.0000000000001p53, "the same below zero"},
    {{0x1.fffffffffffffp93, -0x1p93, -0x1p92}, 3, 0x1.ffffffffffffcp91, "large"},
    {{0x1.23456789abcdep63, 0x1.23456789abcdep-1, -0x1.23456789abcdep63},
     3,
     0x1.23456789abcdep-1,
     "across two words"},
    {{0x1.23456789abcdep31, 0x1.23456789abcdep-43, -0x1.23456789abcdep31},
     3,
     0x1.23456789abcdep-43,
     "the least that is always exact"},
    {{-1, 0x1p-96}, 2, -1, "close to -1, rounded to it"},
    {{-1, 1}, 2, 0, "back to nothing"},
};

START_TEST(exact_sums)
{
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        double got = sum_of(sums[i].x, sums[i].n);
        ck_assert_msg(got == sums[i].sum && signbit(got) == signbit(sums[i].sum),
                      "%s: %a, expected %a", sums[i].why, got, sums[i].sum);
    }
}
END_TEST

START_TEST(exact_limits)
{
    tflow_i_exact sum = {{0, 0, 0}};
    ck_assert_int_eq(tflow_i_exact_add(&sum, 0x1p94), 0);
    ck_assert_int_eq(tflow_i_exact_add(&sum, INFINITY), 0);
    ck_assert_int_eq(tflow_i_exact_add(&sum, NAN), 0);
    ck_assert(tflow_i_exact_value(&sum) == 0);
    /* 2^93 is half of what the sum holds: the second is one too many. */
    ck_assert_int_eq(tflow_i_exact_add(&sum, 0x1p93), 1);
    ck_assert_int_eq(tflow_i_exact_add(&sum, 0x1p93), 0);
    ck_assert(tflow_i_exact_value(&sum) == 0x1p93);
    tflow_i_exact other = sum;
    ck_assert_int_eq(tflow_i_exact_merge(&sum, &other), 0);
    ck_assert_int_eq(tflow_i_exact_subtract(&sum, &other), 1);
    ck_assert(tflow_i_exact_value(&sum) == 0);
    ck_assert_int_eq(tflow_i_exact_subtract(&sum, &other), 1);
    ck_assert(tflow_i_exact_value(&sum) == -0x1p93);
    ck_assert_int_eq(tflow_i_exact_add(&sum, -0x1p93), 1); /* -2^94 is still held */
    ck_assert_int_eq(tflow_i_exact_add(&sum, -0x1p40), 0);
}
END_TEST

static uint64_t draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Whole numbers of 2^-10 below 2^50 in size: their sum is a whole number of 2^-10 that
 * fits an int64, whatever the order. */
START_TEST(exact_in_any_order)
{
    uint64_t state = 20240607;
    for (int trial = 0; trial < test_draws(2000); trial++) {
        tflow_i_exact parts[4] = {{{0, 0, 0}}}, whole = {{0, 0, 0}};
        int64_t expected = 0;
        int n = 1 + (int)(draw(&state) % 50);
        for (int i = 0; i < n; i++) {
            int64_t x = (int64_t)(draw(&state) >> (14 + draw(&state) % 40));
            if (draw(&state) % 2 != 0)
                x = -x;
            expected += x;
            ck_assert(tflow_i_exact_add(&parts[draw(&state) % 4], (double)x / 1024.0));
        }
        int first = (int)(draw(&state) % 4);
        for (int k = 0; k < 4; k++)
            ck_assert(tflow_i_exact_merge(&whole, &parts[(first + 3 * k) % 4]));
        /* (double) of an int64 rounds to even, and dividing by 1024 is exact. */
        ck_assert(tflow_i_exact_value(&whole) == (double)expected / 1024.0);
        for (int k = 0; k < 4; k++)
            ck_assert(tflow_i_exact_subtract(&whole, &parts[k]));
        ck_assert(whole.words[0] == 0 && whole.words[1] == 0 && whole.words[2] == 0);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, exact_sums);
    tcase_add_test(tests, exact_limits);
    tcase_add_test(tests, exact_in_any_order);
}

int main(void)
{
    return run_suite("exact", add);
}
