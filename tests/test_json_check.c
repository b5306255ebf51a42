/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json.h"
#include "io/write.h"
#include "test.h"

#include <stdlib.h>

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
    {"{\"a\":\"\\ud83d\\ude00\"}", 1, "a pair of surrogates"},
    {"{\"a\":\"\\ud83d\"}", 0, "half a pair"},
    {"{\"a\":\"\\ude00\\ud83d\"}", 0, "the halves the wrong way round"},
    {"{\"a\":\"\\ud83d\\u0041\"}", 0, "half a pair before a letter"},
    {"{\"a\":\"\\u0000\"}", 0, "text with a NUL"},
    {"{\"a\":\"\\u12", 0, "ends within an escape"},
    {"{\"a\":\"\\", 0, "ends within a shorter one"},
    {"{\"a\":\"\xe9\"}", 0, "Latin-1"},
    {"{\"a\":\"\xc3\xa9\"}", 1, "UTF-8"},
    {"{\"\xe9\":1}", 0, "Latin-1 in a name"},
    {"{\"a\":tru}", 0, "a word cut off"},
    {"{\"a\":truex}", 0, "a word that goes on"},
    {"{\"a\":+1}", 0, "a plus sign"},
    {"{\"a\":.5}", 0, "no digit before the point"},
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

/* ---- walking through what was checked ---- */

static const char *parsed(const char *text)
{
    tflow_error error = TFLOW_ERROR_INIT;
    const char *value = tflow_i_json_check(text, strlen(text), &error);
    ck_assert_msg(value != NULL, "%s: %s", text, error.message);
    return value;
}

static const char *said(const char *string)
{
    static char text[64];
    tflow_i_text out = {0};
    tflow_i_json_text(&out, string);
    ck_assert_uint_lt(out.length, sizeof text);
    memcpy(text, out.data, out.length + 1);
    tflow_i_text_clear(&out);
    return text;
}

START_TEST(strings)
{
    static const struct {
        const char *json, *text, *why;
    } texts[] = {
        {"[\"\"]", "", "nothing"},
        {"[\"a\\\"b\\\\c\\/d\"]", "a\"b\\c/d", "escaped signs"},
        {"[\"\\b\\f\\n\\r\\t\"]", "\b\f\n\r\t", "escaped controls"},
        {"[\"\\u0041\\u00e9\\u20AC\"]", "A\xc3\xa9\xe2\x82\xac",
         "one, two, three bytes"},
        {"[\"\\ud83d\\ude00\"]", "\xf0\x9f\x98\x80", "U+1F600, four bytes"},
        {"[\"caf\xc3\xa9\"]", "caf\xc3\xa9", "as it stands"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *string = tflow_i_json_first(parsed(texts[i].json));
        ck_assert_msg(strcmp(said(string), texts[i].text) == 0, "%s", texts[i].why);
        ck_assert_msg(tflow_i_json_equal(string, texts[i].text), "%s", texts[i].why);
        ck_assert(!tflow_i_json_equal(string, "a\"b\\c/"));
        ck_assert(!tflow_i_json_equal(string, "a\"b\\c/dx"));
    }
    const char *two =
        tflow_i_json_first(parsed("[\"\\u00e9t\\u00e9\",\"\xc3\xa9t\xc3\xa9\"]"));
    ck_assert(tflow_i_json_same(two, tflow_i_json_next(two)));
    two = tflow_i_json_first(parsed("[\"ab\",\"abc\"]"));
    ck_assert(!tflow_i_json_same(two, tflow_i_json_next(two)));
    ck_assert(!tflow_i_json_same(tflow_i_json_next(two), two));
}
END_TEST

START_TEST(members)
{
    const char *root = parsed(" { \"a\" : [ 1 , [ ] , { } , -2.5e+3 , null ] ,\n"
                              "\"\\u0062\":{\"]\":\"}\\\"\"} , \"c\":true }\n");
    const char *list = tflow_i_json_member(root, "a");
    static const char kinds[] = "1[{-n";
    size_t n = 0;
    for (const char *item = tflow_i_json_first(list); item != NULL;
         item = tflow_i_json_next(item))
        ck_assert_int_eq(*item, kinds[n++]);
    ck_assert_uint_eq(n, 5);
    const char *b = tflow_i_json_member(root, "b");
    ck_assert(tflow_i_json_is(b, '{'));
    ck_assert_str_eq(said(tflow_i_json_member(b, "]")), "}\"");
    const char *c = tflow_i_json_member(root, "c");
    ck_assert_uint_eq(tflow_i_json_length(c), 4);
    ck_assert_ptr_null(tflow_i_json_next(c));
    ck_assert_ptr_null(tflow_i_json_member(root, "d"));
    ck_assert_ptr_null(tflow_i_json_member(list, "a"));
    ck_assert_ptr_null(tflow_i_json_member(NULL, "a"));
    ck_assert_ptr_null(tflow_i_json_first(parsed("[ ]")));
    ck_assert_ptr_null(tflow_i_json_first(parsed("{\n}")));
    ck_assert_uint_eq(tflow_i_json_line(root - 1, c), 2);
}
END_TEST

START_TEST(places)
{
    static const struct {
        const char *text, *message;
        uint64_t line;
    } wrong[] = {
        {"", "expected an object or a list, found the end", 1},
        {"growth", "expected an object or a list at \"growth\"", 1},
        {"{\"a\":\n1,\n", "expected a name in quotes, found the end", 3},
        {"{\"a\":\n1\n\"b\":2}", "expected a comma or a } at \"\"b\":2}\"", 3},
        {"[1,\n2}", "expected a comma or a ] at \"}\"", 2},
        {"[\n\"a", "expected the closing quote of a string, found the end", 2},
        {"[1]\n\n[2]", "expected nothing more at \"[2]\"", 3},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        ck_assert_ptr_null(
            tflow_i_json_check(wrong[i].text, strlen(wrong[i].text), &error));
        ck_assert_int_eq(error.status, TFLOW_EPARSE);
        ck_assert_str_eq(error.message, wrong[i].message);
        ck_assert_uint_eq(error.line, wrong[i].line);
    }
}
END_TEST

/* Every beginning of a document is refused, without a look beyond its end. */
START_TEST(beginnings)
{
    static const char text[] =
        "{\"a\":[1.5e-3,\"\\ud83d\\ude00\\n\",null,{}],\"b\":-0}";
    for (size_t n = 0; n < sizeof text - 1; n++) {
        char *copy = malloc(n + 1); /* one byte more: malloc(0) may be NULL */
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, text, n);
        copy[n] = '"';
        ck_assert_ptr_null(tflow_i_json_check(copy, n, NULL));
        free(copy);
    }
    ck_assert_ptr_nonnull(tflow_i_json_check(text, sizeof text - 1, NULL));
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, objects);
    tcase_add_test(tests, depth);
    tcase_add_test(tests, strings);
    tcase_add_test(tests, members);
    tcase_add_test(tests, places);
    tcase_add_test(tests, beginnings);
}

int main(void)
{
    return run_suite("json_check", add);
}
