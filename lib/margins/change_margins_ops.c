/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "op/totals.h"
#include "tradeflow/margins.h"

#include <math.h>
#include <string.h>

enum {
    FROM,
    VALUE_FROM,
    VALUE_TO,
    CHANGE,
    ENTRY,
    EXIT,
    RISE,
    FALL,
    N_ENTRY,
    N_EXIT,
    N_CONTINUING,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "to when"},
    {"from", TFLOW_PERIOD, "", "from when"},
    {"value_from", TFLOW_FLOAT64, "value", "value before"},
    {"value_to", TFLOW_FLOAT64, "value", "value after"},
    {"change", TFLOW_FLOAT64, "value", "entry + exit + rise + fall"},
    {"entry", TFLOW_FLOAT64, "value", "change of lines that became active"},
    {"exit", TFLOW_FLOAT64, "value", "change of lines that ceased to be, negative"},
    {"rise", TFLOW_FLOAT64, "value", "change of the other lines that grew"},
    {"fall", TFLOW_FLOAT64, "value", "change of the other lines that shrank"},
    {"n_entry", TFLOW_INT64, "", "lines that became active"},
    {"n_exit", TFLOW_INT64, "", "lines that ceased to be"},
    {"n_continuing", TFLOW_INT64, "", "lines active in both"},
    {"reason", TFLOW_KEY, "", "why there are no parts"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct work {
    tflow_missing missing;
    tflow_i_cells cells; /* by the lines and the other keys */
    uint8_t of_line[8];  /* keys that tell lines apart */
    size_t *order;       /* series, sorted by the other keys */
    tflow_period *periods;
    double *from, *to;
    double threshold;
} work;

/* ---- lines of the same trader ---- */

static int by_trader(size_t a, size_t b, const void *context)
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

static int by_time(size_t a, size_t b, const void *context)
{
    const tflow_period *period = context;
    return (period[a] > period[b]) - (period[a] < period[b]);
}

/* The periods of n series, each once and in order. */
static int find_periods(work *w, const size_t *series, size_t n, size_t *n_periods)
{
    size_t m = 0, kept = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t c = w->cells.series[series[i]]; c < w->cells.series[series[i] + 1];
             c++)
            w->periods[m++] = w->cells.cells[c].period;
    size_t *order = tflow_i_alloc(m, sizeof *order);
    tflow_period *sorted = tflow_i_alloc(m, sizeof *sorted);
    int ok = order != NULL && sorted != NULL;
    for (size_t i = 0; ok && i < m; i++)
        order[i] = i;
    ok = ok && tflow_i_sort(order, m, by_time, w->periods);
    for (size_t i = 0; ok && i < m; i++)
        if (i == 0 || w->periods[order[i]] != sorted[kept - 1])
            sorted[kept++] = w->periods[order[i]];
    if (ok)
        memcpy(w->periods, sorted, kept * sizeof *sorted);
    *n_periods = kept;
    tflow_i_free(order);
    tflow_i_free(sorted);
    return ok;
}

/* A line without a row traded nothing. */
static double level(tflow_i_adder *sum, const tflow_i_cell *cell)
{
    if (cell == NULL)
        return 0;
    tflow_i_adder_add(sum, cell);
    return isnan(cell->value) && cell->n_missing == 0 ? 0 : cell->value;
}

/* ---- output ---- */

static tflow_status write_change(tflow_builder *out, work *w, const size_t *series,
                                 size_t n, tflow_period from, tflow_period to,
                                 tflow_error *error)
{
    tflow_change_margins_parts parts;
    tflow_i_adder before = {.lost = 0}, after = {.lost = 0};
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        w->from[i] = level(&before, tflow_i_cells_at(&w->cells, series[i], from));
        w->to[i] = level(&after, tflow_i_cells_at(&w->cells, series[i], to));
    }
    tflow_status status =
        tflow_change_margins(tflow_vec_of(w->from, n), tflow_vec_of(w->to, n),
                             w->threshold, w->missing, &parts, error);
    if (status < 0)
        return status;
    for (size_t k = 0; k < w->cells.n_by; k++)
        if (!w->of_line[k])
            tflow_builder_key(out, at++, tflow_i_cells_key(&w->cells, series[0], k));
    tflow_i_cell a = tflow_i_adder_cell(&before, w->missing);
    tflow_i_cell b = tflow_i_adder_cell(&after, w->missing);
    tflow_builder_period(out, at++, to);
    tflow_builder_period(out, at + FROM, from);
    tflow_builder_float64(out, at + VALUE_FROM, a.value);
    tflow_builder_float64(out, at + VALUE_TO, b.value);
    tflow_builder_float64(out, at + CHANGE, parts.change);
    tflow_builder_float64(out, at + ENTRY, parts.entry);
    tflow_builder_float64(out, at + EXIT, parts.exit);
    tflow_builder_float64(out, at + RISE, parts.rise);
    tflow_builder_float64(out, at + FALL, parts.fall);
    if (isnan(parts.change)) {
        tflow_builder_key(out, at + REASON, tflow_status_text(status));
    } else {
        tflow_builder_int64(out, at + N_ENTRY, (int64_t)parts.n_entry);
        tflow_builder_int64(out, at + N_EXIT, (int64_t)parts.n_exit);
        tflow_builder_int64(out, at + N_CONTINUING, (int64_t)parts.n_continuing);
    }
    tflow_i_cell joined = tflow_i_cell_join(&a, &b);
    joined.lower_bound |= status == TFLOW_LOWER_BOUND;
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status write_trader(tflow_builder *out, work *w, const size_t *series,
                                 size_t n, tflow_period base, tflow_error *error)
{
    size_t n_periods;
    tflow_status status = TFLOW_OK;
    if (!find_periods(w, series, n, &n_periods))
        return tflow_i_nomem(error);
    int traded = 0; /* in the base period */
    for (size_t t = 0; t < n_periods; t++)
        traded |= w->periods[t] == base;
    for (size_t t = 0; t < n_periods && status == TFLOW_OK; t++) {
        if (base == TFLOW_PERIOD_NONE && t > 0)
            status = write_change(out, w, series, n, w->periods[t - 1], w->periods[t],
                                  error);
        else if (traded && w->periods[t] != base)
            status = write_change(out, w, series, n, base, w->periods[t], error);
    }
    return status;
}

static tflow_status columns(tflow_builder *out, const work *w, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < w->cells.n_by && status == TFLOW_OK; k++)
        if (!w->of_line[k])
            status = tflow_builder_column(out, w->cells.by[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    return status == TFLOW_OK
               ? tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        w->cells.unit, error)
               : status;
}

static tflow_status write_all(tflow_builder *out, work *w, tflow_period base,
                              tflow_error *error)
{
    size_t n = w->cells.n_series;
    w->order = tflow_i_alloc(n, sizeof *w->order);
    w->periods = tflow_i_alloc(w->cells.n, sizeof *w->periods);
    w->from = tflow_i_alloc(n, sizeof *w->from);
    w->to = tflow_i_alloc(n, sizeof *w->to);
    if (w->order == NULL || w->periods == NULL || w->from == NULL || w->to == NULL)
        return tflow_i_nomem(error);
    for (size_t s = 0; s < n; s++)
        w->order[s] = s;
    if (!tflow_i_sort(w->order, n, by_trader, w))
        return tflow_i_nomem(error);
    tflow_status status = columns(out, w, error);
    for (size_t i = 0, end; i < n && status == TFLOW_OK; i = end) {
        for (end = i + 1; end < n && by_trader(w->order[i], w->order[end], w) == 0;)
            end++;
        status = write_trader(out, w, w->order + i, end - i, base, error);
    }
    return status == TFLOW_OK ? tflow_i_cells_notes(out, &w->cells, error) : status;
}

/* ---- arguments ---- */

static tflow_status read_base(const tflow_i_args *args, tflow_period *base,
                              tflow_error *error)
{
    tflow_period last;
    *base = TFLOW_PERIOD_NONE;
    if (!tflow_i_arg_set(args, "base"))
        return TFLOW_OK;
    tflow_i_arg_periods(args, "base", base, &last);
    if (*base != last || last == TFLOW_PERIOD_NONE)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "base", "expected one period");
    return TFLOW_OK;
}

/* The keys of the call and those of lines. */
static size_t with_keys(const tflow_i_selection *s, int product, int partner,
                        const char *by[10])
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_by; i++)
        if (!(product && strcmp(s->by[i], "product") == 0) &&
            !(partner && strcmp(s->by[i], "partner") == 0))
            by[n++] = s->by[i];
    if (product)
        by[n++] = "product";
    if (partner)
        by[n++] = "partner";
    return n;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.threshold = tflow_i_arg_real(args, "threshold")};
    const char *by[10];
    tflow_i_selection selection;
    tflow_period base;
    int product = !tflow_i_arg_is(args, "over", "partner");
    int partner = !tflow_i_arg_is(args, "over", "product");
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK)
        status = read_base(args, &base, error);
    if (status != TFLOW_OK)
        return status;
    selection.n_by = with_keys(&selection, product, partner, by);
    selection.by = by;
    if (partner)
        selection.total = TFLOW_I_TOTAL_PARTNERS;
    if (selection.n_by > 7)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "by",
                                "found %zu keys with those of lines, expected at most "
                                "7",
                                selection.n_by);
    w.missing = selection.missing;
    status = tflow_i_cells_of(args, 0, &selection, &w.cells, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t k = 0; k < w.cells.n_by; k++)
        w.of_line[k] = (product && strcmp(w.cells.by[k], "product") == 0) ||
                       (partner && strcmp(w.cells.by[k], "partner") == 0);
    status = write_all(out, &w, base, error);
    tflow_i_cells_free(&w.cells);
    tflow_i_free(w.order);
    tflow_i_free(w.periods);
    tflow_i_free(w.from);
    tflow_i_free(w.to);
    return status;
}

static const tflow_parameter parameters[] = {
    {"over", TFLOW_PARAMETER_CHOICE, "product", "product|partner|both", 0, 0,
     "what a line is: a product, a partner, or a product by partner"},
    {"base", TFLOW_PARAMETER_PERIODS, NULL, NULL, 0, 0,
     "changes since this period; default: since the period before"},
    {"threshold", TFLOW_PARAMETER_REAL, "0", NULL, 0, 1e300,
     "a line is active where its value is above this"},
};

const tflow_operation tflow_i_op_change_margins = {
    .name = "change_margins",
    .summary = "A change in trade as lines that come, go, grow and shrink",
    .definition =
        "Over the lines of --over with the same other keys, from the period before or "
        "from --base: entry is the change of lines that were not active and are, exit "
        "that of lines that were and are not, rise and fall those of the others. "
        "Active "
        "is a value above --threshold; a line without a row traded nothing. change = "
        "entry + exit + rise + fall, exactly but for rounding. Lines that were active "
        "in neither period count as rise or fall, so that nothing is lost below the "
        "threshold. Finer lines come and go more: say which with --level.",
    .example = "change_margins data/belarus/baci_belarus_partners_2000_2020.csv --over "
               "partner --reporter BLR --base 2000 --period 2000:2020",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
