/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revealed comparative advantage as an operation on tables. Expected values of the
 * small table are exact fractions (Python, fractions.Fraction) from the definitions; of
 * the country by product table of tests/data/advantage they are py-ecomplexity's; of
 * the exports of 2017 they are added up here, row by row. */
#include "csv_grid.h"
#include "ops_helper.h"

#define H "reporter,product,flow,period,value\n"
#define TRADE                                                                          \
    H "DEU,01,X,2020,30\nDEU,02,X,2020,70\nFRA,01,X,2020,50\nFRA,02,X,2020,30\n"       \
      "FRA,03,X,2020,20\nJPN,02,X,2020,40\nJPN,03,X,2020,60\nDEU,01,M,2020,20\n"       \
      "DEU,02,M,2020,10\nDEU,03,M,2020,50\nFRA,01,M,2020,40\nFRA,02,M,2020,60\n"       \
      "JPN,01,M,2020,25\nJPN,02,M,2020,25\nJPN,03,M,2020,50\n"

START_TEST(all_indices)
{
    tflow_table *out = result_of("advantage", TRADE, SET());
    ck_assert_uint_eq(tflow_table_rows(out), 7);
    COLUMN(out, "country_total", 0, 100, 100, 100, 100, 100, 100, 100);
    COLUMN(out, "product_total", 0, 80, 140, 80, 140, 80, 140, 80);
    COLUMN(out, "world_total", 0, 300, 300, 300, 300, 300, 300, 300);
    COLUMN(out, "opposite_value", 0, 20, 10, 40, 60, 0, 25, 50);
    COLUMN(out, "rca", 1e-15, 1.125, 1.5, 1.875, 9 / 14., 0.75, 6 / 7., 2.25);
    COLUMN(out, "rca_symmetric", 1e-15, 1 / 17., 0.2, 7 / 23., -5 / 23., -1 / 7.,
           -1 / 13., 5 / 13.);
    COLUMN(out, "rca_normalised", 1e-15, 1 / 90., 7 / 90., 7 / 90., -5 / 90., -2 / 90.,
           -2 / 90., 1 / 9.);
    COLUMN(out, "rca_additive", 1e-15, 1 / 30., 7 / 30., 7 / 30., -1 / 6., -1 / 15.,
           -1 / 15., 1 / 3.);
    COLUMN(out, "rca_weighted", 1e-15, 9 / 7., 12 / 7., 105 / 61., 36 / 61., 42 / 61.,
           24 / 29., 63 / 29.);
    COLUMN(out, "advantage", 0, 1, 1, 1, 0, 0, 0, 1);
    COLUMN(out, "rxa", 1e-14, 9 / 7., 13 / 3., 17 / 3., 27 / 77., 7 / 12., 2 / 3.,
           13.5);
    COLUMN(out, "rma", 1e-14, 9 / 13., 23 / 119., 2, 87 / 14., 0, 11 / 21., 2.6);
    COLUMN(out, "rta", 1e-14, 54 / 91., 1478 / 357., 11 / 3., -129 / 22., 7 / 12.,
           1 / 7., 10.9);
    COLUMN(out, "rc", 1e-14, 0.6190392084062235, 3.1099663459758067, 1.0414538748281612,
           -2.87481934488868, NAN, 0.24116205681688804, 1.6471782404169475);
    COLUMN(out, "lafay", 1e-14, 200 / 81., 2300 / 81., 5, -15, 10, 7.5, 5);
    COLUMN(out, "michaely", 1e-15, 0.05, 0.575, 0.1, -0.3, 0.2, 0.15, 0.1);
    ck_assert(noted(out, "the sum of the 3 reporters"));
    ck_assert_ptr_nonnull(
        strstr(tflow_table_attribute(out, "recipe"), "\"universe\":\"DEU,FRA,JPN\""));
    tflow_table_free(out);
}
END_TEST

/* The world without the country, one of two, and the imports. */
START_TEST(worlds)
{
    tflow_table *out = result_of("advantage", TRADE, SET("own", "exclude", ));
    COLUMN(out, "rca", 1e-15, 1.2, 2, 10 / 3., 6 / 11., 2 / 3., 0.8, 6);
    COLUMN(out, "product_total", 0, 50, 70, 30, 110, 60, 100, 20);
    COLUMN(out, "rxa", 1e-14, 9 / 7., 13 / 3., 17 / 3., 27 / 77., 7 / 12., 2 / 3.,
           13.5);
    tflow_table_free(out);
    /* Against Germany and France together: 80, 100 and 20 of 200. */
    out = result_of("advantage", TRADE, SET("universe", "FRA,Germany", ));
    COLUMN(out, "rca", 1e-15, 0.75, 1.4, 1.25, 0.6, 2, 0.8, 6);
    /* Japan is not in it: with it the world is 300 again. */
    COLUMN(out, "rxa", 1e-14, 3 / 7. / (50 / 50.), 7 / 3. / (30 / 70.), 1 / (30 / 70.),
           3 / 7. / (70 / 30.), NAN, 2 / 3., 13.5);
    ck_assert_str_eq(text_at_row(out, "reason_trade", 4),
                     "undefined: the base is zero");
    tflow_table_free(out);
    /* Without itself: Germany against France, France against Germany. */
    out = result_of(
        "advantage", TRADE,
        SET("universe", "FRA,DEU", "own", "exclude", "reporter", "DEU,JPN", ));
    COLUMN(out, "rca", 1e-15, 0.6, 7 / 3., 0.8, 6);
    tflow_table_free(out);
    out = result_of("advantage", TRADE, SET("flow", "M", ));
    COLUMN(out, "value", 0, 20, 10, 50, 40, 60, 25, 25, 50);
    ck_nan(number_at(out, "rta", 0)); /* exports are not selected */
    tflow_table_free(out);
    out = result_of("advantage", TRADE, SET("flow", "X,M", ));
    ck_assert_uint_eq(tflow_table_rows(out), 15);
    tflow_table_free(out);
}
END_TEST

/* What is shown does not change what it is held against; groups are one. */
START_TEST(lists)
{
    tflow_table *out =
        result_of("advantage", TRADE, SET("reporter", "FRA", "product", "01,03", ));
    COLUMN(out, "rca", 1e-15, 1.875, 0.75);
    COLUMN(out, "rca_weighted", 1e-15, 105 / 61., 42 / 61.);
    COLUMN(out, "rma", 1e-14, 2, 0);
    COLUMN(out, "michaely", 1e-15, 0.1, 0.2);
    tflow_table_free(out);
    out = result_of("advantage", TRADE, SET("product", "01,03", ));
    COLUMN(out, "rca", 1e-15, 1.125, 1.875, 0.75, 2.25);
    COLUMN(out, "rca_weighted", 1e-15, 9 / 7., 105 / 61., 42 / 61., 63 / 29.);
    tflow_table_free(out);
    /* The EU of Germany and France: 80, 100, 20 of 200 against 80, 140, 80 of 300. */
    out = result_of("advantage", TRADE, SET("reporter", "EU27_2020", ));
    COLUMN(out, "rca", 1e-15, 1.5, 15 / 14., 0.375);
    COLUMN(out, "rxa", 1e-14, NAN, 1 / (40 / 60.), 1 / 9. / (60 / 40.));
    tflow_table_free(out);
    out =
        result_of("advantage", TRADE, SET("reporter", "EU27_2020", "own", "exclude", ));
    COLUMN(out, "rca", 1e-15, NAN, 1.25, 1 / 6.); /* against Japan */
    ck_assert_str_eq(text_at_row(out, "reason", 0), "undefined: the base is zero");
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("advantage", TRADE,
                               SET("reporter", "EU27_2020", "own", "exclude",
                                   "universe", "DEU,JPN", ),
                               &error),
                     TFLOW_EINVAL);
    ck_assert_ptr_nonnull(strstr(error.message, "a part is in the universe"));
}
END_TEST

/* One market: of what goes to China, and against what goes to all. */
START_TEST(markets)
{
#define TO "reporter,partner,product,flow,period,value\n"
#define MARKETS                                                                        \
    TO "DEU,CHN,01,X,2020,10\nDEU,CHN,02,X,2020,30\nDEU,USA,01,X,2020,20\n"            \
       "DEU,USA,02,X,2020,40\nFRA,CHN,01,X,2020,50\nFRA,CHN,02,X,2020,10\n"            \
       "FRA,USA,01,X,2020,20\nFRA,USA,02,X,2020,20\n"
    tflow_table *out = result_of("advantage", MARKETS, SET("partner", "CHN", ));
    COLUMN(out, "rca", 1e-15, 10 / 40. / (60 / 100.), 30 / 40. / (40 / 100.),
           50 / 60. / (60 / 100.), 10 / 60. / (40 / 100.));
    tflow_table_free(out);
    out = result_of("advantage", MARKETS, SET("partner", "CHN", "market", "world", ));
    COLUMN(out, "rca", 1e-15, 0.25 / 0.5, 0.75 / 0.5, 50 / 60. / 0.5, 10 / 60. / 0.5);
    tflow_table_free(out);
    out = result_of("advantage", MARKETS, SET()); /* all partners together */
    COLUMN(out, "rca", 1e-15, 0.3 / 0.5, 0.7 / 0.5, 0.7 / 0.5, 0.3 / 0.5);
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(
        status_of("advantage", MARKETS,
                  SET("partner", "CHN", "market", "world", "own", "exclude", ), &error),
        TFLOW_EINVAL);
}
END_TEST

START_TEST(thresholds)
{
#define EVEN H "DEU,01,X,2020,1\nDEU,02,X,2020,1\nFRA,01,X,2020,1\nFRA,02,X,2020,1\n"
    tflow_table *out = result_of("advantage", EVEN, SET());
    COLUMN(out, "advantage", 0, 1, 1, 1, 1);
    tflow_table_free(out);
    out = result_of("advantage", EVEN, SET("compare", "above", ));
    COLUMN(out, "advantage", 0, 0, 0, 0, 0);
    tflow_table_free(out);
    out = result_of("advantage", TRADE, SET("threshold", "1.5", ));
    COLUMN(out, "advantage", 0, 0, 1, 1, 0, 0, 0, 1);
    tflow_table_free(out);
}
END_TEST

START_TEST(since_a_base)
{
    /* Shares of 01: Germany 0.1, 0.3, world 0.3, 0.4; France the rest. */
#define YEARS                                                                          \
    H "DEU,01,X,2010,10\nDEU,02,X,2010,90\nFRA,01,X,2010,50\nFRA,02,X,2010,50\n"       \
      "DEU,01,X,2020,30\nDEU,02,X,2020,70\nFRA,01,X,2020,50\nFRA,02,X,2020,50\n"
    tflow_table *out =
        result_of("advantage", YEARS, SET("base", "2010", "period", "2020", ));
    ck_assert_uint_eq(tflow_table_rows(out), 4);
    COLUMN(out, "share_change", 1e-15, 0.2, -0.2, 0, 0);
    COLUMN(out, "world_share_change", 1e-15, 0.1, -0.1, 0.1, -0.1);
    COLUMN(out, "rca_dynamic", 1e-15, 3 - 4 / 3., 7 / 9. - 6 / 7., 1 - 4 / 3.,
           1 - 6 / 7.);
    ck_assert_str_eq(text_at_row(out, "movement", 0), "rising star");
    ck_assert_str_eq(text_at_row(out, "movement", 1), "leading retreat");
    ck_assert_str_eq(text_at_row(out, "movement", 2), ""); /* stood still */
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("advantage", YEARS, SET("base", "2011", ), &error),
                     TFLOW_EUNKNOWN);
    ck_assert_int_eq(status_of("advantage", YEARS, SET("base", "2010:2011", ), &error),
                     TFLOW_EINVAL);
}
END_TEST

#define GAP                                                                            \
    "reporter,product,flow,period,value,status\nDEU,01,X,2020,,Q\nDEU,02,X,2020,70,"   \
    "A\n"                                                                              \
    "FRA,01,X,2020,50,E\nFRA,02,X,2020,50,A\n"

START_TEST(missing_cells)
{
    tflow_table *out = result_of("advantage", GAP, SET());
    COLUMN(out, "rca", 0, NAN, NAN, NAN, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 3), "a value is missing");
    ck_assert_str_eq(text_at_row(out, "status", 3), "Q"); /* it is in the world */
    COLUMN(out, "n_missing", 0, 1, 1, 1, 1);
    tflow_table_free(out);
    out = result_of("advantage", GAP, SET("missing", "skip", ));
    COLUMN(out, "rca", 1e-15, NAN, 1 / (120 / 170.), 0.5 / (50 / 170.),
           0.5 / (120 / 170.));
    COLUMN(out, "lower_bound", 0, 1, 1, 1, 1);
    tflow_table_free(out);
    out = result_of("advantage", GAP, SET("missing", "zero", ));
    COLUMN(out, "rca", 1e-15, 0, 1 / (120 / 170.), 0.5 / (50 / 170.),
           0.5 / (120 / 170.));
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("advantage", GAP, SET("missing", "fail", ), &error),
                     TFLOW_EMISSING);
    /* A country that exports nothing has no index, and stops nobody. */
    out = result_of("advantage", H "DEU,01,X,2020,0\nFRA,01,X,2020,5\n", SET());
    COLUMN(out, "rca", 0, NAN, 1);
    ck_assert_str_ne(text_at_row(out, "reason", 0), "");
    tflow_table_free(out);
}
END_TEST

START_TEST(peers)
{
    grid g = grid_read("tests/data/advantage/expected.csv");
    tflow_table *out, *t = table_in("tests/data/advantage/trade.csv", NULL);
    ck_assert_int_eq(CALL("advantage", t, NULL, &out, NULL, NULL), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), g.n - 1);
    size_t at = 0;
    for (size_t i = 1; i < g.n; i++) {
        char **field = g.row[i].field;
        for (size_t tries = 0; tries < g.n; tries++, at++) {
            at = at == tflow_table_rows(out) ? 0 : at;
            if (strcmp(text_at_row(out, "reporter", at), field[0]) == 0 &&
                strcmp(text_at_row(out, "product", at), field[1]) == 0)
                break;
        }
        ck_assert_str_eq(text_at_row(out, "reporter", at), field[0]);
        ck_close(number_at(out, "rca", at) / grid_number(field[2]), 1, 1e-12);
        ck_close(number_at(out, "advantage", at), grid_number(field[3]), 0);
    }
    tflow_table_free(out);
    tflow_table_free(t);
    grid_free(&g);
}
END_TEST

/* Every cell of the exports of 2017, against plain sums over the rows. */
START_TEST(exports_of_2017)
{
    tflow_table *out, *t = table_in("data/ots/exports_2017_hs4.csv.gz", NULL);
    size_t reporter, product, value, n = tflow_table_rows(t);
    ck_assert_int_eq(tflow_table_find(t, "reporter", &reporter), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(t, "product", &product), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(t, "value", &value), TFLOW_OK);
    const int32_t *r = tflow_table_codes(t, reporter);
    const int32_t *k = tflow_table_codes(t, product);
    const double *v = tflow_table_float64(t, value);
    size_t n_r = (size_t)tflow_table_labels(t, reporter);
    size_t n_k = (size_t)tflow_table_labels(t, product);
    double *x = calloc(n_r * n_k, sizeof *x), *c = calloc(n_r, sizeof *c);
    double *p = calloc(n_k, sizeof *p), world = 0, normalised = 0;
    ck_assert(x != NULL && c != NULL && p != NULL);
    for (size_t i = 0; i < n; i++) {
        x[(size_t)r[i] * n_k + (size_t)k[i]] += v[i];
        c[r[i]] += v[i];
        p[k[i]] += v[i];
        world += v[i];
    }
    ck_assert_int_eq(CALL("advantage", t, NULL, &out, NULL, NULL), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 176971);
    size_t out_r, out_k, rca, nrca, advantage;
    ck_assert_int_eq(tflow_table_find(out, "reporter", &out_r), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(out, "product", &out_k), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(out, "rca", &rca), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(out, "rca_normalised", &nrca), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(out, "advantage", &advantage), TFLOW_OK);
    size_t at_r = 0, at_k = 0;
    for (size_t i = 0; i < tflow_table_rows(out); i++) {
        const char *name =
            tflow_table_label(out, out_r, tflow_table_codes(out, out_r)[i]);
        const char *code =
            tflow_table_label(out, out_k, tflow_table_codes(out, out_k)[i]);
        while (strcmp(tflow_table_label(t, reporter, (int32_t)at_r), name) != 0)
            at_r = (at_r + 1) % n_r;
        while (strcmp(tflow_table_label(t, product, (int32_t)at_k), code) != 0)
            at_k = (at_k + 1) % n_k;
        double want = x[at_r * n_k + at_k] / c[at_r] / (p[at_k] / world);
        ck_close(tflow_table_float64(out, rca)[i] / want, 1, 1e-14);
        ck_assert_double_eq(tflow_table_float64(out, advantage)[i], want >= 1);
        normalised += tflow_table_float64(out, nrca)[i];
        x[at_r * n_k + at_k] = 0; /* once each */
    }
    /* With the cells that have no row the normalised ones would add up to 0: what those
     * have is -X P / W^2. x now marks the cells that had a row. */
    tflow_table_free(out);
    for (size_t i = 0; i < n; i++)
        x[(size_t)r[i] * n_k + (size_t)k[i]] = 1;
    for (size_t a = 0; a < n_r; a++)
        for (size_t b = 0; b < n_k; b++)
            if (x[a * n_k + b] == 0)
                normalised -= c[a] / world * (p[b] / world);
    ck_close(normalised, 0, 1e-12);
    free(x);
    free(c);
    free(p);
    tflow_table_free(t);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, all_indices);
    tcase_add_test(tests, worlds);
    tcase_add_test(tests, lists);
    tcase_add_test(tests, markets);
    tcase_add_test(tests, thresholds);
    tcase_add_test(tests, since_a_base);
    tcase_add_test(tests, missing_cells);
    tcase_add_test(tests, peers);
    tcase_add_test(tests, exports_of_2017);
}

int main(void)
{
    return run_suite("advantage operation", add);
}
