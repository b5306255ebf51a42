/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg.h"

#define BAR 18 /* pixels a bar takes, its gap included */
#define ROW_GAP 8

double tflow_i_svg_ranking_height(const tflow_i_plot *plot)
{
    const tflow_chart *chart = &plot->chart;
    double row = BAR * (double)(chart->n_series == 0 ? 1 : chart->n_series) + ROW_GAP;

    return row * (double)(chart->n == 0 ? 1 : chart->n);
}

static double across(const tflow_i_svg *svg, double value)
{
    return svg->left +
           tflow_i_axis_position(&svg->axis, value) * (svg->right - svg->left);
}

/* The widest value text, for the room right (negative 0) or left of the bars. */
static double values_width(const tflow_i_plot *plot, int negative)
{
    const tflow_chart *chart = &plot->chart;
    double widest = 0;

    for (size_t s = 0; s < chart->n_series; s++) {
        for (size_t i = 0; i < chart->n; i++) {
            tflow_i_text label = {0};
            double value = chart->series[s].values[i];
            if (!isfinite(value) || (value < 0) != negative)
                continue;
            tflow_i_plot_value(&label, plot, value, 0);
            if (label.data != NULL)
                widest = fmax(widest, 11.5 * tflow_i_plot_ems(label.data));
            tflow_i_text_clear(&label);
        }
    }
    return widest;
}

static void layout(tflow_i_svg *svg)
{
    const tflow_chart *chart = &svg->plot->chart;
    double names = 0;

    for (size_t i = 0; i < chart->n; i++)
        names = fmax(names, 12.5 * tflow_i_plot_ems(tflow_i_plot_label(chart, i)));
    names = fmin(names, svg->width * 0.4);
    double negative = values_width(svg->plot, 1);
    svg->left = 16 + names + 10 + (negative > 0 ? negative + 8 : 0);
    svg->right = svg->width - 16 - fmax(values_width(svg->plot, 0), 24) - 8;
    if (svg->right < svg->left + 40)
        svg->right = svg->left + 40;
}

static void grid(tflow_i_svg *svg)
{
    const tflow_i_axis *axis = &svg->axis;
    double free = -1e9;

    for (int64_t k = axis->first; k <= axis->last; k++) {
        double x = across(svg, tflow_i_axis_tick(axis, k));
        tflow_i_text label = {0};
        tflow_i_svg_put(svg->text,
                        k == 0 ? "<path class=\"axis\" d=\"M@ @V@\" stroke=\"#8a8a8a\" "
                                 "stroke-width=\"1.2\"/>\n"
                               : "<path class=\"grid\" d=\"M@ @V@\" "
                                 "stroke=\"#e3e3e3\"/>\n",
                        x, svg->top - 6, svg->bottom);
        tflow_i_axis_label(&label, axis, k,
                           (svg->plot->chart.flags & TFLOW_CHART_PERCENT) != 0, 0);
        const char *shown = label.data == NULL ? "" : label.data;
        double half = 6 * tflow_i_plot_ems(shown);
        if (x - half > free && x + half < svg->width - 2) {
            tflow_i_svg_put(svg->text,
                            "<text class=\"muted\" x=\"@\" y=\"@\" fill=\"#5a5a5a\" "
                            "text-anchor=\"middle\">$</text>\n",
                            x, svg->bottom + 17, shown);
            free = x + half + 8;
        }
        svg->text->failed |= label.failed;
        tflow_i_text_clear(&label);
    }
}

static void row_label(tflow_i_svg *svg, size_t i, double y)
{
    const char *label = tflow_i_plot_label(&svg->plot->chart, i);
    double room = svg->width * 0.4 / 12.5;
    tflow_i_text shown = {0};
    double x = 16;

    if (*label == '\0')
        return;
    size_t n = tflow_i_plot_break(label, room, 0, 0);
    tflow_i_text_add_n(&shown, label, n);
    if (label[n] != '\0')
        tflow_i_text_add(&shown, "\xe2\x80\xa6");
    tflow_i_svg_put(svg->text,
                    "<text class=\"ink\" x=\"@\" y=\"@\" fill=\"#1a1a1a\" "
                    "font-size=\"12.5\">",
                    x, y + 4.4);
    if (label[n] != '\0')
        tflow_i_svg_put(svg->text, "<title>$</title>", label);
    tflow_i_svg_put(svg->text, "$</text>\n", shown.failed ? "" : shown.data);
    svg->text->failed |= shown.failed;
    tflow_i_text_clear(&shown);
}

static void bar(tflow_i_svg *svg, size_t series, size_t i, double y, double height)
{
    const tflow_chart *chart = &svg->plot->chart;
    const tflow_chart_series *s = &chart->series[series];
    double zero = across(svg, 0), value = s->values[i], end = zero;

    if (isfinite(value)) {
        end = across(svg, value);
        tflow_i_box box = {fmin(zero, end), y, fmax(zero, end), y + height};
        tflow_i_svg_open(svg->text, tflow_i_plot_style(chart, series));
        tflow_i_svg_bar(svg->text, chart, tflow_i_plot_style(chart, series), box);
        tflow_i_text_add(svg->text, "</g>\n");
    }
    if (chart->flags & TFLOW_CHART_NO_VALUES && isfinite(value))
        return;
    int left = isfinite(value) && value < 0;
    tflow_i_svg_put(svg->text,
                    "<text class=\"$\" x=\"@\" y=\"@\" fill=\"$\" font-size=\"11.5\" "
                    "text-anchor=\"$\">",
                    isfinite(value) ? "ink" : "muted", left ? end - 6 : end + 6,
                    y + height / 2 + 4.2, isfinite(value) ? "#1a1a1a" : "#5a5a5a",
                    left ? "end" : "start");
    if (isfinite(value))
        tflow_i_plot_value(svg->text, svg->plot, value, 0);
    else
        tflow_i_text_add(svg->text, "n/a");
    tflow_i_text_add(svg->text, "</text>\n");
}

static int doubtful(const tflow_chart *chart, size_t i)
{
    for (size_t m = 0; m < chart->n_marks; m++) {
        if (chart->marks[m].position == i)
            return 1;
    }
    return 0;
}

void tflow_i_svg_ranking(tflow_i_svg *svg)
{
    const tflow_chart *chart = &svg->plot->chart;
    double row = (svg->bottom - svg->top) / (double)chart->n;
    double gap = fmin(ROW_GAP, row / 3);
    double height = (row - gap) / (double)chart->n_series;
    double inner = height > 6 ? 2 : 0; /* between the bars of one row */

    layout(svg);
    double room = (svg->right - svg->left) / 80;
    svg->axis = tflow_i_axis_of(svg->plot, room < 2 ? 2 : room > 5 ? 5 : (int)room);
    grid(svg);
    for (size_t i = 0; i < chart->n; i++) {
        double y = svg->top + row * (double)i;
        row_label(svg, i, y + (row - gap) / 2);
        for (size_t s = 0; s < chart->n_series; s++)
            bar(svg, s, i, y + height * (double)s, height - inner);
        if (doubtful(chart, i))
            tflow_i_svg_put(svg->text,
                            "<text class=\"ink mark\" x=\"7\" y=\"@\" fill=\"#1a1a1a\" "
                            "font-weight=\"bold\">!</text>\n",
                            y + (row - gap) / 2 + 4.4);
    }
}
