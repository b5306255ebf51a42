/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/write.h"
#include "test.h"

static const struct {
    const char *text;
    int object;
    const char *why;
} cases[] = {
    {"{}", 1, "empty"},
    {" { \"a\" : [1, 2, {\"b\": null}], \"c\": -1.5e+3 } ", 1, "nested, spaces"},
    {"{\"a\":[[],[]],\"b\":{}}", 1, "empty lists and objects within"},
    {"{\"a\":\"\\u00e9\\n\\\"\"}", 1, "escapes"},
    {"{\"a\":true,\"b\":false,\"c\":0}", 1, "words and zero"},
    {"", 0, "nothing"},
    {"[]", 0, "a list is no object"},
    {"1", 0, "nor is a number"},
    {"{", 0, "not closed"},
    {"{a:1}", 0, "key without quotes"},
    {"{\"a\"}", 0, "key without value"},
    {"{\"a\":}", 0, "colon without value"},
    {"{\"a\":1,}", 0, "comma before the end"},
    {"{\"a\":[1,]}", 0, "comma before the end of a list"},
    {"{,}", 0, "comma alone"},
    {"{\"a\":01}", 0, "leading zero"},
    {"{\"a\":1.}", 0, "no digit after the point"},
    {"{\"a\":-}", 0, "sign alone"},
    {"{\"a\":1e}", 0, "no exponent"},
    {"{\"a\":nan}", 0, "JSON knows no NaN"},
    {"{\"a\":1}x", 0, "text after the end"},
    {"{\"a\":1 2}", 0, "no comma between"},
    {"{]", 0, "closed by the other bracket"},
    {"{\"a\":[}}", 0, "list closed by a brace"},
    {"{\"a\":\"\\x\"}", 0, "unknown escape"},
    {"{\"a\":\"\\u12g4\"}", 0, "escape with too few digits"},
    {"{\"a\":\"\n\"}", 0, "control character in a string"},
    {"{\"a\":\"b}", 0, "string not closed"},
};

START_TEST(objects)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(tflow_i_json_object(cases[i].text) == cases[i].object, "%s: %s",
                      cases[i].text, cases[i].why);
}
END_TEST

START_TEST(depth)
{
    char text[512] = "{\"a\":";
    size_t n = strlen(text);

    memset(text + n, '[', 63);
    memset(text + n + 63, ']', 63);
    memcpy(text + n + 126, "}", 2);
    ck_assert_int_eq(tflow_i_json_object(text), 1);
    memset(text + n, '[', 64);
    memset(text + n + 64, ']', 64);
    memcpy(text + n + 128, "}", 2);
    ck_assert_int_eq(tflow_i_json_object(text), 0); /* deeper than any recipe */
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, objects);
    tcase_add_test(tests, depth);
}

int main(void)
{
    return run_suite("json_check", add);
}
