/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What real files do, and what bad ones get: a message with file, line and field. */
#include "test.h"
#include "tradeflow.h"

#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "reporter,partner,product,flow,period,value\n"
#define ROW "BLR,CHN,TOTAL,X,2022,5\n"

static tflow_table *read_text(const char *text, size_t n, const tflow_read_opts *opts,
                              tflow_error *error)
{
    tflow_table *table = NULL;
    tflow_status status = tflow_read_memory(text, n, "memory.csv", opts, &table, error);
    ck_assert((status == TFLOW_OK) == (table != NULL));
    return table;
}

static tflow_table *good(const char *text, const tflow_read_opts *opts)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table = read_text(text, strlen(text), opts, &error);
    ck_assert_msg(table != NULL, "line %llu, field %u: %s",
                  (unsigned long long)error.line, error.field, error.message);
    return table;
}

static size_t column(const tflow_table *table, const char *name)
{
    size_t at;
    ck_assert_msg(tflow_table_find(table, name, &at) == TFLOW_OK, "no column %s", name);
    return at;
}

static double value(const tflow_table *table, size_t row)
{
    return tflow_table_float64(table, column(table, "value"))[row];
}

static const char *key(const tflow_table *table, const char *name, size_t row)
{
    size_t c = column(table, name);
    return tflow_table_label(table, c, tflow_table_codes(table, c)[row]);
}

static char status(const tflow_table *table, size_t row)
{
    return (char)tflow_table_bytes(table, column(table, "status"))[row];
}

/* ---- bad input ---- */

#define TEXT(literal) literal, sizeof(literal) - 1

static const struct {
    const char *text;
    size_t n;
    tflow_status status;
    uint64_t line;
    uint32_t field;
    const char *column;
    const char *message; /* a part of it */
    const char *why;
} bad[] = {
    {TEXT(""), TFLOW_EPARSE, 1, 0, "", "empty", "an empty file"},
    {TEXT("\n\n  \n"), TFLOW_EPARSE, 1, 0, "", "no header", "nothing but blank lines"},
    {TEXT("\xef\xbb\xbf"), TFLOW_EPARSE, 1, 0, "", "empty", "nothing but a mark"},
    {TEXT(HEAD), TFLOW_EPARSE, 1, 0, "", "no rows", "a header alone"},
    {TEXT("a,b,c\n1,2,3\n"), TFLOW_EPARSE, 1, 0, "", "no layout fits",
     "unknown header"},
    {TEXT("value,value\n1,2\n"), TFLOW_EPARSE, 1, 1, "value", "two columns",
     "a name twice"},
    {TEXT(HEAD ROW "BLR,CHN,TOTAL,X,2022\n"), TFLOW_EPARSE, 3, 0, "",
     "found 5 fields, expected 6", "a field too few"},
    {TEXT(HEAD ROW "BLR,CHN,TOTAL,X,2022,1,2\n"), TFLOW_EPARSE, 3, 0, "",
     "found 7 fields, expected 6", "a field too many"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022,1,,\n"), TFLOW_EPARSE, 2, 0, "",
     "found 8 fields, expected 6", "two empty fields too many"},
    {TEXT(HEAD ROW "BLR,CH\0N,TOTAL,X,2022,1\n"), TFLOW_EPARSE, 3, 1, "", "NUL",
     "a NUL byte"},
    {TEXT(HEAD "BLR,\"CHN,TOTAL,X,2022,1\n" ROW), TFLOW_EPARSE, 2, 2, "",
     "closing quote", "a quote that never ends"},
    {TEXT(HEAD ROW "BLR,CHN,TOTAL,X,2022,\"1"), TFLOW_EPARSE, 3, 6, "", "closing quote",
     "the same in the last field"},
    {TEXT(HEAD "BLR,\"CHN\"x,TOTAL,X,2022,1\n"), TFLOW_EPARSE, 2, 2, "", "quote",
     "text after a quote"},
    {TEXT(HEAD "BLR,CH\"N,TOTAL,X,2022,1\n"), TFLOW_EPARSE, 2, 2, "", "quote",
     "a quote inside a field"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022,1e999\n"), TFLOW_EPARSE, 2, 6, "value",
     "too large", "overflow"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022,1.2.3\n"), TFLOW_EPARSE, 2, 6, "value",
     "expected a number", "two points"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022,0x10\n"), TFLOW_EPARSE, 2, 6, "value",
     "expected a number", "hexadecimal"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022,inf\n"), TFLOW_EPARSE, 2, 6, "value",
     "expected a number", "infinity"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022,\"1,234\"\n"), TFLOW_EPARSE, 2, 6, "value",
     "comma separates thousands", "a comma nobody spoke of"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022-13,1\n"), TFLOW_EPARSE, 2, 5, "period", "2022-13",
     "a thirteenth month"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,,1\n"), TFLOW_EPARSE, 2, 5, "period", "empty",
     "no period"},
    {TEXT(HEAD "BLR,CHN,TOTAL,X,2022,-5\n"), TFLOW_ENEGATIVE, 2, 6, "value", "-5",
     "a negative flow"},
    {TEXT(HEAD ROW "BLR,Atlantis,TOTAL,X,2022,1\n"), TFLOW_EUNKNOWN, 3, 2, "partner",
     "Atlantis", "a country nobody knows"},
    {TEXT(HEAD "BLR,,TOTAL,X,2022,1\n"), TFLOW_EPARSE, 2, 2, "partner", "empty",
     "no partner"},
    {TEXT(HEAD "BLR,CHN,,X,2022,1\n"), TFLOW_EPARSE, 2, 3, "product", "empty",
     "no product"},
    {TEXT(HEAD "BLR,CHN,TOTAL,sideways,2022,1\n"), TFLOW_EUNKNOWN, 2, 4, "flow",
     "sideways", "no flow"},
    {TEXT(HEAD "BLR,CHN,TOTAL,1,2022,1\n"), TFLOW_EUNKNOWN, 2, 4, "flow", "\"1\"",
     "a number is a flow in Comtrade's and Eurostat's files only"},
    {TEXT(HEAD "BLR,CHN,M\xfcll,X,2022,1\n"), TFLOW_EPARSE, 2, 3, "product",
     "not UTF-8", "Latin-1 in a key"},
    {TEXT("partner,period,value,status\nCHN,2022,5,?\n"), TFLOW_EPARSE, 2, 4, "status",
     "\"?\"", "no status"},
    {TEXT("partner,period,value,status\nCHN,2022,5,O\n"), TFLOW_EPARSE, 2, 4, "status",
     "missing", "a value that the status denies"},
    {TEXT("partner,year,month,value\nCHN,2022,13,5\n"), TFLOW_EPARSE, 2, 3, "month",
     "13", "a thirteenth month in its column"},
    {TEXT("\xff\xfer\0e\0"), TFLOW_EPARSE, 0, 0, "", "UTF-16", "UTF-16 not named"},
    {TEXT("\x1f\x8b\x08\0\0\0\0\0\0\x03"), TFLOW_EIO, 0, 0, "", "truncated",
     "the head of a gzip file"},
    {TEXT("\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff"), TFLOW_EIO, 0, 0, "", "damaged",
     "a gzip file that is none"},
    {TEXT("{\"data\": [}"), TFLOW_EPARSE, 1, 0, "", "broken", "broken JSON"},
    {TEXT("{\"data\": []}"), TFLOW_EPARSE, 0, 0, "", "empty list", "JSON without rows"},
    {TEXT("{\"statusCode\": 401, \"message\": \"Access denied\"}"), TFLOW_EPARSE, 0, 0,
     "", "Access denied", "what an API says in place of data"},
    {TEXT("[{\"partner\": \"CHN\", \"period\": 2022, \"value\": \"x\"}]"), TFLOW_EPARSE,
     0, 0, "value", "record 1", "a bad record"},
    {TEXT("[{\"partner\": {}, \"period\": 2022, \"value\": 1}]"), TFLOW_EPARSE, 0, 0,
     "", "record 1", "an object in a record"},
    {TEXT("t,i,j,k,v,q\n2020,4,8,10121,1,2\n2020,4,8,10121,x,2\n"), TFLOW_EPARSE, 3, 5,
     "v", "expected a number", "the file's own names in the message"},
};

START_TEST(bad_input)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table = read_text(bad[_i].text, bad[_i].n, NULL, &error);
    ck_assert_msg(table == NULL, "%s: read", bad[_i].why);
    ck_assert_msg(error.status == bad[_i].status, "%s: %s: %s", bad[_i].why,
                  tflow_status_name(error.status), error.message);
    ck_assert_msg(strcmp(error.file, "memory.csv") == 0, "%s: file \"%s\"", bad[_i].why,
                  error.file);
    ck_assert_msg(error.line == bad[_i].line && error.field == bad[_i].field,
                  "%s: line %llu field %u (%s)", bad[_i].why,
                  (unsigned long long)error.line, error.field, error.message);
    ck_assert_msg(strcmp(error.column, bad[_i].column) == 0, "%s: column \"%s\"",
                  bad[_i].why, error.column);
    ck_assert_msg(strstr(error.message, bad[_i].message) != NULL, "%s: %s", bad[_i].why,
                  error.message);
}
END_TEST

/* Every prefix of a good file is read or refused; none crashes. */
START_TEST(prefixes)
{
    static const char text[] = HEAD "BLR,\"CH\nN\",TOTAL,X,2022,5\r\n"
                                    "BLR,RUS,TOTAL,X,2022,\"6\"\n";
    for (size_t n = 0; n <= sizeof text - 1; n++) {
        tflow_table *table = NULL;
        tflow_status code = tflow_read_memory(text, n, "x", NULL, &table, NULL);
        ck_assert((code == TFLOW_OK) == (table != NULL));
        tflow_table_free(table);
    }
}
END_TEST

static const struct {
    const char *why;
    size_t header; /* bytes of HEAD and a start of a row, then of ',' or 'x' */
    char fill;
} huge[] = {{"a gigabyte without a comma", 0, 'x'}, {"a gigabyte of commas", 0, ','}};

/* The gigabyte comes through a pipe, as /dev/zero would: reading stops long before. */
START_TEST(huge_line)
{
    char path[512];
    const char *dir = getenv("BUILDDIR");
    snprintf(path, sizeof path, "%s/huge_%d", dir == NULL ? "." : dir, _i);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(HEAD ROW "BLR,", file);
    fflush(file);
    /* A hole of a gigabyte would be NUL bytes; 40 MB of one character say the same. */
    static char block[1 << 20];
    memset(block, huge[_i].fill, sizeof block);
    for (int i = 0; i < 40; i++)
        fwrite(block, 1, sizeof block, file);
    fclose(file);
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    const char *const paths[] = {path};
    tflow_reader *reader;
    ck_assert_int_eq(tflow_reader_new(paths, 1, NULL, &reader, &error), TFLOW_OK);
    int done = 0;
    tflow_status code = TFLOW_OK;
    while (code == TFLOW_OK && !done)
        code = tflow_reader_step(reader, &done, &error);
    ck_assert_int_eq(code, TFLOW_ELIMIT);
    ck_assert_uint_eq(error.line, 3);
    ck_assert_msg(tflow_reader_bytes(reader) < (uint64_t)8 << 20, "read %llu bytes",
                  (unsigned long long)tflow_reader_bytes(reader));
    ck_assert_int_eq(tflow_reader_finish(reader, &table, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_reader_step(reader, &done, &error), TFLOW_EINVAL);
    tflow_reader_free(reader);
    remove(path);
}
END_TEST

START_TEST(bad_files)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    static const char *const none[] = {"no/such/file.csv"}, *const directory[] = {"/"};

    ck_assert_int_eq(tflow_read_files(none, 1, NULL, &table, &error), TFLOW_EIO);
    ck_assert_str_eq(error.file, none[0]);
    ck_assert_ptr_nonnull(strstr(error.message, "no such file"));
    ck_assert_ptr_null(table);
    ck_assert_int_eq(tflow_read_files(directory, 1, NULL, &table, &error), TFLOW_EIO);
    ck_assert_ptr_nonnull(strstr(error.message, "directory"));
    ck_assert_int_eq(tflow_read_files(none, 0, NULL, &table, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_read_files(NULL, 1, NULL, &table, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_read_files(none, 1, NULL, NULL, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_read_memory(NULL, 0, "x", NULL, &table, &error),
                     TFLOW_EINVAL);
}
END_TEST

static const struct {
    tflow_read_opts opts;
    tflow_status status;
    const char *column;
    const char *why;
} wrong_options[] = {
    {{.size = sizeof(tflow_read_opts), .layout = "klingon"},
     TFLOW_EUNKNOWN,
     "layout",
     "no such layout"},
    {{.size = sizeof(tflow_read_opts), .layout = "baci"},
     TFLOW_EPARSE,
     "",
     "a layout that does not fit"},
    {{.size = sizeof(tflow_read_opts), .columns = "valve=value"},
     TFLOW_EUNKNOWN,
     "columns",
     "no such role"},
    {{.size = sizeof(tflow_read_opts), .columns = "value=cost"},
     TFLOW_EUNKNOWN,
     "columns",
     "no such column"},
    {{.size = sizeof(tflow_read_opts), .columns = "value"},
     TFLOW_EPARSE,
     "columns",
     "half a word"},
    {{.size = sizeof(tflow_read_opts), .columns = "value='5'"},
     TFLOW_EPARSE,
     "columns",
     "a constant value"},
    {{.size = sizeof(tflow_read_opts), .encoding = "klingon"},
     TFLOW_EUNKNOWN,
     "encoding",
     "no such encoding"},
    {{.size = sizeof(tflow_read_opts), .unit_multiplier = "1000"},
     TFLOW_EINVAL,
     "unit_multiplier",
     "not the power"},
    {{.size = sizeof(tflow_read_opts), .unit_multiplier = "16"},
     TFLOW_EINVAL,
     "unit_multiplier",
     "too great"},
    {{.size = sizeof(tflow_read_opts), .currency = "a very long currency"},
     TFLOW_EINVAL,
     "currency",
     "no currency"},
    {{.size = sizeof(tflow_read_opts), .decimal = ';'},
     TFLOW_EINVAL,
     "decimal",
     "no point"},
    {{.size = sizeof(tflow_read_opts), .thousands = '.'},
     TFLOW_EINVAL,
     "thousands",
     "the point as separator"},
    {{.size = sizeof(tflow_read_opts), .area_codes = "no/such/file"},
     TFLOW_EIO,
     "",
     "no file of codes"},
    {{.size = 0}, TFLOW_EINVAL, "", "options not initialised"},
};

START_TEST(bad_options)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table =
        read_text(HEAD ROW, strlen(HEAD ROW), &wrong_options[_i].opts, &error);
    ck_assert_msg(table == NULL && error.status == wrong_options[_i].status,
                  "%s: %s %s", wrong_options[_i].why, tflow_status_name(error.status),
                  error.message);
    if (wrong_options[_i].column[0] != '\0')
        ck_assert_msg(strcmp(error.column, wrong_options[_i].column) == 0, "%s: %s",
                      wrong_options[_i].why, error.column);
}
END_TEST

/* ---- what real files do ---- */

static const struct {
    const char *text;
    size_t rows;
    const char *why;
} forms[] = {
    {"\xef\xbb\xbf" HEAD ROW, 1, "a mark of byte order"},
    {"reporter,partner,product,flow,period,value\r\nBLR,CHN,TOTAL,X,2022,5\r\n", 1,
     "CRLF"},
    {"reporter,partner,product,flow,period,value\rBLR,CHN,TOTAL,X,2022,5\r", 1, "CR"},
    {HEAD "BLR,CHN,TOTAL,X,2022,5", 1, "no end of line"},
    {HEAD "\n\n" ROW "\n" ROW, 2, "blank lines"},
    {HEAD "BLR,CHN,TOTAL,X,2022,5,\n", 1, "an empty field too many"},
    {"reporter;partner;product;flow;period;value\nBLR;CHN;TOTAL;X;2022;5\n", 1,
     "semicolons"},
    {"reporter\tpartner\tproduct\tflow\tperiod\tvalue\nBLR\tCHN\tTOTAL\tX\t2022\t5\n",
     1, "tabs"},
    {"Value,Flow,PERIOD,Partner,Reporter,Product\n5,export,2022,china,belarus,TOTAL\n",
     1, "any order, any case, names"},
    {HEAD "blr,chn,TOTAL,x,2022,5\n", 1, "codes in small letters"},
    {HEAD "112,156,TOTAL,Exports,2022,5\n", 1, "numbers of M49"},
    {HEAD "BY,CN,TOTAL,X,2022,5.0\n", 1, "alpha-2"},
    {HEAD "\"BLR\",\" CHN \",\"TOTAL\",\"X\",\"2022\",\" 5 \"\n", 1,
     "quotes and blanks"},
    {HEAD "BLR,\"China\",TOTAL,X,2022,5e0\n", 1, "an exponent"},
};

START_TEST(good_forms)
{
    tflow_table *table = good(forms[_i].text, NULL);
    ck_assert_msg(tflow_table_rows(table) == forms[_i].rows, "%s", forms[_i].why);
    for (size_t row = 0; row < forms[_i].rows; row++) {
        ck_assert_msg(value(table, row) == 5, "%s", forms[_i].why);
        ck_assert_str_eq(key(table, "reporter", row), "BLR");
        ck_assert_str_eq(key(table, "partner", row), "CHN");
        ck_assert_str_eq(key(table, "product", row), "TOTAL");
        ck_assert_str_eq(key(table, "flow", row), "X");
        ck_assert_int_eq(status(table, row), 'A');
    }
    tflow_table_free(table);
}
END_TEST

/* A line within quotes counts as one of the file's. */
START_TEST(quoted_newlines)
{
    tflow_error error = TFLOW_ERROR_INIT;
    static const char text[] = "partner,period,value,remark\nCHN,2022,5,\"one\ntwo\r\n"
                               "three\"\nCHN,2022,x,\n";
    ck_assert_ptr_null(read_text(text, sizeof text - 1, NULL, &error));
    ck_assert_uint_eq(error.line, 5);
    ck_assert_uint_eq(error.field, 3);
}
END_TEST

START_TEST(missing_is_not_zero)
{
    static const char *const texts[] = {"", "NA", "N/A", "..", ":", "-", "null", "NaN"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[128];
        snprintf(text, sizeof text, "partner,period,value\nCHN,2021,0\nCHN,2022,%s\n",
                 texts[i]);
        tflow_table *table = good(text, NULL);
        ck_assert(value(table, 0) == 0);
        ck_assert_int_eq(status(table, 0), 'A');
        ck_nan(value(table, 1));
        ck_assert_int_eq(status(table, 1), 'O');
        tflow_table_free(table);
    }
    tflow_table *table = good("partner,period,value,obs_status\nCHN,2019,:c,\n"
                              "CHN,2020,,L\nCHN,2021,4,p\nCHN,2022,5,be\n",
                              NULL);
    ck_assert_int_eq(status(table, 0), 'Q');
    ck_assert_int_eq(status(table, 1), 'L');
    ck_assert_int_eq(status(table, 2), 'P');
    ck_assert_int_eq(status(table, 3), 'E');
    tflow_table_free(table);
}
END_TEST

static const struct {
    char decimal, thousands;
    const char *text;
    double value; /* NaN: refused */
    const char *why;
} amounts[] = {
    {0, ',', "1,234,567.5", 1234567.5, "English"},
    {',', '.', "1.234.567,5", 1234567.5, "German"},
    {',', ' ', "1 234 567,5", 1234567.5, "French"},
    {',', ' ',
     "1\xc2\xa0"
     "234\xe2\x80\xaf"
     "567,5",
     1234567.5, "blanks that do not break"},
    {0, ',', "12,34,567", 1234567, "Indian"},
    {',', 0, "0,5", 0.5, "a decimal comma"},
    {',', 0, "0.5", NAN, "a point where a comma is told"},
    {0, ',', "1,2,3", NAN, "groups of one"},
    {0, ',', "1,23", NAN, "a group of two at the end"},
    {0, ',', ",123", NAN, "nothing before the separator"},
    {0, ',', "123,", NAN, "nothing after it"},
    {0, ',', "1,,234", NAN, "two separators"},
    {0, ',', "1.5,000", NAN, "a separator behind the point"},
    {0, ',', "1234,567", NAN,
     "four digits before the first separator: a decimal comma"},
    {0, ',', "123,456", 123456, "three before it"},
    {0, ',', "+123,456", 123456, "and a sign"},
};

START_TEST(separators)
{
    char text[128];
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    opts.decimal = amounts[_i].decimal;
    opts.thousands = amounts[_i].thousands;
    snprintf(text, sizeof text, "partner;period;value\nCHN;2022;%s\n",
             amounts[_i].text);
    tflow_table *table = read_text(text, strlen(text), &opts, &error);
    ck_assert_msg((table == NULL) == isnan(amounts[_i].value), "%s: %s",
                  amounts[_i].why, error.message);
    if (table != NULL)
        ck_assert_msg(value(table, 0) == amounts[_i].value, "%s: %.17g",
                      amounts[_i].why, value(table, 0));
    tflow_table_free(table);
}
END_TEST

START_TEST(encodings)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    static const char latin1[] = "partner,product,period,value\nCHN,caf\xe9,2022,5\n";
    opts.encoding = "latin1";
    tflow_table *table = good(latin1, &opts);
    ck_assert_str_eq(key(table, "product", 0), "caf\xc3\xa9");
    ck_assert_str_eq(tflow_table_attribute(table, "read.encoding"), "latin1");
    tflow_table_free(table);

    opts.encoding = "UTF-8"; /* checked, then: the bad byte is on line 2 */
    ck_assert_ptr_null(read_text(latin1, sizeof latin1 - 1, &opts, &error));
    ck_assert_int_eq(error.status, TFLOW_EPARSE);
    ck_assert_uint_eq(error.line, 2);

    /* UTF-16 with its mark; the last byte cut off. */
    static const char wide[] = "\xff\xfep\0a\0r\0t\0n\0e\0r\0,\0p\0e\0r\0i\0o\0d\0,\0"
                               "v\0a\0l\0u\0e\0\n\0C\0H\0N\0,\0"
                               "2\0"
                               "0\0"
                               "2\0"
                               "2\0,\0"
                               "5\0\n";
    opts.encoding = "UTF-16";
    table = read_text(wide, sizeof wide, &opts, &error);
    ck_assert_ptr_nonnull(table);
    ck_assert(value(table, 0) == 5);
    tflow_table_free(table);
    ck_assert_ptr_null(read_text(wide, sizeof wide - 1, &opts, &error));
    ck_assert_int_eq(error.status, TFLOW_EPARSE);
}
END_TEST

START_TEST(mapping)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.columns =
        "reporter=from,partner=\"to, where\",value=#3,flow='X',period='2017'";
    opts.currency = "CHF";
    opts.unit_multiplier = "6";
    opts.valuation = "FOB";
    tflow_table *table = good("from,\"to, where\",x\nBLR,CHN,5\n", &opts);
    ck_assert_str_eq(key(table, "reporter", 0), "BLR");
    ck_assert_str_eq(key(table, "partner", 0), "CHN");
    ck_assert_str_eq(key(table, "flow", 0), "X");
    ck_assert(value(table, 0) == 5);
    ck_assert_str_eq(tflow_table_attribute(table, "currency"), "CHF");
    ck_assert_str_eq(tflow_table_attribute(table, "unit_multiplier"), "6");
    ck_assert_str_eq(tflow_table_attribute(table, "valuation"), "FOB");
    ck_assert_str_eq(tflow_table_attribute(table, "read.columns"), opts.columns);
    tflow_table_free(table);

    /* A name that says the unit goes on saying it. */
    static const tflow_read_opts plain = TFLOW_READ_OPTS_INIT;
    opts = plain;
    opts.columns = "reporter=exporter,value=value_kusd";
    table = good("exporter,year,value_kusd\nBLR,2022,5\n", &opts);
    ck_assert_str_eq(key(table, "flow", 0), "X");
    ck_assert_str_eq(tflow_table_attribute(table, "unit_multiplier"), "3");
    tflow_table_free(table);
}
END_TEST

START_TEST(unknown_areas_and_bad_rows)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.keep_unknown_areas = 1;
    tflow_table *table = good(HEAD "BLR,Atlantis,TOTAL,X,2022,5\n", &opts);
    ck_assert_str_eq(key(table, "partner", 0), "Atlantis");
    tflow_table_free(table);

    opts.keep_unknown_areas = 0;
    opts.skip_bad_rows = 1;
    table = good(HEAD "BLR,Atlantis,TOTAL,X,2022,5\nBLR,CHN,TOTAL,X,2022,x\n" ROW
                      "BLR,CHN\nBLR,CHN,TOTAL,X,2022,-1\n",
                 &opts);
    ck_assert_uint_eq(tflow_table_rows(table), 1);
    ck_assert_str_eq(tflow_table_attribute(table, "read.skipped"), "4");
    ck_assert_ptr_nonnull(
        strstr(tflow_table_note(table, 0), "memory.csv:2: partner: "));
    ck_assert_ptr_nonnull(strstr(tflow_table_note(table, 0), "memory.csv:5: found 2 "));
    ck_assert_int_eq(tflow_table_labels(table, column(table, "partner")), 1);
    tflow_table_free(table);

    opts.skip_bad_rows = 0;
    opts.allow_negative = 1;
    table = good(HEAD "BLR,CHN,TOTAL,X,2022,-5\n", &opts);
    ck_assert(value(table, 0) == -5);
    tflow_table_free(table);
}
END_TEST

/* A row with bytes that are no text is set aside wherever it comes. */
START_TEST(bad_text_again)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.skip_bad_rows = 1;
    tflow_table *table =
        good(HEAD "BLR,CHN,caf\xe9,X,2022,1\nBLR,CHN,caf\xe9,X,2023,2\n"
                  "BLR,CHN,cafe,X,2024,4\n",
             &opts);
    ck_assert_uint_eq(tflow_table_rows(table), 1);
    ck_assert(value(table, 0) == 4);
    ck_assert_str_eq(tflow_table_attribute(table, "read.skipped"), "2");
    ck_assert_int_eq(tflow_table_labels(table, column(table, "product")), 1);
    tflow_table_free(table);
}
END_TEST

/* Where the code of an area is "N/A" the number says which it is, in each row anew. */
START_TEST(areas_without_a_code)
{
    tflow_table *table =
        good("reporterISO,reporterCode,reporterDesc,partnerISO,partnerCode,partnerDesc,"
             "cmdCode,flowCode,period,primaryValue\n"
             "DEU,276,Germany,N/A,490,\"Other Asia, nes\",TOTAL,X,2020,1\n"
             "DEU,276,Germany,N/A,156,China,TOTAL,X,2020,2\n"
             "DEU,276,Germany,N/A,490,\"Other Asia, nes\",TOTAL,X,2021,4\n"
             "DEU,276,Germany,POL,156,China,TOTAL,X,2021,8\n",
             NULL);
    static const char *const partners[] = {"S19", "CHN", "S19", "POL"};
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(key(table, "partner", i), partners[i]);
    tflow_table_free(table);
}
END_TEST

/* ---- several files ---- */

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static tflow_status read_two(const char *a, const char *b, tflow_table **table,
                             tflow_error *error)
{
    char path[2][512];
    const char *dir = getenv("BUILDDIR");
    const char *paths[2] = {path[0], path[1]};
    for (int i = 0; i < 2; i++) {
        snprintf(path[i], sizeof path[i], "%s/read_%d_%d.csv", dir == NULL ? "." : dir,
                 (int)getpid(), i);
        put(path[i], i == 0 ? a : b);
    }
    tflow_status code = tflow_read_files(paths, 2, NULL, table, error);
    remove(path[0]);
    remove(path[1]);
    return code;
}

START_TEST(several_files)
{
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    /* 27.902 thousand are 27902, rounded once: 27.902 * 1000 is not. */
    ck_assert_int_eq(read_two("partner,period,value_usd\nCHN,2021,1\n",
                              "partner,period,value_kusd,mode,quantity\n"
                              "CHN,2022,27.902,SEA,3\nCHN,2022,1e1,0,4\n",
                              &table, &error),
                     TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(table), 3);
    ck_assert(value(table, 1) == 27902);
    ck_assert(value(table, 2) == 10000);
    ck_assert_str_eq(key(table, "mode", 0), "0");
    ck_assert_str_eq(key(table, "mode", 1), "SEA");
    ck_nan(tflow_table_float64(table, column(table, "quantity"))[0]);
    ck_assert(tflow_table_float64(table, column(table, "quantity"))[2] == 4);
    ck_assert_str_eq(tflow_table_attribute(table, "unit_multiplier"), "0");
    ck_assert_uint_eq(tflow_table_notes(table), 1);
    ck_assert_ptr_nonnull(strchr(tflow_table_attribute(table, "source"), '\n'));
    tflow_table_free(table);

    ck_assert_int_eq(read_two("partner,period,value_usd\nCHN,2021,1\n",
                              "partner,period,value_eur\nCHN,2022,1\n", &table, &error),
                     TFLOW_EMIXED);
    ck_assert_str_eq(error.column, "currency");
    ck_assert_int_eq(read_two("t,i,j,k,v,q\n2020,4,8,10121,1,2\n",
                              "partner,period,value_usd\nCHN,2021,1\n", &table, &error),
                     TFLOW_EMIXED);
    ck_assert_str_eq(error.column, "valuation");
}
END_TEST

/* What each row states, and all the same, is the table's; else it stays with the row.
 */
START_TEST(currency_of_rows)
{
    size_t at;
    tflow_table *table =
        good("partner,period,value,currency\nCHN,2021,1,CNY\nCHN,2022,2,CNY\n", NULL);
    ck_assert_str_eq(tflow_table_attribute(table, "currency"), "CNY");
    ck_assert_int_eq(tflow_table_find(table, "currency", &at), TFLOW_EUNKNOWN);
    tflow_table_free(table);
    table =
        good("partner,period,value,currency\nCHN,2021,1,CNY\nCHN,2022,2,USD\n", NULL);
    ck_assert_ptr_null(tflow_table_attribute(table, "currency"));
    ck_assert_str_eq(key(table, "currency", 1), "USD");
    tflow_table_free(table);
}
END_TEST

/* Balances and imports free on board share the IMF's files with the flows. */
START_TEST(imf_others)
{
    tflow_table *table = good(
        "COUNTRY,INDICATOR,COUNTERPART_COUNTRY,TIME_PERIOD,OBS_VALUE\n"
        "FRA,MG_CIF_USD,USA,2022,56004917567\nFRA,MG_FOB_USD,USA,2022,53000000000\n"
        "FRA,TBG_USD,USA,2022,-5\nFRA,XG_FOB_USD,USA,2022,48000000000\n",
        NULL);
    ck_assert_uint_eq(tflow_table_rows(table), 2);
    ck_assert_str_eq(key(table, "flow", 0), "M");
    ck_assert_str_eq(key(table, "flow", 1), "X");
    ck_assert_ptr_nonnull(strstr(tflow_table_note(table, 0), "MG_FOB_USD, TBG_USD"));
    tflow_table_free(table);
}
END_TEST

/* The list of lists of the US Census API. */
START_TEST(json_lists)
{
    tflow_table *table =
        good("[[\"CTY_CODE\",\"E_COMMODITY\",\"time\",\"ALL_VAL_MO\",\"VES_VAL_MO\","
             "\"CNT_VAL_MO\"],[\"5700\",\"-\",\"2024-03\",\"7\",\"4\",\"3\"]]",
             NULL);
    ck_assert_uint_eq(tflow_table_rows(table),
                      2); /* containers are carried by vessel */
    ck_assert_str_eq(key(table, "partner", 0), "CHN");
    ck_assert_str_eq(key(table, "product", 0), "TOTAL");
    ck_assert_str_eq(key(table, "mode", 0), "0");
    ck_assert_str_eq(key(table, "mode", 1), "VES");
    ck_assert(value(table, 1) == 4);
    tflow_table_free(table);
}
END_TEST

#define API(records) "{\"count\":2,\"data\":[" records "]}"
#define RECORD                                                                         \
    "\"reporterISO\":\"DEU\",\"reporterCode\":276,\"reporterDesc\":null,"              \
    "\"partnerISO\":\"CHN\",\"partnerCode\":156,\"partnerDesc\":null,"                 \
    "\"cmdCode\":\"TOTAL\",\"flowCode\":\"X\""

/* What the first record has not, later ones may have; and in any order. */
START_TEST(json_records)
{
    tflow_table *table = good(
        API("{" RECORD ",\"period\":2020.0,\"primaryValue\":12345678901234.5},"
            "{\"netWgt\":7,\"primaryValue\":2,\"period\":\"2021\\u0020\"," RECORD "}"),
        NULL);
    ck_assert_uint_eq(tflow_table_rows(table), 2);
    ck_assert(value(table, 0) == 12345678901234.5);
    ck_assert(value(table, 1) == 2);
    const double *weight = tflow_table_float64(table, column(table, "net_weight"));
    ck_assert(isnan(weight[0]) && weight[1] == 7);
    const tflow_period *periods = tflow_table_periods(table, column(table, "period"));
    char label[TFLOW_PERIOD_SIZE];
    ck_assert_str_eq(tflow_period_format(periods[0], label), "2020");
    ck_assert_str_eq(tflow_period_format(periods[1], label), "2021");
    tflow_table_free(table);
}
END_TEST

static const struct {
    const char *text, *message, *why;
    uint64_t line;
} bad_json[] = {
    {API("{" RECORD ",\"period\":2020,\"primaryValue\":1e999}"),
     "record 1: found \"1e999\", a number too large", "a number beyond all", 0},
    {API("{" RECORD ",\"period\":2020,\"primaryValue\":1,\"primaryValue\":2}"),
     "record 1: found a name twice", "two values", 0},
    {API("{" RECORD ",\"period\":2020,\"primaryValue\":[1]}"), "record 1: found a list",
     "a list as a value", 0},
    {API("{" RECORD ",\"period\":2020,\"primaryValue\":1},7"),
     "record 2: found no object", "a number as a record", 0},
    {"{\"data\":[],\n\"data\":[{}]}", "\"data\" twice", "two lists of records", 0},
    {"{\"data\":\n\n[{]}", "expected a comma or a }", "broken", 3},
    {"{\"message\":\"rate \\\"limit\\\"\"}", "rate \"limit\"", "why the API refuses",
     0},
    {"{}", "without records", "an object with nothing in it", 0},
    {"[]", "an empty list", "no records", 0},
    {"[[\"partner\",\"year\",\"value\"],{}]", "record 2: found no list",
     "a list, then an object", 0},
};

START_TEST(json_refused)
{
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_ptr_null(
        read_text(bad_json[_i].text, strlen(bad_json[_i].text), NULL, &error));
    ck_assert_int_eq(error.status, TFLOW_EPARSE);
    ck_assert_msg(strstr(error.message, bad_json[_i].message) != NULL, "%s: %s",
                  bad_json[_i].why, error.message);
    ck_assert_uint_eq(error.line, bad_json[_i].line);
    ck_assert_str_eq(error.file, "memory.csv");
}
END_TEST

START_TEST(decimal_comma_locale)
{
    const char *name = setlocale(LC_ALL, "de_DE.UTF-8");
    ck_assert_msg(name != NULL, "locale de_DE.UTF-8 is not installed");
    tflow_table *table = good("partner,period,value\nCHN,2022,1234.5678e-3\n", NULL);
    ck_assert(value(table, 0) == 1.2345678);
    tflow_table_free(table);
    table =
        good("[{\"partner\": \"CHN\", \"period\": 2022, \"value\": 1234.5678}]", NULL);
    ck_assert(value(table, 0) == 1234.5678);
    tflow_table_free(table);
    setlocale(LC_ALL, "C");
}
END_TEST

#define LOOP(tests, name, table)                                                       \
    tcase_add_loop_test(tests, name, 0, (int)(sizeof(table) / sizeof *(table)))

static void add(TCase *tests)
{
    LOOP(tests, bad_input, bad);
    tcase_add_test(tests, prefixes);
    LOOP(tests, huge_line, huge);
    tcase_add_test(tests, bad_files);
    LOOP(tests, bad_options, wrong_options);
    LOOP(tests, good_forms, forms);
    tcase_add_test(tests, quoted_newlines);
    tcase_add_test(tests, missing_is_not_zero);
    LOOP(tests, separators, amounts);
    tcase_add_test(tests, encodings);
    tcase_add_test(tests, mapping);
    tcase_add_test(tests, unknown_areas_and_bad_rows);
    tcase_add_test(tests, bad_text_again);
    tcase_add_test(tests, areas_without_a_code);
    tcase_add_test(tests, several_files);
    tcase_add_test(tests, currency_of_rows);
    tcase_add_test(tests, imf_others);
    tcase_add_test(tests, json_lists);
    tcase_add_test(tests, json_records);
    LOOP(tests, json_refused, bad_json);
    tcase_add_test(tests, decimal_comma_locale);
}

int main(void)
{
    return run_suite("read", add);
}
