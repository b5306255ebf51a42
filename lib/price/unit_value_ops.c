/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/elementary.h"
#include "price/data_ops.h"

#include <math.h>
#include <string.h>

enum {
    VALUE,
    QUANTITY,
    UNIT_VALUE,
    MEDIAN,
    SCORE,
    OUTLIER,
    COVERAGE,
    OUTLIER_SHARE,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value", TFLOW_FLOAT64, "value", "value of the flow"},
    {"quantity", TFLOW_FLOAT64, "", "its quantity, see quantity_unit"},
    {"unit_value", TFLOW_FLOAT64, "", "value / quantity"},
    {"median", TFLOW_FLOAT64, "", "median unit value of those it is compared with"},
    {"score", TFLOW_FLOAT64, "", "distance from the others by the rule"},
    {"outlier", TFLOW_KEY, "", "yes or no: the score is beyond the cut"},
    {"coverage", TFLOW_FLOAT64, "fraction",
     "share of the value of those compared that has a unit value"},
    {"outlier_share", TFLOW_FLOAT64, "fraction", "share of that value with outliers"},
    {"reason", TFLOW_KEY, "", "why there is no unit value, or no score"},
    TFLOW_I_QUALITY_OUTPUTS,
};

/* One cell of a value series. */
typedef struct line {
    size_t series, cell, group;
} line;

typedef struct work {
    const tflow_i_prices *prices;
    line *lines; /* in the order of the cells */
    size_t n;
    size_t *order; /* lines, group by group */
    double *unit_value, *score, *scratch;
    double *coverage, *outlying, *median; /* of the group, by line */
    tflow_status *status;
} work;

/* ---- who is compared with whom ---- */

/* Lines that share product, flow, unit and period, whoever trades; or a series. */
static int compared(const char *key)
{
    return strcmp(key, "reporter") != 0 && strcmp(key, "partner") != 0;
}

static int number_groups(work *w, int over_time)
{
    const tflow_i_cells *cells = &w->prices->value;
    tflow_i_groups *groups = tflow_i_groups_new(cells->n_by + 1);
    int ok = groups != NULL;
    for (size_t s = 0, i = 0; ok && s < cells->n_series; s++)
        for (size_t c = cells->series[s]; ok && c < cells->series[s + 1]; c++, i++) {
            int32_t key[9];
            for (size_t k = 0; k < cells->n_by; k++)
                key[k] = over_time || compared(cells->by[k])
                             ? cells->keys[s * cells->n_by + k]
                             : 0;
            key[cells->n_by] = over_time ? 0 : cells->cells[c].period;
            w->lines[i] = (line){s, c, tflow_i_groups_add(groups, key)};
            ok = w->lines[i].group != SIZE_MAX;
        }
    tflow_i_groups_free(groups);
    return ok;
}

static int by_group(size_t a, size_t b, const void *context)
{
    const line *lines = context;
    return (lines[a].group > lines[b].group) - (lines[a].group < lines[b].group);
}

static int make_room(work *w)
{
    w->n = w->prices->value.n;
    w->lines = tflow_i_alloc(w->n, sizeof *w->lines);
    w->order = tflow_i_alloc(w->n, sizeof *w->order);
    w->unit_value = tflow_i_alloc(w->n, sizeof *w->unit_value);
    w->score = tflow_i_alloc(w->n, sizeof *w->score);
    w->scratch = tflow_i_alloc(w->n, 3 * sizeof *w->scratch);
    w->coverage = tflow_i_alloc(w->n, sizeof *w->coverage);
    w->outlying = tflow_i_alloc(w->n, sizeof *w->outlying);
    w->median = tflow_i_alloc(w->n, sizeof *w->median);
    w->status = tflow_i_alloc(w->n, sizeof *w->status);
    return w->lines != NULL && w->order != NULL && w->unit_value != NULL &&
           w->score != NULL && w->scratch != NULL && w->coverage != NULL &&
           w->outlying != NULL && w->median != NULL && w->status != NULL;
}

static void free_room(work *w)
{
    tflow_i_free(w->lines);
    tflow_i_free(w->order);
    tflow_i_free(w->unit_value);
    tflow_i_free(w->score);
    tflow_i_free(w->scratch);
    tflow_i_free(w->coverage);
    tflow_i_free(w->outlying);
    tflow_i_free(w->median);
    tflow_i_free(w->status);
}

/* ---- a group ---- */

static double median_of(double *data, size_t n)
{
    tflow_i_sort_ascending(data, n);
    return n == 0       ? NAN
           : n % 2 == 1 ? data[n / 2]
                        : sqrt(data[n / 2 - 1]) * sqrt(data[n / 2]);
}

static tflow_status judge(work *w, const size_t *at, size_t n, const char *rule,
                          double cut, tflow_error *error)
{
    double *u = w->scratch, *score = u + n, *spare = u + 2 * n;
    tflow_i_sum all = {0, 0}, priced = {0, 0}, outlying = {0, 0};
    size_t known = 0;
    tflow_status status = TFLOW_UNDEFINED;
    for (size_t i = 0; i < n; i++) {
        u[i] = w->unit_value[at[i]];
        score[i] = NAN;
        if (!isnan(u[i]))
            spare[known++] = u[i];
    }
    double median = median_of(spare, known);
    if (strcmp(rule, "none") != 0)
        status = tflow_unit_value_scores(rule, tflow_vec_of(u, n), spare, score, error);
    if (status < 0)
        return status;
    for (size_t i = 0; i < n; i++) {
        double value = w->prices->value.cells[w->lines[at[i]].cell].value;
        tflow_i_sum_add(&all, isnan(value) ? 0 : value);
        tflow_i_sum_add(&priced, isnan(u[i]) ? 0 : value);
        tflow_i_sum_add(&outlying, fabs(score[i]) > cut ? value : 0);
    }
    double total = tflow_i_sum_value(&all);
    for (size_t i = 0; i < n; i++) {
        w->status[at[i]] = status;
        w->score[at[i]] = score[i];
        w->median[at[i]] = median;
        w->coverage[at[i]] = total > 0 ? tflow_i_sum_value(&priced) / total : NAN;
        w->outlying[at[i]] = total > 0 && status == TFLOW_OK
                                 ? tflow_i_sum_value(&outlying) / total
                                 : NAN;
    }
    return TFLOW_OK;
}

static tflow_status judge_all(work *w, int over_time, const char *rule, double cut,
                              tflow_error *error)
{
    const char *reason;
    if (!make_room(w) || !number_groups(w, over_time))
        return tflow_i_nomem(error);
    for (size_t i = 0; i < w->n; i++) {
        const tflow_i_cell *cell = &w->prices->value.cells[w->lines[i].cell];
        w->order[i] = i;
        w->unit_value[i] = tflow_i_unit_value_of(
            cell, tflow_i_quantity_of(w->prices, w->lines[i].series, cell->period),
            &reason);
    }
    if (!tflow_i_sort(w->order, w->n, by_group, w->lines))
        return tflow_i_nomem(error);
    tflow_status status = TFLOW_OK;
    for (size_t i = 0, end; i < w->n && status == TFLOW_OK; i = end) {
        for (end = i + 1;
             end < w->n && by_group(w->order[i], w->order[end], w->lines) == 0;)
            end++;
        status = judge(w, w->order + i, end - i, rule, cut, error);
    }
    return status;
}

/* ---- output ---- */

static tflow_status write_line(tflow_builder *out, const work *w, size_t i, double cut,
                               int ruled, tflow_error *error)
{
    const tflow_i_cells *cells = &w->prices->value;
    const line *l = &w->lines[i];
    const tflow_i_cell *cell = &cells->cells[l->cell];
    const tflow_i_cell *quantity =
        tflow_i_quantity_of(w->prices, l->series, cell->period);
    const char *reason;
    size_t at = cells->n_by + 1;
    tflow_i_key_cells(out, cells, l->series, cell->period);
    tflow_builder_float64(out, at + VALUE, cell->value);
    tflow_builder_float64(out, at + QUANTITY, quantity == NULL ? NAN : quantity->value);
    tflow_builder_float64(out, at + UNIT_VALUE,
                          tflow_i_unit_value_of(cell, quantity, &reason));
    tflow_builder_float64(out, at + MEDIAN, w->median[i]);
    tflow_builder_float64(out, at + SCORE, w->score[i]);
    if (!isnan(w->score[i]))
        tflow_builder_key(out, at + OUTLIER, fabs(w->score[i]) > cut ? "yes" : "no");
    tflow_builder_float64(out, at + COVERAGE, w->coverage[i]);
    tflow_builder_float64(out, at + OUTLIER_SHARE, w->outlying[i]);
    if (reason == NULL && ruled && w->status[i] != TFLOW_OK)
        reason =
            w->status[i] == TFLOW_TOO_FEW ? "too few to compare" : "they do not spread";
    if (reason != NULL)
        tflow_builder_key(out, at + REASON, reason);
    tflow_i_cell joined = quantity == NULL ? *cell : tflow_i_cell_join(cell, quantity);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status write_all(const tflow_i_args *args, tflow_builder *out, work *w,
                              tflow_error *error)
{
    const char *rule = tflow_i_arg_text(args, "outlier");
    int ruled = strcmp(rule, "none") != 0;
    double cut;
    tflow_status status = tflow_i_price_cut(args, rule, &cut, error);
    if (status == TFLOW_OK)
        status =
            judge_all(w, tflow_i_arg_is(args, "against", "periods"), rule, cut, error);
    if (status == TFLOW_OK)
        status = tflow_i_key_columns(out, &w->prices->value, 1, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        w->prices->value.unit, error);
    for (size_t i = 0; i < w->n && status == TFLOW_OK; i++)
        status = write_line(out, w, i, cut, ruled, error);
    free_room(w);
    return status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    tflow_i_selection selection;
    tflow_i_prices prices;
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK)
        status =
            tflow_i_prices_open(args, TFLOW_I_OF_PRODUCT, &selection, &prices, error);
    if (status != TFLOW_OK)
        return status;
    work w = {.prices = &prices};
    status = write_all(args, out, &w, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &prices.value, error);
    tflow_i_prices_close(&prices);
    return status;
}

static const tflow_parameter parameters[] = {
    TFLOW_I_PRICE_QUANTITY,
    {"outlier", TFLOW_PARAMETER_CHOICE, "mad", "none|mad|boxplot|quartile|ratio", 0, 0,
     "rule for outliers; they are marked, never dropped here"},
    TFLOW_I_PRICE_CUT,
    {"against", TFLOW_PARAMETER_CHOICE, "traders", "traders|periods", 0, 0,
     "compared with the same product of other traders in the period, or with its own "
     "other periods"},
};

const tflow_operation tflow_i_op_unit_value = {
    .name = "unit_value",
    .summary = "Unit values of flows, with outliers marked and coverage",
    .definition =
        "unit_value = value / quantity, product by product and unit by unit of the "
        "quantity, because a sum over products has no price. There is none where the "
        "quantity is missing or zero, or where only one of the two is known of a part. "
        "A score says how far it lies from the unit values it is compared with: mad is "
        "(ln u - median)/(1.4826 MAD) over logs; boxplot the distance beyond the "
        "nearer "
        "quartile over that of the quartiles; quartile the distance from the median "
        "over that of the quartile on its side; ratio u over the median, or minus its "
        "inverse. Quartiles are interpolated (type 7). A score beyond --cut either way "
        "is an outlier. coverage is the share of the value compared that has a unit "
        "value. Unit values of mixed lines change with the mix (Silver 2010).",
    .reference =
        "Tukey (1977) for the box plot, Iglewicz and Hoaglin (1993) for the median "
        "absolute deviation; Silver (2010), The wrongs and rights of unit value "
        "indices, on what they are worth",
    .example = "unit_value data/comtrade/wood_imports_2018_2022.csv --by reporter "
               "--product 4407 --against periods",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
