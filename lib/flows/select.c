/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flows/plan.h"

#include <math.h>
#include <string.h>

int tflow_i_unit_power(const tflow_table *table)
{
    const char *text = tflow_table_attribute(table, "unit_multiplier");
    double power = 0;
    int overflow;
    if (text == NULL || !tflow_i_decimal_parse(text, strlen(text), &power, &overflow))
        return 0;
    return (int)power;
}

double tflow_i_scaled(double value, int power)
{
    /* 10^power is exact up to 22, 10^-power never is. */
    return power < 0 ? value / pow(10, -power) : value * pow(10, power);
}

static void add_scale(tflow_i_text *text, int power)
{
    static const struct {
        int power;
        const char *word;
    } words[] = {
        {0, ""}, {3, "thousand"}, {6, "million"}, {9, "billion"}, {12, "trillion"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].power == power) {
            tflow_i_text_add(text, words[i].word);
            return;
        }
    tflow_i_text_format(text, "10^%d", power);
}

char *tflow_i_unit(const tflow_table *table, const char *column)
{
    tflow_i_text text = {0};
    const tflow_i_column *c = tflow_i_table_column(table, column, TFLOW_FLOAT64);

    if (strcmp(column, "value") != 0) {
        tflow_i_text_add(&text, c == NULL ? "" : c->unit);
        return tflow_i_text_take(&text);
    }
    const char *currency = tflow_table_attribute(table, "currency");
    const char *multiplier = tflow_table_attribute(table, "unit_multiplier");
    const char *prices = tflow_table_attribute(table, "prices");
    if (currency == NULL && multiplier == NULL)
        tflow_i_text_add(&text, c == NULL ? "" : c->unit);
    else {
        add_scale(&text, tflow_i_unit_power(table));
        if (text.length > 0 && currency != NULL)
            tflow_i_text_char(&text, ' ');
        tflow_i_text_add(&text, currency == NULL ? "" : currency);
    }
    if (prices != NULL)
        tflow_i_text_format(&text, ", %s", prices);
    return tflow_i_text_take(&text);
}

const char *tflow_i_cells_key(const tflow_i_cells *cells, size_t series, size_t k)
{
    const char *text =
        tflow_i_dict_text(cells->dicts[k], cells->keys[series * cells->n_by + k]);
    return text == NULL ? "" : text;
}

const tflow_i_cell *tflow_i_cells_at(const tflow_i_cells *cells, size_t series,
                                     tflow_period period)
{
    size_t low = cells->series[series], high = cells->series[series + 1];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cells->cells[mid].period == period)
            return &cells->cells[mid];
        if (cells->cells[mid].period < period)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

size_t tflow_i_cells_match(const tflow_i_cells *cells, const tflow_i_cells *other,
                           size_t series)
{
    for (size_t s = 0; s < cells->n_series; s++) {
        int same = 1;
        for (size_t k = 0; same && k < cells->n_by; k++)
            for (size_t j = 0; same && j < other->n_by; j++)
                if (strcmp(cells->by[k], other->by[j]) == 0)
                    same = strcmp(tflow_i_cells_key(cells, s, k),
                                  tflow_i_cells_key(other, series, j)) == 0;
        if (same)
            return s;
    }
    return SIZE_MAX;
}

/* Months from one period to the next: their length, as far as all are of one. Runs of
 * months that are no calendar period follow each other by the year: January to July. */
int32_t tflow_i_cells_step(const tflow_i_cells *cells)
{
    if (cells->n == 0)
        return 0;
    tflow_period first = cells->cells[0].period;
    int32_t step = tflow_period_months(first);
    int runs = tflow_period_frequency(first) == 'R';
    for (size_t i = 1; i < cells->n; i++) {
        tflow_period period = cells->cells[i].period;
        if (tflow_period_months(period) != step ||
            (runs && tflow_period_start(period) % 12 != tflow_period_start(first) % 12))
            return 0;
    }
    return !runs ? step : step < 12 ? 12 : 0;
}

void tflow_i_cells_free(tflow_i_cells *cells)
{
    tflow_i_free(cells->cells);
    tflow_i_free(cells->series);
    tflow_i_free(cells->keys);
    tflow_i_free(cells->unit);
    for (size_t k = 0; k < cells->n_by; k++)
        tflow_i_dict_free(cells->dicts[k]);
    for (size_t i = 0; i < cells->n_notes; i++)
        tflow_i_free(cells->notes[i]);
    tflow_i_free(cells->notes);
    memset(cells, 0, sizeof *cells);
}

tflow_status tflow_i_plan_prepare(tflow_i_plan *plan, const tflow_table *table,
                                  const tflow_i_selection *selection,
                                  tflow_i_cells *out, tflow_error *error)
{
    tflow_status status = tflow_i_plan_open(plan, table, selection, out, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_overlap(plan, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_mixing(plan, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_crossed(plan, error);
    return status;
}

tflow_status tflow_i_aggregate(const tflow_table *table,
                               const tflow_i_selection *selection, tflow_i_cells *out,
                               tflow_error *error)
{
    tflow_i_plan plan;
    memset(out, 0, sizeof *out);
    tflow_status status = tflow_i_plan_prepare(&plan, table, selection, out, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_sum(&plan, error);
    if (status == TFLOW_OK) {
        out->step = tflow_i_cells_step(out);
        out->unit = tflow_i_unit(
            table, selection->measure == NULL ? "value" : selection->measure);
        status = out->unit == NULL ? tflow_i_nomem(error)
                                   : tflow_i_cells_accumulate(out, selection, error);
    }
    tflow_i_plan_close(&plan);
    if (status != TFLOW_OK)
        tflow_i_cells_free(out);
    return status;
}
