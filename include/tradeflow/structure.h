/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file structure.h
 * What trade is made of and where it goes: similarity, complementarity, intensity,
 * introversion, openness, balance and sophistication.
 *
 * Vectors hold one line a product (or partner), in the same order in all vectors of a
 * call. Missing lines are treated as everywhere: with PROPAGATE the result is missing
 * too; with SKIP a line of which one side is missing is left out of all and the status
 * is TFLOW_LOWER_BOUND; with ZERO the side is 0; with FAIL it is TFLOW_EMISSING.
 */
#ifndef TRADEFLOW_STRUCTURE_H
#define TRADEFLOW_STRUCTURE_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Similarity of two structures by Finger and Kreinin: what their shares have in common.
 *
 *     S = sum_k min(a_k / A, b_k / B),  A = sum a, B = sum b,  from 0 to 1
 *
 * 1 - S is half the sum of the absolute differences of the shares.
 *
 * @param a        lines of the one, each >= 0
 * @param b        lines of the other, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_UNDEFINED if one of the two trades nothing, or a line is infinite.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if a line is missing, by the policy.
 *         TFLOW_ENEGATIVE if a line is negative.
 *         TFLOW_EINVAL if @p out is NULL, a vector has no data, they differ in length,
 *         or the policy is outside its domain.
 *
 * Reference: Finger and Kreinin (1979), A Measure of 'Export Similarity' and Its
 * Possible Uses, Economic Journal 89(356), 905-912.
 */
TFLOW_API tflow_status tflow_similarity_finger_kreinin(tflow_vec a, tflow_vec b,
                                                       tflow_missing missing,
                                                       double *out, tflow_error *error);

/**
 * Similarity of two structures as the cosine of the angle between them.
 *
 *     sum_k a_k b_k / (sqrt(sum a^2) sqrt(sum b^2)),  from 0 to 1
 *
 * @param a        lines of the one, each >= 0
 * @param b        lines of the other, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the cosine
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_similarity_finger_kreinin.
 */
TFLOW_API tflow_status tflow_similarity_cosine(tflow_vec a, tflow_vec b,
                                               tflow_missing missing, double *out,
                                               tflow_error *error);

/**
 * Similarity of two structures as the correlation of their logarithmic advantages.
 *
 *     corr(ln(rca_a + epsilon), ln(rca_b + epsilon)),  from -1 to 1
 *
 * The offset lets products in that are not exported at all; the result depends on it.
 * Bahar, Hausmann and Hidalgo have 0.1.
 *
 * @param rca_a    Balassa's index of the one, each >= 0
 * @param rca_b    of the other, each >= 0
 * @param epsilon  offset, > 0
 * @param missing  what to do with missing lines
 * @param out      the correlation
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_TOO_FEW if there are fewer than two lines.
 *         TFLOW_UNDEFINED if one of the two is the same in all lines, or a line is
 *         infinite.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if a line is missing, by the policy.
 *         TFLOW_ENEGATIVE if a line is negative.
 *         TFLOW_EINVAL if @p out is NULL, a vector has no data, they differ in length,
 *         or the offset or the policy is outside its domain.
 *
 * Reference: Bahar, Hausmann and Hidalgo (2014), Neighbors and the evolution of the
 * comparative advantage of nations, Journal of International Economics 92(1), 111-123.
 */
TFLOW_API tflow_status tflow_similarity_log_rca(tflow_vec rca_a, tflow_vec rca_b,
                                                double epsilon, tflow_missing missing,
                                                double *out, tflow_error *error);

/**
 * Michaely's complementarity: how far what one exports is what the other imports.
 *
 *     C = 1 - 1/2 sum_k |m_k / M - x_k / X|,  from 0 to 1
 *
 * Often given times 100.
 *
 * @param exports  x, of the one, each >= 0
 * @param imports  m, of the other, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_similarity_finger_kreinin.
 *
 * Reference: Michaely (1996), Trade Preferential Agreements in Latin America: An
 * Ex-Ante Assessment, World Bank Policy Research Working Paper 1583.
 */
TFLOW_API tflow_status tflow_complementarity_michaely(tflow_vec exports,
                                                      tflow_vec imports,
                                                      tflow_missing missing,
                                                      double *out, tflow_error *error);

/**
 * Drysdale's complementarity: exports of the one held against imports of the other, a
 * product weighing the more the less the world trades of it.
 *
 *     C = sum_k (x_k / X) (m_k / M) / (w_k / W),  >= 0
 *
 * 1 where either has the structure of the world. Lines that neither exports nor imports
 * nor the world trades take no part.
 *
 * @param exports  x, of the one, each >= 0
 * @param imports  m, of the other, each >= 0
 * @param world    w, imports of the world, by custom without the exporter's, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_similarity_finger_kreinin.
 *         TFLOW_ZERO_BASE if both trade a product that the world does not.
 *
 * Reference: Drysdale and Garnaut (1982), Trade Intensities and the Analysis of
 * Bilateral Trade Flows in a Many-Country World: A Survey, Hitotsubashi Journal of
 * Economics 22(2), 62-84.
 */
TFLOW_API tflow_status tflow_complementarity_drysdale(tflow_vec exports,
                                                      tflow_vec imports,
                                                      tflow_vec world,
                                                      tflow_missing missing,
                                                      double *out, tflow_error *error);

/**
 * Trade intensity: the partner's share in the reporter's trade over its share in the
 * world's.
 *
 *     I = (x_ij / X_i) / (M_j / W),  >= 0; neutral 1
 *
 * Which world it is decides the number: all of it, without what the reporter itself
 * buys (W - M_i, so that neutral is 1 for a large country too), or without what is
 * traded inside a bloc. With i = j a bloc this is its intra-regional intensity.
 *
 * @param flow           x_ij, >= 0
 * @param total          X_i, all that the reporter trades, >= 0
 * @param partner_total  M_j, what the world trades with the partner, >= 0
 * @param world          W, >= 0
 * @param out            the intensity
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if the world trades nothing with the partner but the reporter
 *         does.
 *         TFLOW_UNDEFINED if @p total or @p world is 0, all is 0, a number is infinite
 *         or the result beyond the range of double.
 *         TFLOW_MISSING_VALUE if a number is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL.
 *
 * Reference: Kojima (1964), The Pattern of International Trade among Advanced
 * Countries, Hitotsubashi Journal of Economics 5(1), 16-36; Drysdale and Garnaut (1982)
 * on the forms.
 */
TFLOW_API tflow_status tflow_trade_intensity(double flow, double total,
                                             double partner_total, double world,
                                             double *out);

/**
 * The intra-regional share of trade.
 *
 *     S = inside / total,  from 0 to 1
 *
 * @param inside  trade among the members of a bloc, >= 0
 * @param total   all trade of the bloc in the same direction or directions, >= 0
 * @param out     the share
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if the bloc trades nothing or a number is infinite.
 *         TFLOW_MISSING_VALUE if a number is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL or @p inside is larger than @p total.
 */
TFLOW_API tflow_status tflow_intra_regional_share(double inside, double total,
                                                  double *out);

/** The indices of introversion. */
typedef struct tflow_introversion {
    double intra;     /**< HI, homogeneous intra-regional intensity */
    double extra;     /**< HE, homogeneous extra-regional intensity */
    double symmetric; /**< STI, from -1 (all outside) over 0 (neutral) to 1 */
} tflow_introversion;

/**
 * The symmetric introversion index of a bloc.
 *
 *     HI = S / V,  HE = (1 - S) / (1 - V),  STI = (HI - HE) / (HI + HE)
 *
 * @param share    S, the intra-regional share of the bloc's trade, from 0 to 1
 * @param outside  V, the bloc's share in the trade of outsiders, from 0 to 1
 * @param out      the indices; HI or HE may be missing where STI is not
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p outside is 0 or 1; all is NaN.
 *         TFLOW_MISSING_VALUE if a share is NaN.
 *         TFLOW_EINVAL if @p out is NULL or a share is outside 0 to 1.
 *
 * Reference: Iapadre (2006), Regional Integration Agreements and the Geography of World
 * Trade: Statistical Indicators and Empirical Evidence, in De Lombaerde (ed.),
 * Assessment and Measurement of Regional Integration, Routledge.
 */
TFLOW_API tflow_status tflow_trade_introversion(double share, double outside,
                                                tflow_introversion *out);

/**
 * Openness as the sum of both flows over GDP.
 *
 *     (x + m) / gdp,  >= 0
 *
 * @param exports  x, >= 0
 * @param imports  m, >= 0
 * @param gdp      in the unit of the flows, > 0
 * @param out      the ratio
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p gdp is 0.
 *         TFLOW_UNDEFINED if a number is infinite or the result beyond the range of
 *         double.
 *         TFLOW_MISSING_VALUE if a number is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_openness_sum(double exports, double imports, double gdp,
                                          double *out);

/**
 * Openness as the mean of both flows over GDP, half of tflow_openness_sum.
 *
 *     1/2 (x + m) / gdp,  >= 0
 *
 * @param exports  x, >= 0
 * @param imports  m, >= 0
 * @param gdp      in the unit of the flows, > 0
 * @param out      the ratio
 *
 * @return as tflow_openness_sum.
 */
TFLOW_API tflow_status tflow_openness_mean(double exports, double imports, double gdp,
                                           double *out);

/**
 * The balance of trade.
 *
 *     x - m
 *
 * @param exports  x, >= 0
 * @param imports  m, >= 0
 * @param out      the balance, > 0 for a surplus
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if a number is infinite.
 *         TFLOW_MISSING_VALUE if one is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_trade_balance(double exports, double imports, double *out);

/**
 * The balance of trade over all trade.
 *
 *     (x - m) / (x + m),  from -1 to 1
 *
 * @param exports  x, >= 0
 * @param imports  m, >= 0
 * @param out      the normalised balance
 *
 * @return as tflow_trade_balance.
 *         TFLOW_UNDEFINED also if nothing is traded.
 */
TFLOW_API tflow_status tflow_trade_balance_normalised(double exports, double imports,
                                                      double *out);

/**
 * The coverage of imports by exports.
 *
 *     x / m,  >= 0
 *
 * @param exports  x, >= 0
 * @param imports  m, >= 0
 * @param out      the ratio
 *
 * @return as tflow_trade_balance.
 *         TFLOW_ZERO_BASE if nothing is imported.
 *         TFLOW_UNDEFINED also if nothing is traded or the result is beyond the range
 *         of double.
 */
TFLOW_API tflow_status tflow_coverage_ratio(double exports, double imports,
                                            double *out);

/**
 * The income level of a product: the mean income of those who export it, weighted by
 * how much of their exports it is.
 *
 *     PRODY = sum_c s_c y_c / sum_c s_c
 *
 * The weights may be shares of the product in each country's exports or Balassa's
 * indices, which are in proportion to them: the result is the same.
 *
 * @param shares   s, one line a country, each >= 0
 * @param incomes  y, income a head of each country, each >= 0
 * @param missing  what to do with countries of which one of the two is missing
 * @param out      the income level, in the unit of the incomes
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_similarity_finger_kreinin.
 *         TFLOW_UNDEFINED if nobody exports the product, or a number is infinite.
 *
 * Reference: Hausmann, Hwang and Rodrik (2007), What You Export Matters, Journal of
 * Economic Growth 12(1), 1-25.
 */
TFLOW_API tflow_status tflow_prody(tflow_vec shares, tflow_vec incomes,
                                   tflow_missing missing, double *out,
                                   tflow_error *error);

/**
 * The income level of a country's exports.
 *
 *     EXPY = sum_k x_k prody_k / sum_k x_k
 *
 * @param exports  x, one line a product, each >= 0
 * @param prody    income levels of the products, each >= 0
 * @param missing  what to do with products of which one of the two is missing
 * @param out      the income level, in the unit of @p prody
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_prody.
 *
 * Reference: Hausmann, Hwang and Rodrik (2007).
 */
TFLOW_API tflow_status tflow_expy(tflow_vec exports, tflow_vec prody,
                                  tflow_missing missing, double *out,
                                  tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
