/* SPDX-License-Identifier: GPL-3.0-or-later */
/* aggregate, compare, describe and report as operations on tables. Expected values are
 * worked out by hand from the few rows of each case; where data that ships is used, the
 * source is named. */
#include "call.h"

#define H "reporter,partner,flow,period,value\n"

/* ---- aggregate ---- */

/* Two reporters, two partners, two years: every sum by hand. */
START_TEST(sums_by_key)
{
    tflow_table *out, *t = table_from(H "BLR,CHN,X,2021,1\nBLR,RUS,X,2021,2\n"
                                        "KAZ,CHN,X,2021,4\nKAZ,RUS,X,2021,8\n"
                                        "BLR,CHN,X,2022,16\nKAZ,RUS,X,2022,32\n",
                                      NULL);
    static const struct {
        const char *by;
        size_t n;
        double values[6]; /* sorted by key, then period */
    } want[] = {
        {"flow", 2, {15, 48}},
        {"reporter", 4, {3, 16, 12, 32}},
        {"partner", 4, {5, 16, 10, 32}},
        {"reporter,partner", 6, {1, 16, 2, 4, 8, 32}},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        ck_assert_int_eq(CALL("aggregate", t, NULL, &out, NULL, "by", want[i].by),
                         TFLOW_OK);
        ck_assert_uint_eq(tflow_table_rows(out), want[i].n);
        for (size_t k = 0; k < want[i].n; k++)
            ck_close(number_at(out, "value", k), want[i].values[k], 0);
        tflow_table_free(out);
    }
    ck_assert_int_eq(CALL("aggregate", t, NULL, &out, NULL, "by", "product"),
                     TFLOW_EINVAL); /* no such column */
    ck_assert_int_eq(
        CALL("aggregate", t, NULL, &out, NULL, "partner", "EAEU", "reporter", "BLR"),
        TFLOW_OK); /* Russia is the only member that is a partner */
    ck_close(number_at(out, "value", 0), 2, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* The weakest of A, E and P, and what of 100 is not observed. */
START_TEST(weakest_status)
{
    tflow_table *out,
        *t = table_from("reporter,partner,flow,period,value,status\n"
                        "DEU,FRA,X,2021,60,A\nDEU,USA,X,2021,30,P\n"
                        "DEU,JPN,X,2021,10,E\nDEU,FRA,X,2022,0,A\nDEU,USA,X,2022,7,A\n",
                        NULL);
    ck_assert_int_eq(CALL("aggregate", t, NULL, &out, NULL, "by", "reporter"),
                     TFLOW_OK);
    ck_assert_str_eq(text_at_row(out, "status", 0), "E");
    ck_close(number_at(out, "share_not_observed", 0), 0.4, 1e-15);
    ck_close(number_at(out, "n_rows", 0), 3, 0);
    ck_assert_str_eq(text_at_row(out, "status", 1), "A"); /* a zero is observed */
    ck_close(number_at(out, "share_not_observed", 1), 0, 0);
    ck_close(number_at(out, "value", 1), 7, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* Each measure has a status of its own: the value is reported, the quantity
 * provisional, 30 of the 40 of weight estimated. */
START_TEST(status_of_each_measure)
{
    tflow_table *out,
        *t = table_from("reporter,partner,flow,period,value,status,quantity,"
                        "quantity_unit,quantity_status,net_weight,net_weight_status\n"
                        "DEU,FRA,X,2021,60,A,5,u,P,30,E\n"
                        "DEU,USA,X,2021,30,A,5,u,A,10,A\n",
                        NULL);
    static const struct {
        const char *measure, *status;
        double sum, not_observed;
    } want[] = {{"value", "A", 90, 0},
                {"quantity", "P", 10, 0.5},
                {"net_weight", "E", 40, 0.75}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        ck_assert_int_eq(CALL("aggregate", t, NULL, &out, NULL, "by", "reporter",
                              "measure", want[i].measure),
                         TFLOW_OK);
        ck_close(number_at(out, "value", 0), want[i].sum, 0);
        ck_assert_str_eq(text_at_row(out, "status", 0), want[i].status);
        ck_close(number_at(out, "share_not_observed", 0), want[i].not_observed, 1e-15);
        tflow_table_free(out);
    }
    tflow_table_free(t);
}
END_TEST

START_TEST(unit_is_said)
{
    static const struct {
        const char *multiplier, *currency, *unit;
    } want[] = {{"0", "USD", "USD"},      {"3", "EUR", "thousand EUR"},
                {"2", "USD", "10^2 USD"}, {"9", "CNY", "billion CNY"},
                {"3", NULL, "thousand"},  {NULL, NULL, ""}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
        opts.unit_multiplier = want[i].multiplier;
        opts.currency = want[i].currency;
        tflow_table *out, *t = table_from(H "BLR,CHN,X,2021,1\n", &opts);
        size_t column;
        ck_assert_int_eq(CALL("aggregate", t, NULL, &out, NULL, "by", "flow"),
                         TFLOW_OK);
        ck_assert_int_eq(tflow_table_find(out, "value", &column), TFLOW_OK);
        ck_assert_str_eq(tflow_table_unit(out, column), want[i].unit);
        tflow_table_free(out);
        tflow_table_free(t);
    }
}
END_TEST

/* ---- compare ---- */

static const struct {
    const char *why, *flow;
    double export_value, import_value, factor;
    const char *in_band;
} mirrors[] = {
    {"imports at 1.1 times exports", "X", 100, 110, 1.1, "yes"},
    {"the upper end belongs to the band", "X", 100, 120, 1.2, "yes"},
    {"the lower end too", "X", 100, 100, 1, "yes"},
    {"above", "X", 100, 121, 1.21, "no"},
    {"below", "X", 100, 99, 0.99, "no"},
    {"as a person types it", "exports", 100, 110, 1.1, "yes"},
    {"in small letters", "x", 100, 110, 1.1, "yes"},
    {"seen from the importer, the factor is the same", "M", 100, 110, 1.1, "yes"},
    {"the importer, in words", "imports", 100, 110, 1.1, "yes"},
};

START_TEST(mirror)
{
    char csv[200];
    int from_importer = mirrors[_i].flow[0] == 'M' || mirrors[_i].flow[0] == 'i';
    double a = mirrors[_i].export_value, b = mirrors[_i].import_value;
    snprintf(csv, sizeof csv, H "BLR,CHN,X,2020,%g\nCHN,BLR,M,2020,%g\n", a, b);
    tflow_table *out, *t = table_from(csv, NULL);
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = CALL("compare", t, NULL, &out, &error, "mirror", "yes",
                               "reporter", from_importer ? "CHN" : "BLR", "partner",
                               from_importer ? "BLR" : "CHN", "flow", mirrors[_i].flow);
    ck_assert_msg(status == TFLOW_OK, "%s: %s", mirrors[_i].why, error.message);
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    double ratio = from_importer ? a / b : b / a;
    ck_close(number_at(out, "ratio", 0), ratio, 1e-15);
    ck_close(number_at(out, "abs_log_ratio", 0), fabs(log(b / a)), 1e-15);
    ck_close(number_at(out, "cif_fob_factor", 0), mirrors[_i].factor, 1e-15);
    ck_assert_str_eq(text_at_row(out, "in_band", 0), mirrors[_i].in_band);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* What only one side has, and what has no ratio, is shown with the reason. */
START_TEST(without_a_ratio)
{
    static const struct {
        const char *period, *reason;
        double a, b;
    } want[] = {{"2018", "not in the second table", 1, NAN},
                {"2019", "not in the first table", NAN, 2},
                {"2020", "a value is missing", NAN, 3},
                {"2021", "a value is zero", 4, 0},
                {"2022", "", 5, 10}};
    tflow_table *a = table_from(H "BLR,CHN,X,2018,1\nBLR,CHN,X,2020,\n"
                                  "BLR,CHN,X,2021,4\nBLR,CHN,X,2022,5\n",
                                NULL);
    tflow_table *b = table_from(H "BLR,CHN,X,2019,2\nBLR,CHN,X,2020,3\n"
                                  "BLR,CHN,X,2021,0\nBLR,CHN,X,2022,10\n",
                                NULL);
    tflow_table *out;
    ck_assert_int_eq(CALL("compare", a, b, &out, NULL, "reporter", "BLR"), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_str_eq(text_at_row(out, "period", i), want[i].period);
        ck_assert_str_eq(text_at_row(out, "reason", i), want[i].reason);
        ck_close(number_at(out, "value_a", i), want[i].a, 0);
        ck_close(number_at(out, "value_b", i), want[i].b, 0);
        ck_close(number_at(out, "ratio", i), i == 4 ? 2 : NAN, 0);
    }
    tflow_table_free(out);
    tflow_table_free(a);
    tflow_table_free(b);
}
END_TEST

/* 100 thousand USD are 100,000 USD; five tonnes are five tonnes. */
START_TEST(units_of_two_tables)
{
    static const char rows[] =
        "reporter,partner,flow,period,value,net_weight\nBLR,CHN,X,2020,123.457,5\n";
    tflow_read_opts usd = TFLOW_READ_OPTS_INIT, thousand = TFLOW_READ_OPTS_INIT,
                    euro = TFLOW_READ_OPTS_INIT;
    usd.currency = thousand.currency = "USD";
    thousand.unit_multiplier = "3";
    euro.currency = "EUR";
    tflow_table *out, *a = table_from(rows, &usd), *b = table_from(rows, &thousand),
                      *c = table_from(rows, &euro);
    ck_assert_int_eq(CALL("compare", a, b, &out, NULL, "by", "flow"), TFLOW_OK);
    ck_close(number_at(out, "value_b", 0), 123457, 0);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("compare", b, a, &out, NULL, "by", "flow"), TFLOW_OK);
    ck_assert(number_at(out, "value_b", 0) == 0.123457); /* divided, not times 0.001 */
    tflow_table_free(out);
    ck_assert_int_eq(CALL("compare", a, b, &out, NULL, "measure", "net_weight"),
                     TFLOW_OK);
    ck_close(number_at(out, "ratio", 0), 1, 0);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("compare", a, c, &out, NULL, "by", "flow"), TFLOW_EMIXED);
    ck_assert_int_eq(CALL("compare", a, c, &out, NULL, "measure", "net_weight"),
                     TFLOW_OK); /* weights have no currency */
    tflow_table_free(out);
    tflow_table_free(a);
    tflow_table_free(b);
    tflow_table_free(c);
}
END_TEST

START_TEST(two_counterparts)
{
    tflow_table *out, *one = table_from("reporter,period,value\nBLR,2020,100\n", NULL);
    tflow_table *two = table_from(
        "reporter,flow,period,value\nBLR,X,2020,100\nBLR,M,2020,200\n", NULL);
    ck_assert_int_eq(CALL("compare", one, two, &out, NULL, "reporter", "BLR"),
                     TFLOW_EINVAL); /* imports or exports? */
    ck_assert_int_eq(CALL("compare", two, one, &out, NULL, "reporter", "BLR"),
                     TFLOW_EINVAL);
    tflow_table_free(one);
    tflow_table_free(two);
}
END_TEST

/* Belarus and China in 2021: 0.5561 bn by Belarus (Comtrade), 1,089,646,360 by China
 * (IMF DOTS); the factor is the quotient of the two. */
START_TEST(belarus_and_china)
{
    tflow_table *own = table_in("data/belarus/belarus_reports_2014_2021.csv", NULL);
    tflow_table *china = table_in("data/belarus/china_imports_2010_2022.csv", NULL);
    tflow_table *out, *a, *b;
    ck_assert_int_eq(CALL("compare", own, china, &out, NULL, "mirror", "yes",
                          "reporter", "BLR", "partner", "CHN", "flow", "X"),
                     TFLOW_OK);
    ck_assert_int_eq(CALL("aggregate", own, NULL, &a, NULL, "reporter", "BLR",
                          "partner", "CHN", "period", "2021"),
                     TFLOW_OK);
    ck_assert_int_eq(CALL("aggregate", china, NULL, &b, NULL, "reporter", "CHN",
                          "partner", "BLR", "period", "2021"),
                     TFLOW_OK);
    size_t row = row_of(out, "period", "2021");
    ck_close(number_at(a, "value", 0) / 1e9, 0.5561, 5e-5);
    ck_close(number_at(b, "value", 0), 1089646360, 0);
    ck_close(number_at(out, "cif_fob_factor", row),
             number_at(b, "value", 0) / number_at(a, "value", 0), 1e-15);
    ck_assert_str_eq(text_at_row(out, "in_band", row), "no");
    tflow_table_free(out);
    tflow_table_free(a);
    tflow_table_free(b);
    tflow_table_free(own);
    tflow_table_free(china);
}
END_TEST

/* ---- describe ---- */

/* The row of a fact. */
static size_t fact(const tflow_table *t, const char *topic, const char *item)
{
    for (size_t i = 0; i < tflow_table_rows(t); i++)
        if (strcmp(text_at_row(t, "topic", i), topic) == 0 &&
            strcmp(text_at_row(t, "item", i), item) == 0)
            return i;
    ck_abort_msg("no fact %s: %s", topic, item);
    return 0;
}

#define COUNT(t, topic, item) number_at(t, "count", fact(t, topic, item))
#define UNEQUAL "of them, the sums differ in"

START_TEST(facts)
{
    tflow_table *out,
        *t = table_from("reporter,partner,flow,period,value,status\n"
                        "DEU,WLD,X,2019,100,A\nDEU,FRA,X,2019,60,A\n"
                        "DEU,USA,X,2019,30,E\nDEU,FRA,X,2021,,O\nDEU,FRA,X,2021,0,A\n",
                        NULL);
    ck_assert_int_eq(CALL("describe", t, NULL, &out, NULL, "tolerance", "0"), TFLOW_OK);
    ck_close(COUNT(out, "table", "rows"), 5, 0);
    ck_close(COUNT(out, "key", "partner"), 3, 0);
    ck_close(COUNT(out, "gaps", "flows with a gap"), 1, 0); /* France in 2020 */
    ck_close(COUNT(out, "gaps", "periods without a row"), 1, 0);
    ck_close(COUNT(out, "status", "E estimated"), 1, 0);
    ck_close(COUNT(out, "status", "O not reported"), 1, 0);
    ck_close(COUNT(out, "value", "reported as zero"), 1, 0);
    ck_close(COUNT(out, "totals_rows", "partner"), 1, 0);
    ck_close(COUNT(out, "duplicates", "rows for a cell that has one"), 1, 0);
    size_t world = fact(out, "world_partners", "DEU X 2019");
    ck_close(number_at(out, "value", world), 90, 0);
    ck_close(number_at(out, "reference", world), 100, 0);
    ck_close(number_at(out, "difference", world), 10, 0);
    ck_close(number_at(out, "ratio", world), 0.9, 1e-15);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* 0.1 + 0.2 is 0.3 in a file, whatever it is in doubles; 0.31 is not. */
START_TEST(decimals_are_no_difference)
{
    tflow_table *out,
        *t = table_from(H "DEU,WLD,X,2021,0.3\nDEU,FRA,X,2021,0.1\nDEU,USA,X,2021,0.2\n"
                          "DEU,WLD,X,2022,0.31\nDEU,FRA,X,2022,0.1\n"
                          "DEU,USA,X,2022,0.2\n",
                        NULL);
    ck_assert_int_eq(CALL("describe", t, NULL, &out, NULL, "tolerance", "0"), TFLOW_OK);
    ck_close(COUNT(out, "world_partners", UNEQUAL), 1, 0);
    ck_close(number_at(out, "reference", fact(out, "world_partners", "DEU X 2022")),
             0.31, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* January to July of three years in a row: no gap; of 2019 and 2021: one. */
START_TEST(gaps_of_runs)
{
    tflow_table *out, *t = table_from("reporter,flow,period,value\n"
                                      "DEU,X,2020-01..2020-07,1\n"
                                      "DEU,X,2021-01..2021-07,2\n"
                                      "DEU,X,2022-01..2022-07,3\n"
                                      "DEU,M,2019-01..2019-07,1\n"
                                      "DEU,M,2021-01..2021-07,1\n",
                                      NULL);
    ck_assert_int_eq(CALL("describe", t, NULL, &out, NULL, "tolerance", "0"), TFLOW_OK);
    ck_close(COUNT(out, "gaps", "flows with a gap"), 1, 0);
    ck_close(COUNT(out, "gaps", "periods without a row"), 1, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* UN Comtrade: Thailand's imports of HS 8542 in 2014, 9,680,795,326 for the World and 3
 * dollars more for its partners; Germany's services of 2022, and two countries that
 * report the World alone. Sums of the same rows in exact fractions (Python). */
START_TEST(world_against_partners)
{
    tflow_table *out, *t = table_in("tests/data/layouts/comtrade_new_goods.csv", NULL);
    ck_assert_int_eq(CALL("describe", t, NULL, &out, NULL, "tolerance", "0"), TFLOW_OK);
    size_t row = fact(out, "world_partners", "THA 8542 M 2014");
    ck_close(number_at(out, "reference", row), 9680795326, 0);
    ck_close(number_at(out, "difference", row), -3, 0);
    ck_close(number_at(out, "count", row), 114, 0);
    tflow_table_free(out);
    tflow_table_free(t);

    t = table_in("tests/data/layouts/comtrade_new_services.csv", NULL);
    ck_assert_int_eq(CALL("describe", t, NULL, &out, NULL, "tolerance", "0"), TFLOW_OK);
    row = fact(out, "world_partners", "DEU S M 2022");
    ck_close(number_at(out, "value", row) / 1e9, 364.634, 5e-4);
    ck_close(number_at(out, "reference", row) / 1e9, 462.003, 5e-4);
    ck_close(number_at(out, "ratio", row), 0.7892457530730815, 1e-12);
    row = fact(out, "world_partners", "DEU S X 2022");
    ck_close(number_at(out, "ratio", row), 0.7110399246491845, 1e-12);
    ck_close(COUNT(out, "world_partners", "cells with the World alone"), 4, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* US Census: 5,458 rows, imports and exports; the twelve months make the year's own
 * column in 10,914 of 10,916 cases. Without the row that has no year, whose months
 * agree, these are 10,912 of 10,914. The two that do not agree are of no country. */
START_TEST(census)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.skip_bad_rows = 1; /* one row has no year */
    tflow_table *out,
        *t = table_in("data/census/us_census_country_table_1985_2011.csv.gz", &opts);
    ck_assert_int_eq(CALL("describe", t, NULL, &out, NULL, "tolerance", "0.06"),
                     TFLOW_OK);
    double held = COUNT(out, "year_months", "years held against their parts");
    double agree = COUNT(out, "year_months", "of them, the sums agree in");
    ck_close(held, 10914, 0);
    ck_close(agree, 10912, 0);
    /* 0007 is "Advance Technology Products": 386,004 and 286,719 by the months. */
    size_t row = fact(out, "year_months", "USA US_0007 M 2011");
    ck_close(number_at(out, "value", row), 386004, 0);
    ck_close(number_at(out, "reference", row), 386005, 0);
    row = fact(out, "year_months", "USA US_0007 X 2011");
    ck_close(number_at(out, "value", row), 286719, 0);
    ck_close(number_at(out, "reference", row), 286718, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* ---- report ---- */

/* Own report in thousands, the mirror in millions: 700 and 800 against 800 and 900. */
START_TEST(report_in_other_units)
{
    tflow_read_opts thousand = TFLOW_READ_OPTS_INIT, million = TFLOW_READ_OPTS_INIT;
    thousand.currency = million.currency = "EUR";
    thousand.unit_multiplier = "3";
    million.unit_multiplier = "6";
    tflow_table *own =
        table_from(H "BLR,CHN,X,2020,700000\nBLR,CHN,X,2021,800000\n", &thousand);
    tflow_table *theirs = table_from(
        H "CHN,BLR,M,2019,640\nCHN,BLR,M,2020,800\nCHN,BLR,M,2021,900\n", &million);
    tflow_table *out;
    ck_assert_int_eq(CALL("report", own, theirs, &out, NULL, "reporter", "BLR",
                          "partner", "CHN", "part", "2021-01..2021-08=0.7bn"),
                     TFLOW_OK);
    size_t row = row_of(out, "period", "2021"), column;
    ck_close(number_at(out, "value_own", row), 800000, 0);
    ck_close(number_at(out, "value_mirror", row), 900000, 0);
    ck_close(number_at(out, "ratio", row), 1.125, 1e-15);
    ck_close(number_at(out, "growth", row), 0.125, 1e-15);
    /* 100 of four months against 700 of eight: 2/7 of the pace, below one half. */
    ck_close(number_at(out, "doubtful", row), 1, 0);
    ck_assert_int_eq(tflow_table_find(out, "value_own", &column), TFLOW_OK);
    ck_assert_str_eq(tflow_table_unit(out, column), "thousand EUR");
    const char *text = tflow_table_attribute(out, "text");
    ck_assert_ptr_nonnull(strstr(text, "EUR million"));
    ck_assert_ptr_nonnull(strstr(text, " 800.0 !"));
    ck_assert_ptr_nonnull(strstr(text, "900.0        1.12"));
    ck_assert_ptr_nonnull(strstr(text, "29 % of the pace"));
    ck_assert_ptr_null(strstr(text, "CIF")); /* nobody said so */
    tflow_table_free(out);
    tflow_table_free(own);
    tflow_table_free(theirs);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, sums_by_key);
    tcase_add_test(tests, weakest_status);
    tcase_add_test(tests, status_of_each_measure);
    tcase_add_test(tests, unit_is_said);
    tcase_add_loop_test(tests, mirror, 0, (int)(sizeof mirrors / sizeof *mirrors));
    tcase_add_test(tests, without_a_ratio);
    tcase_add_test(tests, units_of_two_tables);
    tcase_add_test(tests, two_counterparts);
    tcase_add_test(tests, belarus_and_china);
    tcase_add_test(tests, facts);
    tcase_add_test(tests, decimals_are_no_difference);
    tcase_add_test(tests, gaps_of_runs);
    tcase_add_test(tests, world_against_partners);
    tcase_add_test(tests, census);
    tcase_add_test(tests, report_in_other_units);
}

int main(void)
{
    return run_suite("summary_ops", add);
}
