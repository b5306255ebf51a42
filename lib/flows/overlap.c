/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * No flow counts twice. Files mix the World with partners, TOTAL with chapters with
 * headings, all modes of transport with each; here one level is chosen, or the call is
 * refused when it cannot be told which.
 */
#include "flows/plan.h"
#include "codes/codes.h"

#include <string.h>

#define BIT(dim) (1u << (dim))
#define KEY_SIZE (2 * TFLOW_I_DIMS + 1)

static uint8_t part_at(const tflow_i_plan *plan, tflow_i_dim_id d, size_t row)
{
    const tflow_i_dim *dim = &plan->dims[d];
    return dim->codes[row] < 0 ? TFLOW_I_PART_MEMBER : dim->part[dim->codes[row]];
}

static const char *text_at(const tflow_i_plan *plan, tflow_i_dim_id d, size_t row)
{
    const tflow_i_dim *dim = &plan->dims[d];
    const char *text = NULL;
    if (dim->codes != NULL)
        text = tflow_i_dict_text(dim->dict, dim->codes[row]);
    return text == NULL ? "" : text;
}

void tflow_i_plan_parts(const tflow_i_plan *plan, tflow_i_dim_id d, size_t counts[3])
{
    memset(counts, 0, 3 * sizeof *counts);
    for (size_t i = 0; i < plan->n; i++)
        counts[part_at(plan, d, plan->rows[i])]++;
}

size_t tflow_i_plan_keep(tflow_i_plan *plan, tflow_i_dim_id d, unsigned parts)
{
    size_t n = 0, dropped = 0;
    for (size_t i = 0; i < plan->n; i++)
        if ((parts >> part_at(plan, d, plan->rows[i]) & 1u) != 0)
            plan->rows[n++] = plan->rows[i];
        else
            dropped += tflow_i_plan_count(plan, plan->rows[i]);
    plan->n = n;
    return dropped;
}

/* ---- a total beside its parts ---- */

/* Cells are rows that differ in nothing but the dimension; series are cells that differ
 * in nothing but the period. */
typedef struct sides {
    tflow_i_groups *cells, *series;
    size_t *cell_of;   /* per row still in */
    size_t *series_of; /* per cell */
    uint8_t *has;      /* per cell: bit 0 parts, bit 1 total */
    uint8_t *seen;     /* per series: bit 0 a cell without total, bit 1 one with */
} sides;

static void sides_free(sides *s)
{
    tflow_i_groups_free(s->cells);
    tflow_i_groups_free(s->series);
    tflow_i_free(s->cell_of);
    tflow_i_free(s->series_of);
    tflow_i_free(s->has);
    tflow_i_free(s->seen);
}

static int sides_find(const tflow_i_plan *plan, tflow_i_dim_id d, sides *s)
{
    int32_t key[KEY_SIZE];
    unsigned codes = TFLOW_I_ALL_DIMS & ~BIT(d);
    size_t width = tflow_i_plan_key(plan, plan->rows[0], codes, BIT(d), 0, key);
    if (!plan->dims[d].listed)
        width--; /* unlisted: every text is a unit of its own, and no key */

    memset(s, 0, sizeof *s);
    s->cells = tflow_i_groups_new(width + 1);
    s->series = tflow_i_groups_new(width);
    s->cell_of = tflow_i_alloc(plan->n, sizeof *s->cell_of);
    s->series_of = tflow_i_alloc(plan->n, sizeof *s->series_of);
    s->has = tflow_i_calloc(plan->n, 1);
    s->seen = tflow_i_calloc(plan->n, 1);
    if (s->cells == NULL || s->series == NULL || s->cell_of == NULL ||
        s->series_of == NULL || s->has == NULL || s->seen == NULL)
        return 0;
    unsigned units = plan->dims[d].listed ? BIT(d) : 0;
    for (size_t i = 0; i < plan->n; i++) {
        size_t row = plan->rows[i];
        tflow_i_plan_key(plan, row, codes, units, 0, key);
        key[width] = plan->periods == NULL ? 0 : plan->periods[row];
        size_t cell = tflow_i_groups_add(s->cells, key);
        size_t series = tflow_i_groups_add(s->series, key);
        if (cell == SIZE_MAX || series == SIZE_MAX)
            return 0;
        s->cell_of[i] = cell;
        s->series_of[cell] = series;
        s->has[cell] |= part_at(plan, d, row) == TFLOW_I_PART_TOTAL ? 2 : 1;
    }
    for (size_t c = 0; c < tflow_i_groups_count(s->cells); c++)
        s->seen[s->series_of[c]] |= (s->has[c] & 2) != 0 ? 2 : 1;
    return 1;
}

/* A series where some periods have the total and others only parts. */
static tflow_status uneven(const tflow_i_plan *plan, tflow_i_dim_id d, const sides *s,
                           size_t i, tflow_error *error)
{
    size_t row = plan->rows[i];
    char period[TFLOW_PERIOD_SIZE];
    tflow_period_format(plan->periods == NULL ? 0 : plan->periods[row], period);
    const char *total = d == TFLOW_I_PRODUCT ? "all products" : "the World";
    const char *parts = d == TFLOW_I_PRODUCT ? "single products" : "single partners";
    return tflow_i_plan_fail(
        plan, row, error, TFLOW_EOVERLAP,
        "%s %s has rows for %s in some periods and only for %s in others (%s: %s); "
        "%s",
        text_at(plan, TFLOW_I_REPORTER, row), text_at(plan, TFLOW_I_FLOW, row), total,
        parts, period, (s->has[s->cell_of[i]] & 2) != 0 ? total : parts,
        d == TFLOW_I_PRODUCT ? "choose one with --level"
                             : "choose one with --total partners or --total world");
}

tflow_status tflow_i_plan_choose(tflow_i_plan *plan, tflow_i_dim_id d,
                                 tflow_i_total policy, int even, size_t used[2],
                                 tflow_error *error)
{
    sides s;
    tflow_status status = TFLOW_OK;
    used[0] = used[1] = 0;
    if (plan->n == 0)
        return TFLOW_OK;
    if (!sides_find(plan, d, &s)) {
        sides_free(&s);
        return tflow_i_nomem(error);
    }
    size_t n = 0;
    for (size_t i = 0; i < plan->n && status == TFLOW_OK; i++) {
        size_t cell = s.cell_of[i];
        int total = part_at(plan, d, plan->rows[i]) == TFLOW_I_PART_TOTAL;
        int want = policy == TFLOW_I_TOTAL_AUTO    ? (s.has[cell] & 2) != 0
                   : policy == TFLOW_I_TOTAL_WORLD ? 1
                                                   : 0;
        if (even && policy == TFLOW_I_TOTAL_AUTO && s.seen[s.series_of[cell]] == 3)
            status = uneven(plan, d, &s, i, error);
        if (total != want)
            continue;
        used[want] += 1;
        plan->rows[n++] = plan->rows[i];
    }
    plan->n = n;
    sides_free(&s);
    return status;
}

tflow_status tflow_i_plan_dropped(tflow_i_plan *plan, size_t dropped, const char *what,
                                  tflow_error *error)
{
    if (dropped > 0 &&
        tflow_i_cells_note(plan->out, "%zu %s", dropped, what) != TFLOW_OK)
        return tflow_i_nomem(error);
    return TFLOW_OK;
}

/* ---- products ---- */

static tflow_status keep_level(tflow_i_plan *plan, int level, tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_PRODUCT];
    size_t n = 0, dropped = 0;
    for (size_t i = 0; i < plan->n; i++) {
        int32_t code = dim->codes[plan->rows[i]];
        if (code >= 0 && dim->level[code] == level)
            plan->rows[n++] = plan->rows[i];
        else
            dropped += tflow_i_plan_count(plan, plan->rows[i]);
    }
    plan->n = n;
    if (n == 0)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "the selection has no products of %d digits", level);
    return tflow_i_plan_dropped(plan, dropped,
                                "rows of products of other levels left out", error);
}

/* The coarsest level of each cell; NULL when out of memory. */
static int *coarsest(const tflow_i_plan *plan, const sides *s)
{
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_PRODUCT];
    size_t cells = tflow_i_groups_count(s->cells);
    int *least = tflow_i_alloc(cells, sizeof *least);
    for (size_t c = 0; least != NULL && c < cells; c++)
        least[c] = 1000;
    for (size_t i = 0; least != NULL && i < plan->n; i++) {
        int32_t code = dim->codes[plan->rows[i]];
        int level = code < 0 ? -1 : dim->level[code];
        if (level < least[s->cell_of[i]])
            least[s->cell_of[i]] = level;
    }
    return least;
}

static tflow_status nested(const tflow_i_plan *plan, size_t i, int level,
                           tflow_error *error)
{
    return tflow_i_plan_fail(plan, plan->rows[i], error, TFLOW_EOVERLAP,
                             "product %s stands beside products of %d digits, none of "
                             "which holds it, so that one level cannot be chosen; use "
                             "--level or --product",
                             text_at(plan, TFLOW_I_PRODUCT, plan->rows[i]), level);
}

/* Keep the rows of the coarsest level of each cell, after making sure that each finer
 * code lies below one of them. */
static tflow_status keep_coarsest(tflow_i_plan *plan, const sides *s,
                                  tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_PRODUCT];
    int *least = coarsest(plan, s);
    tflow_i_groups *held = tflow_i_groups_new(2);
    tflow_status status =
        least == NULL || held == NULL ? tflow_i_nomem(error) : TFLOW_OK;

    for (size_t i = 0; i < plan->n && status == TFLOW_OK; i++) {
        int32_t key[2] = {(int32_t)s->cell_of[i], dim->codes[plan->rows[i]]};
        if (key[1] >= 0 && dim->level[key[1]] == least[key[0]] &&
            tflow_i_groups_add(held, key) == SIZE_MAX)
            status = tflow_i_nomem(error);
    }
    size_t n = 0;
    for (size_t i = 0; i < plan->n && status == TFLOW_OK; i++) {
        int32_t code = dim->codes[plan->rows[i]];
        int level = least[s->cell_of[i]];
        if (code < 0 || dim->level[code] == level) {
            plan->rows[n++] = plan->rows[i];
            continue;
        }
        int32_t key[2] = {(int32_t)s->cell_of[i], -1};
        if (level > 0)
            key[1] = tflow_i_dict_find(dim->dict, tflow_i_dict_text(dim->dict, code),
                                       (size_t)level);
        if (level != 0 && (key[1] < 0 || tflow_i_groups_find(held, key) == SIZE_MAX))
            status = nested(plan, i, level, error);
    }
    if (status == TFLOW_OK) {
        size_t dropped = plan->n - n;
        plan->n = n;
        status = tflow_i_plan_dropped(
            plan, dropped, "rows of products not added: a coarser code holds them",
            error);
    }
    tflow_i_groups_free(held);
    tflow_i_free(least);
    return status;
}

/* Products that stay apart must be of one level. */
static tflow_status one_level(tflow_i_plan *plan, tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_PRODUCT];
    size_t counts[3];
    tflow_i_plan_parts(plan, TFLOW_I_PRODUCT, counts);
    size_t dropped = 0;
    if (counts[TFLOW_I_PART_TOTAL] < plan->n)
        dropped = tflow_i_plan_keep(plan, TFLOW_I_PRODUCT, BIT(TFLOW_I_PART_MEMBER));
    int level = -2;
    for (size_t i = 0; i < plan->n; i++) {
        int32_t code = dim->codes[plan->rows[i]];
        int this = code < 0 ? -1 : dim->level[code];
        if (level == -2)
            level = this;
        if (this != level)
            return tflow_i_plan_fail(plan, plan->rows[i], error, TFLOW_EOVERLAP,
                                     "product codes of %d and of %d digits are mixed "
                                     "(%s); choose with --level",
                                     level, this,
                                     text_at(plan, TFLOW_I_PRODUCT, plan->rows[i]));
    }
    return tflow_i_plan_dropped(plan, dropped, "rows of all products kept apart",
                                error);
}

static tflow_status resolve_products(tflow_i_plan *plan, tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_PRODUCT];
    if (dim->codes == NULL || plan->n == 0)
        return TFLOW_OK;
    if (plan->selection->level >= 0)
        return keep_level(plan, plan->selection->level, error);
    if (dim->by && !dim->listed)
        return one_level(plan, error);
    if (dim->n <= 1 || plan->table->counts != NULL) /* then they are of one level */
        return TFLOW_OK;
    size_t used[2];
    sides s;
    tflow_status status =
        tflow_i_plan_choose(plan, TFLOW_I_PRODUCT, TFLOW_I_TOTAL_AUTO, 1, used, error);
    if (status != TFLOW_OK)
        return status;
    status = sides_find(plan, TFLOW_I_PRODUCT, &s) ? keep_coarsest(plan, &s, error)
                                                   : tflow_i_nomem(error);
    sides_free(&s);
    return status;
}

/* Breakdowns (second partner, customs procedure, mode of transport, mode of supply):
 * the total where a cell has one, else the sum. */
static tflow_status resolve_breakdown(tflow_i_plan *plan, tflow_i_dim_id d,
                                      tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[d];
    size_t counts[3], used[2];
    if (dim->codes == NULL || dim->n <= 1)
        return TFLOW_OK;
    tflow_i_plan_parts(plan, d, counts);
    if (counts[TFLOW_I_PART_TOTAL] == 0 || counts[TFLOW_I_PART_TOTAL] == plan->n)
        return TFLOW_OK;
    if (dim->by)
        return tflow_i_plan_dropped(
            plan, tflow_i_plan_keep(plan, d, BIT(TFLOW_I_PART_MEMBER)),
            "rows that are totals of a breakdown kept apart", error);
    size_t before = plan->n;
    tflow_status status =
        tflow_i_plan_choose(plan, d, TFLOW_I_TOTAL_AUTO, 0, used, error);
    if (status != TFLOW_OK)
        return status;
    return tflow_i_plan_dropped(plan, before - plan->n,
                                "rows of a breakdown not added: their totals are used",
                                error);
}

tflow_status tflow_i_plan_overlap(tflow_i_plan *plan, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (int d = TFLOW_I_PARTNER2; d <= TFLOW_I_SUPPLY && status == TFLOW_OK; d++)
        status = resolve_breakdown(plan, (tflow_i_dim_id)d, error);
    if (status == TFLOW_OK)
        status = resolve_products(plan, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_areas(plan, TFLOW_I_REPORTER, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_areas(plan, TFLOW_I_PARTNER, error);
    return status;
}
