/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/terminal.h"

#include <string.h>

typedef struct rows {
    const tflow_i_terminal *to;
    double lo, hi; /* what the bars span; both 0 when all are */
    size_t names, values, bars;
    size_t zero; /* columns of the bars that are below zero */
} rows;

/* Eighths of a block from the left, 1 to 7, then a full one. */
static const char *const parts[] = {
    "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d", "\xe2\x96\x8c",
    "\xe2\x96\x8b", "\xe2\x96\x8a", "\xe2\x96\x89", "\xe2\x96\x88",
};
static const char *const fills[][2] = {
    {"\xe2\x96\x88", "#"},
    {"\xe2\x96\x93", "="},
    {"\xe2\x96\x92", "-"},
    {"\xe2\x96\x91", "."},
};

static const char *fill_of(size_t series, int ascii)
{
    return fills[series % (sizeof fills / sizeof *fills)][ascii];
}

static void value_text(tflow_i_text *text, const rows *r, size_t series, size_t i)
{
    double value = r->to->plot->chart.series[series].values[i];

    if (isfinite(value))
        tflow_i_plot_value(text, r->to->plot, value, r->to->ascii);
    else
        tflow_i_text_add(text, "n/a");
}

static int doubtful(const tflow_chart *chart, size_t series, size_t i)
{
    for (size_t m = 0; m < chart->n_marks; m++) {
        if (chart->marks[m].position == i && chart->marks[m].series == series)
            return 1;
    }
    return 0;
}

static void layout(rows *r)
{
    const tflow_i_terminal *to = r->to;
    const tflow_chart *chart = &to->plot->chart;
    size_t most = to->width / 3 > 8 ? to->width / 3 : 8;

    for (size_t i = 0; i < chart->n; i++) {
        size_t name = tflow_i_plot_columns(tflow_i_plot_label(chart, i), to->ascii);
        r->names = name > r->names ? name : r->names;
        for (size_t s = 0; s < chart->n_series; s++) {
            tflow_i_text text = {0};
            value_text(&text, r, s, i);
            size_t value =
                text.data == NULL ? 0 : tflow_i_plot_columns(text.data, to->ascii);
            r->values = value > r->values ? value : r->values;
            tflow_i_text_clear(&text);
        }
    }
    r->names = r->names > most ? most : r->names;
    size_t used = r->names + r->values + 4;
    /* Bars too short to compare are left out: the numbers say it. */
    r->bars = used + 4 <= to->width ? to->width - used : 0;
    r->lo = fmin(to->plot->lo, 0);
    r->hi = fmax(to->plot->hi, 0);
    if (r->lo < 0)
        r->zero = (size_t)ceil(r->lo / 2 / (r->lo / 2 - r->hi / 2) * (double)r->bars);
}

/* The bar of value: full cells, the last one in eighths; below zero in halves, since
 * there are no blocks of eighths from the right. */
static void bar(tflow_i_text *line, const rows *r, size_t series, double value)
{
    int ascii = r->to->ascii, fine = series == 0 && !ascii;
    const char *fill = fill_of(series, ascii);
    double span = r->hi / 2 - r->lo / 2;
    double cells = span > 0 ? fabs(value) / 2 / span * (double)r->bars : 0;
    double unit = !fine ? 1 : value < 0 ? 2 : 8;
    size_t room = value < 0 ? r->zero : r->bars - r->zero;
    size_t units = (size_t)round(cells * unit);
    size_t each = (size_t)unit;

    if (units == 0 && value != 0)
        units = 1;
    if (units > room * each)
        units = room * each;
    size_t whole = units / each, rest = units % each;
    if (value < 0)
        tflow_i_terminal_pad(line, r->zero - whole - (rest > 0));
    else
        tflow_i_terminal_pad(line, r->zero);
    if (value < 0 && rest > 0)
        tflow_i_text_add(line, "\xe2\x96\x90");
    for (size_t i = 0; i < whole; i++)
        tflow_i_text_add(line, fill);
    if (value > 0 && rest > 0)
        tflow_i_text_add(line, parts[rest - 1]);
}

static void write_row(const rows *r, size_t series, size_t i)
{
    const tflow_i_terminal *to = r->to;
    const tflow_chart *chart = &to->plot->chart;
    tflow_i_text line = {0}, value = {0};
    size_t used = 0;

    if (series == 0)
        used =
            tflow_i_plot_clip(&line, tflow_i_plot_label(chart, i), r->names, to->ascii);
    value_text(&value, r, series, i);
    const char *shown = value.data == NULL ? "" : value.data;
    size_t columns = tflow_i_plot_columns(shown, to->ascii);
    tflow_i_terminal_pad(&line, r->names - used + 2 + r->values - columns);
    tflow_i_text_add(&line, shown);
    tflow_i_text_add(&line, doubtful(chart, series, i) ? "! " : "  ");
    double number = chart->series[series].values[i];
    if (isfinite(number) && r->bars > 0)
        bar(&line, r, series, number);
    line.failed |= value.failed;
    tflow_i_text_clear(&value);
    tflow_i_terminal_line(to, &line);
}

static void legend(const rows *r)
{
    const tflow_chart *chart = &r->to->plot->chart;

    for (size_t s = 0; s < chart->n_series; s++) {
        const char *name = chart->series[s].name;
        tflow_i_text line = {0};
        if (name == NULL || *name == '\0')
            continue;
        tflow_i_text_add(&line, fill_of(s, r->to->ascii));
        tflow_i_text_char(&line, ' ');
        tflow_i_text_add(&line, name);
        tflow_i_terminal_line(r->to, &line);
    }
}

void tflow_i_terminal_ranking(const tflow_i_terminal *to)
{
    const tflow_chart *chart = &to->plot->chart;
    rows r;

    memset(&r, 0, sizeof r);
    r.to = to;
    layout(&r);
    for (size_t i = 0; i < chart->n; i++) {
        for (size_t s = 0; s < chart->n_series; s++)
            write_row(&r, s, i);
    }
    legend(&r);
}
