/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing flows and adding them up, seen through operations. Expected values are
 * worked out by hand from the few rows of each case. */
#include "flows_helper.h"
#include "tradeflow.h"

/* Run an operation on one table: name and value in pairs, NULL ends. */
static tflow_status run(const char *operation, const tflow_table *table,
                        const char *const *set, tflow_table **out, tflow_error *error)
{
    tflow_call *call;
    tflow_status status = tflow_call_new(operation, &call, error);
    *out = NULL;
    for (; *set != NULL && status == TFLOW_OK; set += 2)
        status = tflow_call_set(call, set[0], set[1], error);
    if (status == TFLOW_OK)
        status = tflow_call_input(call, table, error);
    if (status == TFLOW_OK)
        status = tflow_call_run(call, out, error);
    tflow_call_free(call);
    return status;
}

#define RUN(operation, table, out, error, ...)                                         \
    run(operation, table, (const char *const[]){__VA_ARGS__ NULL}, out, error)

/* The first value of aggregate; NaN with the status where it is refused. */
static double sum_of(const tflow_table *table, const char *const *set,
                     tflow_status *status)
{
    tflow_table *out;
    *status = run("aggregate", table, set, &out, NULL);
    double value = out == NULL ? NAN : number_at(out, "value", 0);
    tflow_table_free(out);
    return value;
}

#define SUM(table, status, ...)                                                        \
    sum_of(table, (const char *const[]){__VA_ARGS__ NULL}, status)

START_TEST(world_beside_partners)
{
    tflow_table *t =
        TABLE("reporter|partner|flow|period|value", "DEU|WLD|X|2022|100",
              "DEU|FRA|X|2022|50", "DEU|USA|X|2022|30", "DEU|S19|X|2022|5");
    tflow_status status;
    ck_close(SUM(t, &status, "reporter", "DEU", ), 100, 0); /* the World's row */
    ck_close(SUM(t, &status, "total", "partners", ), 85, 0);
    ck_close(SUM(t, &status, "partner", "FRA,USA", "by", "reporter", ), 80, 0);
    ck_nan(SUM(t, &status, "partner", "World,FRA", "by", "reporter", ));
    ck_assert_int_eq(status, TFLOW_EOVERLAP);
    tflow_table_free(t);
}
END_TEST

START_TEST(world_in_some_periods_only)
{
    tflow_table *t = TABLE("reporter|partner|flow|period|value", "DEU|WLD|X|2021|90",
                           "DEU|FRA|X|2021|50", "DEU|FRA|X|2022|60");
    tflow_status status;
    ck_nan(SUM(t, &status, "reporter", "DEU", ));
    ck_assert_int_eq(status, TFLOW_EOVERLAP);
    ck_close(SUM(t, &status, "total", "partners", ), 50, 0);
    tflow_table_free(t);
}
END_TEST

START_TEST(groups_of_countries)
{
    tflow_table *t = TABLE("reporter|partner|flow|period|value", "USA|OPEC|X|2010|40",
                           "USA|SAU|X|2010|10", "USA|IRQ|X|2010|5", "USA|RUS|X|2010|7",
                           "USA|KAZ|X|2010|1");
    tflow_status status;
    ck_close(SUM(t, &status, ), 23, 0); /* OPEC's row holds members: kept apart */
    ck_close(SUM(t, &status, "partner", "EAEU", ), 8, 0); /* RUS + KAZ */
    ck_nan(SUM(t, &status, "partner", "EAEU,RUS", ));     /* RUS would count twice */
    ck_assert_int_eq(status, TFLOW_EOVERLAP);
    tflow_table_free(t);
}
END_TEST

START_TEST(levels_of_products)
{
    tflow_table *t = TABLE("reporter|product|flow|period|value", "DEU|TOTAL|X|2022|100",
                           "DEU|01|X|2022|60", "DEU|0101|X|2022|40",
                           "DEU|0102|X|2022|20", "DEU|85|X|2022|30");
    tflow_status status;
    ck_close(SUM(t, &status, ), 100, 0);
    ck_close(SUM(t, &status, "level", "2", ), 90, 0);
    ck_close(SUM(t, &status, "product", "01", ), 60,
             0);                                /* the chapter, not its parts */
    ck_nan(SUM(t, &status, "by", "product", )); /* two levels */
    ck_assert_int_eq(status, TFLOW_EOVERLAP);
    tflow_table_free(t);

    t = TABLE("reporter|product|flow|period|value", "DEU|01|X|2022|60",
              "DEU|8542|X|2022|30"); /* no chapter 85 holds it */
    ck_nan(SUM(t, &status, ));
    ck_assert_int_eq(status, TFLOW_EOVERLAP);
    tflow_table_free(t);
}
END_TEST

START_TEST(breakdowns_and_units)
{
    tflow_table *t = TABLE("reporter|partner|flow|mode|quantity_unit|period|value",
                           "DEU|FRA|X|0|kg|2022|10", "DEU|FRA|X|1000|kg|2022|4",
                           "DEU|FRA|X|2100|u|2022|6", "DEU|USA|X|1000|kg|2022|3");
    tflow_status status;
    ck_close(SUM(t, &status, ), 13,
             0); /* France's total, and the only mode of the USA */
    tflow_table_free(t);

    /* A World without quantity beside partners with: the same flow, not two. */
    t = TABLE("reporter|partner|flow|quantity_unit|period|value", "THA|WLD|M||2015|9",
              "THA|CHN|M|u|2015|6", "THA|JPN|M|kg|2015|3");
    ck_close(SUM(t, &status, ), 9, 0);
    tflow_table_free(t);
}
END_TEST

START_TEST(flows_stay_apart)
{
    tflow_table *t = TABLE("reporter|flow|period|value", "DEU|X|2022|10",
                           "DEU|M|2022|20", "DEU|RX|2022|3");
    tflow_table *out;
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, ), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(missing_policies)
{
    tflow_table *t =
        TABLE("reporter|partner|flow|period|value|status", "DEU|FRA|X|2022|10|A",
              "DEU|USA|X|2022||O", "DEU|JPN|X|2022|30|E", "DEU|ATA|X|2022||M");
    tflow_table *out;
    tflow_status status;
    ck_nan(SUM(t, &status, ));
    ck_assert_int_eq(status, TFLOW_OK);
    ck_close(SUM(t, &status, "missing", "zero", ), 40, 0);
    ck_nan(SUM(t, &status, "missing", "fail", ));
    ck_assert_int_eq(status, TFLOW_EMISSING);
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, "missing", "skip", ), TFLOW_OK);
    ck_close(number_at(out, "value", 0), 40, 0);
    ck_close(number_at(out, "n_missing", 0), 1,
             0); /* what cannot exist is not missing */
    ck_close(number_at(out, "lower_bound", 0), 1, 0);
    ck_close(number_at(out, "share_not_observed", 0), 0.75, 1e-15); /* 30 of 40 */
    ck_assert_str_eq(text_at_row(out, "status", 0), "O");           /* the weakest */
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(complete_grid)
{
    tflow_table *t = TABLE("reporter|partner|flow|period|value", "DEU|FRA|X|2021|10",
                           "DEU|FRA|X|2022|11", "DEU|USA|X|2022|5");
    tflow_status status;
    ck_close(SUM(t, &status, ), 10, 0); /* a row that is not there is not missing */
    ck_nan(SUM(t, &status, "complete", "yes", ));
    ck_close(SUM(t, &status, "complete", "yes", "missing", "skip", ), 10, 0);
    tflow_table_free(t);
}
END_TEST

START_TEST(refused)
{
    tflow_status status;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *out,
        *t = TABLE("reporter|flow|period|value", "DEU|X|2022|1", "DEU|X|2022|2");
    ck_assert_int_eq(RUN("aggregate", t, &out, &error, ), TFLOW_EDUPLICATE);
    ck_assert_msg(strstr(error.message, "1 and 2") != NULL, "%s", error.message);
    ck_close(SUM(t, &status, "duplicates", "sum", ), 3, 0);
    ck_close(SUM(t, &status, "duplicates", "first", ), 1, 0);
    tflow_table_free(t);

    t = TABLE("reporter|flow|currency|period|value", "DEU|X|EUR|2022|1",
              "FRA|X|USD|2022|2");
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, ), TFLOW_EMIXED);
    tflow_table_free(t);

    t = TABLE("reporter|flow|period|value", "DEU|X|2022|-1");
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, ), TFLOW_ENEGATIVE);
    tflow_table_free(t);

    t = TABLE("reporter|flow|period|value", "DEU|X|2022|12", "DEU|X|2022-01|1");
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, ), TFLOW_EMIXED);
    ck_close(SUM(t, &status, "frequency", "A", ), 12, 0); /* the year's own row */
    tflow_table_free(t);
}
END_TEST

START_TEST(months_to_years)
{
    tflow_table *out,
        *t = TABLE("reporter|flow|period|value", "USA|X|2021-01|1", "USA|X|2021-02|2",
                   "USA|X|2021-03|3", "USA|X|2021-04|4");
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, "frequency", "Q", ), TFLOW_OK);
    ck_assert_str_eq(text_at_row(out, "period", 0), "2021-Q1");
    ck_close(number_at(out, "value", 0), 6, 0);
    ck_close(number_at(out, "incomplete", 0), 0, 0);
    ck_close(number_at(out, "value", 1), 4, 0);
    ck_close(number_at(out, "incomplete", 1), 1, 0); /* one month of three */
    tflow_table_free(out);
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, "frequency", "Q", "period",
                         "2021-02:2021-04", ),
                     TFLOW_OK);
    ck_close(number_at(out, "value", 0), 5, 0);
    ck_close(number_at(out, "incomplete", 0), 1, 0); /* January is not asked for */
    tflow_table_free(out);
    ck_assert_int_eq(RUN("aggregate", t, &out, NULL, "accumulate", "ytd", ), TFLOW_OK);
    ck_assert_str_eq(text_at_row(out, "period", 3), "2021-01..2021-04");
    ck_close(number_at(out, "value", 3), 10, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* ---- growth on top of it ---- */

START_TEST(contributions_are_to_the_whole)
{
    tflow_table *out,
        *t = TABLE("reporter|partner|flow|period|value", "BLR|CHN|X|2020|10",
                   "BLR|RUS|X|2020|90", "BLR|CHN|X|2021|20", "BLR|RUS|X|2021|100");
    ck_assert_int_eq(RUN("growth", t, &out, NULL, "of", "partner", "partner", "CHN",
                         "period", "2021", ),
                     TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    ck_close(number_at(out, "contribution", 0), 0.1, 1e-15);       /* 10 of 100 */
    ck_close(number_at(out, "fraction_of_growth", 0), 0.5, 1e-15); /* 10 of 20 */
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(index_starts_where_the_table_does)
{
    tflow_table *out, *t = TABLE("reporter|flow|period|value", "BLR|X|2018|4",
                                 "BLR|X|2019|8", "BLR|X|2020|10", "BLR|X|2021|20");
    ck_assert_int_eq(RUN("growth", t, &out, NULL, "period", "2020:2021", ), TFLOW_OK);
    ck_close(number_at(out, "index", 0), 1, 0);
    ck_close(number_at(out, "index", 1), 2, 0);
    ck_close(number_at(out, "growth", 0), 0.25, 1e-15); /* against 2019, not shown */
    tflow_table_free(out);
    ck_assert_int_eq(RUN("growth", t, &out, NULL, "base", "2018", ), TFLOW_OK);
    ck_close(number_at(out, "index", 3), 5, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(gaps_are_by_label)
{
    tflow_table *out, *t = TABLE("reporter|flow|period|value", "BLR|X|2018|4",
                                 "BLR|X|2020|8"); /* doubled in two years */
    ck_assert_int_eq(RUN("growth", t, &out, NULL, ), TFLOW_OK);
    ck_nan(number_at(out, "growth", 1));
    ck_assert_str_eq(text_at_row(out, "reason", 1), "no base period");
    tflow_table_free(out);
    ck_assert_int_eq(RUN("trend", t, &out, NULL, ), TFLOW_OK);
    ck_close(number_at(out, "cagr", 0), sqrt(2) - 1, 1e-15);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(the_same_months_of_two_years)
{
    tflow_table *out,
        *t = TABLE("reporter|flow|period|value", "BLR|X|2021-01..2021-07|4",
                   "BLR|X|2022-01..2022-07|5");
    ck_assert_int_eq(RUN("growth", t, &out, NULL, ), TFLOW_OK);
    ck_close(number_at(out, "growth", 1), 0.25, 1e-15);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(overlapping_sums_are_not_fitted)
{
    tflow_table *out,
        *t = TABLE("reporter|flow|period|value", "BLR|X|2021-Q1|4", "BLR|X|2021-Q2|5",
                   "BLR|X|2021-Q3|6", "BLR|X|2021-Q4|7", "BLR|X|2022-Q1|8");
    static const char *const fits[] = {"trend", "project"};
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(RUN(fits[i], t, &out, NULL, "accumulate", "rolling", ),
                         TFLOW_EINVAL);
        ck_assert_int_eq(RUN(fits[i], t, &out, NULL, "accumulate", "ytd", ),
                         TFLOW_EINVAL);
    }
    tflow_table_free(t);
}
END_TEST

/* ---- shares on top of it ---- */

START_TEST(shares)
{
    tflow_table *out,
        *t = TABLE("reporter|partner|flow|period|value", "DEU|WLD|X|2022|100",
                   "DEU|FRA|X|2022|50", "DEU|USA|X|2022|25", "DEU|S19|X|2022|5");
    ck_assert_int_eq(RUN("share", t, &out, NULL, ), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    ck_close(number_at(out, "share", 0), 0.625, 1e-15); /* 50 of 80 */
    ck_close(number_at(out, "cumulative_share", 2), 1, 1e-15);
    tflow_table_free(out);
    ck_assert_int_eq(RUN("share", t, &out, NULL, "total", "world", "partner", "USA", ),
                     TFLOW_OK);
    ck_close(number_at(out, "share", 0), 0.25, 1e-15);
    ck_close(number_at(out, "rank", 0), 2, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, world_beside_partners);
    tcase_add_test(tests, world_in_some_periods_only);
    tcase_add_test(tests, groups_of_countries);
    tcase_add_test(tests, levels_of_products);
    tcase_add_test(tests, breakdowns_and_units);
    tcase_add_test(tests, flows_stay_apart);
    tcase_add_test(tests, missing_policies);
    tcase_add_test(tests, complete_grid);
    tcase_add_test(tests, refused);
    tcase_add_test(tests, months_to_years);
    tcase_add_test(tests, contributions_are_to_the_whole);
    tcase_add_test(tests, index_starts_where_the_table_does);
    tcase_add_test(tests, gaps_are_by_label);
    tcase_add_test(tests, the_same_months_of_two_years);
    tcase_add_test(tests, overlapping_sums_are_not_fitted);
    tcase_add_test(tests, shares);
}

int main(void)
{
    return run_suite("flows", add);
}
