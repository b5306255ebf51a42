/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/plot.h"

#include <string.h>

#define MAX_POSITIONS 100000
#define MAX_SERIES 32
#define MAX_BANDS 8
#define MAX_MARKS 1000
#define ALL_FLAGS 31u

/* Ids also stand in style sheets and in url(#...): nothing that needs escaping. */
static int id_is_plain(const char *id)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t n = strlen(id);

    return n > 0 && n <= 64 && strcspn(id, "0123456789-_") > 0 &&
           strspn(id, plain) == n;
}

static tflow_status check_numbers(const tflow_chart *chart, tflow_error *error)
{
    if (chart->n > MAX_POSITIONS)
        return tflow_i_fail(error, TFLOW_ELIMIT, "%zu positions, at most %d", chart->n,
                            MAX_POSITIONS);
    if (chart->n_series > MAX_SERIES)
        return tflow_i_fail(error, TFLOW_ELIMIT, "%zu series, at most %d",
                            chart->n_series, MAX_SERIES);
    if (chart->n_marks > MAX_MARKS)
        return tflow_i_fail(error, TFLOW_ELIMIT, "%zu marks, at most %d",
                            chart->n_marks, MAX_MARKS);
    if ((chart->flags & ~ALL_FLAGS) != 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "unknown chart flags");
    if (chart->decimals < -1 || chart->decimals > 15)
        return tflow_i_fail(error, TFLOW_EINVAL, "%d decimals, expected -1 to 15",
                            chart->decimals);
    if (chart->width != 0 && (chart->width < 240 || chart->width > 4000))
        return tflow_i_fail(error, TFLOW_EINVAL, "chart %d wide, expected 240 to 4000",
                            (int)chart->width);
    if (chart->height != 0 && (chart->height < 160 || chart->height > 20000))
        return tflow_i_fail(error, TFLOW_EINVAL, "chart %d high, expected 160 to 20000",
                            (int)chart->height);
    return TFLOW_OK;
}

static tflow_status check_series(const tflow_chart *chart, tflow_error *error)
{
    if (chart->n_series > 0 && chart->series == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "series are NULL");
    for (size_t s = 0; s < chart->n_series; s++) {
        const tflow_chart_series *series = &chart->series[s];
        if (series->values == NULL && chart->n > 0)
            return tflow_i_fail(error, TFLOW_EINVAL, "values of series %zu are NULL",
                                s);
        if (series->n_bands > MAX_BANDS)
            return tflow_i_fail(error, TFLOW_ELIMIT, "%zu intervals, at most %d",
                                series->n_bands, MAX_BANDS);
        if (series->n_bands > 0 && series->bands == NULL)
            return tflow_i_fail(error, TFLOW_EINVAL, "intervals of series %zu are NULL",
                                s);
        for (size_t b = 0; b < series->n_bands; b++) {
            const tflow_chart_band *band = &series->bands[b];
            if (chart->n > 0 && (band->lower == NULL || band->upper == NULL))
                return tflow_i_fail(error, TFLOW_EINVAL, "an interval end is NULL");
            if (!(band->level >= 0 && band->level < 1))
                return tflow_i_fail(error, TFLOW_EINVAL,
                                    "level of an interval is outside 0 to 1");
        }
    }
    if (chart->n_marks > 0 && chart->marks == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "marks are NULL");
    for (size_t m = 0; m < chart->n_marks; m++) {
        if (chart->marks[m].series >= chart->n_series ||
            chart->marks[m].position >= chart->n)
            return tflow_i_fail(error, TFLOW_EINVAL, "mark %zu is outside the chart",
                                m);
    }
    return TFLOW_OK;
}

static void stretch(tflow_i_plot *plot, double value)
{
    if (!isfinite(value))
        return;
    plot->lo = plot->any ? fmin(plot->lo, value) : value;
    plot->hi = plot->any ? fmax(plot->hi, value) : value;
    plot->any = 1;
}

static void measure(tflow_i_plot *plot)
{
    const tflow_chart *chart = &plot->chart;
    size_t observed = 0; /* one past the last observation */

    for (size_t s = 0; s < chart->n_series; s++) {
        const tflow_chart_series *series = &chart->series[s];
        for (size_t i = 0; i < chart->n; i++) {
            stretch(plot, series->values[i]);
            for (size_t b = 0; b < series->n_bands; b++) {
                stretch(plot, series->bands[b].lower[i]);
                stretch(plot, series->bands[b].upper[i]);
            }
            if (series->role != TFLOW_CHART_FORECAST && isfinite(series->values[i]) &&
                i + 1 > observed)
                observed = i + 1;
        }
    }
    plot->forecast = chart->n;
    for (size_t s = 0; s < chart->n_series; s++) {
        for (size_t i = observed; i < plot->forecast; i++) {
            if (chart->series[s].role == TFLOW_CHART_FORECAST &&
                isfinite(chart->series[s].values[i]))
                plot->forecast = i;
        }
    }
}

/* As many decimals as tell values of this size apart at three figures. */
static int decimals_for(double most)
{
    if (most == 0)
        return 0;
    if (most >= 1e15 || most < 1e-6)
        return -1;
    int figures = 2 - (int)floor(log10(most));
    return figures < 0 ? 0 : figures;
}

tflow_status tflow_i_plot_check(const tflow_chart *chart, tflow_i_plot *plot,
                                tflow_error *error)
{
    memset(plot, 0, sizeof *plot);
    if (chart == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "chart is NULL");
    if (chart->size < sizeof *chart)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "size of the chart is not set: start from "
                            "TFLOW_CHART_INIT");
    plot->chart = *chart;
    if (chart->id == NULL)
        plot->chart.id = "chart";
    else if (!id_is_plain(chart->id))
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "id of the chart is not a letter and up to 63 letters, "
                            "digits, '-' and '_'");

    tflow_status status = check_numbers(chart, error);
    if (status == TFLOW_OK)
        status = check_series(chart, error);
    if (status != TFLOW_OK)
        return status;

    measure(plot);
    double most = fmax(fabs(plot->lo), fabs(plot->hi));
    plot->decimals = chart->decimals;
    if (chart->decimals < 0 && chart->flags & TFLOW_CHART_PERCENT)
        plot->decimals = most < 1e12 ? 1 : -1;
    else if (chart->decimals < 0)
        plot->decimals = decimals_for(most);
    return TFLOW_OK;
}

const char *tflow_i_plot_label(const tflow_chart *chart, size_t i)
{
    return chart->labels == NULL || chart->labels[i] == NULL ? "" : chart->labels[i];
}

int tflow_i_plot_missing(const tflow_chart *chart, size_t series, size_t i)
{
    if (chart->series[series].role == TFLOW_CHART_FORECAST ||
        isfinite(chart->series[series].values[i]))
        return 0;
    for (size_t s = 0; s < chart->n_series; s++) {
        if (chart->series[s].role == TFLOW_CHART_FORECAST &&
            isfinite(chart->series[s].values[i]))
            return 0;
    }
    return 1;
}

void tflow_i_plot_value(tflow_i_text *text, const tflow_i_plot *plot, double value,
                        int ascii)
{
    int percent = (plot->chart.flags & TFLOW_CHART_PERCENT) != 0;
    int decimals = plot->decimals;
    int exponent = 0;
    tflow_i_text number = {0};

    if (percent)
        value *= 100;
    if (decimals < 0 && value != 0) {
        exponent = (int)floor(log10(fabs(value)));
        /* In two steps: 10^-exponent may overflow. */
        int half = exponent / 2;
        value = value / pow(10, half) / pow(10, exponent - half);
    }
    tflow_i_text_grouped(&number, value, decimals < 0 ? 2 : decimals);
    const char *digits = number.data == NULL ? "" : number.data;
    if (*digits == '-') {
        tflow_i_text_add(text, ascii ? "-" : "\xe2\x88\x92");
        digits++;
    }
    tflow_i_text_add(text, digits);
    if (exponent != 0)
        tflow_i_text_format(text, "e%d", exponent);
    if (percent)
        tflow_i_text_add(text, " %");
    text->failed |= number.failed;
    tflow_i_text_clear(&number);
}

tflow_i_style tflow_i_plot_style(const tflow_chart *chart, size_t series)
{
    int forecasts = 0, others = 0;
    tflow_i_style style;

    for (size_t s = 0; s < series; s++) {
        if (chart->series[s].role == TFLOW_CHART_FORECAST) {
            forecasts++;
        } else {
            others++;
            forecasts = 0;
        }
    }
    style.forecast = chart->series[series].role == TFLOW_CHART_FORECAST;
    int own = style.forecast && others > 0 ? others - 1 : others;
    style.colour = own % TFLOW_I_PLOT_STYLES;
    /* A second forecast of the same series differs by its marker and its dots. */
    style.shape = own + (style.forecast ? forecasts : 0);
    style.dash = style.forecast ? forecasts : others;
    /* When the colours begin anew, shapes have moved on by one and dashes by two: 49
     * pairs before one comes back. */
    int again = own / TFLOW_I_PLOT_STYLES;
    style.shape = (style.shape + again) % TFLOW_I_PLOT_STYLES;
    style.dash = (style.dash + 2 * again) % TFLOW_I_PLOT_STYLES;
    style.hollow = chart->series[series].role != TFLOW_CHART_OBSERVED;
    return style;
}
