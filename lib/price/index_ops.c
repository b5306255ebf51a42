/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "price/index_ops.h"

#include <math.h>
#include <string.h>

tflow_status tflow_i_index_base(const tflow_i_args *args, tflow_period *base,
                                tflow_error *error)
{
    tflow_period last;
    *base = TFLOW_PERIOD_NONE;
    if (!tflow_i_arg_set(args, "base"))
        return TFLOW_OK;
    tflow_i_arg_periods(args, "base", base, &last);
    if (*base != last || last == TFLOW_PERIOD_NONE)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "base", "expected one period");
    return TFLOW_OK;
}

size_t tflow_i_panel_period(const tflow_i_panel *panel, tflow_period period)
{
    for (size_t t = 0; t < panel->view.n_periods; t++)
        if (panel->periods[t] == period)
            return t;
    return SIZE_MAX;
}

tflow_status tflow_i_index_open(const tflow_i_args *args, const tflow_i_prices *prices,
                                const tflow_i_price_group *group,
                                const tflow_i_selection *selection,
                                tflow_i_index *index, tflow_error *error)
{
    const char *rule = tflow_i_arg_text(args, "outlier");
    double cut;
    memset(index, 0, sizeof *index);
    tflow_status status = tflow_i_price_cut(args, rule, &cut, error);
    if (status == TFLOW_OK)
        status = tflow_i_panel_open(prices, group, selection, rule, cut, &index->panel,
                                    error);
    if (status != TFLOW_OK)
        return status;
    index->level = tflow_i_alloc(index->panel.view.n_periods, sizeof *index->level);
    if (index->level == NULL) {
        tflow_i_index_close(index);
        return tflow_i_nomem(error);
    }
    return TFLOW_OK;
}

/* A group that does not trade in the base period has no index, and stops no other. */
static void no_base(tflow_i_index *x)
{
    static const tflow_i_cell none = {.value = NAN, .status = 'A'};
    for (size_t t = 0; t < x->panel.view.n_periods; t++)
        x->level[t] = NAN;
    x->status = TFLOW_NO_OVERLAP;
    x->at_base = none;
}

tflow_status tflow_i_index_compute(const tflow_i_args *args, tflow_period base,
                                   tflow_i_index *x, tflow_error *error)
{
    tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
    size_t n = x->panel.view.n_periods;
    size_t at = base == TFLOW_PERIOD_NONE ? 0 : tflow_i_panel_period(&x->panel, base);
    opts.formula = tflow_i_arg_text(args, "formula");
    opts.chained = tflow_i_arg_flag(args, "chained");
    opts.base = at == SIZE_MAX ? 0 : at;
    opts.window = (size_t)tflow_i_arg_integer(args, "window");
    opts.splice = tflow_i_arg_text(args, "splice");
    if (opts.window > n) /* a short series is one window */
        opts.window = 0;
    size_t size = tflow_price_index_work(x->panel.view.n_products, n);
    double *work = size == 0 ? NULL : tflow_i_alloc(size, sizeof *work);
    if (work == NULL)
        return tflow_i_nomem(error);
    x->status = tflow_price_index_series(&x->panel.view, &opts, work, x->level, error);
    tflow_i_free(work);
    if (x->status < 0)
        return x->status;
    if (at == SIZE_MAX)
        no_base(x);
    else
        x->at_base = x->panel.total[at];
    return TFLOW_OK;
}

double tflow_i_index_coverage(const tflow_i_index *x, size_t t)
{
    double value = x->panel.total[t].value;
    return value > 0 ? (x->panel.priced[t] - x->panel.outlying[t]) / value : NAN;
}

void tflow_i_index_close(tflow_i_index *index)
{
    tflow_i_panel_close(&index->panel);
    tflow_i_free(index->level);
    index->level = NULL;
}
