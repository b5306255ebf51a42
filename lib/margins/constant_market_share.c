/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margins/lines.h"
#include "tradeflow/margins.h"

#include <math.h>

/* Before and after, of who is looked at and of the world. */
enum { X0, X1, W0, W1 };

typedef struct level {
    double x0, x1, w0, w1;
} level;

/* What one level gives: the world's change at shares held, and the change of shares. */
typedef struct effects {
    double structure, competitiveness, interaction;
} effects;

static double share(double x, double w)
{
    return w > 0 ? x / w : 0;
}

static effects effects_of(const level *l, tflow_constant_share_weights weights)
{
    double s0 = share(l->x0, l->w0), s1 = share(l->x1, l->w1);
    double held, size;
    switch (weights) {
    case TFLOW_CONSTANT_SHARE_BASE:
        held = s0;
        size = l->w0;
        break;
    case TFLOW_CONSTANT_SHARE_END:
        held = s1;
        size = l->w1;
        break;
    case TFLOW_CONSTANT_SHARE_RICHARDSON:
        held = s0;
        size = l->w1;
        break;
    default:
        held = s0 + (s1 - s0) / 2;
        size = l->w0 + (l->w1 - l->w0) / 2;
    }
    double both = (s1 - s0) * (l->w1 - l->w0);
    effects e = {held * (l->w1 - l->w0), size * (s1 - s0),
                 weights == TFLOW_CONSTANT_SHARE_BASE  ? both
                 : weights == TFLOW_CONSTANT_SHARE_END ? -both
                                                       : 0};
    return e;
}

typedef struct level_sum {
    tflow_i_sum x0, x1, w0, w1;
} level_sum;

static void level_add(level_sum *sum, const double at[TFLOW_I_LINES])
{
    tflow_i_sum_add(&sum->x0, at[X0]);
    tflow_i_sum_add(&sum->x1, at[X1]);
    tflow_i_sum_add(&sum->w0, at[W0]);
    tflow_i_sum_add(&sum->w1, at[W1]);
}

static level level_value(const level_sum *sum)
{
    level l = {tflow_i_sum_value(&sum->x0), tflow_i_sum_value(&sum->x1),
               tflow_i_sum_value(&sum->w0), tflow_i_sum_value(&sum->w1)};
    return l;
}

/* Sums of the effects of all lines or groups. */
typedef struct effect_sums {
    tflow_i_sum structure, competitiveness, interaction;
} effect_sums;

static void effects_add(effect_sums *sums, const level *l,
                        tflow_constant_share_weights weights)
{
    effects e = effects_of(l, weights);
    tflow_i_sum_add(&sums->structure, e.structure);
    tflow_i_sum_add(&sums->competitiveness, e.competitiveness);
    tflow_i_sum_add(&sums->interaction, e.interaction);
}

static double less(const tflow_i_sum *a, const tflow_i_sum *b)
{
    tflow_i_sum sum = *a, minus = {-b->sum, -b->error};
    tflow_i_sum_merge(&sum, &minus);
    return tflow_i_sum_value(&sum);
}

typedef struct totals {
    level_sum all, group;
    effect_sums groups, lines, whole;
    tflow_i_sum change, unmatched;
} totals;

static void close_group(totals *t, tflow_constant_share_weights weights)
{
    static const level_sum none = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
    level l = level_value(&t->group);
    effects_add(&t->groups, &l, weights);
    t->group = none;
}

static void add_line(totals *t, const double at[TFLOW_I_LINES],
                     tflow_constant_share_weights weights)
{
    tflow_i_sum_add(&t->change, at[X1]);
    tflow_i_sum_add(&t->change, -at[X0]);
    if ((at[X0] > 0 && at[W0] == 0) || (at[X1] > 0 && at[W1] == 0)) {
        tflow_i_sum_add(&t->unmatched, at[X1]);
        tflow_i_sum_add(&t->unmatched, -at[X0]);
        return;
    }
    level l = {at[X0], at[X1], at[W0], at[W1]};
    effects_add(&t->lines, &l, weights);
    level_add(&t->group, at);
    level_add(&t->all, at);
}

/* Group numbers, if there are any, are one a line and never fall. */
static tflow_status check_groups(tflow_vec groups, size_t n, tflow_error *error)
{
    if (groups.n == 0)
        return TFLOW_OK;
    if (groups.n != n || groups.data == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "expected one group for each line");
    for (size_t i = 0; i < n; i++) {
        double before = tflow_i_vec_at(groups, i == 0 ? 0 : i - 1);
        if (!(tflow_i_vec_at(groups, i) >= before))
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "expected lines of a group side by side, groups in "
                                "ascending order; line %zu is not",
                                i + 1);
    }
    return TFLOW_OK;
}

static int all_finite(const tflow_constant_market_share_parts *p)
{
    return isfinite(p->change) && isfinite(p->growth) && isfinite(p->groups) &&
           isfinite(p->lines) && isfinite(p->competitiveness) &&
           isfinite(p->competitiveness_general) &&
           isfinite(p->competitiveness_groups) && isfinite(p->competitiveness_lines) &&
           isfinite(p->interaction) && isfinite(p->unmatched);
}

tflow_status
tflow_constant_market_share(tflow_vec from, tflow_vec to, tflow_vec world_from,
                            tflow_vec world_to, tflow_vec groups,
                            tflow_constant_share_weights weights, tflow_missing missing,
                            tflow_constant_market_share_parts *out, tflow_error *error)
{
    static const tflow_constant_market_share_parts none = {NAN, NAN, NAN, NAN, NAN,
                                                           NAN, NAN, NAN, NAN, NAN};
    tflow_i_lines lines = {{from, to, world_from, world_to}, missing, 0};
    totals t = {.change = {0, 0}};
    double at[TFLOW_I_LINES];
    if (out == NULL || (int)weights < TFLOW_CONSTANT_SHARE_MIDPOINT ||
        (int)weights > TFLOW_CONSTANT_SHARE_RICHARDSON)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "expected a place for the result and weights that exist");
    *out = none;
    tflow_status status = tflow_i_lines_open(&lines, error);
    if (status >= 0 && check_groups(groups, from.n, error) != TFLOW_OK)
        return TFLOW_EINVAL;
    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < from.n; i++) {
        if (i > 0 && groups.n > 0 &&
            tflow_i_vec_at(groups, i) != tflow_i_vec_at(groups, i - 1))
            close_group(&t, weights);
        if (tflow_i_lines_at(&lines, i, at))
            add_line(&t, at, weights);
    }
    close_group(&t, weights);
    level all = level_value(&t.all);
    effects_add(&t.whole, &all, weights);
    if (all.w0 == 0 && weights != TFLOW_CONSTANT_SHARE_END)
        return TFLOW_ZERO_BASE;
    if (all.w1 == 0 && weights == TFLOW_CONSTANT_SHARE_END)
        return TFLOW_ZERO_BASE;
    tflow_constant_market_share_parts p = {
        .change = tflow_i_sum_value(&t.change),
        .growth = tflow_i_sum_value(&t.whole.structure),
        .groups = less(&t.groups.structure, &t.whole.structure),
        .lines = less(&t.lines.structure, &t.groups.structure),
        .competitiveness = tflow_i_sum_value(&t.lines.competitiveness),
        .competitiveness_general = tflow_i_sum_value(&t.whole.competitiveness),
        .competitiveness_groups =
            less(&t.groups.competitiveness, &t.whole.competitiveness),
        .competitiveness_lines =
            less(&t.lines.competitiveness, &t.groups.competitiveness),
        .interaction = tflow_i_sum_value(&t.lines.interaction),
        .unmatched = tflow_i_sum_value(&t.unmatched),
    };
    if (!all_finite(&p))
        return TFLOW_UNDEFINED;
    *out = p;
    return tflow_i_lines_status(&lines);
}
