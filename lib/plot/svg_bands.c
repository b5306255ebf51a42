/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg_parts.h"

int tflow_i_svg_place(const tflow_chart *chart, size_t series, size_t *place,
                      size_t *n_bars)
{
    int observed = 0; /* whether the last bars seen were not a forecast */

    *place = *n_bars = 0;
    for (size_t s = 0; s < chart->n_series; s++) {
        int forecast = chart->series[s].role == TFLOW_CHART_FORECAST;
        if (chart->series[s].kind != TFLOW_CHART_BAR)
            continue;
        if (!forecast || !observed)
            ++*n_bars;
        if (s == series)
            *place = *n_bars - 1;
        observed = !forecast;
    }
    return chart->series[series].kind == TFLOW_CHART_BAR;
}

tflow_i_box tflow_i_svg_bar_box(const tflow_i_svg *svg, size_t series, size_t i)
{
    size_t place, n_bars;

    tflow_i_svg_place(&svg->plot->chart, series, &place, &n_bars);
    double slot = tflow_i_svg_slot(svg);
    double group = fmin(slot * 0.8, 64.0 * (double)n_bars);
    double bar = group / (double)n_bars, gap = bar > 6 ? 1 : 0;
    double left = tflow_i_svg_x(svg, i) - group / 2 + bar * (double)place;

    return (tflow_i_box){left + gap, 0, left + bar - gap, 0};
}

double tflow_i_svg_point_x(const tflow_i_svg *svg, size_t series, size_t i)
{
    if (svg->plot->chart.series[series].kind != TFLOW_CHART_BAR)
        return tflow_i_svg_x(svg, i);
    tflow_i_box box = tflow_i_svg_bar_box(svg, series, i);
    return (box.left + box.right) / 2;
}

void tflow_i_svg_tip(tflow_i_svg *svg, const tflow_chart_series *series, size_t i)
{
    const char *label = tflow_i_plot_label(&svg->plot->chart, i);

    tflow_i_text_add(svg->text, "<g><title>");
    if (series->name != NULL && *series->name != '\0')
        tflow_i_svg_put(svg->text, "$, ", series->name);
    if (*label != '\0')
        tflow_i_svg_put(svg->text, "$: ", label);
    tflow_i_plot_value(svg->text, svg->plot, series->values[i], 0);
    tflow_i_text_add(svg->text, "</title>");
}

static int has(const tflow_chart_band *band, size_t i)
{
    return isfinite(band->lower[i]) && isfinite(band->upper[i]);
}

/* The area of one band from position first to the one before end. */
static void area(tflow_i_svg *svg, const tflow_chart_band *band, size_t first,
                 size_t end)
{
    tflow_i_text *text = svg->text;

    if (end - first == 1) {
        double half = fmin(tflow_i_svg_slot(svg) / 4, 8);
        double x = tflow_i_svg_x(svg, first);
        tflow_i_svg_put(text, "<path d=\"M@ @H@V@H@Z\"", x - half,
                        tflow_i_svg_y(svg, band->upper[first]), x + half,
                        tflow_i_svg_y(svg, band->lower[first]), x - half);
    } else {
        tflow_i_text_add(text, "<path d=\"");
        for (size_t i = first; i < end; i++)
            tflow_i_svg_put(text, i == first ? "M@ @" : "L@ @", tflow_i_svg_x(svg, i),
                            tflow_i_svg_y(svg, band->upper[i]));
        for (size_t i = end; i-- > first;)
            tflow_i_svg_put(text, "L@ @", tflow_i_svg_x(svg, i),
                            tflow_i_svg_y(svg, band->lower[i]));
        tflow_i_text_add(text, "Z\"");
    }
    tflow_i_text_add(text, " class=\"band\" fill=\"currentColor\" "
                           "fill-opacity=\"0.16\" stroke=\"currentColor\" "
                           "stroke-opacity=\"0.3\" stroke-width=\"0.8\"/>\n");
}

void tflow_i_svg_bands(tflow_i_svg *svg, const tflow_chart_series *series)
{
    size_t n = svg->plot->chart.n;

    /* They are translucent and lie on top of one another: any order looks the same. */
    for (size_t b = 0; b < series->n_bands; b++) {
        for (size_t i = 0; i < n; i++) {
            size_t first = i;
            while (i < n && has(&series->bands[b], i))
                i++;
            if (i > first)
                area(svg, &series->bands[b], first, i);
        }
    }
}

void tflow_i_svg_whiskers(tflow_i_svg *svg, size_t series)
{
    const tflow_chart_series *s = &svg->plot->chart.series[series];

    for (size_t b = 0; b < s->n_bands; b++) {
        const tflow_chart_band *band = &s->bands[b];
        for (size_t i = 0; i < svg->plot->chart.n; i++) {
            if (!has(band, i))
                continue;
            double x = tflow_i_svg_point_x(svg, series, i);
            double upper = tflow_i_svg_y(svg, band->upper[i]);
            double lower = tflow_i_svg_y(svg, band->lower[i]);
            /* The narrower interval has the wider cap and the heavier line. */
            double cap = 3 + 3 * (1 - band->level);
            tflow_i_svg_put(svg->text,
                            "<path class=\"whisker\" "
                            "d=\"M@ @H@M@ @V@M@ @H@\" fill=\"none\" "
                            "stroke=\"currentColor\" stroke-width=\"@\"/>\n",
                            x - cap, upper, x + cap, x, upper, lower, x - cap, lower,
                            x + cap, 1.2 + 4 * (1 - band->level));
        }
    }
}
