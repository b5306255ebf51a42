/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels of prices against peers, a script of its own, identities and the edges. */
#include "csv_grid.h"
#include "test.h"
#include "tradeflow/price.h"

#include <float.h>

#define MOST_PERIODS 12
#define MOST_PRODUCTS 6

typedef struct panel {
    double p[MOST_PERIODS * MOST_PRODUCTS], q[MOST_PERIODS * MOST_PRODUCTS];
    tflow_price_panel view;
} panel;

static double work[400];

static void read_panel(const char *name, size_t n_products, size_t n_periods, panel *x)
{
    grid g = grid_read(name);
    x->view = (tflow_price_panel){x->p, x->q, n_products, n_periods};
    ck_assert_uint_eq(g.n - 1, n_products * n_periods);
    ck_assert_uint_le(tflow_price_index_work(n_products, n_periods), 400);
    for (size_t i = 1; i < g.n; i++) {
        size_t at = ((size_t)grid_number(g.row[i].field[0]) - 1) * n_products +
                    (size_t)grid_number(g.row[i].field[1]) - 1;
        x->p[at] = grid_number(g.row[i].field[2]);
        x->q[at] = grid_number(g.row[i].field[3]);
    }
    grid_free(&g);
}

static tflow_vec row(const double *data, size_t n, size_t t)
{
    return tflow_vec_of(data + n * t, n);
}

/* Each expected value through the series, and through the pair of its periods. */
static void against(const char *file, panel *x)
{
    grid g = grid_read(file);
    tflow_price_panel turned = {x->q, x->p, x->view.n_products, x->view.n_periods};
    for (size_t i = 1; i < g.n; i++) {
        tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
        double out[MOST_PERIODS], pair;
        char **field = g.row[i].field;
        int quantity = strncmp(field[0], "quantity:", 9) == 0;
        const tflow_price_panel *p = quantity ? &turned : &x->view;
        size_t t = (size_t)grid_number(field[2]) - 1, n = p->n_products;
        double want = grid_number(field[3]), tolerance = grid_number(field[4]);
        opts.formula = field[0] + (quantity ? 9 : 0);
        opts.chained = strcmp(field[1], "chained") == 0;
        if (strcmp(opts.formula, "geary-khamis") != 0) { /* of all periods there */
            ck_assert_int_eq(tflow_price_index_series(p, &opts, work, out, NULL),
                             TFLOW_OK);
            ck_close(out[t], want, tolerance);
        }
        if (opts.chained)
            continue;
        ck_assert_int_eq(tflow_price_index(opts.formula, row(p->prices, n, 0),
                                           row(p->quantities, n, 0),
                                           row(p->prices, n, t),
                                           row(p->quantities, n, t),
                                           TFLOW_MISSING_PROPAGATE, &pair, NULL),
                         TFLOW_OK);
        ck_close(pair, want, tolerance);
    }
    grid_free(&g);
}

START_TEST(peers)
{
    panel x;
    read_panel("tests/data/price/six_products.csv", 6, 5, &x);
    against("tests/data/price/six_products_expected.csv", &x);
    read_panel("tests/data/price/four_products.csv", 4, 12, &x);
    against("tests/data/price/four_products_expected.csv", &x);
}
END_TEST

static void make_holes(panel *x)
{
    for (size_t t = 0; t < 12; t++)
        for (size_t k = 0; k < 4; k++)
            if ((k == 1 && t >= 2 && t < 5) || (k == 3 && t >= 8))
                x->p[4 * t + k] = x->q[4 * t + k] = NAN;
}

/* multilateral.py goes other ways: all pairs, iteration, a regression. */
START_TEST(multilateral)
{
    grid g = grid_read("tests/data/price/multilateral.csv");
    for (size_t i = 1; i < g.n; i += 12) {
        tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
        double out[12];
        panel x;
        read_panel("tests/data/price/four_products.csv", 4, 12, &x);
        if (grid_number(g.row[i].field[1]) == 1)
            make_holes(&x);
        opts.formula = g.row[i].field[0];
        opts.window = (size_t)grid_number(g.row[i].field[2]);
        opts.splice = g.row[i].field[3];
        ck_assert_int_eq(tflow_price_index_series(&x.view, &opts, work, out, NULL),
                         TFLOW_OK);
        for (size_t t = 0; t < 12; t++)
            ck_close(out[t], grid_number(g.row[i + t].field[5]), 1e-11);
        /* Another base is another level, no other index. */
        double moved[12];
        opts.base = 7;
        ck_assert_int_eq(tflow_price_index_series(&x.view, &opts, work, moved, NULL),
                         TFLOW_OK);
        for (size_t t = 0; t < 12; t++)
            ck_close(moved[t], out[t] / out[7], 1e-13);
    }
    grid_free(&g);
}
END_TEST

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

static double pair(const char *formula, const panel *x)
{
    double out;
    ck_assert_int_eq(tflow_price_index(formula, row(x->p, 6, 0), row(x->q, 6, 0),
                                       row(x->p, 6, 1), row(x->q, 6, 1),
                                       TFLOW_MISSING_SKIP, &out, NULL),
                     TFLOW_OK);
    return out;
}

static double pair_of_quantities(const char *formula, const panel *x)
{
    panel turned = *x;
    memcpy(turned.p, x->q, sizeof x->q);
    memcpy(turned.q, x->p, sizeof x->p);
    return pair(formula, &turned);
}

static double value_ratio(const panel *x)
{
    double v0 = 0, v1 = 0;
    for (size_t k = 0; k < 6; k++) {
        v0 += x->p[k] * x->q[k];
        v1 += x->p[6 + k] * x->q[6 + k];
    }
    return v1 / v0;
}

START_TEST(identities)
{
    static const char *const formulas[] = {"laspeyres",   "paasche", "fisher",
                                           "tornqvist",   "walsh",   "sato-vartia",
                                           "geary-khamis"};
    uint64_t state = 11;
    panel x;
    for (int round = 0; round < test_draws(300); round++) {
        for (size_t i = 0; i < 12; i++) {
            x.p[i] = 0.1 + 9 * draw(&state);
            x.q[i] = 0.1 + 9 * draw(&state);
        }
        double l = pair("laspeyres", &x), p = pair("paasche", &x);
        ck_close(pair("fisher", &x), sqrt(l * p), 1e-14);
        /* Value = price x volume, for the formulas that reverse factors. */
        ck_close(pair("fisher", &x) * pair_of_quantities("fisher", &x), value_ratio(&x),
                 1e-13);
        ck_close(pair("sato-vartia", &x) * pair_of_quantities("sato-vartia", &x),
                 value_ratio(&x), 1e-13);
        ck_close(l * pair_of_quantities("paasche", &x), value_ratio(&x), 1e-13);
        /* One product: its price. A common factor: that factor, in any unit. */
        panel same = x;
        for (size_t k = 0; k < 6; k++)
            same.p[6 + k] = 1.7 * x.p[k];
        for (size_t f = 0; f < 7; f++)
            ck_close(pair(formulas[f], &same), 1.7, 1e-14);
        panel grams = x;
        for (size_t k = 0; k < 6; k++) {
            double unit = pow(10, (double)k - 3);
            grams.p[k] *= unit;
            grams.p[6 + k] *= unit;
            grams.q[k] /= unit;
            grams.q[6 + k] /= unit;
        }
        for (size_t f = 0; f < 7; f++)
            ck_close(pair(formulas[f], &grams), pair(formulas[f], &x), 1e-13);
        panel single = x;
        for (size_t k = 1; k < 6; k++)
            single.p[k] = NAN;
        for (size_t f = 0; f < 7; f++)
            ck_close(pair(formulas[f], &single), x.p[6] / x.p[0], 1e-14);
    }
}
END_TEST

/* Two periods: Geary-Khamis, GEKS and the dummies are the formulas of two periods. */
START_TEST(two_periods)
{
    static const char *const same[][2] = {{"geary-khamis", "geary-khamis"},
                                          {"geks", "fisher"},
                                          {"geks-tornqvist", "tornqvist"}};
    panel x;
    double out[2], want;
    read_panel("tests/data/price/six_products.csv", 6, 5, &x);
    x.view.n_periods = 2;
    for (size_t i = 0; i < 3; i++) {
        tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
        opts.formula = same[i][0];
        want = pair(same[i][1], &x);
        ck_assert_int_eq(tflow_price_index_series(&x.view, &opts, work, out, NULL),
                         TFLOW_OK);
        ck_close(out[0], 1, 0);
        ck_close(out[1], want, 1e-14);
    }
}
END_TEST

/* GEKS of a shorter way is the same: P(0,t) = P(0,s) P(s,t). */
START_TEST(transitive)
{
    static const char *const formulas[] = {"geks", "geks-tornqvist", "geary-khamis",
                                           "time-product-dummy"};
    panel x;
    double a[12], b[12];
    read_panel("tests/data/price/four_products.csv", 4, 12, &x);
    for (size_t f = 0; f < 4; f++)
        for (size_t base = 1; base < 12; base++) {
            tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
            opts.formula = formulas[f];
            tflow_price_index_series(&x.view, &opts, work, a, NULL);
            opts.base = base;
            tflow_price_index_series(&x.view, &opts, work, b, NULL);
            for (size_t t = 0; t < 12; t++)
                ck_close(a[base] * b[t], a[t], 1e-13);
        }
}
END_TEST

/* ---- edges ---- */

static const struct {
    const char *formula;
    double p0[2], q0[2], p1[2], q1[2];
    tflow_missing missing;
    tflow_status status;
    double want;
    const char *why;
} edges[] = {
    {"fisher",
     {1, NAN},
     {1, NAN},
     {NAN, 2},
     {NAN, 2},
     1,
     TFLOW_NO_OVERLAP,
     NAN,
     "nothing in both"},
    {"tornqvist",
     {1, NAN},
     {1, NAN},
     {NAN, 2},
     {NAN, 2},
     1,
     TFLOW_NO_OVERLAP,
     NAN,
     "nothing in both"},
    {"fisher", {1, 2}, {1, 1}, {2, NAN}, {1, NAN}, 1, TFLOW_OK, 2, "matched"},
    {"fisher",
     {1, 2},
     {1, 1},
     {2, NAN},
     {1, NAN},
     0,
     TFLOW_MISSING_VALUE,
     NAN,
     "not known"},
    {"fisher",
     {1, 2},
     {1, 1},
     {2, NAN},
     {1, NAN},
     2,
     TFLOW_EINVAL,
     NAN,
     "no price is 0 for want of one"},
    {"fisher", {1, 2}, {1, 1}, {2, NAN}, {1, NAN}, 3, TFLOW_EMISSING, NAN, "told so"},
    {"fisher", {1, -2}, {1, 1}, {2, 2}, {1, 1}, 0, TFLOW_ENEGATIVE, NAN, "negative"},
    {"fisher", {1, 2}, {1, 1}, {2, 2}, {1, -1}, 0, TFLOW_ENEGATIVE, NAN, "negative"},
    {"laspeyres", {1, 2}, {0, 0}, {2, 2}, {1, 1}, 0, TFLOW_UNDEFINED, NAN, "0/0"},
    {"laspeyres", {0, 0}, {1, 1}, {2, 2}, {1, 1}, 0, TFLOW_ZERO_BASE, NAN, "a/0"},
    {"paasche", {1, 2}, {0, 0}, {2, 6}, {1, 1}, 0, TFLOW_OK, 8. / 3, "q1 alone"},
    {"tornqvist", {1, 0}, {1, 1}, {2, 2}, {1, 1}, 0, TFLOW_UNDEFINED, NAN, "ln 0"},
    {"sato-vartia",
     {1, 2},
     {1, 1},
     {2, 5},
     {1, 0},
     0,
     TFLOW_OK,
     2,
     "a share of 0 has the weight 0"},
    {"walsh", {1, 1}, {4, 0}, {3, 9}, {9, 7}, 0, TFLOW_OK, 3, "bought once only"},
    {"laspeyres",
     {1e300, 1},
     {1e300, 1},
     {1e300, 1},
     {1, 1},
     0,
     TFLOW_UNDEFINED,
     NAN,
     "beyond double"},
    {"laspeyres",
     {INFINITY, 1},
     {1, 1},
     {1, 1},
     {1, 1},
     0,
     TFLOW_UNDEFINED,
     NAN,
     "infinite"},
    {"tornqvist",
     {1, INFINITY},
     {1, 1},
     {1, 1},
     {1, 1},
     0,
     TFLOW_UNDEFINED,
     NAN,
     "infinite"},
    {"carli", {1, 1}, {1, 1}, {1, 1}, {1, 1}, 0, TFLOW_EUNKNOWN, NAN, "no such one"},
    {"geks",
     {1, 1},
     {1, 1},
     {1, 1},
     {1, 1},
     0,
     TFLOW_EUNKNOWN,
     NAN,
     "not of two periods"},
};

START_TEST(two_period_edges)
{
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        double out = 99;
        tflow_status status = tflow_price_index(
            edges[i].formula, tflow_vec_of(edges[i].p0, 2),
            tflow_vec_of(edges[i].q0, 2), tflow_vec_of(edges[i].p1, 2),
            tflow_vec_of(edges[i].q1, 2), edges[i].missing, &out, NULL);
        ck_assert_msg(status == edges[i].status, "%s, %s: %s", edges[i].formula,
                      edges[i].why, tflow_status_name(status));
        ck_close(out, edges[i].want, 1e-15);
    }
    /* Backwards in memory, and one number for all. */
    static const double p[] = {4, 2}, one[] = {1};
    tflow_vec back = {p + 1, 2, -1}, all = {one, 2, 0}, none = tflow_vec_of(NULL, 0);
    double out;
    ck_assert_int_eq(tflow_price_index("laspeyres", all, tflow_vec_of(p, 2), back, all,
                                       TFLOW_MISSING_PROPAGATE, &out, NULL),
                     TFLOW_OK);
    ck_close(out, (2 * 4 + 4 * 2) / 6., 1e-15);
    ck_assert_int_eq(tflow_price_index("fisher", none, none, none, none,
                                       TFLOW_MISSING_PROPAGATE, &out, NULL),
                     TFLOW_NO_OVERLAP);
    ck_nan(out);
    ck_assert_int_eq(tflow_price_index("fisher", all, none, all, all,
                                       TFLOW_MISSING_PROPAGATE, &out, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_price_index(NULL, all, all, all, all,
                                       TFLOW_MISSING_PROPAGATE, &out, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_price_index("fisher", all, all, all, all,
                                       TFLOW_MISSING_PROPAGATE, NULL, NULL),
                     TFLOW_EINVAL);
}
END_TEST

/* Periods 0 and 1 share product 0, periods 2 and 3 product 1; nothing joins them. */
START_TEST(islands)
{
    double p[] = {1, NAN, 2, NAN, NAN, 3, NAN, 6},
           q[] = {1, NAN, 1, NAN, NAN, 1, NAN, 1};
    static const char *const all[] = {"geks", "geks-tornqvist", "geary-khamis",
                                      "time-product-dummy",
                                      "time-product-dummy-unweighted"};
    tflow_price_panel x = {p, q, 2, 4};
    tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
    double out[4];
    ck_assert_int_eq(tflow_price_index_series(&x, NULL, work, out, NULL),
                     TFLOW_NO_OVERLAP);
    ck_close(out[0], 1, 0);
    ck_close(out[1], 2, 1e-15);
    ck_nan(out[2]);
    ck_nan(out[3]);
    opts.chained = 1; /* what comes after a break is not known */
    ck_assert_int_eq(tflow_price_index_series(&x, &opts, work, out, NULL),
                     TFLOW_NO_OVERLAP);
    ck_close(out[1], 2, 1e-15);
    ck_nan(out[2]);
    ck_nan(out[3]);
    opts.base = 3;
    ck_assert_int_eq(tflow_price_index_series(&x, &opts, work, out, NULL),
                     TFLOW_NO_OVERLAP);
    ck_nan(out[1]);
    ck_close(out[2], 0.5, 1e-15);
    ck_close(out[3], 1, 0);
    opts.chained = 0;
    for (size_t i = 0; i < 5; i++) {
        opts.formula = all[i];
        ck_assert_int_eq(tflow_price_index_series(&x, &opts, work, out, NULL),
                         TFLOW_NO_OVERLAP);
        for (size_t t = 0; t < 4; t++)
            ck_nan(out[t]);
    }
}
END_TEST

static const struct {
    const char *formula, *splice;
    int chained;
    size_t base, window, size;
    tflow_status status;
} options[] = {
    {"jevons", "mean", 0, 0, 0, sizeof(tflow_price_opts), TFLOW_EUNKNOWN},
    {NULL, "mean", 0, 0, 0, sizeof(tflow_price_opts), TFLOW_EUNKNOWN},
    {"geks", "wisp", 0, 0, 0, sizeof(tflow_price_opts), TFLOW_EUNKNOWN},
    {"geks", NULL, 0, 0, 0, sizeof(tflow_price_opts), TFLOW_EUNKNOWN},
    {"geks", "mean", 1, 0, 0, sizeof(tflow_price_opts), TFLOW_EINVAL},
    {"geks", "mean", 0, 5, 0, sizeof(tflow_price_opts), TFLOW_EINVAL},
    {"geks", "mean", 0, 0, 1, sizeof(tflow_price_opts), TFLOW_EINVAL},
    {"geks", "mean", 0, 0, 6, sizeof(tflow_price_opts), TFLOW_EINVAL},
    {"geks", "mean", 0, 0, 0, 4, TFLOW_EINVAL},
    {"geks", "mean", 0, 0, 5, sizeof(tflow_price_opts), TFLOW_OK},
};

START_TEST(series_options)
{
    panel x;
    double out[5];
    read_panel("tests/data/price/six_products.csv", 6, 5, &x);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        tflow_price_opts opts = {options[i].size,    options[i].formula,
                                 options[i].chained, options[i].base,
                                 options[i].window,  options[i].splice};
        out[0] = 99;
        ck_assert_msg(tflow_price_index_series(&x.view, &opts, work, out, NULL) ==
                          options[i].status,
                      "options %zu", i);
        ck_close(out[0], options[i].status == TFLOW_OK ? 1 : NAN, 0);
    }
    ck_assert_int_eq(tflow_price_index_series(NULL, NULL, work, out, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_price_index_series(&x.view, NULL, NULL, out, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_price_index_series(&x.view, NULL, work, NULL, NULL),
                     TFLOW_EINVAL);
    x.p[7] = -1;
    ck_assert_int_eq(tflow_price_index_series(&x.view, NULL, work, out, NULL),
                     TFLOW_ENEGATIVE);
    x.view.n_periods = 0;
    ck_assert_int_eq(tflow_price_index_series(&x.view, NULL, work, out, NULL),
                     TFLOW_TOO_FEW);
    x.view.n_periods = 1;
    x.view.prices = NULL;
    ck_assert_int_eq(tflow_price_index_series(&x.view, NULL, work, out, NULL),
                     TFLOW_EINVAL);
    ck_assert_uint_eq(tflow_price_index_work(3, SIZE_MAX / 8), 0);
}
END_TEST

/* ---- unit values ---- */

/* Sorted logs of 1, 2, 4, 8, 2^10 are 0, 1, 2, 3, 10 times ln 2: median 2, quartiles 1
 * and 3, deviations 2 1 0 1 8, of which the median is 1. */
START_TEST(outliers)
{
    static const double u[] = {4, 1, 1024, NAN, 2, 8};
    static const struct {
        const char *rule;
        double cut, want[6];
    } rules[] = {
        {"mad", 3.5, {0, -2 / 1.4826, 8 / 1.4826, NAN, -1 / 1.4826, 1 / 1.4826}},
        {"boxplot", 1.5, {0, -0.5, 3.5, NAN, 0, 0}},
        {"quartile", 2.5, {0, -2, 8, NAN, -1, 1}},
        {"ratio", 100, {1, -4, 256, NAN, -2, 2}},
    };
    static const double equal[] = {3, 3, 3, 9}, two[] = {3, 3}, zero[] = {1, 0, 2},
                        wide[] = {1, INFINITY, 2}, flat[] = {5, 5, 5};
    double scratch[6], out[6];
    for (size_t i = 0; i < 4; i++) {
        ck_close(tflow_unit_value_cut(rules[i].rule), rules[i].cut, 0);
        ck_assert_int_eq(tflow_unit_value_scores(rules[i].rule, tflow_vec_of(u, 6),
                                                 scratch, out, NULL),
                         TFLOW_OK);
        for (size_t k = 0; k < 6; k++)
            ck_close(out[k], rules[i].want[k], 1e-14);
    }
    ck_assert_int_eq(
        tflow_unit_value_scores("mad", tflow_vec_of(equal, 4), scratch, out, NULL),
        TFLOW_UNDEFINED); /* no yardstick, and one that differs */
    ck_nan(out[0]);
    ck_assert_int_eq(
        tflow_unit_value_scores("mad", tflow_vec_of(flat, 3), scratch, out, NULL),
        TFLOW_OK);
    ck_close(out[1], 0, 0);
    ck_assert_int_eq(
        tflow_unit_value_scores("mad", tflow_vec_of(two, 2), scratch, out, NULL),
        TFLOW_TOO_FEW);
    ck_assert_int_eq(
        tflow_unit_value_scores("mad", tflow_vec_of(zero, 3), scratch, out, NULL),
        TFLOW_EINVAL);
    ck_nan(out[0]);
    ck_assert_int_eq(
        tflow_unit_value_scores("mad", tflow_vec_of(wide, 3), scratch, out, NULL),
        TFLOW_UNDEFINED);
    ck_assert_int_eq(
        tflow_unit_value_scores("z", tflow_vec_of(u, 6), scratch, out, NULL),
        TFLOW_EUNKNOWN);
    ck_assert_int_eq(
        tflow_unit_value_scores("mad", tflow_vec_of(u, 6), NULL, out, NULL),
        TFLOW_EINVAL);
    ck_assert_int_eq(
        tflow_unit_value_scores("mad", tflow_vec_of(u, 6), scratch, NULL, NULL),
        TFLOW_EINVAL);
    ck_nan(tflow_unit_value_cut(NULL));
}
END_TEST

typedef tflow_status of_two(double, double, double *);

static const struct {
    of_two *function;
    double a, b;
    tflow_status status;
    double want;
    const char *why;
} pairs[] = {
    {tflow_unit_value, 6, 4, TFLOW_OK, 1.5, "a price"},
    {tflow_unit_value, 0, 4, TFLOW_OK, 0, "for nothing"},
    {tflow_unit_value, 6, 0, TFLOW_ZERO_BASE, NAN, "of nothing"},
    {tflow_unit_value, 0, 0, TFLOW_UNDEFINED, NAN, "0/0"},
    {tflow_unit_value, NAN, 4, TFLOW_MISSING_VALUE, NAN, "no value"},
    {tflow_unit_value, 6, NAN, TFLOW_MISSING_VALUE, NAN, "no quantity"},
    {tflow_unit_value, -6, 4, TFLOW_ENEGATIVE, NAN, "negative"},
    {tflow_unit_value, 6, -4, TFLOW_ENEGATIVE, NAN, "negative"},
    {tflow_unit_value, INFINITY, 4, TFLOW_UNDEFINED, NAN, "infinite"},
    {tflow_unit_value, 6, INFINITY, TFLOW_UNDEFINED, NAN, "infinite"},
    {tflow_unit_value, DBL_MAX, 0.1, TFLOW_UNDEFINED, NAN, "beyond double"},
    {tflow_terms_of_trade, 1.2, 1.5, TFLOW_OK, 80, "worse"},
    {tflow_terms_of_trade, 1.2, 0, TFLOW_ZERO_BASE, NAN, "no import price"},
    {tflow_terms_of_trade, DBL_MAX, 1, TFLOW_UNDEFINED, NAN, "beyond double"},
    {tflow_income_terms_of_trade, 3, 1.5, TFLOW_OK, 200, "twice as much for it"},
    {tflow_income_terms_of_trade, 3, -1, TFLOW_ENEGATIVE, NAN, "negative"},
};

START_TEST(ratios)
{
    double out;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        out = 99;
        ck_assert_msg(pairs[i].function(pairs[i].a, pairs[i].b, &out) ==
                          pairs[i].status,
                      "%s", pairs[i].why);
        ck_close(out, pairs[i].want, 1e-15);
    }
    ck_assert_int_eq(tflow_unit_value(1, 1, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_volume_index(100, 300, 1.5, &out), TFLOW_OK);
    ck_close(out, 2, 1e-15);
    ck_assert_int_eq(tflow_volume_index(0, 300, 1.5, &out), TFLOW_ZERO_BASE);
    ck_assert_int_eq(tflow_volume_index(0, 0, 1.5, &out), TFLOW_ZERO_BASE);
    ck_assert_int_eq(tflow_volume_index(100, 300, 0, &out), TFLOW_ZERO_BASE);
    ck_assert_int_eq(tflow_volume_index(100, 300, NAN, &out), TFLOW_MISSING_VALUE);
    ck_assert_int_eq(tflow_volume_index(100, 300, -1, &out), TFLOW_ENEGATIVE);
    ck_assert_int_eq(tflow_volume_index(-1, 300, 1, &out), TFLOW_ENEGATIVE);
    ck_assert_int_eq(tflow_volume_index(100, 300, INFINITY, &out), TFLOW_UNDEFINED);
    ck_assert_int_eq(tflow_volume_index(100, 300, 1, NULL), TFLOW_EINVAL);
}
END_TEST

/* ---- Bennet ---- */

/* 2 x 10 to 3 x 8: price 1/2 (10 + 8) 1 = 9, volume 1/2 (2 + 3)(-2) = -5, together 4;
 * 5 x 1 leaves, 7 x 2 comes; one is in neither. */
START_TEST(bennet)
{
    const double p0[] = {2, 5, NAN, NAN}, q0[] = {10, 1, NAN, NAN};
    double p1[] = {3, NAN, 7, NAN}, q1[] = {8, NAN, 2, NAN};
    tflow_bennet_parts out;
#define BENNET(n)                                                                      \
    tflow_bennet(tflow_vec_of(p0, n), tflow_vec_of(q0, n), tflow_vec_of(p1, n),        \
                 tflow_vec_of(q1, n), &out, NULL)
    ck_assert_int_eq(BENNET(4), TFLOW_OK);
    ck_close(out.change, 13, 0);
    ck_close(out.price, 9, 0);
    ck_close(out.volume, -5, 0);
    ck_close(out.entry, 14, 0);
    ck_close(out.exit, -5, 0);
    ck_assert_int_eq(BENNET(0), TFLOW_TOO_FEW);
    ck_nan(out.change);
    q1[3] = 4; /* a quantity without a price */
    ck_assert_int_eq(BENNET(4), TFLOW_MISSING_VALUE);
    ck_nan(out.price);
    p1[3] = -1;
    ck_assert_int_eq(BENNET(4), TFLOW_ENEGATIVE);
    ck_nan(out.exit);
    p1[3] = INFINITY;
    ck_assert_int_eq(BENNET(4), TFLOW_UNDEFINED);
    ck_nan(out.entry);
    tflow_vec one = tflow_vec_of(p0, 1), two = tflow_vec_of(p0, 2);
    ck_assert_int_eq(tflow_bennet(one, one, two, one, &out, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_bennet(one, one, one, one, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(bennet_adds_up)
{
    uint64_t state = 5;
    for (int round = 0; round < test_draws(1000); round++) {
        double x[4][20], size = 0;
        tflow_bennet_parts out, back;
        for (size_t k = 0; k < 20; k++) {
            for (size_t i = 0; i < 4; i++)
                x[i][k] = 1000 * draw(&state);
            if (draw(&state) < 0.2)
                x[0][k] = x[1][k] = NAN;
            if (draw(&state) < 0.2)
                x[2][k] = x[3][k] = NAN;
            size += isnan(x[0][k]) ? 0 : x[0][k] * x[1][k];
            size += isnan(x[2][k]) ? 0 : x[2][k] * x[3][k];
        }
        tflow_vec v[4];
        for (size_t i = 0; i < 4; i++)
            v[i] = tflow_vec_of(x[i], 20);
        ck_assert_int_eq(tflow_bennet(v[0], v[1], v[2], v[3], &out, NULL), TFLOW_OK);
        ck_assert_double_le(
            fabs(out.price + out.volume + out.entry + out.exit - out.change),
            4 * DBL_EPSILON * size);
        /* Backwards it is the negative. */
        ck_assert_int_eq(tflow_bennet(v[2], v[3], v[0], v[1], &back, NULL), TFLOW_OK);
        ck_close(back.price, -out.price, 1e-15);
        ck_close(back.entry, -out.exit, 1e-15);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, peers);
    tcase_add_test(tests, multilateral);
    tcase_add_test(tests, identities);
    tcase_add_test(tests, two_periods);
    tcase_add_test(tests, transitive);
    tcase_add_test(tests, two_period_edges);
    tcase_add_test(tests, islands);
    tcase_add_test(tests, series_options);
    tcase_add_test(tests, outliers);
    tcase_add_test(tests, ratios);
    tcase_add_test(tests, bennet);
    tcase_add_test(tests, bennet_adds_up);
}

int main(void)
{
    return run_suite("price", add);
}
