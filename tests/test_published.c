/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operation on published figures, alone and against data, and the report's flag.
 * Expected values are worked out by hand from the printed digits and the few rows of
 * each case. */
#include "ops_helper.h"

#define HEAD "reporter,partner,flow,period,value\n"

START_TEST(implied_bases)
{
    tflow_table *out;
    ck_assert_int_eq(
        CALL("figure", NULL, NULL, &out, NULL, "value", "1.6bn", "change", "doubled"),
        TFLOW_OK);
    ck_close(number_at(out, "base_low", 1) / 1e9, 0.7561, 5e-5);  /* 1.55 / 2.05 */
    ck_close(number_at(out, "base_high", 1) / 1e9, 0.8462, 5e-5); /* 1.65 / 1.95 */
    ck_nan(number_at(out, "base_low", 0)); /* a level implies none by itself */
    size_t base = row_of(out, "kind", "base");
    ck_assert_str_eq(text_at_row(out, "item", base), "implied");
    ck_close(number_at(out, "low", base) / 1e9, 0.7561, 5e-5);
    ck_close(number_at(out, "high", base) / 1e9, 0.8462, 5e-5);
    tflow_table_free(out);
    ck_assert_int_eq(
        CALL("figure", NULL, NULL, &out, NULL, "value", "1.61bn", "change", "+77 %"),
        TFLOW_OK);
    ck_close(number_at(out, "base_low", 1) / 1e9, 0.904, 5e-4);  /* 1.605 / 1.775 */
    ck_close(number_at(out, "base_high", 1) / 1e9, 0.915, 5e-4); /* 1.615 / 1.765 */
    tflow_table_free(out);
}
END_TEST

/* 1.61bn, +77 %, 1.8-fold and +0.7bn can all be true; the differences, +0.7bn in
 * [0.65, 0.75), leave bases of 0.905 and more, which 1.8-fold, [1.75, 1.85), allows. */
START_TEST(several_statements_agree)
{
    tflow_table *out;
    ck_assert_int_eq(CALL("figure", NULL, NULL, &out, NULL, "value", "1.61bn", "change",
                          "+77 %; 1.8-fold; +0.7bn"),
                     TFLOW_OK);
    size_t base = row_of(out, "kind", "base");
    ck_close(number_at(out, "low", base) / 1e9, 1.605 / 1.775, 1e-12);
    ck_close(number_at(out, "high", base) / 1e9, 1.615 / 1.765, 1e-12);
    size_t growth = row_of(out, "kind", "growth");
    ck_close(number_at(out, "low", growth), 0.765, 1e-12);
    ck_close(number_at(out, "high", growth), 0.775, 1e-12);
    tflow_table_free(out);
}
END_TEST

START_TEST(contradiction_is_named)
{
    tflow_table *out;
    ck_assert_int_eq(CALL("figure", NULL, NULL, &out, NULL, "value", "1.61bn", "change",
                          "doubled; +77 %"),
                     TFLOW_CONTRADICTION);
    ck_assert_str_eq(text_at_row(out, "statement", 1), "doubled");
    ck_close(number_at(out, "break_even", 1), 0.225, 1e-12); /* 2 - 1.775 */
    ck_close(number_at(out, "break_even", 2), 0.18, 1e-12);  /* 1.95 - 1.77 */
    ck_nan(number_at(out, "break_even", 0)); /* the other two stay contradictory */
    ck_assert_str_eq(text_at_row(out, "item", 3), "contradiction");
    ck_assert_str_eq(text_at_row(out, "detail", 3),
                     "\"doubled\" and \"+77 %\" cannot all be true");
    tflow_table_free(out);
    /* Stretched so far it meets it. */
    ck_assert_int_eq(CALL("figure", NULL, NULL, &out, NULL, "value", "1.61bn", "change",
                          "doubled; +77 %", "word_tolerance", "0.226"),
                     TFLOW_OK);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("figure", NULL, NULL, &out, NULL, "value", "1.61bn", "change",
                          "doubled; +77 %", "word_tolerance", "0.224"),
                     TFLOW_CONTRADICTION);
    tflow_table_free(out);
}
END_TEST

/* ---- against data ---- */

/* 1.0896 to 1.8116 bn CIF: a ratio of 1.6626, in none of the bands; the level is 1.125
 * times 1.61, within the band of CIF over FOB. */
START_TEST(against_the_mirror)
{
    static const char *const kinds[] = {"level", "ratio", "ratio", "ratio"};
    static const char *const verdicts[] = {"holds", "contradicted", "contradicted",
                                           "contradicted"};
    tflow_table *out,
        *table = table_in("data/belarus/china_imports_2010_2022.csv", NULL);
    ck_assert_int_eq(CALL("figure", table, NULL, &out, NULL, "value", "1.61bn",
                          "change", "doubled; +77 %; 1.8-fold", "partner", "BLR"),
                     TFLOW_CONTRADICTION);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(text_at_row(out, "kind", i), kinds[i]);
        ck_assert_str_eq(text_at_row(out, "verdict", i), verdicts[i]);
        ck_close(number_at(out, "observed", i), i == 0 ? 1811609400 : 1.662566,
                 i == 0 ? 0 : 5e-7);
    }
    ck_close(number_at(out, "factor", 0), 1.125, 5e-4);
    ck_assert(noted(out, "2022") && noted(out, "2021"));
    tflow_table_free(out);
    tflow_table_free(table);
}
END_TEST

#define YEARS HEAD "BLR,CHN,X,2020,600\nBLR,CHN,X,2021,800\nBLR,CHN,X,2022,1600\n"
#define MONTHS                                                                         \
    HEAD "BLR,CHN,X,2021-01,1\nBLR,CHN,X,2021-02,2\nBLR,CHN,X,2022-01,3\n"             \
         "BLR,CHN,X,2022-02,3\n"

START_TEST(observed_levels)
{
    static const struct {
        const char *why;
        const char *text;
        const char *set[9];
        double level, ratio;
        const char *verdict; /* on "doubled" */
    } cases[] = {
        {"the last year", YEARS, {NULL}, 1600, 2, "holds"},
        {"the year asked for",
         YEARS,
         {"period", "2021"},
         800,
         800.0 / 600,
         "contradicted"},
        {"no base", YEARS, {"period", "2020"}, 600, NAN, "undecided"},
        {"two years back", YEARS, {"lag", "2"}, 1600, 1600.0 / 600, "contradicted"},
        {"the month before", MONTHS, {NULL}, 3, 1, "contradicted"},
        {"the same month of the year before",
         MONTHS,
         {"lag", "12"},
         3,
         1.5,
         "contradicted"},
        {"January and February, and those of the year before",
         MONTHS,
         {"accumulate", "ytd", "period", "2022-02"},
         6,
         2,
         "holds"},
        {"half a year is no year",
         HEAD "BLR,CHN,X,2021-H1,2\nBLR,CHN,X,2021-H2,2\nBLR,CHN,X,2022-H1,8\n",
         {"frequency", "A"},
         NAN,
         NAN,
         "undecided"},
        {"a missing level",
         HEAD "BLR,CHN,X,2021,4\nBLR,CHN,X,2022,\n",
         {NULL},
         NAN,
         NAN,
         "undecided"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *set[16] = {"value", "1600", "change", "doubled"};
        for (size_t k = 0; cases[i].set[k] != NULL; k++)
            set[4 + k] = cases[i].set[k];
        tflow_table *out = result_of("figure", cases[i].text, set);
        ck_close(number_at(out, "observed", 0), cases[i].level, 0);
        ck_close(number_at(out, "observed", 1), cases[i].ratio, 1e-15);
        ck_assert_msg(strcmp(text_at_row(out, "verdict", 1), cases[i].verdict) == 0,
                      "%s: %s", cases[i].why, text_at_row(out, "verdict", 1));
        tflow_table_free(out);
    }
}
END_TEST

/* A level is in the money and the size of the data's values. */
START_TEST(units_of_the_data)
{
    static const char text[] = HEAD "BLR,CHN,X,2021,800\nBLR,CHN,X,2022,1600\n";
    static const char quantities[] = "reporter,partner,flow,period,value,quantity\n"
                                     "BLR,CHN,X,2022,7,1600\n";
    tflow_read_opts million = TFLOW_READ_OPTS_INIT;
    million.currency = "USD";
    million.unit_multiplier = "6";
    tflow_table *out, *table = table_from(text, &million);
    ck_assert_int_eq(CALL("figure", table, NULL, &out, NULL, "value", "$1.6bn"),
                     TFLOW_OK);
    ck_assert_str_eq(text_at_row(out, "verdict", 0), "holds");
    ck_close(number_at(out, "factor", 0), 1, 0);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("figure", table, NULL, &out, NULL, "value", "1.6bn EUR"),
                     TFLOW_EMIXED);
    tflow_table_free(out);
    tflow_table_free(table);
    table = table_from(quantities, &million); /* millions are of the value alone */
    ck_assert_int_eq(
        CALL("figure", table, NULL, &out, NULL, "value", "1600", "measure", "quantity"),
        TFLOW_OK);
    ck_close(number_at(out, "observed", 0), 1600, 0);
    tflow_table_free(out);
    tflow_table_free(table);
}
END_TEST

START_TEST(refused)
{
    static const struct {
        const char *why;
        const char *set[7];
        tflow_status want;
    } cases[] = {
        {"a year without data is not the year before it",
         {"value", "1600", "period", "2023"},
         TFLOW_EUNKNOWN},
        {"nothing to check", {NULL}, TFLOW_EINVAL},
        {"no figure", {"value", "lots"}, TFLOW_EPARSE},
        {"two currencies", {"value", "$1.6bn; 1.6bn EUR"}, TFLOW_EMIXED},
        {"a band upside down", {"value", "1600", "band", "1.2,1"}, TFLOW_EINVAL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_status got = status_of("figure", YEARS, cases[i].set, NULL);
        ck_assert_msg(got == cases[i].want, "%s: %s", cases[i].why,
                      tflow_status_name(got));
    }
}
END_TEST

/* Belarus' own 2021: 0.5561 bn leaves four months 6 % of the pace of the eight for
 * which 0.540 bn was published, and is in no implied base. */
START_TEST(the_own_report_of_2021_is_flagged)
{
    tflow_table *out,
        *own = table_in("data/belarus/belarus_reports_2014_2021.csv", NULL),
        *mirror = table_in("data/belarus/china_imports_2010_2022.csv", NULL);
    ck_assert_int_eq(CALL("report", own, mirror, &out, NULL, "reporter", "BLR",
                          "partner", "CHN", "value", "1.61bn", "change",
                          "doubled; +77 %", "part", "2021-01..2021-08=0.540bn"),
                     TFLOW_OK);
    for (size_t i = 0; i < tflow_table_rows(out); i++) {
        int flagged = strcmp(text_at_row(out, "period", i), "2021") == 0;
        ck_close(number_at(out, "doubtful", i), flagged, 0);
    }
    size_t year = row_of(out, "period", "2021");
    ck_close(number_at(out, "value_own", year) / 1e9, 0.5561, 5e-5);
    ck_assert(noted(out, "6 % of the pace"));
    ck_assert(noted(out, "Nor is it in any base"));
    tflow_table_free(out);
    tflow_table_free(own);
    tflow_table_free(mirror);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, implied_bases);
    tcase_add_test(tests, several_statements_agree);
    tcase_add_test(tests, contradiction_is_named);
    tcase_add_test(tests, against_the_mirror);
    tcase_add_test(tests, observed_levels);
    tcase_add_test(tests, units_of_the_data);
    tcase_add_test(tests, refused);
    tcase_add_test(tests, the_own_report_of_2021_is_flagged);
}

int main(void)
{
    return run_suite("published", add);
}
