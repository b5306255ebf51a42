/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A price index as the parameters of a call ask for it. */
#ifndef TFLOW_PRICE_INDEX_OPS_H
#define TFLOW_PRICE_INDEX_OPS_H

#include "price/data_ops.h"

typedef struct tflow_i_index {
    tflow_i_panel panel;
    double *level;        /* of each period, 1 at the base */
    tflow_i_cell at_base; /* the value at the base, and its quality */
    tflow_status status;  /* why a period has no level */
} tflow_i_index;

/* The base that the call names; TFLOW_PERIOD_NONE when it does not. */
tflow_status tflow_i_index_base(const tflow_i_args *args, tflow_period *base,
                                tflow_error *error);
/* The panel of a group, and then its index; base NONE is the first period. */
tflow_status tflow_i_index_open(const tflow_i_args *args, const tflow_i_prices *prices,
                                const tflow_i_price_group *group,
                                const tflow_i_selection *selection,
                                tflow_i_index *index, tflow_error *error);
tflow_status tflow_i_index_compute(const tflow_i_args *args, tflow_period base,
                                   tflow_i_index *index, tflow_error *error);
/* The share of the value of a period that has a price and is no outlier. */
double tflow_i_index_coverage(const tflow_i_index *index, size_t t);
/* The position of a period, SIZE_MAX for none. */
size_t tflow_i_panel_period(const tflow_i_panel *panel, tflow_period period);
void tflow_i_index_close(tflow_i_index *index);

#define TFLOW_I_INDEX_PARAMETERS                                                       \
    {"formula",                                                                        \
     TFLOW_PARAMETER_CHOICE,                                                           \
     "fisher",                                                                         \
     "laspeyres|paasche|fisher|tornqvist|walsh|sato-vartia|geary-khamis|geks|"         \
     "geks-tornqvist|time-product-dummy|time-product-dummy-unweighted",                \
     0,                                                                                \
     0,                                                                                \
     "how prices are put together"},                                                   \
        {"chained",                                                                    \
         TFLOW_PARAMETER_FLAG,                                                         \
         "no",                                                                         \
         NULL,                                                                         \
         0,                                                                            \
         0,                                                                            \
         "each period against the one before, multiplied"},                            \
        {"base",                                                                       \
         TFLOW_PARAMETER_PERIODS,                                                      \
         NULL,                                                                         \
         NULL,                                                                         \
         0,                                                                            \
         0,                                                                            \
         "the period that is 1; default: the first of each group"},                    \
        {"window",                                                                     \
         TFLOW_PARAMETER_INTEGER,                                                      \
         "0",                                                                          \
         NULL,                                                                         \
         0,                                                                            \
         1e6,                                                                          \
         "periods that a multilateral index compares at once; 0: all"},                \
        {"splice",                                                                     \
         TFLOW_PARAMETER_CHOICE,                                                       \
         "mean",                                                                       \
         "movement|window|half|mean|window-published|half-published|mean-published",   \
         0,                                                                            \
         0,                                                                            \
         "how a later window is joined on"},                                           \
        TFLOW_I_PRICE_OF, TFLOW_I_PRICE_QUANTITY,                                      \
        {"outlier",                                                                    \
         TFLOW_PARAMETER_CHOICE,                                                       \
         "none",                                                                       \
         "none|mad|boxplot|quartile|ratio",                                            \
         0,                                                                            \
         0,                                                                            \
         "rule by which unit values are left out, among those of a product over "      \
         "time"},                                                                      \
        TFLOW_I_PRICE_CUT

#endif
