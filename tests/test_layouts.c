/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sample of tests/data/layouts, found by its header, and what its rows become. */
#include "test.h"
#include "tradeflow.h"

static const char *sample(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "tests/data/layouts/%s", name);
    return source_path(path);
}

static tflow_table *read_with(const char *path, const tflow_read_opts *opts)
{
    tflow_table *table = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = tflow_read_files(&path, 1, opts, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s:%llu: field %u (%s): %s", error.file,
                  (unsigned long long)error.line, error.field, error.column,
                  error.message);
    return table;
}

static const double *numbers(const tflow_table *table, const char *name)
{
    size_t column;
    ck_assert_int_eq(tflow_table_find(table, name, &column), TFLOW_OK);
    return tflow_table_float64(table, column);
}

static const char *key(const tflow_table *table, const char *name, size_t row)
{
    size_t column;
    ck_assert_int_eq(tflow_table_find(table, name, &column), TFLOW_OK);
    return tflow_table_label(table, column, tflow_table_codes(table, column)[row]);
}

static char status(const tflow_table *table, const char *name, size_t row)
{
    size_t column;
    ck_assert_int_eq(tflow_table_find(table, name, &column), TFLOW_OK);
    return (char)tflow_table_bytes(table, column)[row];
}

static const char *period(const tflow_table *table, size_t row, char *buffer)
{
    size_t column;
    ck_assert_int_eq(tflow_table_find(table, "period", &column), TFLOW_OK);
    return tflow_period_format(tflow_table_periods(table, column)[row], buffer);
}

static int has(const tflow_table *table, const char *name)
{
    size_t column;
    return tflow_table_find(table, name, &column) == TFLOW_OK;
}

/* Rows, empty values and sums of the value columns of the same rows, by Python:
 *   sum(Fraction(r[name]) for r in csv.DictReader(open(f, encoding='latin-1')) if
 * r[name]) wide and census files over all their columns of numbers, the row without a
 * year left out; census API over AIR_VAL_YR and CNT_VAL_YR. */
static const struct {
    const char *file;
    const char *layout;
    size_t rows, missing;
    double sum;
    const char *currency, *multiplier, *valuation;
} samples[] = {
    {"baci_hs17_2020_afg.csv.gz", "baci", 2412, 0, 513844.299, "USD", "3",
     "reconciled FOB"},
    {"comtrade_api.json", "comtrade-json", 4, 0, 155218297800.0, "USD", "0", "FOB/CIF"},
    {"comtrade_legacy35.csv", "comtrade-legacy", 40, 0, 183732151, "USD", "0",
     "FOB/CIF"},
    {"comtrade_new_goods.csv", "comtrade", 211, 0, 38141147351.98, "USD", "0",
     "FOB/CIF"},
    {"comtrade_new_services.csv", "comtrade", 120, 0, 4016671746929.99, "USD", "0",
     NULL},
    {"comtradr_snakecase.csv", "comtradr", 191, 0, 45556833021.56, "USD", "0",
     "FOB/CIF"},
    {"eurostat_relational_codes_2022.csv", "eurostat-relational", 240, 0,
     6735815525408.0, "EUR", "0", "FOB/CIF"},
    {"eurostat_relational_labels_2015.csv", "eurostat-relational", 247, 0,
     8889556731510.0, "EUR", "0", "FOB/CIF"},
    {"eurostat_sdmx.csv", "eurostat-sdmx", 2, 0, 72233404, "EUR", "0", "FOB/CIF"},
    {"imf_dots_long.csv", "imf-long", 170, 0, 5046738207058.0, "USD", "0", "FOB/CIF"},
    {"imf_dots_wide.csv", "imf-wide", 2743, 70, 25545846914919.0, "USD", "0",
     "FOB/CIF"},
    {"us_census_api.csv", "census-api", 400, 0, 5322784756.0, "USD", "0", NULL},
    {"us_census_country_table.csv", "census-country", 5252, 0, 223718121.778692, "USD",
     "6", NULL},
    {"wits_by_partner_world_2020.csv", "wits-world", 496, 0, 108218834650.11, "USD",
     "3", "FOB/CIF"},
    {"wits_partner_china_2022.csv", "wits-partner", 42, 0, 8377213552.66, "USD", "3",
     "FOB/CIF"},
};

static void check_sample(size_t i, const char *layout)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.skip_bad_rows = 1; /* the Census row without a year */
    opts.layout = layout;
    tflow_table *table = read_with(sample(samples[i].file), &opts);
    const double *value = numbers(table, "value");
    double sum = 0;
    size_t missing = 0;
    for (size_t row = 0; row < tflow_table_rows(table); row++) {
        char letter = status(table, "status", row);
        ck_assert_msg(isnan(value[row]) == (letter == 'O'), "%s row %zu: %c",
                      samples[i].file, row, letter);
        if (isnan(value[row]))
            missing++;
        else
            sum += value[row];
    }
    ck_assert_str_eq(tflow_table_attribute(table, "layout"), samples[i].layout);
    ck_assert_msg(tflow_table_rows(table) == samples[i].rows, "%s: %zu rows",
                  samples[i].file, tflow_table_rows(table));
    ck_assert_uint_eq(missing, samples[i].missing);
    /* Added up plainly here: a few thousand roundings. */
    ck_assert_msg(fabs(sum - samples[i].sum) <= 1e-13 * samples[i].sum, "%s: %.17g",
                  samples[i].file, sum);
    ck_assert_str_eq(tflow_table_attribute(table, "currency"), samples[i].currency);
    ck_assert_str_eq(tflow_table_attribute(table, "unit_multiplier"),
                     samples[i].multiplier);
    const char *valuation = tflow_table_attribute(table, "valuation");
    ck_assert_str_eq(valuation == NULL ? "" : valuation,
                     samples[i].valuation == NULL ? "" : samples[i].valuation);
    tflow_table_free(table);
}

START_TEST(samples_by_header)
{
    check_sample((size_t)_i, NULL);
}
END_TEST

START_TEST(samples_by_name)
{
    check_sample((size_t)_i, samples[_i].layout);
}
END_TEST

/* Thailand, HS 8542, 2014: the World and its 114 partners differ by 3 dollars. */
START_TEST(world_and_partners)
{
    tflow_table *table = read_with(sample("comtrade_new_goods.csv"), NULL);
    const double *value = numbers(table, "value");
    double world = 0, partners = 0;
    size_t n = 0;
    char label[TFLOW_PERIOD_SIZE];
    for (size_t row = 0; row < tflow_table_rows(table); row++) {
        if (strcmp(period(table, row, label), "2014") != 0)
            continue;
        if (strcmp(key(table, "partner", row), "WLD") == 0)
            world += value[row];
        else {
            partners += value[row];
            n++;
        }
    }
    ck_assert(world == 9680795326.0);
    ck_assert(partners == 9680795329.0);
    ck_assert_uint_eq(n, 114);
    /* Breakdowns that are all totals, written "0" and "0 ", are no columns. */
    ck_assert(!has(table, "customs") && !has(table, "mode"));
    ck_assert(!has(table, "supply") && !has(table, "partner2"));
    ck_assert_str_eq(key(table, "product", 0), "8542");
    ck_assert_str_eq(tflow_table_attribute(table, "classification"), "H4");
    tflow_table_free(table);
}
END_TEST

/* Germany's services 2022: partners over World, 364,633,883,866.95 / 462,002,972,391.27
 * and 305,264,055,156.18 / 429,320,555,110.59. */
START_TEST(services)
{
    tflow_table *table = read_with(sample("comtrade_new_services.csv"), NULL);
    const double *value = numbers(table, "value");
    double world[2] = {0, 0}, partners[2] = {0, 0};
    for (size_t row = 0; row < tflow_table_rows(table); row++) {
        int side = strcmp(key(table, "flow", row), "X") == 0;
        if (strcmp(key(table, "reporter", row), "DEU") != 0)
            continue;
        if (strcmp(key(table, "partner", row), "WLD") == 0)
            world[side] += value[row];
        else
            partners[side] += value[row];
    }
    ck_close(partners[0] / world[0], 0.7892457530730815, 1e-12);
    ck_close(partners[1] / world[1], 0.7110399246491845, 1e-12);
    tflow_table_free(table);
}
END_TEST

/* The first row has no quantity ("N/A", "0"), Comtrade's estimates are marked. */
START_TEST(quantities_and_estimates)
{
    tflow_table *goods = read_with(sample("comtrade_new_goods.csv"), NULL);
    ck_nan(numbers(goods, "quantity")[0]);
    ck_nan(numbers(goods, "net_weight")[0]);
    ck_close(numbers(goods, "net_weight")[1], 74, 0); /* AND, isNetWgtEstimated */
    ck_assert_int_eq(status(goods, "net_weight_status", 1), 'E');
    ck_assert_int_eq(status(goods, "status", 1), 'A');
    tflow_table_free(goods);

    tflow_table *old = read_with(sample("comtrade_legacy35.csv"), NULL);
    ck_assert_str_eq(key(old, "product", 0), "010392");
    ck_close(numbers(old, "quantity")[0], 330236, 0); /* Flag 2 */
    ck_assert_int_eq(status(old, "quantity_status", 0), 'E');
    ck_assert_int_eq(status(old, "net_weight_status", 0), 'A');
    ck_nan(numbers(old, "quantity")[2]); /* unit 1, "No Quantity", 0 */
    ck_close(numbers(old, "net_weight")[2], 11255, 0);
    tflow_table_free(old);

    tflow_table *baci = read_with(sample("baci_hs17_2020_afg.csv.gz"), NULL);
    size_t none = 0, column;
    for (size_t row = 0; row < tflow_table_rows(baci); row++)
        none += isnan(numbers(baci, "quantity")[row]) ? 1u : 0u;
    ck_assert_uint_eq(none, 179);
    ck_assert_int_eq(tflow_table_find(baci, "quantity", &column), TFLOW_OK);
    ck_assert_str_eq(tflow_table_unit(baci, column), "t");
    tflow_table_free(baci);
}
END_TEST

/* Two rows of a cell, the value and the weight, become one. */
START_TEST(eurostat_pivot)
{
    tflow_table *table = read_with(sample("eurostat_sdmx.csv"), NULL);
    size_t column;
    ck_assert_str_eq(key(table, "reporter", 0), "DEU");
    ck_assert_str_eq(key(table, "partner", 0), "VNM");
    ck_assert_str_eq(key(table, "product", 0), "030462");
    ck_assert_str_eq(key(table, "flow", 0), "M");
    ck_assert_int_eq(status(table, "status", 0), 'A');
    ck_assert(numbers(table, "value")[0] == 32313884);
    ck_assert(numbers(table, "net_weight")[0] == 90212.63);
    ck_assert(numbers(table, "net_weight")[1] == 113481.95);
    ck_assert_int_eq(tflow_table_find(table, "net_weight", &column), TFLOW_OK);
    ck_assert_str_eq(tflow_table_unit(table, column), "100 kg");
    tflow_table_free(table);
}
END_TEST

/* OPEC, 1985: 1733 in January, 22801 in the year, imports; 1033 and 12478, exports. */
START_TEST(census_months)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_table *table;
    char label[TFLOW_PERIOD_SIZE];
    const char *path = sample("us_census_country_table.csv");
    ck_assert_int_eq(tflow_read_files(&path, 1, NULL, &table, &error), TFLOW_EPARSE);
    ck_assert_uint_eq(error.line, 156);
    ck_assert_uint_eq(error.field, 1);
    ck_assert_str_eq(error.column, "year");
    ck_assert_ptr_null(table);

    opts.skip_bad_rows = 1;
    table = read_with(sample("us_census_country_table.csv"), &opts);
    static const struct {
        size_t row;
        const char *flow, *period;
        double value;
    } cells[] = {{0, "M", "1985-01", 1733},
                 {12, "M", "1985", 22801},
                 {13, "X", "1985-01", 1033},
                 {25, "X", "1985", 12478}};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(key(table, "flow", cells[i].row), cells[i].flow);
        ck_assert_str_eq(period(table, cells[i].row, label), cells[i].period);
        ck_assert(numbers(table, "value")[cells[i].row] == cells[i].value);
    }
    ck_assert_str_eq(key(table, "reporter", 0), "USA");
    ck_assert_str_eq(key(table, "partner", 0), "OPEC");
    ck_assert_str_eq(tflow_table_attribute(table, "read.skipped"), "1");
    ck_assert_uint_eq(tflow_table_notes(table), 1);
    ck_assert_ptr_nonnull(strstr(tflow_table_note(table, 0), ":156: year: "));
    tflow_table_free(table);
}
END_TEST

/* 5,458 rows, one without a year, 26 numbers each. */
START_TEST(census_whole)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.skip_bad_rows = 1;
    tflow_table *table = read_with(
        source_path("data/census/us_census_country_table_1985_2011.csv.gz"), &opts);
    ck_assert_uint_eq(tflow_table_rows(table), 5457 * 26);
    ck_assert_str_eq(tflow_table_attribute(table, "read.skipped"), "1");
    tflow_table_free(table);
}
END_TEST

/* European Union, HS 10, year to December: 259473 by air, 39810267 in containers. */
START_TEST(census_api)
{
    char label[TFLOW_PERIOD_SIZE];
    tflow_table *table = read_with(sample("us_census_api.csv"), NULL);
    ck_assert_str_eq(key(table, "mode", 0), "AIR");
    ck_assert_str_eq(key(table, "mode", 1), "CNT");
    ck_assert_str_eq(key(table, "customs", 0), "C00");
    ck_assert_str_eq(key(table, "flow", 0), "X");
    ck_assert_str_eq(key(table, "product", 0), "10");
    ck_assert_str_eq(period(table, 0, label), "2024");
    ck_assert(numbers(table, "value")[0] == 259473);
    ck_assert(numbers(table, "value")[1] == 39810267);
    ck_assert(numbers(table, "net_weight")[0] == 210321);
    tflow_table_free(table);
}
END_TEST

/* A file of area codes says what a number means: 490 is S19 there. */
START_TEST(area_codes)
{
    static const char text[] = "t,i,j,k,v,q\n2020,490,4,10121,1,\n2020,99,4,10121,2,\n";
    static const char codes[] = "country_code,country_name,country_iso2,country_iso3\n"
                                "490,\"Other Asia, nes\",,S19\n099,Neverland,,NVL\n";
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    const char *dir = getenv("BUILDDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/area_codes_test.csv", dir == NULL ? "." : dir);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(codes, file);
    fclose(file);

    ck_assert_int_eq(
        tflow_read_memory(text, strlen(text), "baci.csv", NULL, &table, &error),
        TFLOW_EUNKNOWN);
    ck_assert_uint_eq(error.line, 3);
    ck_assert_str_eq(error.column, "i");
    opts.area_codes = path;
    ck_assert_int_eq(
        tflow_read_memory(text, strlen(text), "baci.csv", &opts, &table, &error),
        TFLOW_OK);
    remove(path);
    ck_assert_str_eq(key(table, "reporter", 0), "S19");
    ck_assert_str_eq(key(table, "reporter", 1), "NVL");
    ck_assert_str_eq(key(table, "partner", 0), "AFG");
    ck_assert_str_eq(key(table, "product", 0), "010121");
    ck_assert_str_eq(key(table, "flow", 0), "X");
    tflow_table_free(table);

    opts.area_codes = sample("baci_country_codes.csv");
    ck_assert_int_eq(tflow_read_memory(text, 32, "baci.csv", &opts, &table, &error),
                     TFLOW_OK);
    ck_assert_str_eq(key(table, "reporter", 0), "S19");
    tflow_table_free(table);
}
END_TEST

START_TEST(layout_names)
{
    size_t n = tflow_layout_count();
    ck_assert_uint_ge(n, 14);
    ck_assert_ptr_null(tflow_layout_name(n));
    ck_assert_ptr_null(tflow_layout_title(n));
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_ne(tflow_layout_title(i), "");
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(tflow_layout_name(i), tflow_layout_name(k));
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, samples_by_header, 0, sizeof samples / sizeof *samples);
    tcase_add_loop_test(tests, samples_by_name, 0, sizeof samples / sizeof *samples);
    tcase_add_test(tests, world_and_partners);
    tcase_add_test(tests, services);
    tcase_add_test(tests, quantities_and_estimates);
    tcase_add_test(tests, eurostat_pivot);
    tcase_add_test(tests, census_months);
    tcase_add_test(tests, census_whole);
    tcase_add_test(tests, census_api);
    tcase_add_test(tests, area_codes);
    tcase_add_test(tests, layout_names);
}

int main(void)
{
    return run_suite("layouts", add);
}
