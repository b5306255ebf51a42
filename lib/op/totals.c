/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/totals.h"

#include <math.h>
#include <string.h>

void tflow_i_adder_add(tflow_i_adder *adder, const tflow_i_cell *cell)
{
    tflow_i_cell *all = &adder->cell;
    all->period = cell->period;
    all->n_rows += cell->n_rows;
    all->n_missing += cell->n_missing;
    all->lower_bound |= cell->lower_bound;
    all->incomplete |= cell->incomplete;
    all->status = (uint8_t)tflow_i_status_weaker((char)all->status, (char)cell->status);
    if (isnan(cell->value)) {
        adder->lost |= cell->n_missing > 0; /* and not: cannot exist */
        return;
    }
    tflow_i_sum_add(&adder->value, cell->value);
    tflow_i_sum_add(&adder->size, fabs(cell->value));
    tflow_i_sum_add(&adder->not_observed, fabs(cell->value) * cell->not_observed);
}

tflow_i_cell tflow_i_adder_cell(const tflow_i_adder *adder, tflow_missing missing)
{
    tflow_i_cell total = adder->cell;
    double size = tflow_i_sum_value(&adder->size);
    total.not_observed =
        size > 0 ? tflow_i_sum_value(&adder->not_observed) / size : total.status != 'A';
    total.value = adder->lost && missing != TFLOW_MISSING_SKIP
                      ? NAN
                      : tflow_i_sum_value(&adder->value);
    total.lower_bound |= adder->lost && missing == TFLOW_MISSING_SKIP;
    return total;
}

tflow_status tflow_i_totals_open(tflow_i_totals *totals, const tflow_i_cells *like,
                                 tflow_error *error)
{
    memset(totals, 0, sizeof *totals);
    totals->n_by = like->n_by;
    memcpy(totals->by, like->by, sizeof totals->by);
    totals->texts = tflow_i_dict_new();
    totals->groups = tflow_i_groups_new(like->n_by + 2);
    if (totals->texts != NULL && totals->groups != NULL)
        return TFLOW_OK;
    tflow_i_totals_close(totals);
    return tflow_i_nomem(error);
}

void tflow_i_totals_close(tflow_i_totals *totals)
{
    tflow_i_dict_free(totals->texts);
    tflow_i_groups_free(totals->groups);
    tflow_i_free(totals->adders);
    memset(totals, 0, sizeof *totals);
}

size_t tflow_i_totals_name(const tflow_i_totals *totals, const char *name)
{
    for (size_t k = 0; k < totals->n_by; k++)
        if (strcmp(totals->by[k], name) == 0)
            return k;
    return SIZE_MAX;
}

int tflow_i_totals_key(const tflow_i_totals *totals, const tflow_i_cells *cells,
                       size_t series, int32_t *key)
{
    for (size_t k = 0; k < totals->n_by; k++) {
        key[k] = TFLOW_I_ALL;
        for (size_t j = 0; j < cells->n_by; j++) {
            if (strcmp(cells->by[j], totals->by[k]) != 0)
                continue;
            const char *text = tflow_i_cells_key(cells, series, j);
            key[k] = tflow_i_dict_add(totals->texts, text, strlen(text));
            if (key[k] < 0)
                return 0;
        }
    }
    return 1;
}

int tflow_i_totals_add(tflow_i_totals *totals, const int32_t *key,
                       const tflow_i_cell *cell)
{
    size_t known = tflow_i_groups_count(totals->groups);
    size_t group = tflow_i_groups_add(totals->groups, key);
    if (group == SIZE_MAX || !tflow_i_reserve(&totals->adders, &totals->capacity,
                                              group + 1, sizeof *totals->adders))
        return 0;
    if (group == known)
        totals->adders[group] = (tflow_i_adder){.lost = 0};
    tflow_i_adder_add(&totals->adders[group], cell);
    return 1;
}

size_t tflow_i_totals_at(const tflow_i_totals *totals, const int32_t *key)
{
    return tflow_i_groups_find(totals->groups, key);
}

const tflow_i_adder *tflow_i_totals_find(const tflow_i_totals *totals,
                                         const int32_t *key)
{
    size_t group = tflow_i_groups_find(totals->groups, key);
    return group == SIZE_MAX ? NULL : &totals->adders[group];
}

int32_t tflow_i_totals_text(const tflow_i_totals *totals, const char *text)
{
    return tflow_i_dict_find(totals->texts, text, strlen(text));
}
