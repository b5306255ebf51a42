/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernels of prices share. */
#ifndef TFLOW_PRICE_PRICE_H
#define TFLOW_PRICE_PRICE_H

#include "core/core.h"
#include "tradeflow/price.h"

typedef enum tflow_i_formula {
    TFLOW_I_LASPEYRES,
    TFLOW_I_PAASCHE,
    TFLOW_I_FISHER,
    TFLOW_I_TORNQVIST,
    TFLOW_I_WALSH,
    TFLOW_I_SATO_VARTIA,
    TFLOW_I_GEARY_KHAMIS,
    TFLOW_I_GEKS, /* from here on: of all periods at once, as is Geary-Khamis there */
    TFLOW_I_GEKS_TORNQVIST,
    TFLOW_I_TIME_PRODUCT,
    TFLOW_I_TIME_PRODUCT_UNWEIGHTED,
    TFLOW_I_NO_FORMULA
} tflow_i_formula;

tflow_i_formula tflow_i_formula_of(const char *name);

/* Prices and quantities of two periods. */
typedef struct tflow_i_two_periods {
    tflow_vec p0, q0, p1, q1;
} tflow_i_two_periods;

/* The index over the products with all four numbers, which are not negative. */
tflow_status tflow_i_price_pair(tflow_i_formula formula, const tflow_i_two_periods *two,
                                double *out);

/* Levels of the periods first..first+n of a panel, the first one 1, by a formula that
 * looks at all of them; NaN where there is none. work: n*n + 3n doubles. The status is
 * the worst thing that a period met. */
tflow_status tflow_i_price_window(tflow_i_formula formula,
                                  const tflow_price_panel *panel, size_t first,
                                  size_t n, double *work, double *out);

/* A ratio, never infinite: *out is NaN when it is not one. */
tflow_status tflow_i_price_ratio(double above, double below, double *out);

static inline tflow_vec tflow_i_panel_row(const double *data,
                                          const tflow_price_panel *panel, size_t t)
{
    return tflow_vec_of(data + t * panel->n_products, panel->n_products);
}

#endif
