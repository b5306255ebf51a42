/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of data/conformance.csv on margins. */
#include "conformance.h"

/* x|w: extensive, intensive, share, lines, lines of the reference. */
tflow_status run_trade_margins(call *c)
{
    tflow_trade_margins_parts parts;
    tflow_status status =
        tflow_trade_margins(c->argument[0], c->argument[1], c->missing, &parts, NULL);
    const double all[] = {parts.extensive, parts.intensive, parts.share,
                          (double)parts.n_lines, (double)parts.n_reference};
    memcpy(c->out, all, sizeof all);
    c->n_out = isnan(parts.share) ? 3 : 5;
    return status;
}

/* values and quantities of x, then of w. */
tflow_status run_intensive_margin_price(call *c)
{
    return tflow_intensive_margin_price(c->argument[0], c->argument[1], c->argument[2],
                                        c->argument[3], c->out, NULL);
}

/* from|to|threshold: change, entry, exit, rise, fall. */
tflow_status run_change_margins(call *c)
{
    tflow_change_margins_parts parts;
    tflow_status status = tflow_change_margins(c->argument[0], c->argument[1],
                                               first(c, 2), c->missing, &parts, NULL);
    const double all[] = {parts.change, parts.entry, parts.exit, parts.rise,
                          parts.fall};
    memcpy(c->out, all, sizeof all);
    c->n_out = 5;
    return status;
}

/* from|to|world from|world to|groups, weights in k: all parts. */
tflow_status run_constant_market_share(call *c)
{
    tflow_constant_market_share_parts p;
    tflow_status status = tflow_constant_market_share(
        c->argument[0], c->argument[1], c->argument[2], c->argument[3], c->argument[4],
        (tflow_constant_share_weights)c->k, c->missing, &p, NULL);
    const double all[] = {p.change,
                          p.growth,
                          p.groups,
                          p.lines,
                          p.competitiveness,
                          p.competitiveness_general,
                          p.competitiveness_groups,
                          p.competitiveness_lines,
                          p.interaction,
                          p.unmatched};
    memcpy(c->out, all, sizeof all);
    c->n_out = 10;
    return status;
}

/* from|to|world from|world to, rule in k: all parts. */
tflow_status run_shift_share(call *c)
{
    tflow_shift_share_parts p;
    tflow_status status =
        tflow_shift_share(c->argument[0], c->argument[1], c->argument[2],
                          c->argument[3], (tflow_new_lines)c->k, c->missing, &p, NULL);
    const double all[] = {p.change,      p.national,   p.mix,      p.regional,
                          p.competitive, p.allocation, p.unmatched};
    memcpy(c->out, all, sizeof all);
    c->n_out = 7;
    return status;
}

/* from|to|activity from|activity to: all parts. */
tflow_status run_lmdi(call *c)
{
    tflow_lmdi_parts p;
    tflow_status status = tflow_lmdi(c->argument[0], c->argument[1], c->argument[2],
                                     c->argument[3], c->missing, &p, NULL);
    const double all[] = {p.change,         p.activity,        p.structure,
                          p.intensity,      p.unmatched,       p.ratio,
                          p.activity_ratio, p.structure_ratio, p.intensity_ratio};
    memcpy(c->out, all, sizeof all);
    c->n_out = 9;
    return status;
}

/* ended|censored: survival, its errors, the median. */
tflow_status run_survival(call *c)
{
    size_t n = c->argument[0].n;
    double median;
    tflow_status status = tflow_survival(c->argument[0], c->argument[1], c->out,
                                         c->out + n, &median, NULL);
    c->out[2 * n] = median;
    c->n_out = 2 * n + 1;
    return status;
}
