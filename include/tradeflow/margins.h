/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file margins.h
 * How much of trade, and of its change, is more lines and how much is more of the same.
 *
 * A vector holds lines, one flow each, in the same order in every vector of a call. A
 * line that traded nothing is 0, a line that is not known is NaN. Results that are not
 * defined are NaN, and parts add up or multiply to their whole but for rounding.
 */
#ifndef TRADEFLOW_MARGINS_H
#define TRADEFLOW_MARGINS_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The margins of trade. */
typedef struct tflow_trade_margins_parts {
    double extensive;   /**< weighted share of the reference's lines that are traded */
    double intensive;   /**< share in the reference's trade on those lines */
    double share;       /**< extensive x intensive */
    size_t n_lines;     /**< lines that are traded */
    size_t n_reference; /**< lines of the reference */
} tflow_trade_margins_parts;

/**
 * Extensive and intensive margin against a reference.
 *
 *     EM = sum_{k: x_k > 0} w_k / sum_k w_k
 *     IM = sum_{k: x_k > 0} x_k / sum_{k: x_k > 0} w_k
 *     EM IM = sum x / sum w
 *
 * With w the exports of the rest of the world to the same market this is the
 * decomposition of Hummels and Klenow.
 *
 * @param x        the lines of who is looked at, each >= 0
 * @param w        those of the reference, each >= 0
 * @param missing  what to do with lines where one of the two is missing
 * @param out      the margins
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_ZERO_BASE if the reference trades nothing; all is NaN.
 *         TFLOW_UNDEFINED if nothing is traded that the reference trades: the extensive
 *         margin is 0 and the intensive one not defined; or a number is infinite.
 *         TFLOW_TOO_FEW if there is no line.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if a line is missing, by the policy.
 *         TFLOW_ENEGATIVE if a line is negative.
 *         TFLOW_EINVAL if lengths differ or a pointer is NULL.
 *
 * Reference: Hummels and Klenow (2005), The Variety and Quality of a Nation's Exports,
 * American Economic Review 95(3), 704-723.
 */
TFLOW_API tflow_status tflow_trade_margins(tflow_vec x, tflow_vec w,
                                           tflow_missing missing,
                                           tflow_trade_margins_parts *out,
                                           tflow_error *error);

/**
 * The price part of the intensive margin; the quantity part is the margin over it.
 *
 *     ln P = sum_k m_k ln(p_k / r_k),  m_k = L(s_k, t_k) / sum L(s, t)
 *
 * p and r are the unit values of x and of the reference, s and t the shares of their
 * values over the lines that both have a price of, L the logarithmic mean (weights of
 * Sato and Vartia, as in Hummels and Klenow).
 *
 * @param x_values      values of who is looked at, each >= 0
 * @param x_quantities  their quantities
 * @param w_values      values of the reference
 * @param w_quantities  their quantities
 * @param out           the price index
 * @param error         detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_NO_OVERLAP if no line has values and quantities above 0 on both sides;
 *         lines that have not are left out.
 *         TFLOW_UNDEFINED if a number is infinite or the result beyond the range of
 *         double.
 *         TFLOW_ENEGATIVE if a number is negative.
 *         TFLOW_EINVAL if lengths differ or a pointer is NULL.
 */
TFLOW_API tflow_status tflow_intensive_margin_price(tflow_vec x_values,
                                                    tflow_vec x_quantities,
                                                    tflow_vec w_values,
                                                    tflow_vec w_quantities, double *out,
                                                    tflow_error *error);

/** The parts of a change; change = entry + exit + rise + fall. */
typedef struct tflow_change_margins_parts {
    double change; /**< sum of the second period less that of the first */
    double entry;  /**< change of lines that became active, >= 0 */
    double exit;   /**< change of lines that ceased to be, <= 0 */
    double rise;   /**< change of active lines that grew, and of inactive ones */
    double fall;   /**< change of active lines that shrank, and of inactive ones */
    size_t n_entry, n_exit, n_continuing; /**< lines */
} tflow_change_margins_parts;

/**
 * A change in trade as lines that come, go, grow and shrink.
 *
 * A line is active where it is above the threshold. A line that is active in neither
 * period moves below the threshold alone; its change counts as rise or fall, so that
 * the parts add up.
 *
 * @param from       the lines before, each >= 0
 * @param to         the lines after
 * @param threshold  >= 0; 0: any trade is
 * @param missing    what to do with lines where one of the two is missing
 * @param out        the parts
 * @param error      detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_TOO_FEW if there is no line.
 *         TFLOW_UNDEFINED if a number is infinite or a sum beyond the range of double.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if a line is missing, by the policy.
 *         TFLOW_ENEGATIVE if a line is negative.
 *         TFLOW_EINVAL if lengths differ, a pointer is NULL or the threshold is not a
 *         number >= 0.
 */
TFLOW_API tflow_status tflow_change_margins(tflow_vec from, tflow_vec to,
                                            double threshold, tflow_missing missing,
                                            tflow_change_margins_parts *out,
                                            tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
