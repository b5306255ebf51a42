/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of data/conformance.csv on prices. */
#include "conformance.h"

#define RUN_PRICE_2(name)                                                              \
    tflow_status run_##name(call *c)                                                   \
    {                                                                                  \
        return tflow_##name(first(c, 0), first(c, 1), c->out);                         \
    }

RUN_PRICE_2(unit_value)
RUN_PRICE_2(terms_of_trade)
RUN_PRICE_2(income_terms_of_trade)

tflow_status run_volume_index(call *c)
{
    return tflow_volume_index(first(c, 0), first(c, 1), first(c, 2), c->out);
}

/* method: the rule. */
tflow_status run_unit_value_scores(call *c)
{
    c->n_out = c->argument[0].n;
    return tflow_unit_value_scores(c->method, c->argument[0], c->scratch, c->out, NULL);
}

/* p0|q0|p1|q1, method: the formula. */
tflow_status run_price_index(call *c)
{
    return tflow_price_index(c->method, c->argument[0], c->argument[1], c->argument[2],
                             c->argument[3], c->missing, c->out, NULL);
}

/* prices|quantities, n products, period by period; method: the formula, text: the
 * splice, k: the base, which: 1 for chained. */
tflow_status run_price_index_series(call *c)
{
    static double work[MAX_NUMBERS * MAX_NUMBERS + 5 * MAX_NUMBERS + 1];
    tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
    tflow_price_panel panel = {c->argument[0].data, c->argument[1].data, c->n,
                               c->argument[0].n / c->n};
    opts.formula = c->method;
    opts.chained = c->which != 0;
    opts.base = c->k;
    opts.window = c->backtest.window;
    if (c->text[0] != '\0')
        opts.splice = c->text;
    c->n_out = panel.n_periods;
    return tflow_price_index_series(&panel, &opts, work, c->out, NULL);
}

/* p0|q0|p1|q1: change, price, volume, entry, exit. */
tflow_status run_bennet(call *c)
{
    tflow_bennet_parts parts;
    tflow_status status = tflow_bennet(c->argument[0], c->argument[1], c->argument[2],
                                       c->argument[3], &parts, NULL);
    const double all[] = {parts.change, parts.price, parts.volume, parts.entry,
                          parts.exit};
    memcpy(c->out, all, sizeof all);
    c->n_out = 5;
    return status;
}
