/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of roles and of layouts. */
#include "io/layout.h"

#include <string.h>

static const char *const role_names[TFLOW_I_ROLES] = {
    [TFLOW_I_REPORTER] = "reporter",
    [TFLOW_I_PARTNER] = "partner",
    [TFLOW_I_PRODUCT] = "product",
    [TFLOW_I_FLOW] = "flow",
    [TFLOW_I_PARTNER2] = "partner2",
    [TFLOW_I_CUSTOMS] = "customs",
    [TFLOW_I_MODE] = "mode",
    [TFLOW_I_SUPPLY] = "supply",
    [TFLOW_I_QUANTITY_UNIT] = "quantity_unit",
    [TFLOW_I_CURRENCY] = "currency",
    [TFLOW_I_VALUATION] = "valuation",
    [TFLOW_I_PERIOD] = "period",
    [TFLOW_I_MONTH] = "month",
    [TFLOW_I_VALUE] = "value",
    [TFLOW_I_QUANTITY] = "quantity",
    [TFLOW_I_NET_WEIGHT] = "net_weight",
    [TFLOW_I_STATUS] = "status",
    [TFLOW_I_QUANTITY_STATUS] = "quantity_status",
    [TFLOW_I_WEIGHT_STATUS] = "net_weight_status",
};

const char *tflow_i_role_name(tflow_i_role role)
{
    return role < TFLOW_I_ROLES && role_names[role] != NULL ? role_names[role] : "";
}

const tflow_i_layout *tflow_i_layout_find(const char *name)
{
    for (size_t i = 0; i < tflow_i_n_layouts; i++)
        if (strcmp(tflow_i_layouts[i].name, name) == 0)
            return &tflow_i_layouts[i];
    return NULL;
}

static const tflow_i_layout *nth(size_t n)
{
    for (size_t i = 0; i < tflow_i_n_layouts; i++) {
        const tflow_i_layout *layout = &tflow_i_layouts[i];
        if (tflow_i_layout_find(layout->name) == layout && n-- == 0)
            return layout;
    }
    return NULL;
}

size_t tflow_layout_count(void)
{
    size_t n = 0;
    while (nth(n) != NULL)
        n++;
    return n;
}

const char *tflow_layout_name(size_t i)
{
    const tflow_i_layout *layout = nth(i);
    return layout == NULL ? NULL : layout->name;
}

const char *tflow_layout_title(size_t i)
{
    const tflow_i_layout *layout = nth(i);
    return layout == NULL ? NULL : layout->title;
}
