/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A price index as the parameters of a call ask for it. */
#ifndef TFLOW_PRICE_INDEX_OPS_H
#define TFLOW_PRICE_INDEX_OPS_H

#include "price/data_ops.h"

typedef struct tflow_i_index {
    tflow_i_panel panel;
    double *level;        /* of each period, 1 at the base */
    size_t base;          /* position of the base; SIZE_MAX: no row there */
    tflow_i_cell at_base; /* the value at the base, and its quality */
    tflow_status status;  /* why a period has none */
} tflow_i_index;

tflow_status tflow_i_index_open(const tflow_i_args *args, const tflow_i_prices *prices,
                                const tflow_i_price_group *group,
                                const tflow_i_selection *selection,
                                tflow_i_index *index, tflow_error *error);
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
