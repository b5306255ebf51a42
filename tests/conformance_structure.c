/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of data/conformance.csv on the structure of trade. */
#include "conformance.h"

#define RUN_SCALARS_2(name)                                                            \
    tflow_status run_##name(call *c)                                                   \
    {                                                                                  \
        return tflow_##name(first(c, 0), first(c, 1), c->out);                         \
    }
#define RUN_SCALARS_3(name)                                                            \
    tflow_status run_##name(call *c)                                                   \
    {                                                                                  \
        return tflow_##name(first(c, 0), first(c, 1), first(c, 2), c->out);            \
    }
#define RUN_LINES_2(name)                                                              \
    tflow_status run_##name(call *c)                                                   \
    {                                                                                  \
        return tflow_##name(c->argument[0], c->argument[1], c->missing, c->out, NULL); \
    }

RUN_LINES_2(similarity_finger_kreinin)
RUN_LINES_2(similarity_cosine)
RUN_LINES_2(complementarity_michaely)
RUN_LINES_2(prody)
RUN_LINES_2(expy)
RUN_SCALARS_2(intra_regional_share)
RUN_SCALARS_2(trade_balance)
RUN_SCALARS_2(trade_balance_normalised)
RUN_SCALARS_2(coverage_ratio)
RUN_SCALARS_3(openness_sum)
RUN_SCALARS_3(openness_mean)

/* advantages of both|epsilon. */
tflow_status run_similarity_log_rca(call *c)
{
    return tflow_similarity_log_rca(c->argument[0], c->argument[1], first(c, 2),
                                    c->missing, c->out, NULL);
}

tflow_status run_complementarity_drysdale(call *c)
{
    return tflow_complementarity_drysdale(c->argument[0], c->argument[1],
                                          c->argument[2], c->missing, c->out, NULL);
}

tflow_status run_trade_intensity(call *c)
{
    return tflow_trade_intensity(first(c, 0), first(c, 1), first(c, 2), first(c, 3),
                                 c->out);
}

/* intra, extra, symmetric. */
tflow_status run_trade_introversion(call *c)
{
    tflow_introversion parts;
    tflow_status status = tflow_trade_introversion(first(c, 0), first(c, 1), &parts);
    const double all[] = {parts.intra, parts.extra, parts.symmetric};
    memcpy(c->out, all, sizeof all);
    c->n_out = isnan(parts.symmetric) ? 1 : 3;
    return status;
}
