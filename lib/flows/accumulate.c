/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over time: from the start of the year, and over the last twelve months. */
#include "flows/plan.h"

#include <math.h>
#include <string.h>

/* The sum of the cells of a series from month `from` up to and with cell `last`. A
 * period without a cell makes the window incomplete. */
static tflow_i_cell window(const tflow_i_cells *cells, size_t first, size_t last,
                           int32_t from, tflow_missing missing)
{
    const tflow_i_cell *end = &cells->cells[last];
    int32_t stop = tflow_period_start(end->period) + tflow_period_months(end->period);
    tflow_i_cell out = {0};
    tflow_i_sum value = {0, 0}, not_observed = {0, 0}, size = {0, 0};
    int32_t months = 0;
    int lost = 0, found = 0;

    for (size_t i = last + 1; i-- > first;) {
        const tflow_i_cell *cell = &cells->cells[i];
        if (tflow_period_start(cell->period) < from)
            break;
        months += tflow_period_months(cell->period);
        out.n_rows += cell->n_rows;
        out.n_missing += cell->n_missing;
        out.lower_bound |= cell->lower_bound;
        out.incomplete |= cell->incomplete;
        out.status =
            (uint8_t)tflow_i_status_weaker((char)out.status, (char)cell->status);
        if (isnan(cell->value)) {
            lost = 1;
            continue;
        }
        found = 1;
        tflow_i_sum_add(&value, cell->value);
        tflow_i_sum_add(&size, fabs(cell->value));
        tflow_i_sum_add(&not_observed, fabs(cell->value) * cell->not_observed);
    }
    tflow_period_make((int)(from / 12), (int)(from % 12) + 1, (int)(stop - from),
                      &out.period);
    if (months < stop - from)
        out.incomplete = 1;
    double total = tflow_i_sum_value(&size);
    out.value = tflow_i_sum_value(&value);
    out.not_observed =
        total > 0 ? tflow_i_sum_value(&not_observed) / total : (out.status != 'A');
    if (lost && found && missing == TFLOW_MISSING_SKIP)
        out.lower_bound = 1;
    else if (lost)
        out.value = NAN;
    return out;
}

tflow_status tflow_i_cells_accumulate(tflow_i_cells *cells,
                                      const tflow_i_selection *selection,
                                      tflow_error *error)
{
    if (selection->accumulate == TFLOW_I_ACCUMULATE_NONE || cells->n == 0)
        return TFLOW_OK;
    if (cells->step == 0 || cells->step > 12 || 12 % cells->step != 0)
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "sums over time need months, quarters, halves or years");
    tflow_i_cell *sums = tflow_i_alloc(cells->n, sizeof *sums);
    if (sums == NULL)
        return tflow_i_nomem(error);

    size_t n = 0;
    int32_t opens = tflow_period_start(selection->first);
    for (size_t s = 0; s < cells->n_series; s++) {
        size_t first = cells->series[s], last = cells->series[s + 1];
        size_t begins = n;
        for (size_t i = first; i < last; i++) {
            tflow_period period = cells->cells[i].period;
            int32_t start = tflow_period_start(period);
            int32_t from = selection->accumulate == TFLOW_I_ACCUMULATE_YTD
                               ? start - start % 12
                               : start + tflow_period_months(period) - 12;
            if (start < opens)
                continue; /* read only for the windows of later periods */
            if (from < tflow_period_start(cells->cells[first].period) &&
                selection->accumulate == TFLOW_I_ACCUMULATE_ROLLING)
                continue; /* the window would begin before the data */
            sums[n++] = window(cells, first, i, from, selection->missing);
        }
        cells->series[s] = begins;
    }
    cells->series[cells->n_series] = n;
    tflow_i_free(cells->cells);
    cells->cells = sums;
    cells->n = n;
    return TFLOW_OK;
}
