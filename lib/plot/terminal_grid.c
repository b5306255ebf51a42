/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/terminal.h"

#include <string.h>

#define ROWS 14     /* about as many as a chart has */
#define MOST_SLOT 6 /* columns of one position, its gap included */

typedef struct grid {
    const tflow_i_terminal *to;
    tflow_i_axis axis;
    int64_t base_tick;
    double base, step; /* of the axis row; of one interval between ticks */
    size_t per;        /* rows of one interval */
    size_t above, below;
    size_t labels; /* columns left of the axis */
    size_t group;  /* positions in one cell: 1 where there is room */
    size_t cells;
    size_t slot;
    size_t columns;
    unsigned char *glyphs; /* above + 1 + below rows */
} grid;

/* The mean of the values of a cell; NaN when all are missing. */
static double value_of(const grid *g, const double *values, size_t cell)
{
    size_t first = cell * g->group, end = first + g->group, n = 0;
    size_t positions = g->to->plot->chart.n;
    double mean = 0;

    end = end < positions ? end : positions;
    for (size_t i = first; i < end; i++)
        n += isfinite(values[i]) != 0;
    for (size_t i = first; i < end; i++)
        mean += isfinite(values[i]) ? values[i] / (double)n : 0;
    return n == 0 ? NAN : mean;
}

/* Distance from the axis row in rows, signed. */
static double rows_from_base(const grid *g, double value)
{
    return (value / 2 - g->base / 2) / (g->step / 2) * (double)g->per;
}

static void put(grid *g, size_t row, size_t column, int glyph)
{
    if (column < g->columns && row < g->above + 1 + g->below)
        g->glyphs[row * g->columns + column] = (unsigned char)glyph;
}

static int at(const grid *g, size_t row, size_t column)
{
    return g->glyphs[row * g->columns + column];
}

/* The row that shows a point at value: a value on a tick is in the row labelled so. */
static size_t row_of(const grid *g, double value)
{
    double rows = rows_from_base(g, value);

    if (rows == 0)
        return g->above;
    if (rows > 0) {
        size_t up = rows < 1 ? 1 : (size_t)ceil(rows - 1e-9);
        return g->above - (up > g->above ? g->above : up);
    }
    size_t down = rows > -1 ? 1 : (size_t)ceil(-rows - 1e-9);
    return g->above + (down > g->below ? g->below : down);
}

static size_t centre(const grid *g, size_t cell)
{
    return cell * g->slot + (g->slot > 1 ? (g->slot - 2) / 2 : 0);
}

/* One column of blocks. What is not zero shows, however small. */
static void block(grid *g, size_t cell, double value)
{
    double rows = rows_from_base(g, value);
    size_t wide = g->slot > 1 ? g->slot - 1 : 1;
    size_t eighths = (size_t)round(fabs(rows) * 8);

    if (value != 0 && eighths == 0)
        eighths = 1;
    for (size_t r = 0; r * 8 < eighths; r++) {
        size_t part = eighths - r * 8 > 8 ? 8 : eighths - r * 8;
        for (size_t c = cell * g->slot; c < cell * g->slot + wide; c++) {
            if (rows > 0 && r < g->above)
                put(g, g->above - 1 - r, c, TFLOW_I_BLOCK + (int)part - 1);
            else if (rows < 0)
                put(g, g->above + 1 + r, c,
                    part > 4 ? TFLOW_I_BLOCK + 7 : TFLOW_I_HANGING);
        }
    }
}

static void link_points(grid *g, size_t cell, double from, double to)
{
    size_t start = centre(g, cell);

    for (size_t c = 1; c < g->slot; c++) {
        double part = (double)c / (double)g->slot;
        size_t row = row_of(g, from * (1 - part) + to * part);
        if (at(g, row, start + c) == TFLOW_I_BLANK)
            put(g, row, start + c, TFLOW_I_LINK);
    }
}

static void whisker(grid *g, size_t cell, double lower, double upper, int glyph)
{
    if (!isfinite(lower) || !isfinite(upper))
        return;
    for (size_t row = row_of(g, fmax(lower, upper));
         row <= row_of(g, fmin(lower, upper)); row++)
        put(g, row, centre(g, cell), glyph);
}

static void whiskers(grid *g, const tflow_chart_series *series, size_t cell)
{
    size_t narrowest = 0;

    for (size_t b = 0; b < series->n_bands; b++) {
        const tflow_chart_band *band = &series->bands[b];
        whisker(g, cell, value_of(g, band->lower, cell), value_of(g, band->upper, cell),
                TFLOW_I_WIDE);
        if (band->level < series->bands[narrowest].level)
            narrowest = b;
    }
    if (series->n_bands > 1) {
        const tflow_chart_band *band = &series->bands[narrowest];
        whisker(g, cell, value_of(g, band->lower, cell), value_of(g, band->upper, cell),
                TFLOW_I_NARROW);
    }
}

static void draw_points(grid *g, size_t series)
{
    const tflow_chart *chart = &g->to->plot->chart;
    const tflow_chart_series *s = &chart->series[series];
    int glyph = s->role == TFLOW_CHART_FORECAST
                    ? TFLOW_I_FORECAST
                    : TFLOW_I_POINT + tflow_i_plot_style(chart, series).colour;

    for (size_t c = 0; c < g->cells; c++)
        whiskers(g, s, c);
    for (size_t c = 0; c < g->cells; c++) {
        double value = value_of(g, s->values, c);
        if (!isfinite(value))
            continue;
        put(g, row_of(g, value), centre(g, c), glyph);
        double next = c + 1 < g->cells ? value_of(g, s->values, c + 1) : NAN;
        if (isfinite(next) && s->kind == TFLOW_CHART_LINE && s->n_bands == 0)
            link_points(g, c, value, next);
    }
}

/* The axis runs below positions that have a value and is blank below those without:
 * this is how zero differs from missing. */
static void draw_axis(grid *g)
{
    const tflow_chart *chart = &g->to->plot->chart;

    for (size_t c = 0; c < g->cells; c++) {
        int any = 0;
        for (size_t s = 0; s < chart->n_series; s++)
            any |= isfinite(value_of(g, chart->series[s].values, c));
        for (size_t k = 0; k < g->slot && any; k++)
            put(g, g->above, c * g->slot + k, TFLOW_I_AXIS);
    }
}

static void draw_marks(grid *g)
{
    const tflow_chart *chart = &g->to->plot->chart;

    for (size_t m = 0; m < chart->n_marks; m++) {
        const tflow_chart_mark *mark = &chart->marks[m];
        size_t cell = mark->position / g->group;
        double value = chart->series[mark->series].values[mark->position];
        size_t row = g->above, column = centre(g, cell);
        if (isfinite(value))
            row = row_of(g, value);
        while (row > 0 && at(g, row, column) != TFLOW_I_BLANK)
            row--;
        put(g, row, column, TFLOW_I_DOUBT);
    }
}

static void tick_label(tflow_i_text *text, const grid *g, int64_t k)
{
    int percent = (g->to->plot->chart.flags & TFLOW_CHART_PERCENT) != 0;
    tflow_i_axis_label(text, &g->axis, k, percent, g->to->ascii);
}

static size_t label_columns(const grid *g)
{
    size_t widest = 0;

    for (int64_t k = g->axis.first; k <= g->axis.last; k++) {
        tflow_i_text label = {0};
        tick_label(&label, g, k);
        size_t columns =
            label.data == NULL ? 0 : tflow_i_plot_columns(label.data, g->to->ascii);
        widest = columns > widest ? columns : widest;
        tflow_i_text_clear(&label);
    }
    return widest;
}

static void layout(grid *g)
{
    const tflow_i_terminal *to = g->to;
    size_t n = to->plot->chart.n;

    g->axis = tflow_i_axis_of(to->plot, 4);
    g->base_tick = g->axis.last < 0    ? g->axis.last
                   : g->axis.first > 0 ? g->axis.first
                                       : 0;
    g->base = tflow_i_axis_tick(&g->axis, g->base_tick);
    g->step = tflow_i_axis_tick(&g->axis, 1);
    double up = fmax(ceil((g->axis.hi / 2 - g->base / 2) / (g->step / 2) - 1e-6), 0);
    double down = fmax(ceil((g->base / 2 - g->axis.lo / 2) / (g->step / 2) - 1e-6), 0);
    size_t intervals = (size_t)(up + down);
    g->per = intervals > ROWS || intervals == 0 ? 1 : ROWS / intervals;
    g->above = (size_t)up * g->per;
    g->below = (size_t)down * g->per;
    g->labels = label_columns(g);
    if (g->labels + 6 > to->width)
        g->labels = 0;
    size_t room = to->width - g->labels - 2;
    g->group = (n + room - 1) / room;
    g->cells = (n + g->group - 1) / g->group;
    g->slot = room / g->cells;
    if (g->slot > MOST_SLOT)
        g->slot = MOST_SLOT;
    g->columns = g->cells * g->slot;
}

static void write_row(const grid *g, size_t row)
{
    static const char *const edges[][2] = {
        {"\xe2\x94\x82", "|"}, {"\xe2\x94\xa4", "+"}, {"\xe2\x94\xbc", "+"}};
    const tflow_i_terminal *to = g->to;
    tflow_i_text line = {0}, label = {0};
    int64_t away = (int64_t)g->above - (int64_t)row, per = (int64_t)g->per;
    int tick = away % per == 0;
    int64_t k = g->base_tick + away / per;

    if (tick && g->labels > 0 && k >= g->axis.first && k <= g->axis.last)
        tick_label(&label, g, k);
    const char *shown = label.data == NULL ? "" : label.data;
    size_t used = tflow_i_plot_columns(shown, to->ascii);
    tflow_i_terminal_pad(&line, g->labels > used ? g->labels - used : 0);
    tflow_i_text_add(&line, shown);
    tflow_i_text_char(&line, ' ');
    tflow_i_text_add(&line, edges[row == g->above ? 2 : tick][to->ascii]);
    for (size_t c = 0; c < g->columns; c++)
        tflow_i_text_add(&line, tflow_i_glyph_text(at(g, row, c), to->ascii));
    line.failed |= label.failed;
    tflow_i_text_clear(&label);
    tflow_i_terminal_line(to, &line);
}

static void write_labels(const grid *g)
{
    const tflow_i_terminal *to = g->to;
    const tflow_chart *chart = &to->plot->chart;
    size_t widest = 0, used = 0;
    tflow_i_text line = {0};

    for (size_t i = 0; i < chart->n; i++) {
        size_t columns = tflow_i_plot_columns(tflow_i_plot_label(chart, i), to->ascii);
        widest = columns > widest ? columns : widest;
    }
    if (widest == 0)
        return;
    tflow_i_thin thin =
        tflow_i_plot_thin(chart, (double)((widest + 1) * g->group) / (double)g->slot);
    for (size_t i = 0; i < chart->n; i++) {
        const char *label = tflow_i_plot_label(chart, i);
        size_t columns = tflow_i_plot_columns(label, to->ascii);
        size_t middle = g->labels + 2 + centre(g, i / g->group);
        size_t start = middle > columns / 2 ? middle - columns / 2 : 0;
        if (!tflow_i_thin_shows(thin, i) || columns == 0)
            continue;
        if (start + columns > to->width)
            start = columns < to->width ? to->width - columns : 0;
        if (used > 0 && start <= used)
            continue;
        tflow_i_terminal_pad(&line, start - used);
        used = start + tflow_i_plot_clip(&line, label, to->width, to->ascii);
    }
    tflow_i_terminal_line(to, &line);
}

static void write_group(const grid *g)
{
    tflow_i_text words = {0};

    tflow_i_text_format(&words, "a column is the mean of %zu positions", g->group);
    if (!words.failed)
        tflow_i_terminal_words(g->to, words.data);
    g->to->text->failed |= words.failed;
    tflow_i_text_clear(&words);
}

tflow_status tflow_i_terminal_grid(const tflow_i_terminal *to, tflow_error *error)
{
    const tflow_chart *chart = &to->plot->chart;
    size_t blocks = tflow_i_terminal_blocks(chart);
    grid g;

    memset(&g, 0, sizeof g);
    g.to = to;
    layout(&g);
    size_t rows = g.above + 1 + g.below;
    g.glyphs = tflow_i_calloc(rows, g.columns);
    if (g.glyphs == NULL)
        return tflow_i_nomem(error);
    draw_axis(&g);
    for (size_t s = 0; s < chart->n_series; s++) {
        for (size_t c = 0; c < g.cells && s == blocks; c++) {
            double value = value_of(&g, chart->series[s].values, c);
            if (isfinite(value))
                block(&g, c, value);
            whiskers(&g, &chart->series[s], c);
        }
    }
    /* The first series last: where points meet, it is the one that shows. */
    for (size_t s = chart->n_series; s-- > 0;) {
        if (s != blocks)
            draw_points(&g, s);
    }
    draw_marks(&g);
    for (size_t row = 0; row < rows; row++)
        write_row(&g, row);
    write_labels(&g);
    if (g.group > 1)
        write_group(&g);
    tflow_i_free(g.glyphs);
    return TFLOW_OK;
}
