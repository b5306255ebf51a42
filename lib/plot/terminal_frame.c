/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/terminal.h"

#include <string.h>

#define RUNS_TOLD 8 /* of positions without values */

void tflow_i_terminal_pad(tflow_i_text *line, size_t columns)
{
    while (columns-- > 0)
        tflow_i_text_char(line, ' ');
}

void tflow_i_terminal_line(const tflow_i_terminal *to, tflow_i_text *line)
{
    if (line->data != NULL && line->length > 0) {
        while (line->length > 0 && line->data[line->length - 1] == ' ')
            line->data[--line->length] = '\0';
        tflow_i_plot_clip(to->text, line->data, to->width, to->ascii);
    }
    tflow_i_text_char(to->text, '\n');
    to->text->failed |= line->failed;
    tflow_i_text_clear(line);
}

void tflow_i_terminal_words(const tflow_i_terminal *to, const char *words)
{
    size_t indent = 0;

    while (*words != '\0') {
        size_t n =
            tflow_i_plot_break(words, (double)(to->width - indent), 1, to->ascii);
        tflow_i_text line = {0}, part = {0};
        tflow_i_text_add_n(&part, words, n);
        tflow_i_terminal_pad(&line, indent);
        if (!part.failed)
            tflow_i_plot_clip(&line, part.data, to->width, to->ascii);
        line.failed |= part.failed;
        tflow_i_text_clear(&part);
        tflow_i_terminal_line(to, &line);
        words += n;
        words += strspn(words, " \n");
        indent = 2;
    }
}

void tflow_i_terminal_head(const tflow_i_terminal *to)
{
    const tflow_chart *chart = &to->plot->chart;
    const char *title = chart->title == NULL ? "" : chart->title;
    const char *unit = chart->unit == NULL ? "" : chart->unit;
    size_t left = tflow_i_plot_columns(title, to->ascii);
    size_t right = tflow_i_plot_columns(unit, to->ascii);
    int together = left + 2 + right <= to->width && strchr(title, '\n') == NULL;

    if (!together) {
        tflow_i_terminal_words(to, title);
        tflow_i_terminal_words(to, unit);
    } else if (left + right > 0) {
        tflow_i_text line = {0};
        tflow_i_plot_clip(&line, title, to->width, to->ascii);
        if (right > 0)
            tflow_i_terminal_pad(&line, to->width - left - right);
        tflow_i_plot_clip(&line, unit, to->width, to->ascii);
        tflow_i_terminal_line(to, &line);
    }
    if (left + right > 0)
        tflow_i_text_char(to->text, '\n');
}

/* ---- the legend ---- */

typedef struct legend {
    const tflow_i_terminal *to;
    tflow_i_text line;
    size_t used;
} legend;

static void entry(legend *at, int glyph, const char *name)
{
    const tflow_i_terminal *to = at->to;
    size_t columns = 2 + tflow_i_plot_columns(name, to->ascii);

    if (at->used > 0 && at->used + 3 + columns > to->width) {
        tflow_i_terminal_line(to, &at->line);
        at->used = 0;
    }
    if (at->used > 0) {
        tflow_i_text_add(&at->line, "   ");
        at->used += 3;
    }
    tflow_i_text_add(&at->line, tflow_i_glyph_text(glyph, to->ascii));
    tflow_i_text_char(&at->line, ' ');
    at->used += 2 + tflow_i_plot_clip(&at->line, name, to->width - 2, to->ascii);
}

static int narrowest(const tflow_chart_series *series, size_t band)
{
    for (size_t b = 0; b < series->n_bands; b++) {
        if (series->bands[b].level < series->bands[band].level)
            return 0;
    }
    return series->n_bands > 1;
}

static void legend_bands(legend *at, const tflow_chart_series *series)
{
    for (size_t b = 0; b < series->n_bands; b++) {
        tflow_i_text name = {0};
        if (series->bands[b].level <= 0)
            continue;
        tflow_i_text_double(&name, round(series->bands[b].level * 1e4) / 100);
        tflow_i_text_add(&name, " %");
        if (!name.failed)
            entry(at, narrowest(series, b) ? TFLOW_I_NARROW : TFLOW_I_WIDE, name.data);
        at->line.failed |= name.failed;
        tflow_i_text_clear(&name);
    }
}

static void write_legend(const tflow_i_terminal *to)
{
    const tflow_chart *chart = &to->plot->chart;
    size_t blocks = tflow_i_terminal_blocks(chart);
    legend at = {to, {0}, 0};

    for (size_t s = 0; s < chart->n_series; s++) {
        const char *name = chart->series[s].name;
        int glyph = TFLOW_I_POINT + tflow_i_plot_style(chart, s).colour;
        if (s == blocks)
            glyph = TFLOW_I_BLOCK + 7;
        else if (chart->series[s].role == TFLOW_CHART_FORECAST)
            glyph = TFLOW_I_FORECAST;
        if (name != NULL && *name != '\0')
            entry(&at, glyph, name);
        legend_bands(&at, &chart->series[s]);
    }
    if (at.used > 0)
        tflow_i_terminal_line(to, &at.line);
    tflow_i_text_clear(&at.line);
}

/* ---- below ---- */

/* "no value: 2004, 2006 to 2009": a reader of the chart sees a blank, not its place. */
static void write_missing(const tflow_i_terminal *to, size_t series, int named)
{
    const tflow_chart *chart = &to->plot->chart;
    tflow_i_text words = {0};
    size_t runs = 0, more = 0;

    tflow_i_text_add(&words, "no value");
    if (named && chart->series[series].name != NULL)
        tflow_i_text_format(&words, ", %s", chart->series[series].name);
    for (size_t i = 0; i < chart->n; i++) {
        size_t first = i;
        while (i < chart->n && tflow_i_plot_missing(chart, series, i))
            i++;
        if (i == first)
            continue;
        if (runs++ >= RUNS_TOLD) {
            more += i - first;
            continue;
        }
        tflow_i_text_format(&words, "%s %s", runs == 1 ? ":" : ",",
                            tflow_i_plot_label(chart, first));
        if (i - first > 1)
            tflow_i_text_format(&words, i - first == 2 ? ", %s" : " to %s",
                                tflow_i_plot_label(chart, i - 1));
    }
    if (more > 0)
        tflow_i_text_format(&words, " and %zu more", more);
    if (runs > 0 && !words.failed)
        tflow_i_terminal_words(to, words.data);
    to->text->failed |= words.failed;
    tflow_i_text_clear(&words);
}

static void write_notes(const tflow_i_terminal *to)
{
    const tflow_chart *chart = &to->plot->chart;

    for (size_t m = 0; m < chart->n_marks; m++) {
        const tflow_chart_mark *mark = &chart->marks[m];
        tflow_i_text words = {0};
        if (mark->note == NULL || *mark->note == '\0')
            continue;
        tflow_i_text_format(&words, "! %s", tflow_i_plot_label(chart, mark->position));
        if (chart->n_series > 1 && chart->series[mark->series].name != NULL)
            tflow_i_text_format(&words, ", %s", chart->series[mark->series].name);
        tflow_i_text_format(&words, ": %s", mark->note);
        if (!words.failed)
            tflow_i_terminal_words(to, words.data);
        to->text->failed |= words.failed;
        tflow_i_text_clear(&words);
    }
}

void tflow_i_terminal_foot(const tflow_i_terminal *to)
{
    const tflow_chart *chart = &to->plot->chart;
    int ranking = (chart->flags & TFLOW_CHART_RANKING) != 0;
    size_t observed = 0;

    for (size_t s = 0; s < chart->n_series; s++)
        observed += chart->series[s].role != TFLOW_CHART_FORECAST;
    if (to->plot->any && !ranking)
        write_legend(to);
    for (size_t s = 0; s < chart->n_series && to->plot->any; s++) {
        if (!ranking && chart->labels != NULL)
            write_missing(to, s, observed > 1);
    }
    write_notes(to);
    if (chart->source != NULL)
        tflow_i_terminal_words(to, chart->source);
}
