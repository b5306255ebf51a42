/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "advantage/world_ops.h"
#include "tradeflow/advantage.h"
#include "tradeflow/codes.h"

#include <math.h>
#include <string.h>

/* Which keys are added over. */
enum { OVER_REPORTERS = 1, OVER_PRODUCTS = 2 };

const char *tflow_i_world_flow(const tflow_i_world *world, size_t series)
{
    return world->flow == SIZE_MAX
               ? "X"
               : tflow_i_cells_key(&world->shown, series, world->flow);
}

static void add_over(const tflow_i_world *world, unsigned over, int32_t *key)
{
    if (over & OVER_REPORTERS)
        key[world->reporter] = TFLOW_I_ALL;
    if (over & OVER_PRODUCTS)
        key[world->product] = TFLOW_I_ALL;
    if ((over & OVER_REPORTERS) && world->everywhere && world->partner != SIZE_MAX)
        key[world->partner] = TFLOW_I_ALL;
}

static tflow_status add_cells(tflow_i_world *world, const tflow_i_cells *cells,
                              unsigned over, int32_t layer, tflow_error *error)
{
    int32_t key[TFLOW_I_TOTALS_KEY];
    size_t n = world->shown.n_by;
    key[n + 1] = layer;
    for (size_t s = 0; s < cells->n_series; s++) {
        if (!tflow_i_totals_key(&world->totals, cells, s, key))
            return tflow_i_nomem(error);
        add_over(world, over, key);
        for (size_t i = cells->series[s]; i < cells->series[s + 1]; i++) {
            key[n] = cells->cells[i].period;
            if (!tflow_i_totals_add(&world->totals, key, &cells->cells[i]))
                return tflow_i_nomem(error);
        }
    }
    return TFLOW_OK;
}

/* ---- which cells: selections made of the one that was given ---- */

/* The keys of the cells shown, without flow, which is always one, and without those. */
static size_t keys_but(const tflow_i_cells *shown, const char *a, const char *b,
                       const char *by[8])
{
    size_t n = 0;
    for (size_t k = 0; k < shown->n_by; k++)
        if (strcmp(shown->by[k], "flow") != 0 && strcmp(shown->by[k], a) != 0 &&
            strcmp(shown->by[k], b) != 0)
            by[n++] = shown->by[k];
    return n;
}

/* Cells of the world: its reporters and, as asked, all products. A named universe is
 * added up as one, so that no country can count twice. */
static tflow_status aggregate_world(const tflow_i_args *args,
                                    const tflow_i_world *world, int all_products,
                                    tflow_i_cells *cells, tflow_error *error)
{
    tflow_i_selection selection = world->selection;
    const char *by[8];
    selection.n_by = keys_but(&world->shown, world->n_universe > 0 ? "reporter" : "",
                              world->everywhere ? "partner" : "", by);
    selection.by = by;
    selection.reporters = world->universe;
    selection.n_reporters = world->n_universe;
    if (all_products)
        selection.n_products = 0;
    if (world->everywhere)
        selection.n_partners = 0;
    else
        selection.total = world->shown.total;
    return tflow_i_aggregate(tflow_i_input(args, 0), &selection, cells, error);
}

static tflow_status aggregate_reporters(const tflow_i_args *args,
                                        const tflow_i_world *world,
                                        tflow_i_cells *cells, tflow_error *error)
{
    tflow_i_selection selection = world->selection;
    const char *by[8];
    selection.n_by = keys_but(&world->shown, "", "", by);
    selection.by = by;
    selection.n_products = 0;
    selection.total = world->shown.total;
    return tflow_i_aggregate(tflow_i_input(args, 0), &selection, cells, error);
}

/* ---- who is in the world ---- */

/* Whether a word of the universe takes a reporter in; -1 for what cannot be told, such
 * as a group beside some of its members. */
static int takes_in(const char *word, const char *reporter)
{
    tflow_area area, other;
    tflow_group group, members;
    size_t n = strlen(word), n_reporter = strlen(reporter);
    int known = tflow_area_find(reporter, n_reporter, &area, NULL) == TFLOW_OK;
    int named = tflow_area_find(word, n, &other, NULL) == TFLOW_OK;
    int is_group = tflow_group_find(word, n, &group, NULL) == TFLOW_OK;
    int of_members = tflow_group_find(reporter, n_reporter, &members, NULL) == TFLOW_OK;
    if (strcmp(word, reporter) == 0 || (known && named && area.id == other.id) ||
        (named && other.kind == TFLOW_AREA_WORLD))
        return 1;
    if (of_members)
        return is_group || (named && tflow_group_includes(members.id, other.id, 0)) ? -1
                                                                                    : 0;
    return is_group && known && tflow_group_includes(group.id, area.id, 0);
}

static tflow_status find_inside(tflow_i_world *world, tflow_error *error)
{
    int32_t n = tflow_i_dict_count(world->totals.texts);
    world->inside = tflow_i_alloc((size_t)n, 1);
    if (world->inside == NULL)
        return tflow_i_nomem(error);
    memset(world->inside, world->n_universe == 0, (size_t)n);
    for (size_t s = 0; s < world->shown.n_series && world->n_universe > 0; s++) {
        const char *reporter = tflow_i_cells_key(&world->shown, s, world->reporter);
        int32_t text = tflow_i_totals_text(&world->totals, reporter);
        int in = 0;
        if (s > 0 && strcmp(reporter, tflow_i_cells_key(&world->shown, s - 1,
                                                        world->reporter)) == 0)
            continue;
        for (size_t i = 0; i < world->n_universe && in != 1; i++) {
            int one = takes_in(world->universe[i], reporter);
            in = one != 0 ? one : in;
        }
        world->inside[text] = (int8_t)in;
        if (in < 0 && world->exclude)
            return tflow_i_arg_fail(error, TFLOW_EINVAL, "own",
                                    "found %.60s, of which a part is in the universe; "
                                    "it cannot be taken out",
                                    reporter);
    }
    return TFLOW_OK;
}

/* ---- levels ---- */

static const tflow_i_adder *total_of(const tflow_i_world *world, const int32_t *key,
                                     unsigned over, int32_t layer)
{
    int32_t total[TFLOW_I_TOTALS_KEY];
    memcpy(total, key, (world->shown.n_by + 2) * sizeof *total);
    total[world->shown.n_by + 1] = layer;
    add_over(world, over, total);
    return tflow_i_totals_find(&world->totals, total);
}

/* A total, with `less` taken out before it is rounded; nothing traded where it has no
 * rows. */
static double level(const tflow_i_world *world, const tflow_i_adder *adder, double less)
{
    if (adder == NULL)
        return 0;
    tflow_i_adder sum = *adder;
    tflow_i_sum_add(&sum.value, -less);
    return tflow_i_adder_cell(&sum, world->selection.missing).value;
}

static void join(const tflow_i_world *world, tflow_i_cell *quality,
                 const tflow_i_adder *adder)
{
    if (adder == NULL)
        return;
    tflow_i_cell cell = tflow_i_adder_cell(adder, world->selection.missing);
    int64_t missing =
        quality->n_missing > cell.n_missing ? quality->n_missing : cell.n_missing;
    *quality = tflow_i_cell_join(quality, &cell);
    quality->n_missing = missing; /* the totals hold the cell and each other */
}

static double mean_of(const tflow_i_world *world, const tflow_i_adder *country,
                      const tflow_i_adder *all)
{
    if (country == NULL || all == NULL || world->rca == NULL)
        return NAN;
    size_t c = (size_t)(country - world->totals.adders);
    size_t w = (size_t)(all - world->totals.adders);
    if (world->gap[c] || world->products[w] == 0)
        return NAN;
    return tflow_i_sum_value(&world->rca[c]) / world->products[w];
}

tflow_i_levels tflow_i_world_levels(const tflow_i_world *world, const int32_t *key,
                                    const tflow_i_cell *cell)
{
    static const tflow_i_cell nothing = {.status = 'A'};
    const tflow_i_cell *own = cell == NULL ? &nothing : cell;
    int32_t layer = key[world->shown.n_by + 1];
    int32_t reporter = key[world->reporter];
    const tflow_i_adder *country =
        total_of(world, key, OVER_PRODUCTS, TFLOW_I_PRODUCTS_SHOWN);
    const tflow_i_adder *product = total_of(world, key, OVER_REPORTERS, layer);
    const tflow_i_adder *all =
        total_of(world, key, OVER_REPORTERS | OVER_PRODUCTS, TFLOW_I_PRODUCTS_SHOWN);
    tflow_i_levels l = {.value = own->value, .known = country != NULL, .quality = *own};
    l.country = country == NULL ? NAN : level(world, country, 0);
    int8_t inside = world->inside[reporter];
    int taken = inside == 1; /* its trade is in the totals */
    double less = world->exclude && taken ? own->value : 0;
    double less_all = world->exclude && taken ? l.country : 0;
    l.product = level(world, product, less);
    l.world = level(world, all, less_all);
    l.all_product =
        taken ? level(world, product, 0) : level(world, product, -own->value);
    l.all_world = taken ? level(world, all, 0) : level(world, all, -l.country);
    if (inside < 0 || world->everywhere) /* all it sells is not known here */
        l.all_product = l.all_world = NAN;
    l.mean = mean_of(world, country, all);
    join(world, &l.quality, country);
    join(world, &l.quality, product);
    join(world, &l.quality, all);
    return l;
}

/* ---- the mean of a country's indices ---- */

/* How many products each world trades. */
static void count_products(tflow_i_world *world, int32_t layer)
{
    size_t n_by = world->shown.n_by;
    for (size_t g = 0; g < tflow_i_groups_count(world->totals.groups); g++) {
        int32_t key[TFLOW_I_TOTALS_KEY];
        memcpy(key, tflow_i_groups_key(world->totals.groups, g),
               (n_by + 2) * sizeof *key);
        if (key[world->reporter] != TFLOW_I_ALL || key[world->product] == TFLOW_I_ALL ||
            key[n_by + 1] != layer ||
            !(tflow_i_sum_value(&world->totals.adders[g].value) > 0))
            continue;
        key[world->product] = TFLOW_I_ALL;
        key[n_by + 1] = TFLOW_I_PRODUCTS_SHOWN;
        size_t total = tflow_i_totals_at(&world->totals, key);
        if (total != SIZE_MAX)
            world->products[total]++;
    }
}

static void count_index(tflow_i_world *world, const int32_t *key,
                        const tflow_i_cell *cell)
{
    const tflow_i_adder *country =
        total_of(world, key, OVER_PRODUCTS, TFLOW_I_PRODUCTS_SHOWN);
    tflow_i_levels l = tflow_i_world_levels(world, key, cell);
    size_t c = (size_t)(country - world->totals.adders);
    double rca;
    if (tflow_rca_balassa(l.value, l.country, l.product, l.world, &rca) == TFLOW_OK)
        tflow_i_sum_add(&world->rca[c], rca);
    else if (l.value != 0 &&
             !(isnan(l.value) && world->selection.missing == TFLOW_MISSING_SKIP))
        world->gap[c] = 1;
}

static tflow_status sum_indices(tflow_i_world *world, const tflow_i_cells *reporters,
                                tflow_error *error)
{
    size_t n = tflow_i_groups_count(world->totals.groups), n_by = world->shown.n_by;
    int32_t key[TFLOW_I_TOTALS_KEY];
    int32_t layer = world->listed ? TFLOW_I_PRODUCTS_ALL : TFLOW_I_PRODUCTS_SHOWN;
    tflow_i_sum *rca = tflow_i_calloc(n, sizeof *rca);
    world->products = tflow_i_calloc(n, sizeof *world->products);
    world->gap = tflow_i_calloc(n, 1);
    world->rca = rca;
    if (rca == NULL || world->products == NULL || world->gap == NULL)
        return tflow_i_nomem(error);
    count_products(world, layer);
    key[n_by + 1] = layer;
    for (size_t s = 0; s < reporters->n_series; s++) {
        if (!tflow_i_totals_key(&world->totals, reporters, s, key))
            return tflow_i_nomem(error);
        for (size_t i = reporters->series[s]; i < reporters->series[s + 1]; i++) {
            key[n_by] = reporters->cells[i].period;
            count_index(world, key, &reporters->cells[i]);
        }
    }
    return TFLOW_OK;
}

/* ---- opening ---- */

/* Keep reporter and product apart, whatever else is. */
static tflow_status open_shown(const tflow_i_args *args, tflow_i_world *world,
                               tflow_error *error)
{
    tflow_i_selection selection = world->selection;
    const char *by[8];
    size_t n = 0;
    for (size_t k = 0; k < selection.n_by && n < 6; k++)
        if (strcmp(selection.by[k], "reporter") != 0 &&
            strcmp(selection.by[k], "product") != 0)
            by[n++] = selection.by[k];
    by[n++] = "reporter";
    by[n++] = "product";
    selection.by = by;
    selection.n_by = n;
    return tflow_i_cells_of(args, 0, &selection, &world->shown, error);
}

static tflow_status index_series(tflow_i_world *world, tflow_error *error)
{
    const tflow_i_cells *cells = &world->shown;
    world->index = tflow_i_groups_new(cells->n_by);
    int ok = world->index != NULL;
    for (size_t s = 0; s < cells->n_series && ok; s++)
        ok = tflow_i_groups_add(world->index, cells->keys + s * cells->n_by) == s;
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}

size_t tflow_i_world_turned(const tflow_i_world *world, size_t series, const char *flow)
{
    const tflow_i_cells *cells = &world->shown;
    int32_t key[8];
    if (world->flow == SIZE_MAX)
        return strcmp(flow, "X") == 0 ? series : SIZE_MAX;
    memcpy(key, cells->keys + series * cells->n_by, cells->n_by * sizeof *key);
    key[world->flow] = tflow_i_dict_find(cells->dicts[world->flow], flow, strlen(flow));
    return key[world->flow] < 0 ? SIZE_MAX : tflow_i_groups_find(world->index, key);
}

static tflow_status name_members(tflow_i_world *world, const tflow_i_cells *cells,
                                 tflow_error *error)
{
    size_t reporter = 0;
    world->members = tflow_i_dict_new();
    while (strcmp(cells->by[reporter], "reporter") != 0)
        reporter++;
    for (size_t s = 0; s < cells->n_series && world->members != NULL; s++) {
        const char *name = tflow_i_cells_key(cells, s, reporter);
        if (tflow_i_dict_add(world->members, name, strlen(name)) < 0)
            return tflow_i_nomem(error);
    }
    return world->members == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}

/* Add up reporters, products and the world from as few aggregates as will do. */
static tflow_status add_up(const tflow_i_args *args, tflow_i_world *world,
                           tflow_error *error)
{
    tflow_i_cells reporters = {0}, all = {0}, some = {0};
    int same = world->selection.n_reporters == 0 && world->n_universe == 0 &&
               !world->everywhere;
    const tflow_i_cells *r = &world->shown, *w = &world->shown, *p = &world->shown;
    tflow_status status = TFLOW_OK;
    if (world->listed) {
        status = aggregate_reporters(args, world, &reporters, error);
        r = &reporters;
    }
    if (status == TFLOW_OK && (!same || world->listed)) {
        if (!same)
            status = aggregate_world(args, world, 1, &all, error);
        w = same ? r : &all;
    }
    if (status == TFLOW_OK && !same && world->listed)
        status = aggregate_world(args, world, 0, &some, error);
    if (!same)
        p = world->listed ? &some : w;
    if (status == TFLOW_OK)
        status = add_cells(world, r, OVER_PRODUCTS, TFLOW_I_PRODUCTS_SHOWN, error);
    if (status == TFLOW_OK)
        status = add_cells(world, p, OVER_REPORTERS, TFLOW_I_PRODUCTS_SHOWN, error);
    if (status == TFLOW_OK && world->listed)
        status = add_cells(world, w, OVER_REPORTERS, TFLOW_I_PRODUCTS_ALL, error);
    if (status == TFLOW_OK)
        status = add_cells(world, w, OVER_REPORTERS | OVER_PRODUCTS,
                           TFLOW_I_PRODUCTS_SHOWN, error);
    if (status == TFLOW_OK)
        status = find_inside(world, error);
    if (status == TFLOW_OK && world->n_universe == 0)
        status = name_members(world, w, error);
    if (status == TFLOW_OK)
        status = sum_indices(world, r, error);
    tflow_i_cells_free(&reporters);
    tflow_i_cells_free(&all);
    tflow_i_cells_free(&some);
    return status;
}

tflow_status tflow_i_world_open(const tflow_i_args *args, tflow_period base,
                                tflow_i_world *world, tflow_error *error)
{
    memset(world, 0, sizeof *world);
    tflow_i_selection *given = &world->selection;
    tflow_status status = tflow_i_selection_of(args, given, error);
    if (status != TFLOW_OK)
        return status;
    if (base != TFLOW_PERIOD_NONE && given->first != TFLOW_PERIOD_NONE &&
        tflow_period_start(base) < tflow_period_start(given->first))
        given->first = base;
    if (base != TFLOW_PERIOD_NONE && given->last != TFLOW_PERIOD_NONE &&
        tflow_period_start(base) > tflow_period_start(given->last))
        given->last = base;
    world->exclude = tflow_i_arg_is(args, "own", "exclude");
    world->everywhere = tflow_i_arg_is(args, "market", "world");
    if (world->everywhere && world->exclude)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "own",
                                "found exclude with --market world, of which only the "
                                "trade with the partner could be taken out");
    world->listed = given->n_products > 0;
    world->n_universe = tflow_i_arg_list(args, "universe", &world->universe);
    status = open_shown(args, world, error);
    if (status == TFLOW_OK)
        status = tflow_i_totals_open(&world->totals, &world->shown, error);
    if (status == TFLOW_OK) {
        world->reporter = tflow_i_totals_name(&world->totals, "reporter");
        world->product = tflow_i_totals_name(&world->totals, "product");
        world->partner = tflow_i_totals_name(&world->totals, "partner");
        world->flow = tflow_i_totals_name(&world->totals, "flow");
        status = index_series(world, error);
    }
    if (status == TFLOW_OK)
        status = add_up(args, world, error);
    if (status != TFLOW_OK)
        tflow_i_world_close(world);
    return status;
}

void tflow_i_world_close(tflow_i_world *world)
{
    tflow_i_cells_free(&world->shown);
    tflow_i_groups_free(world->index);
    tflow_i_totals_close(&world->totals);
    tflow_i_dict_free(world->members);
    tflow_i_free(world->inside);
    tflow_i_free(world->rca);
    tflow_i_free(world->products);
    tflow_i_free(world->gap);
    memset(world, 0, sizeof *world);
}
