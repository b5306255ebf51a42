/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "industry/pairs_ops.h"
#include "tradeflow/industry.h"

#include <math.h>
#include <string.h>

enum {
    N_PRODUCTS,
    EXPORTS,
    IMPORTS,
    GL,
    CORRECTED,
    AQUINO,
    OVERLAP,
    MARGINAL,
    RATIO,
    ONE_WAY,
    HORIZONTAL,
    HIGH,
    LOW,
    NOT_SPLIT,
    N_NUMBERS,
    KIND = N_NUMBERS,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"n_products", TFLOW_FLOAT64, "", "products with a row; 1 with --show products"},
    {"exports", TFLOW_FLOAT64, "value", "x, the sum over the products"},
    {"imports", TFLOW_FLOAT64, "value", "m, the same"},
    {"grubel_lloyd", TFLOW_FLOAT64, "", "1 - sum |x - m| / sum (x + m)"},
    {"grubel_lloyd_corrected", TFLOW_FLOAT64, "", "corrected for the balance of trade"},
    {"aquino", TFLOW_FLOAT64, "", "exports and imports scaled to equal totals"},
    {"overlap", TFLOW_FLOAT64, "", "of one product: min(x, m) / max(x, m)"},
    {"marginal", TFLOW_FLOAT64, "",
     "1 - sum |dx - dm| / sum (|dx| + |dm|) since --base"},
    {"unit_value_ratio", TFLOW_FLOAT64, "", "of one product: of exports over imports"},
    {"one_way", TFLOW_FLOAT64, "fraction", "of trade, one way"},
    {"horizontal", TFLOW_FLOAT64, "fraction", "of trade, both ways in like goods"},
    {"vertical_high", TFLOW_FLOAT64, "fraction", "both ways, exports being dearer"},
    {"vertical_low", TFLOW_FLOAT64, "fraction", "both ways, exports being cheaper"},
    {"not_split", TFLOW_FLOAT64, "fraction", "both ways, unit values not known"},
    {"kind", TFLOW_KEY, "",
     "of one product: one way, horizontal, vertical high or low"},
    {"reason", TFLOW_KEY, "", "why there is no index"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct intra_work {
    tflow_i_pairs pairs;
    tflow_i_selection asked;
    tflow_period base;
    int overlap_only; /* Greenaway, Hine and Milner: the part that is matched */
    double alpha, two_way;
    double *x, *m, *dx, *dm;
} intra_work;

/* ---- the split by unit values ---- */

static double unit_value(const tflow_i_pair *pair, int flow, double value)
{
    return pair->quantity[flow] > 0 ? value / pair->quantity[flow] : NAN;
}

/* Shares of one product's own trade, in the places ONE_WAY to NOT_SPLIT. */
static const char *split(const intra_work *w, size_t at, double x, double m, double *v)
{
    const tflow_i_pair *pair = &w->pairs.pairs[at];
    double overlap, gl, ux = unit_value(pair, TFLOW_I_EXPORTS, x),
                        um = unit_value(pair, TFLOW_I_IMPORTS, m);
    tflow_differentiation kind;
    for (int i = ONE_WAY; i <= NOT_SPLIT; i++)
        v[i] = NAN;
    v[RATIO] = NAN;
    if (tflow_trade_overlap(x, m, &overlap) != TFLOW_OK)
        return NULL;
    tflow_grubel_lloyd(x, m, &gl);
    for (int i = ONE_WAY; i <= NOT_SPLIT; i++)
        v[i] = 0;
    double both = w->overlap_only ? gl : overlap >= w->two_way && overlap > 0;
    v[ONE_WAY] = 1 - both;
    if (pair->unit[0] == pair->unit[1] && um > 0)
        v[RATIO] = ux / um;
    if (both == 0)
        return "one way";
    if (pair->unit[0] != pair->unit[1] ||
        tflow_unit_value_difference(ux, um, w->alpha,
                                    w->overlap_only ? TFLOW_BOUNDS_LINEAR
                                                    : TFLOW_BOUNDS_SYMMETRIC,
                                    &kind) != TFLOW_OK) {
        v[NOT_SPLIT] = both;
        return NULL;
    }
    v[kind == TFLOW_HORIZONTAL      ? HORIZONTAL
      : kind == TFLOW_VERTICAL_HIGH ? HIGH
                                    : LOW] = both;
    return kind == TFLOW_HORIZONTAL      ? "horizontal"
           : kind == TFLOW_VERTICAL_HIGH ? "vertical high"
                                         : "vertical low";
}

/* ---- products and all of them ---- */

/* The change of a flow since the base period; NaN where either is not known. */
static double change(const intra_work *w, size_t at, int flow)
{
    const tflow_i_pairs *p = &w->pairs;
    if (w->base == TFLOW_PERIOD_NONE || w->base == tflow_i_pairs_period(p, at))
        return NAN;
    size_t before = tflow_i_pairs_at(p, at, w->base);
    size_t all = tflow_i_pairs_at(p, tflow_i_pairs_all(p, at), w->base);
    double old = before != SIZE_MAX ? tflow_i_pairs_value(p, before, flow)
                 : all != SIZE_MAX && p->pairs[all].rows[flow] ? 0
                                                               : NAN;
    return tflow_i_pairs_value(p, at, flow) - old;
}

static const char *reason_of(tflow_status status)
{
    return status == TFLOW_MISSING_VALUE ? "a value is missing"
                                         : tflow_status_text(status);
}

static tflow_status write_row(tflow_builder *out, const intra_work *w, size_t at,
                              int with_product, const double *v, const char *kind,
                              tflow_status status, tflow_error *error)
{
    const tflow_i_pairs *p = &w->pairs;
    const tflow_i_pair *pair = &p->pairs[at],
                       *all = &p->pairs[tflow_i_pairs_all(p, at)];
    size_t column = 0;
    tflow_i_cell quality = tflow_i_adder_cell(&p->totals.adders[at], p->missing);
    for (size_t k = 0; k < p->cells.n_by; k++)
        if (k != p->flow && (k != p->product || with_product))
            tflow_builder_key(out, column++,
                              tflow_i_cells_key(&p->cells, pair->series, k));
    tflow_builder_period(out, column++, tflow_i_pairs_period(p, at));
    for (size_t i = 0; i < N_NUMBERS; i++)
        tflow_builder_float64(out, column + i, v[i]);
    if (kind != NULL)
        tflow_builder_key(out, column + KIND, kind);
    if (!all->rows[TFLOW_I_EXPORTS] || !all->rows[TFLOW_I_IMPORTS])
        tflow_builder_key(out, column + REASON, "no rows of the opposite flow");
    else if (isnan(v[GL]))
        tflow_builder_key(out, column + REASON, reason_of(status));
    tflow_i_quality_cells(out, column + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

static tflow_status write_product(tflow_builder *out, const intra_work *w, size_t at,
                                  tflow_error *error)
{
    double v[N_NUMBERS];
    double x = tflow_i_pairs_value(&w->pairs, at, TFLOW_I_EXPORTS);
    double m = tflow_i_pairs_value(&w->pairs, at, TFLOW_I_IMPORTS);
    const char *kind = split(w, at, x, m, v);
    v[N_PRODUCTS] = 1;
    v[EXPORTS] = x;
    v[IMPORTS] = m;
    v[CORRECTED] = v[AQUINO] = NAN; /* of one product they are 1 whatever it is */
    tflow_status status = tflow_grubel_lloyd(x, m, &v[GL]);
    tflow_trade_overlap(x, m, &v[OVERLAP]);
    tflow_marginal_iit(change(w, at, TFLOW_I_EXPORTS), change(w, at, TFLOW_I_IMPORTS),
                       &v[MARGINAL]);
    return write_row(out, w, at, 1, v, kind, status, error);
}

static double sum_of(const double *values, size_t n, tflow_missing missing)
{
    tflow_i_sum sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]) || missing != TFLOW_MISSING_SKIP)
            tflow_i_sum_add(&sum, values[i]);
    return tflow_i_sum_value(&sum);
}

/* The parts of trade that are of each kind, weighted by the trade of the products. */
static void split_all(const intra_work *w, const size_t *lines, size_t n, double *v)
{
    tflow_i_sum parts[NOT_SPLIT + 1] = {{0, 0}}, size = {0, 0};
    double own[N_NUMBERS];
    int lost = 0;
    for (size_t i = 0; i < n; i++) {
        double trade = w->x[i] / 2 + w->m[i] / 2;
        split(w, lines[i], w->x[i], w->m[i], own);
        lost |= isnan(trade) && w->pairs.missing != TFLOW_MISSING_SKIP;
        if (isnan(own[ONE_WAY]))
            continue;
        tflow_i_sum_add(&size, trade);
        for (int k = ONE_WAY; k <= NOT_SPLIT; k++)
            tflow_i_sum_add(&parts[k], trade * own[k]);
    }
    double all = tflow_i_sum_value(&size);
    for (int k = ONE_WAY; k <= NOT_SPLIT; k++)
        v[k] = all > 0 && !lost ? tflow_i_sum_value(&parts[k]) / all : NAN;
}

static tflow_status write_whole(tflow_builder *out, const intra_work *w,
                                const size_t *lines, size_t n, tflow_error *error)
{
    double v[N_NUMBERS];
    tflow_missing missing = w->pairs.missing;
    for (size_t i = 0; i < n; i++) {
        w->x[i] = tflow_i_pairs_value(&w->pairs, lines[i], TFLOW_I_EXPORTS);
        w->m[i] = tflow_i_pairs_value(&w->pairs, lines[i], TFLOW_I_IMPORTS);
        w->dx[i] = change(w, lines[i], TFLOW_I_EXPORTS);
        w->dm[i] = change(w, lines[i], TFLOW_I_IMPORTS);
    }
    tflow_vec x = tflow_vec_of(w->x, n), m = tflow_vec_of(w->m, n);
    for (size_t i = 0; i < N_NUMBERS; i++)
        v[i] = NAN;
    v[N_PRODUCTS] = (double)n;
    v[EXPORTS] = sum_of(w->x, n, missing);
    v[IMPORTS] = sum_of(w->m, n, missing);
    tflow_status status = tflow_grubel_lloyd_aggregate(x, m, missing, &v[GL], error);
    tflow_grubel_lloyd_corrected(x, m, missing, &v[CORRECTED], NULL);
    tflow_aquino(x, m, missing, &v[AQUINO], NULL);
    if (w->base != TFLOW_PERIOD_NONE)
        tflow_marginal_iit_aggregate(tflow_vec_of(w->dx, n), tflow_vec_of(w->dm, n),
                                     missing, &v[MARGINAL], NULL);
    split_all(w, lines, n, v);
    return status < 0 ? status
                      : write_row(out, w, tflow_i_pairs_all(&w->pairs, lines[0]), 0, v,
                                  NULL, status, error);
}

static tflow_status write_rows(tflow_builder *out, const intra_work *w, int products,
                               tflow_error *error)
{
    const tflow_i_pairs *p = &w->pairs;
    tflow_status status = TFLOW_OK;
    for (size_t i = 0, n; i < p->n_order && status == TFLOW_OK; i += n) {
        size_t whole = tflow_i_pairs_all(p, p->order[i]);
        for (n = 1; i + n < p->n_order; n++)
            if (tflow_i_pairs_all(p, p->order[i + n]) != whole)
                break;
        if (!tflow_i_asked_for(&w->asked, p->cells.step,
                               tflow_i_pairs_period(p, whole)))
            continue;
        if (!products)
            status = write_whole(out, w, p->order + i, n, error);
        for (size_t k = 0; k < n && products && status == TFLOW_OK; k++)
            status = write_product(out, w, p->order[i + k], error);
    }
    return status;
}

static tflow_status columns(tflow_builder *out, const intra_work *w, int products,
                            tflow_error *error)
{
    const tflow_i_cells *cells = &w->pairs.cells;
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < cells->n_by && status == TFLOW_OK; k++)
        if (k != w->pairs.flow && (k != w->pairs.product || products))
            status = tflow_builder_column(out, cells->by[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    return status == TFLOW_OK
               ? tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        cells->unit, error)
               : status;
}

static tflow_status open_work(const tflow_i_args *args, intra_work *w,
                              tflow_error *error)
{
    const char *quantity = tflow_i_arg_text(args, "unit_values");
    tflow_period end;
    tflow_i_arg_periods(args, "base", &w->base, &end);
    if (w->base != end)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "base",
                                "found several periods, expected one");
    w->overlap_only = tflow_i_arg_is(args, "split", "greenaway-hine-milner");
    w->alpha = tflow_i_arg_real(args, "alpha");
    w->two_way = tflow_i_arg_real(args, "two_way");
    tflow_status status = tflow_i_selection_of(args, &w->asked, error);
    if (status == TFLOW_OK && tflow_i_arg_set(args, "flow"))
        status = tflow_i_arg_fail(error, TFLOW_EINVAL, "flow",
                                  "found a flow; exports and imports are both needed");
    if (status == TFLOW_OK)
        status = tflow_i_pairs_open(args, &w->asked, w->base,
                                    strcmp(quantity, "none") == 0 ? NULL : quantity,
                                    &w->pairs, error);
    if (status != TFLOW_OK)
        return status;
    size_t n = w->pairs.n_order;
    w->x = tflow_i_alloc(n, sizeof *w->x);
    w->m = tflow_i_alloc(n, sizeof *w->m);
    w->dx = tflow_i_alloc(n, sizeof *w->dx);
    w->dm = tflow_i_alloc(n, sizeof *w->dm);
    return w->x == NULL || w->m == NULL || w->dx == NULL || w->dm == NULL
               ? tflow_i_nomem(error)
               : TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    intra_work w = {.base = TFLOW_PERIOD_NONE};
    int products = tflow_i_arg_is(args, "show", "products");
    tflow_status status = open_work(args, &w, error);
    if (status == TFLOW_OK)
        status = columns(out, &w, products, error);
    if (status == TFLOW_OK)
        status = write_rows(out, &w, products, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w.pairs.cells, error);
    tflow_i_pairs_close(&w.pairs);
    tflow_i_free(w.x);
    tflow_i_free(w.m);
    tflow_i_free(w.dx);
    tflow_i_free(w.dm);
    return status;
}

static const tflow_parameter parameters[] = {
    {"show", TFLOW_PARAMETER_CHOICE, "aggregate", "aggregate|products", 0, 0,
     "one row for all products together, or one for each"},
    {"base", TFLOW_PARAMETER_PERIODS, NULL, NULL, 0, 0,
     "period that marginal intra-industry trade is since; default: none"},
    {"unit_values", TFLOW_PARAMETER_CHOICE, "none", "none|quantity|net_weight", 0, 0,
     "column that values are divided by for the split; none: no split"},
    {"split", TFLOW_PARAMETER_CHOICE, "fontagne-freudenberg",
     "fontagne-freudenberg|greenaway-hine-milner", 0, 0,
     "what is split, and between which bounds goods are alike"},
    {"alpha", TFLOW_PARAMETER_REAL, "0.15", NULL, 0.0001, 0.9999,
     "how far unit values of like goods may differ"},
    {"two_way", TFLOW_PARAMETER_REAL, "0.1", NULL, 0, 1,
     "overlap from which trade is two-way, with fontagne-freudenberg"},
};

const tflow_operation tflow_i_op_intra_industry = {
    .name = "intra_industry",
    .summary = "Exports and imports of the same products: Grubel-Lloyd and kin",
    .definition =
        "With x and m the exports and imports of a product at the level used (--level "
        "chooses codes of so many digits, --product 84,85 adds up all that begin with "
        "each; the coarser, the higher the indices): grubel_lloyd = 1 - sum |x - m| / "
        "sum (x + m), which is the mean of the products' indices weighted by their "
        "trade; grubel_lloyd_corrected = (sum (x + m) - sum |x - m|) / (sum (x + m) - "
        "|sum x - sum m|); aquino = 1 - sum |x/X - m/M| / 2 with X and M the sums; "
        "marginal (Bruelhart) = 1 - sum |dx - dm| / sum (|dx| + |dm|) with d the "
        "change "
        "since --base. A product without a row of one flow counts as 0 of it where the "
        "reporter has rows of that flow in the period. The split by unit values "
        "(--unit-values): with fontagne-freudenberg all trade in a product is one_way "
        "where min(x, m)/max(x, m) is below --two-way or 0, else horizontal where the "
        "unit value of exports over that of imports is from 1/(1 + alpha) to 1 + "
        "alpha, "
        "else vertical; with greenaway-hine-milner the part x + m - |x - m| of it is "
        "split, between 1 - alpha and 1 + alpha, and one_way is the rest. not_split is "
        "two-way trade whose quantities are missing or in several units; the five "
        "parts "
        "add up to 1. Partners are added up unless --partner or --by keeps them apart.",
    .reference =
        "Grubel and Lloyd (1975); Aquino (1978); Bruelhart (1994); Greenaway, Hine and "
        "Milner (1995); Fontagne, Freudenberg and Gaulier (2005), CEPII working paper "
        "2005-10",
    .example =
        "intra_industry data/examples/intra_industry.csv --period 2020 --base 2019 "
        "--unit-values quantity",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
