/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts a person types, read as units: what is added up as one. */
#include "flows/plan.h"
#include "codes/codes.h"

#include <string.h>

/* Put a text of the column into a unit; it may be in one only. */
static tflow_status put(tflow_i_dim *dim, int32_t code, const char *unit,
                        tflow_error *error)
{
    int32_t u = tflow_i_dict_add(dim->units, unit, strlen(unit));
    if (u < 0)
        return tflow_i_nomem(error);
    if (dim->unit[code] >= 0 && dim->unit[code] != u)
        return tflow_i_fail(error, TFLOW_EOVERLAP,
                            "%s is asked for twice: by %s and by %s, and would count "
                            "in both",
                            tflow_i_dict_text(dim->dict, code),
                            tflow_i_dict_text(dim->units, dim->unit[code]), unit);
    dim->unit[code] = u;
    return TFLOW_OK;
}

/* All members of a group become one unit. Where the table has a row for the group and
 * rows for members, the members count; the group's own row only when it is alone. */
static tflow_status read_group(tflow_i_plan *plan, tflow_i_dim *dim,
                               const tflow_group *group, int *found, tflow_error *error)
{
    const tflow_group_member *members;
    size_t n, size = 0, present = 0;
    tflow_status status = tflow_group_members(group->id, &members, &n);

    for (size_t i = 0; i < n && status == TFLOW_OK; i++) {
        tflow_area area;
        if (!tflow_group_includes(group->id, members[i].area, 0) ||
            tflow_area_get(members[i].area, &area) != TFLOW_OK)
            continue;
        size++;
        int32_t code = tflow_i_dict_find(dim->dict, area.code, strlen(area.code));
        if (code < 0)
            continue;
        present++;
        status = put(dim, code, group->code, error);
    }
    *found = present > 0;
    if (status == TFLOW_OK && present > 0 &&
        tflow_i_cells_note(
            plan->out,
            "%s %s is the sum of its %zu members of today in all periods; "
            "%zu have rows",
            dim->name, group->code, size, present) != TFLOW_OK)
        status = tflow_i_nomem(error);
    return status;
}

static tflow_status read_area(tflow_i_plan *plan, tflow_i_dim *dim, const char *text,
                              int *found, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    tflow_group group;
    *found = 0;
    if (tflow_group_find(text, strlen(text), &group, NULL) == TFLOW_OK)
        status = read_group(plan, dim, &group, found, error);
    if (status != TFLOW_OK || *found)
        return status;

    tflow_area area;
    const char *code = text;
    if (tflow_area_find(text, strlen(text), &area, NULL) == TFLOW_OK)
        code = area.code;
    int32_t in_table = tflow_i_dict_find(dim->dict, code, strlen(code));
    if (in_table < 0) /* a label that was kept as it stood */
        in_table = tflow_i_dict_find(dim->dict, text, strlen(text));
    if (in_table >= 0) {
        *found = 1;
        return put(dim, in_table, tflow_i_dict_text(dim->dict, in_table), error);
    }
    if (code == text)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "found \"%.80s\", expected a country code, name or group",
                            text);
    return TFLOW_OK;
}

static tflow_status read_product(tflow_i_dim *dim, const char *text, int *found,
                                 tflow_error *error)
{
    size_t n = strlen(text);
    int total = tflow_i_product_classify(text, n).is_total;
    *found = 0;
    for (int32_t i = 0; i < dim->n; i++) {
        const char *code = tflow_i_dict_text(dim->dict, i);
        if (!tflow_i_product_under(code, strlen(code), text, n))
            continue;
        *found = 1;
        tflow_status status = put(dim, i, total ? code : text, error);
        if (status != TFLOW_OK)
            return status;
    }
    return TFLOW_OK;
}

const char *tflow_i_flow_code(const char *text)
{
    static const struct {
        const char *word;
        const char *code;
    } words[] = {{"export", "X"},     {"exports", "X"},     {"x", "X"},
                 {"import", "M"},     {"imports", "M"},     {"m", "M"},
                 {"re-export", "RX"}, {"re-exports", "RX"}, {"rx", "RX"},
                 {"re-import", "RM"}, {"re-imports", "RM"}, {"rm", "RM"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, text) == 0)
            return words[i].code;
    return text;
}

static tflow_status read_flow(tflow_i_dim *dim, const char *text, int *found,
                              tflow_error *error)
{
    const char *code = tflow_i_flow_code(text);
    int32_t in_table = tflow_i_dict_find(dim->dict, code, strlen(code));
    *found = in_table >= 0;
    return *found ? put(dim, in_table, code, error) : TFLOW_OK;
}

static tflow_status read_list(tflow_i_plan *plan, tflow_i_dim_id id,
                              const char *const *texts, size_t n, tflow_error *error)
{
    tflow_i_dim *dim = &plan->dims[id];
    if (n == 0)
        return TFLOW_OK;
    if (dim->codes == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "cannot choose a %s: the table has no such column",
                            dim->name);
    size_t any = 0;
    for (size_t i = 0; i < n; i++) {
        int found;
        tflow_status status =
            id == TFLOW_I_PRODUCT ? read_product(dim, texts[i], &found, error)
            : id == TFLOW_I_FLOW  ? read_flow(dim, texts[i], &found, error)
                                  : read_area(plan, dim, texts[i], &found, error);
        if (status != TFLOW_OK) {
            tflow_i_at(error, NULL, 0, 0, dim->name);
            return status;
        }
        any += found != 0;
        if (!found && tflow_i_cells_note(plan->out, "%s %.80s has no rows", dim->name,
                                         texts[i]) != TFLOW_OK)
            return tflow_i_nomem(error);
    }
    if (any == 0)
        return tflow_i_fail(error, TFLOW_EUNKNOWN, "%s \"%.80s\" has no rows",
                            dim->name, texts[0]);
    dim->listed = 1;
    return TFLOW_OK;
}

/* A dimension that is not listed takes every text as a unit of its own. */
static tflow_status take_all(tflow_i_dim *dim, tflow_error *error)
{
    for (int32_t i = 0; i < dim->n; i++) {
        const char *text = tflow_i_dict_text(dim->dict, i);
        dim->unit[i] = tflow_i_dict_add(dim->units, text, strlen(text));
        if (dim->unit[i] < 0)
            return tflow_i_nomem(error);
    }
    return TFLOW_OK;
}

tflow_status tflow_i_plan_lists(tflow_i_plan *plan, tflow_error *error)
{
    const tflow_i_selection *s = plan->selection;
    tflow_status status =
        read_list(plan, TFLOW_I_REPORTER, s->reporters, s->n_reporters, error);
    if (status == TFLOW_OK)
        status = read_list(plan, TFLOW_I_PARTNER, s->partners, s->n_partners, error);
    if (status == TFLOW_OK)
        status = read_list(plan, TFLOW_I_PRODUCT, s->products, s->n_products, error);
    if (status == TFLOW_OK)
        status = read_list(plan, TFLOW_I_FLOW, s->flows, s->n_flows, error);
    for (size_t d = 0; status == TFLOW_OK && d < TFLOW_I_DIMS; d++)
        if (plan->dims[d].codes != NULL && !plan->dims[d].listed)
            status = take_all(&plan->dims[d], error);
    return status;
}
