/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg.h"
#include "plot/svg_parts.h"

#define TOOLTIPS 600 /* more points than this are too near to point at */

/* ---- axes ---- */

static double labels_width(const tflow_i_plot *plot, const tflow_i_axis *axis)
{
    double widest = 0;

    for (int64_t k = axis->first; k <= axis->last; k++) {
        tflow_i_text label = {0};
        tflow_i_axis_label(&label, axis, k,
                           (plot->chart.flags & TFLOW_CHART_PERCENT) != 0, 0);
        if (label.data != NULL)
            widest = fmax(widest, 12 * tflow_i_plot_ems(label.data));
        tflow_i_text_clear(&label);
    }
    return widest;
}

/* Numbers under negative values need a line of text below the lowest. */
static void room_below(tflow_i_svg *svg)
{
    tflow_i_axis *axis = &svg->axis;
    double tick = tflow_i_axis_tick(axis, axis->first - 1);

    if (svg->plot->lo >= 0 || tflow_i_svg_y(svg, svg->plot->lo) < svg->bottom - 16 ||
        isinf(tick))
        return;
    axis->first--;
    axis->lo = tick;
}

static void value_axis(tflow_i_svg *svg)
{
    const tflow_i_axis *axis = &svg->axis;
    tflow_i_text *text = svg->text;

    for (int64_t k = axis->first; k <= axis->last; k++) {
        double y = tflow_i_svg_y(svg, tflow_i_axis_tick(axis, k));
        tflow_i_svg_put(text,
                        k == 0 ? "<path class=\"axis\" d=\"M@ @H@\" stroke=\"#8a8a8a\" "
                                 "stroke-width=\"1.2\"/>\n"
                               : "<path class=\"grid\" d=\"M@ @H@\" "
                                 "stroke=\"#e3e3e3\"/>\n",
                        svg->left, y, svg->right);
        tflow_i_svg_put(text,
                        "<text class=\"muted\" x=\"@\" y=\"@\" fill=\"#5a5a5a\" "
                        "text-anchor=\"end\">",
                        svg->left - 8, y + 4.2);
        tflow_i_axis_label(text, axis, k,
                           (svg->plot->chart.flags & TFLOW_CHART_PERCENT) != 0, 0);
        tflow_i_text_add(text, "</text>\n");
    }
}

static void position_label(tflow_i_svg *svg, size_t i, double room)
{
    const char *label = tflow_i_plot_label(&svg->plot->chart, i);
    double ems = tflow_i_plot_ems(label), x = tflow_i_svg_x(svg, i);
    tflow_i_text shown = {0};

    /* One label may be wider than all the room there is. */
    size_t n = tflow_i_plot_break(label, fmax(room, 24) / 12, 0, 0);
    tflow_i_text_add_n(&shown, label, n);
    if (label[n] != '\0')
        tflow_i_text_add(&shown, "\xe2\x80\xa6");
    double half = fmin(ems * 12, fmax(room, 24)) / 2;
    x = fmax(fmin(x, svg->width - half - 2), half + 2);
    tflow_i_svg_put(svg->text,
                    "<text class=\"muted\" x=\"@\" y=\"@\" fill=\"#5a5a5a\" "
                    "text-anchor=\"middle\">$</text>\n",
                    x, svg->bottom + 19, shown.failed ? "" : shown.data);
    svg->text->failed |= shown.failed;
    tflow_i_text_clear(&shown);
}

static void position_axis(tflow_i_svg *svg)
{
    const tflow_chart *chart = &svg->plot->chart;
    double slot = tflow_i_svg_slot(svg), widest = 0;

    for (size_t i = 0; i < chart->n; i++)
        widest = fmax(widest, 12 * tflow_i_plot_ems(tflow_i_plot_label(chart, i)));
    if (widest == 0)
        return;
    tflow_i_thin thin = tflow_i_plot_thin(chart, (widest + 10) / slot);
    double room = slot * (double)thin.every - 6;
    if (thin.every >= chart->n)
        room = svg->right - svg->left;
    for (size_t i = 0; i < chart->n; i++) {
        int shows = tflow_i_thin_shows(thin, i);
        if (!shows && slot < 4)
            continue;
        tflow_i_svg_put(
            svg->text, "<path class=\"axis\" d=\"M@ @V@\" stroke=\"#8a8a8a\"/>\n",
            tflow_i_svg_x(svg, i), svg->bottom, svg->bottom + (shows ? 5.0 : 3.0));
        if (shows)
            position_label(svg, i, room);
    }
}

/* A line before the first position that is not observed yet. */
static void forecast_border(tflow_i_svg *svg)
{
    size_t first = svg->plot->forecast;

    if (first == 0 || first >= svg->plot->chart.n)
        return;
    double x = (tflow_i_svg_x(svg, first - 1) + tflow_i_svg_x(svg, first)) / 2;
    tflow_i_svg_put(svg->text,
                    "<path class=\"axis\" d=\"M@ @V@\" stroke=\"#8a8a8a\" "
                    "stroke-dasharray=\"3 3\"/>\n",
                    x, svg->top - 14, svg->bottom);
    if (svg->width - x > 70)
        tflow_i_svg_put(svg->text,
                        "<text class=\"muted\" x=\"@\" y=\"@\" fill=\"#5a5a5a\" "
                        "font-size=\"11.5\" font-style=\"italic\">forecast</text>\n",
                        x + 6, svg->top - 6);
}

/* ---- series ---- */

static void line(tflow_i_svg *svg, const tflow_chart_series *series,
                 tflow_i_style style)
{
    size_t n = svg->plot->chart.n;
    int pen = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(series->values[i])) {
            pen = pen == 0 ? 0 : -1; /* lifted: a gap */
            continue;
        }
        const char *format = pen == 0  ? "<path class=\"line\" d=\"M@ @"
                             : pen < 0 ? "M@ @"
                                       : "L@ @";
        tflow_i_svg_put(svg->text, format, tflow_i_svg_x(svg, i),
                        tflow_i_svg_y(svg, series->values[i]));
        pen = 1;
    }
    if (pen == 0)
        return;
    tflow_i_text_char(svg->text, '"');
    tflow_i_svg_stroke(svg->text, style);
    tflow_i_text_add(svg->text, "/>\n");
}

/* Whether position i of a crowded line shows its marker: enough to tell lines apart by
 * shape, and every point that no line reaches. */
static int marked(const tflow_i_svg *svg, const tflow_chart_series *series, size_t i)
{
    size_t n = svg->plot->chart.n;
    double slot = tflow_i_svg_slot(svg);

    if (series->kind == TFLOW_CHART_POINTS || slot >= 9)
        return 1;
    int alone = (i == 0 || !isfinite(series->values[i - 1])) &&
                (i + 1 == n || !isfinite(series->values[i + 1]));
    return alone || i % (size_t)ceil(45 / slot) == 0;
}

static void markers(tflow_i_svg *svg, const tflow_chart_series *series,
                    tflow_i_style style)
{
    const tflow_i_plot *plot = svg->plot;
    int tips = plot->chart.n * plot->chart.n_series <= TOOLTIPS;
    double radius = tflow_i_svg_slot(svg) < 14 ? 2.6 : 3.4;

    for (size_t i = 0; i < plot->chart.n; i++) {
        if (!isfinite(series->values[i]) || !marked(svg, series, i))
            continue;
        if (tips)
            tflow_i_svg_tip(svg, series, i);
        tflow_i_svg_marker(svg->text, style, tflow_i_svg_x(svg, i),
                           tflow_i_svg_y(svg, series->values[i]), radius);
        tflow_i_text_add(svg->text, tips ? "</g>\n" : "\n");
    }
}

static void draw_bars(tflow_i_svg *svg, size_t series)
{
    const tflow_chart *chart = &svg->plot->chart;
    const tflow_chart_series *s = &chart->series[series];
    int tips = chart->n * chart->n_series <= TOOLTIPS;
    double zero = tflow_i_svg_y(svg, 0);

    for (size_t i = 0; i < chart->n; i++) {
        tflow_i_box box = tflow_i_svg_bar_box(svg, series, i);
        if (isfinite(s->values[i])) {
            double y = tflow_i_svg_y(svg, s->values[i]);
            box.top = fmin(y, zero);
            box.bottom = fmax(y, zero);
            if (tips)
                tflow_i_svg_tip(svg, s, i);
            tflow_i_svg_bar(svg->text, chart, tflow_i_plot_style(chart, series), box);
            tflow_i_text_add(svg->text, tips ? "</g>\n" : "\n");
        } else if (tflow_i_plot_missing(chart, series, i) && box.right - box.left > 4) {
            /* Nothing would look like zero. */
            tflow_i_svg_put(svg->text,
                            "<text class=\"muted\" x=\"@\" y=\"@\" fill=\"#5a5a5a\" "
                            "font-size=\"10.5\" text-anchor=\"middle\">$</text>\n",
                            (box.left + box.right) / 2, zero - 4,
                            box.right - box.left > 22 ? "n/a" : "\xc3\x97");
        }
    }
}

void tflow_i_svg_series(tflow_i_svg *svg)
{
    const tflow_i_plot *plot = svg->plot;
    const tflow_chart *chart = &plot->chart;

    svg->axis = tflow_i_axis_of(plot, svg->bottom - svg->top > 180 ? 5 : 3);
    room_below(svg);
    svg->left = 24 + labels_width(plot, &svg->axis);
    svg->right = svg->width - 18;
    value_axis(svg);
    position_axis(svg);
    forecast_border(svg);

    /* Wide things first: bands under bars under lines under markers. */
    for (size_t s = 0; s < chart->n_series; s++) {
        tflow_i_svg_open(svg->text, tflow_i_plot_style(chart, s));
        if (chart->series[s].kind == TFLOW_CHART_LINE)
            tflow_i_svg_bands(svg, &chart->series[s]);
        else if (chart->series[s].kind == TFLOW_CHART_BAR)
            draw_bars(svg, s);
        tflow_i_text_add(svg->text, "</g>\n");
    }
    for (size_t s = 0; s < chart->n_series; s++) {
        const tflow_chart_series *series = &chart->series[s];
        tflow_i_style style = tflow_i_plot_style(chart, s);
        tflow_i_svg_open(svg->text, style);
        if (series->kind == TFLOW_CHART_LINE)
            line(svg, series, style);
        else
            tflow_i_svg_whiskers(svg, s);
        if (series->kind != TFLOW_CHART_BAR)
            markers(svg, series, style);
        tflow_i_text_add(svg->text, "</g>\n");
    }
    tflow_i_svg_marks(svg);
    tflow_i_svg_values(svg);
}
