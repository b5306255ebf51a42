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

/* The points of a series, in memory for all of them. */
typedef struct points {
    double *t, *x; /* time in periods, level */
    tflow_period *period;
    size_t n;
    size_t n_incomplete; /* left out: a part of a period is no level of it */
    size_t first, last;  /* with a value, if missing ones are skipped */
    tflow_i_cell quality;
} points;

static void collect(const tflow_i_cells *cells, size_t s, tflow_missing missing,
                    points *p)
{
    int32_t step = cells->step > 0 ? cells->step : 12;

    p->n = p->n_incomplete = 0;
    p->quality = cells->cells[cells->series[s]];
    for (size_t i = cells->series[s]; i < cells->series[s + 1]; i++) {
        const tflow_i_cell *cell = &cells->cells[i];
        if (cell->incomplete) {
            p->n_incomplete++;
            continue;
        }
        p->quality = p->n == 0 ? *cell : tflow_i_cell_join(&p->quality, cell);
        p->t[p->n] = (double)tflow_period_start(cell->period) / step;
        p->x[p->n] = cell->value;
        p->period[p->n++] = cell->period;
    }
    double origin = p->n > 0 ? p->t[0] : 0;
    for (size_t i = 0; i < p->n; i++)
        p->t[i] -= origin;
    p->first = 0;
    p->last = p->n > 0 ? p->n - 1 : 0;
    if (missing != TFLOW_MISSING_SKIP)
        return;
    while (p->first < p->last && isnan(p->x[p->first]))
        p->first++;
    while (p->last > p->first && isnan(p->x[p->last]))
        p->last--;
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

/* From the first level to the last. */
static tflow_status write_ends(tflow_builder *out, size_t at, const points *p,
                               double scale)
{
    double cagr, elapsed = (p->t[p->last] - p->t[p->first]) / scale;
    tflow_builder_period(out, at + FIRST, p->period[p->first]);
    tflow_builder_period(out, at + LAST, p->period[p->last]);
    tflow_builder_float64(out, at + ELAPSED, elapsed);
    tflow_builder_float64(out, at + FIRST_VALUE, p->x[p->first]);
    tflow_builder_float64(out, at + LAST_VALUE, p->x[p->last]);
    if (p->first == p->last)
        return TFLOW_TOO_FEW;
    tflow_status status = tflow_cagr(p->x[p->first], p->x[p->last], elapsed, &cagr);
    tflow_builder_float64(out, at + CAGR, cagr);
    return status;
}

/* Rates per year are per period times `scale` periods a year. */
static tflow_status write_series(tflow_builder *out, const tflow_i_cells *cells,
                                 size_t s, double scale, tflow_missing missing,
                                 points *p, tflow_error *error)
{
    size_t at = cells->n_by, n_rates;
    tflow_trend trend;
    double doubling, volatility;
    tflow_status ends = TFLOW_TOO_FEW;

    collect(cells, s, missing, p);
    tflow_i_key_cells(out, cells, s, TFLOW_PERIOD_NONE);
    if (p->n > 0)
        ends = write_ends(out, at, p, scale);
    tflow_vec times = tflow_vec_of(p->t, p->n), levels = tflow_vec_of(p->x, p->n);
    tflow_status status =
        tflow_growth_least_squares(times, levels, missing, &trend, error);
    if (status < 0)
        return status;
    write_trend(out, at, &trend, scale);
    tflow_builder_int64(out, at + N_DROPPED,
                        (int64_t)(p->n - trend.n + p->n_incomplete));
    if (status > 0)
        tflow_builder_key(out, at + REASON, tflow_status_text(status));
    else if (ends > 0)
        tflow_builder_key(out, at + REASON,
                          ends == TFLOW_ZERO_BASE ? "cagr: the base is zero"
                                                  : "cagr: undefined");
    if (tflow_doubling_time(expm1(trend.b * scale), &doubling) == TFLOW_OK)
        tflow_builder_float64(out, at + DOUBLING, doubling);
    status = tflow_volatility(times, levels, missing, &volatility, &n_rates, error);
    if (status < 0)
        return status;
    tflow_builder_float64(out, at + VOLATILITY, volatility);
    tflow_i_quality_cells(out, at + QUALITY, &p->quality);
    return tflow_builder_row(out, error);
}

static tflow_status write_all(const tflow_i_args *args, tflow_builder *out,
                              const tflow_i_cells *cells, tflow_missing missing,
                              tflow_error *error)
{
    int yearly = tflow_i_arg_is(args, "per", "year");
    double scale = yearly && cells->step > 0 ? 12.0 / cells->step : 1;
    points p = {.t = tflow_i_alloc(cells->n, sizeof *p.t),
                .x = tflow_i_alloc(cells->n, sizeof *p.x),
                .period = tflow_i_alloc(cells->n, sizeof *p.period)};
    tflow_status status =
        p.t == NULL || p.x == NULL || p.period == NULL
            ? tflow_i_nomem(error)
            : columns(out, cells, yearly ? "years" : "periods", error);
    if (status == TFLOW_OK && cells->step == 0 && cells->n > 0)
        status =
            tflow_i_fail(error, TFLOW_EMIXED,
                         "a trend needs periods of one length; choose --frequency");
    for (size_t s = 0; s < cells->n_series && status == TFLOW_OK; s++)
        if (cells->series[s + 1] > cells->series[s])
            status = write_series(out, cells, s, scale, missing, &p, error);
    tflow_i_free(p.t);
    tflow_i_free(p.x);
    tflow_i_free(p.period);
    if (status == TFLOW_OK)
        status = tflow_i_incomplete_note(out, cells, error);
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
    {"reason", TFLOW_KEY, "", "why there is no rate"},
    TFLOW_I_QUALITY_OUTPUTS,
};

const tflow_operation tflow_i_op_trend = {
    .name = "trend",
    .summary = "Growth over the whole of a series: compound and least squares",
    .definition =
        "cagr = (last / first)^(1 / elapsed) - 1 with the time that elapsed by the "
        "labels, not the number of points. least_squares_growth = exp(b) - 1 with b "
        "from ln value = a + b t; b and its standard error are given too, because some "
        "publishers call b itself the growth rate. A level of zero or a missing one "
        "has no logarithm: no fit (reason), or left out and counted with --missing "
        "skip, when first and last are those with a value. A period that is not "
        "covered to its end has no level yet and is left out too.",
    .reference = "UNCTAD Handbook of Statistics, calculation methods, for exp(b) - 1",
    .example = "trend data/belarus/baci_belarus_partners_2000_2020.csv --reporter BLR "
               "--partner CHN --flow X",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
