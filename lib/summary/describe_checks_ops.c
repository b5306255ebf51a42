/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows held against rows: gaps, duplicates, the World against partners, years against
 * months. */
#include "summary/describe.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define KEY_SIZE (2 * TFLOW_I_DIMS + 1)
#define WORLD_DETAILS 40 /* cells listed one by one before only the count is given */

/* The texts of a row's keys in the dims of the mask, and its period. */
static char *row_text(const tflow_i_plan *plan, size_t row, unsigned mask,
                      tflow_period period)
{
    tflow_i_text text = {0};
    char label[TFLOW_PERIOD_SIZE];
    for (size_t d = 0; d < TFLOW_I_DIMS; d++) {
        const tflow_i_dim *dim = &plan->dims[d];
        if ((mask >> d & 1u) == 0 || dim->codes == NULL || dim->codes[row] < 0)
            continue;
        tflow_i_text_add(&text, tflow_i_dict_text(dim->dict, dim->codes[row]));
        tflow_i_text_char(&text, ' ');
    }
    tflow_i_text_add(&text, tflow_period_format(period, label));
    return tflow_i_text_take(&text);
}

static tflow_period period_at(const tflow_i_plan *plan, size_t row)
{
    return plan->periods == NULL ? TFLOW_PERIOD_NONE : plan->periods[row];
}

/* ---- gaps ---- */

typedef struct span {
    tflow_period first, last;
    int64_t n; /* distinct periods */
} span;

/* How many periods there are from the first to the last. January to July is followed
 * by the same months of the next year. */
static int64_t expected_periods(const span *s)
{
    int32_t months = tflow_period_months(s->first);
    int32_t step = tflow_period_frequency(s->first) == 'R' && months < 12 ? 12 : months;
    if (step == 0)
        return 0;
    return (tflow_period_start(s->last) - tflow_period_start(s->first)) / step + 1;
}

/* Between the first and last period of a flow, how many have no row. Flows are told
 * apart by all keys and the length of their periods. */
tflow_status tflow_i_describe_gaps(const tflow_i_plan *plan, tflow_builder *out,
                                   tflow_error *error)
{
    size_t rows = plan->table->rows;
    if (plan->periods == NULL || rows == 0)
        return TFLOW_OK;
    int32_t key[KEY_SIZE + 1];
    size_t width = tflow_i_plan_key(plan, 0, TFLOW_I_ALL_DIMS, 0, 0, key) + 1;
    tflow_i_groups *flows = tflow_i_groups_new(width);
    tflow_i_groups *cells = tflow_i_groups_new(width);
    span *spans = tflow_i_calloc(rows, sizeof *spans);
    int ok = flows != NULL && cells != NULL && spans != NULL;
    for (size_t row = 0; row < rows && ok; row++) {
        tflow_period p = plan->periods[row];
        tflow_i_plan_key(plan, row, TFLOW_I_ALL_DIMS, 0, 0, key);
        key[width - 1] = p;
        size_t before = tflow_i_groups_count(cells);
        size_t cell = tflow_i_groups_add(cells, key);
        key[width - 1] = tflow_period_months(p);
        size_t flow = tflow_i_groups_add(flows, key);
        ok = cell != SIZE_MAX && flow != SIZE_MAX;
        if (!ok || cell != before)
            continue;
        span *s = &spans[flow];
        s->first = s->n == 0 || p < s->first ? p : s->first;
        s->last = p > s->last ? p : s->last;
        s->n++;
    }
    int64_t with = 0, missing = 0;
    for (size_t f = 0; ok && f < tflow_i_groups_count(flows); f++) {
        int64_t expected = expected_periods(&spans[f]);
        with += spans[f].n < expected;
        missing += spans[f].n < expected ? expected - spans[f].n : 0;
    }
    tflow_i_fact_row a = {"gaps", "flows with a gap", with, NAN, NAN, NULL};
    tflow_i_fact_row b = {"gaps", "periods without a row", missing, NAN, NAN, NULL};
    tflow_status status = ok ? TFLOW_OK : tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = tflow_i_fact(out, &a, error);
    if (status == TFLOW_OK)
        status = tflow_i_fact(out, &b, error);
    tflow_i_groups_free(flows);
    tflow_i_groups_free(cells);
    tflow_i_free(spans);
    return status;
}

/* ---- duplicates ---- */

static tflow_status duplicates_fact(const tflow_i_plan *plan, int64_t n, size_t first,
                                    size_t second, tflow_builder *out,
                                    tflow_error *error)
{
    tflow_i_fact_row fact = {"duplicates", "rows for a cell that has one", n, NAN, NAN,
                             NULL};
    char *text = NULL;
    if (n > 0) {
        tflow_i_text detail = {0};
        char *cell = row_text(plan, second, TFLOW_I_ALL_DIMS, period_at(plan, second));
        unsigned long long a = tflow_i_table_line(plan->table, first);
        unsigned long long b = tflow_i_table_line(plan->table, second);
        tflow_i_text_format(&detail, "first: lines %llu and %llu, %s", a, b,
                            cell == NULL ? "" : cell);
        tflow_text_free(cell);
        text = tflow_i_text_take(&detail);
        if (text == NULL)
            return tflow_i_nomem(error);
        fact.detail = text;
    }
    tflow_status status = tflow_i_fact(out, &fact, error);
    tflow_text_free(text);
    return status;
}

tflow_status tflow_i_describe_duplicates(const tflow_i_plan *plan, tflow_builder *out,
                                         tflow_error *error)
{
    int32_t key[KEY_SIZE];
    size_t rows = plan->table->rows;
    if (rows == 0)
        return TFLOW_OK;
    size_t width = tflow_i_plan_key(plan, 0, TFLOW_I_ALL_DIMS, 0, 0, key) + 1;
    tflow_i_groups *cells = tflow_i_groups_new(width);
    size_t *owner = tflow_i_alloc(rows, sizeof *owner);
    int ok = cells != NULL && owner != NULL;
    int64_t n = 0;
    size_t first = 0, second = 0;
    for (size_t row = 0; row < rows && ok; row++) {
        tflow_i_plan_key(plan, row, TFLOW_I_ALL_DIMS, 0, 0, key);
        key[width - 1] = period_at(plan, row);
        size_t before = tflow_i_groups_count(cells);
        size_t cell = tflow_i_groups_add(cells, key);
        ok = cell != SIZE_MAX;
        if (ok && cell == before) {
            owner[cell] = row;
        } else if (ok && n++ == 0) {
            first = owner[cell];
            second = row;
        }
    }
    tflow_status status =
        ok ? duplicates_fact(plan, n, first, second, out, error) : tflow_i_nomem(error);
    tflow_i_groups_free(cells);
    tflow_i_free(owner);
    return status;
}

/* ---- a sum and what it is held against ---- */

typedef struct pair {
    tflow_i_sum parts, whole;
    tflow_i_sum size; /* of all of them, without sign */
    int64_t n_parts, n_whole;
    int32_t months; /* covered by the parts */
    int lost;       /* a part is missing */
    size_t row;     /* one row of the cell */
    tflow_period period;
} pair;

typedef struct pairs {
    tflow_i_groups *cells;
    pair *list;
} pairs;

static int pairs_open(pairs *p, size_t width, size_t rows)
{
    p->cells = tflow_i_groups_new(width);
    p->list = tflow_i_calloc(rows, sizeof *p->list);
    return p->cells != NULL && p->list != NULL;
}

static void pairs_close(pairs *p)
{
    tflow_i_groups_free(p->cells);
    tflow_i_free(p->list);
}

/* Add a row to its cell, on the side of the whole or of the parts. */
static int pairs_add(pairs *p, const tflow_i_plan *plan, const int32_t *key, size_t row,
                     tflow_period period, int whole)
{
    size_t cell = tflow_i_groups_add(p->cells, key);
    if (cell == SIZE_MAX)
        return 0;
    pair *c = &p->list[cell];
    double value = plan->values[row];
    c->row = row;
    c->period = period;
    if (!isnan(value))
        tflow_i_sum_add(&c->size, fabs(value));
    if (isnan(value)) {
        c->lost = 1;
    } else if (whole) {
        tflow_i_sum_add(&c->whole, value);
        c->n_whole++;
    } else {
        tflow_i_sum_add(&c->parts, value);
        c->n_parts++;
        c->months += tflow_period_months(period_at(plan, row));
    }
    return 1;
}

/* Parts and whole, read from decimals: a difference that the nearest doubles of 0.1,
 * 0.2 and 0.3 explain is none in the file. */
static int equal(const pair *c)
{
    double difference = tflow_i_sum_value(&c->parts) - tflow_i_sum_value(&c->whole);
    return fabs(difference) <= DBL_EPSILON * tflow_i_sum_value(&c->size);
}

static tflow_status pair_fact(const tflow_i_plan *plan, const pair *c,
                              const char *topic, unsigned mask, tflow_builder *out,
                              tflow_error *error)
{
    char *item = row_text(plan, c->row, mask, c->period);
    if (item == NULL)
        return tflow_i_nomem(error);
    tflow_i_fact_row fact = {topic,
                             item,
                             c->n_parts,
                             c->n_parts > 0 ? tflow_i_sum_value(&c->parts) : NAN,
                             tflow_i_sum_value(&c->whole),
                             c->lost ? "without values that are missing" : NULL};
    tflow_status status = tflow_i_fact(out, &fact, error);
    tflow_text_free(item);
    return status;
}

/* The World's row against the sum of the partners, in each cell that has the row. */
tflow_status tflow_i_describe_world(const tflow_i_plan *plan, tflow_builder *out,
                                    tflow_error *error)
{
    const tflow_i_dim *partner = &plan->dims[TFLOW_I_PARTNER];
    unsigned mask = TFLOW_I_ALL_DIMS & ~(1u << TFLOW_I_PARTNER);
    int32_t key[KEY_SIZE];
    size_t rows = plan->table->rows;
    if (partner->codes == NULL || rows == 0)
        return TFLOW_OK;
    size_t width = tflow_i_plan_key(plan, 0, mask, 0, 0, key) + 1;
    pairs p;
    int ok = pairs_open(&p, width, rows);
    for (size_t row = 0; row < rows && ok; row++) {
        int32_t code = partner->codes[row];
        int part = code < 0 ? TFLOW_I_PART_MEMBER : partner->part[code];
        if (part == TFLOW_I_PART_AGGREGATE)
            continue;
        tflow_i_plan_key(plan, row, mask, 0, 0, key);
        key[width - 1] = period_at(plan, row);
        ok = pairs_add(&p, plan, key, row, key[width - 1], part == TFLOW_I_PART_TOTAL);
    }
    tflow_status status = ok ? TFLOW_OK : tflow_i_nomem(error);
    int64_t both = 0, unequal = 0, alone = 0;
    for (size_t c = 0; status == TFLOW_OK && c < tflow_i_groups_count(p.cells); c++) {
        const pair *cell = &p.list[c];
        if (cell->n_whole == 0)
            continue;
        both += cell->n_parts > 0;
        alone += cell->n_parts == 0;
        if (cell->n_parts == 0 || equal(cell))
            continue;
        if (unequal++ < WORLD_DETAILS)
            status = pair_fact(plan, cell, "world_partners", mask, out, error);
    }
    tflow_i_fact_row facts[] = {
        {"world_partners", "cells with the World and partners", both, NAN, NAN, NULL},
        {"world_partners", "of them, the sums differ in", unequal, NAN, NAN, NULL},
        {"world_partners", "cells with the World alone", alone, NAN, NAN, NULL}};
    for (size_t i = 0; status == TFLOW_OK && both + alone > 0 && i < 3; i++)
        status = tflow_i_fact(out, &facts[i], error);
    pairs_close(&p);
    return status;
}

/* The twelve months against the year's own row. */
tflow_status tflow_i_describe_years(const tflow_i_plan *plan, tflow_builder *out,
                                    double tolerance, tflow_error *error)
{
    int32_t key[KEY_SIZE];
    size_t rows = plan->table->rows;
    if (plan->periods == NULL || rows == 0)
        return TFLOW_OK;
    size_t width = tflow_i_plan_key(plan, 0, TFLOW_I_ALL_DIMS, 0, 0, key) + 1;
    pairs p;
    int ok = pairs_open(&p, width, rows);
    for (size_t row = 0; row < rows && ok; row++) {
        tflow_period year = tflow_period_within(plan->periods[row], 'A');
        if (year == TFLOW_PERIOD_NONE)
            continue;
        tflow_i_plan_key(plan, row, TFLOW_I_ALL_DIMS, 0, 0, key);
        key[width - 1] = year;
        ok = pairs_add(&p, plan, key, row, year, plan->periods[row] == year);
    }
    tflow_status status = ok ? TFLOW_OK : tflow_i_nomem(error);
    int64_t compared = 0, agree = 0;
    for (size_t c = 0; status == TFLOW_OK && c < tflow_i_groups_count(p.cells); c++) {
        const pair *cell = &p.list[c];
        if (cell->n_whole == 0 || cell->n_parts == 0 || cell->lost ||
            cell->months != 12)
            continue;
        compared++;
        double difference =
            tflow_i_sum_value(&cell->parts) - tflow_i_sum_value(&cell->whole);
        if (fabs(difference) <= tolerance)
            agree++;
        else
            status = pair_fact(plan, cell, "year_months", TFLOW_I_ALL_DIMS, out, error);
    }
    tflow_i_fact_row facts[] = {
        {"year_months", "years held against their parts", compared, NAN, NAN, NULL},
        {"year_months", "of them, the sums agree in", agree, NAN, NAN, NULL}};
    for (size_t i = 0; status == TFLOW_OK && compared > 0 && i < 2; i++)
        status = tflow_i_fact(out, &facts[i], error);
    pairs_close(&p);
    return status;
}
