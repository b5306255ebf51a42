/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"
#include "test.h"

#include <locale.h>

START_TEST(status_texts)
{
    for (int s = TFLOW_EINTERNAL; s <= TFLOW_CONTRADICTION; s++) {
        ck_assert_str_ne(tflow_status_name((tflow_status)s), "unknown status");
        ck_assert_str_ne(tflow_status_text((tflow_status)s), "unknown status");
    }
    ck_assert_str_eq(tflow_status_text((tflow_status)99), "unknown status");
    ck_assert_int_eq(tflow_has_feature("gzip"), 1);
    ck_assert_int_eq(tflow_has_feature("teleport"), 0);
    ck_assert_int_eq(tflow_has_feature(NULL), 0);
}
END_TEST

static const struct {
    const char *text;
    int ok;
    double value;
    const char *why;
} decimals[] = {
    {"0", 1, 0, "zero"},
    {"1", 1, 1, "one"},
    {"-1.5", 1, -1.5, "sign and point"},
    {".5", 1, 0.5, "no digit before the point"},
    {"5.", 1, 5, "no digit after it"},
    {"1e3", 1, 1000, "exponent"},
    {"1E-2", 1, 0.01, "negative exponent"},
    {"1.7976931348623157e308", 1, 1.7976931348623157e308, "largest double"},
    {"5e-324", 1, 5e-324, "smallest double"},
    {"9007199254740993", 1, 9007199254740992.0, "2^53 + 1 rounds to even"},
    {"123456789012345678901234567890", 1, 123456789012345678901234567890.0, "long"},
    {"0.30000000000000004", 1, 0.30000000000000004, "17 digits"},
    {"1.2.3", 0, 0, "two points"},
    {"1,5", 0, 0, "a comma is not a point"},
    {"", 0, 0, "nothing"},
    {"-", 0, 0, "a sign alone"},
    {".", 0, 0, "a point alone"},
    {"1e", 0, 0, "no exponent"},
    {"e5", 0, 0, "no digits"},
    {"nan", 0, 0, "not a number"},
    {"inf", 0, 0, "not finite"},
    {"0x10", 0, 0, "hexadecimal"},
    {" 1", 0, 0, "space"},
};

START_TEST(decimal_reads)
{
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
        double value;
        int overflow;
        int ok = tflow_i_decimal_parse(decimals[i].text, strlen(decimals[i].text),
                                       &value, &overflow);
        ck_assert_msg(ok == decimals[i].ok, "%s: %s", decimals[i].text,
                      decimals[i].why);
        if (ok)
            ck_assert_msg(value == decimals[i].value, "%s read as %.17g",
                          decimals[i].text, value);
    }
}
END_TEST

START_TEST(decimal_overflow)
{
    double value;
    int overflow;
    ck_assert_int_eq(tflow_i_decimal_parse("1e400", 5, &value, &overflow), 1);
    ck_assert_int_eq(overflow, 1);
    ck_nan(value);
}
END_TEST

/* Writing and reading again gives the same bits, in any locale; the reference is strtod
 * in the C locale. */
static void round_trips(void)
{
    uint64_t state = 42;
    for (int i = 0; i < test_draws(200000); i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t bits = state ^ (state >> 31);
        double x;
        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x))
            continue;
        char text[TFLOW_I_DECIMAL_SIZE];
        double back;
        int overflow;
        tflow_i_decimal_format(x, text);
        ck_assert_msg(strchr(text, ',') == NULL, "comma in %s", text);
        ck_assert(tflow_i_decimal_parse(text, strlen(text), &back, &overflow));
        ck_assert_msg(back == x, "%.17g written %s read %.17g", x, text, back);
    }
}

START_TEST(decimal_round_trip)
{
    round_trips();
    const char *locale = setlocale(LC_ALL, "de_DE.UTF-8");
    ck_assert_msg(locale != NULL, "locale de_DE.UTF-8 is not installed");
    round_trips();
    setlocale(LC_ALL, "C");
}
END_TEST

/* 1 + 2^-53 lies half-way between two doubles and goes to the even one, 1; a digit that
 * stands a thousand places behind takes it to the other. */
START_TEST(decimal_of_a_thousand_digits)
{
    static const char half[] =
        "1.00000000000000011102230246251565404236316680908203125";
    static const struct {
        size_t zeros;
        char last;
        double value;
    } cases[] = {{0, '0', 1}, {2000, '0', 1}, {2000, '1', 1 + 0x1p-52}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2200];
        size_t n = (size_t)snprintf(text, sizeof text, "-%s", half);
        memset(text + n, '0', cases[i].zeros);
        n += cases[i].zeros;
        text[n++] = cases[i].last;
        double value;
        int overflow;
        ck_assert(tflow_i_decimal_parse(text, n, &value, &overflow));
        ck_assert_msg(value == -cases[i].value, "%zu: %.17g", i, value);
        /* The same digits, a million times as large, in front of the point. */
        memmove(text + 2, text + 3, n - 3);
        n += (size_t)snprintf(text + n - 1, 8, "e%d", 6 - (int)(n - 3)) - 1;
        ck_assert(tflow_i_decimal_parse(text, n, &value, &overflow));
        ck_assert_msg(fabs(value + 1e6) < 1e-9, "%zu: %.17g", i, value);
    }
}
END_TEST

START_TEST(decimal_matches_strtod)
{
    uint64_t state = 7;
    for (int i = 0; i < test_draws(200000); i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        char text[64];
        snprintf(text, sizeof text, "%llu.%llue%d",
                 (unsigned long long)(state >> (state % 60)),
                 (unsigned long long)(state % 1000003), (int)(state % 41) - 20);
        double value;
        int overflow;
        ck_assert(tflow_i_decimal_parse(text, strlen(text), &value, &overflow));
        ck_assert_msg(value == strtod(text, NULL), "%s read as %.17g", text, value);
    }
}
END_TEST

static const struct {
    double value;
    const char *text;
} written[] = {
    {0, "0"},
    {-0.0, "0"},
    {0.1, "0.1"},
    {1e6, "1000000"},
    {1e20, "100000000000000000000"},
    {1.5e300, "1.5e300"},
    {1e-7, "1e-7"},
    {28120344.886, "28120344.886"},
    {2.0 / 3, "0.6666666666666666"},
    {NAN, ""},
    {INFINITY, ""},
};

START_TEST(decimal_writes)
{
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        char text[TFLOW_I_DECIMAL_SIZE];
        ck_assert_str_eq(tflow_i_decimal_format(written[i].value, text),
                         written[i].text);
    }
    tflow_i_text text = {0};
    tflow_i_text_grouped(&text, -1234567.891, 1);
    tflow_i_text_char(&text, ' ');
    tflow_i_text_grouped(&text, 999.96, 1);
    tflow_i_text_char(&text, ' ');
    tflow_i_text_fixed(&text, -0.001, 1);
    char *s = tflow_i_text_take(&text);
    ck_assert_str_eq(s, "-1,234,567.9 1,000.0 0.0");
    tflow_text_free(s);
}
END_TEST

START_TEST(sums)
{
    const double hard[] = {1, 1e100, 1, -1e100}; /* the exact sum is 2 */
    tflow_i_sum sum = {0, 0};
    for (size_t i = 0; i < 4; i++)
        tflow_i_sum_add(&sum, hard[i]);
    ck_assert_double_eq(tflow_i_sum_value(&sum), 2);

    tflow_i_sum left = {0, 0}, right = {0, 0};
    tflow_i_sum_add(&left, 1);
    tflow_i_sum_add(&left, 1e100);
    tflow_i_sum_add(&right, 1);
    tflow_i_sum_add(&right, -1e100);
    tflow_i_sum_merge(&left, &right);
    ck_assert_double_eq(tflow_i_sum_value(&left), 2);
}
END_TEST

START_TEST(dictionary)
{
    tflow_i_dict *dict = tflow_i_dict_new();
    char text[16];
    for (int i = 0; i < 5000; i++) {
        int n = snprintf(text, sizeof text, "k%d", i % 2500);
        ck_assert_int_eq(tflow_i_dict_add(dict, text, (size_t)n), i % 2500);
    }
    ck_assert_int_eq(tflow_i_dict_count(dict), 2500);
    ck_assert_int_eq(tflow_i_dict_find(dict, "k77", 3), 77);
    ck_assert_int_eq(tflow_i_dict_find(dict, "nobody", 6), -1);
    ck_assert_str_eq(tflow_i_dict_text(dict, 2499), "k2499");
    ck_assert_ptr_null(tflow_i_dict_text(dict, 2500));
    tflow_i_dict_free(dict);
    tflow_i_dict_free(NULL);
}
END_TEST

START_TEST(grouping)
{
    tflow_i_groups *groups = tflow_i_groups_new(2);
    for (int32_t i = 0; i < 3000; i++) {
        int32_t key[2] = {i % 50, i % 30}; /* lcm(50, 30) = 150 pairs */
        ck_assert_uint_ne(tflow_i_groups_add(groups, key), SIZE_MAX);
    }
    ck_assert_uint_eq(tflow_i_groups_count(groups), 150);
    int32_t absent[2] = {-1, 5};
    ck_assert_uint_eq(tflow_i_groups_find(groups, absent), SIZE_MAX);
    tflow_i_groups_free(groups);

    groups = tflow_i_groups_new(0); /* everything in one group */
    ck_assert_uint_eq(tflow_i_groups_add(groups, NULL), 0);
    ck_assert_uint_eq(tflow_i_groups_add(groups, NULL), 0);
    tflow_i_groups_free(groups);
}
END_TEST

static int by_last_digit(size_t a, size_t b, const void *context)
{
    const int *values = context;
    return values[a] % 10 - values[b] % 10;
}

START_TEST(sort_is_stable)
{
    int values[1000];
    size_t order[1000];
    for (int i = 0; i < 1000; i++) {
        values[i] = (i * 7919) % 1000;
        order[i] = (size_t)i;
    }
    ck_assert(tflow_i_sort(order, 1000, by_last_digit, values));
    for (int i = 1; i < 1000; i++) {
        int a = values[order[i - 1]] % 10, b = values[order[i]] % 10;
        ck_assert(a < b || (a == b && order[i - 1] < order[i]));
    }
}
END_TEST

START_TEST(text_escapes)
{
    tflow_i_text text = {0};
    tflow_i_text_json(&text, "a\"b\\c\n\x01\xff\xc3\xa9");
    tflow_i_text_xml(&text, "<&>\"'\x01");
    char *s = tflow_i_text_take(&text);
    ck_assert_str_eq(s, "\"a\\\"b\\\\c\\n\\u0001\\ufffd\xc3\xa9\""
                        "&lt;&amp;&gt;&quot;&#39;\xef\xbf\xbd");
    tflow_text_free(s);
}
END_TEST

START_TEST(error_place)
{
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(tflow_i_fail(&error, TFLOW_EPARSE, "found '%s'", "1.2.3"),
                     TFLOW_EPARSE);
    tflow_i_at(&error, "a.csv", 7, 3, "value");
    ck_assert_str_eq(error.message, "found '1.2.3'");
    ck_assert_str_eq(error.file, "a.csv");
    ck_assert_uint_eq(error.line, 7);
    ck_assert_int_eq(tflow_i_fail(NULL, TFLOW_EIO, "no place"), TFLOW_EIO);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, status_texts);
    tcase_add_test(tests, decimal_reads);
    tcase_add_test(tests, decimal_overflow);
    tcase_add_test(tests, decimal_round_trip);
    tcase_add_test(tests, decimal_of_a_thousand_digits);
    tcase_add_test(tests, decimal_matches_strtod);
    tcase_add_test(tests, decimal_writes);
    tcase_add_test(tests, sums);
    tcase_add_test(tests, dictionary);
    tcase_add_test(tests, grouping);
    tcase_add_test(tests, sort_is_stable);
    tcase_add_test(tests, text_escapes);
    tcase_add_test(tests, error_place);
}

int main(void)
{
    return run_suite("core", add);
}
