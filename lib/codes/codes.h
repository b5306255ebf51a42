/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Areas, groups and product codes, for the reader and the selection. */
#ifndef TFLOW_CODES_CODES_H
#define TFLOW_CODES_CODES_H

#include "core/core.h"
#include "tradeflow/codes.h"

/* The area of a Schedule C code of the US Census ("5700" is China, "0015" the World,
 * "-" all countries). Census files must be resolved by code: two codes may carry one
 * name (7320 and 7321 are Sudan, with and without the South), and its "North America"
 * is not the World Bank's. TFLOW_EUNKNOWN where the code is not known: then go by name.
 */
tflow_status tflow_i_area_schedule_c(const char *code, size_t n, tflow_area *out,
                                     tflow_error *error);

/* ---- product codes (product.c) ---- */

typedef struct tflow_i_product {
    int level;    /* digits of an HS or SITC code; 0 for the total; -1 if neither */
    int is_total; /* all products together */
    int special;  /* not classified by kind: 99, 9999, 999999, 99999999 ... */
    size_t n;     /* bytes of the code itself: 5 of "TOTAL-Total", 4 of "8542" */
} tflow_i_product;

/* What a product text is: a code ("0102", "85.42", "TOTAL"), a code with its label
 * ("8542-Electronic integrated circuits"), or the label of a total ("All Commodities").
 * Leading zeros count: "01" and "1" are levels 2 and 1. */
tflow_i_product tflow_i_product_classify(const char *text, size_t n);
/* Whether code lies under prefix, itself included; points in either are passed over.
 * Nothing but a total lies under a total, and no total lies under anything else. */
int tflow_i_product_under(const char *code, size_t code_n, const char *prefix,
                          size_t prefix_n);

#endif
