/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/plot.h"

/* A screen reader reads this aloud: the shape of the data, not the data. */
#define ROWS_TOLD 10

static void at(tflow_i_text *text, const tflow_i_plot *plot, const double *values,
               size_t i)
{
    const char *label = tflow_i_plot_label(&plot->chart, i);

    tflow_i_plot_value(text, plot, values[i], 0);
    if (*label != '\0')
        tflow_i_text_format(text, " in %s", label);
}

static void describe_series(tflow_i_text *text, const tflow_i_plot *plot, size_t series)
{
    const tflow_chart *chart = &plot->chart;
    const tflow_chart_series *s = &chart->series[series];
    size_t n = 0, first = 0, last = 0, least = 0, most = 0, missing = 0;

    for (size_t i = 0; i < chart->n; i++) {
        missing += (size_t)tflow_i_plot_missing(chart, series, i);
        if (!isfinite(s->values[i]))
            continue;
        if (n++ == 0)
            first = least = most = i;
        last = i;
        if (s->values[i] < s->values[least])
            least = i;
        if (s->values[i] > s->values[most])
            most = i;
    }
    if (s->name != NULL && *s->name != '\0')
        tflow_i_text_format(text, " %s: ", s->name);
    else
        tflow_i_text_format(text, " Series %zu: ", series + 1);
    if (n == 0)
        tflow_i_text_add(text, "no values");
    else
        at(text, plot, s->values, first);
    if (n > 1) {
        tflow_i_text_add(text, " to ");
        at(text, plot, s->values, last);
    }
    if (n > 2) {
        tflow_i_text_add(text, ", lowest ");
        at(text, plot, s->values, least);
        tflow_i_text_add(text, ", highest ");
        at(text, plot, s->values, most);
    }
    if (n > 0 && missing > 0)
        tflow_i_text_format(text, ", %zu without a value", missing);
    tflow_i_text_char(text, '.');
}

static void describe_rows(tflow_i_text *text, const tflow_i_plot *plot, size_t series)
{
    const tflow_chart *chart = &plot->chart;
    const tflow_chart_series *s = &chart->series[series];
    size_t told = chart->n < ROWS_TOLD ? chart->n : ROWS_TOLD;

    if (s->name != NULL && *s->name != '\0')
        tflow_i_text_format(text, " %s:", s->name);
    for (size_t i = 0; i < told; i++) {
        tflow_i_text_format(text, "%s %s ", i == 0 ? "" : ",",
                            tflow_i_plot_label(chart, i));
        if (isfinite(s->values[i]))
            tflow_i_plot_value(text, plot, s->values[i], 0);
        else
            tflow_i_text_add(text, "not available");
    }
    if (chart->n > told)
        tflow_i_text_format(text, " and %zu more", chart->n - told);
    tflow_i_text_char(text, '.');
}

void tflow_i_plot_describe(tflow_i_text *text, const tflow_i_plot *plot)
{
    const tflow_chart *chart = &plot->chart;
    int ranking = (chart->flags & TFLOW_CHART_RANKING) != 0;

    if (!plot->any) {
        tflow_i_text_add(text, "No data.");
        return;
    }
    tflow_i_text_add(text, ranking ? "Ranking" : "Chart");
    if (chart->unit != NULL && *chart->unit != '\0')
        tflow_i_text_format(text, " of %s", chart->unit);
    tflow_i_text_format(text, ", %zu position%s", chart->n, chart->n == 1 ? "" : "s");
    if (!ranking && chart->n > 1 && *tflow_i_plot_label(chart, 0) != '\0')
        tflow_i_text_format(text, " from %s to %s", tflow_i_plot_label(chart, 0),
                            tflow_i_plot_label(chart, chart->n - 1));
    tflow_i_text_char(text, '.');
    for (size_t s = 0; s < chart->n_series; s++) {
        if (ranking)
            describe_rows(text, plot, s);
        else
            describe_series(text, plot, s);
    }
    for (size_t m = 0; m < chart->n_marks; m++) {
        const char *note = chart->marks[m].note;
        if (note != NULL)
            tflow_i_text_format(text, " Doubt, %s: %s.",
                                tflow_i_plot_label(chart, chart->marks[m].position),
                                note);
    }
}
