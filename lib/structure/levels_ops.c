/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/levels_ops.h"

#include <string.h>

static tflow_status index_cells(tflow_i_levels *l, const tflow_i_dict *texts,
                                tflow_error *error)
{
    l->index = tflow_i_groups_new(2);
    l->cell = tflow_i_alloc(l->cells.n, sizeof *l->cell);
    int ok = l->index != NULL && l->cell != NULL;
    for (size_t s = 0; ok && s < l->cells.n_series; s++) {
        const char *name = tflow_i_cells_key(&l->cells, s, 0);
        int32_t key[2] = {tflow_i_dict_find(texts, name, strlen(name)), 0};
        for (size_t i = l->cells.series[s];
             ok && key[0] >= 0 && i < l->cells.series[s + 1]; i++) {
            key[1] = l->cells.cells[i].period;
            size_t at = tflow_i_groups_add(l->index, key);
            ok = at != SIZE_MAX;
            if (ok)
                l->cell[at] = i;
        }
    }
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}

tflow_status tflow_i_levels_open(const tflow_i_args *args,
                                 const tflow_i_selection *selection,
                                 const tflow_i_dict *texts, tflow_i_levels *l,
                                 tflow_error *error)
{
    static const char *const by[] = {"reporter"};
    tflow_i_selection s = *selection;
    memset(l, 0, sizeof *l);
    s.n_partners = s.n_products = s.n_flows = 0;
    s.level = -1;
    s.by = by;
    s.n_by = 1;
    s.total = TFLOW_I_TOTAL_AUTO;
    s.measure = NULL;
    tflow_status status =
        tflow_i_aggregate(tflow_i_input(args, 1), &s, &l->cells, error);
    if (status != TFLOW_OK)
        return status;
    /* A table of flows would be added up to something. */
    status = l->cells.n_by > 1
                 ? tflow_i_fail(error, TFLOW_EINVAL,
                                "the second table has flows, expected one value for "
                                "each reporter and period")
                 : index_cells(l, texts, error);
    if (status != TFLOW_OK)
        tflow_i_levels_close(l);
    return status;
}

void tflow_i_levels_close(tflow_i_levels *l)
{
    tflow_i_cells_free(&l->cells);
    tflow_i_groups_free(l->index);
    tflow_i_free(l->cell);
    memset(l, 0, sizeof *l);
}

const tflow_i_cell *tflow_i_levels_at(const tflow_i_levels *l, int32_t reporter,
                                      tflow_period period)
{
    int32_t key[2] = {reporter, period};
    size_t found = tflow_i_groups_find(l->index, key);
    return found == SIZE_MAX ? NULL : &l->cells.cells[l->cell[found]];
}

tflow_status tflow_i_levels_notes(tflow_builder *out, const tflow_i_levels *l,
                                  const char *name, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < l->cells.n_notes && status == TFLOW_OK; i++) {
        tflow_i_text text = {0};
        tflow_i_text_add(&text, name);
        tflow_i_text_add(&text, ": ");
        tflow_i_text_add(&text, l->cells.notes[i]);
        char *note = tflow_i_text_take(&text);
        status =
            note == NULL ? tflow_i_nomem(error) : tflow_builder_note(out, note, error);
        tflow_text_free(note);
    }
    return status;
}
