/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg.h"

#include <string.h>

#define DEFAULT_WIDTH 760
#define PLOT_HEIGHT 290
#define LEAST_HEIGHT 60
#define X_LABELS 26 /* below the area: ticks and their labels */

void tflow_i_svg_put(tflow_i_text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    for (;;) {
        size_t plain = strcspn(format, "@$");
        tflow_i_text_add_n(text, format, plain);
        format += plain;
        if (*format == '\0')
            break;
        if (*format++ == '@')
            tflow_i_text_double(text, round(va_arg(args, double) * 10) / 10);
        else
            tflow_i_text_xml(text, va_arg(args, const char *));
    }
    va_end(args);
}

static double area_height(const tflow_i_plot *plot, double others)
{
    double height = plot->chart.flags & TFLOW_CHART_RANKING
                        ? tflow_i_svg_ranking_height(plot)
                        : PLOT_HEIGHT;

    if (plot->chart.height != 0)
        height = plot->chart.height - others;
    return height < LEAST_HEIGHT ? LEAST_HEIGHT : height;
}

static void open_root(tflow_i_text *out, const tflow_i_plot *plot, double width,
                      double height)
{
    const tflow_chart *chart = &plot->chart;
    tflow_i_text words = {0};

    if (chart->description != NULL && *chart->description != '\0')
        tflow_i_text_add(&words, chart->description);
    else
        tflow_i_plot_describe(&words, plot);
    tflow_i_svg_put(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" "
        "id=\"$\" width=\"@\" height=\"@\" viewBox=\"0 0 @ @\" "
        "role=\"img\" aria-labelledby=\"$-title $-desc\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n"
        "<title id=\"$-title\">$</title>\n<desc id=\"$-desc\">$</desc>\n",
        chart->id, width, height, width, height, chart->id, chart->id, chart->id,
        chart->title == NULL || *chart->title == '\0' ? "Chart" : chart->title,
        chart->id, words.failed ? "" : words.data);
    out->failed |= words.failed;
    tflow_i_text_clear(&words);
    tflow_i_svg_sheet(out, chart);
    tflow_i_svg_patterns(out, chart);
    tflow_i_svg_put(out,
                    "<rect class=\"bg\" width=\"@\" height=\"@\" fill=\"#ffffff\"/>\n",
                    width, height);
}

static void no_data(tflow_i_svg *svg)
{
    tflow_i_svg_put(svg->text,
                    "<text class=\"muted\" x=\"@\" y=\"@\" fill=\"#5a5a5a\" "
                    "font-size=\"14\" text-anchor=\"middle\">no data</text>\n",
                    svg->width / 2, svg->top / 2 + svg->bottom / 2);
}

tflow_status tflow_chart_svg(const tflow_chart *chart, char **out, tflow_error *error)
{
    tflow_i_text body = {0}, foot = {0}, whole = {0};
    tflow_i_svg svg;
    tflow_i_plot plot;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the chart");
    *out = NULL;
    tflow_status status = tflow_i_plot_check(chart, &plot, error);
    if (status != TFLOW_OK)
        return status;

    memset(&svg, 0, sizeof svg);
    svg.text = &body;
    svg.plot = &plot;
    svg.width = plot.chart.width == 0 ? DEFAULT_WIDTH : plot.chart.width;
    svg.top = tflow_i_svg_head(&svg) + 22;
    double below = X_LABELS + tflow_i_svg_foot(&svg, &foot) + 10;
    svg.bottom = svg.top + area_height(&plot, svg.top + below);
    if (!plot.any)
        no_data(&svg);
    else if (plot.chart.flags & TFLOW_CHART_RANKING)
        tflow_i_svg_ranking(&svg);
    else
        tflow_i_svg_series(&svg);

    open_root(&whole, &plot, svg.width, svg.bottom + below);
    tflow_i_text_add(&whole, body.data == NULL ? "" : body.data);
    if (foot.data != NULL)
        tflow_i_svg_put(&whole, "<g transform=\"translate(0 @)\">\n",
                        svg.bottom + X_LABELS);
    tflow_i_text_add(&whole, foot.data == NULL ? "" : foot.data);
    tflow_i_text_add(&whole, foot.data == NULL ? "</svg>\n" : "</g>\n</svg>\n");
    whole.failed |= body.failed | foot.failed;
    tflow_i_text_clear(&body);
    tflow_i_text_clear(&foot);
    *out = tflow_i_text_take(&whole);
    return *out == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}
