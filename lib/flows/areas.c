/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reporters and partners: the World, groups of countries, and countries. */
#include "flows/plan.h"
#include "codes/codes.h"

#include <string.h>

/* ---- groups of countries ---- */

/* The texts of a column that have rows still in. NULL when out of memory. */
static uint8_t *texts_in(const tflow_i_plan *plan, const tflow_i_dim *dim)
{
    uint8_t *in = tflow_i_calloc((size_t)dim->n, 1);
    for (size_t i = 0; in != NULL && i < plan->n; i++)
        if (dim->codes[plan->rows[i]] >= 0)
            in[dim->codes[plan->rows[i]]] = 1;
    return in;
}

static int group_of(const tflow_i_dim *dim, int32_t code, tflow_group *group)
{
    const char *text = tflow_i_dict_text(dim->dict, code);
    return tflow_group_find(text, strlen(text), group, NULL) == TFLOW_OK;
}

/* Has a member of the group rows of its own, or one of the groups counted as one? */
static int overlaps(const tflow_i_dim *dim, const tflow_group *group, const uint8_t *in)
{
    for (int32_t i = 0; i < dim->n; i++) {
        const char *text = tflow_i_dict_text(dim->dict, i);
        tflow_area area;
        tflow_group other;
        const tflow_group_member *members;
        size_t n;
        if (!in[i] || tflow_area_find(text, strlen(text), &area, NULL) != TFLOW_OK ||
            area.id == group->area)
            continue;
        if (tflow_group_includes(group->id, area.id, 0))
            return 1;
        if (dim->part[i] != TFLOW_I_PART_AGGREGATE || !group_of(dim, i, &other) ||
            tflow_group_members(other.id, &members, &n) != TFLOW_OK)
            continue;
        for (size_t k = 0; k < n; k++)
            if (tflow_group_includes(other.id, members[k].area, 0) &&
                tflow_group_includes(group->id, members[k].area, 0))
                return 1;
    }
    return 0;
}

/* A group of known members that neither they nor another group have rows beside is as
 * good as a country: to leave it out would lose what it trades. */
static tflow_status count_lone_groups(tflow_i_plan *plan, tflow_i_dim *dim,
                                      tflow_error *error)
{
    uint8_t *in = texts_in(plan, dim);
    tflow_status status = in == NULL ? tflow_i_nomem(error) : TFLOW_OK;
    for (int32_t i = 0; i < dim->n && status == TFLOW_OK; i++) {
        tflow_group group;
        if (!in[i] || dim->part[i] != TFLOW_I_PART_AGGREGATE ||
            !group_of(dim, i, &group) || overlaps(dim, &group, in))
            continue;
        dim->part[i] = TFLOW_I_PART_MEMBER;
        if (tflow_i_cells_note(plan->out,
                               "%s %s is counted as one: none of its members has rows",
                               dim->name, group.code) != TFLOW_OK)
            status = tflow_i_nomem(error);
    }
    tflow_i_free(in);
    return status;
}

/* Nothing but groups: they stay apart, as far as nothing adds them up. */
static tflow_status only_groups(const tflow_i_plan *plan, tflow_i_dim_id d,
                                tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[d];
    int32_t first = dim->codes[plan->rows[0]];
    if (dim->by &&
        !(d == TFLOW_I_PARTNER && plan->selection->total == TFLOW_I_TOTAL_PARTNERS))
        return TFLOW_OK;
    for (size_t i = 1; i < plan->n; i++)
        if (dim->codes[plan->rows[i]] != first)
            return tflow_i_plan_fail(
                plan, plan->rows[i], error, TFLOW_EOVERLAP,
                "every %s is a group (%s, %s, ...), and groups may overlap; choose "
                "one with --%s",
                dim->name, tflow_i_dict_text(dim->dict, first),
                tflow_i_dict_text(dim->dict, dim->codes[plan->rows[i]]), dim->name);
    return TFLOW_OK;
}

/* Groups such as OPEC overlap with members: they never join a sum. */
static tflow_status set_groups_aside(tflow_i_plan *plan, tflow_i_dim_id d,
                                     tflow_error *error)
{
    tflow_i_dim *dim = &plan->dims[d];
    size_t counts[3];
    tflow_i_plan_parts(plan, d, counts);
    if (counts[TFLOW_I_PART_AGGREGATE] == 0)
        return TFLOW_OK;
    if (counts[TFLOW_I_PART_AGGREGATE] == plan->n)
        return only_groups(plan, d, error);
    tflow_status status = count_lone_groups(plan, dim, error);
    if (status != TFLOW_OK)
        return status;
    size_t dropped = tflow_i_plan_keep(
        plan, d, 1u << TFLOW_I_PART_MEMBER | 1u << TFLOW_I_PART_TOTAL);
    if (dropped > 0 &&
        tflow_i_cells_note(plan->out,
                           "%zu rows of %ss that are groups of countries kept apart",
                           dropped, dim->name) != TFLOW_OK)
        return tflow_i_nomem(error);
    return TFLOW_OK;
}

/* ---- the World ---- */

static tflow_status listed_world(const tflow_i_plan *plan, tflow_i_dim_id d,
                                 tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[d];
    size_t counts[3];
    tflow_i_plan_parts(plan, d, counts);
    if (dim->by ||
        (counts[TFLOW_I_PART_TOTAL] == 0 && counts[TFLOW_I_PART_AGGREGATE] == 0))
        return TFLOW_OK;
    if (tflow_i_dict_count(dim->units) == 1)
        return TFLOW_OK;
    tflow_i_fail(error, TFLOW_EOVERLAP,
                 "a sum of several %ss must not hold the World or a group beside "
                 "others; keep them apart with --by %s",
                 dim->name, dim->name);
    tflow_i_at(error, NULL, 0, 0, dim->name);
    return TFLOW_EOVERLAP;
}

/* The World beside single partners: which of them adds up. */
static tflow_status choose(tflow_i_plan *plan, tflow_i_dim_id d, tflow_i_total policy,
                           tflow_i_total *chosen, tflow_error *error)
{
    size_t used[2], before = tflow_i_plan_rows(plan);
    if (plan->dims[d].by) {
        int world = policy == TFLOW_I_TOTAL_WORLD;
        *chosen = world ? TFLOW_I_TOTAL_WORLD : TFLOW_I_TOTAL_PARTNERS;
        return tflow_i_plan_dropped(
            plan,
            tflow_i_plan_keep(plan, d,
                              1u << (world ? TFLOW_I_PART_TOTAL : TFLOW_I_PART_MEMBER)),
            world ? "rows of single partners left out"
                  : "rows that are the World's kept apart",
            error);
    }
    tflow_status status = tflow_i_plan_choose(plan, d, policy, 1, used, error);
    if (status != TFLOW_OK)
        return status;
    *chosen = used[1] == 0   ? TFLOW_I_TOTAL_PARTNERS
              : used[0] == 0 ? TFLOW_I_TOTAL_WORLD
                             : TFLOW_I_TOTAL_AUTO;
    return tflow_i_plan_dropped(
        plan, before - tflow_i_plan_rows(plan),
        used[1] > 0 ? "rows of single partners not added: the World's rows are "
                      "used, see --total"
                    : "rows that are the World's not added",
        error);
}

tflow_status tflow_i_plan_areas(tflow_i_plan *plan, tflow_i_dim_id d,
                                tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[d];
    int of_partners = d == TFLOW_I_PARTNER;
    tflow_i_total policy = of_partners ? plan->selection->total : TFLOW_I_TOTAL_AUTO;
    tflow_i_total chosen;
    size_t counts[3];
    if (dim->codes == NULL)
        return TFLOW_OK;
    if (dim->listed)
        return listed_world(plan, d, error);
    tflow_status status = set_groups_aside(plan, d, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_plan_parts(plan, d, counts);
    size_t totals = counts[TFLOW_I_PART_TOTAL];
    if (totals == 0 && policy == TFLOW_I_TOTAL_WORLD)
        return tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "the selection has no rows for the World; use --total partners");
    if (totals > 0 && totals == plan->n && policy == TFLOW_I_TOTAL_PARTNERS)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "the selection has rows for the World alone, none for "
                            "single partners");
    if (totals == 0 || totals == plan->n)
        chosen = totals == 0 ? TFLOW_I_TOTAL_PARTNERS : TFLOW_I_TOTAL_WORLD;
    else
        status = choose(plan, d, policy, &chosen, error);
    if (status == TFLOW_OK && of_partners)
        plan->out->total = chosen;
    return status;
}
