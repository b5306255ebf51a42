/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts that describe collects: the checks of rows against each other. */
#ifndef TFLOW_SUMMARY_DESCRIBE_H
#define TFLOW_SUMMARY_DESCRIBE_H

#include "flows/plan.h"

typedef struct tflow_i_fact_row {
    const char *topic;
    const char *item;   /* NULL: none */
    int64_t count;      /* -1: none */
    double value;       /* NaN: none */
    double reference;   /* NaN: none */
    const char *detail; /* NULL: none */
} tflow_i_fact_row;

tflow_status tflow_i_fact(tflow_builder *out, const tflow_i_fact_row *fact,
                          tflow_error *error);

tflow_status tflow_i_describe_gaps(const tflow_i_plan *plan, tflow_builder *out,
                                   tflow_error *error);
tflow_status tflow_i_describe_duplicates(const tflow_i_plan *plan, tflow_builder *out,
                                         tflow_error *error);
tflow_status tflow_i_describe_world(const tflow_i_plan *plan, tflow_builder *out,
                                    tflow_error *error);
tflow_status tflow_i_describe_years(const tflow_i_plan *plan, tflow_builder *out,
                                    double tolerance, tflow_error *error);

#endif
