/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg.h"

/* Okabe and Ito's palette, the strongest contrasts with the ground first; yellow is too
 * pale on white, blue and black too dark on black. */
static const char *const light[TFLOW_I_PLOT_STYLES] = {
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000",
};
static const char *const dark[TFLOW_I_PLOT_STYLES] = {
    "#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#ffffff",
};

/* Dots belong to forecasts, dashes to everything else. */
static const char *const dashes[TFLOW_I_PLOT_STYLES] = {
    "", "9 4", "14 3 3 3", "5 3", "14 3 3 3 3 3", "20 4", "9 3 5 3",
};
static const char *const dots[TFLOW_I_PLOT_STYLES] = {
    "0.1 5", "0.1 5 0.1 5 6 5", "0.1 8", "0.1 4 0.1 9", "3 8", "0.1 5 3 5", "0.1 11",
};

static const struct {
    const char *name, *property, *variable, *light, *dark;
} colours[] = {
    {"bg", "fill", "background", "#ffffff", "#17191c"},
    {"ink", "fill", "ink", "#1a1a1a", "#f0f0f0"},
    {"muted", "fill", "muted", "#5a5a5a", "#b0b4ba"},
    {"grid", "stroke", "grid", "#e3e3e3", "#33373c"},
    {"axis", "stroke", "axis", "#8a8a8a", "#858b93"},
    {"halo", "stroke", "background", "#ffffff", "#17191c"},
    {"hatch", "stroke", "background", "#ffffff", "#17191c"},
};

static void rules(tflow_i_text *text, const char *id, int is_dark)
{
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
        tflow_i_svg_put(text, "#$ .$ { $: var(--tflow-$, $); }\n", id, colours[i].name,
                        colours[i].property, colours[i].variable,
                        is_dark ? colours[i].dark : colours[i].light);
    for (int i = 0; i < TFLOW_I_PLOT_STYLES; i++)
        tflow_i_svg_put(text, "#$ .c@ { color: var(--tflow-@, $); }\n", id, i + 1.0,
                        i + 1.0, is_dark ? dark[i] : light[i]);
}

/* Rules name the id of the chart: a style sheet inside HTML rules the whole page. A
 * reader that knows no variables keeps the attributes on the elements. */
void tflow_i_svg_sheet(tflow_i_text *text, const tflow_chart *chart)
{
    tflow_i_svg_put(text,
                    "<style type=\"text/css\">\n#$ { max-width: 100%; height: auto; }\n"
                    "#$ .halo { paint-order: stroke; }\n",
                    chart->id, chart->id);
    rules(text, chart->id, 0);
    if ((chart->flags & TFLOW_CHART_LIGHT) == 0) {
        tflow_i_text_add(text, "@media (prefers-color-scheme: dark) {\n");
        rules(text, chart->id, 1);
        tflow_i_text_add(text, "}\n");
    }
    tflow_i_text_add(text, "</style>\n");
}

/* Strokes in an 8 by 8 tile, none for the first series. */
static const char *const hatches[TFLOW_I_PLOT_STYLES] = {
    NULL,
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
    "M0 2H8M0 6H8",
    "M2 0V8M6 0V8",
    "M0 4H8M4 0V8",
    "M2 2h2v2h-2zM6 6h2v2h-2z",
};

static int bars(const tflow_chart *chart, size_t series)
{
    return chart->flags & TFLOW_CHART_RANKING ||
           chart->series[series].kind == TFLOW_CHART_BAR;
}

void tflow_i_svg_patterns(tflow_i_text *text, const tflow_chart *chart)
{
    int written[TFLOW_I_PLOT_STYLES] = {1};
    int any = 0;

    for (size_t s = 0; s < chart->n_series; s++) {
        tflow_i_style style = tflow_i_plot_style(chart, s);
        int hatch = style.shape;
        if (!bars(chart, s) || style.forecast || written[hatch])
            continue;
        written[hatch] = 1;
        tflow_i_text_add(text, any ? "" : "<defs>\n");
        any = 1;
        tflow_i_svg_put(text,
                        "<pattern id=\"$-h@\" width=\"8\" height=\"8\" "
                        "patternUnits=\"userSpaceOnUse\"><path class=\"hatch\" "
                        "d=\"$\" fill=\"none\" stroke=\"#ffffff\" "
                        "stroke-width=\"1.4\"/></pattern>\n",
                        chart->id, hatch + 1.0, hatches[hatch]);
    }
    tflow_i_text_add(text, any ? "</defs>\n" : "");
}

void tflow_i_svg_open(tflow_i_text *text, tflow_i_style style)
{
    tflow_i_svg_put(text, "<g class=\"c@\" color=\"$\">\n", style.colour + 1.0,
                    light[style.colour]);
}

void tflow_i_svg_stroke(tflow_i_text *text, tflow_i_style style)
{
    const char *dash = (style.forecast ? dots : dashes)[style.dash];

    tflow_i_text_add(text, " fill=\"none\" stroke=\"currentColor\" "
                           "stroke-linejoin=\"round\"");
    tflow_i_svg_put(text, style.forecast
                              ? " stroke-width=\"2.8\" stroke-linecap=\"round\""
                              : " stroke-width=\"2.2\"");
    if (*dash != '\0')
        tflow_i_svg_put(text, " stroke-dasharray=\"$\"", dash);
}

void tflow_i_svg_marker(tflow_i_text *text, tflow_i_style style, double x, double y,
                        double r)
{
    const char *paint = style.hollow
                            ? " class=\"bg\" fill=\"#ffffff\" stroke=\"currentColor\" "
                              "stroke-width=\"1.7\""
                            : " fill=\"currentColor\"";

    switch (style.shape) {
    case 0:
        tflow_i_svg_put(text, "<circle cx=\"@\" cy=\"@\" r=\"@\"", x, y, r);
        break;
    case 1:
        tflow_i_svg_put(text, "<rect x=\"@\" y=\"@\" width=\"@\" height=\"@\"",
                        x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
        break;
    case 2:
        tflow_i_svg_put(text, "<path d=\"M@ @L@ @L@ @Z\"", x, y - 1.3 * r, x + 1.2 * r,
                        y + 0.9 * r, x - 1.2 * r, y + 0.9 * r);
        break;
    case 3:
        tflow_i_svg_put(text, "<path d=\"M@ @L@ @L@ @L@ @Z\"", x, y - 1.4 * r,
                        x + 1.4 * r, y, x, y + 1.4 * r, x - 1.4 * r, y);
        break;
    case 4:
        tflow_i_svg_put(text, "<path d=\"M@ @L@ @L@ @Z\"", x, y + 1.3 * r, x + 1.2 * r,
                        y - 0.9 * r, x - 1.2 * r, y - 0.9 * r);
        break;
    case 5:
        paint = " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"";
        tflow_i_svg_put(text, "<path d=\"M@ @V@M@ @H@\"", x, y - 1.3 * r, y + 1.3 * r,
                        x - 1.3 * r, y, x + 1.3 * r);
        break;
    default:
        paint = " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"";
        tflow_i_svg_put(text, "<path d=\"M@ @L@ @M@ @L@ @\"", x - r, y - r, x + r,
                        y + r, x - r, y + r, x + r, y - r);
    }
    tflow_i_text_add(text, paint);
    tflow_i_text_add(text, "/>");
}

void tflow_i_svg_bar(tflow_i_text *text, const tflow_chart *chart, tflow_i_style style,
                     tflow_i_box box)
{
    double width = box.right - box.left, height = box.bottom - box.top;

    tflow_i_svg_put(text,
                    "<rect x=\"@\" y=\"@\" width=\"@\" height=\"@\" "
                    "fill=\"currentColor\"",
                    box.left, box.top, width, height);
    if (style.forecast)
        tflow_i_text_add(text, " fill-opacity=\"0.25\" stroke=\"currentColor\" "
                               "stroke-width=\"1.2\" stroke-dasharray=\"2 2\"");
    tflow_i_text_add(text, "/>");
    if (!style.forecast && style.shape > 0)
        tflow_i_svg_put(text,
                        "<rect x=\"@\" y=\"@\" width=\"@\" height=\"@\" "
                        "fill=\"url(#$-h@)\"/>",
                        box.left, box.top, width, height, chart->id, style.shape + 1.0);
}
