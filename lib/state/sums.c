/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a state comes to: its cells merged by the keys and the period that are asked
 * for. Sums are exact, so that the order makes no difference. */
#include "flows/plan.h"
#include "state/state.h"

#include <math.h>
#include <string.h>

typedef struct summing {
    const tflow_state *state;
    char frequency;
    int32_t *rank;          /* per text: its place in the order of texts */
    tflow_period *periods;  /* per cell: the one it counts in */
    size_t *order;          /* of the cells: by keys, then by period */
    tflow_i_groups *wholes; /* reporter, flow, period it counts in */
    unsigned *months;       /* per whole: those that are covered, the first in bit 0 */
    size_t months_capacity;
} summing;

static tflow_period counts_in(const summing *s, tflow_period own)
{
    if (s->frequency == '\0' || tflow_period_frequency(own) == s->frequency)
        return own;
    return tflow_period_within(own, s->frequency);
}

static int32_t rank_of(const summing *s, int32_t code)
{
    return code < 0 ? -1 : s->rank[code];
}

/* Of two cells of the state: the keys of `by`. */
static int compare_keys(const summing *s, size_t a, size_t b)
{
    const int32_t *x = tflow_i_state_key(s->state, a);
    const int32_t *y = tflow_i_state_key(s->state, b);
    for (size_t k = TFLOW_I_KEY_HEAD; k < tflow_i_state_width(s->state); k++) {
        int32_t p = rank_of(s, x[k]), q = rank_of(s, y[k]);
        if (p != q)
            return p < q ? -1 : 1;
    }
    return 0;
}

static int by_keys_then_period(size_t a, size_t b, const void *context)
{
    const summing *s = context;
    int order = compare_keys(s, a, b);
    if (order != 0)
        return order;
    return s->periods[a] < s->periods[b] ? -1 : s->periods[a] > s->periods[b];
}

/* ---- a year of ten months is no year ---- */

static int cover(summing *s)
{
    s->wholes = tflow_i_groups_new(TFLOW_I_KEY_HEAD);
    if (s->wholes == NULL)
        return 0;
    for (size_t i = 0; s->frequency != '\0' && i < s->state->n_spans; i++) {
        const tflow_i_span *span = &s->state->spans[i];
        tflow_period whole = counts_in(s, span->period);
        int32_t key[TFLOW_I_KEY_HEAD] = {span->reporter, span->flow, whole};
        if (whole == TFLOW_PERIOD_NONE)
            continue;
        size_t before = tflow_i_groups_count(s->wholes);
        size_t at = tflow_i_groups_add(s->wholes, key);
        if (at == SIZE_MAX || !tflow_i_reserve(&s->months, &s->months_capacity, at + 1,
                                               sizeof *s->months))
            return 0;
        if (at == before)
            s->months[at] = 0;
        int32_t from = tflow_period_start(span->period) - tflow_period_start(whole);
        s->months[at] |= span->period == whole
                             ? 0xfffu
                             : ((1u << tflow_period_months(span->period)) - 1u) << from;
    }
    return 1;
}

static int is_incomplete(const summing *s, size_t cell)
{
    const int32_t *own = tflow_i_state_key(s->state, cell);
    int32_t key[TFLOW_I_KEY_HEAD] = {own[0], own[1], s->periods[cell]};
    size_t at = tflow_i_groups_find(s->wholes, key);
    if (at == SIZE_MAX)
        return 0;
    return (~s->months[at] & ((1u << tflow_period_months(key[2])) - 1u)) != 0;
}

/* ---- cells ---- */

static int summing_open(summing *s, const tflow_state *state)
{
    memset(s, 0, sizeof *s);
    s->state = state;
    s->frequency = state->facts[TFLOW_I_FACT_FREQUENCY][0];
    s->rank = tflow_i_state_ranks(state);
    s->periods = tflow_i_alloc(state->n_cells, sizeof *s->periods);
    s->order = tflow_i_alloc(state->n_cells, sizeof *s->order);
    if (s->rank == NULL || s->periods == NULL || s->order == NULL || !cover(s))
        return 0;
    for (size_t i = 0; i < state->n_cells; i++) {
        s->order[i] = i;
        s->periods[i] = counts_in(s, tflow_i_state_key(state, i)[2]);
    }
    return tflow_i_sort(s->order, state->n_cells, by_keys_then_period, s);
}

static void summing_free(summing *s)
{
    tflow_i_free(s->rank);
    tflow_i_free(s->periods);
    tflow_i_free(s->order);
    tflow_i_groups_free(s->wholes);
    tflow_i_free(s->months);
}

static tflow_status finish(const summing *s, const tflow_partial *sum, size_t first,
                           tflow_missing missing, tflow_i_cell *cell,
                           tflow_error *error)
{
    tflow_partial_result result;
    tflow_status status = tflow_partial_finish(sum, missing, &result);

    cell->period = s->periods[first];
    cell->value = result.value;
    cell->not_observed = result.share_not_observed;
    cell->n_rows = result.n_rows;
    cell->n_missing = result.n_missing;
    cell->status = (uint8_t)result.status;
    cell->lower_bound = result.lower_bound != 0;
    if (status != TFLOW_EMISSING)
        return status < 0 ? status : TFLOW_OK;
    char period[TFLOW_PERIOD_SIZE];
    return tflow_i_fail(error, status, "%lld values of %s are missing",
                        (long long)result.n_missing,
                        tflow_period_format(cell->period, period));
}

/* The cells from place `at` on that have the keys and the period of the first, as one;
 * `at` moves past them. */
static tflow_status sum_up(const summing *s, size_t *at, tflow_missing missing,
                           tflow_i_cell *cell, tflow_error *error)
{
    size_t first = s->order[*at];
    tflow_partial sum;

    memset(cell, 0, sizeof *cell);
    tflow_partial_init(&sum);
    for (; *at < s->state->n_cells; ++*at) {
        size_t i = s->order[*at];
        if (by_keys_then_period(first, i, s) != 0)
            break;
        if (tflow_partial_merge(&sum, &s->state->cells[i]) != TFLOW_OK)
            return tflow_i_fail(error, TFLOW_ELIMIT,
                                "a sum is too large: at most 1.9e28");
        cell->incomplete |= is_incomplete(s, i) != 0;
    }
    return finish(s, &sum, first, missing, cell, error);
}

static int add_series(const summing *s, tflow_i_cells *out, size_t cell)
{
    const int32_t *key = tflow_i_state_key(s->state, cell) + TFLOW_I_KEY_HEAD;
    out->series[out->n_series] = out->n;
    for (size_t k = 0; k < out->n_by; k++) {
        const char *text = tflow_i_state_text(s->state, key[k]);
        int32_t code =
            key[k] < 0 ? -1 : tflow_i_dict_add(out->dicts[k], text, strlen(text));
        if (key[k] >= 0 && code < 0)
            return 0;
        out->keys[out->n_series * out->n_by + k] = code;
    }
    out->n_series++;
    return 1;
}

static int cells_open(const tflow_state *state, tflow_i_cells *out)
{
    memset(out, 0, sizeof *out);
    int ok = 1;
    for (size_t k = 0; ok && k < state->n_by; k++) {
        memcpy(out->by[k], state->by[k], sizeof out->by[k]);
        out->dicts[k] = tflow_i_dict_new();
        ok = out->dicts[k] != NULL;
        out->n_by = k + 1;
    }
    out->cells = tflow_i_alloc(state->n_cells, sizeof *out->cells);
    out->series = tflow_i_calloc(state->n_cells + 1, sizeof *out->series);
    out->keys = tflow_i_alloc(state->n_cells * state->n_by, sizeof *out->keys);
    out->unit = tflow_i_strdup(state->facts[TFLOW_I_FACT_UNIT]);
    return ok && out->cells != NULL && out->series != NULL && out->keys != NULL &&
           out->unit != NULL;
}

static tflow_status sum_all(const summing *s, tflow_missing missing, tflow_i_cells *out,
                            tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    size_t last = SIZE_MAX;
    for (size_t at = 0; at < s->state->n_cells && status == TFLOW_OK;) {
        size_t first = s->order[at];
        if ((last == SIZE_MAX || compare_keys(s, last, first) != 0) &&
            !add_series(s, out, first))
            return tflow_i_nomem(error);
        status = sum_up(s, &at, missing, &out->cells[out->n], error);
        out->n++;
        last = first;
    }
    out->series[out->n_series] = out->n;
    return status;
}

/* What is left of the call once the cells are there. */
static tflow_status accumulate(const tflow_state *state, tflow_missing missing,
                               tflow_i_cells *out, tflow_error *error)
{
    const char *word = state->facts[TFLOW_I_FACT_ACCUMULATE];
    const char *period = state->facts[TFLOW_I_FACT_PERIOD];
    const char *total = state->facts[TFLOW_I_FACT_TOTAL];
    tflow_i_selection selection = {.missing = missing};

    selection.accumulate = strcmp(word, "ytd") == 0       ? TFLOW_I_ACCUMULATE_YTD
                           : strcmp(word, "rolling") == 0 ? TFLOW_I_ACCUMULATE_ROLLING
                                                          : TFLOW_I_ACCUMULATE_NONE;
    if (*period != '\0')
        (void)tflow_period_parse(period, strcspn(period, ":"), &selection.first, NULL);
    out->total = strcmp(total, "world") == 0      ? TFLOW_I_TOTAL_WORLD
                 : strcmp(total, "partners") == 0 ? TFLOW_I_TOTAL_PARTNERS
                                                  : TFLOW_I_TOTAL_AUTO;
    out->step = tflow_i_cells_step(out);
    return tflow_i_cells_accumulate(out, &selection, error);
}

tflow_status tflow_i_state_sums(const tflow_state *state, tflow_missing missing,
                                tflow_i_cells *out, tflow_error *error)
{
    summing s;
    memset(out, 0, sizeof *out);
    if (state->facts[0] == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "the state holds nothing yet");
    int ok = summing_open(&s, state) && cells_open(state, out);
    tflow_status status = ok ? sum_all(&s, missing, out, error) : tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = accumulate(state, missing, out, error);
    summing_free(&s);
    if (status != TFLOW_OK)
        tflow_i_cells_free(out);
    return status;
}
