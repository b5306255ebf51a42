/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file price.h
 * Unit values, price and volume indices, terms of trade, and the price and volume parts
 * of a change in value.
 *
 * A unit value stands for a price within one line of a classification; across lines
 * only an index is one. Indices are ratios, 1 where nothing changed, with no rounding.
 * Results that are not defined are NaN.
 */
#ifndef TRADEFLOW_PRICE_H
#define TRADEFLOW_PRICE_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The unit value of a flow.
 *
 *     u = value / quantity
 *
 * @param value     >= 0
 * @param quantity  >= 0, in one unit of measure
 * @param out       the unit value, in the unit of the value a unit of the quantity
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if the quantity is 0 and the value is not.
 *         TFLOW_UNDEFINED if both are 0, one is infinite, or the result is beyond the
 *         range of double.
 *         TFLOW_MISSING_VALUE if one is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_unit_value(double value, double quantity, double *out);

/**
 * How far each unit value lies from the others, by a named rule; it is an outlier where
 * the score is above the cut of the rule or below its negative.
 *
 *     mad       (ln u - median) / (1.4826 MAD), over logs; usual cut 3.5
 *     boxplot   distance of ln u beyond the nearer quartile over the distance of the
 *               quartiles, 0 between them; usual cut 1.5
 *     quartile  distance of ln u from the median over that of the quartile on its side;
 *               usual cut 2.5
 *     ratio     u / median u, or -(median u / u) below it; usual cut 100
 *
 * Quartiles are interpolated linearly between order statistics (Hyndman and Fan's type
 * 7).
 *
 * @param rule         "mad", "boxplot", "quartile" or "ratio"
 * @param unit_values  each > 0; NaN is left out, and its score is NaN
 * @param scratch      memory for unit_values.n numbers
 * @param out          unit_values.n scores
 * @param error        detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_TOO_FEW below three unit values.
 *         TFLOW_UNDEFINED if they do not spread, so that the rule says nothing, or one
 *         is infinite.
 *         TFLOW_EUNKNOWN if there is no such rule.
 *         TFLOW_EINVAL if a pointer is NULL or a unit value is not above 0.
 *         All of @p out is NaN unless the status is TFLOW_OK.
 *
 * Reference: Tukey (1977) for the box plot; Iglewicz and Hoaglin (1993) for the median
 * absolute deviation.
 */
TFLOW_API tflow_status tflow_unit_value_scores(const char *rule, tflow_vec unit_values,
                                               double *scratch, double *out,
                                               tflow_error *error);

/** The usual cut of a rule of tflow_unit_value_scores; NaN if there is no such rule. */
TFLOW_API double tflow_unit_value_cut(const char *rule);

/**
 * A price index between two periods, over the products that both have.
 *
 *     laspeyres    sum p1 q0 / sum p0 q0
 *     paasche      sum p1 q1 / sum p0 q1
 *     fisher       sqrt(laspeyres paasche)
 *     tornqvist    prod (p1/p0)^((s0 + s1)/2)
 *     walsh        sum p1 sqrt(q0 q1) / sum p0 sqrt(q0 q1)
 *     sato-vartia  prod (p1/p0)^w, w = L(s0, s1) / sum L(s0, s1)
 *     geary-khamis sum p1 h / sum p0 h, h = q0 q1/(q0 + q1)
 *
 * s is a product's share of the value of the period over the products that both have, L
 * the logarithmic mean. With prices and quantities changing places it is the quantity
 * index of that name.
 *
 * @param formula  one of the names
 * @param p0       prices of the first period, each >= 0
 * @param q0       its quantities, each >= 0
 * @param p1       prices of the second period
 * @param q1       its quantities
 * @param missing  SKIP leaves out a product with any of the four NaN: it is not in both
 *                 periods; ZERO is refused, because no price is 0 for want of one
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_NO_OVERLAP if no product is in both periods.
 *         TFLOW_ZERO_BASE if the sum below is 0 and the one above is not.
 *         TFLOW_UNDEFINED if both are 0, a price that a logarithm is taken of is 0, or
 *         a number is infinite or beyond the range of double.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if one is NaN, by the policy.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EUNKNOWN if there is no such formula.
 *         TFLOW_EINVAL if lengths differ, a pointer is NULL, or for ZERO.
 *
 * Reference: IMF and others, Producer Price Index Manual (2004), chapters 15 to 17;
 * Balk, Price and Quantity Index Numbers (2008).
 */
TFLOW_API tflow_status tflow_price_index(const char *formula, tflow_vec p0,
                                         tflow_vec q0, tflow_vec p1, tflow_vec q1,
                                         tflow_missing missing, double *out,
                                         tflow_error *error);

/** Prices and quantities by period and product: the number of product k in period t is
 * at t * n_products + k. Both NaN where a product has no price in a period. */
typedef struct tflow_price_panel {
    const double *prices;     /**< each >= 0, or NaN */
    const double *quantities; /**< each >= 0, or NaN */
    size_t n_products;
    size_t n_periods;
} tflow_price_panel;

/** How an index over more than two periods is made. Start from TFLOW_PRICE_OPTS_INIT;
 * NULL means just that. */
typedef struct tflow_price_opts {
    size_t size;         /**< sizeof(tflow_price_opts) */
    const char *formula; /**< a formula of tflow_price_index, or "geks" (of Fisher
                              indices), "geks-tornqvist", "time-product-dummy" (weighted
                              by shares of value) or "time-product-dummy-unweighted" */
    int chained;         /**< 1: each period against the one before, multiplied; not for
                              the methods that compare all periods */
    size_t base;         /**< the period that is 1, from 0 */
    size_t window;       /**< periods a multilateral index looks at together, 0: all */
    const char *splice;  /**< how a later window is joined on: "movement", "window",
                              "half", "mean", or the same on the published series,
                              "window-published", "half-published", "mean-published" */
} tflow_price_opts;

#define TFLOW_PRICE_OPTS_INIT                                                          \
    {                                                                                  \
        sizeof(tflow_price_opts), "fisher", 0, 0, 0, "mean"                            \
    }

/** Doubles of working memory that tflow_price_index_series needs for so many products
 * and periods; 0 if that is beyond size_t. */
TFLOW_API size_t tflow_price_index_work(size_t n_products, size_t n_periods);

/**
 * A price index over the periods of a panel.
 *
 * Direct: each period against the base. Chained: P_t = P_(t-1) P(t-1, t). Of all
 * periods at once, w of them in a window:
 *
 *     geks                ln P_t = 1/w sum_l (ln P(0, l) + ln P(l, t))
 *     geary-khamis        P_t = sum_k p_kt q_kt / sum_k b_k q_kt,
 *                         b_k = sum_t (p_kt/P_t) q_kt / sum_t q_kt
 *     time-product-dummy  ln p_kt = ln P_t + g_k, least squares
 *
 * Products are matched pair by pair of periods from the full sample. A splice joins
 * what the window that ends with t says on at a period s that both windows have:
 * t-1 (movement), the first (window), t - floor(w/2) (half), or the geometric mean
 * over all (mean). Published: P_t = P_s W_t/W_s, with W the new window; otherwise the
 * level at s is what the window before says: P_t = P_(t-1) (V_s/V_(t-1)) (W_t/W_s).
 *
 * @param panel  prices and quantities
 * @param opts   formula and conventions, or NULL
 * @param work   working memory, see tflow_price_index_work
 * @param out    n_periods indices; NaN where a period is not comparable
 * @param error  detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_NO_OVERLAP, TFLOW_ZERO_BASE, TFLOW_UNDEFINED: what kept the first
 *         period that has no index from having one; the others are there.
 *         TFLOW_TOO_FEW if there is no period.
 *         TFLOW_ENEGATIVE if a price or quantity is negative.
 *         TFLOW_EUNKNOWN if there is no such formula or splice.
 *         TFLOW_EINVAL if a pointer is NULL, the base is no period, the window is 1 or
 *         above the number of periods, or a multilateral formula is to be chained.
 *
 * Reference: Gini (1931), Eltetö and Köves (1964) and Szulc (1964) for GEKS; Geary
 * (1958) and Khamis (1972); Krsinich (2016) for the window splice, Chessa (2019) for
 * splices on the published series.
 */
TFLOW_API tflow_status tflow_price_index_series(const tflow_price_panel *panel,
                                                const tflow_price_opts *opts,
                                                double *work, double *out,
                                                tflow_error *error);

/**
 * A volume index: what of a change in value a price index does not explain.
 *
 *     Q = (value_to / value_from) / price_index
 *
 * @param value_from   > 0
 * @param value_to     >= 0
 * @param price_index  > 0
 * @param out          the index
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p value_from or @p price_index is 0.
 *         TFLOW_UNDEFINED if one is infinite or the result is beyond the range of
 *         double.
 *         TFLOW_MISSING_VALUE if one is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_volume_index(double value_from, double value_to,
                                          double price_index, double *out);

/**
 * Net barter terms of trade.
 *
 *     N = 100 export_price / import_price
 *
 * @param export_price  price index of exports, >= 0
 * @param import_price  price index of imports, of the same base, > 0
 * @param out           100 at the base
 *
 * @return TFLOW_OK, and as tflow_share for other numbers.
 */
TFLOW_API tflow_status tflow_terms_of_trade(double export_price, double import_price,
                                            double *out);

/**
 * Income terms of trade, the purchasing power of exports.
 *
 *     I = 100 value_index / import_price
 *
 * The barter terms of trade times the volume index of exports.
 *
 * @param value_index   value index of exports, 1 at the base, >= 0
 * @param import_price  price index of imports, of the same base, > 0
 * @param out           100 at the base
 *
 * @return TFLOW_OK, and as tflow_share for other numbers.
 */
TFLOW_API tflow_status tflow_income_terms_of_trade(double value_index,
                                                   double import_price, double *out);

/** The parts of a change in value; they add up to it. */
typedef struct tflow_bennet_parts {
    double change; /**< sum p1 q1 - sum p0 q0 */
    double price;  /**< sum 1/2 (q0 + q1)(p1 - p0), over products in both periods */
    double volume; /**< sum 1/2 (p0 + p1)(q1 - q0), over the same */
    double entry;  /**< value of products that only the second period has */
    double exit;   /**< value of those that only the first has, as a negative number */
} tflow_bennet_parts;

/**
 * Bennet's decomposition of a change in value into price and volume.
 *
 * A product that is not traded in a period has price and quantity NaN there; its value
 * in the other one is entry or exit, because it has no change of price.
 *
 * @param p0     prices of the first period, each >= 0
 * @param q0     its quantities, each >= 0
 * @param p1     prices of the second period
 * @param q1     its quantities
 * @param out    the parts
 * @param error  detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_TOO_FEW if there is no product.
 *         TFLOW_UNDEFINED if a number is infinite or a part beyond the range of double.
 *         TFLOW_MISSING_VALUE if a product has a price without a quantity, or the other
 *         way round, in a period.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if lengths differ or a pointer is NULL.
 *         All parts are NaN unless the status is TFLOW_OK.
 *
 * Reference: Bennet (1920).
 */
TFLOW_API tflow_status tflow_bennet(tflow_vec p0, tflow_vec q0, tflow_vec p1,
                                    tflow_vec q1, tflow_bennet_parts *out,
                                    tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
