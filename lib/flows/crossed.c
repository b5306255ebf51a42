/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps before this one look at one key at a time: TOTAL beside chapters for the
 * same partner, the World beside partners for the same product. What they cannot see is
 * a row that is coarser in several keys at once: the World's TOTAL beside chapters of
 * single partners, all modes of transport of a year beside single modes of its months.
 */
#include "flows/plan.h"

#include <string.h>

#define KEY_SIZE (2 * TFLOW_I_DIMS + 1)

/* Keys that have totals, beside product, which has levels. */
static const tflow_i_dim_id whole_dims[] = {TFLOW_I_REPORTER, TFLOW_I_PARTNER,
                                            TFLOW_I_PARTNER2, TFLOW_I_CUSTOMS,
                                            TFLOW_I_MODE,     TFLOW_I_SUPPLY};
#define N_WHOLE (sizeof whole_dims / sizeof *whole_dims)

/* How coarse a row is: which of its keys are totals, and the level of its product. */
typedef struct grain {
    unsigned wholes; /* bit per whole_dims */
    int level;       /* -1: no level that can be compared */
} grain;

typedef struct crossing {
    tflow_i_plan *plan;
    uint8_t *grain_of; /* per row still in */
    uint8_t *out;      /* per row still in: another holds it */
    grain grains[UINT8_MAX];
    size_t n;
    unsigned by;           /* keys that stay apart */
    tflow_i_dict *parents; /* digits of product codes, cut to a level */
} crossing;

static grain grain_at(const tflow_i_plan *plan, size_t row)
{
    grain g = {0, 0};
    for (size_t i = 0; i < N_WHOLE; i++) {
        const tflow_i_dim *dim = &plan->dims[whole_dims[i]];
        if (dim->codes == NULL ||
            (dim->codes[row] >= 0 && dim->part[dim->codes[row]] == TFLOW_I_PART_TOTAL))
            g.wholes |= 1u << i;
    }
    const tflow_i_dim *product = &plan->dims[TFLOW_I_PRODUCT];
    if (product->codes != NULL)
        g.level = product->codes[row] < 0 ? -1 : product->level[product->codes[row]];
    return g;
}

/* Number the grains of the rows; 0 when there are more than can be told apart. */
static int find_grains(crossing *x)
{
    for (size_t i = 0; i < x->plan->n; i++) {
        grain g = grain_at(x->plan, x->plan->rows[i]);
        size_t k = 0;
        while (k < x->n &&
               (x->grains[k].wholes != g.wholes || x->grains[k].level != g.level))
            k++;
        if (k == UINT8_MAX)
            return 0;
        if (k == x->n)
            x->grains[x->n++] = g;
        x->grain_of[i] = (uint8_t)k;
    }
    return 1;
}

/* Is a row of grain a coarser than one of grain b, or as coarse, in every key? */
static int holds(grain a, grain b)
{
    return (a.wholes & b.wholes) == b.wholes &&
           (a.level == 0 || a.level == b.level || (a.level > 0 && b.level > a.level));
}

/* The code of the product's first `level` digits; -1 when out of memory. */
static int32_t parent(crossing *x, const char *text, int level)
{
    char digits[16];
    size_t n = 0;
    for (; *text != '\0' && n < (size_t)level && n < sizeof digits; text++)
        if (*text != '.')
            digits[n++] = *text;
    return tflow_i_dict_add(x->parents, digits, n);
}

/* What rows of grains a and b have in common when one holds the other, or when they
 * overlap: the keys in which both are single. 0 when out of memory. */
static int common_key(crossing *x, size_t row, grain a, grain b, int32_t *key,
                      size_t *n)
{
    const tflow_i_plan *plan = x->plan;
    const tflow_i_dim *product = &plan->dims[TFLOW_I_PRODUCT];
    *n = tflow_i_plan_key(plan, row, 0, x->by, 1, key);
    for (size_t i = 0; i < N_WHOLE; i++)
        if (((a.wholes | b.wholes) >> i & 1u) == 0)
            key[(*n)++] = plan->dims[whole_dims[i]].codes[row];
    if (a.level == b.level && a.level != 0) {
        key[(*n)++] = product->codes[row];
    } else if (a.level > 0 && b.level > 0) {
        int level = a.level < b.level ? a.level : b.level;
        key[*n] =
            parent(x, tflow_i_dict_text(product->dict, product->codes[row]), level);
        return key[(*n)++] >= 0;
    }
    return 1;
}

static tflow_status fail_row(const crossing *x, size_t row, tflow_error *error)
{
    const tflow_i_plan *plan = x->plan;
    char cell[200] = "";
    size_t n = 0;
    static const tflow_i_dim_id named[] = {TFLOW_I_REPORTER, TFLOW_I_PARTNER,
                                           TFLOW_I_PRODUCT, TFLOW_I_FLOW};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        const tflow_i_dim *dim = &plan->dims[named[i]];
        const char *text = dim->codes == NULL || dim->codes[row] < 0
                               ? ""
                               : tflow_i_dict_text(dim->dict, dim->codes[row]);
        size_t length = strlen(text);
        if (length > 0 && n + length + 2 < sizeof cell) {
            memcpy(cell + n, text, length);
            n += length;
            cell[n++] = ' ';
            cell[n] = '\0';
        }
    }
    return tflow_i_plan_fail(plan, row, error, TFLOW_EOVERLAP,
                             "%sand another row of the same sum are totals of each "
                             "other's parts, and would count twice; choose with "
                             "--level, --product, --partner or --total",
                             cell);
}

/* May a row that grain a holds be left out in silence? Not when it was asked for. */
static int asked_for(const tflow_i_plan *plan, grain a, grain b)
{
    if (plan->dims[TFLOW_I_PRODUCT].listed && a.level != b.level)
        return 1;
    for (size_t i = 0; i < N_WHOLE; i++)
        if (plan->dims[whole_dims[i]].listed && ((a.wholes ^ b.wholes) >> i & 1u) != 0)
            return 1;
    return 0;
}

/* What rows of one grain cover: months per key that they share with another grain. */
typedef struct covered {
    tflow_i_groups *cells;
    unsigned *months;
    size_t capacity;
} covered;

static int cover_grain(crossing *x, size_t i, grain a, grain b, covered *c)
{
    const tflow_i_plan *plan = x->plan;
    int32_t key[KEY_SIZE];
    for (size_t r = 0; r < plan->n; r++) {
        size_t n;
        if (x->grain_of[r] != i || x->out[r])
            continue;
        if (!common_key(x, plan->rows[r], a, b, key, &n))
            return 0;
        if (c->cells == NULL)
            c->cells = tflow_i_groups_new(n);
        if (c->cells == NULL)
            return 0;
        size_t before = tflow_i_groups_count(c->cells);
        size_t cell = tflow_i_groups_add(c->cells, key);
        if (cell == SIZE_MAX ||
            !tflow_i_reserve(&c->months, &c->capacity, cell + 1, sizeof *c->months))
            return 0;
        if (cell == before)
            c->months[cell] = 0;
        c->months[cell] |= tflow_i_plan_months(plan, plan->rows[r]);
    }
    return 1;
}

/* Rows of grain j against those of grain i: out when i holds them whole, refused when
 * they overlap otherwise. */
static tflow_status cross(crossing *x, size_t i, size_t j, tflow_error *error)
{
    const tflow_i_plan *plan = x->plan;
    grain a = x->grains[i], b = x->grains[j];
    int may_leave_out = holds(a, b) && !asked_for(plan, a, b);
    covered c = {NULL, NULL, 0};
    tflow_status status = cover_grain(x, i, a, b, &c) ? TFLOW_OK : tflow_i_nomem(error);
    for (size_t r = 0; c.cells != NULL && r < plan->n && status == TFLOW_OK; r++) {
        int32_t key[KEY_SIZE];
        size_t n, row = plan->rows[r];
        if (x->grain_of[r] != j || x->out[r])
            continue;
        if (!common_key(x, row, a, b, key, &n)) {
            status = tflow_i_nomem(error);
            break;
        }
        size_t cell = tflow_i_groups_find(c.cells, key);
        unsigned own = tflow_i_plan_months(plan, row);
        if (cell == SIZE_MAX || (own & c.months[cell]) == 0)
            continue;
        if (!may_leave_out || (own & ~c.months[cell]) != 0)
            status = fail_row(x, row, error);
        x->out[r] = 1;
    }
    tflow_i_groups_free(c.cells);
    tflow_i_free(c.months);
    return status;
}

/* First leave out what is held, then look for what overlaps otherwise. */
static tflow_status cross_all(crossing *x, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (int held = 1; held >= 0; held--)
        for (size_t i = 0; i < x->n; i++)
            for (size_t j = 0; j < x->n && status == TFLOW_OK; j++)
                if (i != j && holds(x->grains[i], x->grains[j]) == held &&
                    (held || i < j))
                    status = cross(x, i, j, error);
    return status;
}

tflow_status tflow_i_plan_crossed(tflow_i_plan *plan, tflow_error *error)
{
    crossing x = {.plan = plan};
    if (plan->n == 0)
        return TFLOW_OK;
    x.grain_of = tflow_i_alloc(plan->n, sizeof *x.grain_of);
    x.out = tflow_i_calloc(plan->n, sizeof *x.out);
    x.parents = tflow_i_dict_new();
    for (size_t d = 0; d < TFLOW_I_DIMS; d++)
        if (plan->dims[d].by && plan->dims[d].codes != NULL)
            x.by |= 1u << d;
    tflow_status status = x.grain_of == NULL || x.out == NULL || x.parents == NULL
                              ? tflow_i_nomem(error)
                              : TFLOW_OK;
    if (status == TFLOW_OK && !find_grains(&x))
        status = tflow_i_fail(error, TFLOW_EOVERLAP,
                              "too many levels are mixed to tell totals from parts; "
                              "choose with --level");
    if (status == TFLOW_OK)
        status = cross_all(&x, error);
    size_t n = 0;
    for (size_t i = 0; i < plan->n && status == TFLOW_OK; i++)
        if (!x.out[i])
            plan->rows[n++] = plan->rows[i];
    size_t dropped = plan->n - n;
    if (status == TFLOW_OK)
        plan->n = n;
    tflow_i_free(x.grain_of);
    tflow_i_free(x.out);
    tflow_i_dict_free(x.parents);
    return status == TFLOW_OK
               ? tflow_i_plan_dropped(plan, dropped,
                                      "rows not added: a total holds them", error)
               : status;
}
