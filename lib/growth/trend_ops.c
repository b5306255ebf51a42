/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "tradeflow/growth.h"

#include <math.h>
#include <string.h>

enum {
    FIRST,
    LAST,
    N,
    N_DROPPED,
    ELAPSED,
    FIRST_VALUE,
    LAST_VALUE,
    CAGR,
    B,
    LS_GROWTH,
    B_SE,
    R_SQUARED,
    DOUBLING,
    VOLATILITY,
    REASON,
    QUALITY
};

static tflow_status columns(tflow_builder *out, const tflow_i_cells *cells,
                            const char *time, tflow_error *error)
{
    const struct {
        const char *name;
        tflow_type type;
        const char *unit;
    } list[] = {
        {"first", TFLOW_PERIOD, ""},
        {"last", TFLOW_PERIOD, ""},
        {"n", TFLOW_INT64, ""},
        {"n_dropped", TFLOW_INT64, ""},
        {"elapsed", TFLOW_FLOAT64, time},
        {"first_value", TFLOW_FLOAT64, cells->unit},
        {"last_value", TFLOW_FLOAT64, cells->unit},
        {"cagr", TFLOW_FLOAT64, "fraction"},
        {"b", TFLOW_FLOAT64, "log"},
        {"least_squares_growth", TFLOW_FLOAT64, "fraction"},
        {"b_standard_error", TFLOW_FLOAT64, "log"},
        {"r_squared", TFLOW_FLOAT64, ""},
        {"doubling_time", TFLOW_FLOAT64, time},
        {"volatility", TFLOW_FLOAT64, "log"},
        {"reason", TFLOW_KEY, ""},
    };
    tflow_status status = tflow_i_key_columns(out, cells, 0, error);
    for (size_t i = 0; i < TFLOW_I_COUNT(list) && status == TFLOW_OK; i++)
        status =
            tflow_builder_column(out, list[i].name, list[i].type, list[i].unit, error);
    return status == TFLOW_OK ? tflow_i_quality_columns(out, error) : status;
}

/* The series as vectors, its time in periods from the first, and its weakest quality.
 */
static tflow_i_cell collect(const tflow_i_cells *cells, size_t s, double *t, double *x)
{
    size_t first = cells->series[s], n = cells->series[s + 1] - first;
    int32_t start = tflow_period_start(cells->cells[first].period);
    int32_t step = cells->step > 0 ? cells->step : 12;
    tflow_i_cell quality = cells->cells[first];
    for (size_t i = 0; i < n; i++) {
        const tflow_i_cell *cell = &cells->cells[first + i];
        t[i] = (double)(tflow_period_start(cell->period) - start) / step;
        x[i] = cell->value;
        if (i > 0)
            quality = tflow_i_cell_join(&quality, cell);
    }
    return quality;
}

static void write_trend(tflow_builder *out, size_t at, const tflow_trend *trend,
                        double scale)
{
    tflow_builder_int64(out, at + N, (int64_t)trend->n);
    tflow_builder_float64(out, at + B, trend->b * scale);
    tflow_builder_float64(out, at + LS_GROWTH, expm1(trend->b * scale));
    tflow_builder_float64(out, at + B_SE, trend->b_se * scale);
    tflow_builder_float64(out, at + R_SQUARED, trend->r_squared);
}

/* Rates per year are per period times `scale` periods a year. */
static tflow_status write_series(tflow_builder *out, const tflow_i_cells *cells,
                                 size_t s, double scale, tflow_missing missing,
                                 double *t, double *x, tflow_error *error)
{
    size_t at = cells->n_by, from = cells->series[s], n = cells->series[s + 1] - from;
    tflow_i_cell quality = collect(cells, s, t, x);
    tflow_trend trend;
    double cagr, doubling, volatility;
    size_t n_rates;

    tflow_i_key_cells(out, cells, s, TFLOW_PERIOD_NONE);
    tflow_builder_period(out, at + FIRST, cells->cells[from].period);
    tflow_builder_period(out, at + LAST, cells->cells[from + n - 1].period);
    tflow_builder_float64(out, at + ELAPSED, t[n - 1] / scale);
    tflow_builder_float64(out, at + FIRST_VALUE, x[0]);
    tflow_builder_float64(out, at + LAST_VALUE, x[n - 1]);
    tflow_vec times = tflow_vec_of(t, n), levels = tflow_vec_of(x, n);
    tflow_status status =
        tflow_growth_least_squares(times, levels, missing, &trend, error);
    if (status < 0)
        return status;
    write_trend(out, at, &trend, scale);
    tflow_builder_int64(out, at + N_DROPPED, (int64_t)(n - trend.n));
    if (status > 0)
        tflow_builder_key(out, at + REASON, tflow_status_text(status));
    if (n > 1 && tflow_cagr(x[0], x[n - 1], t[n - 1] / scale, &cagr) == TFLOW_OK)
        tflow_builder_float64(out, at + CAGR, cagr);
    if (tflow_doubling_time(expm1(trend.b * scale), &doubling) == TFLOW_OK)
        tflow_builder_float64(out, at + DOUBLING, doubling);
    status = tflow_volatility(times, levels, missing, &volatility, &n_rates, error);
    if (status < 0)
        return status;
    tflow_builder_float64(out, at + VOLATILITY, volatility);
    tflow_i_quality_cells(out, at + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

static tflow_status write_all(const tflow_i_args *args, tflow_builder *out,
                              const tflow_i_cells *cells, tflow_missing missing,
                              tflow_error *error)
{
    int yearly = tflow_i_arg_is(args, "per", "year");
    double scale = yearly && cells->step > 0 ? 12.0 / cells->step : 1;
    double *t = tflow_i_alloc(cells->n, sizeof *t);
    double *x = tflow_i_alloc(cells->n, sizeof *x);
    tflow_status status =
        t == NULL || x == NULL
            ? tflow_i_nomem(error)
            : columns(out, cells, yearly ? "years" : "periods", error);
    if (status == TFLOW_OK && cells->step == 0 && cells->n > 0)
        status =
            tflow_i_fail(error, TFLOW_EMIXED,
                         "a trend needs periods of one length; choose --frequency");
    for (size_t s = 0; s < cells->n_series && status == TFLOW_OK; s++)
        if (cells->series[s + 1] > cells->series[s])
            status = write_series(out, cells, s, scale, missing, t, x, error);
    tflow_i_free(t);
    tflow_i_free(x);
    return status == TFLOW_OK ? tflow_i_cells_notes(out, cells, error) : status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    tflow_i_selection selection;
    tflow_i_cells cells;
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_not_accumulated(&selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_of(args, 0, &selection, &cells, error);
    if (status != TFLOW_OK)
        return status;
    status = write_all(args, out, &cells, selection.missing, error);
    tflow_i_cells_free(&cells);
    return status;
}

static const tflow_parameter parameters[] = {
    {"per", TFLOW_PARAMETER_CHOICE, "year", "year|period", 0, 0,
     "time that rates are per: the year, or the period of the data"},
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"first", TFLOW_PERIOD, "", "first period"},
    {"last", TFLOW_PERIOD, "", "last period"},
    {"n", TFLOW_INT64, "", "points of the least-squares fit"},
    {"n_dropped", TFLOW_INT64, "", "points left out of it"},
    {"elapsed", TFLOW_FLOAT64, "time", "from the first period to the last, by label"},
    {"first_value", TFLOW_FLOAT64, "value", "level of the first"},
    {"last_value", TFLOW_FLOAT64, "value", "level of the last"},
    {"cagr", TFLOW_FLOAT64, "fraction", "(last / first)^(1 / elapsed) - 1"},
    {"b", TFLOW_FLOAT64, "log", "slope of ln value over time"},
    {"least_squares_growth", TFLOW_FLOAT64, "fraction", "exp(b) - 1"},
    {"b_standard_error", TFLOW_FLOAT64, "log", "standard error of b"},
    {"r_squared", TFLOW_FLOAT64, "", "share of the variance of ln value"},
    {"doubling_time", TFLOW_FLOAT64, "time", "ln 2 / b, where b > 0"},
    {"volatility", TFLOW_FLOAT64, "log",
     "standard deviation of log growth from period to period"},
    {"reason", TFLOW_KEY, "", "why there is no least-squares growth"},
    TFLOW_I_QUALITY_OUTPUTS,
};

const tflow_operation tflow_i_op_trend = {
    .name = "trend",
    .summary = "Growth over the whole of a series: compound and least squares",
    .definition =
        "cagr = (last / first)^(1 / elapsed) - 1 with the time that elapsed by the "
        "labels, not the number of points. least_squares_growth = exp(b) - 1 with b "
        "from "
        "ln value = a + b t; b and its standard error are given too, because some "
        "publishers call b itself the growth rate. A level of zero or a missing one "
        "has "
        "no logarithm: no fit (reason), or left out and counted with --missing skip.",
    .reference = "UNCTAD Handbook of Statistics, calculation methods, for exp(b) - 1",
    .example = "trend data/belarus/baci_belarus_partners_2000_2020.csv --reporter BLR "
               "--partner CHN --flow X",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
