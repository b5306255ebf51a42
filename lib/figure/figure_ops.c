/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "tradeflow/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct figure_work {
    tflow_figure statements[TFLOW_FIGURE_MAX];
    const char *texts[TFLOW_FIGURE_MAX]; /* the phrase a statement stands in */
    size_t n;
    tflow_figure_opts opts;
    int observed;       /* there are data */
    double level, base; /* what they have; NaN: missing */
    tflow_range band;
} figure_work;

enum {
    ITEM,
    TEXT,
    KIND,
    LOW,
    HIGH,
    FIGURE,
    TOLERANCE,
    BASE_LOW,
    BASE_HIGH,
    BREAK_EVEN,
    VERDICT,
    OBSERVED,
    FACTOR,
    DETAIL
};

static tflow_status columns(tflow_builder *out, tflow_error *error)
{
    static const struct {
        const char *name;
        tflow_type type;
    } list[] = {{"item", TFLOW_KEY},          {"statement", TFLOW_KEY},
                {"kind", TFLOW_KEY},          {"low", TFLOW_FLOAT64},
                {"high", TFLOW_FLOAT64},      {"figure", TFLOW_FLOAT64},
                {"tolerance", TFLOW_FLOAT64}, {"base_low", TFLOW_FLOAT64},
                {"base_high", TFLOW_FLOAT64}, {"break_even", TFLOW_FLOAT64},
                {"verdict", TFLOW_KEY},       {"observed", TFLOW_FLOAT64},
                {"factor", TFLOW_FLOAT64},    {"detail", TFLOW_KEY}};
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < TFLOW_I_COUNT(list) && status == TFLOW_OK; i++)
        status = tflow_builder_column(out, list[i].name, list[i].type, "", error);
    return status;
}

static void put_finite(tflow_builder *out, size_t column, double value)
{
    if (isfinite(value))
        tflow_builder_float64(out, column, value);
}

/* The words of a statement, cut from the phrase it stands in. */
static void text_cell(tflow_builder *out, const figure_work *w, size_t i)
{
    const tflow_figure *s = &w->statements[i];
    if (w->texts[i] != NULL && s->length > 0)
        tflow_builder_key_n(out, TEXT, w->texts[i] + s->start, s->length);
}

/* Read phrases joined by ';'. */
static tflow_status read_phrases(figure_work *w, const char *text,
                                 const char *parameter, char *room, tflow_error *error)
{
    memcpy(room, text, strlen(text) + 1);
    for (char *s = room; s != NULL;) {
        char *end = strchr(s, ';');
        if (end != NULL)
            *end++ = '\0';
        size_t n = 0;
        tflow_status status = tflow_figure_phrase_parse(
            s, &w->opts, w->statements + w->n, TFLOW_FIGURE_MAX - w->n, &n, error);
        if (status != TFLOW_OK) {
            tflow_i_at(error, NULL, 0, 0, parameter);
            return status;
        }
        for (size_t i = 0; i < n; i++)
            w->texts[w->n + i] = s;
        w->n += n;
        s = end;
    }
    return TFLOW_OK;
}

/* Amounts in one currency say nothing about values in another. */
static tflow_status check_currency(const figure_work *w, const tflow_table *table,
                                   tflow_error *error)
{
    const char *currency = tflow_table_attribute(table, "currency");
    for (size_t i = 0; i < w->n && currency != NULL; i++) {
        const tflow_figure *s = &w->statements[i];
        if (s->currency[0] != '\0' && s->kind != TFLOW_FIGURE_RATIO &&
            strcmp(s->currency, currency) != 0)
            return tflow_i_fail(error, TFLOW_EMIXED,
                                "found a figure in %.8s and data in %.8s, expected one "
                                "currency",
                                s->currency, currency);
    }
    return TFLOW_OK;
}

/* The last period asked for, unless nothing is there. */
static tflow_status find_level(const tflow_i_cells *cells,
                               const tflow_i_selection *asked,
                               const tflow_i_cell **level, tflow_error *error)
{
    if (cells->n_series != 1 || cells->n == 0 || cells->step == 0)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found %zu series, expected one: choose reporter, partner "
                            "and flow",
                            cells->n_series);
    *level = &cells->cells[cells->n - 1];
    if (!tflow_i_asked_for(asked, cells->step, (*level)->period))
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "no flow matches the selection: none in the periods asked "
                            "for");
    return TFLOW_OK;
}

/* A part of a period is no level of it, and decides nothing. */
static double value_of(const tflow_i_cell *cell, int power)
{
    return cell == NULL || cell->incomplete ? NAN : tflow_i_scaled(cell->value, power);
}

static tflow_status note_observed(tflow_builder *out, const tflow_i_cell *level,
                                  const tflow_i_cell *base, tflow_period base_period,
                                  tflow_error *error)
{
    char a[TFLOW_PERIOD_SIZE], b[TFLOW_PERIOD_SIZE], text[200];
    const char *quality = level->lower_bound || (base != NULL && base->lower_bound)
                              ? "; parts are missing: sums are lower bounds"
                              : "";
    snprintf(text, sizeof text, "observed: %s%s against %s%s%s",
             tflow_period_format(level->period, a),
             level->incomplete ? " (incomplete)" : "",
             tflow_period_format(base_period, b),
             base == NULL       ? " (not in the data)"
             : base->incomplete ? " (incomplete)"
                                : "",
             quality);
    return tflow_builder_note(out, text, error);
}

/* The observed level in the last selected period, and --lag periods before. */
static tflow_status observe(const tflow_i_args *args, figure_work *w,
                            tflow_builder *out, tflow_error *error)
{
    tflow_i_selection selection;
    tflow_i_cells cells;
    const tflow_table *table = tflow_i_input(args, 0);
    int32_t lag = (int32_t)tflow_i_arg_integer(args, "lag");
    tflow_status status = check_currency(w, table, error);
    if (status == TFLOW_OK)
        status = tflow_i_selection_of(args, &selection, error);
    if (status != TFLOW_OK)
        return status;
    const tflow_i_selection asked = selection;
    if (selection.first != TFLOW_PERIOD_NONE)
        selection.first = tflow_period_shift(selection.first, -12 * lag);
    status = tflow_i_cells_of(args, 0, &selection, &cells, error);
    if (status != TFLOW_OK)
        return status;
    const tflow_i_cell *level = NULL;
    status = find_level(&cells, &asked, &level, error);
    if (status == TFLOW_OK && level != NULL) {
        int32_t step =
            selection.accumulate != TFLOW_I_ACCUMULATE_NONE ? 12 : cells.step;
        tflow_period before = tflow_period_shift(level->period, -step * lag);
        const tflow_i_cell *base = tflow_i_cells_at(&cells, 0, before);
        /* Other measures than the value have units of their own. */
        int power =
            tflow_i_arg_is(args, "measure", "value") ? tflow_i_unit_power(table) : 0;
        w->observed = 1;
        w->level = value_of(level, power);
        w->base = value_of(base, power);
        status = note_observed(out, level, base, before, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &cells, error);
    tflow_i_cells_free(&cells);
    return status;
}

/* The base that a change implies with the first level stated. */
static void base_cells(tflow_builder *out, const figure_work *w,
                       const tflow_figure *change)
{
    tflow_range base;
    if (change->kind != TFLOW_FIGURE_RATIO && change->kind != TFLOW_FIGURE_DIFFERENCE)
        return;
    for (size_t i = 0; i < w->n; i++)
        if (w->statements[i].kind == TFLOW_FIGURE_LEVEL) {
            if (tflow_figure_base(&w->statements[i], change, &base) == TFLOW_OK) {
                put_finite(out, BASE_LOW, base.low);
                put_finite(out, BASE_HIGH, base.high);
            }
            return;
        }
}

static tflow_status write_statement(tflow_builder *out, const figure_work *w, size_t i,
                                    int conflict, tflow_error *error)
{
    const tflow_figure *s = &w->statements[i];
    tflow_figure_finding finding;
    double even;
    tflow_builder_key(out, ITEM, "statement");
    text_cell(out, w, i);
    tflow_builder_key(out, KIND, tflow_figure_kind_name(s->kind));
    put_finite(out, LOW, s->interval.low);
    put_finite(out, HIGH, s->interval.high);
    put_finite(out, FIGURE, s->figure);
    put_finite(out, TOLERANCE, s->tolerance);
    base_cells(out, w, s);
    if (conflict && tflow_figure_break_even(w->statements, w->n, i, &even) == TFLOW_OK)
        put_finite(out, BREAK_EVEN, even);
    if (w->observed &&
        tflow_figure_check(s, w->level, w->base, w->band, &finding) >= 0) {
        tflow_builder_key(out, VERDICT, tflow_figure_verdict_name(finding.verdict));
        put_finite(out, OBSERVED, finding.observed);
        put_finite(out, FACTOR, finding.factor);
    }
    return tflow_builder_row(out, error);
}

static tflow_status write_interval(tflow_builder *out, const char *item,
                                   const char *kind, tflow_range interval,
                                   tflow_error *error)
{
    tflow_builder_key(out, ITEM, item);
    tflow_builder_key(out, KIND, kind);
    put_finite(out, LOW, interval.low);
    put_finite(out, HIGH, interval.high);
    return tflow_builder_row(out, error);
}

static tflow_status write_joint(tflow_builder *out, const tflow_figure_joint *joint,
                                tflow_error *error)
{
    tflow_range growth = joint->ratio;
    tflow_status status = write_interval(out, "implied", "level", joint->level, error);
    if (status == TFLOW_OK)
        status = write_interval(out, "implied", "base", joint->base, error);
    if (status == TFLOW_OK)
        status = write_interval(out, "implied", "ratio", joint->ratio, error);
    if (status == TFLOW_OK)
        status = write_interval(out, "implied", "difference", joint->difference, error);
    growth.low -= 1;
    growth.high -= 1;
    if (status == TFLOW_OK)
        status = write_interval(out, "implied", "growth", growth, error);
    return status;
}

/* "doubled" and "+77 %" cannot both be true */
static tflow_status write_conflict(tflow_builder *out, const figure_work *w,
                                   const tflow_figure_conflict *conflict,
                                   tflow_error *error)
{
    tflow_i_text text = {0};
    for (size_t k = 0; k < conflict->n; k++) {
        size_t i = conflict->member[k];
        tflow_i_text_add(&text, k == 0                ? "\""
                                : k + 1 < conflict->n ? "\", \""
                                                      : "\" and \"");
        if (w->texts[i] != NULL)
            tflow_i_text_add_n(&text, w->texts[i] + w->statements[i].start,
                               w->statements[i].length);
    }
    tflow_i_text_add(&text,
                     conflict->n == 1 ? "\" cannot be true" : "\" cannot all be true");
    char *detail = tflow_i_text_take(&text);
    if (detail == NULL)
        return tflow_i_nomem(error);
    tflow_builder_key(out, ITEM, "contradiction");
    tflow_builder_key(out, DETAIL, detail);
    tflow_text_free(detail);
    return tflow_builder_row(out, error);
}

static tflow_status write_all(tflow_builder *out, const figure_work *w, int *contradict,
                              tflow_error *error)
{
    tflow_figure_joint joint;
    tflow_figure_conflict conflicts[16];
    size_t n_conflicts = 0;
    tflow_status solved = tflow_figure_joint_solve(w->statements, w->n, &joint, error);
    if (solved < 0)
        return solved;
    *contradict = solved == TFLOW_CONTRADICTION;
    tflow_status status = columns(out, error);
    for (size_t i = 0; i < w->n && status == TFLOW_OK; i++)
        status = write_statement(out, w, i, *contradict, error);
    if (status == TFLOW_OK && !*contradict)
        return write_joint(out, &joint, error);
    if (status == TFLOW_OK)
        tflow_figure_conflicts(w->statements, w->n, conflicts, 16, &n_conflicts);
    for (size_t i = 0; i < n_conflicts && i < 16 && status == TFLOW_OK; i++)
        status = write_conflict(out, w, &conflicts[i], error);
    return status;
}

static tflow_status read_options(const tflow_i_args *args, figure_work *w,
                                 tflow_error *error)
{
    static const tflow_figure_opts defaults = TFLOW_FIGURE_OPTS_INIT;
    const double *band;
    w->opts = defaults;
    w->opts.word_tolerance = tflow_i_arg_real(args, "word_tolerance");
    w->opts.qualifier_width = tflow_i_arg_real(args, "qualifier_width");
    w->opts.bound_reach = tflow_i_arg_real(args, "bound_reach");
    w->level = w->base = NAN;
    if (tflow_i_arg_numbers(args, "band", &band) != 2 || band[0] > band[1] ||
        band[0] <= 0)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "band",
                                "expected two numbers above 0, the smaller first");
    w->band.low = band[0];
    w->band.high = band[1];
    w->band.low_closed = w->band.high_closed = 1;
    return TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    static const char *const names[] = {"value", "change"};
    figure_work w = {0};
    char *rooms[2] = {NULL, NULL};
    int contradict = 0;
    tflow_status status = read_options(args, &w, error);
    for (size_t i = 0; i < 2 && status == TFLOW_OK; i++) {
        const char *text = tflow_i_arg_text(args, names[i]);
        if (text == NULL)
            continue;
        rooms[i] = tflow_i_alloc(strlen(text) + 1, 1);
        status = rooms[i] == NULL ? tflow_i_nomem(error)
                                  : read_phrases(&w, text, names[i], rooms[i], error);
    }
    if (status == TFLOW_OK && w.n == 0)
        status = tflow_i_fail(error, TFLOW_EINVAL,
                              "nothing to check: give --value \"1.6bn\", --change "
                              "\"doubled\", or both; several are joined by ;");
    if (status == TFLOW_OK && tflow_i_inputs(args) > 0)
        status = observe(args, &w, out, error);
    if (status == TFLOW_OK)
        status = write_all(out, &w, &contradict, error);
    tflow_i_free(rooms[0]);
    tflow_i_free(rooms[1]);
    return status == TFLOW_OK && contradict ? TFLOW_CONTRADICTION : status;
}

static const tflow_parameter parameters[] = {
    {"value", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "levels as printed: \"1.6bn\", \"nearly 6bn\"; several joined by ;"},
    {"change", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "changes as printed: \"doubled\", \"+77 %\", \"1.8-fold\", \"+0.7bn\"; joined by "
     ";"},
    {"word_tolerance", TFLOW_PARAMETER_REAL, "0.05", NULL, 0, 10,
     "\"doubled\" is a ratio within 2 plus or minus this"},
    {"qualifier_width", TFLOW_PARAMETER_REAL, "0.05", NULL, 0, 10,
     "how far nearly, practically and about widen, as a fraction of the figure"},
    {"bound_reach", TFLOW_PARAMETER_REAL, "0.25", NULL, 0, 100,
     "how far over and under reach, as a fraction of the figure"},
    {"lag", TFLOW_PARAMETER_INTEGER, "1", NULL, 1, 600,
     "periods of the data back to the base: 12 with months is year on year; years with "
     "--accumulate"},
    {"band", TFLOW_PARAMETER_NUMBERS, "1,1.2", NULL, 0, 100,
     "observed over published that a difference in valuation explains"},
};

static const tflow_output outputs[] = {
    {"item", TFLOW_KEY, "", "statement, implied, or contradiction"},
    {"statement", TFLOW_KEY, "", "the words"},
    {"kind", TFLOW_KEY, "", "level, base, ratio, difference or growth"},
    {"low", TFLOW_FLOAT64, "", "lower end of what it allows"},
    {"high", TFLOW_FLOAT64, "", "upper end"},
    {"figure", TFLOW_FLOAT64, "", "what it says"},
    {"tolerance", TFLOW_FLOAT64, "", "half the width of its interval"},
    {"base_low", TFLOW_FLOAT64, "",
     "a change: least base it implies with the first level"},
    {"base_high", TFLOW_FLOAT64, "", "and the greatest"},
    {"break_even", TFLOW_FLOAT64, "", "tolerance at which a contradiction vanishes"},
    {"verdict", TFLOW_KEY, "", "against data: holds, contradicted or undecided"},
    {"observed", TFLOW_FLOAT64, "", "what the data have"},
    {"factor", TFLOW_FLOAT64, "", "observed over published"},
    {"detail", TFLOW_KEY, "", "the contradiction in words"},
};

const tflow_operation tflow_i_op_figure = {
    .name = "figure",
    .summary = "Check figures as published: what they imply, and whether they agree",
    .definition =
        "A printed figure is an interval: 1.6bn is [1.55, 1.65) bn, +77 % a ratio in "
        "[1.765, 1.775), doubled a ratio in [1.95, 2.05). With level = base * ratio = "
        "base + difference, several statements leave a region of (base, level): its "
        "extent is what they imply, or it is empty and they contradict each other. "
        "break_even is the tolerance at which a statement would meet the others. With "
        "a table, the level of the last period and the one --lag periods before are "
        "held against each statement; what is missing, or not covered to its end, "
        "leaves it undecided.",
    .example = "figure --value \"1.61bn\" --change \"doubled; +77 %\"",
    .inputs_min = 0,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
