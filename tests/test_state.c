/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums that are kept. What is expected is what one pass over all files gives, and what
 * a state was before: both from other calls than those tested, and figures by hand. */
#include "test.h"
#include "tradeflow.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- tables ---- */

static uint64_t draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static const char *const reporters[] = {"BLR", "POL", "DEU"};
static const char *const partners[] = {"CHN", "RUS", "USA", "FRA", "ITA"};

#define MOST_TEXT 65536
static const char header[] = "reporter,partner,flow,period,value,status\n";

/* The rows of one month: values of very different size, a few missing. */
static void draw_month(uint64_t *state, int month, char *text, size_t *n)
{
    for (int r = 0; r < 3; r++)
        for (int p = 0; p < 5; p++)
            for (int f = 0; f < 2; f++) {
                if (draw(state) % 4 == 0)
                    continue;
                int missing = draw(state) % 16 == 0;
                char value[32] = "";
                if (!missing)
                    snprintf(value, sizeof value, "%llu.%llue%d",
                             (unsigned long long)(draw(state) % 1000),
                             (unsigned long long)(draw(state) % 1000000007),
                             (int)(draw(state) % 16) - 6);
                *n += (size_t)snprintf(
                    text + *n, MOST_TEXT - *n, "%s,%s,%s,%d-%02d,%s,%c\n", reporters[r],
                    partners[p], f == 0 ? "X" : "M", 2020 + month / 12, month % 12 + 1,
                    value, missing ? 'O' : "AAAEFP"[draw(state) % 6]);
            }
}

static tflow_table *table_of(const char *rows, const char *name)
{
    char *text = malloc(MOST_TEXT + sizeof header);
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_ptr_nonnull(text);
    int n = snprintf(text, MOST_TEXT + sizeof header, "%s%s", header, rows);
    ck_assert_msg(tflow_read_memory(text, (size_t)n, name, NULL, &table, &error) ==
                      TFLOW_OK,
                  "%s", error.message);
    free(text);
    return table;
}

typedef struct choice {
    const char *name, *value;
} choice;

/* One call of aggregate; NULL and the error when it fails. */
static tflow_table *aggregate(tflow_state *state, const tflow_table *table,
                              const choice *choices, tflow_error *error)
{
    tflow_call *call;
    tflow_table *result = NULL;
    tflow_error none = TFLOW_ERROR_INIT;
    *error = none;
    ck_assert_int_eq(tflow_call_new("aggregate", &call, NULL), TFLOW_OK);
    if (state != NULL)
        ck_assert_int_eq(tflow_call_state(call, state, NULL), TFLOW_OK);
    for (; choices != NULL && choices->name != NULL; choices++)
        ck_assert_int_eq(tflow_call_set(call, choices->name, choices->value, NULL),
                         TFLOW_OK);
    if (table != NULL)
        ck_assert_int_eq(tflow_call_input(call, table, NULL), TFLOW_OK);
    tflow_status status = tflow_call_run(call, &result, error);
    ck_assert((status == TFLOW_OK) == (result != NULL));
    ck_assert_msg(result != NULL || error->message[0] != '\0', "no message");
    tflow_call_free(call);
    return result;
}

static tflow_table *must(tflow_state *state, const tflow_table *table,
                         const choice *choices)
{
    tflow_error error;
    tflow_table *result = aggregate(state, table, choices, &error);
    ck_assert_msg(result != NULL, "%s: %s", error.column, error.message);
    return result;
}

static char *csv_of(tflow_table *table)
{
    char *text;
    ck_assert_int_eq(tflow_table_write(table, TFLOW_FORMAT_CSV, 0, 0, &text, NULL),
                     TFLOW_OK);
    tflow_table_free(table);
    return text;
}

static void same_csv(tflow_table *got, tflow_table *want, const char *why)
{
    char *a = csv_of(got), *b = csv_of(want);
    ck_assert_msg(strcmp(a, b) == 0, "%s: got\n%s\nexpected\n%s", why, a, b);
    tflow_text_free(a);
    tflow_text_free(b);
}

static tflow_state *new_state(void)
{
    tflow_state *state;
    ck_assert_int_eq(tflow_state_new(&state, NULL), TFLOW_OK);
    return state;
}

typedef struct bytes {
    unsigned char *data;
    size_t n;
} bytes;

static bytes bytes_of(const tflow_state *state)
{
    bytes b;
    ck_assert_int_eq(tflow_state_serialise(state, &b.data, &b.n, NULL), TFLOW_OK);
    return b;
}

static void check_bytes(const tflow_state *state, bytes want, const char *why)
{
    bytes got = bytes_of(state);
    ck_assert_msg(got.n == want.n && memcmp(got.data, want.data, got.n) == 0, "%s",
                  why);
    tflow_state_bytes_free(got.data);
}

/* Through its bytes, as it goes from one day to the next. */
static void store(tflow_state **state)
{
    bytes b = bytes_of(*state);
    tflow_state_free(*state);
    ck_assert_int_eq(tflow_state_deserialise(b.data, b.n, state, NULL), TFLOW_OK);
    check_bytes(*state, b, "read back");
    tflow_state_bytes_free(b.data);
}

/* ---- month by month is all at once ---- */

static const choice by_partner[] = {
    {"by", "partner"}, {"missing", "skip"}, {NULL, NULL}};
static const choice by_both[] = {
    {"by", "reporter,partner"}, {"missing", "zero"}, {NULL, NULL}};
static const choice in_years[] = {
    {"frequency", "A"}, {"missing", "skip"}, {"by", "reporter"}, {NULL, NULL}};
static const choice in_sums[] = {
    {"accumulate", "ytd"}, {"missing", "skip"}, {"flow", "exports"}, {NULL, NULL}};
static const choice of_some[] = {{"reporter", "Belarus,Poland"},
                                 {"partner", "CHN,RUS,USA"},
                                 {"by", "reporter"},
                                 {NULL, NULL}};
static const choice of_time[] = {
    {"period", "2020-03:2020-11"}, {"frequency", "Q"}, {NULL, NULL}};
static const choice nothing[] = {{NULL, NULL}};

static const struct {
    const choice *choices;
    const char *why;
} recipes[] = {
    {nothing, "nothing said"},   {by_partner, "by partner"},
    {by_both, "by both"},        {in_years, "months in years"},
    {in_sums, "sums over time"}, {of_some, "a few of them"},
    {of_time, "a part in time"},
};

#define MONTHS 15

static void each_month(const choice *choices, const char *why, uint64_t *seed)
{
    static char all[MOST_TEXT], months[MONTHS][8192];
    tflow_table *tables[MONTHS];
    int order[MONTHS];
    size_t n = 0;
    int outside = choices == of_time; /* months of which nothing is selected */
    for (int m = 0; m < MONTHS; m++) {
        size_t length = 0;
        draw_month(seed, m, months[m], &length);
        memcpy(all + n, months[m], length + 1);
        n += length;
        tables[m] = table_of(months[m], "month.csv");
        order[m] = m;
    }
    for (int m = MONTHS - 1; m > 0; m--) {
        int k = (int)(draw(seed) % (unsigned)(m + 1)), kept = order[m];
        order[m] = order[k];
        order[k] = kept;
    }
    tflow_table *whole = table_of(all, "all.csv"), *last = NULL;
    tflow_state *state = new_state();
    for (int i = 0; i < MONTHS; i++) {
        tflow_error error;
        if (outside && (order[i] < 2 || order[i] > 10)) {
            bytes before = bytes_of(state);
            ck_assert_ptr_null(aggregate(state, tables[order[i]], choices, &error));
            check_bytes(state, before, "nothing selected");
            tflow_state_bytes_free(before.data);
            continue;
        }
        tflow_table_free(last);
        last = must(state, tables[order[i]], choices);
        store(&state);
    }
    same_csv(last, must(NULL, whole, choices), why);
    /* What the call leaves open is taken from the state: all but `missing`. */
    static const choice skip[] = {{"missing", "skip"}, {NULL, NULL}};
    static const choice zero[] = {{"missing", "zero"}, {NULL, NULL}};
    const choice *open =
        choices == by_both                                                   ? zero
        : choices == by_partner || choices == in_years || choices == in_sums ? skip
                                                                             : NULL;
    same_csv(must(state, NULL, open), must(NULL, whole, choices), why);
    for (int m = 0; m < MONTHS; m++)
        tflow_table_free(tables[m]);
    tflow_table_free(whole);
    tflow_state_free(state);
}

START_TEST(month_by_month)
{
    uint64_t seed = 20240613;
    for (int trial = 0; trial < 3; trial++)
        for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++)
            each_month(recipes[i].choices, recipes[i].why, &seed);
}
END_TEST

/* ---- subtract and revise ---- */

static const choice subtract[] = {
    {"subtract", "yes"}, {"missing", "skip"}, {NULL, NULL}};
static const choice revise[] = {{"revise", "yes"}, {"missing", "skip"}, {NULL, NULL}};
static const choice skip_missing[] = {{"missing", "skip"}, {NULL, NULL}};

START_TEST(subtract_is_the_inverse)
{
    uint64_t seed = 7;
    static char months[6][8192];
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        bytes before[6];
        tflow_table *tables[6];
        if (recipes[i].choices == of_time)
            continue;
        tflow_state *state = new_state();
        for (int m = 0; m < 6; m++) {
            size_t length = 0;
            draw_month(&seed, m, months[m], &length);
            tables[m] = table_of(months[m], "month.csv");
            tflow_table_free(must(state, tables[m], recipes[i].choices));
            before[m] = bytes_of(state);
            store(&state);
        }
        for (int m = 5; m > 0; m--) {
            tflow_table_free(must(state, tables[m], subtract));
            check_bytes(state, before[m - 1], recipes[i].why);
        }
        for (int m = 0; m < 6; m++) {
            tflow_state_bytes_free(before[m].data);
            tflow_table_free(tables[m]);
        }
        tflow_state_free(state);
    }
}
END_TEST

START_TEST(revised_is_a_fresh_run)
{
    uint64_t seed = 99;
    static char old[3][8192], new[8192], all[MOST_TEXT];
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        if (recipes[i].choices == of_time)
            continue;
        size_t n = 0, length = 0;
        tflow_state *state = new_state();
        for (int m = 0; m < 3; m++) {
            length = 0;
            draw_month(&seed, m, old[m], &length);
            tflow_table *table = table_of(old[m], "old.csv");
            tflow_table_free(must(state, table, recipes[i].choices));
            tflow_table_free(table);
        }
        length = 0;
        draw_month(&seed, 1, new, &length);
        const char *parts[] = {old[0], new, old[2]};
        for (int m = 0; m < 3; m++)
            n += (size_t)snprintf(all + n, sizeof all - n, "%s", parts[m]);
        tflow_table *revised = table_of(new, "new.csv"), *whole = table_of(all, "all");
        tflow_table_free(must(state, revised, revise));
        store(&state);
        tflow_table *want = NULL;
        choice choices[8] = {{"missing", "skip"}};
        size_t k = 1;
        for (const choice *c = recipes[i].choices; c->name != NULL; c++)
            if (strcmp(c->name, "missing") != 0)
                choices[k++] = *c;
        want = must(NULL, whole, choices);
        same_csv(must(state, NULL, skip_missing), want, recipes[i].why);
        tflow_table_free(revised);
        tflow_table_free(whole);
        tflow_state_free(state);
    }
}
END_TEST

/* Worked out by hand: the report of a revision, at the level of what is printed. */
START_TEST(what_a_revision_changed)
{
    tflow_state *state = new_state();
    tflow_table *jan = table_of("BLR,CHN,X,2022-01,10,A\nBLR,RUS,X,2022-01,20,A\n"
                                "BLR,USA,X,2022-01,1,A\nBLR,CHN,M,2022-01,3,A\n"
                                "POL,CHN,X,2022-01,7,A\n",
                                "jan.csv");
    tflow_table *new = table_of("BLR,CHN,X,2022-01,15,A\nBLR,UKR,X,2022-01,5,A\n"
                                "BLR,USA,X,2022-01,1,E\nBLR,CHN,X,2022-02,4,A\n",
                                "new.csv");
    tflow_table_free(must(state, jan, by_both));
    char *text = csv_of(must(state, new, revise));
    /* The imports of BLR and the exports of POL are not in the file: they stay. */
    ck_assert_str_eq(
        text, "reporter,partner,flow,period,change,before,after,difference,ratio,"
              "n_rows_before,n_rows_after,status_before,status_after\n"
              "BLR,CHN,X,2022-01,changed,10,15,5,1.5,1,1,A,A\n"
              "BLR,CHN,X,2022-02,added,,4,,,0,1,,A\n"
              "BLR,RUS,X,2022-01,removed,20,,,,1,0,A,\n"
              "BLR,UKR,X,2022-01,added,,5,,,0,1,,A\n"
              "BLR,USA,X,2022-01,changed,1,1,0,1,1,1,A,E\n");
    tflow_text_free(text);
    ck_assert_uint_eq(tflow_state_sources(state), 2);
    ck_assert_str_eq(tflow_state_source(state, 0), "jan.csv");
    ck_assert_uint_eq(tflow_state_source_rows(state, 0), 2);
    ck_assert_uint_eq(tflow_state_source_rows(state, 1), 4);
    ck_assert_str_eq(tflow_state_fact(state, "by"), "reporter,partner,flow");
    ck_assert_uint_eq(tflow_state_cells(state), 6);
    /* Once more: nothing changes. */
    text = csv_of(must(state, new, revise));
    ck_assert_ptr_null(strchr(strchr(text, '\n') + 1, '\n'));
    tflow_text_free(text);
    ck_assert_uint_eq(tflow_state_sources(state), 2);
    tflow_table_free(jan);
    tflow_table_free(new);
    tflow_state_free(state);
}
END_TEST

/* ---- what is refused ---- */

#define JAN "BLR,CHN,X,2022-01,10,A\nBLR,RUS,X,2022-01,20,A\n"
static const choice other_by[] = {{"by", "reporter"}, {NULL, NULL}};
static const choice other_reporter[] = {{"reporter", "POL"}, {NULL, NULL}};
static const choice other_measure[] = {{"measure", "quantity"}, {NULL, NULL}};
static const choice other_frequency[] = {{"frequency", "A"}, {NULL, NULL}};
static const choice full_grid[] = {{"complete", "yes"}, {NULL, NULL}};
static const choice both[] = {{"revise", "yes"}, {"subtract", "yes"}, {NULL, NULL}};
static const choice world[] = {{"total", "world"}, {NULL, NULL}};
static const choice take_away[] = {{"subtract", "yes"}, {NULL, NULL}};
static const choice replace[] = {{"revise", "yes"}, {NULL, NULL}};

static const struct {
    const char *rows;
    const choice *choices;
    tflow_status status;
    const char *message; /* a part of it */
    const char *why;
} refused[] = {
    {JAN, nothing, TFLOW_EDUPLICATE, "BLR X 2022-01 from jan.csv", "twice"},
    {"BLR,USA,X,2022-01,1,A\n", nothing, TFLOW_EDUPLICATE, "would count twice",
     "another partner of the same month may be a part that was there"},
    {"BLR,CHN,X,2022,1,A\n", nothing, TFLOW_EMIXED, "2022", "a year after months"},
    {JAN, other_by, TFLOW_EINVAL, "found reporter, but the state was made with partner",
     "other keys"},
    {JAN, other_reporter, TFLOW_EINVAL, "found POL", "another reporter"},
    {JAN, other_measure, TFLOW_EINVAL, "found quantity", "another column"},
    {JAN, other_frequency, TFLOW_EINVAL, "found A", "another frequency"},
    {JAN, full_grid, TFLOW_EINVAL, "which flows there are", "the full grid"},
    {JAN, both, TFLOW_EINVAL, "not both", "two things at once"},
    {NULL, take_away, TFLOW_EINVAL, "no files", "nothing to subtract"},
    {"BLR,WLD,X,2022-02,10,A\n", world, TFLOW_EINVAL, "found world", "another total"},
    {"BLR,CHN,X,2022-01,11,A\nBLR,RUS,X,2022-01,20,A\n", take_away, TFLOW_EUNKNOWN,
     "BLR X 2022-01 differs", "subtract another value"},
    {"BLR,CHN,X,2022-01,10,A\n", take_away, TFLOW_EUNKNOWN, "BLR X 2022-01 differs",
     "subtract a part"},
    {"BLR,CHN,X,2022-02,10,A\n", take_away, TFLOW_EUNKNOWN, "BLR X 2022-02 differs",
     "subtract what was never there"},
    {"BLR,CHN,X,2022-01,10,E\nBLR,RUS,X,2022-01,20,A\n", take_away, TFLOW_EUNKNOWN,
     "differs", "subtract another status"},
    {"BLR,CHN,X,2022-01,10,A\nBLR,USA,X,2022-01,20,A\n", take_away, TFLOW_EUNKNOWN,
     "differs", "subtract another partner"},
};

START_TEST(refusals)
{
    tflow_state *state = new_state();
    tflow_table *jan = table_of(JAN, "jan.csv");
    tflow_table_free(must(state, jan, by_partner));
    bytes before = bytes_of(state);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        tflow_error error;
        tflow_table *table =
            refused[i].rows == NULL ? NULL : table_of(refused[i].rows, "next.csv");
        ck_assert_msg(aggregate(state, table, refused[i].choices, &error) == NULL, "%s",
                      refused[i].why);
        ck_assert_msg(error.status == refused[i].status &&
                          strstr(error.message, refused[i].message) != NULL,
                      "%s: %s: %s", refused[i].why, tflow_status_name(error.status),
                      error.message);
        check_bytes(state, before, refused[i].why);
        tflow_table_free(table);
    }
    tflow_state_bytes_free(before.data);
    tflow_table_free(jan);
    tflow_state_free(state);
}
END_TEST

/* Periods of several lengths, as far as a frequency is chosen: a year beside its months
 * would count twice, and a month does not take the place of a year. */
START_TEST(overlapping_periods)
{
    tflow_state *state = new_state();
    tflow_error error;
    tflow_table *year = table_of("BLR,CHN,X,2021,10,A\n", "year.csv");
    tflow_table *month = table_of("BLR,CHN,X,2021-03,1,A\n", "month.csv");
    tflow_table *other = table_of("BLR,CHN,X,2022-03,2,A\n", "other.csv");
    tflow_table *whole = table_of("BLR,CHN,X,2022,9,A\n", "whole.csv");
    static const choice years[] = {{"frequency", "A"}, {NULL, NULL}};
    tflow_table_free(must(state, year, years));
    ck_assert_ptr_null(aggregate(state, month, NULL, &error));
    ck_assert_int_eq(error.status, TFLOW_EDUPLICATE);
    ck_assert_ptr_null(aggregate(state, month, replace, &error));
    ck_assert_int_eq(error.status, TFLOW_EOVERLAP);
    ck_assert_ptr_nonnull(strstr(error.message, "only a part of BLR X 2021"));
    char *text = csv_of(must(state, other, NULL));
    ck_assert_str_eq(text, "flow,period,value,n_rows,status,share_not_observed,"
                           "n_missing,lower_bound,incomplete\n"
                           "X,2021,10,1,A,0,0,false,false\n"
                           "X,2022,2,1,A,0,0,false,true\n");
    tflow_text_free(text);
    /* The year takes the place of its month. */
    text = csv_of(must(state, whole, replace));
    ck_assert_ptr_nonnull(strstr(text, "X,2022,changed,2,9,7,4.5,1,1,A,A\n"));
    tflow_text_free(text);
    ck_assert_uint_eq(tflow_state_sources(state), 2);
    tflow_table_free(year);
    tflow_table_free(month);
    tflow_table_free(other);
    tflow_table_free(whole);
    tflow_state_free(state);
}
END_TEST

START_TEST(other_units)
{
    tflow_state *state = new_state();
    tflow_error error;
    static const char rows[] = "reporter,partner,flow,period,value\nBLR,CHN,X,%d,10\n";
    char text[128];
    tflow_read_opts euro = TFLOW_READ_OPTS_INIT, dollar = TFLOW_READ_OPTS_INIT;
    tflow_read_opts thousand = TFLOW_READ_OPTS_INIT, cif = TFLOW_READ_OPTS_INIT;
    euro.currency = "EUR";
    dollar.currency = thousand.currency = cif.currency = "USD";
    thousand.unit_multiplier = "3";
    cif.valuation = "CIF";
    const struct {
        const tflow_read_opts *opts;
        const char *column;
    } others[] = {{&euro, "unit"}, {&thousand, "unit"}, {&cif, "valuation"}};
    tflow_table *table;
    int n = snprintf(text, sizeof text, rows, 2020);
    ck_assert_int_eq(tflow_read_memory(text, (size_t)n, "first", &dollar, &table, NULL),
                     TFLOW_OK);
    tflow_table_free(must(state, table, NULL));
    tflow_table_free(table);
    for (size_t i = 0; i < 3; i++) {
        n = snprintf(text, sizeof text, rows, 2021);
        ck_assert_int_eq(
            tflow_read_memory(text, (size_t)n, "next", others[i].opts, &table, NULL),
            TFLOW_OK);
        ck_assert_ptr_null(aggregate(state, table, NULL, &error));
        ck_assert_int_eq(error.status, TFLOW_EMIXED);
        ck_assert_str_eq(error.column, others[i].column);
        tflow_table_free(table);
    }
    tflow_state_free(state);
}
END_TEST

/* ---- bytes and files ---- */

static bytes some_state(void)
{
    uint64_t seed = 5;
    static char rows[8192];
    size_t n = 0;
    draw_month(&seed, 1, rows, &n);
    tflow_table *table = table_of(rows, "some.csv");
    tflow_state *state = new_state();
    tflow_table_free(must(state, table, by_partner));
    bytes b = bytes_of(state);
    tflow_table_free(table);
    tflow_state_free(state);
    return b;
}

START_TEST(damaged_bytes)
{
    bytes b = some_state();
    tflow_state *state;
    for (size_t n = 0; n < b.n; n++) {
        ck_assert_int_eq(tflow_state_deserialise(b.data, n, &state, NULL),
                         TFLOW_EPARSE);
        ck_assert_ptr_null(state);
    }
    for (size_t i = 0; i < b.n; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        b.data[i] ^= (unsigned char)(1u << i % 8);
        tflow_status want = i >= 8 && i < 12 ? TFLOW_EUNSUPPORTED : TFLOW_EPARSE;
        ck_assert_msg(tflow_state_deserialise(b.data, b.n, &state, &error) == want,
                      "byte %zu", i);
        ck_assert(state == NULL && error.message[0] != '\0');
        b.data[i] ^= (unsigned char)(1u << i % 8);
    }
    ck_assert_int_eq(tflow_state_deserialise(b.data, b.n, &state, NULL), TFLOW_OK);
    check_bytes(state, b, "mended");
    tflow_state_free(state);
    tflow_state_bytes_free(b.data);
    ck_assert_int_eq(tflow_state_deserialise(NULL, 0, &state, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_state_deserialise((const unsigned char *)"x", 1, NULL, NULL),
                     TFLOW_EINVAL);
}
END_TEST

START_TEST(files)
{
    char folder[] = "/tmp/test_state.XXXXXX", path[64], link[64], deep[80];
    bytes b = some_state();
    tflow_state *state, *empty = new_state(), *back;
    tflow_error error = TFLOW_ERROR_INIT;
    struct stat facts;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/state", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    snprintf(deep, sizeof deep, "%s/no/state", folder);
    ck_assert_int_eq(tflow_state_deserialise(b.data, b.n, &state, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_state_read(path, &back, &error), TFLOW_EIO);
    ck_assert_str_eq(error.file, path);
    ck_assert_int_eq(tflow_state_write(empty, path, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_state_read(path, &back, NULL), TFLOW_OK);
    ck_assert_uint_eq(tflow_state_cells(back), 0);
    ck_assert_ptr_null(tflow_state_fact(back, "by"));
    tflow_state_free(back);
    /* A link stays one, and permissions stay. */
    ck_assert_int_eq(symlink("state", link), 0);
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert_int_eq(tflow_state_write(state, link, NULL), TFLOW_OK);
    ck_assert(lstat(link, &facts) == 0 && S_ISLNK(facts.st_mode));
    ck_assert(stat(path, &facts) == 0 && (facts.st_mode & 07777) == 0640);
    ck_assert_int_eq((long)facts.st_size, (long)b.n);
    ck_assert_int_eq(tflow_state_read(path, &back, NULL), TFLOW_OK);
    check_bytes(back, b, "through a file");
    tflow_state_free(back);
    ck_assert_int_eq(tflow_state_write(state, deep, &error), TFLOW_EIO);
    ck_assert_str_eq(error.file, deep);
    ck_assert_int_eq(tflow_state_write(state, folder, NULL), TFLOW_EIO);
    ck_assert_int_eq(tflow_state_read(folder, &back, NULL), TFLOW_EIO);
    ck_assert_int_eq(tflow_state_write(state, "/dev/full", NULL), TFLOW_EIO);
    ck_assert_int_eq(tflow_state_write(NULL, path, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_state_write(state, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_state_read(NULL, &back, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(unlink(link) | unlink(path) | rmdir(folder), 0); /* no leavings */
    tflow_state_free(state);
    tflow_state_free(empty);
    tflow_state_bytes_free(b.data);
}
END_TEST

START_TEST(nothing_given)
{
    tflow_state *state = new_state();
    tflow_call *call;
    tflow_error error;
    unsigned char *data;
    size_t n;
    ck_assert_int_eq(tflow_state_new(NULL, NULL), TFLOW_EINVAL);
    tflow_state_free(NULL);
    ck_assert_uint_eq(tflow_state_cells(NULL) + tflow_state_sources(NULL), 0);
    ck_assert_ptr_null(tflow_state_source(state, 0));
    ck_assert_ptr_null(tflow_state_source(NULL, 0));
    ck_assert_uint_eq(tflow_state_source_rows(state, 0), 0);
    ck_assert_ptr_null(tflow_state_fact(state, "by"));
    ck_assert_ptr_null(tflow_state_fact(NULL, "by"));
    ck_assert_ptr_null(tflow_state_fact(state, NULL));
    ck_assert_int_eq(tflow_state_serialise(NULL, &data, &n, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_state_serialise(state, NULL, &n, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_state_serialise(state, &data, NULL, NULL), TFLOW_EINVAL);
    ck_assert_ptr_null(aggregate(state, NULL, NULL, &error)); /* holds nothing */
    ck_assert_int_eq(error.status, TFLOW_EINVAL);
    ck_assert_ptr_null(aggregate(NULL, NULL, NULL, &error)); /* no table */
    ck_assert_int_eq(error.status, TFLOW_EINVAL);
    ck_assert_int_eq(tflow_call_new("growth", &call, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_call_state(call, state, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_call_state(NULL, state, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_call_state(call, NULL, NULL), TFLOW_EINVAL);
    tflow_call_free(call);
    tflow_state_free(state);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, month_by_month);
    tcase_add_test(tests, subtract_is_the_inverse);
    tcase_add_test(tests, revised_is_a_fresh_run);
    tcase_add_test(tests, what_a_revision_changed);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, overlapping_periods);
    tcase_add_test(tests, other_units);
    tcase_add_test(tests, damaged_bytes);
    tcase_add_test(tests, files);
    tcase_add_test(tests, nothing_given);
}

int main(void)
{
    return run_suite("state", add);
}
