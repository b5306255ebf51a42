/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the rows of a table to a state of their own. */
#include "flows/plan.h"
#include "state/state.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ORIGIN (1u << TFLOW_I_REPORTER | 1u << TFLOW_I_FLOW)

typedef struct rows {
    const tflow_i_plan *plan;
    tflow_state *state;
    tflow_i_groups *cells, *spans;
    size_t by[TFLOW_I_MOST_KEYS];      /* the dims of the keys */
    int32_t *units[TFLOW_I_MOST_KEYS]; /* per unit of a dim: its text in the state */
    int32_t *reporters, *flows;        /* per text of the column: the same */
} rows;

/* ---- facts that the data decide ---- */

static int set_by(rows *r)
{
    tflow_i_text text = {0};
    tflow_i_text_add(&text, "");
    for (size_t d = 0; d < TFLOW_I_DIMS; d++) {
        const tflow_i_dim *dim = &r->plan->dims[d];
        if (!dim->by || dim->codes == NULL)
            continue;
        r->by[r->state->n_by] = d;
        tflow_i_text_add(&text, r->state->n_by++ > 0 ? "," : "");
        tflow_i_text_add(&text, dim->name);
    }
    char *by = tflow_i_text_take(&text);
    int ok = by != NULL && tflow_i_state_set(r->state, TFLOW_I_FACT_BY, by) &&
             tflow_i_state_names(r->state);
    tflow_text_free(by);
    return ok;
}

/* The one text of a key that is no key of the sums; "" where there is none. */
static const char *only_text(const tflow_i_plan *plan, tflow_i_dim_id d)
{
    const tflow_i_dim *dim = &plan->dims[d];
    for (size_t i = 0; dim->codes != NULL && !dim->by && i < plan->n; i++)
        if (dim->codes[plan->rows[i]] >= 0)
            return tflow_i_dict_text(dim->dict, dim->codes[plan->rows[i]]);
    return "";
}

static const char *or_attribute(const tflow_i_plan *plan, tflow_i_dim_id d,
                                const char *name)
{
    const char *text = only_text(plan, d);
    const char *attribute = tflow_table_attribute(plan->table, name);
    return *text != '\0' || plan->dims[d].by || attribute == NULL ? text : attribute;
}

static tflow_status set_total(const rows *r, tflow_error *error)
{
    static const char *const words[] = {"auto", "partners", "world"};
    const tflow_i_dim *partner = &r->plan->dims[TFLOW_I_PARTNER];
    tflow_i_total total = r->plan->out->total;

    if (total == TFLOW_I_TOTAL_AUTO && partner->codes != NULL && !partner->listed)
        return tflow_i_fail(error, TFLOW_EOVERLAP,
                            "some flows have rows for the World and others for single "
                            "partners only: a state takes one of them, choose with "
                            "--total partners or --total world");
    return tflow_i_state_set(r->state, TFLOW_I_FACT_TOTAL, words[total])
               ? TFLOW_OK
               : tflow_i_nomem(error);
}

/* Products that stay apart are of one level; those that are added up may be rows of
 * all products or of single ones. The next file has to be of the same kind. */
static tflow_status set_products(const rows *r, tflow_error *error)
{
    const tflow_i_plan *plan = r->plan;
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_PRODUCT];
    char text[TFLOW_I_DECIMAL_SIZE] = "";

    if (dim->codes != NULL && !dim->listed && plan->selection->level < 0) {
        size_t counts[3];
        tflow_i_plan_parts(plan, TFLOW_I_PRODUCT, counts);
        size_t totals = counts[TFLOW_I_PART_TOTAL];
        int32_t code = dim->codes[plan->rows[0]];
        if (totals > 0 && totals < plan->n)
            return tflow_i_fail(error, TFLOW_EOVERLAP,
                                "some flows have rows for all products and others for "
                                "single products only: a state takes one of them, "
                                "choose with --level");
        if (totals > 0 || !dim->by)
            snprintf(text, sizeof text, "%s", totals > 0 ? "total" : "single");
        else if (code >= 0)
            tflow_i_decimal_format(dim->level[code], text);
    }
    return tflow_i_state_set(r->state, TFLOW_I_FACT_PRODUCTS, text)
               ? TFLOW_OK
               : tflow_i_nomem(error);
}

static tflow_status set_facts(rows *r, tflow_error *error)
{
    const tflow_i_plan *plan = r->plan;
    const tflow_i_selection *s = plan->selection;
    char *unit = tflow_i_unit(plan->table, s->measure == NULL ? "value" : s->measure);
    int ok = unit != NULL && set_by(r) &&
             tflow_i_state_set(r->state, TFLOW_I_FACT_UNIT, unit) &&
             tflow_i_state_set(r->state, TFLOW_I_FACT_VALUATION,
                               or_attribute(plan, TFLOW_I_VALUATION, "valuation")) &&
             tflow_i_state_set(r->state, TFLOW_I_FACT_CURRENCY,
                               or_attribute(plan, TFLOW_I_CURRENCY, "currency")) &&
             tflow_i_state_set(r->state, TFLOW_I_FACT_QUANTITY_UNIT,
                               only_text(plan, TFLOW_I_QUANTITY_UNIT));
    tflow_i_free(unit);
    tflow_status status =
        ok ? tflow_i_state_describe(r->state, s, error) : tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = set_total(r, error);
    return status == TFLOW_OK ? set_products(r, error) : status;
}

/* ---- texts ---- */

/* Per text of a dictionary its code in the state; NULL when out of memory. */
static int32_t *translate(tflow_state *state, const tflow_i_dict *dict)
{
    int32_t n = tflow_i_dict_count(dict);
    int32_t *codes = tflow_i_alloc((size_t)n, sizeof *codes);
    for (int32_t i = 0; codes != NULL && i < n; i++) {
        const char *text = tflow_i_dict_text(dict, i);
        codes[i] = tflow_i_dict_add(state->texts, text, strlen(text));
        if (codes[i] < 0) {
            tflow_i_free(codes);
            return NULL;
        }
    }
    return codes;
}

static int translate_all(rows *r)
{
    const tflow_i_dim *reporter = &r->plan->dims[TFLOW_I_REPORTER];
    const tflow_i_dim *flow = &r->plan->dims[TFLOW_I_FLOW];
    int ok = 1;
    if (reporter->codes != NULL)
        ok = (r->reporters = translate(r->state, reporter->dict)) != NULL;
    if (ok && flow->codes != NULL)
        ok = (r->flows = translate(r->state, flow->dict)) != NULL;
    for (size_t k = 0; ok && k < r->state->n_by; k++)
        ok = (r->units[k] = translate(r->state, r->plan->dims[r->by[k]].units)) != NULL;
    return ok;
}

static int32_t text_at(const tflow_i_plan *plan, tflow_i_dim_id d, size_t row,
                       const int32_t *texts)
{
    const tflow_i_dim *dim = &plan->dims[d];
    return dim->codes == NULL || dim->codes[row] < 0 ? -1 : texts[dim->codes[row]];
}

static void key_at(const rows *r, size_t row, int32_t *key)
{
    const tflow_i_plan *plan = r->plan;
    key[0] = text_at(plan, TFLOW_I_REPORTER, row, r->reporters);
    key[1] = text_at(plan, TFLOW_I_FLOW, row, r->flows);
    key[2] = plan->periods == NULL ? TFLOW_PERIOD_NONE : plan->periods[row];
}

/* ---- rows ---- */

/* Rows say what is covered, selected or not: a partner without trade in March does not
 * make the reporter's year incomplete. */
static int counts_as_cover(const tflow_i_plan *plan, size_t row)
{
    for (size_t d = 0; d < TFLOW_I_DIMS; d++) {
        const tflow_i_dim *dim = &plan->dims[d];
        if ((ORIGIN >> d & 1u) != 0 && dim->listed &&
            (dim->codes[row] < 0 || dim->unit[dim->codes[row]] < 0))
            return 0;
    }
    return plan->periods == NULL ||
           (tflow_i_in_time(plan->selection, plan->periods[row]) &&
            (plan->selection->frequency == 0 ||
             tflow_i_plan_period(plan, row) != TFLOW_PERIOD_NONE));
}

static tflow_i_span *span_at(rows *r, size_t row)
{
    int32_t key[TFLOW_I_KEY_HEAD];
    key_at(r, row, key);
    size_t before = tflow_i_groups_count(r->spans);
    size_t span = tflow_i_groups_add(r->spans, key);
    if (span == SIZE_MAX)
        return NULL;
    if (span == before) {
        tflow_i_span made = {key[0], key[1], key[2], 0, 0, 0};
        if (!tflow_i_state_add_span(r->state, &made))
            return NULL;
    }
    return &r->state->spans[span];
}

static int cover_all(rows *r)
{
    for (size_t row = 0; row < r->plan->table->rows; row++) {
        if (!counts_as_cover(r->plan, row))
            continue;
        tflow_i_span *span = span_at(r, row);
        if (span == NULL)
            return 0;
        span->rows++;
    }
    return 1;
}

static tflow_status refuse(const tflow_i_plan *plan, size_t row, tflow_status status,
                           tflow_error *error)
{
    if (status == TFLOW_ENEGATIVE)
        return tflow_i_plan_fail(plan, row, error, status,
                                 "a flow is negative, expected a value of 0 or more");
    if (status == TFLOW_ELIMIT)
        return tflow_i_plan_fail(plan, row, error, status,
                                 "a sum is too large: at most 1.9e28");
    return tflow_i_plan_fail(plan, row, error, status,
                             "found a value or status that has no sum");
}

static tflow_status add_row(rows *r, size_t row, tflow_error *error)
{
    static const tflow_partial nothing = {{0}, {0}, {0}, {0}, 0, 0};
    const tflow_i_plan *plan = r->plan;
    int32_t key[TFLOW_I_KEY_HEAD + TFLOW_I_MOST_KEYS];

    key_at(r, row, key);
    for (size_t k = 0; k < r->state->n_by; k++) {
        const tflow_i_dim *dim = &plan->dims[r->by[k]];
        int32_t code = dim->codes[row];
        key[TFLOW_I_KEY_HEAD + k] =
            code < 0 || dim->unit[code] < 0 ? -1 : r->units[k][dim->unit[code]];
    }
    size_t before = tflow_i_groups_count(r->cells);
    size_t cell = tflow_i_groups_add(r->cells, key);
    tflow_i_span *span = span_at(r, row);
    if (cell == SIZE_MAX || span == NULL ||
        (cell == before && !tflow_i_state_add_cell(r->state, key, &nothing)))
        return tflow_i_nomem(error);
    span->used++;
    r->state->sources[0].rows++;
    tflow_status status = tflow_partial_update(
        &r->state->cells[cell], plan->values[row],
        plan->status == NULL ? '\0' : (char)plan->status[row],
        plan->selection->allow_negative ? TFLOW_PARTIAL_NEGATIVE : 0);
    return status == TFLOW_OK ? status : refuse(plan, row, status, error);
}

static tflow_status add_rows(rows *r, tflow_error *error)
{
    const char *source = tflow_table_attribute(r->plan->table, "source");
    r->spans = tflow_i_groups_new(TFLOW_I_KEY_HEAD);
    r->cells = tflow_i_groups_new(tflow_i_state_width(r->state));
    if (r->spans == NULL || r->cells == NULL || !translate_all(r) ||
        !tflow_i_state_add_source(r->state, source == NULL ? "" : source) ||
        !cover_all(r))
        return tflow_i_nomem(error);
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < r->plan->n && status == TFLOW_OK; i++)
        status = add_row(r, r->plan->rows[i], error);
    return status;
}

tflow_status tflow_i_state_of(const tflow_table *table,
                              const tflow_i_selection *selection, tflow_state **out,
                              tflow_i_cells *notes, tflow_error *error)
{
    tflow_i_plan plan;
    rows r = {0};

    memset(notes, 0, sizeof *notes);
    tflow_status status = tflow_state_new(out, error);
    if (status != TFLOW_OK)
        return status;
    if (table->sums != NULL)
        return tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                            "the table was added up over products while it was read: "
                            "read it with its products");
    status = tflow_i_plan_prepare(&plan, table, selection, notes, error);
    r.plan = &plan;
    r.state = *out;
    if (status == TFLOW_OK && plan.n == 0)
        status = tflow_i_fail(error, TFLOW_EUNKNOWN, "the table has no rows to add");
    if (status == TFLOW_OK)
        status = set_facts(&r, error);
    if (status == TFLOW_OK)
        status = add_rows(&r, error);
    tflow_i_groups_free(r.cells);
    tflow_i_groups_free(r.spans);
    tflow_i_free(r.reporters);
    tflow_i_free(r.flows);
    for (size_t k = 0; k < TFLOW_I_MOST_KEYS; k++)
        tflow_i_free(r.units[k]);
    tflow_i_plan_close(&plan);
    if (status != TFLOW_OK) {
        tflow_state_free(*out);
        *out = NULL;
    }
    return status;
}
