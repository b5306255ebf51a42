/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels of the structure of trade: edges by hand, and identities on draws. */
#include "test.h"
#include "tradeflow/structure.h"

#include <float.h>

#define P TFLOW_MISSING_PROPAGATE
#define S TFLOW_MISSING_SKIP
#define Z TFLOW_MISSING_ZERO
#define F TFLOW_MISSING_FAIL

/* ---- two structures ---- */

static const struct {
    double a[3], b[3];
    size_t n;
    tflow_missing missing;
    tflow_status status;
    double finger_kreinin, cosine, michaely;
    const char *why;
} pairs[] = {
    {{1, 3, 0}, {2, 1, 1}, 3, P, 0, 0.5, 0.6454972243679028, 0.5, "by hand: 5/sqrt 60"},
    {{1, 3, 0}, {2, 6, 0}, 3, P, 0, 1, 1, 1, "the same structure"},
    {{1, 0, 0}, {0, 6, 1}, 3, P, 0, 0, 0, 0, "nothing in common"},
    {{5}, {7}, 1, P, 0, 1, 1, 1, "one line"},
    {{0, 0}, {1, 1}, 2, P, TFLOW_UNDEFINED, NAN, NAN, NAN, "trades nothing"},
    {{1}, {1}, 0, P, TFLOW_UNDEFINED, NAN, NAN, NAN, "no line"},
    {{1, NAN}, {1, 1}, 2, P, TFLOW_MISSING_VALUE, NAN, NAN, NAN, "missing"},
    {{1, NAN, 1},
     {1, 9, 3},
     3,
     S,
     TFLOW_LOWER_BOUND,
     0.75,
     0.894427190999916,
     0.75,
     "left out of both: 4/sqrt 20"},
    {{1, NAN, 1},
     {1, 9, 0},
     3,
     Z,
     0,
     0.1,
     0.07808688094430304,
     0.1,
     "as zero: 1/sqrt 164"},
    {{1, NAN}, {1, 1}, 2, F, TFLOW_EMISSING, NAN, NAN, NAN, "refused"},
    {{NAN, NAN}, {1, 1}, 2, S, TFLOW_UNDEFINED, NAN, NAN, NAN, "all missing"},
    {{1, -1}, {1, 1}, 2, P, TFLOW_ENEGATIVE, NAN, NAN, NAN, "negative"},
    {{1, INFINITY}, {1, 1}, 2, P, TFLOW_UNDEFINED, NAN, NAN, NAN, "infinite"},
    {{DBL_MAX, DBL_MAX}, {5e-324, 5e-324}, 2, P, 0, 1, 1, 1, "huge and tiny"},
};

START_TEST(structures)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        tflow_vec a = tflow_vec_of(pairs[i].a, pairs[i].n);
        tflow_vec b = tflow_vec_of(pairs[i].b, pairs[i].n);
        const struct {
            tflow_status (*run)(tflow_vec, tflow_vec, tflow_missing, double *,
                                tflow_error *);
            double want;
        } all[] = {{tflow_similarity_finger_kreinin, pairs[i].finger_kreinin},
                   {tflow_similarity_cosine, pairs[i].cosine},
                   {tflow_complementarity_michaely, pairs[i].michaely}};
        for (size_t k = 0; k < 3; k++) {
            double got = 99;
            tflow_status status = all[k].run(a, b, pairs[i].missing, &got, NULL);
            ck_assert_msg(status == pairs[i].status, "%s: %d", pairs[i].why, status);
            ck_close(got, all[k].want, 1e-15);
            ck_assert_int_eq(all[k].run(a, b, 9, &got, NULL), TFLOW_EINVAL);
            ck_assert_int_eq(all[k].run(a, b, P, NULL, NULL), TFLOW_EINVAL);
            ck_assert_int_eq(all[k].run(a, tflow_vec_of(NULL, 2), P, &got, NULL),
                             TFLOW_EINVAL);
        }
    }
    /* Backwards, every other one, and one number over and over. */
    const double a[] = {0, 9, 3, 9, 1}, b[] = {2, 1, 1};
    tflow_vec back = {a + 4, 3, -2}, flat = {b, 3, 0};
    double got;
    tflow_similarity_finger_kreinin(back, tflow_vec_of(b, 3), P, &got, NULL);
    ck_close(got, 0.5, 1e-15);
    tflow_similarity_finger_kreinin(back, flat, P, &got, NULL);
    ck_close(got, 7 / 12., 1e-15);
}
END_TEST

static const struct {
    double a[3], b[3];
    size_t n;
    double epsilon;
    tflow_missing missing;
    tflow_status status;
    double want;
    const char *why;
} advantages[] = {
    {{0, 0.9, 9.9}, {0, 9.9, 0.9}, 3, 0.1, P, 0, 0.5, "logs -1 0 1 and -1 1 0"},
    {{0, 0.9, 9.9}, {9.9, 0.9, 0}, 3, 0.1, P, 0, -1, "opposite"},
    {{0, 1, 3}, {1, 3, 7}, 3, 1, P, 0, 1, "logs 0 1 2 and 1 2 3 of base 2"},
    {{1, 1}, {1, 2}, 2, 0.1, P, TFLOW_UNDEFINED, NAN, "one does not vary"},
    {{1}, {1}, 1, 0.1, P, TFLOW_TOO_FEW, NAN, "one line"},
    {{1}, {1}, 0, 0.1, P, TFLOW_TOO_FEW, NAN, "no line"},
    {{0, NAN, 9.9}, {0, 1, 9.9}, 3, 0.1, P, TFLOW_MISSING_VALUE, NAN, "missing"},
    {{0, NAN, 9.9}, {0, 1, 9.9}, 3, 0.1, S, TFLOW_LOWER_BOUND, 1, "left out"},
    {{0.9, NAN, 9.9}, {0.9, 0, 9.9}, 3, 0.1, Z, 0, 1, "as zero"},
    {{0, NAN}, {0, 1}, 2, 0.1, F, TFLOW_EMISSING, NAN, "refused"},
    {{0, -1}, {0, 1}, 2, 0.1, P, TFLOW_ENEGATIVE, NAN, "negative"},
    {{0, INFINITY}, {0, 1}, 2, 0.1, P, TFLOW_UNDEFINED, NAN, "infinite"},
    {{0, 1}, {0, 1}, 2, 0, P, TFLOW_EINVAL, NAN, "no offset"},
    {{0, 1}, {0, 1}, 2, NAN, P, TFLOW_EINVAL, NAN, "offset not a number"},
    {{0, DBL_MAX}, {0, 1}, 2, DBL_MAX, P, TFLOW_UNDEFINED, NAN, "beyond double"},
};

START_TEST(log_rca)
{
    double got;
    for (size_t i = 0; i < sizeof advantages / sizeof *advantages; i++) {
        tflow_status status = tflow_similarity_log_rca(
            tflow_vec_of(advantages[i].a, advantages[i].n),
            tflow_vec_of(advantages[i].b, advantages[i].n), advantages[i].epsilon,
            advantages[i].missing, &got, NULL);
        ck_assert_msg(status == advantages[i].status, "%s: %d", advantages[i].why,
                      status);
        ck_close(got, advantages[i].want, 1e-15);
    }
    tflow_vec one = tflow_vec_of(advantages[0].a, 3);
    ck_assert_int_eq(tflow_similarity_log_rca(one, one, 1, P, NULL, NULL),
                     TFLOW_EINVAL);
}
END_TEST

START_TEST(drysdale)
{
    const double x[] = {1, 3, 0}, m[] = {3, 1, 0}, w[] = {6, 4, 0}, no[] = {0, 4, 0};
    const double lost[] = {NAN, 4, 1}, huge[] = {1e-300, 1, 1e300}, bad[] = {1, -1, 1};
    double got;
#define DRYSDALE(a, b, c, missing)                                                     \
    tflow_complementarity_drysdale(tflow_vec_of(a, 3), tflow_vec_of(b, 3),             \
                                   tflow_vec_of(c, 3), missing, &got, NULL)
    ck_assert_int_eq(DRYSDALE(x, m, w, P), TFLOW_OK);
    ck_close(got, 0.78125, 1e-15);
    ck_assert_int_eq(DRYSDALE(x, w, w, P), TFLOW_OK); /* the world's structure */
    ck_close(got, 1, 1e-15);
    ck_assert_int_eq(DRYSDALE(x, m, no, P), TFLOW_ZERO_BASE);
    ck_nan(got);
    ck_assert_int_eq(DRYSDALE(x, m, lost, P), TFLOW_MISSING_VALUE);
    ck_assert_int_eq(DRYSDALE(x, m, lost, S), TFLOW_LOWER_BOUND);
    ck_close(got, 1.25, 1e-15); /* 1 1 / (4/5) */
    ck_assert_int_eq(DRYSDALE(x, m, lost, F), TFLOW_EMISSING);
    ck_assert_int_eq(DRYSDALE(x, m, bad, P), TFLOW_ENEGATIVE);
    ck_assert_int_eq(DRYSDALE(x, m, huge, P), TFLOW_UNDEFINED);
    ck_nan(got);
    tflow_vec v = tflow_vec_of(x, 3), short_one = tflow_vec_of(x, 2);
    ck_assert_int_eq(tflow_complementarity_drysdale(v, v, short_one, P, &got, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_complementarity_drysdale(v, v, v, P, NULL, NULL),
                     TFLOW_EINVAL);
}
END_TEST

/* ---- plain numbers ---- */

static tflow_status intra_share(double a, double b, double c, double d, double *out)
{
    (void)c, (void)d;
    return tflow_intra_regional_share(a, b, out);
}

static tflow_status open_sum(double a, double b, double c, double d, double *out)
{
    (void)d;
    return tflow_openness_sum(a, b, c, out);
}

static tflow_status open_mean(double a, double b, double c, double d, double *out)
{
    (void)d;
    return tflow_openness_mean(a, b, c, out);
}

static tflow_status balance(double a, double b, double c, double d, double *out)
{
    (void)c, (void)d;
    return tflow_trade_balance(a, b, out);
}

static tflow_status normalised(double a, double b, double c, double d, double *out)
{
    (void)c, (void)d;
    return tflow_trade_balance_normalised(a, b, out);
}

static tflow_status coverage(double a, double b, double c, double d, double *out)
{
    (void)c, (void)d;
    return tflow_coverage_ratio(a, b, out);
}

typedef tflow_status of_numbers(double, double, double, double, double *);

static const struct {
    of_numbers *run;
    double a, b, c, d;
    tflow_status status;
    double want;
    const char *why;
} numbers[] = {
    {tflow_trade_intensity, 20, 100, 1000, 10000, 0, 2, "0.2 over 0.1"},
    {tflow_trade_intensity, 0, 100, 1000, 10000, 0, 0, "not traded"},
    {tflow_trade_intensity, 1, 100, 0, 10000, TFLOW_ZERO_BASE, NAN, "no market"},
    {tflow_trade_intensity, 0, 100, 0, 10000, TFLOW_UNDEFINED, NAN, "nothing"},
    {tflow_trade_intensity, 0, 0, 1, 10, TFLOW_UNDEFINED, NAN, "trades nothing"},
    {tflow_trade_intensity, 1, 1, 1, 0, TFLOW_UNDEFINED, NAN, "no world"},
    {tflow_trade_intensity, 1, NAN, 1, 1, TFLOW_MISSING_VALUE, NAN, "missing"},
    {tflow_trade_intensity, 1, NAN, 1, -1, TFLOW_ENEGATIVE, NAN, "negative"},
    {tflow_trade_intensity, 1, INFINITY, 1, 1, TFLOW_UNDEFINED, NAN, "infinite"},
    {tflow_trade_intensity, 1, 1, 1e-300, 1e300, TFLOW_UNDEFINED, NAN, "too large"},
    {intra_share, 30, 60, 0, 0, 0, 0.5, "half"},
    {intra_share, 0, 0, 0, 0, TFLOW_UNDEFINED, NAN, "nothing"},
    {intra_share, 2, 1, 0, 0, TFLOW_EINVAL, NAN, "more than all"},
    {intra_share, NAN, 1, 0, 0, TFLOW_MISSING_VALUE, NAN, "missing"},
    {intra_share, INFINITY, INFINITY, 0, 0, TFLOW_UNDEFINED, NAN, "infinite"},
    {open_sum, 30, 50, 100, 0, 0, 0.8, "plain"},
    {open_sum, DBL_MAX, DBL_MAX, DBL_MAX, 0, 0, 2, "huge"},
    {open_sum, 1, 1, 0, 0, TFLOW_ZERO_BASE, NAN, "no GDP"},
    {open_sum, 1, 1, 5e-324, 0, TFLOW_UNDEFINED, NAN, "beyond double"},
    {open_sum, 1, -1, 1, 0, TFLOW_ENEGATIVE, NAN, "negative"},
    {open_mean, 30, 50, 100, 0, 0, 0.4, "plain"},
    {open_mean, 30, NAN, 100, 0, TFLOW_MISSING_VALUE, NAN, "missing"},
    {balance, 30, 50, 0, 0, 0, -20, "deficit"},
    {balance, 0, 0, 0, 0, 0, 0, "nothing is a balance"},
    {balance, INFINITY, 1, 0, 0, TFLOW_UNDEFINED, NAN, "infinite"},
    {normalised, 30, 50, 0, 0, 0, -0.25, "deficit"},
    {normalised, 30, 0, 0, 0, 0, 1, "exports alone"},
    {normalised, 0, 5e-324, 0, 0, 0, -1, "tiny"},
    {normalised, DBL_MAX, DBL_MAX, 0, 0, 0, 0, "huge"},
    {normalised, 0, 0, 0, 0, TFLOW_UNDEFINED, NAN, "nothing"},
    {coverage, 30, 50, 0, 0, 0, 0.6, "deficit"},
    {coverage, 30, 0, 0, 0, TFLOW_ZERO_BASE, NAN, "no imports"},
    {coverage, 0, 0, 0, 0, TFLOW_UNDEFINED, NAN, "nothing"},
    {coverage, 1e300, 1e-300, 0, 0, TFLOW_UNDEFINED, NAN, "beyond double"},
};

START_TEST(plain)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double got = 99;
        tflow_status status = numbers[i].run(numbers[i].a, numbers[i].b, numbers[i].c,
                                             numbers[i].d, &got);
        ck_assert_msg(status == numbers[i].status, "%s: %d", numbers[i].why, status);
        ck_close(got, numbers[i].want, 2e-16);
        ck_assert_int_eq(numbers[i].run(1, 1, 1, 1, NULL), TFLOW_EINVAL);
    }
}
END_TEST

static const struct {
    double share, outside;
    tflow_status status;
    tflow_introversion want;
    const char *why;
} blocs[] = {
    {0.5, 0.2, 0, {2.5, 0.625, 0.6}, "turned inward"},
    {0.25, 0.25, 0, {1, 1, 0}, "neutral"},
    {0, 0.25, 0, {0, 4 / 3., -1}, "all outside"},
    {1, 0.25, 0, {4, 0, 1}, "all inside"},
    {0.5, 0, TFLOW_ZERO_BASE, {NAN, NAN, NAN}, "outsiders do not trade with it"},
    {0.5, 1, TFLOW_ZERO_BASE, {NAN, NAN, NAN}, "outsiders trade with nobody else"},
    {0.5, 5e-324, 0, {NAN, 0.5, 1}, "beyond double"},
    {NAN, 0.5, TFLOW_MISSING_VALUE, {NAN, NAN, NAN}, "missing"},
    {0.5, 1.5, TFLOW_EINVAL, {NAN, NAN, NAN}, "no share"},
    {-0.5, 0.5, TFLOW_EINVAL, {NAN, NAN, NAN}, "no share"},
};

START_TEST(introversion)
{
    for (size_t i = 0; i < sizeof blocs / sizeof *blocs; i++) {
        tflow_introversion got;
        ck_assert_msg(tflow_trade_introversion(blocs[i].share, blocs[i].outside,
                                               &got) == blocs[i].status,
                      "%s", blocs[i].why);
        ck_close(got.intra, blocs[i].want.intra, 1e-15);
        ck_close(got.extra, blocs[i].want.extra, 1e-15);
        ck_close(got.symmetric, blocs[i].want.symmetric, 1e-15);
    }
    ck_assert_int_eq(tflow_trade_introversion(0.5, 0.5, NULL), TFLOW_EINVAL);
}
END_TEST

/* ---- sophistication ---- */

START_TEST(means)
{
    const double s[] = {0.1, 0.3, NAN}, y[] = {1000, 5000, 9}, none[] = {0, 0, 0};
    const double huge[] = {DBL_MAX, DBL_MAX}, bad[] = {1, -1};
    double got;
#define PRODY(a, b, n, missing)                                                        \
    tflow_prody(tflow_vec_of(a, n), tflow_vec_of(b, n), missing, &got, NULL)
    ck_assert_int_eq(PRODY(s, y, 2, P), TFLOW_OK);
    ck_close(got, 4000, 1e-15);
    ck_assert_int_eq(PRODY(s, y, 3, P), TFLOW_MISSING_VALUE);
    ck_nan(got);
    ck_assert_int_eq(PRODY(s, y, 3, S), TFLOW_LOWER_BOUND);
    ck_close(got, 4000, 1e-15);
    ck_assert_int_eq(PRODY(s, y, 3, F), TFLOW_EMISSING);
    ck_assert_int_eq(PRODY(none, y, 3, P), TFLOW_UNDEFINED);
    ck_assert_int_eq(PRODY(s, y, 0, P), TFLOW_UNDEFINED);
    ck_assert_int_eq(PRODY(bad, y, 2, P), TFLOW_ENEGATIVE);
    ck_assert_int_eq(PRODY(huge, huge, 2, P), TFLOW_OK);
    ck_close(got / DBL_MAX, 1, 1e-15);
    tflow_vec one = tflow_vec_of(s, 1), two = tflow_vec_of(s, 2);
    ck_assert_int_eq(tflow_prody(one, two, P, &got, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_prody(one, one, P, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_expy(one, one, P, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_expy(two, tflow_vec_of(y, 2), P, &got, NULL), TFLOW_OK);
    ck_close(got, 4000, 1e-15);
}
END_TEST

/* ---- identities on draws ---- */

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

static double of_two(tflow_status (*run)(tflow_vec, tflow_vec, tflow_missing, double *,
                                         tflow_error *),
                     const double *a, const double *b)
{
    double got;
    ck_assert_int_eq(run(tflow_vec_of(a, 40), tflow_vec_of(b, 40), P, &got, NULL),
                     TFLOW_OK);
    return got;
}

/* Michaely's index is Finger and Kreinin's; each is symmetric, and does not change with
 * the unit; an average of structures is the world's. */
START_TEST(identities)
{
    uint64_t state = 11;
    for (int round = 0; round < test_draws(1000); round++) {
        double a[40], b[40], times[40], all[40], got;
        for (size_t i = 0; i < 40; i++) {
            a[i] = draw(&state) < 0.3 ? 0 : pow(10, 6 * draw(&state));
            b[i] = draw(&state) < 0.3 ? 0 : pow(10, 6 * draw(&state));
            times[i] = a[i] * 1000;
            all[i] = a[i] + b[i] + 1;
        }
        double same = of_two(tflow_similarity_finger_kreinin, a, b);
        ck_close(of_two(tflow_complementarity_michaely, a, b), same, 1e-14);
        ck_close(of_two(tflow_similarity_finger_kreinin, b, a), same, 1e-15);
        ck_close(of_two(tflow_similarity_finger_kreinin, times, b), same, 1e-14);
        ck_close(of_two(tflow_similarity_cosine, times, b),
                 of_two(tflow_similarity_cosine, b, a), 1e-14);
        ck_close(of_two(tflow_similarity_cosine, a, times), 1, 1e-14);
        ck_assert(same >= 0 && same <= 1);
        tflow_vec x = tflow_vec_of(a, 40), w = tflow_vec_of(all, 40);
        ck_assert_int_eq(tflow_complementarity_drysdale(x, w, w, P, &got, NULL), 0);
        ck_close(got, 1, 1e-14);
        ck_assert_int_eq(tflow_similarity_log_rca(x, x, 0.1, P, &got, NULL), 0);
        ck_close(got, 1, 1e-14);
        double sum, mean, x_ij = draw(&state), m_ij = draw(&state), back;
        tflow_openness_sum(x_ij, m_ij, 3, &sum);
        tflow_openness_mean(x_ij, m_ij, 3, &mean);
        ck_close(sum, 2 * mean, 0);
        tflow_trade_balance_normalised(x_ij, m_ij, &got);
        tflow_trade_balance_normalised(m_ij, x_ij, &back);
        ck_close(got, -back, 0);
        tflow_introversion parts;
        tflow_trade_introversion(x_ij, m_ij, &parts);
        ck_close(parts.symmetric,
                 (parts.intra - parts.extra) / (parts.intra + parts.extra), 1e-13);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, structures);
    tcase_add_test(tests, log_rca);
    tcase_add_test(tests, drysdale);
    tcase_add_test(tests, plain);
    tcase_add_test(tests, introversion);
    tcase_add_test(tests, means);
    tcase_add_test(tests, identities);
}

int main(void)
{
    return run_suite("structure", add);
}
