/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows added up over products while they are read: every operation that takes such a
 * table says to the last byte what it says of the rows themselves, or refuses it. */
#include "test.h"
#include "tradeflow.h"

typedef struct answer {
    tflow_status status;
    char *csv, *json, *error;
} answer;

static void forget(answer *a)
{
    tflow_text_free(a->csv);
    tflow_text_free(a->json);
    free(a->error);
}

static void set(tflow_call *call, const char *options)
{
    char text[512], *save = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    snprintf(text, sizeof text, "%s", options);
    for (char *word = strtok_r(text, " ", &save); word != NULL;
         word = strtok_r(NULL, " ", &save)) {
        char *equal = strchr(word, '=');
        ck_assert_ptr_nonnull(equal);
        *equal = '\0';
        tflow_status status = tflow_call_set(call, word, equal + 1, &error);
        ck_assert_msg(status == TFLOW_OK, "%s: %s", options, error.message);
    }
}

/* Run an operation on files in memory, with the products added up or kept. */
static answer ask(const char *operation, const char *options, const char *bytes,
                  size_t n, int added, uint64_t threads, int row_by_row, int *products)
{
    answer a = {TFLOW_OK, NULL, NULL, NULL};
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_table *table = NULL, *result = NULL;
    tflow_call *call;

    ck_assert_int_eq(tflow_call_new(operation, &call, &error), TFLOW_OK);
    set(call, options);
    *products = tflow_call_products(call);
    opts.products = added ? *products : TFLOW_PRODUCTS_KEPT;
    opts.threads = threads;
    opts.row_by_row = row_by_row;
    opts.keep_unknown_areas = opts.allow_negative = opts.skip_bad_rows = 1;
    a.status = tflow_read_memory(bytes, n, "text", &opts, &table, &error);
    if (a.status == TFLOW_OK) {
        ck_assert_int_eq(tflow_call_input(call, table, &error), TFLOW_OK);
        a.status = tflow_call_run(call, &result, &error);
    }
    if (a.status >= 0) {
        ck_assert_int_eq(
            tflow_table_write(result, TFLOW_FORMAT_CSV, 0, 0, &a.csv, &error),
            TFLOW_OK);
        ck_assert_int_eq(
            tflow_table_write(result, TFLOW_FORMAT_JSON, 0, 0, &a.json, &error),
            TFLOW_OK);
    }
    a.error = malloc(sizeof error.message);
    ck_assert_ptr_nonnull(a.error);
    snprintf(a.error, sizeof error.message, "%s", a.status < 0 ? error.message : "");
    tflow_table_free(result);
    tflow_table_free(table);
    tflow_call_free(call);
    return a;
}

/* 1: the table was taken and said the same; 0: it was refused; -1: it was not asked. */
static int compare(const char *operation, const char *options, const char *bytes,
                   size_t n, uint64_t threads, int row_by_row, const char *why)
{
    int products;
    answer kept = ask(operation, options, bytes, n, 0, 1, 0, &products);
    if (products == TFLOW_PRODUCTS_KEPT) {
        forget(&kept);
        return -1;
    }
    answer added = ask(operation, options, bytes, n, 1, threads, row_by_row, &products);
    int taken = added.status != TFLOW_EUNSUPPORTED;
    if (taken && (added.status != kept.status ||
                  (kept.status >= 0 ? strcmp(added.csv, kept.csv) != 0 ||
                                          strcmp(added.json, kept.json) != 0
                                    : 0)))
        ck_abort_msg(
            "%s %s of\n%s\nrows kept (%d): %s\n%s\nadded up (%d): %s\n%s\n%s\n%s",
            operation, options, why, kept.status, kept.error,
            kept.csv == NULL ? "" : kept.csv, added.status, added.error,
            added.csv == NULL ? "" : added.csv, kept.json == NULL ? "" : kept.json,
            added.json == NULL ? "" : added.json);
    forget(&kept);
    forget(&added);
    return taken;
}

static const char *const calls[][2] = {
    {"aggregate", ""},
    {"aggregate", "by=reporter,partner"},
    {"aggregate", "by=partner duplicates=sum missing=skip"},
    {"aggregate", "by=reporter missing=zero duplicates=sum"},
    {"aggregate", "level=6 by=partner"},
    {"aggregate", "level=2 total=partners"},
    {"aggregate", "total=world"},
    {"aggregate", "total=partners duplicates=sum"},
    {"aggregate", "reporter=BLR partner=CHN,RUS"},
    {"aggregate", "reporter=BLR frequency=A"},
    {"growth", "reporter=BLR"},
    {"growth", "reporter=BLR of=partner duplicates=sum"},
    {"trend", "reporter=BLR partner=CHN duplicates=sum missing=skip"},
    {"share", "of=partner reporter=BLR flow=X duplicates=sum"},
    {"share", "of=partner reporter=BLR flow=X"},
    {"concentration", "over=partner reporter=BLR flow=X duplicates=sum missing=skip"},
    {"project", "reporter=BLR partner=CHN flow=X duplicates=sum"},
};

static unsigned draw(uint64_t *state, unsigned n)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (unsigned)(*state >> 33) % n;
}

/* A file in the order of its keys or not, of one level or several, with World rows or
 * without, with missing, estimated and negative values or without. */
static size_t make_file(char *out, uint64_t *state)
{
    static const char *const partners[] = {"CHN", "RUS", "DEU",
                                           "POL", "WLD", "EU27_2020"};
    static const char *const levels[] = {
        "010121", "010129", "020110", "271019", "310420", "01", "27", "TOTAL", "0101"};
    static const char *const odd[] = {"NA",   "-5.25",   "0.1", "0.2",
                                      "1e-9", "\"3,4\"", "7.x"};
    unsigned n_partners = draw(state, 3) == 0 ? 6 : draw(state, 3) == 0 ? 5 : 4;
    unsigned n_products = draw(state, 3) == 0 ? 9 : 5;
    unsigned oddity = draw(state, 3) == 0 ? 8 : 1000;
    int shuffled = draw(state, 3) == 0, twice = draw(state, 10) == 0;
    size_t n =
        (size_t)sprintf(out, "reporter,partner,product,flow,period,value,status\n");

    for (unsigned year = 2015; year < 2022; year++)
        for (unsigned p = 0; p < n_partners; p++)
            for (unsigned k = 0; k < n_products; k++) {
                char value[32];
                unsigned product = shuffled ? (k * 7 + year) % n_products : k;
                if (draw(state, 4) == 0)
                    continue;
                sprintf(value, "%u.%u", draw(state, 100000), draw(state, 1000));
                for (int twin = 0; twin < 1 + (twice && draw(state, 30) == 0); twin++)
                    n += (size_t)sprintf(
                        out + n, "%s,%s,%s,%s,%u%s,%s,%s\n",
                        draw(state, 40) == 0 ? "\"BLR\"" : "BLR", partners[p],
                        levels[product], draw(state, 60) == 0 ? "M" : "X", year,
                        oddity == 8 && draw(state, 50) == 0 ? "-03" : "",
                        draw(state, oddity) == 0 ? odd[draw(state, 7)] : value,
                        draw(state, 9) == 0 ? "E" : "");
            }
    return n;
}

START_TEST(random_files)
{
    enum { CALLS = sizeof calls / sizeof *calls };
    uint64_t state = 20240607;
    char *text = malloc(1 << 16);
    int taken[CALLS] = {0}, trials = test_draws(400);

    ck_assert_ptr_nonnull(text);
    for (int t = 0; t < trials; t++) {
        size_t n = make_file(text, &state);
        for (int c = 0; c < CALLS; c++)
            taken[c] += compare(calls[c][0], calls[c][1], text, n,
                                1 + (uint64_t)(t % 3), t % 5 == 0, text) > 0;
    }
    free(text);
    /* A table that is always refused would say nothing. */
    for (int c = 0; c < CALLS; c++)
        ck_assert_msg(taken[c] > trials / 40, "%s %s: taken %d times of %d",
                      calls[c][0], calls[c][1], taken[c], trials);
}
END_TEST

/* Over many segments, by several threads, in order and not; values of three decimals
 * that no double holds, so that the order of adding shows in a sum of doubles. */
START_TEST(many_segments)
{
    uint64_t state = 11;
    size_t size = (size_t)4 << 20, n = 0;
    char *text = malloc(size + 4096);
    ck_assert_ptr_nonnull(text);
    n += (size_t)sprintf(text, "t,i,j,k,v,q\n");
    for (unsigned t = 2000; t < 2005; t++)
        for (unsigned j = 0; j < 5; j++)
            for (unsigned k = 0; k < 6000 && n < size; k++)
                n += (size_t)sprintf(
                    text + n, "%u,112,%s,%06u,%u.%03u,%u\n", t,
                    (const char *const[]){"156", "643", "276", "616", "804"}[j],
                    10000 + k * 11, draw(&state, 1000000), draw(&state, 1000),
                    draw(&state, 5));
    for (uint64_t threads = 1; threads < 5; threads++) {
        ck_assert_int_eq(compare("aggregate", "by=reporter,partner", text, n, threads,
                                 0, "BACI in order"),
                         1);
        ck_assert_int_eq(compare("share", "of=partner reporter=BLR", text, n, threads,
                                 0, "BACI in order"),
                         1);
    }
    char *row = strstr(text + n / 2, "\n2002,");
    ck_assert_ptr_nonnull(row);
    memcpy(row + 1, "2001", 4); /* a row out of order, and perhaps there before */
    ck_assert_int_eq(
        compare("aggregate", "by=partner", text, n, 2, 0, "one row out of order"), 0);
    ck_assert_int_eq(compare("aggregate", "by=partner duplicates=sum", text, n, 2, 0,
                             "one row out of order"),
                     1);
    free(text);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, random_files);
    tcase_add_test(tests, many_segments);
}

int main(void)
{
    return run_suite("reduce", add);
}
