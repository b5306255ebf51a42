/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prices of a group as a panel of products and periods. */
#include "price/data_ops.h"

#include <math.h>
#include <string.h>

static int by_period(size_t a, size_t b, const void *context)
{
    const tflow_period *period = context;
    return (period[a] > period[b]) - (period[a] < period[b]);
}

/* The periods of all products, in order. */
static tflow_status find_periods(const tflow_i_prices *p,
                                 const tflow_i_price_group *group, tflow_i_panel *panel,
                                 tflow_error *error)
{
    size_t n = 0, m = 0;
    for (size_t i = 0; i < group->n; i++) {
        size_t s = p->member[group->first + i];
        n += p->value.series[s + 1] - p->value.series[s];
    }
    tflow_period *every = tflow_i_alloc(n, sizeof *every);
    size_t *order = tflow_i_alloc(n, sizeof *order);
    panel->periods = tflow_i_alloc(n, sizeof *panel->periods);
    int ok = every != NULL && order != NULL && panel->periods != NULL;
    for (size_t i = 0; ok && i < group->n; i++) {
        size_t s = p->member[group->first + i];
        for (size_t c = p->value.series[s]; c < p->value.series[s + 1]; c++) {
            order[m] = m;
            every[m++] = p->value.cells[c].period;
        }
    }
    ok = ok && tflow_i_sort(order, n, by_period, every);
    for (size_t i = 0; ok && i < n; i++)
        if (i == 0 || every[order[i]] != every[order[i - 1]])
            panel->periods[panel->view.n_periods++] = every[order[i]];
    tflow_i_free(every);
    tflow_i_free(order);
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}

static tflow_status make_room(tflow_i_panel *panel, tflow_error *error)
{
    size_t t = panel->view.n_periods, k = panel->view.n_products;
    if (t > 0 && k > SIZE_MAX / sizeof(double) / t)
        return tflow_i_nomem(error);
    panel->prices = tflow_i_alloc(t * k, sizeof *panel->prices);
    panel->quantities = tflow_i_alloc(t * k, sizeof *panel->quantities);
    panel->values = tflow_i_alloc(t * k, sizeof *panel->values);
    panel->total = tflow_i_calloc(t, sizeof *panel->total);
    panel->priced = tflow_i_calloc(t, sizeof *panel->priced);
    panel->outlying = tflow_i_calloc(t, sizeof *panel->outlying);
    panel->spare = tflow_i_alloc(2 * (t > k ? t : k), sizeof *panel->spare);
    if (panel->prices == NULL || panel->quantities == NULL || panel->values == NULL ||
        panel->total == NULL || panel->priced == NULL || panel->outlying == NULL ||
        panel->spare == NULL)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < t * k; i++)
        panel->prices[i] = panel->quantities[i] = panel->values[i] = NAN;
    panel->view.prices = panel->prices;
    panel->view.quantities = panel->quantities;
    return TFLOW_OK;
}

/* What a total inherits from one of its parts, and what is behind its value. */
static void inherit(tflow_i_cell *total, const tflow_i_cell *cell,
                    const tflow_i_cell *quantity)
{
    total->n_rows += cell->n_rows;
    total->n_missing += cell->n_missing;
    total->lower_bound |= cell->lower_bound;
    total->incomplete |= cell->incomplete;
    total->status =
        (uint8_t)tflow_i_status_weaker((char)total->status, (char)cell->status);
    if (quantity != NULL && quantity->status != 0)
        total->status =
            (uint8_t)tflow_i_status_weaker((char)total->status, (char)quantity->status);
}

typedef struct sums {
    tflow_i_sum value, not_observed, priced;
    int lost;
} sums;

static void place_product(const tflow_i_prices *p, size_t series, size_t k,
                          tflow_i_panel *panel, sums *sum)
{
    const char *reason;
    size_t t = 0;
    for (size_t c = p->value.series[series]; c < p->value.series[series + 1]; c++) {
        const tflow_i_cell *cell = &p->value.cells[c];
        const tflow_i_cell *quantity = tflow_i_quantity_of(p, series, cell->period);
        while (panel->periods[t] != cell->period)
            t++;
        size_t at = t * panel->view.n_products + k;
        panel->values[at] = cell->value;
        double price = tflow_i_unit_value_of(cell, quantity, &reason);
        if (!isnan(price)) {
            panel->prices[at] = price;
            panel->quantities[at] = quantity->value;
            tflow_i_sum_add(&sum[t].priced, cell->value);
        }
        inherit(&panel->total[t], cell, isnan(price) ? NULL : quantity);
        if (isnan(cell->value)) {
            sum[t].lost |= cell->n_missing > 0; /* and not: cannot exist */
            continue;
        }
        double not_observed = cell->not_observed;
        if (quantity != NULL)
            not_observed = fmax(not_observed, quantity->not_observed);
        tflow_i_sum_add(&sum[t].value, cell->value);
        tflow_i_sum_add(&sum[t].not_observed, cell->value * not_observed);
    }
}

static void close_sums(tflow_i_panel *panel, const sums *sum, tflow_missing missing)
{
    for (size_t t = 0; t < panel->view.n_periods; t++) {
        tflow_i_cell *total = &panel->total[t];
        double value = tflow_i_sum_value(&sum[t].value);
        total->period = panel->periods[t];
        total->not_observed = value > 0
                                  ? tflow_i_sum_value(&sum[t].not_observed) / value
                                  : total->status != 'A';
        total->value = sum[t].lost && missing != TFLOW_MISSING_SKIP ? NAN : value;
        total->lower_bound |= sum[t].lost && missing == TFLOW_MISSING_SKIP;
        panel->priced[t] = tflow_i_sum_value(&sum[t].priced);
    }
}

/* Take the outliers among the prices of product k out. */
static tflow_status drop_outliers(tflow_i_panel *panel, size_t k, const char *rule,
                                  double cut, tflow_error *error)
{
    size_t n = panel->view.n_periods, step = panel->view.n_products;
    double *score = panel->spare, *scratch = panel->spare + n;
    tflow_vec prices = {panel->prices + k, n, (ptrdiff_t)step};
    tflow_status status = tflow_unit_value_scores(rule, prices, scratch, score, error);
    if (status != TFLOW_OK) /* too few, or no spread: nothing stands out */
        return status < 0 ? status : TFLOW_OK;
    for (size_t t = 0; t < n; t++)
        if (fabs(score[t]) > cut) {
            size_t at = t * step + k;
            panel->outlying[t] += panel->values[at];
            panel->prices[at] = panel->quantities[at] = NAN;
        }
    return TFLOW_OK;
}

tflow_status tflow_i_panel_open(const tflow_i_prices *prices,
                                const tflow_i_price_group *group,
                                const tflow_i_selection *selection, const char *rule,
                                double cut, tflow_i_panel *panel, tflow_error *error)
{
    memset(panel, 0, sizeof *panel);
    panel->view.n_products = group->n;
    tflow_status status = find_periods(prices, group, panel, error);
    if (status == TFLOW_OK)
        status = make_room(panel, error);
    sums *sum =
        status == TFLOW_OK ? tflow_i_calloc(panel->view.n_periods, sizeof *sum) : NULL;
    if (status == TFLOW_OK && sum == NULL)
        status = tflow_i_nomem(error);
    for (size_t k = 0; k < group->n && status == TFLOW_OK; k++)
        place_product(prices, prices->member[group->first + k], k, panel, sum);
    if (status == TFLOW_OK)
        close_sums(panel, sum, selection->missing);
    tflow_i_free(sum);
    if (rule != NULL && strcmp(rule, "none") != 0)
        for (size_t k = 0; k < group->n && status == TFLOW_OK; k++)
            status = drop_outliers(panel, k, rule, cut, error);
    if (status != TFLOW_OK)
        tflow_i_panel_close(panel);
    return status;
}

void tflow_i_panel_close(tflow_i_panel *panel)
{
    tflow_i_free(panel->prices);
    tflow_i_free(panel->quantities);
    tflow_i_free(panel->values);
    tflow_i_free(panel->periods);
    tflow_i_free(panel->total);
    tflow_i_free(panel->priced);
    tflow_i_free(panel->outlying);
    tflow_i_free(panel->spare);
    memset(panel, 0, sizeof *panel);
}
