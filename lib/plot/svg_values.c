/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg_parts.h"

#define SIZE 11.5

/* Whether no label has the box and it lies on the sheet. */
static int is_free(const tflow_i_svg *svg, tflow_i_box box)
{
    if (svg->n_boxes == TFLOW_I_SVG_BOXES || box.left < 2 ||
        box.right > svg->width - 2 || box.top < svg->top - 24 ||
        box.bottom > svg->bottom - 1)
        return 0;
    for (size_t i = 0; i < svg->n_boxes; i++) {
        const tflow_i_box *other = &svg->boxes[i];
        if (box.left < other->right && box.right > other->left &&
            box.top < other->bottom && box.bottom > other->top)
            return 0;
    }
    return 1;
}

static int take(tflow_i_svg *svg, tflow_i_box box)
{
    if (!is_free(svg, box))
        return 0;
    svg->boxes[svg->n_boxes++] = box;
    return 1;
}

void tflow_i_svg_marks(tflow_i_svg *svg)
{
    const tflow_chart *chart = &svg->plot->chart;

    for (size_t m = 0; m < chart->n_marks; m++) {
        const tflow_chart_mark *mark = &chart->marks[m];
        double value = chart->series[mark->series].values[mark->position];
        double x = tflow_i_svg_point_x(svg, mark->series, mark->position);
        /* A doubt about a missing value stands on the ground. */
        double y = isfinite(value) ? tflow_i_svg_y(svg, value) : svg->bottom;
        /* Above the number that stands on a bar. */
        if (chart->series[mark->series].kind == TFLOW_CHART_BAR)
            y -= 10;
        tflow_i_box box = {x - 8, y - 23, x + 8, y - 7};
        for (int up = 0; up < 6 && !take(svg, box); up++) {
            box.top -= 9;
            box.bottom -= 9;
        }
        y = (box.top + box.bottom) / 2;
        tflow_i_svg_put(svg->text,
                        "<g class=\"mark\"><title>$</title><circle class=\"bg\" "
                        "cx=\"@\" cy=\"@\" r=\"7.5\" fill=\"#ffffff\" "
                        "stroke=\"#d55e00\" stroke-width=\"1.5\"/><text class=\"ink\" "
                        "x=\"@\" y=\"@\" fill=\"#1a1a1a\" font-weight=\"bold\" "
                        "text-anchor=\"middle\">!</text></g>\n",
                        mark->note == NULL ? "doubtful" : mark->note, x, y, x, y + 4.4);
    }
}

/* How many lines of the chart run through the box, near position i. */
static int crossings(const tflow_i_svg *svg, tflow_i_box box, size_t i)
{
    const tflow_chart *chart = &svg->plot->chart;
    double width = box.right - box.left, slot = tflow_i_svg_slot(svg);
    size_t reach = (size_t)ceil((width + 10) / slot);
    size_t first = i > reach ? i - reach : 0;
    int count = 0;

    for (size_t s = 0; s < chart->n_series; s++) {
        const double *values = chart->series[s].values;
        if (chart->series[s].kind != TFLOW_CHART_LINE)
            continue;
        for (size_t k = first; k + 1 < chart->n && k <= i + reach; k++) {
            double x = tflow_i_svg_x(svg, k), y = tflow_i_svg_y(svg, values[k]);
            double rise = tflow_i_svg_y(svg, values[k + 1]) - y;
            int through = 0;
            for (int t = 0; t <= 16 && isfinite(y + rise); t++) {
                double px = x + slot * t / 16, py = y + rise * t / 16;
                through |= px > box.left && px < box.right && py > box.top - 2 &&
                           py < box.bottom + 2;
            }
            count += through;
        }
    }
    return count;
}

/* Find a free place for a label of the given half width: above, below, right, left of
 * the point, where the fewest lines run. Bars have one place, beyond their end. */
static int place(tflow_i_svg *svg, size_t series, size_t i, double half,
                 tflow_i_box *best)
{
    const tflow_chart_series *s = &svg->plot->chart.series[series];
    double x = tflow_i_svg_point_x(svg, series, i);
    double y = tflow_i_svg_y(svg, s->values[i]);
    int bar = s->kind == TFLOW_CHART_BAR, least = -1;
    double away = bar ? 3 : 7, side = half + 8;
    tflow_i_box places[] = {
        {x - half, y - away - SIZE, x + half, y - away},
        {x - half, y + away, x + half, y + away + SIZE},
        {x + side - half, y - SIZE / 2, x + side + half, y + SIZE / 2},
        {x - side - half, y - SIZE / 2, x - side + half, y + SIZE / 2},
    };

    if (bar) {
        *best = places[s->values[i] < 0];
        return take(svg, *best);
    }
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        int lines = crossings(svg, places[p], i);
        if ((least < 0 || lines < least) && is_free(svg, places[p])) {
            least = lines;
            *best = places[p];
        }
    }
    return least >= 0 && take(svg, *best);
}

static void write_value(tflow_i_svg *svg, size_t series, size_t i)
{
    tflow_i_text label = {0};
    tflow_i_box box;

    tflow_i_plot_value(&label, svg->plot, svg->plot->chart.series[series].values[i], 0);
    if (label.failed) {
        svg->text->failed = 1;
        tflow_i_text_clear(&label);
        return;
    }
    if (place(svg, series, i, tflow_i_plot_ems(label.data) * SIZE / 2, &box))
        tflow_i_svg_put(svg->text,
                        "<text class=\"ink halo\" x=\"@\" y=\"@\" fill=\"#1a1a1a\" "
                        "stroke=\"#ffffff\" stroke-width=\"3\" "
                        "stroke-linejoin=\"round\" paint-order=\"stroke\" "
                        "font-size=\"@\" text-anchor=\"middle\">$</text>\n",
                        (box.left + box.right) / 2, box.bottom - 1.5, SIZE, label.data);
    tflow_i_text_clear(&label);
}

/* Whether all values of a series are labelled: one line, or bars, with room. */
static int all_labelled(const tflow_i_svg *svg, size_t series)
{
    const tflow_chart *chart = &svg->plot->chart;
    size_t observed = 0;

    for (size_t s = 0; s < chart->n_series; s++)
        observed += chart->series[s].role != TFLOW_CHART_FORECAST;
    if (chart->series[series].kind != TFLOW_CHART_BAR && observed > 1)
        return 0;
    return tflow_i_svg_slot(svg) >= 26;
}

void tflow_i_svg_values(tflow_i_svg *svg)
{
    const tflow_chart *chart = &svg->plot->chart;

    if (chart->flags & TFLOW_CHART_NO_VALUES)
        return;
    /* The last value of each is what readers look for: it has the first choice. */
    for (size_t s = 0; s < chart->n_series; s++) {
        size_t i = chart->n;
        while (i > 0 && !isfinite(chart->series[s].values[i - 1]))
            i--;
        if (i > 0)
            write_value(svg, s, i - 1);
    }
    for (size_t s = 0; s < chart->n_series; s++) {
        const double *values = chart->series[s].values;
        size_t last = chart->n;
        while (last > 0 && !isfinite(values[last - 1]))
            last--;
        for (size_t i = 0; all_labelled(svg, s) && i + 1 < last; i++) {
            if (isfinite(values[i]))
                write_value(svg, s, i);
        }
    }
}
