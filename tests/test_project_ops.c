/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projection as an operation on tables. Expected values: a Python script with
 * numpy.polyfit and scipy.stats.t.ppf that follows the textbook formulas (Hyndman and
 * Athanasopoulos: naive, drift, seasonal naive, mean; Draper and Smith: the variance of
 * a new observation about a line). */
#include "ops_helper.h"

#define HEAD "reporter,partner,flow,period,value\n"

/* Two years of quarters: 10 20 30 40, 12 24 33 46. */
#define QUARTERS                                                                       \
    HEAD "BLR,CHN,X,2020-Q1,10\nBLR,CHN,X,2020-Q2,20\nBLR,CHN,X,2020-Q3,30\n"          \
         "BLR,CHN,X,2020-Q4,40\nBLR,CHN,X,2021-Q1,12\nBLR,CHN,X,2021-Q2,24\n"          \
         "BLR,CHN,X,2021-Q3,33\nBLR,CHN,X,2021-Q4,46\n"

/* 2003 has no row: a gap, and time passes. */
#define GAP                                                                            \
    HEAD "BLR,CHN,X,2001,10\nBLR,CHN,X,2002,12\nBLR,CHN,X,2004,11\n"                   \
         "BLR,CHN,X,2005,15\nBLR,CHN,X,2006,14\n"

START_TEST(methods)
{
    static const struct {
        const char *method;
        const char *text;
        const char *interval;
        const char *first; /* period projected */
        size_t row;        /* and the one compared */
        double want[5];    /* median, ends of 80 %, of 95 % */
    } cases[] = {
        {"linear_trend",
         GAP,
         "default",
         "2007",
         1,
         {15.930232558139537, 12.360732957842941, 19.49973215843613, 8.994021305731376,
          22.866443810547693}},
        {"naive",
         QUARTERS,
         "t",
         "2022-Q1",
         1,
         {46, 16.923891163784475, 75.07610883621552, 0, 94.59206262080332}},
        {"naive",
         QUARTERS,
         "normal",
         "2022-Q1",
         0,
         {46, 27.378087463607258, 64.62191253639274, 17.520242434353683,
          74.47975756564631}},
        {"drift",
         QUARTERS,
         "default",
         "2022-Q1",
         1,
         {56.285714285714285, 22.395392083384344, 90.17603648804422, 0,
          113.88342222577572}},
        {"seasonal_naive",
         QUARTERS,
         "default",
         "2022-Q1",
         4, /* the first quarter of 2023: two cycles ahead */
         {12, 3.259379423550893, 20.74062057644911, 0, 27.828172390416576}},
        {"mean",
         QUARTERS,
         "default",
         "2022-Q1",
         0,
         {26.875, 7.665397634935239, 46.08460236506477, 0, 58.978133411074815}},
    };
    static const char *const columns[] = {"value", "lower_80", "upper_80", "lower_95",
                                          "upper_95"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_table *out = result_of("project", cases[i].text,
                                     SET("method", cases[i].method, "horizon", "5",
                                         "interval", cases[i].interval, ));
        ck_assert_uint_eq(tflow_table_rows(out), 5);
        ck_assert_str_eq(text_at_row(out, "period", 0), cases[i].first);
        ck_assert_str_eq(text_at_row(out, "status", 0), "F");
        for (size_t k = 0; k < 5; k++)
            ck_close(number_at(out, columns[k], cases[i].row), cases[i].want[k], 1e-9);
        ck_close(number_at(out, "mean", cases[i].row), cases[i].want[0], 1e-9);
        tflow_table_free(out);
    }
}
END_TEST

START_TEST(china_from_belarus)
{
    tflow_table *out,
        *table = table_in("data/belarus/china_imports_2010_2022.csv", NULL);
    ck_assert_int_eq(
        call_on("project", table, NULL, SET("partner", "BLR", ), &out, NULL), TFLOW_OK);
    PERIODS(out, "2023", "2024", "2025");
    COLUMN(out, "value", 1e-11, 1177510774.293599, 1260624313.5565403,
           1349604347.2581048);
    COLUMN(out, "mean", 1e-11, 1257564392.973281, 1351761024.091125, 1453793740.154072);
    COLUMN(out, "lower_80", 1e-11, 718127757.131343, 757435717.5724224,
           797715888.993405);
    COLUMN(out, "upper_95", 1e-11, 2616116148.6974707, 2869017395.910123,
           3153879421.327477);
    ck_close(number_at(out, "n", 0), 13, 0);
    tflow_table_free(out);
    tflow_table_free(table);
}
END_TEST

/* What a projection rests on is said of it. */
START_TEST(missing_values)
{
    static const char text[] =
        HEAD "BLR,CHN,X,2001,10\nBLR,CHN,X,2002,12\nBLR,CHN,X,2003,\n"
             "BLR,CHN,X,2004,11\nBLR,CHN,X,2005,15\nBLR,CHN,X,2006,14\n";
    tflow_table *out = result_of("project", text, SET("method", "linear_trend", ));
    PERIODS(out, "2007", "2008", "2009");
    ck_nan(number_at(out, "value", 0));
    ck_assert_str_eq(text_at_row(out, "reason", 0), "undefined: a value is missing");
    tflow_table_free(out);
    out =
        result_of("project", text, SET("method", "linear_trend", "missing", "skip", ));
    COLUMN(out, "value", 1e-12, 15.127906976744189, 15.930232558139537); /* the gap */
    ck_close(number_at(out, "n", 0), 5, 0);
    ck_close(number_at(out, "n_missing", 0), 1, 0);
    tflow_table_free(out);
    /* 10 12 0 11 15 14 at 1 to 6: the mean 62 / 6, the slope 20 / 17.5 */
    out =
        result_of("project", text, SET("method", "linear_trend", "missing", "zero", ));
    ck_close(number_at(out, "value", 0), 62.0 / 6 + 3.5 * 20 / 17.5, 1e-13);
    tflow_table_free(out);
    ck_assert_int_eq(status_of("project", text, SET("missing", "fail", ), NULL),
                     TFLOW_EMISSING);
}
END_TEST

/* The half of a year that has been is no year: the year itself is projected. */
START_TEST(part_of_a_year)
{
    static const char text[] =
        HEAD "BLR,CHN,X,2018-S1,5\nBLR,CHN,X,2018-S2,5\nBLR,CHN,X,2019-S1,6\n"
             "BLR,CHN,X,2019-S2,6\nBLR,CHN,X,2020-S1,7\nBLR,CHN,X,2020-S2,7\n"
             "BLR,CHN,X,2021-S1,4\n";
    tflow_table *out = result_of(
        "project", text,
        SET("frequency", "A", "method", "naive", "horizon", "2", "observed", "yes", ));
    PERIODS(out, "2018", "2019", "2020", "2021", "2022");
    COLUMN(out, "value", 0, 10, 12, 14, 14, 14);
    ck_assert_str_eq(text_at_row(out, "status", 3), "F");
    ck_close(number_at(out, "n", 3), 3, 0);
    ck_assert(noted(out, "2021"));
    tflow_table_free(out);
}
END_TEST

START_TEST(refused_with_a_reason)
{
    static const struct {
        const char *why;
        const char *text;
        const char *method;
        const char *reason;
    } cases[] = {
        {"one observation", HEAD "BLR,CHN,X,2020,7\n", "naive",
         "undefined: too few observations"},
        {"three for a line",
         HEAD "BLR,CHN,X,2020,7\nBLR,CHN,X,2021,8\nBLR,CHN,X,2022,9\n", "linear_trend",
         "undefined: too few observations"},
        {"a zero has no logarithm",
         HEAD
         "BLR,CHN,X,2019,7\nBLR,CHN,X,2020,0\nBLR,CHN,X,2021,8\nBLR,CHN,X,2022,9\n",
         "log_linear_trend", "undefined for these data"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_table *out =
            result_of("project", cases[i].text, SET("method", cases[i].method, ));
        ck_nan(number_at(out, "value", 0));
        ck_nan(number_at(out, "upper_95", 2));
        ck_assert_msg(strcmp(text_at_row(out, "reason", 0), cases[i].reason) == 0,
                      "%s: %s", cases[i].why, text_at_row(out, "reason", 0));
        tflow_table_free(out);
    }
}
END_TEST

/* Each series from its own end, whatever the others have. */
START_TEST(several_series)
{
    tflow_table *out = result_of(
        "project",
        HEAD "BLR,CHN,X,2017,1\nBLR,CHN,X,2018,2\nBLR,CHN,X,2019,4\nBLR,CHN,X,2020,8\n"
             "BLR,KAZ,X,2019,5\nBLR,KAZ,X,2020,5\nBLR,KAZ,X,2021,5\nBLR,KAZ,X,2022,5\n",
        SET("by", "partner", "horizon", "2", ));
    PERIODS(out, "2021", "2022", "2023", "2024");
    COLUMN(out, "value", 1e-13, 16, 32, 5, 5);
    COLUMN(out, "upper_95", 1e-12, 16, 32, 5, 5); /* on the line: no error */
    tflow_table_free(out);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, methods);
    tcase_add_test(tests, china_from_belarus);
    tcase_add_test(tests, missing_values);
    tcase_add_test(tests, part_of_a_year);
    tcase_add_test(tests, refused_with_a_reason);
    tcase_add_test(tests, several_series);
}

int main(void)
{
    return run_suite("project_ops", add);
}
