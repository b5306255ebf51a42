/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first answer: one screen of text. */
#include "core/glyph.h"
#include "report/report.h"
#include "tradeflow/codes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MILLION 1e6

static void pad(tflow_i_text *text, size_t from, size_t width)
{
    /* Right-align what was added since `from`, counting characters, not bytes. */
    size_t seen = 0;
    for (size_t i = from; i < text->length; i++)
        seen += ((unsigned char)text->data[i] & 0xc0) != 0x80;
    size_t fill = seen < width ? width - seen : 0;
    for (size_t i = 0; i < fill; i++)
        tflow_i_text_char(text, ' ');
    if (text->failed || fill == 0)
        return;
    memmove(text->data + from + fill, text->data + from, text->length - from - fill);
    memset(text->data + from, ' ', fill);
}

/* An amount in millions. */
static void amount(tflow_i_text *text, double value, size_t width)
{
    size_t from = text->length;
    if (isnan(value))
        tflow_i_text_add(text, "not reported");
    else
        tflow_i_text_grouped(text, value, 1);
    pad(text, from, width);
}

static void ratio(tflow_i_text *text, double value, size_t width)
{
    size_t from = text->length;
    if (isnan(value))
        tflow_i_text_add(text, "\xe2\x80\x93");
    else
        tflow_i_text_fixed(text, value, 2);
    pad(text, from, width);
}

static void percent(tflow_i_text *text, double value, size_t width)
{
    size_t from = text->length;
    if (isnan(value)) {
        tflow_i_text_add(text, "\xe2\x80\x93");
    } else {
        tflow_i_text_add(text, value >= 0 ? "+" : "\xe2\x88\x92");
        tflow_i_text_fixed(text, fabs(value) * 100, 1);
        tflow_i_text_add(text, " %");
    }
    pad(text, from, width);
}

static double growth_at(const tflow_i_report *r, tflow_period period)
{
    for (size_t i = 0; i < tflow_table_rows(r->growth); i++)
        if (tflow_i_report_period(r->growth, i) == period)
            return tflow_i_report_number(r->growth, "growth", i);
    return NAN;
}

/* Both sides of the comparison are in the unit of the own report. */
static double pair_millions(const tflow_i_report *r, const char *column, size_t row)
{
    return tflow_i_report_millions(r, 0, tflow_i_report_number(r->pair, column, row));
}

static void years(tflow_i_text *text, const tflow_i_report *r)
{
    size_t n = tflow_table_rows(r->pair), first = n > 5 ? n - 5 : 0;
    char basis[32] = "";
    if (r->mirror_valuation != NULL && strlen(r->mirror_valuation) < sizeof basis - 4)
        snprintf(basis, sizeof basis, " (%s)", r->mirror_valuation);
    tflow_i_text_format(text,
                        " year   reported by %s   reported by %s%-6s   %s/%s   "
                        "growth (%s)\n",
                        r->reporter, r->partner, basis, r->partner, r->reporter,
                        r->partner);
    for (size_t i = first; i < n; i++) {
        char label[TFLOW_PERIOD_SIZE];
        tflow_period period = tflow_i_report_period(r->pair, i);
        tflow_i_text_format(text, " %-6s", tflow_period_format(period, label));
        amount(text, pair_millions(r, "value_a", i), 16);
        tflow_i_text_add(text, period == r->doubtful ? " !" : "  ");
        amount(text, pair_millions(r, "value_b", i), 19);
        ratio(text, tflow_i_report_number(r->pair, "ratio", i), 12);
        percent(text, growth_at(r, period), 14);
        tflow_i_text_char(text, '\n');
    }
    if (r->doubtful == TFLOW_PERIOD_NONE)
        return;
    tflow_i_text_add(text, "\n ! ");
    tflow_i_glyph_wrap(text, r->doubt, 76, "   ", 0);
    tflow_i_text_char(text, '\n');
}

static void interval(tflow_i_text *text, double low, double high, double unit,
                     int decimals)
{
    tflow_i_text_grouped(text, low / unit, decimals);
    tflow_i_text_add(text, " \xe2\x80\x93 ");
    tflow_i_text_grouped(text, high / unit, decimals);
}

static void figures(tflow_i_text *text, const tflow_i_report *r)
{
    const tflow_table *t = r->figure;
    if (t == NULL)
        return;
    tflow_i_text_add(text, "\nFigures as published                     allows");
    tflow_i_text_add(text, "                 against the mirror\n");
    for (size_t i = 0; i < tflow_table_rows(t); i++) {
        const char *item = tflow_i_report_text(t, "item", i);
        const char *kind = tflow_i_report_text(t, "kind", i);
        int money = strcmp(kind, "level") == 0 || strcmp(kind, "base") == 0 ||
                    strcmp(kind, "difference") == 0;
        double even = tflow_i_report_number(t, "break_even", i);
        if (strcmp(item, "contradiction") == 0) {
            tflow_i_text_format(text, " \xe2\x86\x92 %s\n",
                                tflow_i_report_text(t, "detail", i));
            continue;
        }
        size_t from = text->length;
        tflow_i_text_format(
            text, " %s%s%s", strcmp(item, "implied") == 0 ? "implied " : "\"",
            strcmp(item, "implied") == 0 ? kind
                                         : tflow_i_report_text(t, "statement", i),
            strcmp(item, "implied") == 0 ? "" : "\"");
        while (text->length - from < 30 && !text->failed)
            tflow_i_text_char(text, ' ');
        tflow_i_text_format(text, " %-11s", kind);
        interval(text, tflow_i_report_number(t, "low", i),
                 tflow_i_report_number(t, "high", i), money ? MILLION : 1,
                 money ? 0 : 3);
        double base = tflow_i_report_number(t, "base_low", i);
        if (!isnan(base)) {
            tflow_i_text_add(text, "   base ");
            interval(text, base, tflow_i_report_number(t, "base_high", i), MILLION, 0);
        }
        double observed = tflow_i_report_number(t, "observed", i);
        if (!isnan(observed)) {
            tflow_i_text_add(text, "   observed ");
            tflow_i_text_grouped(text, observed / (money ? MILLION : 1), money ? 1 : 3);
            tflow_i_text_format(text, ": %s", tflow_i_report_text(t, "verdict", i));
        }
        if (!isnan(even) && even > 0) {
            tflow_i_text_add(text, "; meets the others at \xc2\xb1 ");
            tflow_i_text_double(text,
                                round(even * (money ? 1 : 1e6)) / (money ? 1 : 1e6));
        }
        tflow_i_text_char(text, '\n');
    }
}

/* A partner as it is called, not coded. */
static void partner(tflow_i_text *text, const char *code)
{
    tflow_area area;
    int known = tflow_area_find(code, strlen(code), &area, NULL) == TFLOW_OK;
    tflow_i_text_add(text, known ? area.name : code);
}

static void shares(tflow_i_text *text, const tflow_i_report *r)
{
    if (r->share == NULL)
        return;
    char label[TFLOW_PERIOD_SIZE];
    tflow_period_format(tflow_i_report_period(r->share, 0), label);
    tflow_i_text_format(text, "\nShare of %s' exports (%s%s%s)   %s ", r->names[0],
                        label, r->valuation == NULL ? "" : ", ",
                        r->valuation == NULL ? "" : r->valuation, r->names[1]);
    tflow_i_text_fixed(text, 100 * tflow_i_report_number(r->share, "share", 0), 1);
    tflow_i_text_add(text, " % (rank ");
    tflow_i_text_double(text, tflow_i_report_number(r->share, "rank", 0));
    tflow_i_text_add(text, ")   ");
    partner(text, tflow_i_report_text(r->largest, "partner", 0));
    tflow_i_text_char(text, ' ');
    tflow_i_text_fixed(text, 100 * tflow_i_report_number(r->largest, "share", 0), 1);
    tflow_i_text_add(text, " %   HHI ");
    tflow_i_text_fixed(text, tflow_i_report_number(r->concentration, "hhi", 0), 3);
    tflow_i_text_add(text, " (= ");
    tflow_i_text_fixed(
        text, tflow_i_report_number(r->concentration, "equivalent_number", 0), 1);
    tflow_i_text_add(text, " equal partners)\nTrend of exports to ");
    tflow_i_text_format(text, "%s   CAGR ", r->names[1]);
    tflow_i_text_fixed(text, 100 * tflow_i_report_number(r->trend, "cagr", 0), 1);
    tflow_i_text_add(text, " %   least squares ");
    tflow_i_text_fixed(
        text, 100 * tflow_i_report_number(r->trend, "least_squares_growth", 0), 1);
    tflow_i_text_add(text, " % (s.e. of b ");
    tflow_i_text_fixed(text,
                       100 * tflow_i_report_number(r->trend, "b_standard_error", 0), 1);
    tflow_i_text_add(text, " points, n = ");
    tflow_i_text_double(text, tflow_i_report_number(r->trend, "n", 0));
    tflow_i_text_add(text, ")\n");
}

static void projection(tflow_i_text *text, const tflow_i_report *r)
{
    size_t n = tflow_table_rows(r->projection);
    tflow_i_text_format(text, "\nProjection of %s's mirror (%s, ", r->names[1],
                        tflow_i_report_text(r->projection, "method", 0));
    tflow_i_text_double(text, tflow_i_report_number(r->projection, "n", 0));
    tflow_i_text_add(text, " points; median, 80 % and 95 % interval)\n");
    for (size_t i = 0; i < n; i++) {
        char label[TFLOW_PERIOD_SIZE];
        tflow_i_text_format(
            text, " %-6s",
            tflow_period_format(tflow_i_report_period(r->projection, i), label));
        double value = tflow_i_report_number(r->projection, "value", i);
        if (isnan(value)) {
            tflow_i_text_format(text, " %s\n",
                                tflow_i_report_text(r->projection, "reason", i));
            continue;
        }
        amount(text, tflow_i_report_millions(r, 1, value), 10);
        static const char *const ends[][2] = {{"lower_80", "upper_80"},
                                              {"lower_95", "upper_95"}};
        for (size_t k = 0; k < 2; k++) {
            double low = tflow_i_report_number(r->projection, ends[k][0], i);
            double high = tflow_i_report_number(r->projection, ends[k][1], i);
            tflow_i_text_add(text, "   [");
            interval(text, tflow_i_report_millions(r, 1, low),
                     tflow_i_report_millions(r, 1, high), 1, 0);
            tflow_i_text_add(text, "]");
        }
        tflow_i_text_char(text, '\n');
    }
}

char *tflow_i_report_lines(const tflow_i_report *r)
{
    tflow_i_text text = {0};
    char unit[64];
    tflow_i_text_format(&text, "%s \xe2\x86\x92 %s, goods exports%40s\n\n", r->names[0],
                        r->names[1], tflow_i_report_unit(r, unit));
    years(&text, r);
    figures(&text, r);
    shares(&text, r);
    projection(&text, r);
    return tflow_i_text_take(&text);
}
