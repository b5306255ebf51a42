/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values in another currency and at the prices of one period; all numbers by hand. */
#include "test.h"
#include "tradeflow.h"

#include <unistd.h>

static char path[512];

/* A file of rates or of an index, for one call. */
static const char *file_of(const char *text)
{
    const char *dir = getenv("BUILDDIR");
    snprintf(path, sizeof path, "%s/convert_%d.csv", dir == NULL ? "." : dir,
             (int)getpid());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    return path;
}

static tflow_table *flows(const char *text)
{
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status =
        tflow_read_memory(text, strlen(text), "flows.csv", NULL, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    return table;
}

static double value(const tflow_table *table, size_t row)
{
    size_t column;
    ck_assert_int_eq(tflow_table_find(table, "value", &column), TFLOW_OK);
    return tflow_table_float64(table, column)[row];
}

static const char euros[] =
    "partner,period,value,currency,quantity\n"
    "CHN,2021,100,EUR,7\nCHN,2022,200,EUR,8\n"
    "CHN,2022-03,10,EUR,9\nCHN,2022,50,USD,1\nCHN,2022,,EUR,2\n";

START_TEST(to_dollars)
{
    tflow_table *table = flows(euros), *out;
    tflow_error error = TFLOW_ERROR_INIT;
    size_t column;
    const char *rates = file_of("currency,period,rate\nEUR,2021,1.25\nEUR,2022,1.5\n"
                                "EUR,2022-03,1.75\nGBP,2022,\n");
    ck_assert_int_eq(tflow_table_convert(table, rates, "USD", &out, &error), TFLOW_OK);
    remove(path);
    ck_assert(value(out, 0) == 125);
    ck_assert(value(out, 1) == 300);
    ck_assert(value(out, 2) == 17.5); /* the month's own rate, not the year's */
    ck_assert(value(out, 3) == 50);   /* in dollars already */
    ck_nan(value(out, 4));
    ck_assert(value(table, 0) == 100); /* the table that was given is as it was */
    ck_assert_str_eq(tflow_table_attribute(out, "currency"), "USD");
    ck_assert_int_eq(tflow_table_find(out, "currency", &column), TFLOW_EUNKNOWN);
    ck_assert_int_eq(tflow_table_find(out, "quantity", &column), TFLOW_OK);
    ck_assert(tflow_table_float64(out, column)[0] == 7);
    ck_assert_uint_eq(tflow_table_rows(out), 5);
    ck_assert_uint_eq(tflow_table_notes(out), 1);
    tflow_table_free(out);
    tflow_table_free(table);
}
END_TEST

/* A month without a rate takes that of the quarter, then of the half, then of the year.
 */
START_TEST(period_that_holds)
{
    static const struct {
        const char *rates;
        double value;
    } cases[] = {{"EUR,2022,2\nEUR,2022-H1,3\nEUR,2022-Q1,4\nEUR,2022-03,5\n", 50},
                 {"EUR,2022,2\nEUR,2022-H1,3\nEUR,2022-Q1,4\nEUR,2022-04,5\n", 40},
                 {"EUR,2022,2\nEUR,2022-H1,3\nEUR,2022-Q2,4\n", 30},
                 {"EUR,2022,2\nEUR,2022-H2,3\n", 20}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        tflow_error error = TFLOW_ERROR_INIT;
        tflow_table *table = flows("partner,period,value_eur\nCHN,2022-03,10\n"), *out;
        snprintf(text, sizeof text, "currency,period,rate\n%s", cases[i].rates);
        ck_assert_int_eq(tflow_table_convert(table, file_of(text), "USD", &out, &error),
                         TFLOW_OK);
        ck_assert(value(out, 0) == cases[i].value);
        tflow_table_free(out);
        tflow_table_free(table);
    }
    remove(path);
}
END_TEST

static const struct {
    const char *flows, *rates;
    tflow_status status;
    uint64_t line;
    const char *message, *why;
} refused[] = {
    {euros, "currency,period,rate\nEUR,2022,1.5\n", TFLOW_EUNKNOWN, 2, "rate of EUR",
     "no rate for 2021"},
    {euros, "currency,period,rate\nEUR,2021-01,1.5\n", TFLOW_EUNKNOWN, 2, "rate of EUR",
     "months are not averaged"},
    {"partner,period,value\nCHN,2022,5\n", "currency,period,rate\nEUR,2022,1.5\n",
     TFLOW_EUNKNOWN, 2, "not known", "no currency"},
    {euros, "currency,period\nEUR,2022\n", TFLOW_EPARSE, 1, "column rate", "no rates"},
    {euros, "currency,period,rate\nEUR,2022,0\n", TFLOW_EPARSE, 2, "above 0", "zero"},
    {euros, "currency,period,rate\nEUR,2022,-1\n", TFLOW_EPARSE, 2, "above 0",
     "negative"},
    {euros, "currency,period,rate\nEUR,2022,x\n", TFLOW_EPARSE, 2, "a number", "text"},
    {euros, "currency,period,rate\nEUR,2022-13,1\n", TFLOW_EPARSE, 2, "period",
     "no period"},
    {euros, "currency,period,rate\nEUR,2022,1\nEUR,2022,2\n", TFLOW_EDUPLICATE, 3,
     "line 2", "two rates"},
    {euros, "currency,period,rate\n", TFLOW_EPARSE, 0, "no numbers", "a header alone"},
    {"partner,period,value_eur\nCHN,2022,1e300\n",
     "currency,period,rate\nEUR,2022,1e300\n", TFLOW_ELIMIT, 2, "too large",
     "overflow"},
};

START_TEST(refusals)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table = flows(refused[_i].flows), *out;
    tflow_status status =
        tflow_table_convert(table, file_of(refused[_i].rates), "USD", &out, &error);
    remove(path);
    ck_assert_msg(status == refused[_i].status && out == NULL, "%s: %s",
                  refused[_i].why, error.message);
    ck_assert_msg(error.line == refused[_i].line, "%s: line %llu", refused[_i].why,
                  (unsigned long long)error.line);
    ck_assert_msg(strstr(error.message, refused[_i].message) != NULL, "%s: %s",
                  refused[_i].why, error.message);
    tflow_table_free(table);
}
END_TEST

START_TEST(constant_prices)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table = flows("partner,period,value_usd\nCHN,2015,100\nCHN,2022,300\n"
                               "CHN,2022-02,30\nCHN,2023,\n"),
                *out, *again;
    const char *index = file_of("year,index\n2015,80\n2022,120\n");
    ck_assert_int_eq(tflow_table_deflate(table, index, "2015", &out, &error), TFLOW_OK);
    ck_assert(value(out, 0) == 100);
    ck_assert(value(out, 1) == 200); /* 300 / 120 * 80 */
    ck_assert(value(out, 2) == 20);
    ck_nan(value(out, 3)); /* no index is needed for it */
    ck_assert_str_eq(tflow_table_attribute(out, "prices"), "constant 2015");
    ck_assert_str_eq(tflow_table_attribute(out, "currency"), "USD");
    ck_assert_int_eq(tflow_table_deflate(out, index, "2015", &again, &error),
                     TFLOW_EMIXED);
    ck_assert_int_eq(tflow_table_deflate(table, index, "2014", &again, &error),
                     TFLOW_EUNKNOWN);
    ck_assert_str_eq(error.column, "base");
    ck_assert_int_eq(tflow_table_deflate(table, index, "then", &again, &error),
                     TFLOW_EPARSE);
    ck_assert_int_eq(tflow_table_deflate(table, "no/such/file", "2015", &again, &error),
                     TFLOW_EIO);
    ck_assert_ptr_null(again);
    remove(path);
    tflow_table_free(out);
    tflow_table_free(table);
}
END_TEST

START_TEST(wrong_arguments)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table = flows(euros), *out;
    ck_assert_int_eq(tflow_table_convert(table, "x", "USD", NULL, &error),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_convert(NULL, "x", "USD", &out, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_convert(table, NULL, "USD", &out, &error),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_convert(table, "x", "", &out, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_deflate(table, NULL, "2015", &out, &error),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_deflate(table, "x", NULL, &out, &error), TFLOW_EINVAL);
    ck_assert_ptr_null(out);
    tflow_table_free(table);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, to_dollars);
    tcase_add_test(tests, period_that_holds);
    tcase_add_loop_test(tests, refusals, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_test(tests, constant_prices);
    tcase_add_test(tests, wrong_arguments);
}

int main(void)
{
    return run_suite("convert", add);
}
