/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From flows to prices: values and quantities of the same cells, and the panels of
 * products and periods that indices are made of. */
#ifndef TFLOW_PRICE_DATA_OPS_H
#define TFLOW_PRICE_DATA_OPS_H

#include "op/select_args.h"
#include "tradeflow/price.h"

/* What a price is of, beside the keys of the call. */
enum { TFLOW_I_OF_PRODUCT = 1, TFLOW_I_OF_PARTNER = 2 };

typedef struct tflow_i_price_group {
    size_t series;   /* of the first product: its other keys are those of all */
    size_t first, n; /* products: positions in `member` */
} tflow_i_price_group;

typedef struct tflow_i_prices {
    tflow_i_cells value, quantity; /* by the same keys */
    size_t *twin;                  /* quantity series of each value series */
    uint8_t product_key[8];        /* keys that tell products apart, not groups */
    tflow_i_price_group *groups;
    size_t n_groups;
    size_t *member; /* value series, group by group */
} tflow_i_prices;

/* Values of input 0 and the quantities beside them. `of` says what has a price. */
tflow_status tflow_i_prices_open(const tflow_i_args *args, unsigned of,
                                 tflow_i_selection *selection, tflow_i_prices *prices,
                                 tflow_error *error);
void tflow_i_prices_close(tflow_i_prices *prices);

/* The quantity beside a cell of a value series, or NULL. */
const tflow_i_cell *tflow_i_quantity_of(const tflow_i_prices *prices, size_t series,
                                        tflow_period period);
/* The unit value of a cell; NaN with *reason where there is none. A sum some of whose
 * parts are missing on one side only has none. */
double tflow_i_unit_value_of(const tflow_i_cell *value, const tflow_i_cell *quantity,
                             const char **reason);

/* One group as a panel. */
typedef struct tflow_i_panel {
    tflow_price_panel view; /* prices and quantities, the outliers taken out */
    double *prices, *quantities;
    double *values; /* as the panel; NaN where there is no row or it is missing */
    tflow_period *periods;
    tflow_i_cell *total; /* of each period: value over all products, and its quality */
    double *priced;      /* of each period: the value that has a price */
    double *outlying;    /* of each period: the value of outliers */
    double *spare;       /* as many as the larger side of the panel, twice */
} tflow_i_panel;

/* rule NULL or "none": nothing is taken out. Outliers are among the unit values that a
 * product has over time. */
tflow_status tflow_i_panel_open(const tflow_i_prices *prices,
                                const tflow_i_price_group *group,
                                const tflow_i_selection *selection, const char *rule,
                                double cut, tflow_i_panel *panel, tflow_error *error);
void tflow_i_panel_close(tflow_i_panel *panel);

/* Columns of the keys of groups and of the period; and their cells, the number of which
 * is returned. */
tflow_status tflow_i_group_columns(tflow_builder *out, const tflow_i_prices *prices,
                                   tflow_error *error);
size_t tflow_i_group_cells(tflow_builder *out, const tflow_i_prices *prices,
                           size_t series, tflow_period period);

/* The cut of the call, or the usual one of the rule, which the recipe then names. */
tflow_status tflow_i_price_cut(const tflow_i_args *args, const char *rule, double *cut,
                               tflow_error *error);

/* Parameters that operations on prices share. */
#define TFLOW_I_PRICE_OF                                                               \
    {                                                                                  \
        "of", TFLOW_PARAMETER_CHOICE, "product", "product|partner|both", 0, 0,         \
            "what has a price: products, partners, or products by partner"             \
    }
#define TFLOW_I_PRICE_QUANTITY                                                         \
    {                                                                                  \
        "volume", TFLOW_PARAMETER_CHOICE, "auto", "auto|quantity|net_weight", 0, 0,    \
            "the column of quantities; auto: quantity if there is one, else "          \
            "net_weight"                                                               \
    }
#define TFLOW_I_PRICE_CUT                                                              \
    {                                                                                  \
        "cut", TFLOW_PARAMETER_REAL, NULL, NULL, 0, 1e300,                             \
            "score from which on it is an outlier; default 3.5, 1.5, 2.5 and 100"      \
    }

unsigned tflow_i_price_of(const tflow_i_args *args);

#endif
