/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/trade_ops.h"
#include "tradeflow/structure.h"

#include <math.h>
#include <string.h>

enum {
    EXPORTS,
    IMPORTS,
    GDP,
    OPENNESS_SUM,
    OPENNESS_MEAN,
    EXPORT_RATIO,
    IMPORT_RATIO,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"exports", TFLOW_FLOAT64, "value", "x"},
    {"imports", TFLOW_FLOAT64, "value", "m"},
    {"gdp", TFLOW_FLOAT64, "value", "of the second table, in the unit of the first"},
    {"openness_sum", TFLOW_FLOAT64, "ratio", "(x + m) / gdp"},
    {"openness_mean", TFLOW_FLOAT64, "ratio", "(x + m) / 2 / gdp"},
    {"export_ratio", TFLOW_FLOAT64, "ratio", "x / gdp"},
    {"import_ratio", TFLOW_FLOAT64, "ratio", "m / gdp"},
    {"reason", TFLOW_KEY, "", "why there is no openness"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct work {
    tflow_i_trade trade;
    tflow_i_cells gdp;     /* by reporter */
    tflow_i_groups *index; /* of the reporter's text and the period: the cell */
    size_t *cell;
    int power; /* of ten, brings gdp to the unit of the flows */
} work;

/* ---- GDP ---- */

static tflow_status index_gdp(work *w, tflow_error *error)
{
    w->index = tflow_i_groups_new(2);
    w->cell = tflow_i_alloc(w->gdp.n, sizeof *w->cell);
    int ok = w->index != NULL && w->cell != NULL;
    for (size_t s = 0; ok && s < w->gdp.n_series; s++) {
        const char *name = tflow_i_cells_key(&w->gdp, s, 0);
        int32_t key[2] = {tflow_i_dict_find(w->trade.texts, name, strlen(name)), 0};
        for (size_t i = w->gdp.series[s]; ok && key[0] >= 0 && i < w->gdp.series[s + 1];
             i++) {
            key[1] = w->gdp.cells[i].period;
            size_t at = tflow_i_groups_add(w->index, key);
            ok = at != SIZE_MAX;
            if (ok)
                w->cell[at] = i;
        }
    }
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}

/* One series of levels a reporter: a table of flows would be added up to something. */
static tflow_status read_gdp(const tflow_i_args *args, work *w, tflow_error *error)
{
    static const char *const by[] = {"reporter"};
    const tflow_i_selection *own = &w->trade.selection;
    tflow_i_selection s = *own;
    s.n_partners = s.n_products = s.n_flows = 0;
    s.level = -1;
    s.by = by;
    s.n_by = 1;
    s.total = TFLOW_I_TOTAL_AUTO;
    s.measure = NULL;
    tflow_status status = tflow_i_aggregate(tflow_i_input(args, 1), &s, &w->gdp, error);
    if (status != TFLOW_OK)
        return status;
    if (w->gdp.n_by > 1)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "the second table has flows, expected the GDP of reporters "
                            "by period");
    return index_gdp(w, error);
}

static const tflow_i_cell *gdp_of(const work *w, size_t key)
{
    const tflow_i_trade *t = &w->trade;
    int32_t at[2] = {tflow_i_groups_key(t->keys, key)[t->reporter],
                     tflow_i_trade_period(t, key)};
    size_t found = tflow_i_groups_find(w->index, at);
    return found == SIZE_MAX ? NULL : &w->gdp.cells[w->cell[found]];
}

/* What to know of the second table, such as which members of a group it has. */
static tflow_status gdp_notes(tflow_builder *out, const work *w, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < w->gdp.n_notes && status == TFLOW_OK; i++) {
        tflow_i_text text = {0};
        tflow_i_text_add(&text, "GDP: ");
        tflow_i_text_add(&text, w->gdp.notes[i]);
        char *note = tflow_i_text_take(&text);
        status =
            note == NULL ? tflow_i_nomem(error) : tflow_builder_note(out, note, error);
        tflow_text_free(note);
    }
    return status;
}

/* ---- rows ---- */

static tflow_status write_row(tflow_builder *out, const work *w, size_t key,
                              tflow_error *error)
{
    const tflow_i_trade *t = &w->trade;
    tflow_i_cell x = tflow_i_trade_flow(t, key, 0), m = tflow_i_trade_flow(t, key, 1);
    const tflow_i_cell *y = gdp_of(w, key);
    double gdp = y == NULL ? NAN : tflow_i_scaled(y->value, w->power), sum, mean, one;
    size_t at = tflow_i_trade_cells(out, t, key);
    tflow_i_cell joined = tflow_i_cell_join(&x, &m);
    tflow_status status = tflow_openness_sum(x.value, m.value, gdp, &sum);
    tflow_openness_mean(x.value, m.value, gdp, &mean);
    tflow_builder_float64(out, at + EXPORTS, x.value);
    tflow_builder_float64(out, at + IMPORTS, m.value);
    tflow_builder_float64(out, at + GDP, gdp);
    tflow_builder_float64(out, at + OPENNESS_SUM, sum);
    tflow_builder_float64(out, at + OPENNESS_MEAN, mean);
    tflow_openness_sum(x.value, 0, gdp, &one);
    tflow_builder_float64(out, at + EXPORT_RATIO, one);
    tflow_openness_sum(0, m.value, gdp, &one);
    tflow_builder_float64(out, at + IMPORT_RATIO, one);
    if (status != TFLOW_OK)
        tflow_builder_key(out, at + REASON,
                          isnan(x.value) || isnan(m.value) ? "a flow is not known"
                          : isnan(gdp)                     ? "GDP is not known"
                                                           : tflow_status_text(status));
    if (y != NULL)
        joined = tflow_i_cell_join(&joined, y);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.power = 0};
    tflow_status status = tflow_i_same_money(args, &w.power, error);
    if (status == TFLOW_OK)
        status = tflow_i_trade_open(args, 1, &w.trade, error);
    if (status == TFLOW_OK)
        status = read_gdp(args, &w, error);
    const tflow_i_trade *t = &w.trade;
    if (status == TFLOW_OK)
        status = tflow_i_trade_columns(out, t, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        t->exports.unit, error);
    for (size_t i = 0; status == TFLOW_OK && i < t->n; i++)
        if (tflow_i_asked_for(&t->selection, t->exports.step,
                              tflow_i_trade_period(t, t->order[i])))
            status = write_row(out, &w, t->order[i], error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &t->exports, error);
    if (status == TFLOW_OK)
        status = gdp_notes(out, &w, error);
    tflow_i_trade_close(&w.trade);
    tflow_i_cells_free(&w.gdp);
    tflow_i_groups_free(w.index);
    tflow_i_free(w.cell);
    return status;
}

static const tflow_parameter parameters[] = {
    TFLOW_I_IMPORTS_PARAMETER,
};

const tflow_operation tflow_i_op_openness = {
    .name = "openness",
    .summary = "Trade over gross domestic product",
    .definition =
        "With x the exports and m the imports of a reporter, and gdp that of the "
        "second "
        "table for the same reporter and period: openness_sum = (x + m)/gdp, "
        "openness_mean = (x + m)/2/gdp; UNCTAD gives the mean, others the sum. "
        "Multipliers are brought to the first table's; currencies must agree, and GDP "
        "should be at current prices as flows are. Periods must be of one length: say "
        "--frequency A where flows are by month. The GDP of a group is the sum of its "
        "members that the second table has. Imports are what the reporter says, or "
        "with "
        "--imports mirror what its partners report as exports to it. A reporter "
        "without "
        "rows of one flow has no openness, one that GDP is not known of neither.",
    .reference = NULL,
    .example =
        "openness data/baci/totals_2017.csv.gz --with "
        "data/worldbank/gdp_2017.csv --imports mirror --reporter BLR,LTU,DEU,SGP",
    .inputs_min = 2,
    .inputs_max = 2,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
