/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file advantage.h
 * Revealed comparative advantage: what a country trades more of than its size and the
 * world's trade in the product would lead one to expect.
 *
 * The measures are of four levels of one flow in one period:
 *
 *     value    x   what the country trades of the product
 *     country  X   what it trades of all products
 *     product  P   what the world trades of the product
 *     world    W   what the world trades of all products
 *
 * Who the world is, is the caller's choice, and changes every number: all countries
 * with or without the one looked at, or some of them. All measures are for exports and
 * for imports alike, where nothing else is said.
 *
 * A status means the same throughout: TFLOW_ENEGATIVE, a level is negative;
 * TFLOW_MISSING_VALUE, one is NaN; TFLOW_UNDEFINED, one is infinite, nothing is divided
 * by nothing or the result is beyond the range of double; TFLOW_ZERO_BASE, something is
 * divided by nothing; TFLOW_EINVAL, @p out is NULL. @p out is then NaN.
 */
#ifndef TRADEFLOW_ADVANTAGE_H
#define TRADEFLOW_ADVANTAGE_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Balassa's index of revealed comparative advantage.
 *
 *     RCA = (x / X) / (P / W),  from 0 to W / X, neutral at 1
 *
 * Also known as the location quotient. Its upper end depends on the country's size.
 *
 * @param value    x, >= 0
 * @param country  X, >= 0
 * @param product  P, >= 0
 * @param world    W, >= 0
 * @param out      the index
 *
 * @return TFLOW_OK, TFLOW_ZERO_BASE, TFLOW_UNDEFINED, TFLOW_MISSING_VALUE,
 *         TFLOW_ENEGATIVE, TFLOW_EINVAL.
 *
 * Reference: Balassa (1965), Trade Liberalisation and "Revealed" Comparative Advantage.
 */
TFLOW_API tflow_status tflow_rca_balassa(double value, double country, double product,
                                         double world, double *out);

/**
 * Symmetric revealed comparative advantage.
 *
 *     RSCA = (RCA - 1) / (RCA + 1),  from -1 to 1, neutral at 0
 *
 * The R package econophysics calls this nrca.
 *
 * @param rca  Balassa's index, >= 0
 * @param out  the index
 *
 * @return TFLOW_OK, TFLOW_UNDEFINED, TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE,
 *         TFLOW_EINVAL.
 *
 * Reference: Laursen (1998), Revealed Comparative Advantage and the Alternatives as
 * Measures of International Specialisation; Dalum, Laursen and Villumsen (1998).
 */
TFLOW_API tflow_status tflow_rca_symmetric(double rca, double *out);

/**
 * Normalised revealed comparative advantage.
 *
 *     NRCA = x / W - X P / W^2,  from -1/4 to 1/4, neutral at 0
 *
 * Sums to 0 over the products of a country and over the countries of a product, when
 * the world is all of them. Small numbers: many who print it multiply by 10,000.
 *
 * @param value    x, >= 0
 * @param country  X, >= 0
 * @param product  P, >= 0
 * @param world    W, >= 0
 * @param out      the index
 *
 * @return as tflow_rca_balassa; a product that nobody trades has 0.
 *
 * Reference: Yu, Cai and Leung (2009), The normalized revealed comparative advantage
 * index.
 */
TFLOW_API tflow_status tflow_rca_normalised(double value, double country,
                                            double product, double world, double *out);

/**
 * Additive revealed comparative advantage.
 *
 *     ARCA = x / X - P / W,  from -1 to 1, neutral at 0
 *
 * Sums to 0 over the products of a country.
 *
 * @param value    x, >= 0
 * @param country  X, >= 0
 * @param product  P, >= 0
 * @param world    W, >= 0
 * @param out      the index
 *
 * @return as tflow_rca_balassa; a product that nobody trades has 0.
 *
 * Reference: Hoen and Oosterhaven (2006), On the measurement of comparative advantage.
 */
TFLOW_API tflow_status tflow_rca_additive(double value, double country, double product,
                                          double world, double *out);

/**
 * Weighted revealed comparative advantage: Balassa's index over its mean.
 *
 *     WRCA = RCA / mean over the products of the country's RCA,  >= 0
 *
 * The mean of the country's products is then 1. The mean is over every product of the
 * world, those included that the country does not trade.
 *
 * @param rca   Balassa's index of the product, >= 0
 * @param mean  the mean of Balassa's index over the products of the country, >= 0
 * @param out   the index
 *
 * @return TFLOW_OK, TFLOW_ZERO_BASE, TFLOW_UNDEFINED, TFLOW_MISSING_VALUE,
 *         TFLOW_ENEGATIVE, TFLOW_EINVAL.
 *
 * Reference: Proudman and Redding (2000), Evolving Patterns of International Trade.
 */
TFLOW_API tflow_status tflow_rca_weighted(double rca, double mean, double *out);

/**
 * Share in the world's trade of a product, over the share in its population.
 *
 *     RPOP = (x / P) / (n / N),  >= 0, neutral at 1
 *
 * @param value             x, >= 0
 * @param product           P, >= 0
 * @param population        n, >= 0
 * @param world_population  N, >= 0, of the same world as @p product
 * @param out               the index
 *
 * @return as tflow_rca_balassa.
 */
TFLOW_API tflow_status tflow_rca_per_capita(double value, double product,
                                            double population, double world_population,
                                            double *out);

/**
 * Vollrath's relative advantage: the country and the product left out of what they are
 * held against, so that nothing is counted twice.
 *
 *     (x / (X - x)) / ((P - x) / (W - X - (P - x))),  >= 0, neutral at 1
 *
 * Of exports it is his RXA, of imports his RMA. The world includes the country here;
 * the function takes it out.
 *
 * @param value    x, >= 0
 * @param country  X, >= x
 * @param product  P, >= x
 * @param world    W, >= X + P - x
 * @param out      the index
 *
 * @return as tflow_rca_balassa.
 *         TFLOW_ZERO_BASE where the country trades nothing but the product or is alone
 *         in trading it.
 *         TFLOW_UNDEFINED also if a level is less than what it contains.
 *
 * Reference: Vollrath (1991), A Theoretical Evaluation of Alternative Trade Intensity
 * Measures of Revealed Comparative Advantage.
 */
TFLOW_API tflow_status tflow_rca_vollrath(double value, double country, double product,
                                          double world, double *out);

/**
 * Vollrath's relative trade advantage.
 *
 *     RTA = RXA - RMA,  neutral at 0
 *
 * @param rxa  relative advantage of exports, >= 0
 * @param rma  relative advantage of imports, >= 0
 * @param out  the index
 *
 * @return TFLOW_OK, TFLOW_UNDEFINED, TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE,
 *         TFLOW_EINVAL.
 *
 * Reference: Vollrath (1991).
 */
TFLOW_API tflow_status tflow_trade_advantage_vollrath(double rxa, double rma,
                                                      double *out);

/**
 * Vollrath's revealed competitiveness.
 *
 *     RC = ln RXA - ln RMA,  neutral at 0
 *
 * @param rxa  relative advantage of exports, >= 0
 * @param rma  relative advantage of imports, >= 0
 * @param out  the index
 *
 * @return as tflow_trade_advantage_vollrath.
 *         TFLOW_UNDEFINED also if one is 0.
 *
 * Reference: Vollrath (1991).
 */
TFLOW_API tflow_status tflow_competitiveness_vollrath(double rxa, double rma,
                                                      double *out);

/**
 * Lafay's index of specialisation.
 *
 *     LFI = 100 [(x - m)/(x + m) - (X - M)/(X + M)] (x + m)/(X + M)
 *
 * From -50 to 50, neutral at 0; sums to 0 over the products of a country. Lafay's
 * contribution to the trade balance is over GDP instead and is another number.
 *
 * @param exports        x, >= 0
 * @param imports        m, >= 0
 * @param total_exports  X, of all products, >= 0
 * @param total_imports  M, of all products, >= 0
 * @param out            the index
 *
 * @return TFLOW_OK, TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 *         TFLOW_UNDEFINED also if the product is not traded.
 *         TFLOW_ZERO_BASE if it is and all products together are not.
 *
 * Reference: Lafay (1992), The measurement of revealed comparative advantages.
 */
TFLOW_API tflow_status tflow_lafay(double exports, double imports, double total_exports,
                                   double total_imports, double *out);

/**
 * Michaely's index: the share in exports less the share in imports.
 *
 *     x / X - m / M,  from -1 to 1, neutral at 0
 *
 * Sums to 0 over the products of a country.
 *
 * @param exports        x, >= 0
 * @param imports        m, >= 0
 * @param total_exports  X, of all products, >= 0
 * @param total_imports  M, of all products, >= 0
 * @param out            the index
 *
 * @return as tflow_rca_balassa.
 *
 * Reference: Laursen (1998), Revealed Comparative Advantage and the Alternatives as
 * Measures of International Specialisation, on Michaely's index.
 */
TFLOW_API tflow_status tflow_michaely(double exports, double imports,
                                      double total_exports, double total_imports,
                                      double *out);

/** Whether an index that is just as large as the threshold counts. */
typedef enum tflow_threshold {
    TFLOW_THRESHOLD_AT_LEAST = 0, /**< it does: >= */
    TFLOW_THRESHOLD_ABOVE = 1     /**< it does not: > */
} tflow_threshold;

/**
 * Whether there is an advantage.
 *
 *     1 if the index reaches the threshold, else 0
 *
 * economiccomplexity and py-ecomplexity take >= 1, Stata's ecomplexity and comtrade's
 * ct_rca take > 1.
 *
 * @param rca        an index
 * @param threshold  its neutral value, finite
 * @param rule       >= or >
 * @param out        1 or 0
 *
 * @return TFLOW_OK, TFLOW_UNDEFINED, TFLOW_MISSING_VALUE, TFLOW_EINVAL.
 */
TFLOW_API tflow_status tflow_rca_presence(double rca, double threshold,
                                          tflow_threshold rule, double *out);

/** How a country's trade in a product moved beside the world's. */
typedef enum tflow_rca_movement {
    TFLOW_RCA_MOVEMENT_NONE = 0,               /**< on a border, or not known */
    TFLOW_RCA_MOVEMENT_RISING_STAR = 1,        /**< share up, more than world's up */
    TFLOW_RCA_MOVEMENT_FALLING_STAR = 2,       /**< share up, world's down */
    TFLOW_RCA_MOVEMENT_LAGGING_RETREAT = 3,    /**< share down, less than world's */
    TFLOW_RCA_MOVEMENT_LOST_OPPORTUNITY = 4,   /**< share down, world's up */
    TFLOW_RCA_MOVEMENT_LEADING_RETREAT = 5,    /**< share down, more than world's */
    TFLOW_RCA_MOVEMENT_LAGGING_OPPORTUNITY = 6 /**< share up, less than world's up */
} tflow_rca_movement;

/** The words for a movement, such as "rising star"; "" for none. */
TFLOW_API const char *tflow_rca_movement_name(tflow_rca_movement movement);

/**
 * Dynamic revealed comparative advantage: how much faster a product's share in the
 * country's trade grew than its share in the world's, and what that makes of it.
 *
 *     D = s1 / s0 - w1 / w0,  s = x / X, w = P / W
 *
 * Balassa's index rose when D > 0. The movement is one of six by the signs of D, of
 * s1 - s0 and of w1 - w0; where one of them is 0 it is none.
 *
 * @param share_before  s0, >= 0
 * @param share_after   s1, >= 0
 * @param world_before  w0, >= 0
 * @param world_after   w1, >= 0
 * @param out           D
 * @param movement      one of six; NULL if not wanted
 *
 * @return TFLOW_OK, TFLOW_UNDEFINED, TFLOW_MISSING_VALUE, TFLOW_ENEGATIVE,
 *         TFLOW_EINVAL.
 *         TFLOW_ZERO_BASE if a share was 0 before.
 */
TFLOW_API tflow_status tflow_rca_dynamic(double share_before, double share_after,
                                         double world_before, double world_after,
                                         double *out, tflow_rca_movement *movement);

#ifdef __cplusplus
}
#endif

#endif
