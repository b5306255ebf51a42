/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flows_helper.h"
#include "table/table.h"

static const struct {
    const char *text;
    const char *label; /* NULL: not a period */
    char frequency;
    int months;
    const char *why;
} periods[] = {
    {"2022", "2022", 'A', 12, "a year"},
    {"2022-H1", "2022-H1", 'H', 6, "a half"},
    {"2022S2", "2022-H2", 'H', 6, "Eurostat's semester"},
    {"2022-Q3", "2022-Q3", 'Q', 3, "a quarter"},
    {"2023Q1", "2023-Q1", 'Q', 3, "without a dash"},
    {"2022-03", "2022-03", 'M', 1, "a month"},
    {"202203", "2022-03", 'M', 1, "Comtrade's month"},
    {"2022M03", "2022-03", 'M', 1, "the IMF's month"},
    {"2022-M03", "2022-03", 'M', 1, "SDMX month"},
    {"2022M3", "2022-03", 'M', 1, "a month of the IMF's bulk files"},
    {"2022M12", "2022-12", 'M', 1, "and one with two digits"},
    {"2022M0", NULL, 0, 0, "no month 0"},
    {"2022M3x", NULL, 0, 0, "something behind a month"},
    {"2022-03-01", "2022-03", 'M', 1, "a date is its month"},
    {"Jan.-Dec. 2022", "2022", 'A', 12, "Eurostat's year in words"},
    {"Jan.-Aug. 2021", "2021-01..2021-08", 'R', 8, "eight months"},
    {"March 2022", "2022-03", 'M', 1, "a month in words"},
    {"Sept 2022", "2022-09", 'M', 1, "four letters"},
    {"2022-01..2022-07", "2022-01..2022-07", 'R', 7, "a range"},
    {"2022-01..2022-12", "2022", 'A', 12, "a range that is a year"},
    {"2020..2022", "2020-01..2022-12", 'R', 36, "three years"},
    {"2021-Q2..2021-Q3", "2021-04..2021-09", 'R', 6, "no calendar half"},
    {"2022-13", NULL, 0, 0, "no thirteenth month"},
    {"2022-00", NULL, 0, 0, "no month 0"},
    {"2022-Q5", NULL, 0, 0, "no fifth quarter"},
    {"22", NULL, 0, 0, "two digits are no year"},
    {"2022-1", NULL, 0, 0, "months have two digits"},
    {"20220", NULL, 0, 0, "neither year nor month"},
    {"2022-02-32", NULL, 0, 0, "no such day"},
    {"2022-07..2022-01", NULL, 0, 0, "backwards"},
    {"2022x", NULL, 0, 0, "something behind"},
    {"", NULL, 0, 0, "nothing"},
    {"Foo 2022", NULL, 0, 0, "no month name"},
};

START_TEST(period_labels)
{
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        tflow_period p;
        tflow_error error = TFLOW_ERROR_INIT;
        char label[TFLOW_PERIOD_SIZE];
        tflow_status status =
            tflow_period_parse(periods[i].text, strlen(periods[i].text), &p, &error);
        if (periods[i].label == NULL) {
            ck_assert_msg(status == TFLOW_EPARSE, "%s: %s", periods[i].text,
                          periods[i].why);
            ck_assert_int_eq(p, TFLOW_PERIOD_NONE);
            ck_assert(strstr(error.message, "expected a period") != NULL);
            continue;
        }
        ck_assert_msg(status == TFLOW_OK, "%s: %s", periods[i].text, periods[i].why);
        ck_assert_str_eq(tflow_period_format(p, label), periods[i].label);
        ck_assert_int_eq(tflow_period_frequency(p), periods[i].frequency);
        ck_assert_int_eq(tflow_period_months(p), periods[i].months);
        tflow_period again;
        ck_assert_int_eq(tflow_period_parse(label, strlen(label), &again, NULL),
                         TFLOW_OK);
        ck_assert_int_eq(again, p);
    }
}
END_TEST

START_TEST(period_arithmetic)
{
    tflow_period q, m, y;
    char label[TFLOW_PERIOD_SIZE];
    ck_assert_int_eq(tflow_period_make(2021, 10, 3, &q), TFLOW_OK);
    ck_assert_str_eq(tflow_period_format(tflow_period_shift(q, 3), label), "2022-Q1");
    ck_assert_str_eq(tflow_period_format(tflow_period_shift(q, -12), label), "2020-Q4");
    ck_assert_str_eq(tflow_period_format(tflow_period_within(q, 'A'), label), "2021");
    ck_assert_str_eq(tflow_period_format(tflow_period_within(q, 'H'), label),
                     "2021-H2");
    ck_assert_int_eq(tflow_period_within(q, 'M'), TFLOW_PERIOD_NONE);
    ck_assert_int_eq(tflow_period_make(2021, 12, 2, &m), TFLOW_OK);
    ck_assert_int_eq(tflow_period_within(m, 'A'), TFLOW_PERIOD_NONE); /* two years */
    ck_assert_int_eq(tflow_period_make(9999, 12, 1, &y), TFLOW_OK);
    ck_assert_int_eq(tflow_period_shift(y, 1), TFLOW_PERIOD_NONE);
    ck_assert_int_eq(tflow_period_make(10000, 1, 1, &y), TFLOW_EINVAL);
    ck_assert_int_eq(y, TFLOW_PERIOD_NONE);
    ck_assert_int_eq(tflow_period_shift(TFLOW_PERIOD_NONE, 1), TFLOW_PERIOD_NONE);
    ck_assert_int_eq(tflow_period_frequency(TFLOW_PERIOD_NONE), 0);
    ck_assert_int_lt(q, m); /* numbers sort as time does */
}
END_TEST

START_TEST(build_and_read)
{
    tflow_builder *b;
    tflow_table *t;
    size_t column;
    ck_assert_int_eq(tflow_builder_new(&b, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_builder_column(b, "reporter", TFLOW_KEY, NULL, NULL),
                     TFLOW_OK);
    ck_assert_int_eq(tflow_builder_column(b, "value", TFLOW_FLOAT64, "USD", NULL),
                     TFLOW_OK);
    ck_assert_int_eq(tflow_builder_column(b, "n", TFLOW_INT64, NULL, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_builder_column(b, "value", TFLOW_FLOAT64, NULL, NULL),
                     TFLOW_EINVAL); /* taken */
    ck_assert_int_eq(tflow_builder_column(b, "Bad Name", TFLOW_KEY, NULL, NULL),
                     TFLOW_EINVAL);
    for (int i = 0; i < 100; i++) {
        tflow_builder_key(b, 0, i % 2 ? "BLR" : "CHN");
        if (i != 50)
            tflow_builder_float64(b, 1, i);
        tflow_builder_int64(b, 2, -i);
        ck_assert_int_eq(tflow_builder_row(b, NULL), TFLOW_OK);
    }
    ck_assert_int_eq(tflow_builder_column(b, "late", TFLOW_KEY, NULL, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_builder_attribute(b, "currency", "USD", NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_builder_attribute(b, "currency", "EUR", NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_builder_note(b, "seen", NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_builder_finish(b, &t, NULL), TFLOW_OK);
    tflow_builder_free(b);

    ck_assert_uint_eq(tflow_table_rows(t), 100);
    ck_assert_uint_eq(tflow_table_columns(t), 3);
    ck_assert_int_eq(tflow_table_labels(t, 0), 2);
    ck_assert_str_eq(tflow_table_label(t, 0, tflow_table_codes(t, 0)[1]), "BLR");
    ck_nan(tflow_table_float64(t, 1)[50]);
    ck_assert_double_eq(tflow_table_float64(t, 1)[99], 99);
    ck_assert_int_eq(tflow_table_int64(t, 2)[99], -99);
    ck_assert_str_eq(tflow_table_unit(t, 1), "USD");
    ck_assert_str_eq(tflow_table_attribute(t, "currency"), "EUR");
    ck_assert_ptr_null(tflow_table_attribute(t, "weather"));
    ck_assert_str_eq(tflow_table_note(t, 0), "seen");
    ck_assert_ptr_null(tflow_table_note(t, 1));
    ck_assert_ptr_null(tflow_table_float64(t, 0)); /* wrong type */
    ck_assert_ptr_null(tflow_table_codes(t, 7));   /* no such column */
    ck_assert_int_eq(tflow_table_find(t, "nobody", &column), TFLOW_EUNKNOWN);
    ck_assert_uint_eq(column, SIZE_MAX);
    tflow_table_free(t);
    tflow_table_free(NULL);
}
END_TEST

START_TEST(builder_refuses)
{
    tflow_builder *b;
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(tflow_builder_new(&b, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_builder_column(b, "value", TFLOW_FLOAT64, NULL, NULL),
                     TFLOW_OK);
    ck_assert_int_eq(tflow_builder_column(b, "status", TFLOW_OBS_STATUS, NULL, NULL),
                     TFLOW_OK);
    tflow_builder_float64(b, 0, INFINITY);
    ck_assert_int_eq(tflow_builder_row(b, &error), TFLOW_EINVAL);
    ck_assert_str_eq(error.column, "value");
    tflow_builder_key(b, 0, "text in a number");
    ck_assert_int_eq(tflow_builder_row(b, NULL), TFLOW_EINVAL);
    tflow_builder_status(b, 1, 'Z');
    ck_assert_int_eq(tflow_builder_row(b, NULL), TFLOW_EINVAL);
    tflow_builder_float64(b, 9, 1);
    ck_assert_int_eq(tflow_builder_row(b, NULL), TFLOW_EINVAL);
    tflow_builder_float64(b, 0, 1); /* the row after a refused one starts clean */
    ck_assert_int_eq(tflow_builder_row(b, NULL), TFLOW_OK);
    tflow_table *t;
    ck_assert_int_eq(tflow_builder_finish(b, &t, NULL), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(t), 1);
    tflow_table_free(t);
    ck_assert_int_eq(tflow_builder_finish(b, &t, NULL), TFLOW_EINVAL);
    ck_assert_ptr_null(t);
    tflow_builder_free(b);
    tflow_builder_free(NULL);
    ck_assert_int_eq(tflow_builder_row(NULL, NULL), TFLOW_EINVAL);
}
END_TEST

/* The order of the architecture's page: A < P < E < I < F < Q < L < O; M takes no part.
 */
START_TEST(weakest_status)
{
    const char order[] = "APEIFQLO";
    for (size_t i = 0; i < 8; i++) {
        for (size_t j = 0; j < 8; j++)
            ck_assert_int_eq(tflow_i_status_weaker(order[i], order[j]),
                             order[i > j ? i : j]);
        ck_assert_int_eq(tflow_i_status_weaker(order[i], 'M'), order[i]);
        ck_assert_int_eq(tflow_i_status_weaker('M', order[i]), order[i]);
    }
    ck_assert_int_eq(tflow_i_status_weaker('\0', 'M'), 'M');
    ck_assert(!tflow_i_status_valid('Z') && !tflow_i_status_valid('\0'));
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, period_labels);
    tcase_add_test(tests, period_arithmetic);
    tcase_add_test(tests, build_and_read);
    tcase_add_test(tests, builder_refuses);
    tcase_add_test(tests, weakest_status);
}

int main(void)
{
    return run_suite("table", add);
}
