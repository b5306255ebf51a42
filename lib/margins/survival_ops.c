/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "op/totals.h"
#include "tradeflow/margins.h"

#include <math.h>
#include <string.h>

enum {
    AT_RISK,
    ENDED,
    CENSORED,
    HAZARD,
    SURVIVAL,
    STANDARD_ERROR,
    MEDIAN,
    N_FLOWS,
    N_SPELLS,
    N_LEFT_CENSORED,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"duration", TFLOW_INT64, "periods", "length of spells"},
    {"n_at_risk", TFLOW_INT64, "", "spells that lasted at least as long"},
    {"n_ended", TFLOW_INT64, "", "spells that ended then"},
    {"n_censored", TFLOW_INT64, "", "spells last seen then, which may go on"},
    {"hazard", TFLOW_FLOAT64, "fraction", "n_ended / n_at_risk"},
    {"survival", TFLOW_FLOAT64, "fraction", "share of spells that last longer"},
    {"standard_error", TFLOW_FLOAT64, "fraction", "of survival, by Greenwood"},
    {"median", TFLOW_FLOAT64, "periods", "first duration with survival of at most 1/2"},
    {"n_flows", TFLOW_INT64, "", "flows that traded"},
    {"n_spells", TFLOW_INT64, "", "spells that count"},
    {"n_left_censored", TFLOW_INT64, "", "spells whose beginning is not known"},
    {"reason", TFLOW_KEY, "", "why there is no median, or no spell"},
    TFLOW_I_QUALITY_OUTPUTS,
};

enum { NONE, ACTIVE, UNKNOWN };

typedef struct work {
    tflow_i_cells cells;
    uint8_t of_line[8]; /* keys that tell flows apart */
    size_t *order;      /* series, sorted by the other keys */
    double threshold;
    size_t gap;
    int keep_left;  /* spells whose beginning is not known count from when seen */
    int zero;       /* a missing cell traded nothing */
    size_t n;       /* periods from the first to the last of the table */
    int32_t start;  /* of the first */
    uint8_t *known; /* per period: the group has a row */
    uint8_t *state; /* per period, of one flow */
    double *ended, *censored, *survival, *error;
    size_t n_flows, n_spells, n_left, longest;
} work;

static int by_group(size_t a, size_t b, const void *context)
{
    const work *w = context;
    for (size_t k = 0; k < w->cells.n_by; k++) {
        int order = w->of_line[k] ? 0
                                  : strcmp(tflow_i_cells_key(&w->cells, a, k),
                                           tflow_i_cells_key(&w->cells, b, k));
        if (order != 0)
            return order;
    }
    return 0;
}

static size_t position(const work *w, tflow_period period)
{
    return (size_t)((tflow_period_start(period) - w->start) / w->cells.step);
}

/* ---- spells of one flow ---- */

/* The end of the spell that starts at `from`: one behind its last active period.
 * Inactive periods up to the gap rule, all of them known, are bridged. */
static size_t spell_end(const work *w, size_t from)
{
    size_t end = from + 1;
    for (size_t i = end; i < w->n && w->state[i] != UNKNOWN && i - end <= w->gap; i++)
        if (w->state[i] == ACTIVE)
            end = i + 1;
    return end;
}

/* How many known periods without trade follow position i (or come before it), up to
 * one more than the gap rule asks for. */
static size_t quiet(const work *w, size_t i, int back)
{
    size_t n = 0;
    while (n <= w->gap && (back ? i > n : i + n < w->n) &&
           w->state[back ? i - 1 - n : i + n] == NONE)
        n++;
    return n;
}

/* An end is known when trade was seen to stop for longer than the gap rule bridges, and
 * so is a beginning. */
static void add_spells(work *w)
{
    int traded = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (w->state[i] != ACTIVE)
            continue;
        size_t end = spell_end(w, i);
        int left = quiet(w, i, 1) <= w->gap;
        traded = 1;
        w->n_left += (size_t)left;
        if (!left || w->keep_left) {
            double *side = quiet(w, end, 0) > w->gap ? w->ended : w->censored;
            side[end - i - 1] += 1;
            w->n_spells++;
            w->longest = end - i > w->longest ? end - i : w->longest;
        }
        i = end - 1;
    }
    w->n_flows += (size_t)traded;
}

static void read_states(work *w, size_t series)
{
    for (size_t i = 0; i < w->n; i++)
        w->state[i] = w->known[i] ? NONE : UNKNOWN;
    for (size_t c = w->cells.series[series]; c < w->cells.series[series + 1]; c++) {
        const tflow_i_cell *cell = &w->cells.cells[c];
        uint8_t *state = &w->state[position(w, cell->period)];
        if (cell->value > w->threshold)
            *state = ACTIVE;
        else if (cell->n_missing > 0 && !w->zero)
            *state = UNKNOWN; /* it may have traded */
    }
}

/* ---- output ---- */

static tflow_status write_row(tflow_builder *out, const work *w, size_t series,
                              size_t duration, double at_risk, double median,
                              const tflow_i_cell *quality, const char *reason,
                              tflow_error *error)
{
    size_t at = 0;
    for (size_t k = 0; k < w->cells.n_by; k++)
        if (!w->of_line[k])
            tflow_builder_key(out, at++, tflow_i_cells_key(&w->cells, series, k));
    if (duration > 0) {
        size_t i = duration - 1;
        tflow_builder_int64(out, at, (int64_t)duration);
        tflow_builder_int64(out, at + 1 + AT_RISK, (int64_t)at_risk);
        tflow_builder_int64(out, at + 1 + ENDED, (int64_t)w->ended[i]);
        tflow_builder_int64(out, at + 1 + CENSORED, (int64_t)w->censored[i]);
        tflow_builder_float64(out, at + 1 + HAZARD, w->ended[i] / at_risk);
        tflow_builder_float64(out, at + 1 + SURVIVAL, w->survival[i]);
        tflow_builder_float64(out, at + 1 + STANDARD_ERROR, w->error[i]);
    }
    at++;
    tflow_builder_float64(out, at + MEDIAN, median);
    tflow_builder_int64(out, at + N_FLOWS, (int64_t)w->n_flows);
    tflow_builder_int64(out, at + N_SPELLS, (int64_t)w->n_spells);
    tflow_builder_int64(out, at + N_LEFT_CENSORED, (int64_t)w->n_left);
    if (reason != NULL)
        tflow_builder_key(out, at + REASON, reason);
    tflow_i_quality_cells(out, at + QUALITY, quality);
    return tflow_builder_row(out, error);
}

static tflow_status write_group(tflow_builder *out, work *w, const size_t *series,
                                size_t n, tflow_error *error)
{
    tflow_i_adder sum = {.lost = 0};
    double median;
    memset(w->known, 0, w->n);
    memset(w->ended, 0, w->n * sizeof *w->ended);
    memset(w->censored, 0, w->n * sizeof *w->censored);
    w->n_flows = w->n_spells = w->n_left = w->longest = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t c = w->cells.series[series[i]]; c < w->cells.series[series[i] + 1];
             c++) {
            w->known[position(w, w->cells.cells[c].period)] = 1;
            tflow_i_adder_add(&sum, &w->cells.cells[c]);
        }
    for (size_t i = 0; i < n; i++) {
        read_states(w, series[i]);
        add_spells(w);
    }
    tflow_i_cell quality = tflow_i_adder_cell(&sum, TFLOW_MISSING_ZERO);
    tflow_status status = tflow_survival(tflow_vec_of(w->ended, w->longest),
                                         tflow_vec_of(w->censored, w->longest),
                                         w->survival, w->error, &median, error);
    if (status < 0)
        return status;
    const char *reason = isnan(median) ? tflow_status_text(status) : NULL;
    double at_risk = (double)w->n_spells;
    if (w->n_spells == 0)
        return write_row(out, w, series[0], 0, 0, median, &quality, reason, error);
    for (size_t t = 1; t <= w->longest && status >= 0; t++) {
        double here = w->ended[t - 1] + w->censored[t - 1];
        if (here > 0)
            status = write_row(out, w, series[0], t, at_risk, median, &quality, reason,
                               error);
        at_risk -= here;
    }
    return status < 0 ? status : TFLOW_OK;
}

static tflow_status columns(tflow_builder *out, const work *w, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < w->cells.n_by && status == TFLOW_OK; k++)
        if (!w->of_line[k])
            status = tflow_builder_column(out, w->cells.by[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "duration", TFLOW_INT64, "periods", error);
    return status == TFLOW_OK
               ? tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        w->cells.unit, error)
               : status;
}

static tflow_status open_periods(work *w, tflow_error *error)
{
    int32_t last = 0;
    if (w->cells.n > 0 && w->cells.step <= 0)
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "periods of several lengths; --frequency chooses one");
    for (size_t c = 0; c < w->cells.n; c++) {
        int32_t start = tflow_period_start(w->cells.cells[c].period);
        w->start = c == 0 || start < w->start ? start : w->start;
        last = c == 0 || start > last ? start : last;
        w->n = (size_t)((last - w->start) / w->cells.step) + 1;
    }
    w->known = tflow_i_alloc(w->n, 2);
    w->ended = tflow_i_alloc(w->n, 4 * sizeof *w->ended);
    w->order = tflow_i_alloc(w->cells.n_series, sizeof *w->order);
    if (w->known == NULL || w->ended == NULL || w->order == NULL)
        return tflow_i_nomem(error);
    w->state = w->known + w->n;
    w->censored = w->ended + w->n;
    w->survival = w->ended + 2 * w->n;
    w->error = w->ended + 3 * w->n;
    for (size_t s = 0; s < w->cells.n_series; s++)
        w->order[s] = s;
    return tflow_i_sort(w->order, w->cells.n_series, by_group, w)
               ? TFLOW_OK
               : tflow_i_nomem(error);
}

static tflow_status write_all(tflow_builder *out, work *w, tflow_error *error)
{
    size_t n = w->cells.n_series;
    tflow_status status = open_periods(w, error);
    if (status == TFLOW_OK)
        status = columns(out, w, error);
    for (size_t i = 0, end; i < n && status == TFLOW_OK; i = end) {
        for (end = i + 1; end < n && by_group(w->order[i], w->order[end], w) == 0;)
            end++;
        status = write_group(out, w, w->order + i, end - i, error);
    }
    return status == TFLOW_OK ? tflow_i_cells_notes(out, &w->cells, error) : status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.threshold = tflow_i_arg_real(args, "threshold"),
              .gap = (size_t)tflow_i_arg_integer(args, "gap"),
              .keep_left = tflow_i_arg_is(args, "left_censored", "keep")};
    int product = !tflow_i_arg_is(args, "over", "partner");
    int partner = !tflow_i_arg_is(args, "over", "product");
    const char *by[10];
    tflow_i_selection s;
    tflow_status status = tflow_i_selection_of(args, &s, error);
    if (status == TFLOW_OK)
        status = tflow_i_not_accumulated(&s, error);
    if (status != TFLOW_OK)
        return status;
    size_t n = 0;
    for (size_t i = 0; i < s.n_by; i++)
        if (!(product && strcmp(s.by[i], "product") == 0) &&
            !(partner && strcmp(s.by[i], "partner") == 0) &&
            strcmp(s.by[i], "reporter") != 0)
            by[n++] = s.by[i];
    by[n++] = "reporter";
    if (product)
        by[n++] = "product";
    if (partner)
        by[n++] = "partner";
    s.by = by;
    s.n_by = n;
    if (partner)
        s.total = TFLOW_I_TOTAL_PARTNERS;
    if (n > 7)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "by",
                                "found %zu keys with those of flows, expected at most "
                                "7",
                                n);
    w.zero = s.missing == TFLOW_MISSING_ZERO;
    status = tflow_i_cells_of(args, 0, &s, &w.cells, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t k = 0; k < w.cells.n_by; k++)
        w.of_line[k] = (product && strcmp(w.cells.by[k], "product") == 0) ||
                       (partner && strcmp(w.cells.by[k], "partner") == 0);
    status = write_all(out, &w, error);
    tflow_i_cells_free(&w.cells);
    tflow_i_free(w.order);
    tflow_i_free(w.known);
    tflow_i_free(w.ended);
    return status;
}

static const tflow_parameter parameters[] = {
    {"over", TFLOW_PARAMETER_CHOICE, "both", "product|partner|both", 0, 0,
     "what a flow is: a product, a partner, or a product by partner"},
    {"gap", TFLOW_PARAMETER_INTEGER, "0", NULL, 0, 1000,
     "periods without trade that do not end a spell: 1 is the one-year gap rule"},
    {"left_censored", TFLOW_PARAMETER_CHOICE, "drop", "drop|keep", 0, 0,
     "spells whose beginning is not known: left out, or counted from when first seen"},
    {"threshold", TFLOW_PARAMETER_REAL, "0", NULL, 0, 1e300,
     "a flow is active where its value is above this"},
};

const tflow_operation tflow_i_op_survival = {
    .name = "survival",
    .summary = "How long flows last: Kaplan-Meier, hazard, median life",
    .definition =
        "A spell is a run of periods in which a flow of --over is above --threshold; "
        "up "
        "to --gap periods without trade inside it are bridged and count to its length. "
        "Its end is known where more than --gap periods without trade follow, else it "
        "is censored after its last active period; its beginning is known where more "
        "than --gap such periods come before, else it is left-censored, and left out "
        "or "
        "counted from there by --left-censored. A period in which the reporter has no "
        "row at all, or the flow's own row is missing, is not known: spells are "
        "censored there, at both sides (with --missing zero a missing row traded "
        "nothing). survival(t) = product over u <= t of 1 - n_ended/n_at_risk, over "
        "all "
        "spells with the same other keys, each spell for itself.",
    .reference = "Kaplan and Meier (1958), Journal of the American Statistical "
                 "Association 53(282); Besedes and Prusa (2006), Ins, outs, and the "
                 "duration of trade, Canadian Journal of Economics 39(1)",
    .example = "survival data/belarus/baci_belarus_partners_2000_2020.csv --over "
               "partner --reporter BLR --gap 1",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
