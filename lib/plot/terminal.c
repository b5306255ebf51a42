/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/terminal.h"

static const struct {
    const char *unicode, *ascii;
} glyphs[TFLOW_I_GLYPHS] = {
    {" ", " "},
    {"\xe2\x96\x81", "."}, /* one eighth */
    {"\xe2\x96\x82", "."},
    {"\xe2\x96\x83", ":"},
    {"\xe2\x96\x84", ":"},
    {"\xe2\x96\x85", ":"},
    {"\xe2\x96\x86", "#"},
    {"\xe2\x96\x87", "#"},
    {"\xe2\x96\x88", "#"}, /* a full block */
    {"\xe2\x96\x80", "'"}, /* its upper half */
    {"\xe2\x94\x80", "-"},
    {"\xc2\xb7", "."},
    {"\xe2\x94\x82", ":"},
    {"\xe2\x94\x83", "|"},
    {"\xe2\x97\x8b", "o"},
    {"!", "!"},
    {"\xe2\x97\x8f", "*"}, /* circle, square, triangle, diamond, ... */
    {"\xe2\x96\xa0", "x"},
    {"\xe2\x96\xb2", "+"},
    {"\xe2\x97\x86", "@"},
    {"\xe2\x96\xbc", "%"},
    {"\xe2\x96\xa1", "&"},
    {"\xe2\x97\x87", "$"},
};

const char *tflow_i_glyph_text(int glyph, int ascii)
{
    return ascii ? glyphs[glyph].ascii : glyphs[glyph].unicode;
}

size_t tflow_i_terminal_blocks(const tflow_chart *chart)
{
    size_t found = chart->n_series;

    for (size_t s = 0; s < chart->n_series; s++) {
        if (chart->series[s].role == TFLOW_CHART_FORECAST)
            continue;
        if (found < chart->n_series || chart->series[s].kind == TFLOW_CHART_POINTS ||
            (chart->series[s].kind == TFLOW_CHART_LINE &&
             chart->flags & TFLOW_CHART_FREE_AXIS))
            return chart->n_series;
        found = s;
    }
    return found;
}

tflow_status tflow_chart_text(const tflow_chart *chart, size_t width, unsigned flags,
                              char **out, tflow_error *error)
{
    tflow_i_text text = {0};
    tflow_i_plot plot;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the chart");
    *out = NULL;
    if (width < 24 || width > 1000)
        return tflow_i_fail(error, TFLOW_EINVAL, "%zu columns, expected 24 to 1000",
                            width);
    if ((flags & ~(unsigned)TFLOW_TEXT_ASCII) != 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "unknown text flags");
    tflow_status status = tflow_i_plot_check(chart, &plot, error);
    if (status != TFLOW_OK)
        return status;

    tflow_i_terminal to = {&text, &plot, width, (flags & TFLOW_TEXT_ASCII) != 0};
    tflow_i_terminal_head(&to);
    if (!plot.any)
        tflow_i_text_add(&text, "no data\n");
    else if (plot.chart.flags & TFLOW_CHART_RANKING)
        tflow_i_terminal_ranking(&to);
    else
        status = tflow_i_terminal_grid(&to, error);
    tflow_i_terminal_foot(&to);
    if (status != TFLOW_OK) {
        tflow_i_text_clear(&text);
        return status;
    }
    *out = tflow_i_text_take(&text);
    return *out == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}
