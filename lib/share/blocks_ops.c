/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "share/blocks_ops.h"
#include "op/totals.h"

#include <math.h>
#include <string.h>

/* Keep `of` apart beside the other keys. */
static size_t keys_with(const tflow_i_selection *s, const char *of, const char *by[8])
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_by && n < 7; i++)
        if (strcmp(s->by[i], of) != 0)
            by[n++] = s->by[i];
    by[n++] = of;
    return n;
}

static void forget_list(tflow_i_selection *s, const char *of)
{
    if (strcmp(of, "partner") == 0)
        s->n_partners = 0;
    else if (strcmp(of, "reporter") == 0)
        s->n_reporters = 0;
    else
        s->n_products = 0;
}

/* Number the blocks in the order of the other keys and the period. */
static int by_period(size_t a, size_t b, const void *context)
{
    const tflow_i_blocks *blocks = context;
    tflow_period p = blocks->blocks[a].period, q = blocks->blocks[b].period;
    for (size_t k = 0; k < blocks->cells.n_by; k++) {
        if (k == blocks->of)
            continue;
        int order =
            strcmp(tflow_i_cells_key(&blocks->cells, blocks->blocks[a].series, k),
                   tflow_i_cells_key(&blocks->cells, blocks->blocks[b].series, k));
        if (order != 0)
            return order;
    }
    return p < q ? -1 : p > q;
}

static int sort_blocks(tflow_i_blocks *b)
{
    size_t *order = tflow_i_alloc(b->n, sizeof *order);
    tflow_i_block *sorted = tflow_i_alloc(b->n, sizeof *sorted);
    int ok = order != NULL && sorted != NULL;
    for (size_t i = 0; ok && i < b->n; i++)
        order[i] = i;
    ok = ok && tflow_i_sort(order, b->n, by_period, b);
    for (size_t i = 0; ok && i < b->n; i++)
        sorted[i] = b->blocks[order[i]];
    tflow_i_free(order);
    if (!ok) {
        tflow_i_free(sorted);
        return 0;
    }
    tflow_i_free(b->blocks);
    b->blocks = sorted;
    return 1;
}

/* Collect the cells of each block: count, then place. */
static int collect(tflow_i_blocks *b)
{
    const tflow_i_cells *cells = &b->cells;
    tflow_i_groups *groups = tflow_i_groups_new(cells->n_by + 1);
    size_t *block_of = tflow_i_alloc(cells->n, sizeof *block_of);
    b->blocks = tflow_i_calloc(cells->n, sizeof *b->blocks);
    b->line = tflow_i_alloc(cells->n, sizeof *b->line);
    b->line_series = tflow_i_alloc(cells->n, sizeof *b->line_series);
    int ok = groups != NULL && block_of != NULL && b->blocks != NULL &&
             b->line != NULL && b->line_series != NULL;
    for (size_t s = 0; s < cells->n_series && ok; s++)
        for (size_t i = cells->series[s]; i < cells->series[s + 1] && ok; i++) {
            int32_t key[9];
            for (size_t k = 0; k < cells->n_by; k++)
                key[k] = k == b->of ? 0 : cells->keys[s * cells->n_by + k];
            key[cells->n_by] = cells->cells[i].period;
            size_t g = tflow_i_groups_add(groups, key);
            ok = g != SIZE_MAX;
            if (!ok)
                break;
            block_of[i] = g;
            if (b->blocks[g].n++ == 0) {
                b->blocks[g].period = cells->cells[i].period;
                b->blocks[g].series = s;
            }
        }
    b->n = ok ? tflow_i_groups_count(groups) : 0;
    size_t next = 0;
    for (size_t g = 0; g < b->n; g++) {
        b->blocks[g].first = next;
        next += b->blocks[g].n;
        b->blocks[g].n = 0;
    }
    for (size_t s = 0; s < cells->n_series && ok; s++)
        for (size_t i = cells->series[s]; i < cells->series[s + 1]; i++) {
            tflow_i_block *block = &b->blocks[block_of[i]];
            b->line[block->first + block->n] = i;
            b->line_series[block->first + block->n++] = s;
        }
    tflow_i_groups_free(groups);
    tflow_i_free(block_of);
    return ok && sort_blocks(b);
}

tflow_i_total tflow_i_blocks_of_total(const tflow_i_selection *selection,
                                      const char *of)
{
    return strcmp(of, "partner") == 0 ? TFLOW_I_TOTAL_PARTNERS : selection->total;
}

tflow_i_cell tflow_i_block_total(const tflow_i_blocks *blocks,
                                 const tflow_i_block *block, tflow_missing missing)
{
    tflow_i_adder sum = {.cell = {.period = block->period}};
    for (size_t i = 0; i < block->n; i++)
        tflow_i_adder_add(&sum, &blocks->cells.cells[blocks->line[block->first + i]]);
    return tflow_i_adder_cell(&sum, missing);
}

tflow_status tflow_i_blocks_open(const tflow_i_args *args, tflow_i_selection *selection,
                                 const char *of, tflow_i_blocks *blocks,
                                 tflow_error *error)
{
    const char *by[8];
    tflow_i_selection all = *selection;
    memset(blocks, 0, sizeof *blocks);
    all.n_by = keys_with(selection, of, by);
    all.by = by;
    all.total = tflow_i_blocks_of_total(selection, of);
    forget_list(&all, of);
    tflow_status status = tflow_i_cells_of(args, 0, &all, &blocks->cells, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t k = 0; k < blocks->cells.n_by; k++)
        if (strcmp(blocks->cells.by[k], of) == 0)
            blocks->of = k;
    if (!collect(blocks)) {
        tflow_i_blocks_close(blocks);
        return tflow_i_nomem(error);
    }
    return TFLOW_OK;
}

void tflow_i_blocks_close(tflow_i_blocks *blocks)
{
    tflow_i_cells_free(&blocks->cells);
    tflow_i_free(blocks->blocks);
    tflow_i_free(blocks->line);
    tflow_i_free(blocks->line_series);
    memset(blocks, 0, sizeof *blocks);
}
