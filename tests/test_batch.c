/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading by batches, on any number of threads, against reading row by row by libcsv:
 * the same table, or the same error. */
#include "table/table.h"
#include "test.h"
#include "tradeflow.h"

/* Cells are many, and each assertion is a message to the runner: only failures are. */
#define require(condition, ...)                                                        \
    do {                                                                               \
        if (!(condition))                                                              \
            ck_abort_msg(__VA_ARGS__);                                                 \
    } while (0)

/* ---- two tables ---- */

static void same_cell(const tflow_table *a, const tflow_table *b, size_t c, size_t row,
                      const char *why)
{
    int same = 0;
    switch (tflow_table_type(a, c)) {
    case TFLOW_KEY: {
        const char *x = tflow_table_label(a, c, tflow_table_codes(a, c)[row]);
        const char *y = tflow_table_label(b, c, tflow_table_codes(b, c)[row]);
        same = x == NULL || y == NULL ? x == y : strcmp(x, y) == 0;
        break;
    }
    case TFLOW_PERIOD:
        same = tflow_table_periods(a, c)[row] == tflow_table_periods(b, c)[row];
        break;
    case TFLOW_FLOAT64: {
        double x = tflow_table_float64(a, c)[row], y = tflow_table_float64(b, c)[row];
        same = isnan(x) ? isnan(y) : x == y && signbit(x) == signbit(y);
        break;
    }
    case TFLOW_INT64:
        same = tflow_table_int64(a, c)[row] == tflow_table_int64(b, c)[row];
        break;
    case TFLOW_OBS_STATUS:
    case TFLOW_BOOL:
        same = tflow_table_bytes(a, c)[row] == tflow_table_bytes(b, c)[row];
        break;
    }
    require(same, "%s: row %zu (line %llu), %s", why, row,
            (unsigned long long)tflow_i_table_line(a, row), tflow_table_name(a, c));
}

static void same_table(const tflow_table *a, const tflow_table *b, const char *why)
{
    require(a->rows == b->rows, "%s: %zu and %zu rows", why, a->rows, b->rows);
    require(a->n_columns == b->n_columns, "%s: columns", why);
    for (size_t c = 0; c < a->n_columns; c++) {
        require(strcmp(a->columns[c].name, b->columns[c].name) == 0 &&
                    a->columns[c].type == b->columns[c].type &&
                    strcmp(a->columns[c].unit, b->columns[c].unit) == 0,
                "%s: column %zu", why, c);
        for (size_t row = 0; row < a->rows; row++)
            same_cell(a, b, c, row, why);
    }
    for (size_t row = 0; row < a->rows; row++)
        require(a->places[row] == b->places[row], "%s: place of row %zu", why, row);
    require(a->n_attributes == b->n_attributes && a->n_notes == b->n_notes, "%s: facts",
            why);
    for (size_t i = 0; i < a->n_attributes; i++)
        require(strcmp(a->attributes[i].value, b->attributes[i].value) == 0, "%s: %s",
                why, a->attributes[i].name);
    for (size_t i = 0; i < a->n_notes; i++)
        require(strcmp(a->notes[i], b->notes[i]) == 0, "%s: note", why);
}

/* The codes behind the texts too: they are given in the order of the file. */
static void same_codes(const tflow_table *a, const tflow_table *b, const char *why)
{
    for (size_t c = 0; c < a->n_columns; c++) {
        if (a->columns[c].type != TFLOW_KEY)
            continue;
        for (size_t row = 0; row < a->rows; row++)
            require(tflow_table_codes(a, c)[row] == tflow_table_codes(b, c)[row],
                    "%s: code in row %zu", why, row);
    }
}

static void same_error(const tflow_error *a, const tflow_error *b, const char *why)
{
    require(a->status == b->status && a->line == b->line && a->field == b->field &&
                strcmp(a->message, b->message) == 0 &&
                strcmp(a->column, b->column) == 0 && strcmp(a->file, b->file) == 0,
            "%s: %s:%llu:%u %s: %s, and %s:%llu:%u %s: %s", why, a->file,
            (unsigned long long)a->line, a->field, a->column, a->message, b->file,
            (unsigned long long)b->line, b->field, b->column, b->message);
}

/* Read by libcsv, and by 1, 2, 3 and 7 threads; returns whether it could be read. */
static int compare(const char *bytes, size_t n, const tflow_read_opts *given,
                   const char *why)
{
    static const uint64_t threads[] = {1, 2, 3, 7};
    tflow_read_opts opts = *given;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *reference = NULL, *first = NULL;
    opts.row_by_row = 1;
    tflow_status status =
        tflow_read_memory(bytes, n, "text", &opts, &reference, &error);

    opts.row_by_row = 0;
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        tflow_error other = TFLOW_ERROR_INIT;
        tflow_table *table = NULL;
        opts.threads = threads[i];
        tflow_status now = tflow_read_memory(bytes, n, "text", &opts, &table, &other);
        require(now == status, "%s: status %d, by libcsv %d (%s, %s)", why, now, status,
                other.message, error.message);
        if (status == TFLOW_OK) {
            same_table(table, reference, why);
            if (first != NULL)
                same_codes(first, table, why);
        } else
            same_error(&other, &error, why);
        if (first == NULL)
            first = table;
        else
            tflow_table_free(table);
    }
    tflow_table_free(first);
    tflow_table_free(reference);
    return status == TFLOW_OK;
}

/* ---- files ---- */

static char *file_bytes(const char *path, size_t *n)
{
    FILE *file = fopen(source_path(path), "rb");
    ck_assert_ptr_nonnull(file);
    fseek(file, 0, SEEK_END);
    *n = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*n + 1);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, *n, file), *n);
    fclose(file);
    return bytes;
}

static const char *const files[] = {
    "tests/data/layouts/baci_hs17_2020_afg.csv.gz",
    "tests/data/layouts/comtrade_api.json",
    "tests/data/layouts/comtrade_legacy35.csv",
    "tests/data/layouts/comtrade_new_goods.csv",
    "tests/data/layouts/comtrade_new_services.csv",
    "tests/data/layouts/comtradr_snakecase.csv",
    "tests/data/layouts/eurostat_relational_codes_2022.csv",
    "tests/data/layouts/eurostat_relational_labels_2015.csv",
    "tests/data/layouts/eurostat_sdmx.csv",
    "tests/data/layouts/imf_dots_long.csv",
    "tests/data/layouts/imf_dots_wide.csv",
    "tests/data/layouts/us_census_api.csv",
    "tests/data/layouts/us_census_country_table.csv",
    "tests/data/layouts/wits_by_partner_world_2020.csv",
    "tests/data/layouts/wits_partner_china_2022.csv",
    "data/belarus/baci_belarus_partners_2000_2020.csv",
    "data/belarus/belarus_reports_2014_2021.csv",
    "data/belarus/china_imports_2010_2022.csv",
    "data/census/us_census_country_table_1985_2011.csv.gz",
    "data/fred/us_exports_monthly.csv",
    "data/ots/exports_2017_hs4.csv.gz",
};

/* Every sample is read, if not as it stands then with what is odd in it let through. */
START_TEST(files_by_batches)
{
    size_t n;
    char *bytes = file_bytes(files[_i], &n);
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    compare(bytes, n, &opts, files[_i]);
    opts.skip_bad_rows = opts.keep_unknown_areas = opts.allow_negative = 1;
    int reads = compare(bytes, n, &opts, files[_i]);
    if (!reads) {
        opts.encoding = "latin1";
        reads = compare(bytes, n, &opts, files[_i]);
    }
    ck_assert_msg(reads, "%s", files[_i]);
    free(bytes);
}
END_TEST

/* ---- texts of every kind ---- */

static unsigned draw(uint64_t *state, unsigned n)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (unsigned)(*state >> 33) % n;
}

static const char *const fields[][12] = {
    {"BLR", "blr", "112", "Belarus", "\"BLR\"", "RUS", "EU27_2020", "", "XXX", "W\"\"D",
     "\"CHN\"", " POL "},
    {"CHN", "156", "\"China\"", "RUS", "WLD", "ARM", "DEU", "USA", "\"U\"\"S\"", "FRA",
     "0", "\"Korea, Rep.\""},
    {"TOTAL", "01", "\"01\"", "0101", "010121", "84", "8471", "AG2", "000", "27",
     "2709", ""},
    {"X", "M", "export", "RX", "\"X\"", "imports", "x", "m", "M", "X", "Q", ""},
    {"2020", "2021", "2022", "\"2019\"", "2022-03", "2022-Q1", "2022-13", "202", "2020",
     "2021", "2022", "1999"},
    {"1", "2.5", "1000000", "0.001", "", "NA", "..", "1e3", "12345678901234567890",
     "-3", "1.2.3", "\"7\""},
    {"A", "", "E", "P", "Q", "L", "a", "F", "\"A\"", "I", "?", "O"},
};

static size_t add_row(char *out, uint64_t *state, unsigned variety)
{
    size_t n = 0;
    unsigned count = draw(state, 200) == 0 && variety == 12 ? 6 : 7;
    for (unsigned f = 0; f < count; f++)
        n += (size_t)sprintf(out + n, "%s%s", f > 0 ? "," : "",
                             fields[f][draw(state, draw(state, 4) == 0 ? variety : 4)]);
    static const char *const ends[] = {"\n", "\n", "\r\n", ",\n", "\n\n", " \n"};
    return n + (size_t)sprintf(out + n, "%s", ends[draw(state, variety == 12 ? 6 : 2)]);
}

/* What a review with fresh eyes found. */
START_TEST(texts_of_a_review)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    static const char one[] = "v\n5\n\n7\n  \n";
    static const char bad[] = "reporter,partner,product,flow,period,value\n"
                              "BLR,DEU,01,X,2020,-5\nBLR,USA,01,X,2020,7\n";
    opts.columns = "value=v,reporter='BLR',partner='DEU',flow='X',period='2020'";
    ck_assert(compare(one, sizeof one - 1, &opts, "blank lines of one column"));
    opts.columns = NULL;
    opts.skip_bad_rows = 1;
    ck_assert(compare(bad, sizeof bad - 1, &opts, "a row set aside leaves no text"));
    tflow_table *table;
    ck_assert_int_eq(
        tflow_read_memory(bad, sizeof bad - 1, "text", &opts, &table, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_table_labels(table, 1), 1); /* USA */
    tflow_table_free(table);
    size_t n = 3 << 19;
    char *text = malloc(n + 200);
    ck_assert_ptr_nonnull(text);
    size_t head = (size_t)sprintf(text, "reporter,partner,flow,period,value,remark\n"
                                        "BLR,RUS,X,2020,1,");
    memset(text + head, 'x', n);
    text[head + n] = '\n';
    opts.skip_bad_rows = 0;
    compare(text, head + n + 1, &opts, "a field of 1.5 MB");
    free(text);
}
END_TEST

START_TEST(texts_by_batches)
{
    uint64_t state = 20240607;
    char *text = malloc(1 << 16);
    int read = 0, trials = test_draws(3000);

    ck_assert_ptr_nonnull(text);
    for (int t = 0; t < trials; t++) {
        tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
        size_t n = (size_t)sprintf(
            text, "reporter,partner,product,flow,period,value,status\n");
        unsigned rows = draw(&state, 60),
                 variety = t % 3 == 0 ? 12 : 4 + draw(&state, 6);
        for (unsigned r = 0; r < rows; r++)
            n += add_row(text + n, &state, variety);
        if (draw(&state, 4) == 0 && n > 60)
            n--; /* without the last line feed */
        if (draw(&state, 50) == 0 && n > 60)
            text[50 + draw(&state, (unsigned)n - 50)] = '"';
        opts.skip_bad_rows = t % 2;
        opts.keep_unknown_areas = t / 2 % 2;
        opts.allow_negative = t / 4 % 2;
        opts.thousands = t % 7 == 0 ? ' ' : 0;
        read += compare(text, n, &opts, text);
    }
    free(text);
    ck_assert_int_gt(read, trials / 10);
    ck_assert_int_lt(read, trials - trials / 10);
}
END_TEST

/* Many segments: texts that come late, rows across the cuts, rows left to libcsv, line
 * ends in quotes; and then with one row spoiled, early, late or at a cut. */
START_TEST(many_segments)
{
    uint64_t state = 7;
    size_t size = (size_t)5 << 20, n = 0;
    char *text = malloc(size + 4096);
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    ck_assert_ptr_nonnull(text);
    n += (size_t)sprintf(text, "reporter,partner,product,flow,period,value,remark\n");
    for (unsigned row = 0; n < size; row++) {
        static const char *const remarks[] = {
            "", "none", "\"a, b\"", "\"said \"\"no\"\"\nand\r\nleft\"", "\"one\n\""};
        unsigned late = (unsigned)(n >> 16);
        n += (size_t)sprintf(text + n, "BLR,%s,%06u,X,%u,%u.%03u,%s\n",
                             row % 977 == 0 ? "\"Korea, Rep.\""
                             : row % 2 == 0 ? "CHN"
                                            : "RUS",
                             draw(&state, 10 + late), 1990 + late % 30,
                             draw(&state, 100000), draw(&state, 1000),
                             remarks[row % 11 == 0 ? draw(&state, 5) : 1]);
    }
    ck_assert(compare(text, n, &opts, "six columns and a remark"));
    static const double places[] = {0.00001, 0.05, 0.3, 0.6, 0.99};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *at = strstr(text + (size_t)(places[i] * (double)n), "BLR,");
        for (int kind = 0; kind < 3; kind++) {
            char kept[4];
            memcpy(kept, at, 4);
            memcpy(at, kind == 0 ? "BL\"," : kind == 1 ? "Blub" : ",,,,", 4);
            compare(text, n, &opts, "one row spoiled");
            opts.skip_bad_rows = 1;
            compare(text, n, &opts, "one row spoiled and set aside");
            opts.skip_bad_rows = 0;
            memcpy(at, kept, 4);
        }
    }
    free(text);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, files_by_batches, 0,
                        (int)(sizeof files / sizeof *files));
    tcase_add_test(tests, texts_of_a_review);
    tcase_add_test(tests, texts_by_batches);
    tcase_add_test(tests, many_segments);
}

int main(void)
{
    return run_suite("batch", add);
}
