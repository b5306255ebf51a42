/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writers: what comes out was written down by hand, and machine formats read back. */
#include "core/core.h"
#include "core/glyph.h"
#include "test.h"
#include "tradeflow.h"

#include <jansson.h>

static char *written(const tflow_table *table, tflow_format format, int width,
                     int ascii)
{
    char *text = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = tflow_table_write(table, format, width, ascii, &text, &error);

    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    ck_assert_ptr_nonnull(text);
    return text;
}

static void check_text(const char *got, const char *want)
{
    ck_assert_msg(strcmp(got, want) == 0, "got:\n%s\nexpected:\n%s", got, want);
}

static void check_written(const tflow_table *table, tflow_format format, int width,
                          int ascii, const char *want)
{
    char *got = written(table, format, width, ascii);

    check_text(got, want);
    tflow_text_free(got);
}

static tflow_builder *start(void)
{
    tflow_builder *builder;

    ck_assert_int_eq(tflow_builder_new(&builder, NULL), TFLOW_OK);
    return builder;
}

static void column(tflow_builder *builder, const char *name, tflow_type type,
                   const char *unit)
{
    ck_assert_int_eq(tflow_builder_column(builder, name, type, unit, NULL), TFLOW_OK);
}

static void row(tflow_builder *builder)
{
    ck_assert_int_eq(tflow_builder_row(builder, NULL), TFLOW_OK);
}

static tflow_table *finish(tflow_builder *builder)
{
    tflow_table *table;

    ck_assert_int_eq(tflow_builder_finish(builder, &table, NULL), TFLOW_OK);
    tflow_builder_free(builder);
    return table;
}

static tflow_period period_of(const char *label)
{
    tflow_period period;

    ck_assert_int_eq(tflow_period_parse(label, strlen(label), &period, NULL), TFLOW_OK);
    return period;
}

/* Each type, each with a missing cell and one that needs care. */
static tflow_table *every_type(void)
{
    tflow_builder *b = start();

    column(b, "name", TFLOW_KEY, "");
    column(b, "period", TFLOW_PERIOD, "");
    column(b, "value", TFLOW_FLOAT64, "thousand USD");
    column(b, "n", TFLOW_INT64, "");
    column(b, "status", TFLOW_OBS_STATUS, "");
    column(b, "lower_bound", TFLOW_BOOL, "");
    tflow_builder_key(b, 0, "a,\"b\"\tc\\");
    tflow_builder_period(b, 1, period_of("2022-01..2022-07"));
    tflow_builder_float64(b, 2, 0.1);
    tflow_builder_int64(b, 3, INT64_MIN);
    tflow_builder_status(b, 4, 'E');
    tflow_builder_bool(b, 5, 1);
    row(b);
    row(b); /* all missing */
    tflow_builder_key(b, 0, "");
    tflow_builder_period(b, 1, period_of("2022"));
    tflow_builder_float64(b, 2, -1e300);
    tflow_builder_int64(b, 3, 7);
    tflow_builder_status(b, 4, 'A');
    row(b);
    tflow_builder_note(b, "first \"note\"", NULL);
    tflow_builder_note(b, "second", NULL);
    return finish(b);
}

START_TEST(formats_are_found_by_name)
{
    static const struct {
        const char *name;
        tflow_format format;
    } cases[] = {
        {"table", TFLOW_FORMAT_TABLE}, {"csv", TFLOW_FORMAT_CSV},
        {"tsv", TFLOW_FORMAT_TSV},     {"json", TFLOW_FORMAT_JSON},
        {"jsonl", TFLOW_FORMAT_JSONL}, {"md", TFLOW_FORMAT_MD},
    };
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_format format;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(tflow_format_find(cases[i].name, &format, NULL), TFLOW_OK);
        ck_assert_int_eq(format, cases[i].format);
    }
    ck_assert_int_eq(tflow_format_find("CSV", &format, &error), TFLOW_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(error.message, "\"CSV\""));
    ck_assert_int_eq(tflow_format_find(NULL, &format, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_format_find("csv", NULL, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(wrong_calls_are_refused)
{
    tflow_table *table = every_type();
    char *text = (char *)1;

    ck_assert_int_eq(tflow_table_write(NULL, TFLOW_FORMAT_CSV, 0, 0, &text, NULL),
                     TFLOW_EINVAL);
    ck_assert_ptr_null(text);
    ck_assert_int_eq(tflow_table_write(table, TFLOW_FORMAT_CSV, 0, 0, NULL, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_write(table, (tflow_format)99, 0, 0, &text, NULL),
                     TFLOW_EINVAL);
    ck_assert_ptr_null(text);
    tflow_table_free(table);
}
END_TEST

START_TEST(csv_is_rfc_4180)
{
    tflow_table *table = every_type();

    /* 10^300 is not a power of ten that a double holds: 1e300 reads back to it. */
    check_written(
        table, TFLOW_FORMAT_CSV, 0, 0,
        "name,period,value,n,status,lower_bound\n"
        "\"a,\"\"b\"\"\tc\\\",2022-01..2022-07,0.1,-9223372036854775808,E,true\n"
        ",,,0,,false\n"
        "\"\",2022,-1e300,7,A,false\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(csv_keeps_a_row_that_is_one_missing_cell)
{
    tflow_builder *b = start();

    column(b, "value", TFLOW_FLOAT64, "");
    row(b);
    tflow_builder_float64(b, 0, 2);
    row(b);
    tflow_table *table = finish(b);
    check_written(table, TFLOW_FORMAT_CSV, 0, 0, "value\n\"\"\n2\n");
    check_written(table, TFLOW_FORMAT_TSV, 0, 0, "value\n\n2\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(csv_quotes_where_readers_would_go_wrong)
{
    static const struct {
        const char *why, *key, *field;
    } cases[] = {
        {"plain", "EU27_2020", "EU27_2020"},
        {"line feed", "a\nb", "\"a\nb\""},
        {"carriage return", "a\rb", "\"a\rb\""},
        {"blank in front", " a", "\" a\""},
        {"blank behind", "a ", "\"a \""},
        {"blank inside", "a b", "a b"},
        {"leading zero is text", "0101", "0101"},
        {"semicolon is not the delimiter", "a;b", "a;b"},
        {"UTF-8", "Côte d’Ivoire", "Côte d’Ivoire"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_builder *b = start();
        char want[64];
        column(b, "k", TFLOW_KEY, "");
        tflow_builder_key(b, 0, cases[i].key);
        row(b);
        tflow_table *table = finish(b);
        snprintf(want, sizeof want, "k\n%s\n", cases[i].field);
        check_written(table, TFLOW_FORMAT_CSV, 0, 0, want);
        tflow_table_free(table);
    }
}
END_TEST

START_TEST(tsv_has_no_raw_tab_or_line_end)
{
    tflow_builder *b = start();

    column(b, "k", TFLOW_KEY, "");
    column(b, "v", TFLOW_FLOAT64, "");
    tflow_builder_key(b, 0, "a\tb\nc\rd\\e\"f");
    tflow_builder_float64(b, 1, 1.5);
    row(b);
    tflow_table *table = finish(b);
    check_written(table, TFLOW_FORMAT_TSV, 0, 0, "k\tv\na\\tb\\nc\\rd\\\\e\"f\t1.5\n");
    tflow_table_free(table);
}
END_TEST

/* Numbers whose shortest text is known to be hard. */
static const double hard[] = {0.1,
                              1.0 / 3,
                              5e-324,
                              2.2250738585072014e-308,
                              1.7976931348623157e308,
                              9007199254740993.0,
                              123456789012345680.0,
                              -28120344.886,
                              0.3,
                              1e21,
                              1e22,
                              1e23,
                              4.35,
                              0.000001,
                              9.5e-7};

START_TEST(numbers_read_back_to_the_same_bits)
{
    tflow_builder *b = start();
    size_t n = sizeof hard / sizeof *hard;

    column(b, "x", TFLOW_FLOAT64, "");
    for (size_t i = 0; i < n; i++) {
        tflow_builder_float64(b, 0, hard[i]);
        row(b);
    }
    tflow_table *table = finish(b);
    char *csv = written(table, TFLOW_FORMAT_CSV, 0, 0);
    char *json = written(table, TFLOW_FORMAT_JSON, 0, 0);
    json_t *root = json_loads(json, 0, NULL);
    json_t *rows = json_object_get(root, "rows");
    const char *s = strchr(csv, '\n') + 1;

    ck_assert_uint_eq(json_array_size(rows), n);
    for (size_t i = 0; i < n; i++) {
        char *end;
        double back = strtod(s, &end); /* the test runs in the C locale */
        ck_assert_msg(back == hard[i], "%.17g came back as %.17g", hard[i], back);
        ck_assert_int_eq(*end, '\n');
        s = end + 1;
        double there = json_number_value(json_object_get(json_array_get(rows, i), "x"));
        ck_assert_msg(there == hard[i], "%.17g is %.17g in JSON", hard[i], there);
    }
    json_decref(root);
    tflow_text_free(csv);
    tflow_text_free(json);
    tflow_table_free(table);
}
END_TEST

START_TEST(json_reads_back)
{
    tflow_table *table = every_type();
    char *text = written(table, TFLOW_FORMAT_JSON, 0, 0);
    json_error_t wrong;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &wrong);

    ck_assert_msg(root != NULL, "%s in line %d", wrong.text, wrong.line);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "schema_version")), 1);
    ck_assert(json_is_null(json_object_get(root, "recipe")));
    json_t *notes = json_object_get(root, "notes");
    ck_assert_uint_eq(json_array_size(notes), 2);
    ck_assert_str_eq(json_string_value(json_array_get(notes, 0)), "first \"note\"");

    static const struct {
        const char *name, *type, *unit;
    } columns[] = {
        {"name", "key", ""},
        {"period", "period", ""},
        {"value", "float64", "thousand USD"},
        {"n", "int64", ""},
        {"status", "status", ""},
        {"lower_bound", "bool", ""},
    };
    json_t *described = json_object_get(root, "columns");
    ck_assert_uint_eq(json_array_size(described), 6);
    for (size_t i = 0; i < 6; i++) {
        json_t *c = json_array_get(described, i);
        ck_assert_str_eq(json_string_value(json_object_get(c, "name")),
                         columns[i].name);
        ck_assert_str_eq(json_string_value(json_object_get(c, "type")),
                         columns[i].type);
        ck_assert_str_eq(json_string_value(json_object_get(c, "unit")),
                         columns[i].unit);
    }

    json_t *rows = json_object_get(root, "rows");
    ck_assert_uint_eq(json_array_size(rows), 3);
    json_t *first = json_array_get(rows, 0);
    ck_assert_str_eq(json_string_value(json_object_get(first, "name")), "a,\"b\"\tc\\");
    ck_assert_str_eq(json_string_value(json_object_get(first, "period")),
                     "2022-01..2022-07");
    ck_assert(json_real_value(json_object_get(first, "value")) == 0.1);
    ck_assert(json_integer_value(json_object_get(first, "n")) == INT64_MIN);
    ck_assert_str_eq(json_string_value(json_object_get(first, "status")), "E");
    ck_assert(json_is_true(json_object_get(first, "lower_bound")));
    json_t *missing = json_array_get(rows, 1);
    ck_assert(json_is_null(json_object_get(missing, "name")));
    ck_assert(json_is_null(json_object_get(missing, "period")));
    ck_assert(json_is_null(json_object_get(missing, "value")));
    ck_assert(json_is_null(json_object_get(missing, "status")));
    ck_assert_str_eq(
        json_string_value(json_object_get(json_array_get(rows, 2), "name")), "");
    json_decref(root);
    tflow_text_free(text);
    tflow_table_free(table);
}
END_TEST

START_TEST(json_lines_are_objects)
{
    tflow_table *table = every_type();
    char *text = written(table, TFLOW_FORMAT_JSONL, 0, 0);
    size_t lines = 0;

    for (char *s = text; *s != '\0';) {
        size_t n = strcspn(s, "\n");
        json_t *object = json_loadb(s, n, JSON_REJECT_DUPLICATES, NULL);
        ck_assert(json_is_object(object));
        ck_assert_uint_eq(json_object_size(object), 6);
        json_decref(object);
        ck_assert_int_eq(s[n], '\n');
        s += n + 1;
        lines++;
    }
    ck_assert_uint_eq(lines, 3);
    tflow_text_free(text);
    tflow_table_free(table);
}
END_TEST

START_TEST(json_takes_a_recipe_and_bad_text)
{
    tflow_builder *b = start();

    column(b, "k", TFLOW_KEY, "");
    tflow_builder_key(b, 0, "bad \xff byte \x01");
    row(b);
    tflow_builder_attribute(b, "recipe", "{\"operation\":\"growth\",\"n\":1.5}", NULL);
    tflow_table *table = finish(b);
    char *text = written(table, TFLOW_FORMAT_JSON, 0, 0);
    json_t *root = json_loads(text, 0, NULL);

    ck_assert_ptr_nonnull(root);
    ck_assert_str_eq(json_string_value(
                         json_object_get(json_object_get(root, "recipe"), "operation")),
                     "growth");
    json_t *cell =
        json_object_get(json_array_get(json_object_get(root, "rows"), 0), "k");
    ck_assert_str_eq(json_string_value(cell), "bad \xef\xbf\xbd byte \x01");
    json_decref(root);
    tflow_text_free(text);
    tflow_table_free(table);
}
END_TEST

START_TEST(json_refuses_a_recipe_that_would_spoil_it)
{
    static const char *const recipes[] = {"", "growth", "[1]", "{\"a\":1", "{} {}"};

    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        tflow_builder *b = start();
        tflow_error error = TFLOW_ERROR_INIT;
        char *text = (char *)1;
        column(b, "k", TFLOW_KEY, "");
        tflow_builder_attribute(b, "recipe", recipes[i], NULL);
        tflow_table *table = finish(b);
        ck_assert_msg(tflow_table_write(table, TFLOW_FORMAT_JSON, 0, 0, &text,
                                        &error) == TFLOW_EINVAL,
                      "recipe %s was taken", recipes[i]);
        ck_assert_ptr_null(text);
        tflow_table_free(table);
    }
}
END_TEST

START_TEST(markdown)
{
    tflow_builder *b = start();

    column(b, "partner", TFLOW_KEY, "");
    column(b, "value", TFLOW_FLOAT64, "USD");
    column(b, "market_share", TFLOW_FLOAT64, "fraction");
    tflow_builder_key(b, 0, "a|b <c> & *d*");
    tflow_builder_float64(b, 1, 1234567);
    tflow_builder_float64(b, 2, 0.03017340001);
    row(b);
    tflow_builder_key(b, 0, "RUS");
    tflow_builder_float64(b, 2, 0.5);
    row(b);
    tflow_builder_note(b, "a lower bound", NULL);
    tflow_table *table = finish(b);
    check_written(table, TFLOW_FORMAT_MD, 0, 0,
                  "| partner | value (USD) | market_share (fraction) |\n"
                  "|---|--:|--:|\n"
                  "| a\\|b &lt;c> &amp; \\*d\\* | 1,234,567 | 0.0302 |\n"
                  "| RUS |  | 0.5000 |\n"
                  "\n"
                  "- a lower bound\n");
    tflow_table_free(table);
}
END_TEST

/* China's imports from Belarus, million USD (IMF DOTS); growth by hand. */
static tflow_table *belarus(void)
{
    static const struct {
        const char *period;
        double value, growth;
    } rows[] = {{"2020", 894.8, NAN},
                {"2021", 1089.6, 0.2177023},
                {"2022", 1811.6, 0.6626285},
                {"2023", NAN, NAN}};
    tflow_builder *b = start();

    column(b, "reporter", TFLOW_KEY, "");
    column(b, "partner", TFLOW_KEY, "");
    column(b, "period", TFLOW_PERIOD, "");
    column(b, "value", TFLOW_FLOAT64, "million USD");
    column(b, "growth", TFLOW_FLOAT64, "fraction");
    column(b, "contribution", TFLOW_FLOAT64, "fraction");
    column(b, "status", TFLOW_OBS_STATUS, "");
    column(b, "n_missing", TFLOW_INT64, "");
    column(b, "lower_bound", TFLOW_BOOL, "");
    for (size_t i = 0; i < 4; i++) {
        tflow_builder_key(b, 0, "CHN");
        tflow_builder_key(b, 1, "BLR");
        tflow_builder_period(b, 2, period_of(rows[i].period));
        tflow_builder_float64(b, 3, rows[i].value);
        tflow_builder_float64(b, 4, rows[i].growth);
        tflow_builder_status(b, 6, 'A');
        tflow_builder_int64(b, 7, 0);
        row(b);
    }
    tflow_builder_note(b, "2023 is not reported", NULL);
    return finish(b);
}

START_TEST(table_for_people)
{
    tflow_table *table = belarus();

    check_written(table, TFLOW_FORMAT_TABLE, 80, 0,
                  "reporter CHN · partner BLR · value in million USD\n"
                  "\n"
                  "                 growth\n"
                  "period    value     (%)\n"
                  "2020      894.8       –\n"
                  "2021    1,089.6   21.77\n"
                  "2022    1,811.6   66.26\n"
                  "2023          –       –\n"
                  "(no values: contribution)\n"
                  "\n"
                  "! 2023 is not reported\n");
    check_written(table, TFLOW_FORMAT_TABLE, 20, 1,
                  "reporter CHN\n"
                  "partner BLR\n"
                  "value in million USD\n"
                  "\n"
                  "period    value\n"
                  "2020      894.8\n"
                  "2021    1,089.6\n"
                  "2022    1,811.6\n"
                  "2023          -\n"
                  "\n"
                  "        growth\n"
                  "period     (%)\n"
                  "2020         -\n"
                  "2021     21.77\n"
                  "2022     66.26\n"
                  "2023         -\n"
                  "(no values:\n"
                  "  contribution)\n"
                  "\n"
                  "! 2023 is not\n"
                  "  reported\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(table_shows_quality_that_says_something)
{
    tflow_builder *b = start();

    column(b, "period", TFLOW_PERIOD, "");
    column(b, "value", TFLOW_FLOAT64, "USD");
    column(b, "status", TFLOW_OBS_STATUS, "");
    column(b, "n_missing", TFLOW_INT64, "");
    column(b, "lower_bound", TFLOW_BOOL, "");
    tflow_builder_period(b, 0, period_of("2021"));
    tflow_builder_float64(b, 1, 5);
    tflow_builder_status(b, 2, 'A');
    row(b);
    tflow_builder_period(b, 0, period_of("2022"));
    tflow_builder_float64(b, 1, 12);
    tflow_builder_status(b, 2, 'E');
    tflow_builder_bool(b, 4, 1);
    row(b);
    tflow_table *table = finish(b);
    check_written(table, TFLOW_FORMAT_TABLE, 0, 0,
                  "value in USD\n"
                  "\n"
                  "                       lower\n"
                  "period  value  status  bound\n"
                  "2021        5  A       no\n"
                  "2022       12  E       yes\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(one_long_row_is_written_downwards)
{
    tflow_builder *b = start();

    column(b, "reporter", TFLOW_KEY, "");
    column(b, "periods", TFLOW_PERIOD, "");
    column(b, "first_value", TFLOW_FLOAT64, "thousand USD");
    column(b, "cagr", TFLOW_FLOAT64, "fraction");
    column(b, "b", TFLOW_FLOAT64, "");
    column(b, "n", TFLOW_INT64, "");
    tflow_builder_key(b, 0, "BLR");
    tflow_builder_period(b, 1, period_of("2000..2020"));
    tflow_builder_float64(b, 2, 161500.125);
    tflow_builder_float64(b, 3, 0.08649061);
    tflow_builder_float64(b, 4, 0.05992031);
    tflow_builder_int64(b, 5, 21);
    row(b);
    tflow_table *table = finish(b);
    check_written(table, TFLOW_FORMAT_TABLE, 80, 0,
                  "reporter     BLR\n"
                  "periods      2000-01..2020-12\n"
                  "first value  161,500 thousand USD\n"
                  "cagr         8.65 %\n"
                  "b            0.05992\n"
                  "n            21\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(tables_at_their_edges)
{
    tflow_builder *b = start();
    tflow_table *table;

    table = finish(b);
    check_written(table, TFLOW_FORMAT_TABLE, 80, 0, "(no rows)\n");
    check_written(table, TFLOW_FORMAT_CSV, 0, 0, "\n");
    tflow_table_free(table);

    b = start();
    column(b, "partner", TFLOW_KEY, "");
    column(b, "value", TFLOW_FLOAT64, "USD");
    table = finish(b);
    check_written(table, TFLOW_FORMAT_TABLE, 80, 0, "(no rows)\n");
    check_written(table, TFLOW_FORMAT_CSV, 0, 0, "partner,value\n");
    check_written(table, TFLOW_FORMAT_JSONL, 0, 0, "");
    tflow_table_free(table);

    /* All rows alike in all columns: nothing would be left to show. */
    b = start();
    column(b, "partner", TFLOW_KEY, "");
    tflow_builder_key(b, 0, "BLR");
    row(b);
    tflow_builder_key(b, 0, "BLR");
    row(b);
    table = finish(b);
    check_written(table, TFLOW_FORMAT_TABLE, 80, 0, "partner\nBLR\nBLR\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(one_period_is_said_once)
{
    tflow_builder *b = start();

    column(b, "partner", TFLOW_KEY, "");
    column(b, "period", TFLOW_PERIOD, "");
    column(b, "value", TFLOW_FLOAT64, "USD");
    tflow_builder_key(b, 0, "RUS");
    tflow_builder_period(b, 1, period_of("2020-Q1"));
    tflow_builder_float64(b, 2, 7);
    row(b);
    tflow_builder_key(b, 0, "UKR");
    tflow_builder_period(b, 1, period_of("2020-Q1"));
    tflow_builder_float64(b, 2, 3);
    row(b);
    tflow_table *table = finish(b);
    check_written(table, TFLOW_FORMAT_TABLE, 0, 0,
                  "period 2020-Q1 · value in USD\n"
                  "\n"
                  "partner  value\n"
                  "RUS          7\n"
                  "UKR          3\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(text_fits_its_column)
{
    tflow_builder *b = start();

    column(b, "partner", TFLOW_KEY, "");
    column(b, "value", TFLOW_FLOAT64, "USD");
    tflow_builder_key(b, 0, "Côte d’Ivoire and some more words");
    tflow_builder_float64(b, 1, 1);
    row(b);
    tflow_builder_key(b, 0, "中国中国中国中国中国");
    tflow_builder_float64(b, 1, 2);
    row(b);
    tflow_builder_key(b, 0, "\x1b[31mred");
    tflow_builder_float64(b, 1, 3);
    row(b);
    tflow_table *table = finish(b);
    /* 24 columns: 16 for the text, 2 between, 6 at least for a header. Each Chinese
     * character takes two columns, so seven and the ellipsis fill 15. */
    check_written(table, TFLOW_FORMAT_TABLE, 23, 0,
                  "value in USD\n"
                  "\n"
                  "partner           value\n"
                  "Côte d’Ivoire a…      1\n"
                  "中国中国中国中…       2\n"
                  "?[31mred              3\n");
    check_written(table, TFLOW_FORMAT_TABLE, 23, 1,
                  "value in USD\n"
                  "\n"
                  "partner           value\n"
                  "Cote d'Ivoire a~      1\n"
                  "??????????            2\n"
                  "?[31mred              3\n");
    tflow_table_free(table);
}
END_TEST

START_TEST(numbers_for_people)
{
    static const struct {
        const char *why, *unit;
        double a, b;
        const char *want_a, *want_b;
    } cases[] = {
        {"four digits of a typical value", "", 1.2345678, 2.3456789, "1.235", "2.346"},
        {"whole numbers stay whole", "", 3, 12, "3", "12"},
        {"no more decimals than there are", "", 1.5, 2.25, "1.50", "2.25"},
        {"thousands are grouped", "USD", 1811660812, -57, "1,811,660,812", "-57"},
        {"large numbers need no decimals", "", 28120344.886, 12345.6, "28,120,345",
         "12,346"},
        {"of very different size", "", 58279.973, 0.7, "58,280", "0.7"},
        {"a level beside a ratio", "", 1605000000, 1.95, "1,605,000,000", "1.95"},
        {"the smallest still shows", "", 5827.9, 0.75, "5,827.90", "0.75"},
        {"not quite nothing", "", 400.123456, 0.00000001, "400.1", "<0.000001"},
        {"not quite nothing, below", "", 400.123456, -0.00000001, "400.1",
         ">-0.000001"},
        {"one decimal is kept", "", 1089.6, 18116000, "1,089.6", "18,116,000.0"},
        {"nothing is nothing", "", 0, 0, "0", "0"},
        {"negative zero", "", -0.0, 1, "0", "1"},
        {"tiny", "", 1.5e-12, 2.25e-300, "1.500e-12", "2.250e-300"},
        {"subnormal", "", 5e-324, 1e-320, "4.941e-324", "1.000e-320"},
        {"huge", "", 1e300, -2.5e15, "1.000e300", "-2.500e15"},
        {"rounds up to ten", "", 9.99996e20, 1e20, "1.000e21", "1.000e20"},
        {"per cent", "fraction", 0.4572369, 0.0301734, "45.72", "3.02"},
        {"per cent, small", "fraction", 0.4572369, 0.00001, "45.72", "<0.01"},
        {"per cent, all small", "fraction", 0.000012, 0.0000051, "0.0012", "0.0005"},
        {"per cent, negative", "fraction", -1, 0.662566, "-100.00", "66.26"},
        {"rounding carries over", "fraction", 0.099996, 9.99996, "10.00", "1,000.00"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_builder *b = start();
        char want[128];
        column(b, "k", TFLOW_KEY, "");
        column(b, "x", TFLOW_FLOAT64, cases[i].unit);
        tflow_builder_key(b, 0, "a");
        tflow_builder_float64(b, 1, cases[i].a);
        row(b);
        tflow_builder_key(b, 0, "b");
        tflow_builder_float64(b, 1, cases[i].b);
        row(b);
        tflow_table *table = finish(b);
        char *got = written(table, TFLOW_FORMAT_TABLE, 0, 0);
        size_t wide = strlen(cases[i].want_a), other = strlen(cases[i].want_b);
        const char *header = *cases[i].unit == 'f' ? "x (%)" : "x";
        wide = other > wide ? other : wide;
        wide = strlen(header) > wide ? strlen(header) : wide;
        snprintf(want, sizeof want, "k  %*s\na  %*s\nb  %*s\n", (int)wide, header,
                 (int)wide, cases[i].want_a, (int)wide, cases[i].want_b);
        const char *body = strstr(got, "k  ");
        ck_assert_msg(body != NULL && strcmp(body, want) == 0,
                      "%s: got\n%s\nexpected\n%s", cases[i].why, got, want);
        tflow_text_free(got);
        tflow_table_free(table);
    }
}
END_TEST

START_TEST(glyphs)
{
    static const struct {
        const char *why, *text;
        size_t columns, ascii_columns;
    } cases[] = {
        {"nothing", "", 0, 0},
        {"ASCII", "abc", 3, 3},
        {"accents", "é", 1, 1},
        {"a combining accent", "e\xcc\x81", 1, 1},
        {"East Asian", "中国", 4, 2},
        {"a bad byte", "a\xff", 2, 2},
        {"an overlong slash", "\xc0\xaf", 2, 2},
        {"a surrogate", "\xed\xa0\x80", 3, 3},
        {"an escape", "\x1b[0m", 4, 4},
        {"a sign of several letters", "≤", 1, 2},
        {"an emoji", "\xf0\x9f\x8c\x8d", 2, 1},
        {"cut short", "\xe4\xb8", 2, 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(tflow_i_glyph_columns(cases[i].text, 0) == cases[i].columns,
                      "%s: %zu", cases[i].why, tflow_i_glyph_columns(cases[i].text, 0));
        ck_assert_msg(tflow_i_glyph_columns(cases[i].text, 1) == cases[i].ascii_columns,
                      "%s in ASCII: %zu", cases[i].why,
                      tflow_i_glyph_columns(cases[i].text, 1));
    }
}
END_TEST

START_TEST(errors_as_text)
{
    static const struct {
        const char *file;
        uint64_t line;
        uint32_t field;
        const char *column, *want;
    } cases[] = {
        {"", 0, 0, "", "bad"},
        {"a.csv", 0, 0, "", "a.csv: bad"},
        {"a.csv", 3, 0, "", "a.csv:3: bad"},
        {"a.csv", 3, 2, "", "a.csv:3: field 2: bad"},
        {"a.csv", 3, 2, "value", "a.csv:3: field 2 (value): bad"},
        {"a.csv", 3, 0, "value", "a.csv:3: value: bad"},
        {"", 0, 0, "by", "by: bad"},
        {"", 7, 0, "", "line 7: bad"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        char *text;
        tflow_i_fail(&error, TFLOW_EPARSE, "bad");
        tflow_i_at(&error, cases[i].file, cases[i].line, cases[i].field,
                   cases[i].column);
        ck_assert_int_eq(tflow_error_text(&error, &text), TFLOW_OK);
        check_text(text, cases[i].want);
        tflow_text_free(text);
    }
    tflow_error bare = TFLOW_ERROR_INIT;
    char *text;
    bare.status = TFLOW_ENOMEM;
    ck_assert_int_eq(tflow_error_text(&bare, &text), TFLOW_OK);
    ck_assert_str_eq(text, tflow_status_text(TFLOW_ENOMEM));
    tflow_text_free(text);
    ck_assert_int_eq(tflow_error_text(NULL, &text), TFLOW_EINVAL);
    ck_assert_ptr_null(text);
    ck_assert_int_eq(tflow_error_text(&bare, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(errors_as_json)
{
    tflow_error error = TFLOW_ERROR_INIT;
    char *text;

    tflow_i_fail(&error, TFLOW_EPARSE, "found \"1.2.3\"");
    tflow_i_at(&error, "a \"b\".csv", 3, 6, "value");
    ck_assert_int_eq(tflow_error_json(&error, &text), TFLOW_OK);
    check_text(text, "{\"status\":\"TFLOW_EPARSE\",\"file\":\"a \\\"b\\\".csv\","
                     "\"line\":3,\"field\":6,\"column\":\"value\","
                     "\"message\":\"found \\\"1.2.3\\\"\"}");
    tflow_text_free(text);
    tflow_i_fail(&error, TFLOW_EINVAL, "no");
    ck_assert_int_eq(tflow_error_json(&error, &text), TFLOW_OK);
    check_text(text, "{\"status\":\"TFLOW_EINVAL\",\"file\":null,\"line\":null,"
                     "\"field\":null,\"column\":null,\"message\":\"no\"}");
    tflow_text_free(text);
    ck_assert_int_eq(tflow_error_json(NULL, &text), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_error_json(&error, NULL), TFLOW_EINVAL);
}
END_TEST

static const char recipe_text[] =
    "{\"schema_version\":1,\"operation\":\"growth\",\"version\":\"0.1.0\","
    "\"parameters\":{\"by\":\"reporter,partner\",\"product\":null,\"lag\":1,"
    "\"level\":0.5,\"complete\":false},"
    "\"inputs\":[{\"source\":\"a.csv\\nb.csv\",\"layout\":\"baci\","
    "\"read.decimal\":\",\",\"rows\":12}],\"notes\":[\"one\"]}";

static void check_recipe(const char *json)
{
    tflow_recipe *recipe;
    tflow_error error = TFLOW_ERROR_INIT;

    ck_assert_msg(tflow_recipe_read(json, strlen(json), &recipe, &error) == TFLOW_OK,
                  "%s", error.message);
    ck_assert_str_eq(tflow_recipe_operation(recipe), "growth");
    ck_assert_str_eq(tflow_recipe_version(recipe), "0.1.0");
    ck_assert_str_eq(tflow_recipe_parameter(recipe, 0), "by");
    ck_assert_str_eq(tflow_recipe_value(recipe, 0), "reporter,partner");
    ck_assert_str_eq(tflow_recipe_parameter(recipe, 1), "product");
    ck_assert_ptr_null(tflow_recipe_value(recipe, 1));
    ck_assert_str_eq(tflow_recipe_value(recipe, 2), "1");
    ck_assert_str_eq(tflow_recipe_value(recipe, 3), "0.5");
    ck_assert_str_eq(tflow_recipe_value(recipe, 4), "no");
    ck_assert_ptr_null(tflow_recipe_parameter(recipe, 5));
    ck_assert_ptr_null(tflow_recipe_value(recipe, 5));
    ck_assert_str_eq(tflow_recipe_input(recipe, 0), "a.csv\nb.csv");
    ck_assert_ptr_null(tflow_recipe_input(recipe, 1));
    ck_assert_str_eq(tflow_recipe_input_option(recipe, 0, "layout"), "baci");
    ck_assert_str_eq(tflow_recipe_input_option(recipe, 0, "decimal"), ",");
    ck_assert_str_eq(tflow_recipe_input_option(recipe, 0, "rows"), "12");
    ck_assert_ptr_null(tflow_recipe_input_option(recipe, 0, "encoding"));
    ck_assert_ptr_null(tflow_recipe_input_option(recipe, 1, "layout"));
    ck_assert_str_eq(tflow_recipe_note(recipe, 0), "one");
    ck_assert_ptr_null(tflow_recipe_note(recipe, 1));
    tflow_recipe_free(recipe);
}

START_TEST(recipes_read_back)
{
    tflow_builder *b = start();

    check_recipe(recipe_text);
    column(b, "k", TFLOW_KEY, "");
    tflow_builder_attribute(b, "recipe", recipe_text, NULL);
    tflow_table *table = finish(b);
    char *json = written(table, TFLOW_FORMAT_JSON, 0, 0);
    check_recipe(json);
    tflow_text_free(json);
    tflow_table_free(table);
}
END_TEST

START_TEST(what_is_no_recipe_is_refused)
{
    static const struct {
        const char *why, *json, *message;
        uint64_t line;
    } cases[] = {
        {"empty", "", "JSON", 1},
        {"not JSON", "growth", "JSON", 1},
        {"cut off", "{\"operation\":\n\"gr", "JSON", 2},
        {"a list", "[]", "operation", 0},
        {"no operation", "{\"recipe\":{}}", "operation", 0},
        {"operation is a number", "{\"operation\":1}", "operation", 0},
        {"a later schema", "{\"schema_version\":2,\"operation\":\"a\"}", "schema", 0},
        {"parameters are a list", "{\"operation\":\"a\",\"parameters\":[]}",
         "\"parameters\"", 0},
        {"a value is a list", "{\"operation\":\"a\",\"parameters\":{\"by\":[]}}",
         "\"by\"", 0},
        {"inputs are an object", "{\"operation\":\"a\",\"inputs\":{}}", "\"inputs\"",
         0},
        {"an input is text", "{\"operation\":\"a\",\"inputs\":[\"f\"]}", "input 1", 0},
        {"a note is a number", "{\"operation\":\"a\",\"notes\":[1]}", "note 1", 0},
        {"twice the same key", "{\"operation\":\"a\",\"operation\":\"b\"}", "JSON", 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tflow_recipe *recipe = (tflow_recipe *)1;
        tflow_error error = TFLOW_ERROR_INIT;
        tflow_status status =
            tflow_recipe_read(cases[i].json, strlen(cases[i].json), &recipe, &error);
        ck_assert_msg(status == TFLOW_EPARSE, "%s: %s", cases[i].why,
                      tflow_status_name(status));
        ck_assert_ptr_null(recipe);
        ck_assert_msg(strstr(error.message, cases[i].message) != NULL, "%s: %s",
                      cases[i].why, error.message);
        ck_assert_msg(error.line == cases[i].line, "%s: line %d", cases[i].why,
                      (int)error.line);
    }
    tflow_recipe *recipe;
    ck_assert_int_eq(tflow_recipe_read(NULL, 0, &recipe, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_recipe_read("{}", 2, NULL, NULL), TFLOW_EINVAL);
    ck_assert_str_eq(tflow_recipe_operation(NULL), "");
    ck_assert_ptr_null(tflow_recipe_input(NULL, 0));
    tflow_recipe_free(NULL);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, formats_are_found_by_name);
    tcase_add_test(tests, wrong_calls_are_refused);
    tcase_add_test(tests, csv_is_rfc_4180);
    tcase_add_test(tests, csv_keeps_a_row_that_is_one_missing_cell);
    tcase_add_test(tests, csv_quotes_where_readers_would_go_wrong);
    tcase_add_test(tests, tsv_has_no_raw_tab_or_line_end);
    tcase_add_test(tests, numbers_read_back_to_the_same_bits);
    tcase_add_test(tests, json_reads_back);
    tcase_add_test(tests, json_lines_are_objects);
    tcase_add_test(tests, json_takes_a_recipe_and_bad_text);
    tcase_add_test(tests, json_refuses_a_recipe_that_would_spoil_it);
    tcase_add_test(tests, markdown);
    tcase_add_test(tests, table_for_people);
    tcase_add_test(tests, table_shows_quality_that_says_something);
    tcase_add_test(tests, one_long_row_is_written_downwards);
    tcase_add_test(tests, tables_at_their_edges);
    tcase_add_test(tests, one_period_is_said_once);
    tcase_add_test(tests, text_fits_its_column);
    tcase_add_test(tests, numbers_for_people);
    tcase_add_test(tests, glyphs);
    tcase_add_test(tests, errors_as_text);
    tcase_add_test(tests, errors_as_json);
    tcase_add_test(tests, recipes_read_back);
    tcase_add_test(tests, what_is_no_recipe_is_refused);
}

int main(void)
{
    return run_suite("write", add);
}
