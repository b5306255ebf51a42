/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg.h"

#include <string.h>

#define MARGIN 16

/* Lines of text of at most `width` pixels; the y of the last. */
static double paragraph(tflow_i_text *text, const char *words, const char *attributes,
                        double x, double y, double width, double size, double leading)
{
    tflow_i_text line = {0};

    while (*words != '\0') {
        size_t n = tflow_i_plot_break(words, width / size, 0, 0);
        line.length = 0;
        tflow_i_text_add_n(&line, words, n);
        words += n;
        words += strspn(words, " \n");
        tflow_i_svg_put(text, "<text x=\"@\" y=\"@\" font-size=\"@\"", x, y, size);
        tflow_i_text_add(text, attributes);
        tflow_i_svg_put(text, ">$</text>\n", line.failed ? "" : line.data);
        if (*words != '\0')
            y += leading;
    }
    text->failed |= line.failed;
    tflow_i_text_clear(&line);
    return y;
}

/* What a series looks like, in 28 by 12 pixels whose middle is at y. */
static void sample(tflow_i_text *text, const tflow_chart *chart, size_t series,
                   double x, double y)
{
    tflow_i_style style = tflow_i_plot_style(chart, series);
    tflow_chart_kind kind = chart->flags & TFLOW_CHART_RANKING
                                ? TFLOW_CHART_BAR
                                : chart->series[series].kind;
    tflow_i_box box = {x + 6, y - 6, x + 24, y + 6};

    tflow_i_svg_open(text, style);
    if (kind == TFLOW_CHART_BAR)
        tflow_i_svg_bar(text, chart, style, box);
    if (kind == TFLOW_CHART_LINE) {
        tflow_i_svg_put(text, "<path d=\"M@ @H@\"", x, y, x + 28);
        tflow_i_svg_stroke(text, style);
        tflow_i_text_add(text, "/>");
    }
    if (kind != TFLOW_CHART_BAR)
        tflow_i_svg_marker(text, style, x + 14, y, 3.6);
    tflow_i_text_add(text, "</g>\n");
}

/* The name of an interval, such as "80 % interval"; empty for one without a level. */
static void name_band(tflow_i_text *text, double level)
{
    if (level <= 0)
        return;
    /* Whole levels without decimals, 0.995 as 99.5. */
    tflow_i_text_double(text, round(level * 1e4) / 100);
    tflow_i_text_add(text, " % interval");
}

typedef struct flow {
    double x, y, right;
} flow;

/* Where the next legend entry goes: text of the given width beside a sample. */
static double entry(flow *at, const char *name, double size)
{
    double width = 36 + tflow_i_plot_ems(name) * size + 16;

    if (at->x > MARGIN && at->x + width > at->right) {
        at->x = MARGIN;
        at->y += 20;
    }
    double x = at->x;
    at->x += width;
    return x;
}

static void entry_text(tflow_i_text *text, const char *name, double x, double y)
{
    tflow_i_svg_put(text,
                    "<text class=\"ink\" x=\"@\" y=\"@\" fill=\"#1a1a1a\" "
                    "font-size=\"12.5\">$</text>\n",
                    x + 35, y + 4.3, name);
}

/* Intervals share a name across series: each level is shown once a colour. */
static void legend_bands(tflow_i_text *text, const tflow_chart *chart, size_t series,
                         flow *at)
{
    const tflow_chart_series *s = &chart->series[series];

    for (size_t b = 0; b < s->n_bands; b++) {
        tflow_i_text name = {0};
        name_band(&name, s->bands[b].level);
        if (name.data != NULL) {
            double x = entry(at, name.data, 12.5);
            tflow_i_svg_open(text, tflow_i_plot_style(chart, series));
            /* Bands lie on top of one another: the narrower, the darker. */
            for (size_t w = 0; w < s->n_bands; w++) {
                if (s->bands[w].level >= s->bands[b].level)
                    tflow_i_svg_put(text,
                                    "<rect x=\"@\" y=\"@\" width=\"22\" height=\"12\" "
                                    "fill=\"currentColor\" fill-opacity=\"0.16\"/>",
                                    x + 6, at->y - 6);
            }
            tflow_i_text_add(text, "</g>\n");
            entry_text(text, name.data, x, at->y);
        }
        text->failed |= name.failed;
        tflow_i_text_clear(&name);
    }
}

double tflow_i_svg_head(tflow_i_svg *svg)
{
    const tflow_chart *chart = &svg->plot->chart;
    double width = svg->width - 2 * MARGIN;
    double y = 6;
    flow at = {MARGIN, 0, svg->width - MARGIN};

    if (chart->title != NULL && *chart->title != '\0')
        y = paragraph(svg->text, chart->title,
                      " class=\"ink\" fill=\"#1a1a1a\" font-weight=\"bold\"", MARGIN,
                      y + 22, width * 0.9, 17, 22); /* bold is wider */
    if (chart->unit != NULL && *chart->unit != '\0')
        y = paragraph(svg->text, chart->unit, " class=\"muted\" fill=\"#5a5a5a\"",
                      MARGIN, y + 20, width, 13, 17);
    at.y = y + 22;
    for (size_t s = 0; s < chart->n_series; s++) {
        const char *name = chart->series[s].name;
        if (name != NULL && *name != '\0') {
            double x = entry(&at, name, 12.5);
            sample(svg->text, chart, s, x, at.y);
            entry_text(svg->text, name, x, at.y);
        }
        legend_bands(svg->text, chart, s, &at);
    }
    return at.x > MARGIN ? at.y + 6 : y + 4;
}

double tflow_i_svg_foot(tflow_i_svg *svg, tflow_i_text *text)
{
    static const char muted[] = " class=\"muted\" fill=\"#5a5a5a\"";
    const tflow_chart *chart = &svg->plot->chart;
    double width = svg->width - 2 * MARGIN;
    double y = 0;

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
            y = paragraph(text, words.data, " class=\"ink\" fill=\"#1a1a1a\"", MARGIN,
                          y + 18, width, 12, 16);
        text->failed |= words.failed;
        tflow_i_text_clear(&words);
    }
    if (chart->source != NULL && *chart->source != '\0')
        y = paragraph(text, chart->source, muted, MARGIN, y + 18, width, 11.5, 15);
    return y;
}
