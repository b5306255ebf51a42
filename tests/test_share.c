/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

static const struct {
    double x[5];
    size_t n;
    tflow_missing missing;
    tflow_status status;
    double shares[5];
    double cumulative[5];
    double ranks[5];
    const char *why;
} vectors[] = {
    {{1, 2, 3, 4},
     4,
     P,
     TFLOW_OK,
     {.1, .2, .3, .4},
     {.1, .3, .6, 1},
     {4, 3, 2, 1},
     "-"},
    {{5, 5, 0, 10},
     4,
     P,
     TFLOW_OK,
     {.25, .25, 0, .5},
     {.25, .5, .5, 1},
     {2, 2, 4, 1},
     "ties share a rank and leave the next free"},
    {{7}, 1, P, TFLOW_OK, {1}, {1}, {1}, "one line"},
    {{1, NAN, 3},
     3,
     S,
     TFLOW_LOWER_BOUND,
     {.25, NAN, .75},
     {.25, NAN, 1},
     {2, NAN, 1},
     "left out"},
    {{1, NAN, 3}, 3, Z, TFLOW_OK, {.25, 0, .75}, {.25, .25, 1}, {2, 3, 1}, "as zero"},
    {{DBL_MAX, DBL_MAX}, 2, P, TFLOW_OK, {.5, .5}, {.5, 1}, {1, 1}, "huge"},
    {{5e-324, 1.5e-323}, 2, P, TFLOW_OK, {.25, .75}, {.25, 1}, {2, 1}, "tiny"},
    {{1, 1e100, 1},
     3,
     P,
     TFLOW_OK,
     {1e-100, 1, 1e-100},
     {1e-100, 1, 1},
     {2, 1, 2},
     "mixed magnitudes"},
};

START_TEST(shares)
{
    double out[5];
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        tflow_vec x = tflow_vec_of(vectors[i].x, vectors[i].n);
        tflow_missing missing = vectors[i].missing;
        ck_assert_msg(tflow_shares(x, missing, out, NULL) == vectors[i].status, "%s",
                      vectors[i].why);
        for (size_t k = 0; k < x.n; k++)
            ck_close(out[k], vectors[i].shares[k], 1e-15);
        ck_assert_int_eq(tflow_shares_cumulative(x, missing, out, NULL),
                         vectors[i].status);
        for (size_t k = 0; k < x.n; k++)
            ck_close(out[k], vectors[i].cumulative[k], 1e-15);
        ck_assert_int_eq(tflow_rank_descending(x, missing, scratch, out, NULL),
                         vectors[i].status);
        for (size_t k = 0; k < x.n; k++)
            ck_close(out[k], vectors[i].ranks[k], 0);
    }
}
END_TEST

static void ck_all_nan(const double *out, size_t n)
{
    for (size_t k = 0; k < n; k++)
        ck_nan(out[k]);
}

START_TEST(no_shares)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        tflow_vec x = tflow_vec_of(refused[i].x, refused[i].n);
        double out[3] = {99, 99, 99};
        ck_assert_msg(tflow_shares(x, refused[i].missing, out, NULL) ==
                          refused[i].status,
                      "%s", refused[i].why);
        ck_all_nan(out, x.n);
        out[0] = out[1] = out[2] = 99;
        ck_assert_int_eq(tflow_shares_cumulative(x, refused[i].missing, out, NULL),
                         refused[i].status);
        ck_all_nan(out, x.n);
    }
    double out[3] = {99, 99, 99};
    const double zeros[] = {0, 0, 0}, bad[] = {1, -1, 0}, gap[] = {1, NAN, 0};
    ck_assert_int_eq(tflow_rank_descending(tflow_vec_of(zeros, 3), P, scratch, out, 0),
                     TFLOW_OK);
    ck_assert(out[0] == 1 && out[1] == 1 && out[2] == 1); /* nothing to tell apart */
    ck_assert_int_eq(tflow_rank_descending(tflow_vec_of(bad, 3), P, scratch, out, 0),
                     TFLOW_ENEGATIVE);
    ck_all_nan(out, 3);
    ck_assert_int_eq(tflow_rank_descending(tflow_vec_of(gap, 3), P, scratch, out, 0),
                     TFLOW_MISSING_VALUE);
    ck_all_nan(out, 3);
    ck_assert_int_eq(tflow_rank_descending(tflow_vec_of(zeros, 3), P, NULL, out, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_rank_descending(tflow_vec_of(zeros, 3), P, scratch, 0, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_shares(tflow_vec_of(zeros, 3), P, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_shares(tflow_vec_of(NULL, 0), P, NULL, NULL),
                     TFLOW_UNDEFINED);
}
END_TEST

/* Ranks against counting, on draws with many ties. */
START_TEST(ranks)
{
    uint64_t state = 3;
    double x[200], out[200];
    for (int round = 0; round < test_draws(100); round++) {
        for (size_t i = 0; i < 200; i++)
            x[i] = floor(draw(&state) * 40);
        ck_assert_int_eq(
            tflow_rank_descending(tflow_vec_of(x, 200), P, scratch, out, NULL),
            TFLOW_OK);
        for (size_t i = 0; i < 200; i++) {
            double rank = 1;
            for (size_t k = 0; k < 200; k++)
                rank += x[k] > x[i];
            ck_assert_double_eq(out[i], rank);
        }
    }
}
END_TEST

static const struct {
    double part;
    double total;
    tflow_status status;
    double value;
    const char *why;
} parts[] = {
    {1, 4, TFLOW_OK, 0.25, "a quarter"},
    {0, 4, TFLOW_OK, 0, "nothing"},
    {5, 4, TFLOW_OK, 1.25, "more than a published total"},
    {1, 0, TFLOW_ZERO_BASE, NAN, "of nothing"},
    {0, 0, TFLOW_UNDEFINED, NAN, "nothing of nothing: not 0"},
    {NAN, 4, TFLOW_MISSING_VALUE, NAN, "part missing"},
    {1, NAN, TFLOW_MISSING_VALUE, NAN, "total missing"},
    {-1, NAN, TFLOW_ENEGATIVE, NAN, "negative part"},
    {1, -4, TFLOW_ENEGATIVE, NAN, "negative total"},
    {INFINITY, 4, TFLOW_UNDEFINED, NAN, "infinite part"},
    {4, INFINITY, TFLOW_UNDEFINED, NAN, "infinite total"},
    {1e300, 1e-300, TFLOW_UNDEFINED, NAN, "beyond double"},
};

START_TEST(one_share)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double out = 99;
        ck_assert_msg(tflow_share(parts[i].part, parts[i].total, &out) ==
                          parts[i].status,
                      "%s", parts[i].why);
        ck_close(out, parts[i].value, 0);
    }
    ck_assert_int_eq(tflow_share(1, 2, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(counts)
{
    const double x[] = {1, 0, NAN, 3};
    tflow_vec v = tflow_vec_of(x, 4);
    size_t counted = 99, active = 99;

    ck_assert_int_eq(tflow_lines(v, 0, S, &counted, &active, NULL), TFLOW_LOWER_BOUND);
    ck_assert_uint_eq(counted, 3);
    ck_assert_uint_eq(active, 2);
    ck_assert_int_eq(tflow_lines(v, 0, Z, &counted, &active, NULL), TFLOW_OK);
    ck_assert_uint_eq(counted, 4);
    ck_assert_uint_eq(active, 2);
    ck_assert_int_eq(tflow_lines(v, 5000, Z, &counted, &active, NULL), TFLOW_OK);
    ck_assert_uint_eq(counted, 5000);
    ck_assert_int_eq(tflow_lines(v, 1, Z, &counted, &active, NULL), TFLOW_EINVAL);
    ck_assert_uint_eq(counted, 0);
    ck_assert_uint_eq(active, 0);
    ck_assert_int_eq(tflow_lines(v, 0, P, &counted, &active, NULL),
                     TFLOW_MISSING_VALUE);
    ck_assert_uint_eq(counted, 0);
    ck_assert_int_eq(tflow_lines(v, 0, P, NULL, &active, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_lines(v, 0, P, &counted, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

/* To the last digit of figures given independently of this project. */
START_TEST(belarus)
{
    double x[MAX_LINES], out[MAX_LINES];
    size_t china, russia, n = belarus_exports("2020", x, &china, &russia);
    tflow_vec v = tflow_vec_of(x, n);

    ck_assert_int_eq(tflow_shares(v, F, out, NULL), TFLOW_OK);
    ck_close(out[china], 0.0301734, 5e-8);
    ck_close(out[russia], 0.4572369, 5e-8);
    ck_assert_int_eq(tflow_rank_descending(v, F, scratch, out, NULL), TFLOW_OK);
    ck_assert_double_eq(out[russia], 1);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, shares);
    tcase_add_test(tests, no_shares);
    tcase_add_test(tests, ranks);
    tcase_add_test(tests, one_share);
    tcase_add_test(tests, counts);
    tcase_add_test(tests, belarus);
}

int main(void)
{
    return run_suite("share", add);
}
