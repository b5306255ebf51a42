/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"
#include "op/totals.h"
#include "tradeflow/margins.h"

#include <math.h>
#include <string.h>

enum {
    VALUE,
    REFERENCE,
    SHARE,
    EXTENSIVE,
    INTENSIVE,
    PRICE,
    VOLUME,
    COVERAGE,
    N_LINES,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value", TFLOW_FLOAT64, "value", "trade of the reporter"},
    {"reference", TFLOW_FLOAT64, "value", "trade of the reference"},
    {"share", TFLOW_FLOAT64, "ratio", "value / reference = extensive x intensive"},
    {"extensive", TFLOW_FLOAT64, "fraction",
     "share of the reference's trade on lines that the reporter trades"},
    {"intensive", TFLOW_FLOAT64, "ratio", "share in the reference's trade on them"},
    {"price", TFLOW_FLOAT64, "ratio", "price part of the intensive margin"},
    {"volume", TFLOW_FLOAT64, "ratio", "intensive / price"},
    {"coverage", TFLOW_FLOAT64, "fraction",
     "share of the reporter's value whose price both sides have"},
    {"n_lines", TFLOW_INT64, "", "lines that the reporter trades"},
    {"reason", TFLOW_KEY, "", "why there is no margin"},
    TFLOW_I_QUALITY_OUTPUTS,
};

/* Totals of several kinds stand side by side. */
enum { OF_PRODUCT, OF_ALL, OF_PRODUCT_VOLUME, OF_REPORTER_VOLUME };

/* One cell of a reporter's lines. */
typedef struct line {
    size_t series, cell;
} line;

typedef struct work {
    tflow_i_selection selection;
    tflow_i_cells shown; /* by reporter, product and the other keys */
    tflow_i_totals totals;
    size_t reporter, product; /* keys */
    int others;               /* the reference is the world without the reporter */
    const char *measure;      /* of quantities; NULL: none asked for */
    line *lines;              /* sorted: reporter and other keys, period, product */
    double *x, *w, *xq, *wq, *xv, *wv;
} work;

/* ---- reading ---- */

static size_t with_keys(const tflow_i_selection *s, const char *by[9])
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_by; i++)
        if (strcmp(s->by[i], "reporter") != 0 && strcmp(s->by[i], "product") != 0)
            by[n++] = s->by[i];
    by[n++] = "reporter";
    by[n++] = "product";
    return n;
}

/* Add cells up over reporters, or keep their quantities apart. */
static tflow_status add_cells(work *w, const tflow_i_cells *cells, int32_t layer,
                              tflow_error *error)
{
    int32_t key[TFLOW_I_TOTALS_KEY];
    for (size_t s = 0; s < cells->n_series; s++) {
        if (!tflow_i_totals_key(&w->totals, cells, s, key))
            return tflow_i_nomem(error);
        int32_t product = key[w->product];
        if (layer != OF_REPORTER_VOLUME)
            key[w->reporter] = TFLOW_I_ALL;
        for (size_t c = cells->series[s]; c < cells->series[s + 1]; c++) {
            key[w->totals.n_by] = cells->cells[c].period;
            key[w->totals.n_by + 1] = layer;
            int ok = tflow_i_totals_add(&w->totals, key, &cells->cells[c]);
            if (layer == OF_PRODUCT) { /* and of all products */
                key[w->product] = TFLOW_I_ALL;
                key[w->totals.n_by + 1] = OF_ALL;
                ok = ok && tflow_i_totals_add(&w->totals, key, &cells->cells[c]);
                key[w->product] = product;
            }
            if (!ok)
                return tflow_i_nomem(error);
        }
    }
    return TFLOW_OK;
}

static tflow_status add_table(const tflow_i_args *args, work *w,
                              const tflow_i_selection *selection, int32_t layer,
                              tflow_error *error)
{
    tflow_i_cells cells;
    tflow_status status =
        tflow_i_aggregate(tflow_i_input(args, 0), selection, &cells, error);
    if (status != TFLOW_OK)
        return status;
    status = add_cells(w, &cells, layer, error);
    tflow_i_cells_free(&cells);
    return status;
}

static tflow_status read_totals(const tflow_i_args *args, work *w, tflow_i_selection *s,
                                tflow_error *error)
{
    tflow_i_selection world = *s;
    world.n_reporters = 0; /* the world is all of them, whoever is shown */
    if (w->shown.total != TFLOW_I_TOTAL_AUTO)
        world.total = w->shown.total;
    tflow_status status = add_table(args, w, &world, OF_PRODUCT, error);
    if (status != TFLOW_OK || w->measure == NULL)
        return status;
    /* A quantity that is missing is never 0. */
    if (world.missing != TFLOW_MISSING_FAIL)
        world.missing = TFLOW_MISSING_PROPAGATE;
    world.measure = w->measure;
    status = add_table(args, w, &world, OF_PRODUCT_VOLUME, error);
    world.reporters = s->reporters;
    world.n_reporters = s->n_reporters;
    return status == TFLOW_OK ? add_table(args, w, &world, OF_REPORTER_VOLUME, error)
                              : status;
}

/* ---- the lines of a reporter ---- */

static int by_reporter(const work *w, size_t a, size_t b)
{
    const tflow_i_cells *cells = &w->shown;
    for (size_t k = 0; k < cells->n_by; k++) {
        int order = k == w->product
                        ? 0
                        : strcmp(tflow_i_cells_key(cells, w->lines[a].series, k),
                                 tflow_i_cells_key(cells, w->lines[b].series, k));
        if (order != 0)
            return order;
    }
    tflow_period p = cells->cells[w->lines[a].cell].period;
    tflow_period q = cells->cells[w->lines[b].cell].period;
    return (p > q) - (p < q);
}

static int compare(size_t a, size_t b, const void *context)
{
    return by_reporter(context, a, b);
}

static tflow_status sort_lines(work *w, tflow_error *error)
{
    size_t n = w->shown.n, i = 0;
    size_t *order = tflow_i_alloc(n, sizeof *order);
    line *sorted = tflow_i_alloc(n, sizeof *sorted);
    w->lines = tflow_i_alloc(n, sizeof *w->lines);
    int ok = order != NULL && sorted != NULL && w->lines != NULL;
    for (size_t s = 0; ok && s < w->shown.n_series; s++)
        for (size_t c = w->shown.series[s]; c < w->shown.series[s + 1]; c++) {
            order[i] = i;
            w->lines[i++] = (line){s, c};
        }
    ok = ok && tflow_i_sort(order, n, compare, w);
    for (i = 0; ok && i < n; i++)
        sorted[i] = w->lines[order[i]];
    tflow_i_free(order);
    if (!ok) {
        tflow_i_free(sorted);
        return tflow_i_nomem(error);
    }
    tflow_i_free(w->lines);
    w->lines = sorted;
    return TFLOW_OK;
}

/* A quantity without which there is no price: missing, in part, or none. */
static double whole(const tflow_i_adder *adder)
{
    if (adder == NULL)
        return NAN;
    tflow_i_cell cell = tflow_i_adder_cell(adder, TFLOW_MISSING_PROPAGATE);
    return cell.n_missing > 0 ? NAN : cell.value;
}

static double positive(double value)
{
    return value > 0 ? value : 0; /* rounding, and NaN: no price */
}

/* Values and quantities of line i of a reporter and of the reference. */
static void fill_prices(work *w, size_t i, size_t at, int32_t *key,
                        const tflow_i_cell *cell)
{
    const tflow_i_adder *all = tflow_i_totals_find(&w->totals, key);
    key[w->totals.n_by + 1] = OF_PRODUCT_VOLUME;
    int32_t all_reporters = key[w->reporter];
    double total = whole(tflow_i_totals_find(&w->totals, key));
    key[w->totals.n_by + 1] = OF_REPORTER_VOLUME;
    key[w->reporter] = tflow_i_totals_text(
        &w->totals, tflow_i_cells_key(&w->shown, w->lines[i].series, w->reporter));
    double mine = whole(tflow_i_totals_find(&w->totals, key));
    key[w->reporter] = all_reporters;
    double value = cell->n_missing > 0 ? NAN : cell->value;
    double reference = whole(all);
    w->xv[at] = positive(value);
    w->xq[at] = positive(mine);
    w->wv[at] = positive(w->others ? reference - value : reference);
    w->wq[at] = positive(w->others ? total - mine : total);
}

/* The key of the reference's total of line i, in a layer. */
static void key_of(const work *w, size_t i, int32_t layer, int32_t *key)
{
    for (size_t k = 0; k < w->shown.n_by; k++)
        key[k] =
            k == w->reporter || (k == w->product && layer == OF_ALL)
                ? TFLOW_I_ALL
                : tflow_i_totals_text(
                      &w->totals, tflow_i_cells_key(&w->shown, w->lines[i].series, k));
    key[w->totals.n_by] = w->shown.cells[w->lines[i].cell].period;
    key[w->totals.n_by + 1] = layer;
}

/* What a reporter trades, what the reference does, and on which lines. */
typedef struct sides {
    tflow_i_cell mine, all;
    double reference; /* the total of all lines */
    double covered;   /* value of the reporter that has a price on both sides */
    tflow_trade_margins_parts margins;
    tflow_status status;
} sides;

static double sum_of(const double *data, size_t n)
{
    tflow_i_sum sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        tflow_i_sum_add(&sum, isnan(data[i]) ? 0 : data[i]);
    return tflow_i_sum_value(&sum);
}

/* Fill the lines first..first+n and set what the reference trades besides behind them,
 * where x has nothing. */
static void fill(work *w, size_t first, size_t n, sides *s)
{
    tflow_missing missing = w->selection.missing;
    tflow_i_adder own = {.lost = 0};
    int32_t key[TFLOW_I_TOTALS_KEY];
    for (size_t i = first; i < first + n; i++) {
        const tflow_i_cell *cell = &w->shown.cells[w->lines[i].cell];
        tflow_i_adder_add(&own, cell);
        key_of(w, i, OF_PRODUCT, key);
        const tflow_i_adder *all = tflow_i_totals_find(&w->totals, key);
        double total = all == NULL ? NAN : tflow_i_adder_cell(all, missing).value;
        double left = total - cell->value;
        w->x[i - first] = cell->value;
        w->w[i - first] =
            !w->others || isnan(left) ? w->others ? NAN : total : positive(left);
        if (w->measure != NULL)
            fill_prices(w, i, i - first, key, cell);
    }
    key_of(w, first, OF_ALL, key);
    s->mine = tflow_i_adder_cell(&own, missing);
    s->all = tflow_i_adder_cell(tflow_i_totals_find(&w->totals, key), missing);
    s->reference = w->others ? positive(s->all.value - s->mine.value) : s->all.value;
    if (isnan(s->all.value) || isnan(s->mine.value))
        s->reference = NAN;
    w->x[n] = 0;
    w->w[n] = isnan(s->reference) ? NAN : positive(s->reference - sum_of(w->w, n));
    if (w->w[n] < 1e-14 * s->reference) /* rounding of the sums */
        w->w[n] = 0;
}

/* ---- output ---- */

static void write_prices(tflow_builder *out, size_t at, work *w, size_t n,
                         const sides *s)
{
    double price, covered = 0;
    tflow_status status = tflow_intensive_margin_price(
        tflow_vec_of(w->xv, n), tflow_vec_of(w->xq, n), tflow_vec_of(w->wv, n),
        tflow_vec_of(w->wq, n), &price, NULL);
    for (size_t i = 0; i < n; i++)
        if (w->xv[i] > 0 && w->xq[i] > 0 && w->wv[i] > 0 && w->wq[i] > 0)
            covered += w->xv[i];
    tflow_builder_float64(out, at + PRICE, price);
    if (status == TFLOW_OK && price > 0)
        tflow_builder_float64(out, at + VOLUME, s->margins.intensive / price);
    if (s->mine.value > 0)
        tflow_builder_float64(out, at + COVERAGE, covered / s->mine.value);
}

static tflow_status write_reporter(tflow_builder *out, work *w, size_t first, size_t n,
                                   tflow_error *error)
{
    sides s;
    size_t column = 0;
    fill(w, first, n, &s);
    s.status = tflow_trade_margins(tflow_vec_of(w->x, n + 1), tflow_vec_of(w->w, n + 1),
                                   w->selection.missing, &s.margins, error);
    if (s.status < 0)
        return s.status;
    for (size_t k = 0; k < w->shown.n_by; k++)
        if (k != w->product)
            tflow_builder_key(out, column++,
                              tflow_i_cells_key(&w->shown, w->lines[first].series, k));
    tflow_builder_period(out, column++, w->shown.cells[w->lines[first].cell].period);
    tflow_builder_float64(out, column + VALUE, s.mine.value);
    tflow_builder_float64(out, column + REFERENCE, s.reference);
    tflow_builder_float64(out, column + SHARE, s.margins.share);
    tflow_builder_float64(out, column + EXTENSIVE, s.margins.extensive);
    tflow_builder_float64(out, column + INTENSIVE, s.margins.intensive);
    if (w->measure != NULL)
        write_prices(out, column, w, n, &s);
    if (!isnan(s.mine.value))
        tflow_builder_int64(out, column + N_LINES, (int64_t)s.margins.n_lines);
    if (isnan(s.margins.intensive))
        tflow_builder_key(out, column + REASON, tflow_status_text(s.status));
    tflow_i_cell joined = tflow_i_cell_join(&s.mine, &s.all);
    tflow_i_quality_cells(out, column + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status key_columns(tflow_builder *out, const work *w, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < w->shown.n_by && status == TFLOW_OK; k++)
        if (k != w->product)
            status = tflow_builder_column(out, w->shown.by[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    return status == TFLOW_OK
               ? tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        w->shown.unit, error)
               : status;
}

static tflow_status write_all(tflow_builder *out, work *w, tflow_error *error)
{
    size_t n = w->shown.n;
    double *room = tflow_i_alloc(n + 1, 6 * sizeof *room);
    tflow_status status = room == NULL ? tflow_i_nomem(error) : sort_lines(w, error);
    w->x = room;
    w->w = room + (n + 1);
    w->xv = room + 2 * (n + 1);
    w->xq = room + 3 * (n + 1);
    w->wv = room + 4 * (n + 1);
    w->wq = room + 5 * (n + 1);
    if (status == TFLOW_OK)
        status = key_columns(out, w, error);
    for (size_t i = 0, end; i < n && status == TFLOW_OK; i = end) {
        for (end = i + 1; end < n && by_reporter(w, i, end) == 0;)
            end++;
        status = write_reporter(out, w, i, end - i, error);
    }
    tflow_i_free(room);
    tflow_i_free(w->lines);
    return status == TFLOW_OK ? tflow_i_cells_notes(out, &w->shown, error) : status;
}

static const char *measure_of(const tflow_i_args *args)
{
    const char *volume = tflow_i_arg_text(args, "volume");
    return strcmp(volume, "none") == 0 ? NULL : volume;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.others = tflow_i_arg_is(args, "reference", "others"),
              .measure = measure_of(args)};
    const char *by[9];
    tflow_status status = tflow_i_selection_of(args, &w.selection, error);
    if (status != TFLOW_OK)
        return status;
    w.selection.n_by = with_keys(&w.selection, by);
    w.selection.by = by;
    if (w.selection.n_by > 7)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "by", "more than 7 keys");
    status = tflow_i_cells_of(args, 0, &w.selection, &w.shown, error);
    if (status != TFLOW_OK)
        return status;
    status = tflow_i_totals_open(&w.totals, &w.shown, error);
    w.reporter = tflow_i_totals_name(&w.totals, "reporter");
    w.product = tflow_i_totals_name(&w.totals, "product");
    if (status == TFLOW_OK)
        status = read_totals(args, &w, &w.selection, error);
    if (status == TFLOW_OK)
        status = write_all(out, &w, error);
    tflow_i_totals_close(&w.totals);
    tflow_i_cells_free(&w.shown);
    return status;
}

static const tflow_parameter parameters[] = {
    {"reference", TFLOW_PARAMETER_CHOICE, "others", "others|world", 0, 0,
     "what it is held against: all other reporters of the table, or all"},
    {"volume", TFLOW_PARAMETER_CHOICE, "none", "none|quantity|net_weight", 0, 0,
     "the column of quantities that the intensive margin is split with"},
};

const tflow_operation tflow_i_op_trade_margins = {
    .name = "trade_margins",
    .summary = "Extensive and intensive margin of trade against the rest of the world",
    .definition =
        "Over products k, x the reporter's trade and w that of the reference, which is "
        "all other reporters of the table, or with --reference world all of them: "
        "extensive = sum w_k over the products that the reporter trades / sum w; "
        "intensive = sum x / sum w_k over the same; their product is the share sum x / "
        "sum w. With --by partner the reference is what goes to the same partner. With "
        "--volume the intensive margin is price times volume: price = exp sum m_k ln "
        "(p_k/r_k), p and r the unit values of both sides, m the normalised "
        "logarithmic means of their shares over the products that both have a price "
        "of. The margins depend on how fine products are; say it with --level.",
    .reference = "Hummels and Klenow (2005), The Variety and Quality of a Nation's "
                 "Exports, American Economic Review 95(3)",
    .example = "trade_margins data/ots/exports_2017_hs4.csv.gz --reporter BLR,DEU",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
