/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "advantage/world_ops.h"
#include "tradeflow/advantage.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    VALUE,
    OPPOSITE,
    COUNTRY,
    PRODUCT,
    WORLD,
    RCA,
    SYMMETRIC,
    NORMALISED,
    ADDITIVE,
    WEIGHTED,
    ADVANTAGE,
    RXA,
    RMA,
    RTA,
    RC,
    LAFAY,
    MICHAELY,
    SHARE_CHANGE,
    WORLD_CHANGE,
    DYNAMIC,
    N_NUMBERS,
    MOVEMENT = N_NUMBERS,
    REASON,
    REASON_TRADE,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value", TFLOW_FLOAT64, "value", "x, what the reporter trades of the product"},
    {"opposite_value", TFLOW_FLOAT64, "value", "the same in the opposite flow"},
    {"country_total", TFLOW_FLOAT64, "value", "X, of all products"},
    {"product_total", TFLOW_FLOAT64, "value", "P, the world's in the product"},
    {"world_total", TFLOW_FLOAT64, "value", "W, the world's in all products"},
    {"rca", TFLOW_FLOAT64, "", "Balassa: (x/X) / (P/W)"},
    {"rca_symmetric", TFLOW_FLOAT64, "", "(rca - 1)/(rca + 1)"},
    {"rca_normalised", TFLOW_FLOAT64, "", "Yu, Cai, Leung: x/W - X P/W^2"},
    {"rca_additive", TFLOW_FLOAT64, "", "x/X - P/W"},
    {"rca_weighted", TFLOW_FLOAT64, "", "rca over its mean over all products"},
    {"advantage", TFLOW_FLOAT64, "", "1 where rca reaches --threshold, else 0"},
    {"rxa", TFLOW_FLOAT64, "", "Vollrath's relative advantage of exports"},
    {"rma", TFLOW_FLOAT64, "", "the same of imports"},
    {"rta", TFLOW_FLOAT64, "", "rxa - rma"},
    {"rc", TFLOW_FLOAT64, "log", "ln rxa - ln rma"},
    {"lafay", TFLOW_FLOAT64, "", "Lafay's index"},
    {"michaely", TFLOW_FLOAT64, "fraction", "share in exports - share in imports"},
    {"share_change", TFLOW_FLOAT64, "fraction", "of x/X since --base"},
    {"world_share_change", TFLOW_FLOAT64, "fraction", "of P/W since --base"},
    {"rca_dynamic", TFLOW_FLOAT64, "", "growth of x/X since --base less that of P/W"},
    {"movement", TFLOW_KEY, "", "rising star and so on: see below"},
    {"reason", TFLOW_KEY, "", "why there is no rca"},
    {"reason_trade", TFLOW_KEY, "", "why an index of both flows is missing"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct advantage_work {
    tflow_i_world world;
    tflow_period base;
    const char *const *flows; /* shown; n 0: exports, or imports where that is all */
    size_t n_flows;
    int exports; /* the table has them */
    double threshold;
    tflow_threshold rule;
} advantage_work;

/* ---- one row ---- */

static const char *reason_of(tflow_status status)
{
    return status == TFLOW_MISSING_VALUE ? "a value is missing"
                                         : tflow_status_text(status);
}

static tflow_status single_flow(const advantage_work *w, const tflow_i_levels *l,
                                double *v)
{
    v[VALUE] = l->value;
    v[COUNTRY] = l->country;
    v[PRODUCT] = l->product;
    v[WORLD] = l->world;
    tflow_status status =
        tflow_rca_balassa(l->value, l->country, l->product, l->world, &v[RCA]);
    tflow_rca_symmetric(v[RCA], &v[SYMMETRIC]);
    tflow_rca_normalised(l->value, l->country, l->product, l->world, &v[NORMALISED]);
    tflow_rca_additive(l->value, l->country, l->product, l->world, &v[ADDITIVE]);
    tflow_rca_weighted(v[RCA], l->mean, &v[WEIGHTED]);
    tflow_rca_presence(v[RCA], w->threshold, w->rule, &v[ADVANTAGE]);
    return status;
}

/* The indices of exports and imports together; the first one that is not there says
 * why. */
static tflow_status both_flows(const tflow_i_levels *x, const tflow_i_levels *m,
                               double *v)
{
    const tflow_status all[] = {
        tflow_rca_vollrath(x->value, x->country, x->all_product, x->all_world, &v[RXA]),
        tflow_rca_vollrath(m->value, m->country, m->all_product, m->all_world, &v[RMA]),
        tflow_trade_advantage_vollrath(v[RXA], v[RMA], &v[RTA]),
        tflow_competitiveness_vollrath(v[RXA], v[RMA], &v[RC]),
        tflow_lafay(x->value, m->value, x->country, m->country, &v[LAFAY]),
        tflow_michaely(x->value, m->value, x->country, m->country, &v[MICHAELY])};
    for (size_t i = 0; i < TFLOW_I_COUNT(all); i++)
        if (all[i] != TFLOW_OK)
            return all[i];
    return TFLOW_OK;
}

static double share(double part, double total)
{
    return total > 0 ? part / total : NAN;
}

/* How the row moved since the base period. */
static tflow_rca_movement since_base(const advantage_work *w, size_t s, int32_t *key,
                                     const tflow_i_levels *now, double *v)
{
    tflow_rca_movement movement = TFLOW_RCA_MOVEMENT_NONE;
    size_t at = w->world.shown.n_by;
    tflow_period period = key[at];
    if (w->base == TFLOW_PERIOD_NONE || w->base == period)
        return movement;
    key[at] = w->base;
    tflow_i_levels before = tflow_i_world_levels(
        &w->world, key, tflow_i_cells_at(&w->world.shown, s, w->base));
    key[at] = period;
    double s0 = share(before.value, before.country),
           s1 = share(now->value, now->country);
    double w0 = share(before.product, before.world),
           w1 = share(now->product, now->world);
    v[SHARE_CHANGE] = s1 - s0;
    v[WORLD_CHANGE] = w1 - w0;
    tflow_rca_dynamic(s0, s1, w0, w1, &v[DYNAMIC], &movement);
    return movement;
}

static const char *opposite_of(const char *flow)
{
    return strcmp(flow, "X") == 0 ? "M" : strcmp(flow, "M") == 0 ? "X" : "";
}

static tflow_status write_row(tflow_builder *out, const advantage_work *w, size_t s,
                              const tflow_i_cell *cell, int32_t *key,
                              tflow_error *error)
{
    const tflow_i_world *world = &w->world;
    size_t at = world->shown.n_by + 1;
    const char *flow = tflow_i_world_flow(world, s), *other = opposite_of(flow);
    double v[N_NUMBERS];
    for (size_t i = 0; i < N_NUMBERS; i++)
        v[i] = NAN;
    key[at - 1] = cell->period;
    tflow_i_levels own = tflow_i_world_levels(world, key, cell);
    tflow_i_levels turned = {.known = 0};
    tflow_status status = single_flow(w, &own, v), both = TFLOW_OK;
    tflow_rca_movement movement = since_base(w, s, key, &own, v);

    if (*other != '\0' && world->flow != SIZE_MAX) {
        size_t series = tflow_i_world_turned(world, s, other);
        int32_t flow_key = key[world->flow];
        key[world->flow] = tflow_i_totals_text(&world->totals, other);
        turned = tflow_i_world_levels(
            world, key,
            series == SIZE_MAX ? NULL
                               : tflow_i_cells_at(&world->shown, series, cell->period));
        key[world->flow] = flow_key;
    }
    if (turned.known) {
        int exports = strcmp(flow, "X") == 0;
        v[OPPOSITE] = turned.value;
        both = both_flows(exports ? &own : &turned, exports ? &turned : &own, v);
    }
    tflow_i_key_cells(out, &world->shown, s, cell->period);
    for (size_t i = 0; i < N_NUMBERS; i++)
        tflow_builder_float64(out, at + i, v[i]);
    if (movement != TFLOW_RCA_MOVEMENT_NONE)
        tflow_builder_key(out, at + MOVEMENT, tflow_rca_movement_name(movement));
    if (status != TFLOW_OK)
        tflow_builder_key(out, at + REASON, reason_of(status));
    if (!turned.known)
        tflow_builder_key(out, at + REASON_TRADE, "no rows of the opposite flow");
    else if (both != TFLOW_OK)
        tflow_builder_key(out, at + REASON_TRADE, reason_of(both));
    tflow_i_cell quality = own.quality;
    if (turned.known)
        quality = tflow_i_cell_join(&own.quality, &turned.quality);
    tflow_i_quality_cells(out, at + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

/* ---- all rows ---- */

static int is_shown(const advantage_work *w, size_t s)
{
    const char *flow = tflow_i_world_flow(&w->world, s);
    for (size_t i = 0; i < w->n_flows; i++)
        if (strcmp(tflow_i_flow_code(w->flows[i]), flow) == 0)
            return 1;
    return w->n_flows == 0 && strcmp(flow, w->exports ? "X" : "M") == 0;
}

static tflow_status write_rows(tflow_builder *out, const advantage_work *w,
                               const tflow_i_selection *asked, tflow_error *error)
{
    const tflow_i_cells *cells = &w->world.shown;
    int32_t key[TFLOW_I_TOTALS_KEY];
    tflow_status status = TFLOW_OK;
    key[cells->n_by + 1] = TFLOW_I_PRODUCTS_SHOWN;
    for (size_t s = 0; s < cells->n_series && status == TFLOW_OK; s++) {
        if (!is_shown(w, s))
            continue;
        if (!tflow_i_totals_key(&w->world.totals, cells, s, key))
            return tflow_i_nomem(error);
        for (size_t i = cells->series[s]; i < cells->series[s + 1]; i++)
            if (status == TFLOW_OK &&
                tflow_i_asked_for(asked, cells->step, cells->cells[i].period))
                status = write_row(out, w, s, &cells->cells[i], key, error);
    }
    return status;
}

/* ---- who the world is ---- */

/* The reporters that the world is, into the recipe: another table has others. */
static tflow_status tell_world(const tflow_i_args *args, tflow_builder *out,
                               const advantage_work *w, tflow_error *error)
{
    const tflow_i_dict *members = w->world.members;
    tflow_i_text list = {0};
    char note[160];
    int commas = 0;
    if (members == NULL)
        return TFLOW_OK;
    for (int32_t i = 0; i < tflow_i_dict_count(members); i++) {
        const char *name = tflow_i_dict_text(members, i);
        commas |= strchr(name, ',') != NULL; /* not to be had in a list */
        tflow_i_text_add(&list, i > 0 ? "," : "");
        tflow_i_text_add(&list, name);
    }
    char *text = tflow_i_text_take(&list);
    if (text == NULL)
        return tflow_i_nomem(error);
    tflow_status status =
        commas || *text == '\0' ? TFLOW_OK : tflow_i_resolve(args, "universe", text);
    tflow_text_free(text);
    if (status != TFLOW_OK)
        return tflow_i_nomem(error);
    snprintf(note, sizeof note,
             "the world is the sum of the %ld reporters that the table has",
             (long)tflow_i_dict_count(members));
    return tflow_builder_note(out, note, error);
}

static tflow_status read_arguments(const tflow_i_args *args, advantage_work *w,
                                   tflow_error *error)
{
    tflow_period end;
    tflow_i_arg_periods(args, "base", &w->base, &end);
    if (w->base != end)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "base",
                                "found several periods, expected one");
    w->n_flows = tflow_i_arg_list(args, "flow", &w->flows);
    w->threshold = tflow_i_arg_real(args, "threshold");
    w->rule = tflow_i_arg_is(args, "compare", "above") ? TFLOW_THRESHOLD_ABOVE
                                                       : TFLOW_THRESHOLD_AT_LEAST;
    return TFLOW_OK;
}

/* A base without a row anywhere is a slip of the pen. */
static tflow_status check_base(const advantage_work *w, tflow_error *error)
{
    const tflow_i_cells *cells = &w->world.shown;
    char text[TFLOW_PERIOD_SIZE];
    for (size_t i = 0; i < cells->n; i++)
        if (w->base == TFLOW_PERIOD_NONE || cells->cells[i].period == w->base)
            return TFLOW_OK;
    return w->base == TFLOW_PERIOD_NONE
               ? TFLOW_OK
               : tflow_i_arg_fail(error, TFLOW_EUNKNOWN, "base", "found no row in %s",
                                  tflow_period_format(w->base, text));
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    advantage_work w = {.base = TFLOW_PERIOD_NONE};
    tflow_i_selection asked;
    tflow_status status = read_arguments(args, &w, error);
    if (status == TFLOW_OK)
        status = tflow_i_selection_of(args, &asked, error);
    if (status == TFLOW_OK)
        status = tflow_i_world_open(args, w.base, &w.world, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t s = 0; s < w.world.shown.n_series; s++)
        w.exports |= strcmp(tflow_i_world_flow(&w.world, s), "X") == 0;
    status = check_base(&w, error);
    if (status == TFLOW_OK)
        status = tflow_i_key_columns(out, &w.world.shown, 1, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        w.world.shown.unit, error);
    if (status == TFLOW_OK)
        status = write_rows(out, &w, &asked, error);
    if (status == TFLOW_OK)
        status = tell_world(args, out, &w, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w.world.shown, error);
    tflow_i_world_close(&w.world);
    return status;
}

static const tflow_parameter parameters[] = {
    {"threshold", TFLOW_PARAMETER_REAL, "1", NULL, 0, 1e9,
     "rca from which on there is an advantage"},
    {"compare", TFLOW_PARAMETER_CHOICE, "at-least", "at-least|above", 0, 0,
     "whether rca just at the threshold is one: >= or >"},
    {"universe", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "reporters that the world is: codes, names, groups; default: all of the table"},
    {"own", TFLOW_PARAMETER_CHOICE, "include", "include|exclude", 0, 0,
     "whether the world is with the reporter itself or without"},
    {"market", TFLOW_PARAMETER_CHOICE, "partner", "partner|world", 0, 0,
     "with --partner: against the world's trade with that partner, or with all"},
    {"base", TFLOW_PARAMETER_PERIODS, NULL, NULL, 0, 0,
     "period that the movement is since; default: none"},
};

const tflow_operation tflow_i_op_advantage = {
    .name = "advantage",
    .summary = "Revealed comparative advantage of reporters in products",
    .definition =
        "With x the value of a reporter in a product, X in all products, P and W the "
        "same of the world: rca = (x/X)/(P/W); rca_symmetric = (rca - 1)/(rca + 1); "
        "rca_normalised = x/W - X P/W^2; rca_additive = x/X - P/W; rca_weighted = rca "
        "over its mean over all products the world trades. The world is the sum of the "
        "reporters of --universe, all that the table has unless it is given, the "
        "reporter itself included or not (--own); all totals are sums of the products "
        "at the level used. rxa and rma are the same ratio of exports and of imports "
        "with the reporter and the product left out of what they are held against: "
        "x/(X - x) over (P - x)/(W - X - P + x); rta = rxa - rma; rc = ln rxa - ln "
        "rma. "
        "lafay = 100 [(x - m)/(x + m) - (X - M)/(X + M)] (x + m)/(X + M); michaely = "
        "x/X - m/M, m and M being imports. With --partner all of these are of trade "
        "with that partner or group, the world's with it too or, by --market world, "
        "the world's with all. A cell without a row counts as nothing traded where its "
        "reporter has rows of that flow. With --base, s = x/X and w = P/W are compared "
        "with that period: rca_dynamic = s1/s0 - w1/w0, and movement is rising star (s "
        "grew, w too but less), falling star (s grew, w shrank), lagging retreat (both "
        "shrank, s less), lost opportunity (s shrank, w grew), leading retreat (both "
        "shrank, s more), lagging opportunity (both grew, s less). Exports are shown "
        "unless --flow says otherwise. Nothing by nothing is no index: reason says "
        "why.",
    .reference =
        "Balassa (1965); Laursen (1998), Dalum, Laursen and Villumsen (1998) for the "
        "symmetric form; Yu, Cai and Leung (2009) for the normalised; Hoen and "
        "Oosterhaven (2006) for the additive; Proudman and Redding (2000) for the "
        "weighted; Vollrath (1991) for rxa, rma, rta and rc; Lafay (1992)",
    .example = "advantage data/ots/exports_2017_hs4.csv.gz --reporter NZL --product "
               "0405,2204",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
