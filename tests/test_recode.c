/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other codes: what goes where, what is shared out, and that nothing gets lost. */
#include "test.h"
#include "tradeflow.h"

#include <float.h>
#include <unistd.h>

#define HEAD "reporter,partner,product,flow,period,value\n"

static tflow_table *flows(const char *text)
{
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status =
        tflow_read_memory(text, strlen(text), "flows.csv", NULL, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    return table;
}

static const char *pairs(const char *text)
{
    static char path[512];
    const char *dir = getenv("BUILDDIR");
    snprintf(path, sizeof path, "%s/recode_%d.csv", dir == NULL ? "." : dir,
             (int)getpid());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    return path;
}

static double total(const tflow_table *table)
{
    size_t c;
    double sum = 0;
    ck_assert_int_eq(tflow_table_find(table, "value", &c), TFLOW_OK);
    for (size_t row = 0; row < tflow_table_rows(table); row++)
        if (!isnan(tflow_table_float64(table, c)[row]))
            sum += tflow_table_float64(table, c)[row];
    return sum;
}

/* The sum of the values of a code. */
static double value_of(const tflow_table *table, const char *column, const char *code)
{
    size_t c, v;
    double sum = 0;
    ck_assert_int_eq(tflow_table_find(table, column, &c), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(table, "value", &v), TFLOW_OK);
    for (size_t row = 0; row < tflow_table_rows(table); row++)
        if (strcmp(tflow_table_label(table, c, tflow_table_codes(table, c)[row]),
                   code) == 0)
            sum += tflow_table_float64(table, v)[row];
    return sum;
}

static double share(const tflow_table *table, const char *name)
{
    const char *text = tflow_table_attribute(table, name);
    ck_assert_ptr_nonnull(text);
    return strtod(text, NULL); /* in the C locale */
}

/* ---- the tables that come along, on BACI's Afghanistan ----
 * Rows, codes, shares and sums by Python's csv and Fraction: each row's v times 1/n for
 * each of the n targets of its k. Data of HS 2017, also read as if it were of 2022. */

static const struct {
    const char *from, *to, *classification;
    size_t rows;
    double unmapped, many;
    const char *code;
    double value;
    const char *other;
    double other_value;
} ways[] = {
    {"hs2017", "hs1992", "H0", 2400, 8.212604495588653e-07, 0, "520100", 115817.807,
     "080610", 55924.966},
    {"hs2017", "sitc2", "S2", 2175, 8.212604495588653e-07, 0, "26310", 115817.807, "_X",
     0.422},
    {"hs2022", "hs1992", "H0", 2337, 0.007525649321254803, 0, "070200", 49212.055, "_X",
     3867.012},
    {"hs2022", "sitc4", "S4", 2269, 0.007525649321254803, 0, "05440", 49212.055, "_X",
     3867.012},
    {"hs2022", "bec4", "B4", 637, 0.007525649321254803, 0.004704236292402652, "210",
     151307.56921590908, "220", 9412.276382575757},
};

START_TEST(shipped)
{
    const char *path = source_path("tests/data/layouts/baci_hs17_2020_afg.csv.gz");
    char folder[1100];
    tflow_table *before, *after;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    ck_assert_int_eq(tflow_read_files(&path, 1, NULL, &before, &error), TFLOW_OK);
    snprintf(folder, sizeof folder, "%s", source_path("data/concordance"));
    opts.from = ways[_i].from;
    opts.to = ways[_i].to;
    opts.folder = folder;
    tflow_status status = tflow_table_recode(before, &opts, &after, &error);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    ck_assert_uint_eq(tflow_table_rows(after), ways[_i].rows);
    ck_assert_str_eq(tflow_table_attribute(after, "classification"),
                     ways[_i].classification);
    /* Added up plainly, here and there. */
    ck_assert(fabs(total(after) - 513844.299) <= 1e-11 * 513844.299);
    ck_assert(fabs(value_of(after, "product", ways[_i].code) - ways[_i].value) <=
              1e-12 * ways[_i].value);
    ck_assert(fabs(value_of(after, "product", ways[_i].other) - ways[_i].other_value) <=
              1e-12 * ways[_i].other_value);
    ck_assert(fabs(share(after, "read.recode_share_unmapped") - ways[_i].unmapped) <=
              1e-12 * ways[_i].unmapped);
    ck_assert(fabs(share(after, "read.recode_share_one_to_many") - ways[_i].many) <=
              1e-12 * ways[_i].many);
    ck_assert_uint_eq(tflow_table_notes(after), tflow_table_notes(before) + 1);
    tflow_table_free(before);
    tflow_table_free(after);
}
END_TEST

/* ---- by hand ---- */

#define FLOWS                                                                          \
    HEAD "BLR,CHN,a,X,2020,100\nBLR,CHN,b,X,2020,10\nBLR,CHN,c,X,2020,1\n"             \
         "BLR,CHN,TOTAL,X,2020,111\n"

static const struct {
    const char *pairs;
    const char *many, *unmapped;
    double x, y, apart; /* of the codes x, y and _X */
    double share_many, share_unmapped;
    const char *why;
} sums[] = {
    {"from,to\na,x\nb,x\nc,y\n", NULL, NULL, 110, 1, 0, 0, 0, "many to one"},
    {"from,to\na,x\na,y\nb,x\nc,y\n", NULL, NULL, 60, 51, 0, 100. / 111, 0,
     "in equal parts"},
    {"from,to,weight\na,x,0.25\na,y,0.75\nb,x,1\nc,y,1\n", NULL, NULL, 35, 76, 0,
     100. / 111, 0, "by weight"},
    {"from,to\na,x\na,y\nb,x\nc,y\n", "first", NULL, 110, 1, 0, 100. / 111, 0,
     "to the first"},
    {"from,to\na,y\na,x\nb,x\nc,y\n", "first", NULL, 10, 101, 0, 100. / 111, 0,
     "which is the first of the file"},
    {"weight,to,from\n1,x,a\n0,x,b\n1,y,b\n", NULL, NULL, 100, 10, 1, 10. / 111,
     1. / 111, "a weight of nothing, columns in another order, c set apart"},
    {"from,to\na,x\nb,y\n", NULL, "drop", 100, 10, 0, 0, 1. / 111, "c left out"},
};

START_TEST(sums_by_hand)
{
    tflow_table *before = flows(FLOWS), *after;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    opts.table = pairs(sums[_i].pairs);
    opts.many = sums[_i].many;
    opts.unmapped = sums[_i].unmapped;
    tflow_status status = tflow_table_recode(before, &opts, &after, &error);
    remove(opts.table);
    ck_assert_msg(status == TFLOW_OK, "%s: %s", sums[_i].why, error.message);
    ck_assert_msg(value_of(after, "product", "x") == sums[_i].x &&
                      value_of(after, "product", "y") == sums[_i].y &&
                      value_of(after, "product", "_X") == sums[_i].apart,
                  "%s: x %g, y %g, _X %g", sums[_i].why,
                  value_of(after, "product", "x"), value_of(after, "product", "y"),
                  value_of(after, "product", "_X"));
    ck_assert(value_of(after, "product", "TOTAL") == 111);
    ck_assert_msg(fabs(share(after, "read.recode_share_one_to_many") -
                       sums[_i].share_many) < 1e-15 &&
                      fabs(share(after, "read.recode_share_unmapped") -
                           sums[_i].share_unmapped) < 1e-15,
                  "%s: shares", sums[_i].why);
    ck_assert_str_eq(tflow_table_attribute(after, "classification"), "other");
    tflow_table_free(before);
    tflow_table_free(after);
}
END_TEST

static const struct {
    const char *flows, *pairs, *column, *from, *to, *many, *unmapped;
    tflow_status status;
    const char *message;
    const char *why;
} wrong[] = {
    {FLOWS, "from,to\na,x\na,y\nb,x\nc,x\n", NULL, NULL, NULL, "refuse", NULL,
     TFLOW_EUNKNOWN, "a stands for several", "several targets"},
    {FLOWS, "from,to\na,x\nb,x\n", NULL, NULL, NULL, NULL, "refuse", TFLOW_EUNKNOWN,
     "c is not in the table", "not in the table"},
    {FLOWS, "from,to\na,x\n", NULL, NULL, NULL, "often", NULL, TFLOW_EINVAL, "split",
     "no such policy"},
    {FLOWS, "from,to\na,x\n", NULL, NULL, NULL, NULL, "often", TFLOW_EINVAL, "apart",
     "no such policy either"},
    {FLOWS, "from,to\na,x\n", "mode", NULL, NULL, NULL, NULL, TFLOW_EUNKNOWN,
     "no columns mode", "no such column"},
    {FLOWS, "from,to,weight\na,x,0.5\na,y,0.4\n", NULL, NULL, NULL, NULL, NULL,
     TFLOW_EPARSE, "add up to 0.9", "weights that are not all"},
    {FLOWS, "from,to,weight\na,x,1.5\na,y,-0.5\n", NULL, NULL, NULL, NULL, NULL,
     TFLOW_EPARSE, "weight from 0 to 1", "a weight below nothing"},
    {FLOWS, "from,to,weight\na,x,\n", NULL, NULL, NULL, NULL, NULL, TFLOW_EPARSE,
     "empty", "no weight"},
    {FLOWS, "from,to\na,x\na,x\n", NULL, NULL, NULL, NULL, NULL, TFLOW_EDUPLICATE,
     "twice", "a pair twice"},
    {FLOWS, "old,new\na,x\n", NULL, NULL, NULL, NULL, NULL, TFLOW_EPARSE,
     "columns from and to", "no such columns"},
    {FLOWS, "from,to\n", NULL, NULL, NULL, NULL, NULL, TFLOW_EPARSE, "no pairs",
     "an empty table"},
    {FLOWS, NULL, NULL, NULL, NULL, NULL, NULL, TFLOW_EINVAL, "no table",
     "neither table nor names"},
    {FLOWS, NULL, NULL, "hs1992", "hs2022", NULL, NULL, TFLOW_EUNKNOWN, "no way",
     "backwards"},
    {FLOWS, NULL, NULL, "hs2017", "sitc4", NULL, NULL, TFLOW_EUNKNOWN, "no way",
     "a table that there is not"},
    {FLOWS, NULL, "partner", "hs2017", "hs1992", NULL, NULL, TFLOW_EUNKNOWN, "no way",
     "countries by a table of products"},
    {HEAD "BLR,CHN,0101,X,2020,5\n", "from,to\n010121,x\n", NULL, NULL, NULL, NULL,
     NULL, TFLOW_EUNKNOWN, "heading", "a heading"},
    {"product,period,value,classification\n010121,2020,5,H4\n", NULL, NULL, "hs2022",
     "hs2017", NULL, NULL, TFLOW_EMIXED, "of H4", "another classification"},
};

START_TEST(refused)
{
    tflow_table *table = flows(wrong[_i].flows), *out;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    char folder[1100];
    snprintf(folder, sizeof folder, "%s", source_path("data/concordance"));
    opts.folder = folder;
    opts.table = wrong[_i].pairs == NULL ? NULL : pairs(wrong[_i].pairs);
    opts.column = wrong[_i].column;
    opts.from = wrong[_i].from;
    opts.to = wrong[_i].to;
    opts.many = wrong[_i].many;
    opts.unmapped = wrong[_i].unmapped;
    tflow_status status = tflow_table_recode(table, &opts, &out, &error);
    if (opts.table != NULL)
        remove(opts.table);
    ck_assert_msg(status == wrong[_i].status && out == NULL, "%s: %s: %s",
                  wrong[_i].why, tflow_status_name(status), error.message);
    ck_assert_msg(strstr(error.message, wrong[_i].message) != NULL, "%s: %s",
                  wrong[_i].why, error.message);
    tflow_table_free(table);
}
END_TEST

/* Countries into regions: rows that come to the same are one, with the weakest status;
 * a sum with a missing part is missing; units are not mixed. */
START_TEST(rows_become_one)
{
    tflow_table *before = flows(
        "reporter,partner,flow,period,value,status,quantity,quantity_unit,net_weight\n"
        "BLR,CHN,X,2020,100,A,3,kg,10\nBLR,JPN,X,2020,10,P,4,kg,20\n"
        "BLR,RUS,X,2020,5,A,1,kg,\nBLR,UKR,X,2020,6,A,2,no,1\n"
        "BLR,CHN,X,2021,7,A,1,kg,1\nBLR,JPN,X,2021,,O,,,\nBLR,WLD,X,2020,121,A,,,\n");
    tflow_table *after;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    size_t v, q, w, s, p;
    opts.column = "partner";
    opts.table = pairs("from,to\nCHN,Asia\nJPN,Asia\nRUS,Europe\nUKR,Europe\n");
    tflow_status status = tflow_table_recode(before, &opts, &after, &error);
    remove(opts.table);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    ck_assert_uint_eq(tflow_table_rows(after), 4);
    ck_assert_int_eq(tflow_table_find(after, "value", &v), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(after, "quantity", &q), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(after, "net_weight", &w), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(after, "status", &s), TFLOW_OK);
    ck_assert_int_eq(tflow_table_find(after, "partner", &p), TFLOW_OK);
    const double *value = tflow_table_float64(after, v),
                 *quantity = tflow_table_float64(after, q),
                 *weight = tflow_table_float64(after, w);
    const uint8_t *letter = tflow_table_bytes(after, s);
    ck_assert(value[0] == 110 && quantity[0] == 7 && weight[0] == 30);
    ck_assert_int_eq(letter[0], 'P');
    ck_assert(value[1] == 11);
    ck_nan(quantity[1]); /* kilograms and numbers */
    ck_nan(weight[1]);   /* one is not known */
    ck_nan(value[2]);    /* 7 and what is not known */
    ck_assert_int_eq(letter[2], 'O');
    ck_assert(value[3] == 121);
    ck_assert_str_eq(tflow_table_label(after, p, tflow_table_codes(after, p)[3]),
                     "WLD");
    ck_assert_ptr_null(tflow_table_attribute(after, "classification"));
    ck_assert_ptr_nonnull(strstr(tflow_table_note(after, 0), "1 sums are missing"));
    ck_assert_ptr_nonnull(
        strstr(tflow_table_note(after, 0), "1 quantities of several"));
    tflow_table_free(before);
    tflow_table_free(after);
}
END_TEST

/* Whatever is shared out adds up to what was there: thirds and sevenths too. */
START_TEST(nothing_is_lost)
{
    static char text[1 << 16], table[1 << 16];
    size_t n = (size_t)sprintf(text, HEAD), m = (size_t)sprintf(table, "from,to\n");
    double all = 0;
    for (int code = 0; code < 300; code++) {
        double x = 0.1 * (code + 1) * (1 + code % 7);
        n += (size_t)sprintf(text + n, "BLR,CHN,p%d,X,2020,%.17g\n", code, x);
        for (int k = 0; k < code % 8; k++) /* every eighth is not mapped */
            m += (size_t)sprintf(table + m, "p%d,q%d\n", code, (code + 13 * k) % 41);
        all += x;
    }
    tflow_table *before = flows(text), *after;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    opts.table = pairs(table);
    tflow_status status = tflow_table_recode(before, &opts, &after, &error);
    remove(opts.table);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    ck_assert(fabs(total(after) - all) <= 300 * DBL_EPSILON * all);
    ck_assert(fabs(value_of(after, "product", "_X") -
                   share(after, "read.recode_share_unmapped") * all) <= 1e-13 * all);
    tflow_table_free(before);
    tflow_table_free(after);
}
END_TEST

#define LOOP(tests, name, table)                                                       \
    tcase_add_loop_test(tests, name, 0, (int)(sizeof(table) / sizeof *(table)))

static void add(TCase *tests)
{
    LOOP(tests, shipped, ways);
    LOOP(tests, sums_by_hand, sums);
    LOOP(tests, refused, wrong);
    tcase_add_test(tests, rows_become_one);
    tcase_add_test(tests, nothing_is_lost);
}

int main(void)
{
    return run_suite("recode", add);
}
