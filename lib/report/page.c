/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report as one self-contained page, and its chart. */
#include "report/report.h"
#include "tradeflow/plot.h"

#include <math.h>
#include <string.h>

#define MOST_YEARS 200

static double millions(const tflow_i_report *r, int mirror, const tflow_table *t,
                       const char *column, size_t row)
{
    return tflow_i_report_millions(r, mirror, tflow_i_report_number(t, column, row));
}

tflow_status tflow_i_report_svg(const tflow_i_report *r, char **out, tflow_error *error)
{
    char texts[MOST_YEARS][TFLOW_PERIOD_SIZE];
    const char *labels[MOST_YEARS];
    double own[MOST_YEARS], mirror[MOST_YEARS], ahead[MOST_YEARS], band[4][MOST_YEARS];
    size_t past = tflow_table_rows(r->pair), n = past + tflow_table_rows(r->projection);
    static const char *const ends[] = {"lower_80", "upper_80", "lower_95", "upper_95"};
    if (n > MOST_YEARS)
        return tflow_i_fail(error, TFLOW_ELIMIT, "a report draws at most %d periods",
                            MOST_YEARS);
    for (size_t i = 0; i < n; i++) {
        const tflow_table *t = i < past ? r->pair : r->projection;
        size_t row = i < past ? i : i - past;
        labels[i] = tflow_period_format(tflow_i_report_period(t, row), texts[i]);
        own[i] = i < past ? millions(r, 0, t, "value_a", row) : NAN;
        mirror[i] = i < past ? millions(r, 0, t, "value_b", row) : NAN;
        ahead[i] = i < past ? NAN : millions(r, 1, t, "value", row);
        for (size_t k = 0; k < 4; k++)
            band[k][i] = i < past ? NAN : millions(r, 1, t, ends[k], row);
    }
    if (past > 0) { /* the projection hangs on the last observation */
        ahead[past - 1] = mirror[past - 1];
        for (size_t k = 0; k < 4; k++)
            band[k][past - 1] = mirror[past - 1];
    }
    tflow_chart_band bands[2] = {{0.8, band[0], band[1]}, {0.95, band[2], band[3]}};
    tflow_chart_series series[3] = {
        {"reported by the partner", mirror, TFLOW_CHART_LINE, TFLOW_CHART_OBSERVED, 0,
         NULL},
        {"projection", ahead, TFLOW_CHART_LINE, TFLOW_CHART_FORECAST, 2, bands},
        {"own report", own, TFLOW_CHART_LINE, TFLOW_CHART_OTHER, 0, NULL}};
    char title[200] = "", unit[64];
    strncat(title, r->names[0], 80);
    strncat(title, " to ", 5);
    strncat(title, r->names[1], 80);
    tflow_chart chart = TFLOW_CHART_INIT;
    chart.title = title;
    chart.unit = tflow_i_report_unit(r, unit);
    chart.n = n;
    chart.labels = labels;
    chart.n_series = 3;
    chart.series = series;
    chart.flags = TFLOW_CHART_NO_VALUES;
    return tflow_chart_svg(&chart, out, error);
}

static void cell(tflow_i_text *text, const tflow_table *t, size_t column, size_t row)
{
    const double *real = tflow_table_float64(t, column);
    const int64_t *whole = tflow_table_int64(t, column);
    const uint8_t *bytes = tflow_table_bytes(t, column);
    const int32_t *codes = tflow_table_codes(t, column);
    const tflow_period *periods = tflow_table_periods(t, column);
    char label[TFLOW_PERIOD_SIZE];
    if (codes != NULL) {
        const char *key = tflow_table_label(t, column, codes[row]);
        tflow_i_text_add(text, "<td>");
        tflow_i_text_xml(text, key == NULL ? "" : key);
        tflow_i_text_add(text, "</td>");
        return;
    }
    tflow_i_text_add(text, "<td class=\"n\">");
    if (periods != NULL)
        tflow_i_text_add(text, tflow_period_format(periods[row], label));
    else if (whole != NULL)
        tflow_i_text_format(text, "%lld", (long long)whole[row]);
    else if (bytes != NULL && tflow_table_type(t, column) == TFLOW_OBS_STATUS)
        tflow_i_text_char(text, bytes[row] == 0 ? ' ' : (char)bytes[row]);
    else if (bytes != NULL)
        tflow_i_text_add(text, bytes[row] ? "yes" : "no");
    else if (real != NULL && !isnan(real[row]))
        tflow_i_text_grouped(text, real[row], fabs(real[row]) >= 1000 ? 0 : 4);
    else
        tflow_i_text_add(text, "\xe2\x80\x93");
    tflow_i_text_add(text, "</td>");
}

static void table(tflow_i_text *text, const char *title, const tflow_table *t)
{
    if (t == NULL)
        return;
    tflow_i_text_add(text, "<h2>");
    tflow_i_text_xml(text, title);
    tflow_i_text_add(text, "</h2>\n<div class=\"wide\"><table><thead><tr>");
    for (size_t c = 0; c < tflow_table_columns(t); c++) {
        tflow_i_text_add(text, "<th scope=\"col\">");
        for (const char *s = tflow_table_name(t, c); *s != '\0'; s++)
            tflow_i_text_char(text, *s == '_' ? ' ' : *s);
        if (tflow_table_unit(t, c)[0] != '\0') {
            tflow_i_text_add(text, "<br><small>");
            tflow_i_text_xml(text, tflow_table_unit(t, c));
            tflow_i_text_add(text, "</small>");
        }
        tflow_i_text_add(text, "</th>");
    }
    tflow_i_text_add(text, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < tflow_table_rows(t); row++) {
        tflow_i_text_add(text, "<tr>");
        for (size_t c = 0; c < tflow_table_columns(t); c++)
            cell(text, t, c, row);
        tflow_i_text_add(text, "</tr>\n");
    }
    tflow_i_text_add(text, "</tbody></table></div>\n");
    for (size_t i = 0; i < tflow_table_notes(t); i++) {
        tflow_i_text_add(text, "<p class=\"note\">");
        tflow_i_text_xml(text, tflow_table_note(t, i));
        tflow_i_text_add(text, "</p>\n");
    }
}

static const char style[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem "
    "auto;padding:0 "
    "1rem;color-scheme:light dark}table{border-collapse:collapse;font-size:.85rem}"
    "th,td{padding:.2rem .5rem;border-bottom:1px solid #8884;text-align:left}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}"
    ".note{color:#777}pre{overflow-x:auto;font-size:.85rem}";

char *tflow_i_report_html(const tflow_i_report *r, const char *svg)
{
    tflow_i_text text = {0};
    char *lines = tflow_i_report_lines(r);
    tflow_i_text_add(&text, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
                            "charset=\"utf-8\"><meta name=\"viewport\" "
                            "content=\"width=device-width\"><title>");
    tflow_i_text_xml(&text, r->names[0]);
    tflow_i_text_add(&text, " to ");
    tflow_i_text_xml(&text, r->names[1]);
    tflow_i_text_format(&text, "</title><style>%s</style></head>\n<body>\n<h1>", style);
    tflow_i_text_xml(&text, r->names[0]);
    tflow_i_text_add(&text, " \xe2\x86\x92 ");
    tflow_i_text_xml(&text, r->names[1]);
    tflow_i_text_add(&text, ", goods exports</h1>\n<figure>");
    tflow_i_text_add(&text, svg);
    tflow_i_text_add(&text, "</figure>\n<pre>");
    tflow_i_text_xml(&text, lines == NULL ? "" : lines);
    tflow_i_text_add(&text, "</pre>\n");
    tflow_text_free(lines);
    table(&text, "Both reports side by side", r->pair);
    table(&text, "Growth of the partner's report", r->growth);
    table(&text, "Figures as published", r->figure);
    table(&text, "Share in the exporter's total", r->share);
    table(&text, "Concentration of the exporter's partners", r->concentration);
    table(&text, "Trend", r->trend);
    table(&text, "Projection", r->projection);
    tflow_i_text_format(&text,
                        "<p class=\"note\">libtradeflow %s</p>\n</body></html>\n",
                        tflow_version());
    return tflow_i_text_take(&text);
}
