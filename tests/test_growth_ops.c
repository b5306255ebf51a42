/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growth and trend as operations on tables. Where no other source is named, expected
 * values are worked out by hand from the few rows of the case; logarithms, roots and
 * fits of more than three points come from Python (math, numpy.polyfit and the
 * textbook formula for the standard error of a slope). */
#include "ops_helper.h"

#define HEAD "reporter,partner,flow,period,value\n"
#define NONE NAN

/* ---- growth: bases ---- */

START_TEST(bases_of_all_kinds)
{
    /* 0 to 5, 5 to 0, a year without a row, a row without a value. */
    tflow_table *out = result_of(
        "growth",
        HEAD "BLR,CHN,X,2015,4\nBLR,CHN,X,2016,0\nBLR,CHN,X,2017,5\n"
             "BLR,CHN,X,2019,8\nBLR,CHN,X,2020,6\nBLR,CHN,X,2021,\nBLR,CHN,X,2022,3\n",
        SET());
    PERIODS(out, "2015", "2016", "2017", "2019", "2020", "2021", "2022");
    COLUMN(out, "value", 0, 4, 0, 5, 8, 6, NONE, 3);
    COLUMN(out, "base_value", 0, NONE, 4, 0, NONE, 8, 6, NONE);
    COLUMN(out, "change", 0, NONE, -4, 5, NONE, -2, NONE, NONE);
    COLUMN(out, "growth", 1e-15, NONE, -1, NONE, NONE, -0.25, NONE, NONE);
    COLUMN(out, "log_growth", 1e-15, NONE, NONE, NONE, NONE, -0.2876820724517809, NONE,
           NONE); /* ln 0.75 */
    COLUMN(out, "midpoint_growth", 1e-15, NONE, -2, 2, NONE, -2.0 / 7, NONE, NONE);
    COLUMN(out, "index", 1e-15, 1, 0, 1.25, 2, 1.5, NONE, 0.75);
    ck_assert_str_eq(text_at_row(out, "base_period", 3), "2018");
    static const char *const reasons[] = {
        "no base period",     "", "the base is zero",
        "no base period",     "", "the value is missing",
        "the base is missing"};
    for (size_t i = 0; i < 7; i++)
        ck_assert_str_eq(text_at_row(out, "reason", i), reasons[i]);
    tflow_table_free(out);
}
END_TEST

START_TEST(one_row_and_no_value)
{
    tflow_table *out = result_of("growth", HEAD "BLR,CHN,X,2020,7\n", SET());
    PERIODS(out, "2020");
    ck_nan(number_at(out, "growth", 0));
    ck_close(number_at(out, "index", 0), 1, 0);
    tflow_table_free(out);
    out = result_of("growth", HEAD "BLR,CHN,X,2020,\nBLR,CHN,X,2021,\n",
                    SET("missing", "skip", ));
    PERIODS(out, "2020", "2021");
    COLUMN(out, "value", 0, NONE, NONE); /* nothing to add up is not zero */
    COLUMN(out, "growth", 0, NONE, NONE);
    COLUMN(out, "index", 0, NONE, NONE);
    tflow_table_free(out);
}
END_TEST

/* Six quarters of two years: 10 20 30 40, 15 25. */
#define QUARTERS                                                                       \
    HEAD "BLR,CHN,X,2020-Q1,10\nBLR,CHN,X,2020-Q2,20\nBLR,CHN,X,2020-Q3,30\n"          \
         "BLR,CHN,X,2020-Q4,40\nBLR,CHN,X,2021-Q1,15\nBLR,CHN,X,2021-Q2,25\n"

START_TEST(lags_and_frequencies)
{
    tflow_table *out = result_of("growth", QUARTERS, SET("lag", "4", ));
    COLUMN(out, "growth", 1e-15, NONE, NONE, NONE, NONE, 0.5, 0.25);
    tflow_table_free(out);
    out = result_of("growth", QUARTERS, SET("period", "2021", ));
    PERIODS(out, "2021-Q1", "2021-Q2"); /* the base is the quarter before, not shown */
    COLUMN(out, "growth", 1e-15, 15.0 / 40 - 1, 25.0 / 15 - 1);
    tflow_table_free(out);
    out = result_of("growth", QUARTERS, SET("frequency", "H", ));
    PERIODS(out, "2020-H1", "2020-H2", "2021-H1");
    COLUMN(out, "growth", 1e-15, NONE, 70.0 / 30 - 1, 40.0 / 70 - 1);
    COLUMN(out, "incomplete", 0, 0, 0, 0);
    tflow_table_free(out);
    out = result_of("growth", QUARTERS, SET("frequency", "A", ));
    COLUMN(out, "growth", 1e-15, NONE, -0.6);
    COLUMN(out, "incomplete", 0, 0, 1); /* half a year against a whole one: said */
    tflow_table_free(out);
}
END_TEST

/* The periods asked for are those that sums end with: their windows begin before. */
START_TEST(sums_over_time_of_chosen_periods)
{
    tflow_table *out =
        result_of("growth", QUARTERS, SET("accumulate", "ytd", "period", "2021-Q2", ));
    PERIODS(out, "2021-H1");
    COLUMN(out, "value", 0, 40);
    COLUMN(out, "growth", 1e-15, 40.0 / 30 - 1);
    COLUMN(out, "index", 0, 1);
    tflow_table_free(out);

    out = result_of("growth", QUARTERS,
                    SET("accumulate", "rolling", "period", "2021-Q1:2021-Q2", ));
    PERIODS(out, "2020-04..2021-03", "2020-07..2021-06");
    COLUMN(out, "value", 0, 105, 110);
    COLUMN(out, "growth", 0, NONE, NONE); /* no year before it is there */
    COLUMN(out, "index", 1e-15, 1, 110.0 / 105);
    tflow_table_free(out);

    out = result_of("growth", QUARTERS, SET("accumulate", "ytd", ));
    PERIODS(out, "2020-Q1", "2020-H1", "2020-01..2020-09", "2020", "2021-Q1",
            "2021-H1");
    COLUMN(out, "growth", 1e-15, NONE, NONE, NONE, NONE, 0.5, 40.0 / 30 - 1);
    tflow_table_free(out);
}
END_TEST

START_TEST(a_window_without_a_value_has_none)
{
    tflow_table *out = result_of("growth", HEAD "BLR,CHN,X,2020,5\nBLR,CHN,X,2021,\n",
                                 SET("accumulate", "rolling", "missing", "skip", ));
    COLUMN(out, "value", 0, 5, NONE);
    COLUMN(out, "growth", 0, NONE, NONE);
    tflow_table_free(out);
}
END_TEST

/* ---- growth: the index ---- */

#define FIVE_YEARS                                                                     \
    HEAD "BLR,CHN,X,2015,4\nBLR,CHN,X,2016,5\nBLR,CHN,X,2017,6\nBLR,CHN,X,2018,8\n"    \
         "BLR,CHN,X,2019,10\n"

START_TEST(index_base_outside_what_is_shown)
{
    tflow_table *out =
        result_of("growth", FIVE_YEARS, SET("period", "2018:", "base", "2015", ));
    PERIODS(out, "2018", "2019");
    COLUMN(out, "index", 1e-15, 2, 2.5);
    COLUMN(out, "growth", 1e-15, 8.0 / 6 - 1, 0.25);
    tflow_table_free(out);
    out = result_of("growth", FIVE_YEARS, SET("period", ":2016", "base", "2019", ));
    PERIODS(out, "2015", "2016");
    COLUMN(out, "index", 1e-15, 0.4, 0.5);
    tflow_table_free(out);
    out = result_of(
        "growth", QUARTERS,
        SET("accumulate", "rolling", "period", "2021-Q2", "base", "2020-Q4", ));
    PERIODS(out, "2020-07..2021-06");
    COLUMN(out, "index", 1e-15, 1.1); /* 110 over the 100 of the year 2020 */
    tflow_table_free(out);
}
END_TEST

START_TEST(refused)
{
    static const struct {
        const char *why;
        const char *text;
        const char *set[7];
        tflow_status want;
    } cases[] = {
        {"a base is one period", FIVE_YEARS, {"base", "2015:2017"}, TFLOW_EINVAL},
        {"a base that no series has", FIVE_YEARS, {"base", "2003"}, TFLOW_EUNKNOWN},
        {"a year is no base of quarters", QUARTERS, {"base", "2020"}, TFLOW_EUNKNOWN},
        {"nothing in the periods asked for, though before them",
         FIVE_YEARS,
         {"period", "2020"},
         TFLOW_EUNKNOWN},
        {"years and months have no common step",
         HEAD "BLR,CHN,X,2020,4\nBLR,CHN,X,2021-01,5\n",
         {NULL},
         TFLOW_EMIXED},
        {"a missing value under fail",
         HEAD "BLR,CHN,X,2020,4\nBLR,CHN,X,2021,\n",
         {"missing", "fail"},
         TFLOW_EMISSING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        tflow_status got = status_of("growth", cases[i].text, cases[i].set, &error);
        ck_assert_msg(got == cases[i].want, "%s: %s (%s)", cases[i].why,
                      tflow_status_name(got), error.message);
    }
}
END_TEST

/* ---- growth: contributions ---- */

/* China grows, Poland ends, Kazakhstan begins: 100 to 125, then to 100. */
#define PARTNERS                                                                       \
    HEAD "BLR,CHN,X,2019,10\nBLR,POL,X,2019,10\nBLR,RUS,X,2019,80\n"                   \
         "BLR,CHN,X,2020,20\nBLR,KAZ,X,2020,15\nBLR,RUS,X,2020,90\n"                   \
         "BLR,KAZ,X,2021,0\nBLR,RUS,X,2021,100\n"

START_TEST(contributions_add_up_whoever_comes_and_goes)
{
    tflow_table *out =
        result_of("growth", PARTNERS, SET("of", "partner", "period", "2020:", ));
    static const char *const partners[] = {"CHN", "CHN", "KAZ", "KAZ",
                                           "POL", "RUS", "RUS"};
    double sum[2] = {0, 0}, fraction[2] = {0, 0};
    PERIODS(out, "2020", "2021", "2020", "2021", "2020", "2020", "2021");
    for (size_t i = 0; i < 7; i++) {
        size_t year = text_at_row(out, "period", i)[3] == '1';
        sum[year] += number_at(out, "contribution", i);
        fraction[year] += number_at(out, "fraction_of_growth", i);
        ck_assert_str_eq(text_at_row(out, "partner", i), partners[i]);
    }
    COLUMN(out, "value", 0, 20, NONE, 15, 0, NONE, 90, 100);
    COLUMN(out, "base_value", 0, 10, 20, NONE, 15, 10, 80, 90);
    COLUMN(out, "growth", 1e-15, 1, NONE, NONE, -1, NONE, 0.125, 1.0 / 9);
    COLUMN(out, "contribution", 1e-15, 0.1, -0.16, 0.15, -0.12, -0.1, 0.1, 0.08);
    COLUMN(out, "fraction_of_growth", 1e-15, 0.4, 0.8, 0.6, 0.6, -0.4, 0.4, -0.4);
    ck_close(sum[0], 0.25, 1e-15); /* 125 / 100 - 1 */
    ck_close(sum[1], -0.2, 1e-15); /* 100 / 125 - 1 */
    ck_close(fraction[0], 1, 1e-15);
    ck_close(fraction[1], 1, 1e-15);
    ck_assert_str_eq(text_at_row(out, "reason", 1),
                     "no row in the period: counted as 0 in the total");
    ck_assert_str_eq(text_at_row(out, "reason", 2),
                     "no row in the base period: counted as 0 in the total");
    tflow_table_free(out);
}
END_TEST

/* In the full grid a cell without a row is missing, not zero: no total, no part. */
START_TEST(contributions_in_the_full_grid)
{
    tflow_table *out =
        result_of("growth", PARTNERS, SET("of", "partner", "complete", "yes", ));
    ck_assert_uint_eq(tflow_table_rows(out), 12); /* four partners, three years */
    for (size_t i = 0; i < 12; i++)
        ck_nan(number_at(out, "contribution", i));
    tflow_table_free(out);
    out = result_of("growth", PARTNERS,
                    SET("of", "partner", "complete", "yes", "missing", "zero", ));
    COLUMN(out, "contribution", 1e-15, NONE, 0.1, -0.16, NONE, 0.15, -0.12, NONE, -0.1,
           0, NONE, 0.1, 0.08);
    tflow_table_free(out);
}
END_TEST

/* Poland sold in January alone: to February it has sold as much, not nothing. */
START_TEST(contributions_to_sums_over_time)
{
    tflow_table *out =
        result_of("growth",
                  HEAD "BLR,CHN,X,2020-01,10\nBLR,CHN,X,2020-02,10\n"
                       "BLR,POL,X,2020-01,5\nBLR,POL,X,2020-02,5\n"
                       "BLR,CHN,X,2021-01,20\nBLR,CHN,X,2021-02,20\n"
                       "BLR,POL,X,2021-01,10\n",
                  SET("of", "partner", "accumulate", "ytd", "period", "2021", ));
    PERIODS(out, "2021-01", "2021-01..2021-02", "2021-01");
    COLUMN(out, "contribution", 1e-15, 10.0 / 15, 20.0 / 30, 5.0 / 15);
    tflow_table_free(out);
}
END_TEST

START_TEST(contributions_of_products)
{
    tflow_table *out =
        result_of("growth",
                  "reporter,partner,product,flow,period,value\n"
                  "THA,WLD,TOTAL,M,2019,100\nTHA,WLD,01,M,2019,60\n"
                  "THA,WLD,02,M,2019,40\nTHA,WLD,TOTAL,M,2020,120\n"
                  "THA,WLD,01,M,2020,90\nTHA,WLD,02,M,2020,30\n",
                  SET("of", "product", "level", "2", "period", "2020", ));
    COLUMN(out, "contribution", 1e-15, 0.3, -0.1);
    COLUMN(out, "fraction_of_growth", 1e-15, 1.5, -0.5);
    tflow_table_free(out);
}
END_TEST

/* Austria has a row for the World beside partners, Belgium partners alone: 150 to 180,
 * whichever of them is shown. */
START_TEST(contributions_of_reporters)
{
    static const char text[] =
        HEAD "AUT,WLD,X,2019,100\nAUT,DEU,X,2019,60\nAUT,WLD,X,2020,110\n"
             "AUT,DEU,X,2020,66\nBEL,DEU,X,2019,50\nBEL,DEU,X,2020,70\n";
    tflow_table *out =
        result_of("growth", text, SET("of", "reporter", "period", "2020", ));
    COLUMN(out, "contribution", 1e-15, 10.0 / 150, 20.0 / 150);
    tflow_table_free(out);
    static const char *const reporters[] = {"AUT", "BEL"};
    for (size_t i = 0; i < 2; i++) {
        out = result_of(
            "growth", text,
            SET("of", "reporter", "period", "2020", "reporter", reporters[i], ));
        COLUMN(out, "contribution", 1e-15, (i == 0 ? 10.0 : 20.0) / 150);
        tflow_table_free(out);
    }
}
END_TEST

START_TEST(china_reports_two_thirds_more)
{
    tflow_table *out,
        *table = table_in("data/belarus/china_imports_2010_2022.csv", NULL);
    ck_assert_int_eq(call_on("growth", table, NULL,
                             SET("partner", "BLR", "period", "2022", ), &out, NULL),
                     TFLOW_OK);
    /* 1811609400 / 1089646360 in exact fractions: 66.2566 % */
    ck_close(number_at(out, "growth", 0), 0.66256637612224942, 1e-14);
    tflow_table_free(out);
    tflow_table_free(table);
}
END_TEST

/* ---- trend ---- */

START_TEST(belarus_to_china)
{
    tflow_table *out,
        *table = table_in("data/belarus/baci_belarus_partners_2000_2020.csv", NULL);
    ck_assert_int_eq(call_on("trend", table, NULL,
                             SET("reporter", "BLR", "partner", "CHN", "flow", "X", ),
                             &out, NULL),
                     TFLOW_OK);
    /* Computed independently of this library, to the digits printed. */
    ck_close(number_at(out, "cagr", 0), 0.08649061, 5e-9);
    ck_close(number_at(out, "b", 0), 0.05992031, 5e-9);
    ck_close(number_at(out, "least_squares_growth", 0), 0.06175193, 5e-9);
    ck_close(number_at(out, "b_standard_error", 0), 0.01171399, 5e-9);
    ck_close(number_at(out, "n", 0), 21, 0);
    ck_close(number_at(out, "elapsed", 0), 20, 0);
    tflow_table_free(out);
    tflow_table_free(table);
}
END_TEST

/* A gap, a zero, and a missing level at either end. numpy over the labels 2002, 2005,
 * 2006, 2007 with ln 5, 9, 8, 12: polyfit and the textbook standard error. */
#define HOLES                                                                          \
    HEAD "BLR,CHN,X,2000,\nBLR,CHN,X,2002,5\nBLR,CHN,X,2003,0\nBLR,CHN,X,2005,9\n"     \
         "BLR,CHN,X,2006,8\nBLR,CHN,X,2007,12\nBLR,CHN,X,2008,\n"

START_TEST(trend_over_holes)
{
    tflow_table *out = result_of("trend", HOLES, SET("missing", "skip", ));
    ck_assert_str_eq(text_at_row(out, "first", 0), "2002");
    ck_assert_str_eq(text_at_row(out, "last", 0), "2007");
    ck_close(number_at(out, "n", 0), 4, 0);
    ck_close(number_at(out, "n_dropped", 0), 3, 0);
    ck_close(number_at(out, "elapsed", 0), 5, 0);
    ck_close(number_at(out, "cagr", 0), 0.1913578981670916, 1e-14); /* 2.4^(1/5) */
    ck_close(number_at(out, "b", 0), 0.1586386502823956, 1e-12);
    ck_close(number_at(out, "b_standard_error", 0), 0.04059484714674531, 1e-12);
    /* two rates, ln 8/9 and ln 1.5: half their distance times the root of two */
    ck_close(number_at(out, "volatility", 0), 0.36999231069918526, 1e-12);
    tflow_table_free(out);
    out = result_of("trend", HOLES, SET());
    ck_nan(number_at(out, "cagr", 0));
    ck_nan(number_at(out, "b", 0));
    ck_assert_str_eq(text_at_row(out, "reason", 0), "undefined: a value is missing");
    tflow_table_free(out);
    out = result_of("trend", HOLES, SET("missing", "zero", ));
    ck_nan(number_at(out, "cagr", 0)); /* from zero */
    ck_nan(number_at(out, "b", 0));
    tflow_table_free(out);
}
END_TEST

START_TEST(trend_per_year_of_quarters)
{
    /* 1, 2, 4, 8, 16: doubles each quarter, so by 2^4 a year; ln 2 a quarter. */
    static const char text[] =
        HEAD "BLR,CHN,X,2020-Q1,1\nBLR,CHN,X,2020-Q2,2\nBLR,CHN,X,2020-Q3,4\n"
             "BLR,CHN,X,2020-Q4,8\nBLR,CHN,X,2021-Q1,16\n";
    tflow_table *out = result_of("trend", text, SET());
    ck_close(number_at(out, "elapsed", 0), 1, 0);
    ck_close(number_at(out, "cagr", 0), 15, 1e-14);
    ck_close(number_at(out, "least_squares_growth", 0), 15, 1e-13);
    ck_close(number_at(out, "doubling_time", 0), 0.25, 1e-14);
    tflow_table_free(out);
    out = result_of("trend", text, SET("per", "period", ));
    ck_close(number_at(out, "elapsed", 0), 4, 0);
    ck_close(number_at(out, "cagr", 0), 1, 1e-14);
    ck_close(number_at(out, "b", 0), 0.6931471805599453, 1e-14);
    ck_close(number_at(out, "doubling_time", 0), 1, 1e-14);
    tflow_table_free(out);
}
END_TEST

/* Half a year is no level of a year: it is left out, and said. */
START_TEST(trend_without_part_of_a_year)
{
    static const char text[] =
        HEAD "BLR,CHN,X,2018-S1,5\nBLR,CHN,X,2018-S2,5\nBLR,CHN,X,2019-S1,10\n"
             "BLR,CHN,X,2019-S2,10\nBLR,CHN,X,2020-S1,20\nBLR,CHN,X,2020-S2,20\n"
             "BLR,CHN,X,2021-S1,40\n";
    tflow_table *out = result_of("trend", text, SET("frequency", "A", ));
    ck_assert_str_eq(text_at_row(out, "last", 0), "2020");
    ck_close(number_at(out, "cagr", 0), 1, 1e-14);
    ck_close(number_at(out, "least_squares_growth", 0), 1, 1e-14);
    ck_close(number_at(out, "n", 0), 3, 0);
    ck_close(number_at(out, "n_dropped", 0), 1, 0);
    ck_assert(noted(out, "2021"));
    tflow_table_free(out);
}
END_TEST

START_TEST(trend_of_little)
{
    tflow_table *out = result_of("trend", HEAD "BLR,CHN,X,2020,7\n", SET());
    ck_nan(number_at(out, "cagr", 0));
    ck_nan(number_at(out, "b", 0));
    ck_assert_str_eq(text_at_row(out, "reason", 0), "undefined: too few observations");
    tflow_table_free(out);
    out = result_of("trend", HEAD "BLR,CHN,X,2020,\nBLR,CHN,X,2021,\n",
                    SET("missing", "skip", ));
    ck_nan(number_at(out, "cagr", 0));
    ck_nan(number_at(out, "first_value", 0));
    ck_close(number_at(out, "n_dropped", 0), 2, 0);
    tflow_table_free(out);
    /* Two series of their own length, and one that begins at zero. */
    out = result_of("trend",
                    HEAD "BLR,CHN,X,2018,1\nBLR,CHN,X,2020,4\nBLR,KAZ,X,2018,0\n"
                         "BLR,KAZ,X,2019,3\nBLR,KAZ,X,2020,6\n",
                    SET("by", "partner", "missing", "skip", ));
    COLUMN(out, "cagr", 1e-15, 1, NONE);
    COLUMN(out, "least_squares_growth", 1e-15, 1, 1);
    ck_assert_str_eq(text_at_row(out, "reason", 1), "cagr: the base is zero");
    tflow_table_free(out);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, bases_of_all_kinds);
    tcase_add_test(tests, one_row_and_no_value);
    tcase_add_test(tests, lags_and_frequencies);
    tcase_add_test(tests, sums_over_time_of_chosen_periods);
    tcase_add_test(tests, a_window_without_a_value_has_none);
    tcase_add_test(tests, index_base_outside_what_is_shown);
    tcase_add_test(tests, refused);
    tcase_add_test(tests, contributions_add_up_whoever_comes_and_goes);
    tcase_add_test(tests, contributions_in_the_full_grid);
    tcase_add_test(tests, contributions_to_sums_over_time);
    tcase_add_test(tests, contributions_of_products);
    tcase_add_test(tests, contributions_of_reporters);
    tcase_add_test(tests, china_reports_two_thirds_more);
    tcase_add_test(tests, belarus_to_china);
    tcase_add_test(tests, trend_over_holes);
    tcase_add_test(tests, trend_per_year_of_quarters);
    tcase_add_test(tests, trend_without_part_of_a_year);
    tcase_add_test(tests, trend_of_little);
}

int main(void)
{
    return run_suite("growth_ops", add);
}
