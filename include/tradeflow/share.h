/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file share.h
 * Shares in a total, rank, and how concentrated a distribution is.
 *
 * A vector holds the lines of a total, one flow each: partners, products, reporters. A
 * line that traded nothing is 0, a line that is not known is NaN. Shares and indices
 * are fractions, on a scale from 0 to 1 where they have an upper end, with no rounding.
 * Results that are not defined are NaN.
 *
 * The functions on vectors treat missing lines in the same way:
 *
 * - PROPAGATE: the total is not known, so that nothing is: TFLOW_MISSING_VALUE.
 * - SKIP: they are left out; the result describes the lines that are known and comes
 * with TFLOW_LOWER_BOUND, because the total is one.
 * - ZERO: they are lines of 0.
 * - FAIL: TFLOW_EMISSING.
 *
 * What else a status means is the same throughout: TFLOW_ENEGATIVE, a line is negative;
 * TFLOW_UNDEFINED, there is no line, the total is 0 or a line is infinite;
 * TFLOW_EINVAL,
 * @p out is NULL, the vector has no data, or the policy or a parameter is outside its
 * domain. The vector is not changed, and no result depends on the order of its lines
 * beyond the last bits. Memory handed in for results or as scratch must not overlap it.
 *
 * Where the number of lines enters, it is an argument: a country that trades in 50 of
 * the 5,000 lines of a classification is not as concentrated among 50 as among 5,000.
 * Lines beyond those of the vector count as lines of 0; n = 0 stands for the lines of
 * the vector that are not left out, zeros included.
 */
#ifndef TRADEFLOW_SHARE_H
#define TRADEFLOW_SHARE_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The share of a part in a total.
 *
 *     s = part / total
 *
 * The total is the caller's: that of the parts, or one that was published. Against a
 * published total a share may exceed 1.
 *
 * @param part   >= 0
 * @param total  >= 0
 * @param out    the share as a fraction
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if the total is 0 and the part is not.
 *         TFLOW_UNDEFINED if both are 0, one is infinite, or the result is beyond the
 *         range of double.
 *         TFLOW_MISSING_VALUE if one is NaN.
 *         TFLOW_ENEGATIVE if one is negative.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_share(double part, double total, double *out);

/**
 * The share of each line in the sum of all.
 *
 *     s_k = x_k / sum x
 *
 * @param x        the lines, each >= 0
 * @param missing  what to do with missing lines; with SKIP their share is NaN
 * @param out      x.n shares
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND.
 *         TFLOW_MISSING_VALUE, TFLOW_UNDEFINED, TFLOW_EMISSING, TFLOW_ENEGATIVE,
 *         TFLOW_EINVAL: all of @p out is NaN.
 */
TFLOW_API tflow_status tflow_shares(tflow_vec x, tflow_missing missing, double *out,
                                    tflow_error *error);

/**
 * Running sum of the shares, in the order of the vector.
 *
 *     c_k = sum_{i <= k} x_i / sum x
 *
 * Over lines sorted from the largest down these are the concentration ratios of every
 * length.
 *
 * @param x        the lines, each >= 0
 * @param missing  what to do with missing lines; with SKIP their place is NaN
 * @param out      x.n sums; the last is 1
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_shares.
 */
TFLOW_API tflow_status tflow_shares_cumulative(tflow_vec x, tflow_missing missing,
                                               double *out, tflow_error *error);

/**
 * The rank of each line by size, the largest first.
 *
 *     rank_k = 1 + number of lines larger than x_k
 *
 * Equal lines share a rank and the ranks after them are left free: 1, 2, 2, 4 (standard
 * competition ranking).
 *
 * @param x        the lines, each >= 0
 * @param missing  what to do with missing lines; with SKIP their rank is NaN
 * @param scratch  memory for x.n numbers
 * @param out      x.n ranks
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND, TFLOW_MISSING_VALUE, TFLOW_EMISSING,
 *         TFLOW_ENEGATIVE.
 *         TFLOW_UNDEFINED if there is no line or a line is infinite; a total of 0 has
 *         ranks.
 *         TFLOW_EINVAL also if @p scratch is NULL.
 */
TFLOW_API tflow_status tflow_rank_descending(tflow_vec x, tflow_missing missing,
                                             double *scratch, double *out,
                                             tflow_error *error);

/**
 * How many lines count: the choice the indices below make.
 *
 * @param x        the lines, each >= 0
 * @param n        the number of lines, or 0 for those of the vector
 * @param missing  what to do with missing lines
 * @param counted  the lines that count: @p n, or those of the vector that are not left
 *                 out
 * @param active   the lines above 0
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND, TFLOW_MISSING_VALUE, TFLOW_EMISSING,
 *         TFLOW_ENEGATIVE.
 *         TFLOW_UNDEFINED if there is no line or a line is infinite.
 *         TFLOW_EINVAL also if @p n is not 0 and below the number of active lines.
 *         Both counts are 0 unless the status is TFLOW_OK or TFLOW_LOWER_BOUND.
 */
TFLOW_API tflow_status tflow_lines(tflow_vec x, size_t n, tflow_missing missing,
                                   size_t *counted, size_t *active, tflow_error *error);

/**
 * Herfindahl-Hirschman index.
 *
 *     H = sum s_k^2,  1/n <= H <= 1
 *
 * On the scale from 0 to 1, not to 10,000. Lines of 0 do not change it.
 *
 * @param x        the lines, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return TFLOW_OK, TFLOW_LOWER_BOUND, TFLOW_MISSING_VALUE, TFLOW_UNDEFINED,
 *         TFLOW_EMISSING, TFLOW_ENEGATIVE, TFLOW_EINVAL.
 *
 * Reference: Hirschman (1945), National Power and the Structure of Foreign Trade;
 * Herfindahl (1950), Concentration in the U.S. Steel Industry.
 */
TFLOW_API tflow_status tflow_hhi(tflow_vec x, tflow_missing missing, double *out,
                                 tflow_error *error);

/**
 * Hirschman's index: the root of the Herfindahl-Hirschman index.
 *
 *     sqrt(sum s_k^2),  sqrt(1/n) <= . <= 1
 *
 * The World Bank describes its concentration indices once as this and once as the sum
 * of squares.
 *
 * @param x        the lines, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 */
TFLOW_API tflow_status tflow_hirschman(tflow_vec x, tflow_missing missing, double *out,
                                       tflow_error *error);

/**
 * The number of lines of equal size that would be as concentrated.
 *
 *     1 / sum s_k^2,  1 <= . <= n
 *
 * @param x        the lines, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the number, not whole in general
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 */
TFLOW_API tflow_status tflow_equivalent_number(tflow_vec x, tflow_missing missing,
                                               double *out, tflow_error *error);

/**
 * Herfindahl-Hirschman index, normalised to reach 0.
 *
 *     (H - 1/n) / (1 - 1/n),  from 0 (all lines equal) to 1 (one line has all)
 *
 * UNCTAD's index of the same name is another: tflow_hhi_normalised_unctad.
 *
 * @param x        the lines, each >= 0
 * @param n        the number of lines, or 0 for those of the vector
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 *         TFLOW_UNDEFINED also if the number of lines is 1.
 *         TFLOW_EINVAL also if @p n is not 0 and below the number of active lines.
 */
TFLOW_API tflow_status tflow_hhi_normalised(tflow_vec x, size_t n,
                                            tflow_missing missing, double *out,
                                            tflow_error *error);

/**
 * UNCTAD's concentration index: Hirschman's index, normalised to reach 0.
 *
 *     (sqrt(H) - sqrt(1/n)) / (1 - sqrt(1/n)),  from 0 to 1
 *
 * UNCTAD calls it a normalised Herfindahl-Hirschmann index and counts as n the products
 * of SITC revision 3 at three digits, traded or not; its page shows the formula as a
 * picture, and the roots are as the index is generally quoted.
 *
 * @param x        the lines, each >= 0
 * @param n        the number of lines, or 0 for those of the vector
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi_normalised.
 *
 * Reference: UNCTAD Handbook of Statistics, Calculation methods ("product concentration
 * index of exports").
 */
TFLOW_API tflow_status tflow_hhi_normalised_unctad(tflow_vec x, size_t n,
                                                   tflow_missing missing, double *out,
                                                   tflow_error *error);

/**
 * Concentration ratio: the share of the largest lines together.
 *
 *     CR_k = sum of the k largest s
 *
 * Needs no memory, at the price of a pass over the vector for each of the k.
 *
 * @param x        the lines, each >= 0
 * @param k        how many, >= 1; beyond the number of lines it is 1
 * @param missing  what to do with missing lines
 * @param out      the ratio, in (0, 1]
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 *         TFLOW_EINVAL also if @p k is 0.
 */
TFLOW_API tflow_status tflow_concentration_ratio(tflow_vec x, size_t k,
                                                 tflow_missing missing, double *out,
                                                 tflow_error *error);

/**
 * Shannon's entropy of the shares.
 *
 *     E = -sum s_k ln s_k,  0 ln 0 = 0,  from 0 (one line has all) to ln n
 *
 * In natural units; higher is less concentrated. Lines of 0 do not change it.
 *
 * @param x        the lines, each >= 0
 * @param missing  what to do with missing lines
 * @param out      the entropy, in nats
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 */
TFLOW_API tflow_status tflow_shannon(tflow_vec x, tflow_missing missing, double *out,
                                     tflow_error *error);

/**
 * Theil's T index of inequality.
 *
 *     T = (1/n) sum (x_k/m) ln(x_k/m),  m = sum x / n,  0 ln 0 = 0,  from 0 to ln n
 *
 * Equals ln n less Shannon's entropy. Of T, ln(n / active lines) is due to the lines of
 * 0 and the rest to the active lines among themselves.
 *
 * @param x        the lines, each >= 0
 * @param n        the number of lines, or 0 for those of the vector
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 *         TFLOW_EINVAL also if @p n is not 0 and below the number of active lines.
 *
 * Reference: Cadot, Carrere and Strauss-Kahn (2011), Export diversification: what's
 * behind the hump?
 */
TFLOW_API tflow_status tflow_theil_t(tflow_vec x, size_t n, tflow_missing missing,
                                     double *out, tflow_error *error);

/**
 * Theil's L index of inequality: the mean log deviation.
 *
 *     L = (1/n) sum ln(m/x_k),  m = sum x / n,  >= 0
 *
 * What the R package REAT calls theil.
 *
 * @param x        the lines, each >= 0
 * @param n        the number of lines, or 0 for those of the vector
 * @param missing  what to do with missing lines
 * @param out      the index
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 *         TFLOW_UNDEFINED also if a line that counts is 0.
 *         TFLOW_EINVAL also if @p n is not 0 and below the number of active lines.
 */
TFLOW_API tflow_status tflow_theil_l(tflow_vec x, size_t n, tflow_missing missing,
                                     double *out, tflow_error *error);

/**
 * Gini coefficient.
 *
 *     G = sum (2r - n - 1) x_(r) / (n sum x),  r = 1..n from the smallest up
 *
 * From 0 (all lines equal) to (n - 1)/n (one line has all).
 *
 * @param x        the lines, each >= 0
 * @param n        the number of lines, or 0 for those of the vector
 * @param missing  what to do with missing lines
 * @param scratch  memory for x.n numbers
 * @param out      the coefficient
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_hhi.
 *         TFLOW_EINVAL also if @p scratch is NULL, or @p n is not 0 and below the
 * number of active lines.
 */
TFLOW_API tflow_status tflow_gini(tflow_vec x, size_t n, tflow_missing missing,
                                  double *scratch, double *out, tflow_error *error);

/**
 * Gini coefficient, corrected to reach 1.
 *
 *     G n / (n - 1),  from 0 (all lines equal) to 1 (one line has all)
 *
 * @param x        the lines, each >= 0
 * @param n        the number of lines, or 0 for those of the vector
 * @param missing  what to do with missing lines
 * @param scratch  memory for x.n numbers
 * @param out      the coefficient
 * @param error    detail of a failure, or NULL
 *
 * @return as tflow_gini.
 *         TFLOW_UNDEFINED also if the number of lines is 1.
 */
TFLOW_API tflow_status tflow_gini_corrected(tflow_vec x, size_t n,
                                            tflow_missing missing, double *scratch,
                                            double *out, tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
