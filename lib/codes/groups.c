/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes/codes.h"
#include "codes/tables.h"

static const tflow_i_group_row *row_of(int32_t id)
{
    return id >= 0 && (size_t)id < tflow_i_groups_table_n ? &tflow_i_groups_table[id]
                                                          : NULL;
}

static void clear(tflow_group *out)
{
    out->id = -1;
    out->area = -1;
    out->code = NULL;
    out->name = NULL;
    out->n = 0;
}

tflow_status tflow_group_get(int32_t id, tflow_group *out)
{
    const tflow_i_group_row *row = row_of(id);
    tflow_area area;

    if (out == NULL)
        return TFLOW_EINVAL;
    clear(out);
    if (row == NULL)
        return TFLOW_EINVAL;
    if (tflow_area_get(row->area, &area) != TFLOW_OK)
        return TFLOW_EINTERNAL;
    out->id = id;
    out->area = row->area;
    out->code = area.code;
    out->name = area.name;
    out->n = (size_t)row->n;
    return TFLOW_OK;
}

tflow_status tflow_group_find(const char *text, size_t n, tflow_group *out,
                              tflow_error *error)
{
    tflow_area area;
    tflow_status status;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no place for the group");
    clear(out);
    status = tflow_area_find(text, n, &area, error);
    if (status != TFLOW_OK)
        return status;
    for (int32_t i = 0; i < tflow_group_count(); i++)
        if (tflow_i_groups_table[i].area == area.id)
            return tflow_group_get(i, out);
    return tflow_i_fail(error, TFLOW_EUNKNOWN,
                        "%s (%s) is not a group of known members", area.name,
                        area.code);
}

int32_t tflow_group_count(void)
{
    return (int32_t)tflow_i_groups_table_n;
}

tflow_status tflow_group_members(int32_t id, const tflow_group_member **out, size_t *n)
{
    const tflow_i_group_row *row = row_of(id);

    if (out == NULL || n == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    *n = 0;
    if (row == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_group_members + row->first;
    *n = (size_t)row->n;
    return TFLOW_OK;
}

int tflow_group_includes(int32_t id, int32_t area, int32_t date)
{
    const tflow_group_member *members;
    size_t n;

    if (tflow_group_members(id, &members, &n) != TFLOW_OK)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (members[i].area != area)
            continue;
        if (date == 0 ? members[i].to == 0
                      : members[i].from <= date &&
                            (members[i].to == 0 || date <= members[i].to))
            return 1;
    }
    return 0;
}
