/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constant market shares, shift-share, LMDI and survival, kernels and operations. Small
 * cases by hand; those of data by tests/data/margins/decompositions.py, in exact
 * fractions from growth rates. */
#include "ops_helper.h"

#include <float.h>

static tflow_vec vec(const double *data, size_t n)
{
    return tflow_vec_of(data, n);
}

/* Two products in two markets, in products: x 10 20 | 30 40 of w 100 100 | 100 100
 * becomes 20 20 | 30 50 of 200 100 | 100 200. */
static const double x0[] = {10, 20, 30, 40}, x1[] = {20, 20, 30, 50},
                    w0[] = {100, 100, 100, 100}, w1[] = {200, 100, 100, 200},
                    product[] = {1, 1, 2, 2};

#define CMS(weights, missing)                                                          \
    tflow_constant_market_share(vec(x0, 4), vec(x1, 4), vec(w0, 4), vec(w1, 4),        \
                                vec(product, 4), weights, missing, &p, &error)

/* r = 1/2 and both r_k are 1/2; r_kj = 1, 0, 0, 1: growth 50, products 0, markets 0.
 * Shares: 0.1 0.2 0.3 0.4 to 0.1 0.2 0.3 0.25, of products 0.15 0.35 to 0.4/3 0.8/3, of
 * all 0.25 to 0.2. */
START_TEST(market_shares)
{
    tflow_constant_market_share_parts p;
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(CMS(TFLOW_CONSTANT_SHARE_RICHARDSON, 0), TFLOW_OK);
    ck_close(p.change, 20, 0);
    ck_close(p.growth, 50, 1e-14);
    ck_close(p.groups, 0, 1e-13);
    ck_close(p.lines, 0, 1e-13);
    ck_close(p.competitiveness, -30, 1e-14);
    ck_close(p.competitiveness_general, -0.05 * 600, 1e-14);
    ck_close(p.competitiveness_groups, 0, 1e-13);
    ck_close(p.competitiveness_lines, 0, 1e-13);
    ck_close(p.interaction, 0, 0);
    ck_close(p.unmatched, 0, 0);
    ck_assert_int_eq(CMS(TFLOW_CONSTANT_SHARE_BASE, 0), TFLOW_OK);
    ck_close(p.competitiveness, -15, 1e-14);
    ck_close(p.interaction, -15, 1e-14);
    ck_assert_int_eq(CMS(TFLOW_CONSTANT_SHARE_END, 0), TFLOW_OK);
    ck_close(p.growth, 40, 1e-14);
    ck_close(p.lines, 35 - 40, 1e-13);
    ck_close(p.competitiveness, -30, 1e-14);
    ck_close(p.interaction, 15, 1e-14);
    ck_assert_int_eq(CMS(TFLOW_CONSTANT_SHARE_MIDPOINT, 0), TFLOW_OK);
    ck_close(p.growth, 45, 1e-14);
    ck_close(p.groups, 0, 1e-13);
    ck_close(p.lines, 42.5 - 45, 1e-13);
    ck_close(p.competitiveness, -22.5, 1e-14);
    ck_close(p.competitiveness_general, -25, 1e-14);
    ck_close(p.competitiveness_lines, 2.5, 1e-13);
    ck_assert_int_eq(CMS(4, 0), TFLOW_EINVAL);
    ck_assert_int_eq(CMS(0, 9), TFLOW_EINVAL);
}
END_TEST

static const struct {
    double x0[3], x1[3], w0[3], w1[3];
    tflow_missing missing;
    tflow_status status;
    double change, growth, groups, lines, competitiveness, unmatched;
    const char *why;
} shares[] = {
    {{1, 2, 0},
     {2, 4, 0},
     {4, 6, 9},
     {8, 12, 9},
     0,
     TFLOW_OK,
     3,
     3 * 10. / 19,
     0,
     3 - 30. / 19,
     0,
     0,
     "as its lines"},
    {{0, 2, 0},
     {3, 2, 0},
     {0, 8, 0},
     {6, 8, 0},
     0,
     TFLOW_OK,
     3,
     1.5,
     0,
     -1.5,
     3,
     0,
     "the world had no such line"},
    {{1, 2, 0},
     {5, 2, 0},
     {0, 8, 0},
     {6, 8, 0},
     0,
     TFLOW_OK,
     4,
     0,
     0,
     0,
     0,
     4,
     "unmatched: a share of nothing"},
    {{1, NAN, 0},
     {2, 4, 0},
     {4, 6, 0},
     {8, 6, 0},
     0,
     TFLOW_MISSING_VALUE,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     "not known"},
    {{1, NAN, 0},
     {2, 4, 0},
     {4, 6, 0},
     {8, 6, 0},
     1,
     TFLOW_LOWER_BOUND,
     1,
     1,
     0,
     0,
     0,
     0,
     "left out"},
    {{1, NAN, 0},
     {2, 4, 0},
     {4, 6, 0},
     {8, 6, 0},
     3,
     TFLOW_EMISSING,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     "told so"},
    {{0, 0, 0},
     {2, 4, 0},
     {0, 0, 0},
     {8, 6, 0},
     0,
     TFLOW_ZERO_BASE,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     "no world"},
    {{1, -1, 0},
     {2, 4, 0},
     {4, 6, 0},
     {8, 6, 0},
     0,
     TFLOW_ENEGATIVE,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     "negative"},
    {{1, 1, 0},
     {2, 4, 0},
     {4, INFINITY, 0},
     {8, 6, 0},
     0,
     TFLOW_UNDEFINED,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     "infinite"},
};

START_TEST(market_share_edges)
{
    tflow_constant_market_share_parts p;
    const double falling[] = {2, 2, 1};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        tflow_status status = tflow_constant_market_share(
            vec(shares[i].x0, 3), vec(shares[i].x1, 3), vec(shares[i].w0, 3),
            vec(shares[i].w1, 3), vec(NULL, 0), TFLOW_CONSTANT_SHARE_RICHARDSON,
            shares[i].missing, &p, NULL);
        ck_assert_msg(status == shares[i].status, "%s", shares[i].why);
        ck_close(p.change, shares[i].change, 1e-15);
        ck_close(p.growth, shares[i].growth, 1e-15);
        ck_close(p.groups, shares[i].groups, 1e-15);
        ck_close(p.lines, shares[i].lines, 1e-14);
        ck_close(p.competitiveness, shares[i].competitiveness, 1e-14);
        ck_close(p.unmatched, shares[i].unmatched, 0);
    }
    tflow_vec v = vec(shares[0].x0, 3), none = vec(NULL, 0);
    ck_assert_int_eq(
        tflow_constant_market_share(v, v, v, v, vec(falling, 3), 0, 0, &p, NULL),
        TFLOW_EINVAL);
    ck_assert_int_eq(
        tflow_constant_market_share(v, v, v, v, vec(falling, 2), 0, 0, &p, NULL),
        TFLOW_EINVAL);
    ck_assert_int_eq(tflow_constant_market_share(v, none, v, v, none, 0, 0, &p, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_constant_market_share(v, v, v, v, none, 0, 0, NULL, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(
        tflow_constant_market_share(none, none, none, none, none, 0, 0, &p, NULL),
        TFLOW_TOO_FEW);
}
END_TEST

/* r = 1/2. Lines: x 10 30 of w 100 100 to 30 30 of 100 200: r_k 0 and 1, g_k 2 and 0,
 * h = 20 20. */
START_TEST(shifts)
{
    const double a0[] = {10, 30, 0}, a1[] = {30, 30, 5}, b0[] = {100, 100, 50},
                 b1[] = {100, 200, 50}, gone[] = {0, 0, 0};
    tflow_shift_share_parts p;
#define SHIFT(n, rule)                                                                 \
    tflow_shift_share(vec(a0, n), vec(a1, n), vec(b0, n), vec(b1, n), rule, 0, &p, NULL)
    ck_assert_int_eq(SHIFT(2, 0), TFLOW_OK);
    ck_close(p.change, 20, 0);
    ck_close(p.national, 20, 1e-15);
    ck_close(p.mix, -5 + 15, 1e-15);
    ck_close(p.regional, 20 - 30, 1e-15);
    ck_close(p.competitive, 40 - 20, 1e-15);
    ck_close(p.allocation, -20 - 10, 1e-15);
    /* A line that was 0: r = 0.4, h = 16 16 8. */
    ck_assert_int_eq(SHIFT(3, TFLOW_NEW_LINES_UNDEFINED), TFLOW_ZERO_BASE);
    ck_close(p.national, 16, 1e-15);
    ck_close(p.regional, -5, 1e-15);
    ck_nan(p.competitive);
    ck_nan(p.allocation);
    ck_assert_int_eq(SHIFT(3, TFLOW_NEW_LINES_ALLOCATION), TFLOW_OK);
    ck_close(p.competitive, 32 - 16, 1e-14);
    ck_close(p.allocation, -12 - 14 + 5, 1e-14);
    ck_assert_int_eq(SHIFT(3, 2), TFLOW_EINVAL);
    ck_assert_int_eq(SHIFT(0, 0), TFLOW_TOO_FEW);
    /* Held against a world that has not the second line. */
    const double c0[] = {100, 0, 0};
    ck_assert_int_eq(tflow_shift_share(vec(a0, 2), vec(a1, 2), vec(c0, 2), vec(b1, 2),
                                       0, 0, &p, NULL),
                     TFLOW_OK);
    ck_close(p.unmatched, 0, 0);
    ck_close(p.regional, 20, 1e-15);
    ck_assert_int_eq(tflow_shift_share(vec(a0, 2), vec(a1, 2), vec(gone, 2), vec(b1, 2),
                                       0, 0, &p, NULL),
                     TFLOW_ZERO_BASE);
    ck_nan(p.change);
    ck_assert_int_eq(tflow_shift_share(vec(a0, 2), vec(a1, 2), vec(gone, 2), vec(b1, 2),
                                       0, 0, NULL, NULL),
                     TFLOW_EINVAL);
}
END_TEST

/* One line: value 2 to 8 with activity 1 to 2 is 2 times activity, 2 times intensity.
 * L(2, 8) = 6/ln 4. */
START_TEST(divisia)
{
    const double a0[] = {2, 0, 3, 0}, a1[] = {8, 5, 0, 7}, b0[] = {1, 1, 1, 0},
                 b1[] = {2, 1, 0, 9}, gone[] = {0, 0};
    tflow_lmdi_parts p;
#define LMDI(n) tflow_lmdi(vec(a0, n), vec(a1, n), vec(b0, n), vec(b1, n), 0, &p, NULL)
    ck_assert_int_eq(LMDI(1), TFLOW_OK);
    ck_close(p.change, 6, 0);
    ck_close(p.activity, 3, 1e-15);
    ck_close(p.structure, 0, 1e-15);
    ck_close(p.intensity, 3, 1e-15);
    ck_close(p.ratio, 4, 0);
    ck_close(p.activity_ratio, 2, 1e-15);
    ck_close(p.intensity_ratio, 2, 1e-15);
    /* The second comes where there was activity, the third goes with its own, the
     * fourth comes with its own. Activity 3 to 12. */
    ck_assert_int_eq(LMDI(4), TFLOW_OK);
    ck_close(p.change, 15, 0);
    ck_close(p.activity, 6 / log(4) * log(4), 1e-14);
    ck_close(p.structure, 6 / log(4) * log(0.5) - 3 + 7, 1e-14);
    ck_close(p.intensity, 6 / log(4) * log(2) + 5, 1e-14);
    ck_close(p.activity_ratio * p.structure_ratio * p.intensity_ratio, 4, 1e-14);
    ck_assert_int_eq(
        tflow_lmdi(vec(gone, 2), vec(a1, 2), vec(b0, 2), vec(b1, 2), 0, &p, NULL),
        TFLOW_ZERO_BASE);
    ck_close(p.intensity, 13, 0);
    ck_nan(p.ratio);
    ck_assert_int_eq(
        tflow_lmdi(vec(a0, 2), vec(a1, 2), vec(gone, 2), vec(b1, 2), 0, &p, NULL),
        TFLOW_ZERO_BASE);
    ck_nan(p.change);
    const double half[] = {1, 0};
    ck_assert_int_eq(
        tflow_lmdi(vec(a0, 2), vec(a1, 2), vec(b0, 2), vec(half, 2), 0, &p, NULL),
        TFLOW_OK);
    ck_close(p.unmatched, 5, 0);
    ck_close(p.change, 11, 0);
    ck_assert_int_eq(LMDI(0), TFLOW_TOO_FEW);
    ck_assert_int_eq(
        tflow_lmdi(vec(a0, 2), vec(a1, 2), vec(b0, 2), vec(b1, 1), 0, &p, NULL),
        TFLOW_EINVAL);
    ck_assert_int_eq(
        tflow_lmdi(vec(a0, 2), vec(a1, 2), vec(b0, 2), vec(b1, 2), 0, NULL, NULL),
        TFLOW_EINVAL);
}
END_TEST

/* ---- identities ---- */

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

#define N 60

/* Parts add up to the change within a few ulps of what is added. */
static void adds_up(double change, const double *part, size_t n, double size)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += part[i];
        size += fabs(part[i]);
    }
    ck_assert_double_le(fabs(sum - change), 8 * DBL_EPSILON * size);
}

START_TEST(identities)
{
    uint64_t state = 11;
    for (int round = 0; round < test_draws(1000); round++) {
        double v[4][N], group[N], size = 0;
        for (size_t i = 0; i < N; i++) {
            for (size_t t = 0; t < 2; t++) {
                v[t][i] = draw(&state) < 0.3 ? 0 : pow(10, 9 * draw(&state));
                v[t + 2][i] = v[t][i];
                v[t + 2][i] += draw(&state) < 0.2 ? 0 : pow(10, 9 * draw(&state));
                size += v[t][i];
            }
            group[i] = (double)(i / 7);
        }
        for (int weights = 0; weights < 4; weights++) {
            tflow_constant_market_share_parts p;
            ck_assert_int_eq(tflow_constant_market_share(
                                 vec(v[0], N), vec(v[1], N), vec(v[2], N), vec(v[3], N),
                                 vec(group, N), (tflow_constant_share_weights)weights,
                                 0, &p, NULL),
                             TFLOW_OK);
            adds_up(p.change,
                    (double[]){p.growth, p.groups, p.lines, p.competitiveness,
                               p.interaction, p.unmatched},
                    6, size);
            adds_up(p.competitiveness,
                    (double[]){p.competitiveness_general, p.competitiveness_groups,
                               p.competitiveness_lines},
                    3, size);
        }
        tflow_shift_share_parts s;
        tflow_lmdi_parts d;
        ck_assert_int_eq(tflow_shift_share(vec(v[0], N), vec(v[1], N), vec(v[2], N),
                                           vec(v[3], N), TFLOW_NEW_LINES_ALLOCATION, 0,
                                           &s, NULL),
                         TFLOW_OK);
        adds_up(s.change, (double[]){s.national, s.mix, s.regional, s.unmatched}, 4,
                size);
        adds_up(s.regional, (double[]){s.competitive, s.allocation}, 2, size);
        ck_assert_int_eq(tflow_lmdi(vec(v[0], N), vec(v[1], N), vec(v[2], N),
                                    vec(v[3], N), 0, &d, NULL),
                         TFLOW_OK);
        /* Each logarithm of a ratio up to 1e9 is rounded. */
        adds_up(d.change, (double[]){d.activity, d.structure, d.intensity, d.unmatched},
                4, 25 * size);
        ck_close(d.activity_ratio * d.structure_ratio * d.intensity_ratio, d.ratio,
                 1e-12);
    }
}
END_TEST

/* ---- survival ---- */

/* Weeks of remission of 21 patients on 6-mercaptopurine (Freireich and others, 1963):
 * ended at 6 6 6 7 10 13 16 22 23, last seen at 6 9 10 11 17 19 20 25 32 32 34 35.
 * Printed survival and standard errors: Klein and Moeschberger, Survival Analysis, 2nd
 * edition, table 4.1B. */
START_TEST(remission)
{
    static const struct {
        size_t week;
        double survival, error;
    } printed[] = {{6, 0.857, 0.0764},  {7, 0.807, 0.0869},  {10, 0.753, 0.0963},
                   {13, 0.690, 0.1068}, {16, 0.627, 0.1141}, {22, 0.538, 0.1282},
                   {23, 0.448, 0.1346}};
    double ended[35] = {0}, censored[35] = {0}, survival[35], error[35], median;
    static const int ends[] = {6, 6, 6, 7, 10, 13, 16, 22, 23},
                     last[] = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        ended[ends[i] - 1] += 1;
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        censored[last[i] - 1] += 1;
    ck_assert_int_eq(tflow_survival(vec(ended, 35), vec(censored, 35), survival, error,
                                    &median, NULL),
                     TFLOW_OK);
    ck_close(median, 23, 0);
    ck_close(survival[4], 1, 0);
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
        ck_assert_double_le(fabs(survival[printed[i].week - 1] - printed[i].survival),
                            6e-4);
        ck_assert_double_le(fabs(error[printed[i].week - 1] - printed[i].error), 6e-5);
    }
    ck_close(survival[34], survival[22], 0);
}
END_TEST

START_TEST(survival_edges)
{
    double s[3], e[3], median;
    const double none[] = {0, 0, 0}, two[] = {2, 0, 0}, bad[] = {1, 0.5, 0},
                 minus[] = {-1, 0, 0};
#define SURVIVAL(d, c, n) tflow_survival(vec(d, n), vec(c, n), s, e, &median, NULL)
    ck_assert_int_eq(SURVIVAL(none, none, 3), TFLOW_TOO_FEW);
    ck_assert_int_eq(SURVIVAL(none, none, 0), TFLOW_TOO_FEW);
    ck_nan(median);
    ck_assert_int_eq(SURVIVAL(two, none, 3), TFLOW_OK);
    ck_close(s[0], 0, 0);
    ck_close(e[0], 0, 0);
    ck_nan(s[1]);
    ck_close(median, 1, 0);
    ck_assert_int_eq(SURVIVAL(none, two, 3), TFLOW_UNDEFINED);
    ck_close(s[0], 1, 0);
    ck_nan(median);
    ck_assert_int_eq(SURVIVAL(bad, none, 3), TFLOW_EINVAL);
    ck_assert_int_eq(SURVIVAL(none, minus, 3), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_survival(vec(none, 3), vec(none, 2), s, e, &median, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_survival(vec(none, 3), vec(none, 3), NULL, e, &median, NULL),
                     TFLOW_EINVAL);
}
END_TEST

/* ---- operations ---- */

#define H "reporter,partner,product,flow,period,value,quantity\n"
/* BLR's exports of the hand case above to CHN and POL; DEU has the rest of the world's.
 */
#define MATRIX                                                                         \
    H "BLR,CHN,01,X,2020,10,1\nBLR,POL,01,X,2020,20,1\nBLR,CHN,02,X,2020,30,2\n"       \
      "BLR,POL,02,X,2020,40,4\nBLR,CHN,01,X,2021,20,1\nBLR,POL,01,X,2021,20,1\n"       \
      "BLR,CHN,02,X,2021,30,2\nBLR,POL,02,X,2021,50,4\nDEU,CHN,01,X,2020,90,1\n"       \
      "DEU,POL,01,X,2020,80,1\nDEU,CHN,02,X,2020,70,1\nDEU,POL,02,X,2020,60,1\n"       \
      "DEU,CHN,01,X,2021,180,1\nDEU,POL,01,X,2021,80,1\nDEU,CHN,02,X,2021,70,1\n"      \
      "DEU,POL,02,X,2021,150,1\n"

START_TEST(market_share_table)
{
    tflow_table *out =
        result_of("constant_market_share", MATRIX,
                  SET("over", "both", "reporter", "BLR", "weights", "end", ));
    PERIODS(out, "2021");
    COLUMN(out, "value_from", 0, 100);
    COLUMN(out, "value_to", 0, 120);
    COLUMN(out, "change", 0, 20);
    COLUMN(out, "growth", 1e-14, 40);
    COLUMN(out, "product", 1e-14, 0);
    COLUMN(out, "market", 1e-14, -5);
    COLUMN(out, "competitiveness", 1e-14, -30);
    COLUMN(out, "interaction", 1e-14, 15);
    tflow_table_free(out);
    /* Markets first: CHN 40 of 200 to 50 of 300, POL 60 of 200 to 70 of 300. */
    out = result_of(
        "constant_market_share", MATRIX,
        SET("over", "both", "reporter", "BLR", "weights", "end", "order", "market", ));
    COLUMN(out, "market", 1e-14, 50. / 3 + 70. / 3 - 40);
    COLUMN(out, "product", 1e-14, 35 - 40);
    tflow_table_free(out);
    /* Over partners alone there is no product. */
    out =
        result_of("constant_market_share", MATRIX,
                  SET("over", "partner", "reporter", "BLR", "weights", "richardson", ));
    COLUMN(out, "product", 0, 0);
    COLUMN(out, "market", 1e-13, 0);
    COLUMN(out, "competitiveness", 1e-14, -30);
    tflow_table_free(out);
    /* To each partner, over products, against the others: CHN, x 10 30 of 90 70 to
     * 20 30 of 180 70; POL, 20 40 of 80 60 to 20 50 of 80 150. */
    out = result_of("constant_market_share", MATRIX,
                    SET("by", "partner", "reporter", "BLR", "weights", "richardson",
                        "reference", "others", ));
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    COLUMN(out, "growth", 1e-14, 40 * 90. / 160, 60 * 90. / 140);
    COLUMN(out, "competitiveness", 1e-13, 0, 10 - 60);
    tflow_table_free(out);
}
END_TEST

START_TEST(other_tables)
{
    tflow_table *out = result_of("shift_share", MATRIX, SET("reporter", "BLR", ));
    COLUMN(out, "national", 1e-14, 50);
    COLUMN(out, "mix", 1e-13, 0);
    COLUMN(out, "regional", 1e-14, -30);
    /* g_k 1/3 and 1/7, h = 50 50. */
    COLUMN(out, "competitive", 1e-14, 50 * (1. / 3 - 0.5) + 50 * (1. / 7 - 0.5));
    tflow_table_free(out);
    /* Quantities 2 and 6 stay: all is intensity. */
    out = result_of("lmdi", MATRIX, SET("reporter", "BLR", "activity", "quantity", ));
    COLUMN(out, "change", 0, 20);
    COLUMN(out, "activity", 0, 0);
    COLUMN(out, "structure", 0, 0);
    COLUMN(out, "intensity", 1e-14, 20);
    COLUMN(out, "ratio", 1e-15, 1.2);
    tflow_table_free(out);
    out = result_of("lmdi", MATRIX "BLR,POL,03,X,2020,40,\n",
                    SET("reporter", "BLR", "activity", "quantity", ));
    COLUMN(out, "intensity", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0),
                     tflow_status_text(TFLOW_MISSING_VALUE));
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("lmdi", MATRIX, SET("base", "2020:2021", ), &error),
                     TFLOW_EINVAL);
    ck_assert_str_eq(error.column, "base");
}
END_TEST

/* Germany, then Italy. */
START_TEST(wood)
{
    tflow_table *out, *t = table_in("data/comtrade/wood_imports_2018_2022.csv", NULL);
    ck_assert_int_eq(CALL("constant_market_share", t, NULL, &out, NULL, "reporter",
                          "DEU,ITA", "base", "2018", "weights", "richardson"),
                     TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 8);
    static const size_t row[] = {3, 7}; /* 2022 */
    static const double rich[2][3] = {
        {3883440647.8593097, -396099051.85256517, -1010691639.1947446},
        {1608272177.9450328, 251223263.62795117, 1309377963.425016}};
    static const double middle[2][3] = {
        {3773104376.3703866, -375863055.498297, -920591364.0600897},
        {1730671993.1910894, 276721886.4163353, 1161479525.3905754}};
    static const double even[2][2] = {{-1291534250.809856, 280842611.61511135},
                                      {1540347465.5663016, -230969502.14128572}};
    static const double logs[2][5] = {
        {3761143060.3619957, -372455767.6502485, -912037335.8997484, 1.1856299401901875,
         0.959551111534542},
        {1722870317.1475813, 290912436.8508397, 1155090650.999579, 1.1850655085902206,
         1.120573201647495}};
    for (size_t i = 0; i < 2; i++) {
        ck_close(number_at(out, "growth", row[i]), rich[i][0], 1e-13);
        ck_close(number_at(out, "product", row[i]), rich[i][1], 1e-13);
        ck_close(number_at(out, "competitiveness", row[i]), rich[i][2], 1e-13);
    }
    tflow_table_free(out);
    ck_assert_int_eq(CALL("constant_market_share", t, NULL, &out, NULL, "reporter",
                          "DEU,ITA", "base", "2018"),
                     TFLOW_OK);
    for (size_t i = 0; i < 2; i++) {
        ck_close(number_at(out, "growth", row[i]), middle[i][0], 1e-13);
        ck_close(number_at(out, "product", row[i]), middle[i][1], 1e-13);
        ck_close(number_at(out, "competitiveness", row[i]), middle[i][2], 1e-13);
    }
    tflow_table_free(out);
    ck_assert_int_eq(
        CALL("shift_share", t, NULL, &out, NULL, "reporter", "DEU,ITA", "base", "2018"),
        TFLOW_OK);
    for (size_t i = 0; i < 2; i++) {
        ck_close(number_at(out, "national", row[i]), rich[i][0], 1e-13);
        ck_close(number_at(out, "mix", row[i]), rich[i][1], 1e-13);
        ck_close(number_at(out, "regional", row[i]), rich[i][2], 1e-13);
        ck_close(number_at(out, "competitive", row[i]), even[i][0], 1e-13);
        ck_close(number_at(out, "allocation", row[i]), even[i][1], 1e-13);
    }
    tflow_table_free(out);
    ck_assert_int_eq(
        CALL("lmdi", t, NULL, &out, NULL, "reporter", "DEU,ITA", "base", "2018"),
        TFLOW_OK);
    for (size_t i = 0; i < 2; i++) {
        ck_close(number_at(out, "activity", row[i]), logs[i][0], 1e-12);
        ck_close(number_at(out, "structure", row[i]), logs[i][1], 1e-12);
        ck_close(number_at(out, "intensity", row[i]), logs[i][2], 1e-12);
        ck_close(number_at(out, "activity_ratio", row[i]), logs[i][3], 1e-13);
        ck_close(number_at(out, "intensity_ratio", row[i]), logs[i][4], 1e-13);
    }
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* Years 2001 to 2008. CHN is there every year. DEU has 2003 2004, 2006; FRA has 2001,
 * 2008; KAZ is missing in 2004. */
#define LIVES                                                                          \
    H "BLR,CHN,01,X,2001,1,\nBLR,CHN,01,X,2002,1,\nBLR,CHN,01,X,2003,1,\nBLR,CHN,01,"  \
      "X,2004,1,\n"                                                                    \
      "BLR,CHN,01,X,2005,1,\nBLR,CHN,01,X,2006,1,\nBLR,CHN,01,X,2007,1,\nBLR,CHN,01,"  \
      "X,2008,1,\n"                                                                    \
      "BLR,DEU,01,X,2003,9,\nBLR,DEU,01,X,2004,9,\nBLR,DEU,01,X,2006,1,\nBLR,FRA,01,"  \
      "X,2001,1,\n"                                                                    \
      "BLR,FRA,01,X,2008,1,\nBLR,KAZ,01,X,2003,1,\nBLR,KAZ,01,X,2004,,\nBLR,KAZ,01,X," \
      "2005,1,\n"

START_TEST(survival_table)
{
    /* Without gaps: DEU's 2 and 1 end, FRA's last and KAZ's first are censored after 1;
     * left-censored are CHN, FRA's first and KAZ's second. */
    tflow_table *out = result_of("survival", LIVES, SET());
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    COLUMN(out, "duration", 0, 1, 2);
    COLUMN(out, "n_at_risk", 0, 4, 1);
    COLUMN(out, "n_ended", 0, 1, 1);
    COLUMN(out, "n_censored", 0, 2, 0);
    COLUMN(out, "hazard", 1e-15, 0.25, 1);
    COLUMN(out, "survival", 1e-15, 0.75, 0);
    COLUMN(out, "median", 0, 2, 2);
    COLUMN(out, "n_flows", 0, 4, 4);
    COLUMN(out, "n_spells", 0, 4, 4);
    COLUMN(out, "n_left_censored", 0, 3, 3);
    COLUMN(out, "n_missing", 0, 1, 1);
    tflow_table_free(out);
    /* One year bridged: F is 4 years and ends, as 2007 and 2008 are without. G's last
     * is censored, K's first too. */
    out = result_of("survival", LIVES, SET("gap", "1", ));
    COLUMN(out, "duration", 0, 1, 4);
    COLUMN(out, "n_ended", 0, 0, 1);
    COLUMN(out, "n_censored", 0, 2, 0);
    tflow_table_free(out);
    /* Two years: 2007 and 2008 do not tell whether DEU ended, nor 2001 and 2002 whether
     * it began. */
    out = result_of("survival", LIVES, SET("gap", "2", "left_censored", "keep", ));
    COLUMN(out, "n_left_censored", 0, 5);
    COLUMN(out, "n_spells", 0, 6);
    COLUMN(out, "duration", 0, 1, 4, 8);
    COLUMN(out, "n_ended", 0, 2, 0, 0);
    tflow_table_free(out);
    /* A missing year that traded nothing ends the spell; above 5 there is DEU alone. */
    out =
        result_of("survival", LIVES, SET("missing", "zero", "left_censored", "keep", ));
    COLUMN(out, "duration", 0, 1, 2, 8);
    COLUMN(out, "n_ended", 0, 4, 1, 0);
    COLUMN(out, "n_censored", 0, 1, 0, 1);
    tflow_table_free(out);
    out = result_of("survival", LIVES, SET("threshold", "5", ));
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    COLUMN(out, "duration", 0, 2);
    COLUMN(out, "n_flows", 0, 1);
    tflow_table_free(out);
    /* One year: nobody knows when it began. */
    out = result_of("survival", H "BLR,CHN,01,X,2001,1,\n", SET());
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    COLUMN(out, "n_left_censored", 0, 1);
    ck_assert_str_eq(text_at_row(out, "reason", 0), tflow_status_text(TFLOW_TOO_FEW));
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(
        status_of("survival", LIVES "BLR,CHN,01,X,2009-01,1,\n", SET(), &error),
        TFLOW_EMIXED);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, market_shares);
    tcase_add_test(tests, market_share_edges);
    tcase_add_test(tests, shifts);
    tcase_add_test(tests, divisia);
    tcase_add_test(tests, identities);
    tcase_add_test(tests, remission);
    tcase_add_test(tests, survival_edges);
    tcase_add_test(tests, market_share_table);
    tcase_add_test(tests, other_tables);
    tcase_add_test(tests, wood);
    tcase_add_test(tests, survival_table);
}

int main(void)
{
    return run_suite("decompositions", add);
}
