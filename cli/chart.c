/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of results: periods along the axis, or shares as horizontal bars. */
#include "cli.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double *numbers(const tflow_table *t, const char *name, const char **unit)
{
    size_t column;
    if (tflow_table_find(t, name, &column) != TFLOW_OK)
        return NULL;
    if (unit != NULL)
        *unit = tflow_table_unit(t, column);
    return tflow_table_float64(t, column);
}

/* What stands at a row: its period, or the first key. */
static const char *label(const tflow_table *t, size_t row, int ranking, char *buffer)
{
    size_t column;
    if (!ranking && tflow_table_find(t, "period", &column) == TFLOW_OK)
        return tflow_period_format(tflow_table_periods(t, column)[row], buffer);
    const char *text = "";
    for (size_t c = 0; c < tflow_table_columns(t); c++) {
        const char *name = tflow_table_name(t, c);
        if (tflow_table_type(t, c) == TFLOW_KEY && strcmp(name, "flow") != 0 &&
            strcmp(name, "reporter") != 0) {
            text = tflow_table_label(t, c, tflow_table_codes(t, c)[row]);
            break;
        }
    }
    snprintf(buffer, TFLOW_PERIOD_SIZE, "%s", text == NULL ? "" : text);
    return buffer;
}

static int put_chart(const options *o, const tflow_chart *chart)
{
    tflow_error error = TFLOW_ERROR_INIT;
    char *text = NULL;
    int svg = strncmp(o->chart, "svg:", 4) == 0;
    int width = terminal_width();
    tflow_status status =
        svg ? tflow_chart_svg(chart, &text, &error)
            : tflow_chart_text(chart, width < 24 ? 80 : (size_t)width,
                               plain_terminal() ? TFLOW_TEXT_ASCII : 0, &text, &error);
    if (status != TFLOW_OK)
        return complain(o, &error);
    int code = put_text(o, svg ? o->chart + 4 : NULL, text);
    tflow_text_free(text);
    return code;
}

int draw_chart(const options *o, const char *operation, const tflow_table *result)
{
    int ranking = strcmp(operation, "share") == 0;
    size_t n = tflow_table_rows(result);
    const char *unit = "";
    const double *values = numbers(result, ranking ? "share" : "value", &unit);
    if (strcmp(o->chart, "text") != 0 && strncmp(o->chart, "svg:", 4) != 0)
        return complain_text(
            BAD_USAGE, "--chart: found \"%s\", expected text or svg:FILE", o->chart);
    if (values == NULL)
        return complain_text(BAD_USAGE, "%s has nothing to draw", operation);
    if (ranking && n > 25)
        n = 25;
    char(*texts)[TFLOW_PERIOD_SIZE] = calloc(n + 1, sizeof *texts);
    const char **labels = calloc(n + 1, sizeof *labels);
    if (texts == NULL || labels == NULL) {
        free(texts);
        free(labels);
        return complain_text(BAD_IO, "out of memory%s", "");
    }
    int code = DONE;
    for (size_t i = 0; i < n && code == DONE; i++)
        labels[i] = label(result, i, ranking, texts[i]);
    tflow_chart_series series = {
        operation, values, TFLOW_CHART_LINE, TFLOW_CHART_OBSERVED, 0, NULL};
    tflow_chart_band bands[2];
    bands[0].level = 0.8;
    bands[0].lower = numbers(result, "lower_80", NULL);
    bands[0].upper = numbers(result, "upper_80", NULL);
    bands[1].level = 0.95;
    bands[1].lower = numbers(result, "lower_95", NULL);
    bands[1].upper = numbers(result, "upper_95", NULL);
    if (bands[0].lower != NULL && bands[1].lower != NULL) {
        series.n_bands = 2;
        series.bands = bands;
    }
    tflow_chart chart = TFLOW_CHART_INIT;
    chart.title = operation;
    chart.unit = unit;
    chart.n = n;
    chart.labels = labels;
    chart.n_series = 1;
    chart.series = &series;
    if (ranking) {
        series.kind = TFLOW_CHART_BAR;
        chart.flags = TFLOW_CHART_RANKING | TFLOW_CHART_PERCENT;
    }
    if (code == DONE)
        code = put_chart(o, &chart);
    free(texts);
    free(labels);
    return code;
}
