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

/** How shares and markets are weighted in tflow_constant_market_share(). */
typedef enum tflow_constant_share_weights {
    TFLOW_CONSTANT_SHARE_MIDPOINT = 0,  /**< means of both periods; no interaction */
    TFLOW_CONSTANT_SHARE_BASE = 1,      /**< of the first, and an interaction */
    TFLOW_CONSTANT_SHARE_END = 2,       /**< of the second, and an interaction */
    TFLOW_CONSTANT_SHARE_RICHARDSON = 3 /**< first shares, second markets; none */
} tflow_constant_share_weights;

/**
 * The parts of a change by constant market shares; change = growth + groups + lines +
 * competitiveness + interaction + unmatched, and competitiveness =
 * competitiveness_general + competitiveness_groups + competitiveness_lines.
 */
typedef struct tflow_constant_market_share_parts {
    double change;          /**< sum of the second period less that of the first */
    double growth;          /**< world growth at the share held */
    double groups;          /**< from being in groups that grew more than the world */
    double lines;           /**< from being in lines that grew more than their group */
    double competitiveness; /**< from shares gained or lost, line by line */
    double competitiveness_general; /**< of it, from the share in the whole */
    double
        competitiveness_groups;   /**< of it, from which groups shares were gained in */
    double competitiveness_lines; /**< of it, from which lines in the groups */
    double interaction;           /**< of both; 0 where the weights leave none */
    double unmatched;             /**< change of lines that the world does not trade */
} tflow_constant_market_share_parts;

/**
 * A change in trade as growth of the world, of the groups and lines one is in, and
 * shares gained.
 *
 * With s = x/w a share, bars for the weights and d for a change, at each of three
 * levels (the whole, groups, lines):
 *
 *     structure = sum s- dw,  competitiveness = sum w- ds
 *     growth = structure of the whole
 *     groups = structure of groups - growth
 *     lines  = structure of lines - structure of groups
 *
 * | weights    | s-          | w-          | interaction    |
 * |------------|-------------|-------------|----------------|
 * | MIDPOINT   | (s0 + s1)/2 | (w0 + w1)/2 | 0              |
 * | BASE       | s0          | w0          | sum of ds dw   |
 * | END        | s1          | w1          | - sum of ds dw |
 * | RICHARDSON | s0          | w1          | 0              |
 *
 * RICHARDSON is the form r X + sum (r_k - r) x_k + sum (r_kj - r_k) x_kj + residual,
 * where competitiveness is the residual. A share where the world trades nothing is 0. A
 * line that is traded where the world trades nothing, in either period, is left out of
 * all parts but unmatched and the change.
 *
 * @param from        the lines before, each >= 0
 * @param to          the lines after
 * @param world_from  those of the world before
 * @param world_to    those of the world after
 * @param groups      the number of the group of each line, never falling from a line to
 *                    the next; empty: one group
 * @param weights     which periods' shares and markets are held
 * @param missing     what to do with lines where one of the four is missing
 * @param out         the parts
 * @param error       detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_ZERO_BASE if the world trades nothing in the period that is held.
 *         TFLOW_TOO_FEW if there is no line.
 *         TFLOW_UNDEFINED if a number is infinite or a part beyond the range of double.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if a line is missing, by the policy.
 *         TFLOW_ENEGATIVE if a line is negative.
 *         TFLOW_EINVAL if lengths differ, a pointer is NULL, groups fall, or there are
 *         no such weights.
 *
 * Reference: Richardson (1971), Constant-market-shares analysis of export growth,
 * Journal of International Economics 1(2), 227-239.
 */
TFLOW_API tflow_status tflow_constant_market_share(
    tflow_vec from, tflow_vec to, tflow_vec world_from, tflow_vec world_to,
    tflow_vec groups, tflow_constant_share_weights weights, tflow_missing missing,
    tflow_constant_market_share_parts *out, tflow_error *error);

/** What tflow_shift_share() makes of lines that were not there at first. */
typedef enum tflow_new_lines {
    TFLOW_NEW_LINES_UNDEFINED = 0, /**< competitive and allocation are not defined */
    TFLOW_NEW_LINES_ALLOCATION = 1 /**< their regional part counts as allocation */
} tflow_new_lines;

/**
 * The parts of a change by shift-share; change = national + mix + regional + unmatched,
 * and regional = competitive + allocation.
 */
typedef struct tflow_shift_share_parts {
    double change;      /**< sum of the second period less that of the first */
    double national;    /**< growth at the rate of the world */
    double mix;         /**< from being in lines that grow faster than the world */
    double regional;    /**< from growing faster than the world in a line */
    double competitive; /**< of it, as if its structure were the world's */
    double allocation;  /**< of it, from being specialised where it is ahead */
    double unmatched;   /**< change of lines that the world did not trade */
} tflow_shift_share_parts;

/**
 * Shift-share: a change as growth of the whole, mix of lines and growth ahead of it.
 *
 *     national = r x,  mix = sum (r_k - r) x_k,  regional = sum (g_k - r_k) x_k
 *     competitive = sum (g_k - r_k) h_k,  allocation = sum (g_k - r_k) (x_k - h_k)
 *
 * r and r_k are the growth of the world and of its line, g_k that of the line of who is
 * looked at, h_k = x w_k/w the line it would have in the world's structure
 * (homothetic). All levels are those before.
 *
 * @param from        the lines before, each >= 0
 * @param to          the lines after
 * @param world_from  those of the world before; the region is part of it as a rule
 * @param world_to    those of the world after
 * @param new_lines   what a line is whose g_k is not defined since it was 0
 * @param missing     what to do with lines where one of the four is missing
 * @param out         the parts
 * @param error       detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_ZERO_BASE if the world traded nothing: all is NaN; or if a line was 0
 *         that the world traded, with UNDEFINED: competitive and allocation are NaN.
 *         TFLOW_TOO_FEW if there is no line.
 *         TFLOW_UNDEFINED if a number is infinite or a part beyond the range of double.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if a line is missing, by the policy.
 *         TFLOW_ENEGATIVE if a line is negative.
 *         TFLOW_EINVAL if lengths differ, a pointer is NULL or there is no such rule.
 *
 * Reference: Dunn (1960), A statistical and analytical technique for regional analysis,
 * Papers of the Regional Science Association 6; Esteban-Marquillas (1972), A
 * reinterpretation of shift-share analysis, Regional and Urban Economics 2(3).
 */
TFLOW_API tflow_status tflow_shift_share(tflow_vec from, tflow_vec to,
                                         tflow_vec world_from, tflow_vec world_to,
                                         tflow_new_lines new_lines,
                                         tflow_missing missing,
                                         tflow_shift_share_parts *out,
                                         tflow_error *error);

/**
 * The parts of a change by LMDI; change = activity + structure + intensity + unmatched,
 * ratio = activity_ratio x structure_ratio x intensity_ratio.
 */
typedef struct tflow_lmdi_parts {
    double change;          /**< sum of the second period less that of the first */
    double activity;        /**< from the total of activity */
    double structure;       /**< from the shares of lines in it */
    double intensity;       /**< from value by activity, line by line */
    double unmatched;       /**< change of lines that have a value and no activity */
    double ratio;           /**< second period over the first, of the other lines */
    double activity_ratio;  /**< of it, activity */
    double structure_ratio; /**< of it, structure */
    double intensity_ratio; /**< of it, intensity */
} tflow_lmdi_parts;

/**
 * Logarithmic mean Divisia index: a change as activity, structure and intensity.
 *
 *     x_k = A (a_k/A) (x_k/a_k),  A = sum a
 *     part of a factor f = sum_k L(x_k0, x_k1) ln(f_k1 / f_k0)
 *     ratio of a factor  = exp(part / L(sum x_0, sum x_1))
 *
 * L is the logarithmic mean (b - a)/ln(b/a), L(a, a) = a. With a the quantities,
 * intensity is prices; with a the trade of the world, intensity is market shares. There
 * is no residual. Zeros are taken as limits: a line that comes or goes counts as
 * intensity where it has activity in the period without value, else as structure.
 *
 * @param from           values of the lines before, each >= 0
 * @param to             values after
 * @param activity_from  activity of the lines before
 * @param activity_to    activity after
 * @param missing        what to do with lines where one of the four is missing
 * @param out            the parts
 * @param error          detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_ZERO_BASE if there is no activity in one period: all is NaN; or no
 *         value in one: the ratios are NaN.
 *         TFLOW_TOO_FEW if there is no line.
 *         TFLOW_UNDEFINED if a number is infinite or a part beyond the range of double.
 *         TFLOW_MISSING_VALUE, TFLOW_EMISSING if a line is missing, by the policy.
 *         TFLOW_ENEGATIVE if a line is negative.
 *         TFLOW_EINVAL if lengths differ or a pointer is NULL.
 *
 * Reference: Ang (2005), The LMDI approach to decomposition analysis: a practical
 * guide, Energy Policy 33(7), 867-871.
 */
TFLOW_API tflow_status tflow_lmdi(tflow_vec from, tflow_vec to, tflow_vec activity_from,
                                  tflow_vec activity_to, tflow_missing missing,
                                  tflow_lmdi_parts *out, tflow_error *error);

/**
 * Survival of spells by their length: the estimate of Kaplan and Meier.
 *
 *     S(t) = prod_{u <= t} (1 - d_u/n_u),  n_u = sum_{v >= u} (d_v + c_v)
 *     standard error = S(t) sqrt(sum_{u <= t} d_u/(n_u (n_u - d_u)))  (Greenwood)
 *
 * d_u spells ended after u periods, c_u were last seen after u and may go on. The
 * median is the first t with S(t) <= 1/2. Where no spell is left S is NaN.
 *
 * @param ended           how many spells ended after 1, 2, ... periods
 * @param censored        how many were last seen after 1, 2, ... periods
 * @param survival        ended.n numbers: S(1), S(2), ...
 * @param standard_error  ended.n numbers; NaN where S is
 * @param median          the median length, in periods
 * @param error           detail of a failure, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_TOO_FEW if there is no spell.
 *         TFLOW_UNDEFINED if S stays above 1/2: the median is NaN.
 *         TFLOW_EINVAL if lengths differ, a pointer is NULL, or a number is not whole
 *         and >= 0.
 *
 * Reference: Kaplan and Meier (1958), Nonparametric estimation from incomplete
 * observations, Journal of the American Statistical Association 53(282), 457-481.
 */
TFLOW_API tflow_status tflow_survival(tflow_vec ended, tflow_vec censored,
                                      double *survival, double *standard_error,
                                      double *median, tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
