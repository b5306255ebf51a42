/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of results: lines over periods, or shares as horizontal bars. */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LINES 8   /* more lines than this cannot be told apart */
#define MOST_BARS 20   /* bars of a ranking */
#define MOST_KEYS 16   /* key columns of a result */
#define LABEL_SIZE 256 /* bytes of a name in a chart */
#define LEAST_WIDTH 24 /* of a chart of text */
#define MOST_WIDTH 1000

typedef struct plan {
    const tflow_table *table;
    const char *operation;
    size_t rows;
    size_t period; /* its column; SIZE_MAX for none */
    const double *values;
    const char *unit;
    size_t keys[MOST_KEYS]; /* columns whose texts differ between rows */
    size_t n_keys;
    int hang; /* a projection hangs on the last observation by a line */
    char title[512];
} plan;

/* What a drawing needs: kept until the text is there. */
typedef struct drawing {
    size_t n; /* positions */
    tflow_period *periods;
    char (*texts)[LABEL_SIZE]; /* labels of positions, then names of lines, and of what
                                  is ahead of them */
    const char **labels;
    double *numbers; /* values, then four ends of intervals, then forecasts */
    tflow_chart_series *series;
    tflow_chart_band *bands;
} drawing;

static const double *floats(const tflow_table *t, const char *name)
{
    size_t column;

    return tflow_table_find(t, name, &column) == TFLOW_OK
               ? tflow_table_float64(t, column)
               : NULL;
}

static void close_drawing(drawing *d)
{
    free(d->periods);
    free(d->texts);
    free(d->labels);
    free(d->numbers);
    free(d->series);
    free(d->bands);
}

/* ---- what the result is of ---- */

static int is_note(const char *name)
{
    static const char *const notes[] = {"reason", "method", "interval"};

    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (strcmp(name, notes[i]) == 0)
            return 1;
    return 0;
}

static const char *key_text(const tflow_table *t, size_t column, size_t row)
{
    int32_t code = tflow_table_codes(t, column)[row];
    const char *text = code < 0 ? NULL : tflow_table_label(t, column, code);

    return text == NULL ? "" : text;
}

/* Text that was cut to `size` bytes ends with a whole character of UTF-8. */
static void end_whole(char *text, size_t size)
{
    size_t n = strlen(text), start = n;

    if (n + 1 < size)
        return;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (start - 1 + length > n)
        text[start - 1] = '\0';
}

/* Keys that are alike in all rows go into the title, the others name the lines. */
static void find_keys(plan *p)
{
    size_t used = (size_t)snprintf(p->title, sizeof p->title, "%s", p->operation);

    for (size_t c = 0; c < tflow_table_columns(p->table); c++) {
        const char *name = tflow_table_name(p->table, c);
        if (tflow_table_type(p->table, c) != TFLOW_KEY || is_note(name))
            continue;
        int alike = 1;
        for (size_t r = 1; r < p->rows && alike; r++)
            alike = strcmp(key_text(p->table, c, r), key_text(p->table, c, 0)) == 0;
        if (!alike && p->n_keys < MOST_KEYS)
            p->keys[p->n_keys++] = c;
        else if (alike && used < sizeof p->title)
            used +=
                (size_t)snprintf(p->title + used, sizeof p->title - used, "%s %s %s",
                                 used == strlen(p->operation) ? ":" : ",", name,
                                 key_text(p->table, c, 0));
    }
    end_whole(p->title, sizeof p->title);
}

static int open_plan(const cli *c, const request *r, const tflow_table *table, plan *p)
{
    memset(p, 0, sizeof *p);
    p->table = table;
    p->operation = tflow_operation_name(r->operation);
    p->rows = tflow_table_rows(table);
    int share = strcmp(p->operation, "share") == 0;
    int growth = strcmp(p->operation, "growth") == 0;
    p->values = floats(table, share ? "share" : growth ? "growth" : "value");
    p->unit = share ? "share" : growth ? "growth" : "";
    p->hang = strcmp(r->chart, "text") != 0;
    if (tflow_table_find(table, "period", &p->period) != TFLOW_OK)
        p->period = SIZE_MAX;
    if (p->values == NULL || p->period == SIZE_MAX)
        return usage_error(c,
                           "--chart: a result of %s has nothing to draw; growth, share "
                           "and project have",
                           p->operation);
    if (p->rows == 0)
        return usage_error(c, "--chart: the result has no rows to draw");
    size_t column;
    if (!share && !growth && tflow_table_find(table, "value", &column) == TFLOW_OK)
        p->unit = tflow_table_unit(table, column);
    find_keys(p);
    return DONE;
}

static void name_row(const plan *p, size_t row, char *out)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t k = 0; k < p->n_keys && used < LABEL_SIZE; k++)
        used += (size_t)snprintf(out + used, LABEL_SIZE - used, "%s%s",
                                 k > 0 ? " " : "", key_text(p->table, p->keys[k], row));
    end_whole(out, LABEL_SIZE);
}

static int same_line(const plan *p, size_t a, size_t b)
{
    for (size_t k = 0; k < p->n_keys; k++)
        if (strcmp(key_text(p->table, p->keys[k], a),
                   key_text(p->table, p->keys[k], b)) != 0)
            return 0;
    return 1;
}

/* ---- lines over periods ---- */

static int by_period(const void *a, const void *b)
{
    const tflow_period *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The periods that occur, each once, in time. */
static void find_positions(const plan *p, drawing *d)
{
    const tflow_period *periods = tflow_table_periods(p->table, p->period);
    size_t n = 0;

    memcpy(d->periods, periods, p->rows * sizeof *periods);
    qsort(d->periods, p->rows, sizeof *d->periods, by_period);
    for (size_t i = 0; i < p->rows; i++)
        if (d->periods[i] != TFLOW_PERIOD_NONE &&
            (n == 0 || d->periods[i] != d->periods[n - 1]))
            d->periods[n++] = d->periods[i];
    d->n = n;
}

static size_t position_of(const drawing *d, tflow_period period)
{
    const tflow_period *found =
        bsearch(&period, d->periods, d->n, sizeof period, by_period);

    return found == NULL ? SIZE_MAX : (size_t)(found - d->periods);
}

/* Rows of one line come one after the other. */
static size_t count_lines(const plan *p)
{
    size_t lines = 1;

    for (size_t r = 1; r < p->rows; r++)
        lines += !same_line(p, r, r - 1);
    return lines;
}

static int is_forecast(const plan *p, size_t row)
{
    size_t column;

    return tflow_table_find(p->table, "status", &column) == TFLOW_OK &&
           tflow_table_bytes(p->table, column) != NULL &&
           tflow_table_bytes(p->table, column)[row] == 'F';
}

static int has_value(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            return 1;
    return 0;
}

/* One line: what was observed, and what is projected with its intervals. */
static void fill_line(const plan *p, drawing *d, size_t line, size_t first, size_t end)
{
    static const char *const names[] = {"lower_80", "upper_80", "lower_95", "upper_95"};
    const tflow_period *periods = tflow_table_periods(p->table, p->period);
    double *base = d->numbers + line * 6 * d->n;
    double *observed = base, *forecast = base + d->n;
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < 6 * d->n; i++)
        base[i] = NAN;
    for (size_t r = first; r < end; r++) {
        size_t at = position_of(d, periods[r]);
        if (at == SIZE_MAX)
            continue;
        if (!is_forecast(p, r)) {
            observed[at] = p->values[r];
            last = isnan(p->values[r]) ? last : at;
            continue;
        }
        forecast[at] = p->values[r];
        for (size_t k = 0; k < 4; k++) {
            const double *ends = floats(p->table, names[k]);
            base[(2 + k) * d->n + at] = ends == NULL ? NAN : ends[r];
        }
    }
    tflow_chart_series *s = &d->series[2 * line];
    s[0].values = observed;
    s[1].values = forecast;
    s[1].role = TFLOW_CHART_FORECAST;
    if (!has_value(forecast, d->n)) /* none, or refused */
        return;
    /* The projection hangs on the last observation. */
    for (size_t k = 1; k < 6 && last != SIZE_MAX && p->hang; k++)
        base[k * d->n + last] = observed[last];
    tflow_chart_band *bands = &d->bands[2 * line];
    for (size_t k = 0; k < 2; k++) {
        bands[k].level = k == 0 ? 0.8 : 0.95;
        bands[k].lower = base + (2 + 2 * k) * d->n;
        bands[k].upper = base + (3 + 2 * k) * d->n;
    }
    s[1].n_bands = 2;
    s[1].bands = bands;
}

static int fill_lines(const plan *p, drawing *d, tflow_chart *chart)
{
    size_t line = 0, n = 0;

    for (size_t i = 0; i < d->n; i++) {
        tflow_period_format(d->periods[i], d->texts[i]);
        d->labels[i] = d->texts[i];
    }
    for (size_t first = 0, end; first < p->rows; first = end, line++) {
        for (end = first + 1; end < p->rows && same_line(p, end, first); end++)
            ;
        fill_line(p, d, line, first, end);
        char *name = d->texts[d->n + line];
        name_row(p, first, name);
        d->series[2 * line].name = *name != '\0' ? name : NULL;
        char *ahead = d->texts[d->n + count_lines(p) + line];
        snprintf(ahead, LABEL_SIZE, "%.*s%sprojection", LABEL_SIZE - 16, name,
                 *name != '\0' ? ", " : "");
        d->series[2 * line + 1].name = ahead;
    }
    /* Lines without a single number are left out. */
    for (size_t i = 0; i < 2 * line; i++)
        if (has_value(d->series[i].values, d->n))
            d->series[n++] = d->series[i];
    chart->n_series = n;
    return DONE;
}

static int draw_lines(const cli *c, const plan *p, drawing *d, tflow_chart *chart)
{
    size_t lines = count_lines(p);

    if (lines > MOST_LINES)
        return usage_error(
            c,
            "--chart: %zu lines are too many for one chart; choose some with "
            "--reporter, --partner, --product or --flow",
            lines);
    d->periods = calloc(p->rows, sizeof *d->periods);
    if (d->periods == NULL)
        return no_memory(c);
    find_positions(p, d);
    d->texts = calloc(d->n + 2 * lines, sizeof *d->texts);
    d->labels = calloc(d->n + 1, sizeof *d->labels);
    d->numbers = calloc(lines * 6 * (d->n + 1), sizeof *d->numbers);
    d->series = calloc(2 * lines, sizeof *d->series);
    d->bands = calloc(2 * lines, sizeof *d->bands);
    if (d->texts == NULL || d->labels == NULL || d->numbers == NULL ||
        d->series == NULL || d->bands == NULL)
        return no_memory(c);
    return fill_lines(p, d, chart);
}

/* ---- shares as bars ---- */

static int is_single(const char *name)
{
    return strcmp(name, "flow") == 0 || strcmp(name, "reporter") == 0;
}

/* Shares of the last period, largest first, as they come. */
static int draw_ranking(const cli *c, plan *p, drawing *d, tflow_chart *chart)
{
    const tflow_period *periods = tflow_table_periods(p->table, p->period);
    tflow_period last = TFLOW_PERIOD_NONE;
    char label[TFLOW_PERIOD_SIZE];
    size_t used = strlen(p->title), found = 0;

    for (size_t r = 0; r < p->rows; r++)
        last = periods[r] > last ? periods[r] : last;
    d->texts = calloc(MOST_BARS, sizeof *d->texts);
    d->labels = calloc(MOST_BARS, sizeof *d->labels);
    d->numbers = calloc(MOST_BARS, sizeof *d->numbers);
    d->series = calloc(1, sizeof *d->series);
    if (d->texts == NULL || d->labels == NULL || d->numbers == NULL ||
        d->series == NULL)
        return no_memory(c);
    for (size_t r = 0; r < p->rows; r++) {
        if (periods[r] != last)
            continue;
        found++;
        if (d->n == MOST_BARS)
            continue;
        name_row(p, r, d->texts[d->n]);
        d->labels[d->n] = d->texts[d->n];
        d->numbers[d->n++] = p->values[r];
    }
    for (size_t k = 0; k < p->n_keys; k++)
        if (is_single(tflow_table_name(p->table, p->keys[k])))
            return usage_error(c, "--chart: shares of several totals; choose one %s",
                               tflow_table_name(p->table, p->keys[k]));
    snprintf(p->title + used, sizeof p->title - used, ", %s%s",
             tflow_period_format(last, label), found > d->n ? ", the largest" : "");
    d->series[0].values = d->numbers;
    d->series[0].kind = TFLOW_CHART_BAR;
    chart->n_series = 1;
    chart->flags = TFLOW_CHART_RANKING;
    return DONE;
}

int draw_chart(const cli *c, const request *r, const tflow_table *result, char **out)
{
    tflow_chart chart = TFLOW_CHART_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    drawing d = {0};
    plan p;
    int width = terminal_width() == 0 ? 80 : terminal_width();
    int ready = open_plan(c, r, result, &p);

    if (ready != DONE)
        return ready;
    int ranking = strcmp(p.operation, "share") == 0;
    int code =
        ranking ? draw_ranking(c, &p, &d, &chart) : draw_lines(c, &p, &d, &chart);
    chart.title = p.title;
    chart.unit = p.unit;
    if (ranking || strcmp(p.operation, "growth") == 0)
        chart.flags |= TFLOW_CHART_PERCENT;
    chart.n = d.n;
    chart.labels = d.labels;
    chart.series = d.series;
    if (code == DONE) {
        tflow_status status =
            strcmp(r->chart, "text") == 0
                ? tflow_chart_text(&chart,
                                   width < LEAST_WIDTH  ? LEAST_WIDTH
                                   : width > MOST_WIDTH ? MOST_WIDTH
                                                        : (size_t)width,
                                   c->ascii ? TFLOW_TEXT_ASCII : 0, out, &error)
                : tflow_chart_svg(&chart, out, &error);
        code = status == TFLOW_OK ? DONE : fail(c, &error);
    }
    close_drawing(&d);
    return code;
}
