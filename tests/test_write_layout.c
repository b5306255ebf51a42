/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts that are written: what is read back is what was there, and what a layout does
 * not hold is refused or left out by name. */
#include "test.h"
#include "tradeflow.h"

#include <float.h>

static tflow_table *sample(const char *file)
{
    char name[256];
    const char *path;
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    snprintf(name, sizeof name, "tests/data/layouts/%s", file);
    path = source_path(name);
    opts.skip_bad_rows = 1; /* the Census row without a year */
    tflow_status status = tflow_read_files(&path, 1, &opts, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s: %s", file, error.message);
    return table;
}

static tflow_table *read_text(const char *text, const char *layout)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    opts.layout = layout;
    tflow_status status =
        tflow_read_memory(text, strlen(text), "written", &opts, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s: line %llu (%s): %s", layout,
                  (unsigned long long)error.line, error.column, error.message);
    return table;
}

static char *written(const tflow_table *table, const char *layout, const char *drop)
{
    tflow_error error = TFLOW_ERROR_INIT;
    char *text;
    tflow_status status = tflow_table_write_layout(table, layout, drop, &text, &error);
    ck_assert_msg(status == TFLOW_OK, "%s: %s", layout, error.message);
    return text;
}

/* The text of a key, where the column may have gone because it says nothing. */
static const char *key(const tflow_table *table, const char *name, size_t row)
{
    static const char *const idle[][2] = {{"partner2", "WLD"},  {"customs", "C00"},
                                          {"mode", "0"},        {"supply", "0"},
                                          {"product", "TOTAL"}, {NULL, NULL}};
    size_t c;
    const char *text = NULL;
    if (tflow_table_find(table, name, &c) == TFLOW_OK)
        text = tflow_table_label(table, c, tflow_table_codes(table, c)[row]);
    for (size_t i = 0; idle[i][0] != NULL && text == NULL; i++)
        if (strcmp(idle[i][0], name) == 0)
            text = idle[i][1];
    return text == NULL ? "" : text;
}

/* A number in its base unit; NaN where there is none. */
static double number(const tflow_table *table, const char *name, size_t row)
{
    size_t c;
    if (tflow_table_find(table, name, &c) != TFLOW_OK)
        return NAN;
    double x = tflow_table_float64(table, c)[row];
    const char *unit = tflow_table_unit(table, c);
    if (strcmp(name, "value") == 0)
        return x * pow(10, atoi(tflow_table_attribute(table, "unit_multiplier")));
    if (strcmp(name, "net_weight") == 0 && strcmp(unit, "100 kg") == 0)
        return x * 100;
    return x;
}

static const char *unit(const tflow_table *table, size_t row)
{
    size_t c;
    const char *text = key(table, "quantity_unit", row);
    return *text == '\0' && tflow_table_find(table, "quantity", &c) == TFLOW_OK &&
                   !isnan(tflow_table_float64(table, c)[row])
               ? tflow_table_unit(table, c)
               : text;
}

static char letter(const tflow_table *table, const char *name, size_t row)
{
    size_t c;
    char status = 0;
    if (tflow_table_find(table, name, &c) == TFLOW_OK)
        status = (char)tflow_table_bytes(table, c)[row];
    return status;
}

static tflow_period period(const tflow_table *table, size_t row)
{
    size_t c;
    ck_assert_int_eq(tflow_table_find(table, "period", &c), TFLOW_OK);
    return tflow_table_periods(table, c)[row];
}

static const char *fact(const tflow_table *table, const char *name)
{
    const char *text = tflow_table_attribute(table, name);
    return text == NULL ? "" : text;
}

static void same_row(const tflow_table *a, const tflow_table *b, size_t row,
                     const char *why)
{
    static const char *const keys[] = {"reporter", "partner", "product", "flow",
                                       "partner2", "customs", "mode",    "supply"};
    static const char *const numbers[] = {"value", "quantity", "net_weight"};
    static const char *const statuses[] = {"status", "quantity_status",
                                           "net_weight_status"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        ck_assert_msg(strcmp(key(a, keys[k], row), key(b, keys[k], row)) == 0,
                      "%s: row %zu: %s: %s, was %s", why, row, keys[k],
                      key(b, keys[k], row), key(a, keys[k], row));
    ck_assert_msg(period(a, row) == period(b, row), "%s: row %zu: period", why, row);
    for (size_t k = 0; k < 3; k++) {
        double x = number(a, numbers[k], row), y = number(b, numbers[k], row);
        /* Brought to the base unit here, with a rounding each. */
        ck_assert_msg((isnan(x) && isnan(y)) ||
                          fabs(x - y) <= 2 * DBL_EPSILON * fabs(x),
                      "%s: row %zu: %s: %.17g, was %.17g", why, row, numbers[k], y, x);
        if (!isnan(x) && strcmp(why, "eurostat-sdmx") != 0 && k == 1)
            ck_assert_msg(strcmp(unit(a, row), unit(b, row)) == 0, "%s: row %zu: %s",
                          why, row, unit(b, row));
        char s = letter(a, statuses[k], row), t = letter(b, statuses[k], row);
        /* What has no number has no status of it, and none means A. */
        ck_assert_msg(isnan(x) && k > 0 ? 1 : (s == 0 ? 'A' : s) == (t == 0 ? 'A' : t),
                      "%s: row %zu: %s: %c, was %c", why, row, statuses[k], t, s);
    }
}

static const struct {
    const char *file;
    const char *layout;
    const char *drop;
} trips[] = {
    {"baci_hs17_2020_afg.csv.gz", "long", NULL},
    {"comtrade_api.json", "long", NULL},
    {"comtrade_legacy35.csv", "long", NULL},
    {"comtrade_new_goods.csv", "long", NULL},
    {"comtrade_new_services.csv", "long", NULL},
    {"comtradr_snakecase.csv", "long", NULL},
    {"eurostat_relational_codes_2022.csv", "long", NULL},
    {"eurostat_relational_labels_2015.csv", "long", NULL},
    {"eurostat_sdmx.csv", "long", NULL},
    {"imf_dots_long.csv", "long", NULL},
    {"imf_dots_wide.csv", "long", NULL},
    {"us_census_api.csv", "long", NULL},
    {"us_census_country_table.csv", "long", NULL},
    {"wits_by_partner_world_2020.csv", "long", NULL},
    {"wits_partner_china_2022.csv", "long", NULL},
    {"comtrade_api.json", "comtrade", NULL},
    {"comtrade_legacy35.csv", "comtrade", NULL},
    {"comtrade_new_goods.csv", "comtrade", NULL},
    {"comtrade_new_services.csv", "comtrade", NULL},
    {"comtradr_snakecase.csv", "comtrade", NULL},
    {"imf_dots_long.csv", "comtrade", NULL},
    {"us_census_api.csv", "comtrade", NULL},
    {"us_census_country_table.csv", "comtrade", NULL},
    {"wits_by_partner_world_2020.csv", "comtrade", NULL},
    {"wits_partner_china_2022.csv", "comtrade", NULL},
    {"baci_hs17_2020_afg.csv.gz", "baci", NULL},
    {"imf_dots_wide.csv", "imf-wide", NULL},
    {"wits_partner_china_2022.csv", "imf-wide", NULL},
    {"eurostat_sdmx.csv", "eurostat-sdmx", NULL},
    {"eurostat_relational_codes_2022.csv", "eurostat-sdmx", NULL},
    {"eurostat_relational_labels_2015.csv", "eurostat-sdmx", NULL},
};

START_TEST(round_trip)
{
    const char *layout = trips[_i].layout;
    tflow_table *before = sample(trips[_i].file);
    char *text = written(before, layout, trips[_i].drop);
    tflow_table *after = read_text(text, layout);
    ck_assert_msg(tflow_table_rows(before) == tflow_table_rows(after),
                  "%s as %s: %zu rows, were %zu", trips[_i].file, layout,
                  tflow_table_rows(after), tflow_table_rows(before));
    for (size_t row = 0; row < tflow_table_rows(before); row++)
        same_row(before, after, row, layout);
    ck_assert_str_eq(fact(after, "currency"), fact(before, "currency"));
    ck_assert_str_eq(fact(after, "classification"), fact(before, "classification"));
    if (fact(before, "valuation")[0] != '\0') /* else the layout says more: a note */
        ck_assert_str_eq(fact(after, "valuation"), fact(before, "valuation"));
    if (strcmp(layout, "long") == 0)
        ck_assert_str_eq(fact(after, "unit_multiplier"),
                         fact(before, "unit_multiplier"));
    tflow_table_free(before);
    tflow_table_free(after);
    tflow_text_free(text);
}
END_TEST

#define HEAD "reporter,partner,product,flow,period,value_usd,valuation\n"

static const struct {
    const char *flows;
    const char *layout, *drop;
    const char *message; /* NULL: it is written */
    const char *result;  /* the file, whole */
    const char *why;
} cases[] = {
    {HEAD "BLR,CHN,010121,X,2020,1234567.5,reconciled FOB\n", "baci", NULL, NULL,
     "t,i,j,k,v,q\n2020,112,156,10121,1234.5675,\n", "the point moves, zeros go"},
    {HEAD "BLR,CHN,010121,X,2020,0.1,reconciled FOB\n", "baci", NULL, NULL,
     "t,i,j,k,v,q\n2020,112,156,10121,0.0001,\n", "a small number"},
    {HEAD "BLR,CHN,010121,X,2020,0,reconciled FOB\n", "baci", NULL, NULL,
     "t,i,j,k,v,q\n2020,112,156,10121,0,\n", "nothing"},
    {HEAD "BLR,CHN,010121,X,2020,5,FOB\n", "baci", NULL, "valuation", NULL,
     "not reconciled"},
    {HEAD "BLR,CHN,010121,X,2020,5,FOB\n", "baci", "valuation", NULL,
     "t,i,j,k,v,q\n2020,112,156,10121,0.005,\n", "not reconciled, and told so"},
    {HEAD "BLR,CHN,010121,M,2020,5,reconciled FOB\n", "baci", NULL, "such a flow", NULL,
     "imports"},
    {HEAD "BLR,CHN,0101,X,2020,5,reconciled FOB\n", "baci", NULL, "six digits", NULL,
     "a heading"},
    {HEAD "BLR,CHN,010121,X,2020-03,5,reconciled FOB\n", "baci", NULL, "expected years",
     NULL, "a month"},
    {HEAD "BLR,CHN,010121,X,2020,,reconciled FOB\n", "baci", NULL, "missing", NULL,
     "not reported"},
    {HEAD "BLR,CHN,010121,X,2020,,reconciled FOB\n"
          "BLR,CHN,010121,X,2021,1000,reconciled FOB\n",
     "baci", "missing", NULL, "t,i,j,k,v,q\n2021,112,156,10121,1,\n",
     "not reported, left out"},
    {HEAD "BLR,CHN,TOTAL,X,2020-03,5,FOB\n", "comtrade", NULL, NULL,
     "freqCode,period,reporterISO,flowCode,partnerISO,partner2ISO,classificationCode,"
     "cmdCode,customsCode,mosCode,motCode,qtyUnitAbbr,qty,isQtyEstimated,netWgt,"
     "isNetWgtEstimated,primaryValue,isReported,isAggregate\n"
     "M,202003,BLR,X,CHN,W00,,TOTAL,C00,0,0,,,false,,false,5,true,false\n",
     "exports FOB are what FOB/CIF means"},
    {HEAD "BLR,CHN,TOTAL,M,2020,5,FOB\n", "comtrade", NULL, "valuation", NULL,
     "imports FOB are not"},
    {HEAD "BLR,CHN,TOTAL,X,2020-Q1,5,FOB\n", "comtrade", NULL, "years and months", NULL,
     "a quarter"},
    {"partner,period,value_usd\nCHN,2020,5\n", "comtrade", NULL, "needs a reporter",
     NULL, "nobody reports"},
    {"reporter,partner,flow,period,value,currency\nBLR,CHN,X,2020,5,EUR\n", "comtrade",
     NULL, "--rates", NULL, "euros"},
    {"reporter,partner,flow,period,value_usd,status\nBLR,CHN,X,2020,5,P\n", "comtrade",
     NULL, "status", NULL, "provisional"},
    {"reporter,partner,flow,period,value_usd\nBLR,CHN,X,2021,5\nBLR,CHN,X,2020,3\n"
     "BLR,RUS,M,2020,\n",
     "imf-wide", NULL, NULL,
     "Reporter,Flow,Partner,2020,2021\nBLR,X,CHN,3,5\nBLR,M,RUS,,\n", "a sheet"},
    {"reporter,partner,flow,period,value_usd\nBLR,CHN,X,2020,5\nBLR,CHN,X,2020,3\n",
     "imf-wide", NULL, "second row", NULL, "two for a cell"},
    {"reporter,partner,product,flow,period,value_usd\nBLR,CHN,01,X,2020,5\n",
     "imf-wide", NULL, "product", NULL, "products"},
    {"partner,period,value,currency\nCHN,2020,5,EUR\n", "nosuch", NULL,
     "can be written", NULL, "no such layout"},
    {"reporter,partner,flow,period,value_eur,net_weight_kg\nDEU,CHN,X,2020,5,1234\n",
     "eurostat-sdmx", NULL, NULL,
     "freq,reporter,partner,product,flow,stat_procedure,indicators,TIME_PERIOD,OBS_"
     "VALUE,"
     "OBS_FLAG\nA,DE,CN,TOTAL,2,C00,VALUE_IN_EUROS,2020,5,A\n"
     "A,DE,CN,TOTAL,2,C00,QUANTITY_IN_100KG,2020,12.34,\n",
     "a row a number"},
    {"partner,period,value\n\"a, \"\"b\"\"\",2020,1e22\n", "long", NULL, NULL,
     "partner,period,value,status\n\"a, \"\"b\"\"\",2020,1e22,A\n",
     "quotes, and a large number"},
};

START_TEST(by_hand)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    char *text;
    opts.keep_unknown_areas = 1;
    ck_assert_int_eq(tflow_read_memory(cases[_i].flows, strlen(cases[_i].flows), "x",
                                       &opts, &table, &error),
                     TFLOW_OK);
    tflow_status status = tflow_table_write_layout(table, cases[_i].layout,
                                                   cases[_i].drop, &text, &error);
    if (cases[_i].message == NULL) {
        ck_assert_msg(status == TFLOW_OK, "%s: %s", cases[_i].why, error.message);
        ck_assert_msg(strcmp(text, cases[_i].result) == 0, "%s:\n%s", cases[_i].why,
                      text);
    } else {
        ck_assert_msg(status < 0 && text == NULL, "%s: written", cases[_i].why);
        ck_assert_msg(strstr(error.message, cases[_i].message) != NULL, "%s: %s",
                      cases[_i].why, error.message);
    }
    tflow_text_free(text);
    tflow_table_free(table);
}
END_TEST

START_TEST(arguments)
{
    char *text;
    tflow_table *table = sample("wits_partner_china_2022.csv");
    ck_assert_int_eq(tflow_table_write_layout(table, "long", NULL, NULL, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_write_layout(NULL, "long", NULL, &text, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_write_layout(table, NULL, NULL, &text, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_layout_writable("baci"), 1);
    ck_assert_int_eq(tflow_layout_writable("comtradr"), 0);
    ck_assert_int_eq(tflow_layout_writable(NULL), 0);
    tflow_table_free(table);
}
END_TEST

#define LOOP(tests, name, table)                                                       \
    tcase_add_loop_test(tests, name, 0, (int)(sizeof(table) / sizeof *(table)))

static void add(TCase *tests)
{
    LOOP(tests, round_trip, trips);
    LOOP(tests, by_hand, cases);
    tcase_add_test(tests, arguments);
}

int main(void)
{
    return run_suite("write_layout", add);
}
