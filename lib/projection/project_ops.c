/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "tradeflow/projection.h"

#include <math.h>
#include <string.h>

#define LEVELS 2 /* 80 and 95 % */

typedef struct project_work {
    tflow_i_cells cells;
    const char *method, *model;
    size_t horizon;
    tflow_missing missing;
    tflow_projection_opts opts;
    double *times, *values, *room; /* room: what tflow_project fills */
    size_t n;                      /* points of the series at hand */
    tflow_period end;              /* the last of them */
    tflow_i_cell quality;          /* of all of them */
    int shown;                     /* observed periods are in the result too */
} project_work;

enum {
    VALUE,
    MEAN,
    LOWER_80,
    UPPER_80,
    LOWER_95,
    UPPER_95,
    METHOD,
    INTERVAL,
    N,
    MODEL,
    CHOSEN,
    REASON,
    QUALITY
};

static tflow_status columns(tflow_builder *out, const project_work *w,
                            tflow_error *error)
{
    const struct {
        const char *name;
        tflow_type type;
        const char *unit;
    } list[] = {
        {"value", TFLOW_FLOAT64, w->cells.unit},
        {"mean", TFLOW_FLOAT64, w->cells.unit},
        {"lower_80", TFLOW_FLOAT64, w->cells.unit},
        {"upper_80", TFLOW_FLOAT64, w->cells.unit},
        {"lower_95", TFLOW_FLOAT64, w->cells.unit},
        {"upper_95", TFLOW_FLOAT64, w->cells.unit},
        {"method", TFLOW_KEY, ""},
        {"interval", TFLOW_KEY, ""},
        {"n", TFLOW_INT64, ""},
        {"model", TFLOW_KEY, ""},
        {"chosen", TFLOW_KEY, ""},
        {"reason", TFLOW_KEY, ""},
    };
    tflow_status status = tflow_i_key_columns(out, &w->cells, 1, error);
    for (size_t i = 0; i < TFLOW_I_COUNT(list) && status == TFLOW_OK; i++)
        status =
            tflow_builder_column(out, list[i].name, list[i].type, list[i].unit, error);
    return status == TFLOW_OK ? tflow_i_quality_columns(out, error) : status;
}

static tflow_status write_observed(tflow_builder *out, const project_work *w, size_t s,
                                   tflow_error *error)
{
    size_t at = w->cells.n_by + 1;
    tflow_status status = TFLOW_OK;
    for (size_t i = w->cells.series[s];
         i < w->cells.series[s + 1] && status == TFLOW_OK; i++) {
        const tflow_i_cell *cell = &w->cells.cells[i];
        if (cell->incomplete)
            continue;
        tflow_i_key_cells(out, &w->cells, s, cell->period);
        tflow_builder_float64(out, at + VALUE, cell->value);
        tflow_i_quality_cells(out, at + QUALITY, cell);
        status = tflow_builder_row(out, error);
    }
    return status;
}

static void point_result(const project_work *w, tflow_projection *p)
{
    static const tflow_projection blank = TFLOW_PROJECTION_INIT;
    size_t h = w->horizon;
    *p = blank;
    p->time = w->room;
    p->mean = w->room + h;
    p->median = w->room + 2 * h;
    p->se = w->room + 3 * h;
    p->lower = w->room + 4 * h;
    p->upper = w->room + (4 + LEVELS) * h;
}

static tflow_status write_forecast(tflow_builder *out, const project_work *w, size_t s,
                                   const tflow_projection *p, tflow_status fitted,
                                   tflow_error *error)
{
    size_t at = w->cells.n_by + 1, h = w->horizon;
    int usable = fitted == TFLOW_OK || fitted == TFLOW_LOWER_BOUND;
    tflow_i_cell quality = w->quality; /* what was left out below is left out here */
    tflow_status status = TFLOW_OK;
    quality.status = 'F';
    quality.not_observed = 1;
    for (size_t i = 0; i < h && status == TFLOW_OK; i++) {
        int32_t months = w->cells.step * (int32_t)(i + 1);
        tflow_i_key_cells(out, &w->cells, s, tflow_period_shift(w->end, months));
        if (usable) {
            tflow_builder_float64(out, at + VALUE, p->median[i]);
            tflow_builder_float64(out, at + MEAN, p->mean[i]);
            tflow_builder_float64(out, at + LOWER_80, p->lower[i]);
            tflow_builder_float64(out, at + UPPER_80, p->upper[i]);
            tflow_builder_float64(out, at + LOWER_95, p->lower[h + i]);
            tflow_builder_float64(out, at + UPPER_95, p->upper[h + i]);
            tflow_builder_key(out, at + INTERVAL,
                              p->interval == TFLOW_INTERVAL_NORMAL ? "normal" : "t");
        } else {
            tflow_builder_key(out, at + REASON, tflow_status_text(fitted));
        }
        tflow_builder_key(out, at + METHOD, w->method);
        tflow_builder_int64(out, at + N, (int64_t)p->n);
        if (p->model[0] != '\0')
            tflow_builder_key(out, at + MODEL, p->model);
        if (p->reason[0] != '\0')
            tflow_builder_key(out, at + CHOSEN, p->reason);
        tflow_i_quality_cells(out, at + QUALITY, &quality);
        status = tflow_builder_row(out, error);
    }
    return status;
}

/* The points of a series; a part of a period is no level of it. */
static void collect(project_work *w, size_t s)
{
    int32_t start = 0;
    w->n = 0;
    for (size_t i = w->cells.series[s]; i < w->cells.series[s + 1]; i++) {
        const tflow_i_cell *cell = &w->cells.cells[i];
        if (cell->incomplete)
            continue;
        if (w->n == 0)
            start = tflow_period_start(cell->period);
        w->quality = w->n == 0 ? *cell : tflow_i_cell_join(&w->quality, cell);
        w->times[w->n] =
            (double)((tflow_period_start(cell->period) - start) / w->cells.step);
        w->values[w->n++] = cell->value;
        w->end = cell->period;
    }
}

static tflow_status project_series(tflow_builder *out, project_work *w, size_t s,
                                   tflow_error *error)
{
    tflow_projection p;
    collect(w, s);
    if (w->n == 0)
        return TFLOW_OK;
    point_result(w, &p);
    tflow_status fitted =
        tflow_project(w->method, tflow_vec_of(w->times, w->n),
                      tflow_vec_of(w->values, w->n), w->missing, &w->opts, &p, error);
    if (fitted < 0)
        return fitted;
    tflow_status status = w->shown ? write_observed(out, w, s, error) : TFLOW_OK;
    return status == TFLOW_OK ? write_forecast(out, w, s, &p, fitted, error) : status;
}

static tflow_status open_work(const tflow_i_args *args, project_work *w,
                              tflow_error *error)
{
    static const tflow_projection_opts defaults = TFLOW_PROJECTION_OPTS_INIT;
    tflow_i_selection selection;
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_not_accumulated(&selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_of(args, 0, &selection, &w->cells, error);
    if (status != TFLOW_OK)
        return status;
    if (w->cells.step == 0 && w->cells.n > 0)
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "a projection needs periods of one length; choose "
                            "--frequency");
    w->method = tflow_i_arg_text(args, "method");
    w->model = tflow_i_arg_text(args, "model");
    w->horizon = (size_t)tflow_i_arg_integer(args, "horizon");
    w->missing = selection.missing;
    w->shown = tflow_i_arg_flag(args, "observed");
    w->opts = defaults;
    w->opts.horizon = w->horizon;
    w->opts.model = w->model;
    w->opts.season =
        w->cells.step > 0 && w->cells.step < 12 ? (size_t)(12 / w->cells.step) : 1;
    w->opts.interval = tflow_i_arg_is(args, "interval", "t") ? TFLOW_INTERVAL_T
                       : tflow_i_arg_is(args, "interval", "normal")
                           ? TFLOW_INTERVAL_NORMAL
                           : TFLOW_INTERVAL_DEFAULT;
    size_t room = w->horizon * (4 + 2 * LEVELS);
    w->times = tflow_i_alloc(w->cells.n, sizeof(double));
    w->values = tflow_i_alloc(w->cells.n, sizeof(double));
    w->room = tflow_i_alloc(room, sizeof(double));
    if (w->times == NULL || w->values == NULL || w->room == NULL)
        return tflow_i_nomem(error);
    return TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    project_work w = {0};
    tflow_status status = open_work(args, &w, error);
    if (status == TFLOW_OK)
        status = columns(out, &w, error);
    for (size_t s = 0; s < w.cells.n_series && status == TFLOW_OK; s++)
        status = project_series(out, &w, s, error);
    if (status == TFLOW_OK)
        status = tflow_i_incomplete_note(out, &w.cells, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w.cells, error);
    tflow_i_cells_free(&w.cells);
    tflow_i_free(w.times);
    tflow_i_free(w.values);
    tflow_i_free(w.room);
    return status;
}

static const tflow_parameter parameters[] = {
    {"method", TFLOW_PARAMETER_CHOICE, "log_linear_trend",
     "mean|naive|seasonal_naive|drift|linear_trend|log_linear_trend|ses|holt|"
     "damped_holt|holt_winters_additive|holt_winters_multiplicative|ets",
     0, 0, "how the series is carried on"},
    {"horizon", TFLOW_PARAMETER_INTEGER, "3", NULL, 1, 600, "periods ahead"},
    {"interval", TFLOW_PARAMETER_CHOICE, "default", "default|t|normal", 0, 0,
     "quantiles of the intervals: the method's own, Student's t, or the normal"},
    {"model", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "for ets: error A, M or Z, trend N, A, Ad or Z, season N, A, M or Z, such as "
     "MAdM; Z is any; unset: all are tried"},
    {"observed", TFLOW_PARAMETER_FLAG, "no", NULL, 0, 0,
     "show the observed periods before the projection"},
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value", TFLOW_FLOAT64, "value", "median of the predictive distribution"},
    {"mean", TFLOW_FLOAT64, "value", "mean of it"},
    {"lower_80", TFLOW_FLOAT64, "value", "lower end of the 80 % interval"},
    {"upper_80", TFLOW_FLOAT64, "value", "upper end"},
    {"lower_95", TFLOW_FLOAT64, "value", "lower end of the 95 % interval"},
    {"upper_95", TFLOW_FLOAT64, "value", "upper end"},
    {"method", TFLOW_KEY, "", "how it was projected"},
    {"interval", TFLOW_KEY, "", "quantiles the intervals rest on"},
    {"n", TFLOW_INT64, "", "values used"},
    {"model", TFLOW_KEY, "", "the model that was fitted, where the method has several"},
    {"chosen", TFLOW_KEY, "", "why that one"},
    {"reason", TFLOW_KEY, "", "why there is no projection"},
    TFLOW_I_QUALITY_OUTPUTS,
};

const tflow_operation tflow_i_op_project = {
    .name = "project",
    .summary = "Project flows with prediction intervals",
    .definition =
        "mean, naive (last value), seasonal_naive (last value of the season), drift "
        "(the line from first to last), linear_trend and log_linear_trend (least "
        "squares on the values or their logarithms, exact t intervals); ses, holt, "
        "damped_holt and the two Holt-Winters (exponential smoothing by maximum "
        "likelihood), ets (the model among the 15 with additive or no trend that has "
        "the lowest AICc; --model names one, such as MAdM). Flows are "
        "never projected below zero. For the log-linear trend value is the median "
        "exp(mu) and mean is exp(mu + v/2), v the variance of prediction. Projected "
        "rows have status F and follow the last whole period: one that is not covered "
        "to its end is left out. A series that is too short, or has a zero under "
        "logarithms, gives no numbers and a reason.",
    .reference =
        "Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd "
        "ed.), ch. 5, 7 and 8",
    .example =
        "project data/belarus/china_imports_2010_2022.csv --partner BLR --horizon 3",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
