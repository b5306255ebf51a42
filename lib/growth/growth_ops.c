/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "tradeflow/growth.h"

#include <math.h>
#include <string.h>

typedef struct growth_work {
    tflow_i_cells cells;
    tflow_i_cells totals; /* the same without the dimension of --of; n = 0: none */
    int32_t back;         /* months between a period and its base */
    tflow_period first;   /* first period to show */
    tflow_period base;    /* of the index; NONE: the first of each series */
    int of;
} growth_work;

enum {
    BASE_PERIOD,
    VALUE,
    BASE_VALUE,
    CHANGE,
    GROWTH,
    LOG_GROWTH,
    MIDPOINT,
    INDEX,
    CONTRIBUTION,
    FRACTION,
    REASON,
    QUALITY
};

static tflow_status columns(tflow_builder *out, const growth_work *w,
                            tflow_error *error)
{
    const struct {
        const char *name;
        tflow_type type;
        const char *unit;
    } list[] = {
        {"base_period", TFLOW_PERIOD, ""},
        {"value", TFLOW_FLOAT64, w->cells.unit},
        {"base_value", TFLOW_FLOAT64, w->cells.unit},
        {"change", TFLOW_FLOAT64, w->cells.unit},
        {"growth", TFLOW_FLOAT64, "fraction"},
        {"log_growth", TFLOW_FLOAT64, "log"},
        {"midpoint_growth", TFLOW_FLOAT64, "fraction"},
        {"index", TFLOW_FLOAT64, "base 1"},
        {"contribution", TFLOW_FLOAT64, "fraction"},
        {"fraction_of_growth", TFLOW_FLOAT64, "fraction"},
        {"reason", TFLOW_KEY, ""},
    };
    tflow_status status = tflow_i_key_columns(out, &w->cells, 1, error);
    for (size_t i = 0; i < TFLOW_I_COUNT(list) && status == TFLOW_OK; i++)
        status =
            tflow_builder_column(out, list[i].name, list[i].type, list[i].unit, error);
    return status == TFLOW_OK ? tflow_i_quality_columns(out, error) : status;
}

static const char *reason_for(const tflow_i_cell *now, const tflow_i_cell *base,
                              tflow_status status)
{
    if (base == NULL)
        return "no base period";
    if (isnan(now->value))
        return "the value is missing";
    if (isnan(base->value))
        return "the base is missing";
    if (status == TFLOW_ZERO_BASE)
        return "the base is zero";
    return status == TFLOW_OK ? NULL : tflow_status_text(status);
}

/* Contribution to the growth of the total over the dimension of --of. */
static void write_contribution(tflow_builder *out, const growth_work *w, size_t s,
                               const tflow_i_cell *now, const tflow_i_cell *base)
{
    size_t first = w->cells.n_by + 1;
    size_t t = tflow_i_cells_match(&w->totals, &w->cells, s);
    if (t == SIZE_MAX)
        return;
    const tflow_i_cell *t1 = tflow_i_cells_at(&w->totals, t, now->period);
    const tflow_i_cell *t0 =
        tflow_i_cells_at(&w->totals, t, tflow_period_shift(now->period, -w->back));
    if (t1 == NULL || t0 == NULL)
        return;
    double points, fraction;
    tflow_contribution(base->value, now->value, t0->value, &points);
    tflow_contribution_fraction(base->value, now->value, t0->value, t1->value,
                                &fraction);
    tflow_builder_float64(out, first + CONTRIBUTION, points);
    tflow_builder_float64(out, first + FRACTION, fraction);
}

/* The cell of --base, or the first that is shown. */
static const tflow_i_cell *index_base(const growth_work *w, size_t s)
{
    if (w->base != TFLOW_PERIOD_NONE)
        return tflow_i_cells_at(&w->cells, s, w->base);
    for (size_t i = w->cells.series[s]; i < w->cells.series[s + 1]; i++)
        if (tflow_period_start(w->cells.cells[i].period) >=
            tflow_period_start(w->first))
            return &w->cells.cells[i];
    return NULL;
}

static void write_index(tflow_builder *out, const growth_work *w, size_t s,
                        const tflow_i_cell *now)
{
    const tflow_i_cell *base = index_base(w, s);
    double index;
    if (base != NULL) {
        tflow_index(now->value, base->value, &index);
        tflow_builder_float64(out, w->cells.n_by + 1 + INDEX, index);
    }
}

static tflow_status write_row(tflow_builder *out, const growth_work *w, size_t s,
                              const tflow_i_cell *now, tflow_error *error)
{
    size_t first = w->cells.n_by + 1;
    tflow_period base_period = tflow_period_shift(now->period, -w->back);
    const tflow_i_cell *base = tflow_i_cells_at(&w->cells, s, base_period);
    tflow_i_cell quality = *now;
    tflow_status status = TFLOW_OK;

    tflow_i_key_cells(out, &w->cells, s, now->period);
    tflow_builder_period(out, first + BASE_PERIOD, base_period);
    tflow_builder_float64(out, first + VALUE, now->value);
    if (base != NULL) {
        double growth, logs, midpoint;
        status = tflow_growth_simple(base->value, now->value, &growth);
        tflow_growth_log(base->value, now->value, &logs);
        tflow_growth_midpoint(base->value, now->value, &midpoint);
        tflow_builder_float64(out, first + BASE_VALUE, base->value);
        tflow_builder_float64(out, first + CHANGE, now->value - base->value);
        tflow_builder_float64(out, first + GROWTH, growth);
        tflow_builder_float64(out, first + LOG_GROWTH, logs);
        tflow_builder_float64(out, first + MIDPOINT, midpoint);
        if (w->of)
            write_contribution(out, w, s, now, base);
        quality = tflow_i_cell_join(now, base);
    }
    write_index(out, w, s, now);
    const char *reason = reason_for(now, base, status);
    if (reason != NULL)
        tflow_builder_key(out, first + REASON, reason);
    tflow_i_quality_cells(out, first + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

/* `by` with the dimension of --of in it; and without it, for the total. */
static size_t by_with(const tflow_i_selection *s, const char *of, int with,
                      const char *by[8])
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_by && n < 7; i++)
        if (strcmp(s->by[i], of) != 0)
            by[n++] = s->by[i];
    if (with)
        by[n++] = of;
    return n;
}

static tflow_status open_totals(const tflow_i_args *args, growth_work *w,
                                tflow_i_selection *selection, const char *of,
                                tflow_error *error)
{
    const char *by[8];
    const char *const *kept = selection->by;
    size_t n_kept = selection->n_by;
    selection->n_by = by_with(selection, of, 0, by);
    selection->by = by;
    tflow_i_selection all =
        *selection; /* a list for --of chooses what is shown alone */
    if (strcmp(of, "partner") == 0)
        all.n_partners = 0;
    else if (strcmp(of, "reporter") == 0)
        all.n_reporters = 0;
    else
        all.n_products = 0;
    tflow_status status =
        tflow_i_aggregate(tflow_i_input(args, 0), &all, &w->totals, error);
    selection->by = kept;
    selection->n_by = n_kept;
    return status;
}

static tflow_status open_work(const tflow_i_args *args, growth_work *w,
                              tflow_error *error)
{
    const char *of = tflow_i_arg_text(args, "of");
    const char *by[8];
    tflow_i_selection selection;
    tflow_period last;
    int32_t lag = (int32_t)tflow_i_arg_integer(args, "lag");
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status != TFLOW_OK)
        return status;
    w->of = strcmp(of, "none") != 0;
    w->first = selection.first;
    tflow_i_arg_periods(args, "base", &w->base, &last);
    if (w->first != TFLOW_PERIOD_NONE) { /* bases lie before the first period shown */
        tflow_period earlier = tflow_period_shift(w->first, -12 * lag);
        if (earlier != TFLOW_PERIOD_NONE)
            selection.first = earlier;
    }
    if (w->of) {
        selection.n_by = by_with(&selection, of, 1, by);
        selection.by = by;
        if (selection.total == TFLOW_I_TOTAL_AUTO) /* parts and total must agree */
            selection.total = TFLOW_I_TOTAL_PARTNERS;
    }
    status = tflow_i_cells_of(args, 0, &selection, &w->cells, error);
    if (status != TFLOW_OK)
        return status;
    w->back =
        lag * (selection.accumulate != TFLOW_I_ACCUMULATE_NONE ? 12 : w->cells.step);
    if (w->back == 0)
        status = tflow_i_fail(error, TFLOW_EMIXED,
                              "growth needs periods of one length; choose --frequency");
    if (status == TFLOW_OK && w->of)
        status = open_totals(args, w, &selection, of, error);
    return status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    growth_work w = {0};
    tflow_status status = open_work(args, &w, error);
    if (status == TFLOW_OK)
        status = columns(out, &w, error);
    for (size_t s = 0; status == TFLOW_OK && s < w.cells.n_series; s++)
        for (size_t i = w.cells.series[s];
             i < w.cells.series[s + 1] && status == TFLOW_OK; i++)
            if (tflow_period_start(w.cells.cells[i].period) >=
                tflow_period_start(w.first))
                status = write_row(out, &w, s, &w.cells.cells[i], error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w.cells, error);
    tflow_i_cells_free(&w.cells);
    tflow_i_cells_free(&w.totals);
    return status;
}

static const tflow_parameter parameters[] = {
    {"lag", TFLOW_PARAMETER_INTEGER, "1", NULL, 1, 600,
     "periods back to the base: 12 with months is year on year; years with "
     "--accumulate"},
    {"base", TFLOW_PARAMETER_PERIODS, NULL, NULL, 0, 0,
     "period where the index is 1; default: the first shown of each series"},
    {"of", TFLOW_PARAMETER_CHOICE, "none", "none|reporter|partner|product", 0, 0,
     "parts whose contribution to the growth of their total is shown"},
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"base_period", TFLOW_PERIOD, "", "what it is held against"},
    {"value", TFLOW_FLOAT64, "value", "level"},
    {"base_value", TFLOW_FLOAT64, "value", "level of the base period"},
    {"change", TFLOW_FLOAT64, "value", "value - base_value"},
    {"growth", TFLOW_FLOAT64, "fraction", "value / base_value - 1"},
    {"log_growth", TFLOW_FLOAT64, "log", "ln(value / base_value)"},
    {"midpoint_growth", TFLOW_FLOAT64, "fraction",
     "2 change / (value + base_value): defined where a flow begins or ends"},
    {"index", TFLOW_FLOAT64, "base 1", "value over the value of --base"},
    {"contribution", TFLOW_FLOAT64, "fraction", "change / total of the base period"},
    {"fraction_of_growth", TFLOW_FLOAT64, "fraction", "change / change of the total"},
    {"reason", TFLOW_KEY, "", "why there is no growth rate"},
    TFLOW_I_QUALITY_OUTPUTS,
};

const tflow_operation tflow_i_op_growth = {
    .name = "growth",
    .summary = "Growth of flows from period to period",
    .definition =
        "growth = value / base_value - 1, against the period --lag periods earlier by "
        "its label: a missing year is a gap, never skipped over. A base of zero has no "
        "growth rate (reason), but a midpoint growth 2(x1 - x0)/(x1 + x0), which is 2 "
        "for a flow that begins and -2 for one that ends. With --of, contribution is "
        "the "
        "change over the total of the base period; over all parts the contributions "
        "add "
        "up to the growth of the total, and fraction_of_growth to 1.",
    .reference =
        "Davis, Haltiwanger and Schuh (1996), Job Creation and Destruction, for "
        "the midpoint rate",
    .example = "growth data/belarus/china_imports_2010_2022.csv --partner BLR",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
