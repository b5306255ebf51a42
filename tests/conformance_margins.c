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
