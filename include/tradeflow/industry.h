/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file industry.h
 * Intra-industry trade: exports and imports of the same products.
 *
 * Vectors hold a product a line: exports in one, imports in the other. All of it
 * depends on how fine the products are: the coarser, the more trade is of the same
 * product. Missing lines are treated as everywhere: with PROPAGATE the result is
 * missing too; with SKIP a product of which one side is missing is left out of both and
 * the status is TFLOW_LOWER_BOUND; with ZERO the side is 0; with FAIL it is
 * TFLOW_EMISSING.
 */
#ifndef TRADEFLOW_INDUSTRY_H
#define TRADEFLOW_INDUSTRY_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The Grubel-Lloyd index of one product.
 *
 *     GL = 1 - |x - m| / (x + m),  from 0 (one way) to 1 (x = m)
 *
 * @param exports  x, >= 0
 * @param imports  m, >= 0
 * @param out      the index
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if both are 0 or one is infinite.
 *         TFLOW_MISSING_VALUE if one is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL.
 *
 * Reference: Grubel and Lloyd (1975), Intra-Industry Trade.
 */
TFLOW_API tflow_status tflow_grubel_lloyd(double exports, double imports, double *out);

/**
 * The Grubel-Lloyd index of all products together.
 *
 *     1 - sum |x - m| / sum (x + m)
 *
 * The mean of the indices of the products, weighted by their trade.
 *
 * @param exports  x, each >= 0
 * @param imports  m, as long, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND, TFLOW_MISSING_VALUE, TFLOW_EMISSING,
 *         TFLOW_ENEGATIVE.
 *         TFLOW_UNDEFINED if nothing is traded or a line is infinite.
 *         TFLOW_EINVAL if @p out is NULL, a vector has no data or they differ in
 *         length, or the policy is outside its domain.
 */
TFLOW_API tflow_status tflow_grubel_lloyd_aggregate(tflow_vec exports,
                                                    tflow_vec imports,
                                                    tflow_missing missing, double *out,
                                                    tflow_error *error);

/**
 * The Grubel-Lloyd index corrected for the balance of trade.
 *
 *     (sum (x + m) - sum |x - m|) / (sum (x + m) - |sum x - sum m|)
 *
 * @param exports  x, each >= 0
 * @param imports  m, as long, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index, from 0 to 1
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_grubel_lloyd_aggregate.
 *         TFLOW_UNDEFINED also if there are exports alone or imports alone.
 *
 * Reference: Grubel and Lloyd (1975), Intra-Industry Trade.
 */
TFLOW_API tflow_status tflow_grubel_lloyd_corrected(tflow_vec exports,
                                                    tflow_vec imports,
                                                    tflow_missing missing, double *out,
                                                    tflow_error *error);

/**
 * Aquino's index: exports and imports scaled to equal totals first.
 *
 *     1 - sum |x / X - m / M| / 2,  X = sum x, M = sum m
 *
 * @param exports  x, each >= 0
 * @param imports  m, as long, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index, from 0 to 1
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_grubel_lloyd_corrected.
 *
 * Reference: Aquino (1978), Intra-Industry Trade and Inter-Industry Specialization as
 * Concurrent Sources of International Trade in Manufactures.
 */
TFLOW_API tflow_status tflow_aquino(tflow_vec exports, tflow_vec imports,
                                    tflow_missing missing, double *out,
                                    tflow_error *error);

/**
 * Bruelhart's marginal intra-industry trade of one product: how far exports and imports
 * changed together.
 *
 *     A = 1 - |dx - dm| / (|dx| + |dm|),  from 0 (against each other) to 1 (dx = dm)
 *
 * @param change_in_exports  dx, of either sign
 * @param change_in_imports  dm, of either sign
 * @param out                the index
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if neither changed or one is infinite.
 *         TFLOW_MISSING_VALUE if one is NaN.
 *         TFLOW_EINVAL if @p out is NULL.
 *
 * Reference: Bruelhart (1994), Marginal Intra-Industry Trade: Measurement and Relevance
 * for the Pattern of Industrial Adjustment.
 */
TFLOW_API tflow_status tflow_marginal_iit(double change_in_exports,
                                          double change_in_imports, double *out);

/**
 * Marginal intra-industry trade of all products together.
 *
 *     1 - sum |dx - dm| / sum (|dx| + |dm|)
 *
 * The mean of the indices of the products, weighted by |dx| + |dm|.
 *
 * @param change_in_exports  dx, of either sign
 * @param change_in_imports  dm, as long, of either sign
 * @param missing            what to do with missing lines
 * @param out                the index
 * @param error              detail of a failure, or NULL
 *
 * @return as tflow_grubel_lloyd_aggregate, but never TFLOW_ENEGATIVE.
 */
TFLOW_API tflow_status tflow_marginal_iit_aggregate(tflow_vec change_in_exports,
                                                    tflow_vec change_in_imports,
                                                    tflow_missing missing, double *out,
                                                    tflow_error *error);

/**
 * How far trade in a product goes both ways: the lesser flow over the greater.
 *
 *     min(x, m) / max(x, m),  from 0 to 1
 *
 * Fontagne and Freudenberg call trade two-way from 0.1 on.
 *
 * @param exports  x, >= 0
 * @param imports  m, >= 0
 * @param out      the overlap
 *
 * @return as tflow_grubel_lloyd.
 *
 * Reference: Fontagne, Freudenberg and Gaulier (2005), Disentangling Horizontal and
 * Vertical Intra-Industry Trade, CEPII working paper 2005-10.
 */
TFLOW_API tflow_status tflow_trade_overlap(double exports, double imports, double *out);

/** Where likeness of unit values ends below. */
typedef enum tflow_bounds {
    TFLOW_BOUNDS_SYMMETRIC = 0, /**< 1 / (1 + alpha): Fontagne and Freudenberg */
    TFLOW_BOUNDS_LINEAR = 1     /**< 1 - alpha: Greenaway, Hine and Milner */
} tflow_bounds;

/** What goods that are traded both ways differ in. */
typedef enum tflow_differentiation {
    TFLOW_VERTICAL_LOW = -1, /**< exports are cheaper: of lower quality */
    TFLOW_HORIZONTAL = 0,    /**< unit values are alike */
    TFLOW_VERTICAL_HIGH = 1  /**< exports are dearer: of higher quality */
} tflow_differentiation;

/**
 * Whether exports and imports of a product are alike in unit value.
 *
 *     horizontal: lower bound <= u_x / u_m <= 1 + alpha
 *
 * @param export_unit_value  u_x, > 0
 * @param import_unit_value  u_m, > 0
 * @param alpha              0.15 or 0.25 as a rule; 0 < alpha < 1
 * @param bounds             where the lower bound is
 * @param out                which of three; horizontal on failure
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if one is 0 or infinite.
 *         TFLOW_MISSING_VALUE if one is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL or a parameter is outside its domain.
 *
 * Reference: Greenaway, Hine and Milner (1995), Vertical and Horizontal Intra-Industry
 * Trade; Fontagne, Freudenberg and Gaulier (2005).
 */
TFLOW_API tflow_status tflow_unit_value_difference(double export_unit_value,
                                                   double import_unit_value,
                                                   double alpha, tflow_bounds bounds,
                                                   tflow_differentiation *out);

#ifdef __cplusplus
}
#endif

#endif
