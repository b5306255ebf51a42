/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composes operations into a report on a pair of countries; above all topics, it calls
 * them by name. */
#include "codes/codes.h"
#include "flows/select.h"
#include "report/report.h"
#include "tradeflow/figure.h"

#include <math.h>
#include <string.h>

double tflow_i_report_number(const tflow_table *table, const char *column, size_t row)
{
    size_t c;
    if (table == NULL || row >= tflow_table_rows(table) ||
        tflow_table_find(table, column, &c) != TFLOW_OK)
        return NAN;
    const double *real = tflow_table_float64(table, c);
    const int64_t *whole = tflow_table_int64(table, c);
    return real != NULL ? real[row] : whole != NULL ? (double)whole[row] : NAN;
}

const char *tflow_i_report_text(const tflow_table *table, const char *column,
                                size_t row)
{
    size_t c;
    if (table == NULL || row >= tflow_table_rows(table) ||
        tflow_table_find(table, column, &c) != TFLOW_OK)
        return "";
    const int32_t *codes = tflow_table_codes(table, c);
    const char *text = codes == NULL ? NULL : tflow_table_label(table, c, codes[row]);
    return text == NULL ? "" : text;
}

tflow_period tflow_i_report_period(const tflow_table *table, size_t row)
{
    size_t c;
    if (table == NULL || row >= tflow_table_rows(table) ||
        tflow_table_find(table, "period", &c) != TFLOW_OK)
        return TFLOW_PERIOD_NONE;
    return tflow_table_periods(table, c)[row];
}

double tflow_i_report_millions(const tflow_i_report *r, int mirror, double value)
{
    return tflow_i_scaled(value, r->powers[mirror] - 6);
}

const char *tflow_i_report_unit(const tflow_i_report *r, char *buffer)
{
    const char *currency = strcmp(r->currency, "USD") == 0 ? "US$" : r->currency;
    size_t n = strlen(currency) < 50 ? strlen(currency) : 50;
    memcpy(buffer, currency, n);
    memcpy(buffer + n, n > 0 ? " million" : "million", n > 0 ? 9 : 8);
    return buffer;
}

/* Run an operation: names and values in pairs, a NULL value leaves the default. */
static tflow_status call(const char *operation, const tflow_table *a,
                         const tflow_table *b, const char *const (*set)[2], size_t n,
                         tflow_table **out, tflow_error *error)
{
    tflow_call *c;
    tflow_status status = tflow_call_new(operation, &c, error);
    for (size_t i = 0; i < n && status >= 0; i++)
        if (set[i][1] != NULL)
            status = tflow_call_set(c, set[i][0], set[i][1], error);
    if (status >= 0 && a != NULL)
        status = tflow_call_input(c, a, error);
    if (status >= 0 && b != NULL)
        status = tflow_call_input(c, b, error);
    if (status >= 0)
        status = tflow_call_run(c, out, error);
    tflow_call_free(c);
    return status < 0 ? status : TFLOW_OK;
}

#define CALL(operation, a, b, out, ...)                                                \
    call(operation, a, b, (const char *const[][2]){__VA_ARGS__},                       \
         sizeof((const char *const[][2]){__VA_ARGS__}) / sizeof(char *[2]), out,       \
         error)

static void read_units(const tflow_table *own, const tflow_table *mirror,
                       tflow_i_report *r)
{
    const char *a = tflow_table_attribute(own, "currency");
    const char *b = tflow_table_attribute(mirror, "currency");
    r->powers[0] = tflow_i_unit_power(own);
    r->powers[1] = tflow_i_unit_power(mirror);
    r->currency = a != NULL ? a : b != NULL ? b : "";
    r->mirror_valuation = tflow_table_attribute(mirror, "valuation");
}

static tflow_status run_pair(const tflow_table *own, const tflow_table *mirror,
                             tflow_i_report *r, const char *horizon, tflow_error *error)
{
    read_units(own, mirror, r);
    tflow_status status =
        CALL("compare", own, mirror, &r->pair, {"mirror", "yes"},
             {"reporter", r->reporter}, {"partner", r->partner}, {"flow", "X"});
    if (status == TFLOW_OK)
        status = CALL("growth", mirror, NULL, &r->growth, {"reporter", r->partner},
                      {"partner", r->reporter}, {"flow", "M"});
    if (status == TFLOW_OK)
        status = CALL("project", mirror, NULL, &r->projection, {"reporter", r->partner},
                      {"partner", r->reporter}, {"flow", "M"}, {"horizon", horizon});
    if (status == TFLOW_OK && (r->value != NULL || r->change != NULL))
        status = CALL("figure", mirror, NULL, &r->figure, {"reporter", r->partner},
                      {"partner", r->reporter}, {"flow", "M"}, {"value", r->value},
                      {"change", r->change});
    return status;
}

/* The last period in which the pair has a row, as text. */
static tflow_status last_period(const tflow_table *all, const tflow_i_report *r,
                                char *buffer, tflow_error *error)
{
    tflow_table *sums;
    tflow_period last = TFLOW_PERIOD_NONE;
    tflow_status status = CALL("aggregate", all, NULL, &sums, {"reporter", r->reporter},
                               {"partner", r->partner}, {"flow", "X"});
    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < tflow_table_rows(sums); i++)
        if (tflow_i_report_period(sums, i) > last)
            last = tflow_i_report_period(sums, i);
    tflow_table_free(sums);
    tflow_period_format(last, buffer);
    return TFLOW_OK;
}

static tflow_status run_shares(const tflow_table *all, tflow_i_report *r,
                               tflow_error *error)
{
    char period[TFLOW_PERIOD_SIZE];
    r->valuation = tflow_table_attribute(all, "valuation");
    tflow_status status = last_period(all, r, period, error);
    if (status == TFLOW_OK)
        status = CALL("share", all, NULL, &r->share, {"reporter", r->reporter},
                      {"partner", r->partner}, {"flow", "X"}, {"period", period});
    if (status == TFLOW_OK)
        status = CALL("share", all, NULL, &r->largest, {"reporter", r->reporter},
                      {"flow", "X"}, {"period", period}, {"top", "1"});
    if (status == TFLOW_OK)
        status = CALL("concentration", all, NULL, &r->concentration,
                      {"reporter", r->reporter}, {"flow", "X"}, {"period", period});
    if (status == TFLOW_OK)
        status = CALL("trend", all, NULL, &r->trend, {"reporter", r->reporter},
                      {"partner", r->partner}, {"flow", "X"});
    return status;
}

/* Is a level of the period before the last outside every base that the published
 * changes imply? */
static int outside_bases(const tflow_i_report *r, tflow_period period, double level)
{
    size_t last = tflow_table_rows(r->growth), bases = 0;
    if (r->figure == NULL || last == 0 ||
        tflow_period_shift(period, 12) != tflow_i_report_period(r->growth, last - 1))
        return 0;
    for (size_t i = 0; i < tflow_table_rows(r->figure); i++) {
        double low = tflow_i_report_number(r->figure, "base_low", i);
        double high = tflow_i_report_number(r->figure, "base_high", i);
        if (level >= low && level <= high)
            return 0;
        bases += !isnan(low) && !isnan(high);
    }
    return bases > 0;
}

/* "2021-01..2021-08=0.540bn": a figure for a part of a year, against the own report. */
static tflow_status check_part(const char *text, double threshold, tflow_i_report *r,
                               tflow_error *error)
{
    const char *equals = text == NULL ? NULL : strchr(text, '=');
    tflow_period period;
    tflow_figure figure;
    tflow_figure_part part;
    if (text == NULL)
        return TFLOW_OK;
    if (equals == NULL)
        return tflow_i_arg_fail(error, TFLOW_EPARSE, "part",
                                "found \"%.80s\", expected PERIOD=FIGURE such as "
                                "2021-01..2021-08=0.540bn",
                                text);
    tflow_status status =
        tflow_period_parse(text, (size_t)(equals - text), &period, error);
    if (status == TFLOW_OK)
        status = tflow_figure_value_parse(equals + 1, NULL, &figure, error);
    if (status != TFLOW_OK) {
        tflow_i_at(error, NULL, 0, 0, "part");
        return status;
    }
    tflow_period year = tflow_period_within(period, 'A');
    int months = (int)tflow_period_months(period);
    const int own_power = r->powers[0];
    for (size_t i = 0; i < tflow_table_rows(r->pair); i++) {
        double whole =
            tflow_i_scaled(tflow_i_report_number(r->pair, "value_a", i), own_power);
        if (tflow_i_report_period(r->pair, i) != year || isnan(whole) || months > 11 ||
            tflow_figure_part_year(figure.figure, months, whole, threshold, &part) !=
                TFLOW_OK ||
            !part.below)
            continue;
        char label[TFLOW_PERIOD_SIZE], own[32], share[32];
        tflow_i_text note = {0};
        tflow_i_text_format(
            &note,
            "%s as reported by %s, %s m, leaves the other months %s %% of the pace of "
            "those published (%s).%s",
            tflow_period_format(year, label), r->reporter,
            tflow_i_decimal_fixed(whole / 1e6, 1, own, sizeof own),
            tflow_i_decimal_fixed(100 * part.ratio, 0, share, sizeof share), text,
            outside_bases(r, year, whole)
                ? " Nor is it in any base that the published changes imply."
                : "");
        if (note.failed)
            return tflow_i_nomem(error);
        size_t n =
            note.length < sizeof r->doubt - 1 ? note.length : sizeof r->doubt - 1;
        memcpy(r->doubt, note.data, n);
        r->doubt[n] = '\0';
        tflow_i_text_clear(&note);
        r->doubtful = year;
    }
    return TFLOW_OK;
}

/* ---- the result: the years as rows, the report as attributes ---- */

static tflow_status write_rows(const tflow_i_report *r, tflow_builder *out,
                               tflow_error *error)
{
    static const char *const names[] = {"value_own", "value_mirror", "ratio", "growth"};
    size_t value;
    if (tflow_table_find(r->pair, "value_a", &value) != TFLOW_OK)
        return tflow_i_fail(error, TFLOW_EINTERNAL, "the comparison has no values");
    const char *unit = tflow_table_unit(r->pair, value);
    const char *const units[] = {unit, unit, "ratio", "fraction"};
    tflow_status status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    for (size_t i = 0; i < 4 && status == TFLOW_OK; i++)
        status = tflow_builder_column(out, names[i], TFLOW_FLOAT64, units[i], error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "doubtful", TFLOW_BOOL, "", error);
    for (size_t i = 0; i < tflow_table_rows(r->pair) && status == TFLOW_OK; i++) {
        tflow_period period = tflow_i_report_period(r->pair, i);
        tflow_builder_period(out, 0, period);
        tflow_builder_float64(out, 1, tflow_i_report_number(r->pair, "value_a", i));
        tflow_builder_float64(out, 2, tflow_i_report_number(r->pair, "value_b", i));
        tflow_builder_float64(out, 3, tflow_i_report_number(r->pair, "ratio", i));
        for (size_t k = 0; k < tflow_table_rows(r->growth); k++)
            if (tflow_i_report_period(r->growth, k) == period)
                tflow_builder_float64(out, 4,
                                      tflow_i_report_number(r->growth, "growth", k));
        tflow_builder_bool(out, 5, period == r->doubtful);
        status = tflow_builder_row(out, error);
    }
    if (status == TFLOW_OK && r->doubtful != TFLOW_PERIOD_NONE)
        status = tflow_builder_note(out, r->doubt, error);
    return status;
}

static tflow_status write_texts(const tflow_i_report *r, tflow_builder *out,
                                tflow_error *error)
{
    char *svg = NULL;
    tflow_status status = tflow_i_report_svg(r, &svg, error);
    if (status != TFLOW_OK)
        return status;
    char *lines = tflow_i_report_lines(r);
    char *html = tflow_i_report_html(r, svg);
    if (lines == NULL || html == NULL)
        status = tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(out, "text", lines, error);
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(out, "html", html, error);
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(out, "svg", svg, error);
    tflow_text_free(svg);
    tflow_text_free(lines);
    tflow_text_free(html);
    return status;
}

static tflow_status name_country(const char *text, const char **code, const char **name,
                                 const char *parameter, tflow_error *error)
{
    tflow_area area;
    if (text == NULL)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, parameter, "a report needs a %s",
                                parameter);
    tflow_status status = tflow_area_find(text, strlen(text), &area, error);
    *code = area.code;
    *name = area.name;
    return status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    tflow_i_report r = {0};
    tflow_status status = name_country(tflow_i_arg_text(args, "reporter"), &r.reporter,
                                       &r.names[0], "reporter", error);
    if (status == TFLOW_OK)
        status = name_country(tflow_i_arg_text(args, "partner"), &r.partner,
                              &r.names[1], "partner", error);
    if (status != TFLOW_OK)
        return status;
    r.value = tflow_i_arg_text(args, "value");
    r.change = tflow_i_arg_text(args, "change");
    status = run_pair(tflow_i_input(args, 0), tflow_i_input(args, 1), &r,
                      tflow_i_arg_text(args, "horizon"), error);
    if (status == TFLOW_OK && tflow_i_inputs(args) > 2)
        status = run_shares(tflow_i_input(args, 2), &r, error);
    if (status == TFLOW_OK)
        status = check_part(tflow_i_arg_text(args, "part"),
                            tflow_i_arg_real(args, "part_threshold"), &r, error);
    if (status == TFLOW_OK)
        status = write_rows(&r, out, error);
    if (status == TFLOW_OK)
        status = write_texts(&r, out, error);
    tflow_table_free(r.pair);
    tflow_table_free(r.growth);
    tflow_table_free(r.figure);
    tflow_table_free(r.share);
    tflow_table_free(r.largest);
    tflow_table_free(r.concentration);
    tflow_table_free(r.trend);
    tflow_table_free(r.projection);
    return status;
}

static const tflow_parameter parameters[] = {
    {"reporter", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0, "the exporter"},
    {"partner", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0, "the importer"},
    {"value", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "levels as published for the last period, joined by ;"},
    {"change", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "changes as published, joined by ;"},
    {"part", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "a published figure for part of a year: 2021-01..2021-08=0.540bn"},
    {"part_threshold", TFLOW_PARAMETER_REAL, "0.5", NULL, 0, 10,
     "pace of the other months, relative to the part, below which the year is doubted"},
    {"horizon", TFLOW_PARAMETER_INTEGER, "3", NULL, 1, 100, "periods projected"},
};

static const tflow_output outputs[] = {
    {"period", TFLOW_PERIOD, "", "when"},
    {"value_own", TFLOW_FLOAT64, "value", "exports as the exporter reports them"},
    {"value_mirror", TFLOW_FLOAT64, "value", "imports as the importer reports them"},
    {"ratio", TFLOW_FLOAT64, "ratio", "mirror over own"},
    {"growth", TFLOW_FLOAT64, "fraction", "of the mirror"},
    {"doubtful", TFLOW_BOOL, "",
     "a published part of the year contradicts the own report"},
};

const tflow_operation tflow_i_op_report = {
    .name = "report",
    .shared = TFLOW_I_SUMS,
    .summary = "A report on the exports of one country to another",
    .definition =
        "Composes compare, growth, figure, share, concentration, trend and project. "
        "Three "
        "tables: the exporter's own reports, the importer's, and (optional) the "
        "exporter's "
        "flows to all partners. As text for a terminal, as one self-contained page "
        "with "
        "--html FILE, its chart with --chart svg:FILE, its rows with --format.",
    .example =
        "report data/belarus/belarus_reports_2014_2021.csv --with "
        "data/belarus/china_imports_2010_2022.csv --with "
        "data/belarus/baci_belarus_partners_2000_2020.csv --reporter BLR --partner "
        "CHN --value \"1.61bn\" --change \"doubled; +77 %\"",
    .inputs_min = 2,
    .inputs_max = 3,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
