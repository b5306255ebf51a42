/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "tradeflow/growth.h"

#include <math.h>
#include <string.h>

typedef struct growth_work {
    tflow_i_cells cells;
    tflow_i_cells totals;    /* the same without the dimension of --of; n = 0: none */
    int32_t back;            /* months between a period and its base */
    tflow_i_selection asked; /* for the periods to show */
    tflow_period base;       /* of the index; NONE: the first of each series */
    int sums;                /* over time: a period shown is the end of a window */
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

/* The two sides of a row; NULL where the series has no cell. */
typedef struct sides {
    tflow_period period;
    const tflow_i_cell *now, *base;
    const tflow_i_cell *now_total, *base_total; /* with --of */
} sides;

static int32_t end_of(tflow_period period)
{
    return tflow_period_start(period) + tflow_period_months(period);
}

static int shown(const growth_work *w, tflow_period period)
{
    return tflow_i_asked_for(&w->asked, w->cells.step, period);
}

/* Does a part without a row count as 0? In a total of the period it added nothing; a
 * sum over time, though, has what the part had in other periods. */
static int zero_without(const growth_work *w, const sides *x)
{
    return !w->sums && x->now_total != NULL && x->base_total != NULL;
}

static const char *reason_for(const growth_work *w, const sides *x, tflow_status status)
{
    if (x->now == NULL)
        return "no row in the period: counted as 0 in the total";
    if (x->base == NULL)
        return zero_without(w, x)
                   ? "no row in the base period: counted as 0 in the total"
                   : "no base period";
    if (isnan(x->now->value))
        return "the value is missing";
    if (isnan(x->base->value))
        return "the base is missing";
    if (status == TFLOW_ZERO_BASE)
        return "the base is zero";
    return status == TFLOW_OK ? NULL : tflow_status_text(status);
}

/* Contribution to the growth of the total over the dimension of --of. Without parts
 * that begin and end contributions would not add up. */
static void write_contribution(tflow_builder *out, const growth_work *w, const sides *x)
{
    size_t first = w->cells.n_by + 1;
    double base = x->base == NULL ? 0 : x->base->value;
    double now = x->now == NULL ? 0 : x->now->value;
    double points, fraction;

    if (x->now_total == NULL || x->base_total == NULL ||
        ((x->now == NULL || x->base == NULL) && !zero_without(w, x)))
        return;
    tflow_contribution(base, now, x->base_total->value, &points);
    tflow_contribution_fraction(base, now, x->base_total->value, x->now_total->value,
                                &fraction);
    tflow_builder_float64(out, first + CONTRIBUTION, points);
    tflow_builder_float64(out, first + FRACTION, fraction);
}

/* The cell of --base, or the first that is shown. */
static const tflow_i_cell *index_base(const growth_work *w, size_t s)
{
    for (size_t i = w->cells.series[s]; i < w->cells.series[s + 1]; i++) {
        const tflow_i_cell *cell = &w->cells.cells[i];
        if (w->base == TFLOW_PERIOD_NONE ? shown(w, cell->period)
            : w->sums                    ? end_of(cell->period) == end_of(w->base)
                                         : cell->period == w->base)
            return cell;
    }
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

/* Both cells are there. */
static tflow_status write_rates(tflow_builder *out, size_t first, double base,
                                double now)
{
    double growth, logs, midpoint;
    tflow_status status = tflow_growth_simple(base, now, &growth);
    tflow_growth_log(base, now, &logs);
    tflow_growth_midpoint(base, now, &midpoint);
    tflow_builder_float64(out, first + CHANGE, now - base);
    tflow_builder_float64(out, first + GROWTH, growth);
    tflow_builder_float64(out, first + LOG_GROWTH, logs);
    tflow_builder_float64(out, first + MIDPOINT, midpoint);
    return status;
}

static tflow_status write_row(tflow_builder *out, const growth_work *w, size_t s,
                              const sides *x, tflow_error *error)
{
    size_t first = w->cells.n_by + 1;
    tflow_i_cell quality = x->now != NULL ? *x->now : *x->base;
    tflow_status status = TFLOW_OK;

    tflow_i_key_cells(out, &w->cells, s, x->period);
    tflow_builder_period(out, first + BASE_PERIOD,
                         tflow_period_shift(x->period, -w->back));
    if (x->now != NULL) {
        tflow_builder_float64(out, first + VALUE, x->now->value);
        write_index(out, w, s, x->now);
    }
    if (x->base != NULL)
        tflow_builder_float64(out, first + BASE_VALUE, x->base->value);
    if (x->now != NULL && x->base != NULL) {
        status = write_rates(out, first, x->base->value, x->now->value);
        quality = tflow_i_cell_join(x->now, x->base);
    }
    if (w->of)
        write_contribution(out, w, x);
    const char *reason = reason_for(w, x, status);
    if (reason != NULL)
        tflow_builder_key(out, first + REASON, reason);
    tflow_i_quality_cells(out, first + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

/* The rows of a series: its periods and, with --of, those of the total in which it has
 * ended since the base period. */
static tflow_status write_series(tflow_builder *out, const growth_work *w, size_t s,
                                 tflow_error *error)
{
    size_t t = w->of ? tflow_i_cells_match(&w->totals, &w->cells, s) : SIZE_MAX;
    size_t i = w->cells.series[s], end = w->cells.series[s + 1];
    size_t k = t == SIZE_MAX ? 0 : w->totals.series[t];
    size_t k_end = t == SIZE_MAX ? 0 : w->totals.series[t + 1];
    tflow_status status = TFLOW_OK;

    while ((i < end || k < k_end) && status == TFLOW_OK) {
        tflow_period own = i < end ? w->cells.cells[i].period : TFLOW_PERIOD_NONE;
        tflow_period all = k < k_end ? w->totals.cells[k].period : TFLOW_PERIOD_NONE;
        int has_own = i < end && (k == k_end || own <= all);
        int has_all = k < k_end && (i == end || all <= own);
        sides x = {.period = has_own ? own : all};
        tflow_period base = tflow_period_shift(x.period, -w->back);
        x.base = tflow_i_cells_at(&w->cells, s, base);
        if (has_own)
            x.now = &w->cells.cells[i++];
        if (has_all)
            x.now_total = &w->totals.cells[k++];
        if (t != SIZE_MAX)
            x.base_total = tflow_i_cells_at(&w->totals, t, base);
        if (shown(w, x.period) &&
            (x.now != NULL || (x.base != NULL && zero_without(w, &x))))
            status = write_row(out, w, s, &x, error);
    }
    return status;
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

/* Bases lie before the first period shown, and the base of the index anywhere. */
static void read_more(const growth_work *w, int32_t lag, tflow_i_selection *selection)
{
    tflow_period *first = &selection->first, *last = &selection->last;
    if (*first != TFLOW_PERIOD_NONE) {
        tflow_period earlier = tflow_period_shift(*first, -12 * lag);
        if (earlier != TFLOW_PERIOD_NONE)
            *first = earlier;
    }
    if (w->base == TFLOW_PERIOD_NONE)
        return;
    if (*first != TFLOW_PERIOD_NONE &&
        tflow_period_start(w->base) < tflow_period_start(*first))
        *first = w->base;
    if (*last != TFLOW_PERIOD_NONE && end_of(w->base) > end_of(*last))
        *last = w->base;
}

/* What was asked for has to be there: periods to show, and the base of the index. */
static tflow_status check_work(const growth_work *w, tflow_error *error)
{
    int any = 0, based = w->base == TFLOW_PERIOD_NONE;
    char label[TFLOW_PERIOD_SIZE], found[TFLOW_PERIOD_SIZE];
    if (w->cells.n == 0)
        return TFLOW_OK;
    if (w->back == 0)
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "growth needs periods of one length; choose --frequency");
    for (size_t i = 0; i < w->cells.n && !any; i++)
        any = shown(w, w->cells.cells[i].period);
    if (!any)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "no flow matches the selection: none in the periods asked "
                            "for");
    for (size_t s = 0; s < w->cells.n_series && !based; s++)
        based = index_base(w, s) != NULL;
    if (!based)
        return tflow_i_arg_fail(error, TFLOW_EUNKNOWN, "base",
                                "found no value in %s, expected a period of the series "
                                "such as %s",
                                tflow_period_format(w->base, found),
                                tflow_period_format(w->cells.cells[0].period, label));
    return TFLOW_OK;
}

static tflow_status open_work(const tflow_i_args *args, growth_work *w,
                              tflow_error *error)
{
    const char *of = tflow_i_arg_text(args, "of");
    const char *by[8];
    tflow_i_selection selection;
    tflow_period base_end;
    int32_t lag = (int32_t)tflow_i_arg_integer(args, "lag");
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status != TFLOW_OK)
        return status;
    w->of = strcmp(of, "none") != 0;
    w->sums = selection.accumulate != TFLOW_I_ACCUMULATE_NONE;
    w->asked = selection;
    tflow_i_arg_periods(args, "base", &w->base, &base_end);
    if (w->base != base_end)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "base",
                                "found several periods, expected one");
    read_more(w, lag, &selection);
    if (w->of) {
        selection.n_by = by_with(&selection, of, 1, by);
        selection.by = by;
        /* Partners are the parts: the World's rows are none of them. */
        if (selection.total == TFLOW_I_TOTAL_AUTO && strcmp(of, "partner") == 0)
            selection.total = TFLOW_I_TOTAL_PARTNERS;
    }
    status = tflow_i_cells_of(args, 0, &selection, &w->cells, error);
    if (status != TFLOW_OK)
        return status;
    w->back = lag * (w->sums ? 12 : w->cells.step);
    status = check_work(w, error);
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
        status = write_series(out, &w, s, error);
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
        "the change over the total of the base period; over all parts the "
        "contributions "
        "add up to the growth of the total, and fraction_of_growth to 1. A part "
        "without "
        "a row in one of the two periods counts as 0 there, as in the total (reason).",
    .reference =
        "Davis, Haltiwanger and Schuh (1996), Job Creation and Destruction, for "
        "the midpoint rate",
    .example = "growth data/belarus/china_imports_2010_2022.csv --partner BLR",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
