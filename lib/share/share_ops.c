/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "share/blocks_ops.h"
#include "tradeflow/share.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct share_work {
    tflow_i_blocks blocks;
    tflow_i_cells shown;  /* the lines that are asked for; n_by 0: all lines */
    tflow_i_cells worlds; /* the World's rows; none: n is 0 */
    tflow_i_cell *totals; /* what the shares of each block are of */
    int listed, world;
    int64_t top;
    double *values, *scratch, *ranks;
    size_t *order;
} share_work;

enum { VALUE, TOTAL, SHARE, CHANGE, RANK, CUMULATIVE, REASON, QUALITY };

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value", TFLOW_FLOAT64, "value", "of the line"},
    {"total", TFLOW_FLOAT64, "value", "what the share is of: see --total"},
    {"share", TFLOW_FLOAT64, "fraction", "value / total"},
    {"change_in_share", TFLOW_FLOAT64, "fraction", "since the period before"},
    {"rank", TFLOW_FLOAT64, "", "1 for the largest; equal lines share a rank"},
    {"cumulative_share", TFLOW_FLOAT64, "fraction", "of this line and all larger ones"},
    {"reason", TFLOW_KEY, "", "why there is no share"},
    TFLOW_I_QUALITY_OUTPUTS,
};

static tflow_status columns(tflow_builder *out, const share_work *w, tflow_error *error)
{
    tflow_status status = tflow_i_key_columns(out, &w->blocks.cells, 1, error);
    return status == TFLOW_OK
               ? tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        w->blocks.cells.unit, error)
               : status;
}

static const tflow_i_cell *world_of(const share_work *w, const tflow_i_block *block)
{
    size_t s = w->worlds.n == 0
                   ? SIZE_MAX
                   : tflow_i_cells_match(&w->worlds, &w->blocks.cells, block->series);
    return s == SIZE_MAX ? NULL : tflow_i_cells_at(&w->worlds, s, block->period);
}

/* The total of a block: the World's row, or the sum of the lines as they are. */
static tflow_i_cell total_of(const share_work *w, const tflow_i_block *block,
                             tflow_missing missing)
{
    static const tflow_i_cell none = {
        .value = NAN, .status = 'O', .not_observed = 1, .n_missing = 1};
    if (!w->world)
        return tflow_i_block_total(&w->blocks, block, missing);
    const tflow_i_cell *cell = world_of(w, block);
    return cell == NULL ? none : *cell;
}

/* How much of the World's rows the partners have, where that is not all: a share among
 * them is then larger than one in the World. */
static tflow_status note_cover(tflow_builder *out, const share_work *w,
                               tflow_error *error)
{
    double low = INFINITY, high = 0;
    for (size_t b = 0; b < w->blocks.n && !w->world; b++) {
        const tflow_i_cell *cell = world_of(w, &w->blocks.blocks[b]);
        double cover;
        if (cell == NULL ||
            tflow_share(w->totals[b].value, cell->value, &cover) != TFLOW_OK)
            continue;
        low = fmin(low, cover);
        high = fmax(high, cover);
    }
    if (low > high || (low > 0.999 && high < 1.001))
        return TFLOW_OK;
    char note[200], from[32], to[32];
    int one = high - low < 0.0005;
    snprintf(note, sizeof note,
             "shares are of the sum of the partners, which is %s%s%s of what the rows "
             "for the World say; --total world takes those",
             tflow_i_decimal_fixed(low, 3, from, sizeof from), one ? "" : " to ",
             one ? "" : tflow_i_decimal_fixed(high, 3, to, sizeof to));
    return tflow_builder_note(out, note, error);
}

static const tflow_i_block *block_before(const share_work *w,
                                         const tflow_i_block *block)
{
    const tflow_i_block *b = block == w->blocks.blocks ? NULL : block - 1;
    if (b == NULL || w->blocks.cells.step == 0 ||
        tflow_period_shift(block->period, -w->blocks.cells.step) != b->period)
        return NULL;
    for (size_t k = 0; k < w->blocks.cells.n_by; k++)
        if (k != w->blocks.of &&
            strcmp(tflow_i_cells_key(&w->blocks.cells, b->series, k),
                   tflow_i_cells_key(&w->blocks.cells, block->series, k)) != 0)
            return NULL;
    return b;
}

/* The share of a line, less its share in the period before; NaN without one. */
static double change(const share_work *w, const tflow_i_cells *from, size_t s,
                     const tflow_i_block *block, double share)
{
    double before = NAN;
    const tflow_i_block *earlier = block_before(w, block);
    const tflow_i_cell *old =
        earlier == NULL ? NULL : tflow_i_cells_at(from, s, earlier->period);
    if (old != NULL)
        tflow_share(old->value, w->totals[earlier - w->blocks.blocks].value, &before);
    return share - before;
}

/* A share is no better than its line and what it is a share of, which may be the line
 * and others. */
static tflow_i_cell quality_of(const share_work *w, const tflow_i_cell *line,
                               const tflow_i_cell *total)
{
    tflow_i_cell quality = tflow_i_cell_join(line, total);
    if (!w->world)
        quality.n_missing = total->n_missing;
    return quality;
}

static tflow_status write_line(tflow_builder *out, const share_work *w,
                               const tflow_i_cells *from, size_t s,
                               const tflow_i_block *block, const tflow_i_cell *cell,
                               double rank, double cumulative, tflow_error *error)
{
    size_t at = from->n_by + 1;
    const tflow_i_cell *total = &w->totals[block - w->blocks.blocks];
    tflow_i_cell quality = quality_of(w, cell, total);
    double share;
    tflow_status status = tflow_share(cell->value, total->value, &share);

    tflow_i_key_cells(out, from, s, block->period);
    tflow_builder_float64(out, at + VALUE, cell->value);
    tflow_builder_float64(out, at + TOTAL, total->value);
    tflow_builder_float64(out, at + SHARE, share);
    tflow_builder_float64(out, at + CHANGE, change(w, from, s, block, share));
    tflow_builder_float64(out, at + RANK, rank);
    tflow_builder_float64(out, at + CUMULATIVE, cumulative);
    if (isnan(share))
        tflow_builder_key(out, at + REASON,
                          isnan(cell->value) || isnan(total->value)
                              ? "a value is missing"
                              : tflow_status_text(status));
    tflow_i_quality_cells(out, at + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

static int by_rank(size_t a, size_t b, const void *context)
{
    const double *ranks = context;
    double x = isnan(ranks[a]) ? INFINITY : ranks[a];
    double y = isnan(ranks[b]) ? INFINITY : ranks[b];
    return x < y ? -1 : x > y;
}

/* Ranks and cumulative shares of the lines of a block. */
static tflow_status rank_block(share_work *w, const tflow_i_block *block,
                               tflow_error *error)
{
    for (size_t i = 0; i < block->n; i++) {
        w->values[i] = w->blocks.cells.cells[w->blocks.line[block->first + i]].value;
        w->order[i] = i;
    }
    tflow_vec lines = tflow_vec_of(w->values, block->n);
    tflow_status status =
        tflow_rank_descending(lines, TFLOW_MISSING_SKIP, w->scratch, w->ranks, error);
    if (status < 0)
        return status;
    return tflow_i_sort(w->order, block->n, by_rank, w->ranks) ? TFLOW_OK
                                                               : tflow_i_nomem(error);
}

static tflow_status write_block(tflow_builder *out, share_work *w,
                                const tflow_i_block *block, tflow_error *error)
{
    double total = w->totals[block - w->blocks.blocks].value;
    tflow_i_sum running = {0, 0};
    tflow_status status = rank_block(w, block, error);
    for (size_t i = 0; i < block->n && status == TFLOW_OK; i++) {
        size_t line = block->first + w->order[i];
        const tflow_i_cell *cell = &w->blocks.cells.cells[w->blocks.line[line]];
        double cumulative = NAN;
        if (w->top > 0 && i >= (size_t)w->top)
            break;
        if (!isnan(cell->value)) { /* the missing come last */
            tflow_i_sum_add(&running, cell->value);
            tflow_share(tflow_i_sum_value(&running), total, &cumulative);
        }
        status = write_line(out, w, &w->blocks.cells, w->blocks.line_series[line],
                            block, cell, w->ranks[w->order[i]], cumulative, error);
    }
    return status;
}

/* Only the lines asked for, each with its rank among all. */
static tflow_status write_listed(tflow_builder *out, share_work *w,
                                 const tflow_i_block *block, tflow_error *error)
{
    tflow_status status = rank_block(w, block, error);
    for (size_t s = 0; s < w->shown.n_series && status == TFLOW_OK; s++) {
        const tflow_i_cell *cell = tflow_i_cells_at(&w->shown, s, block->period);
        const char *name = tflow_i_cells_key(&w->shown, s, w->blocks.of);
        double rank = NAN;
        int same = cell != NULL;
        for (size_t k = 0; k < w->shown.n_by && same; k++)
            same = k == w->blocks.of ||
                   strcmp(tflow_i_cells_key(&w->shown, s, k),
                          tflow_i_cells_key(&w->blocks.cells, block->series, k)) == 0;
        if (!same)
            continue;
        for (size_t i = 0; i < block->n; i++)
            if (strcmp(tflow_i_cells_key(&w->blocks.cells,
                                         w->blocks.line_series[block->first + i],
                                         w->blocks.of),
                       name) == 0)
                rank = w->ranks[i];
        status = write_line(out, w, &w->shown, s, block, cell, rank, NAN, error);
    }
    return status;
}

/* The World's rows of the blocks; none when shares are of the sum of the partners and
 * there are none, or none that can be told. */
static tflow_status open_worlds(const tflow_i_args *args, share_work *w,
                                const tflow_i_selection *given, tflow_error *error)
{
    tflow_i_selection world = *given;
    const char *by[8];
    world.n_by = 0;
    world.by = by;
    world.n_partners = 0;
    world.total = TFLOW_I_TOTAL_WORLD;
    for (size_t k = 0; k < w->blocks.cells.n_by; k++)
        if (k != w->blocks.of)
            by[world.n_by++] = w->blocks.cells.by[k];
    tflow_error unused = TFLOW_ERROR_INIT;
    tflow_status status = tflow_i_aggregate(tflow_i_input(args, 0), &world, &w->worlds,
                                            w->world ? error : &unused);
    if (w->world || status == TFLOW_OK)
        return status;
    memset(&w->worlds, 0, sizeof w->worlds);
    return status == TFLOW_ENOMEM ? tflow_i_nomem(error) : TFLOW_OK;
}

static tflow_status open_sides(const tflow_i_args *args, share_work *w,
                               const tflow_i_selection *given, const char *of,
                               tflow_error *error)
{
    tflow_i_selection shown = *given;
    const char *by[8];
    int of_partners = strcmp(of, "partner") == 0;
    tflow_status status = of_partners ? open_worlds(args, w, given, error) : TFLOW_OK;
    for (size_t k = 0; k < w->blocks.cells.n_by; k++)
        by[k] = w->blocks.cells.by[k];
    shown.by = by;
    shown.n_by = w->blocks.cells.n_by;
    shown.total = tflow_i_blocks_of_total(given, of);
    if (status == TFLOW_OK && w->listed)
        status = tflow_i_aggregate(tflow_i_input(args, 0), &shown, &w->shown, error);
    if (status == TFLOW_OK && of_partners)
        status = tflow_i_resolve(args, "total", w->world ? "world" : "partners");
    return status;
}

static tflow_status open_work(const tflow_i_args *args, share_work *w,
                              tflow_error *error)
{
    tflow_i_selection selection;
    const char *of = tflow_i_arg_text(args, "of");
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status != TFLOW_OK)
        return status;
    w->world = selection.total == TFLOW_I_TOTAL_WORLD && strcmp(of, "partner") == 0;
    w->listed = tflow_i_arg_set(args, of);
    w->top = tflow_i_arg_integer(args, "top");
    status = tflow_i_blocks_open(args, &selection, of, &w->blocks, error);
    if (status == TFLOW_OK)
        status = open_sides(args, w, &selection, of, error);
    size_t n = w->blocks.cells.n;
    w->values = tflow_i_alloc(n, sizeof(double));
    w->scratch = tflow_i_alloc(n, sizeof(double));
    w->ranks = tflow_i_alloc(n, sizeof(double));
    w->order = tflow_i_alloc(n, sizeof(size_t));
    w->totals = tflow_i_alloc(w->blocks.n, sizeof *w->totals);
    if (status == TFLOW_OK &&
        (w->values == NULL || w->scratch == NULL || w->ranks == NULL ||
         w->order == NULL || w->totals == NULL))
        status = tflow_i_nomem(error);
    for (size_t b = 0; status == TFLOW_OK && b < w->blocks.n; b++)
        w->totals[b] = total_of(w, &w->blocks.blocks[b], selection.missing);
    return status;
}

/* Notes on the lines shown that are not on all lines too. */
static tflow_status other_notes(tflow_builder *out, const share_work *w,
                                tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < w->shown.n_notes && status == TFLOW_OK; i++) {
        size_t k = 0;
        while (k < w->blocks.cells.n_notes &&
               strcmp(w->blocks.cells.notes[k], w->shown.notes[i]) != 0)
            k++;
        if (k == w->blocks.cells.n_notes)
            status = tflow_builder_note(out, w->shown.notes[i], error);
    }
    return status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    share_work w = {0};
    tflow_status status = open_work(args, &w, error);
    if (status == TFLOW_OK)
        status = columns(out, &w, error);
    for (size_t b = 0; b < w.blocks.n && status == TFLOW_OK; b++)
        status = w.listed ? write_listed(out, &w, &w.blocks.blocks[b], error)
                          : write_block(out, &w, &w.blocks.blocks[b], error);
    if (status == TFLOW_OK)
        status = note_cover(out, &w, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w.blocks.cells, error);
    if (status == TFLOW_OK && w.listed)
        status = other_notes(out, &w, error);
    tflow_i_blocks_close(&w.blocks);
    tflow_i_cells_free(&w.shown);
    tflow_i_cells_free(&w.worlds);
    tflow_i_free(w.totals);
    tflow_i_free(w.values);
    tflow_i_free(w.scratch);
    tflow_i_free(w.ranks);
    tflow_i_free(w.order);
    return status;
}

static const tflow_parameter parameters[] = {
    {"of", TFLOW_PARAMETER_CHOICE, "partner", "reporter|partner|product", 0, 0,
     "what the lines are whose shares are taken"},
    {"top", TFLOW_PARAMETER_INTEGER, "0", NULL, 0, 1e9,
     "show the largest lines only; 0 shows all"},
};

const tflow_operation tflow_i_op_share = {
    .name = "share",
    .summary = "Shares of partners, products or reporters in their total",
    .definition =
        "share = value / total over the lines of --of that have the same other keys "
        "and period. The total is the sum of the lines (--total partners, the default "
        "for --of partner, so that shares add up to 1), or the row that the file has "
        "for the World (--total world). Areas not elsewhere specified and special "
        "categories are lines like any other. A list for --of chooses the lines shown; "
        "shares and ranks are among all. status, share_not_observed and n_missing are "
        "of the line and of its total together: a share is no better than either. With "
        "--missing skip the lines that are missing are left out of the total, which is "
        "a lower bound, and so the share an upper one.",
    .example = "share data/belarus/baci_belarus_partners_2000_2020.csv --reporter BLR "
               "--period 2020 --top 5",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
