/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file convert.h
 * Values in another currency, at the prices of one period, or by other codes.
 */
#ifndef TRADEFLOW_CONVERT_H
#define TRADEFLOW_CONVERT_H

#include "tradeflow/core.h"
#include "tradeflow/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The same flows in another currency.
 *
 *     value' = value * rate(currency of the row, period of the row)
 *
 * The file of rates is CSV with the columns `currency`, `period` (or `year`) and
 * `rate`: units of the new currency for one of `currency`, so 1.0530 for EUR in 2022
 * when the new one is USD. The rate is that of the row's own period, else that of the
 * quarter, half or year that holds it; rates of shorter periods are not averaged.
 * Values that are in the new currency already stay as they are, and so do quantities.
 *
 * @param table     flows with a column `value`, a currency and periods
 * @param rates     name of the file of rates; "-" is standard input
 * @param currency  the new currency, such as "USD"
 * @param out       the table; yours; its attribute `currency` is the new one
 * @param error     detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if a rate that is needed is not in the file, or if @p table
 * has no value, no period or no currency. TFLOW_EIO if the file cannot be read.
 *         TFLOW_EPARSE if it is no file of rates, or a rate is not above 0.
 *         TFLOW_EDUPLICATE if it has two rates of a currency and period.
 *         TFLOW_ELIMIT if a value becomes too large to hold.
 *         TFLOW_EINVAL if an argument is NULL or @p currency is empty.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_table_convert(const tflow_table *table, const char *rates,
                                           const char *currency, tflow_table **out,
                                           tflow_error *error);

/**
 * The same flows at the prices of one period.
 *
 *     value' = value / index(period of the row) * index(base)
 *
 * The file is CSV with the columns `period` (or `year`) and `index`. The index of a row
 * is that of its own period, else that of the quarter, half or year that holds it.
 *
 * @param table     flows with a column `value` and periods, at current prices
 * @param deflator  name of the file of the price index; "-" is standard input
 * @param base      label of the period whose prices are taken, such as "2015"
 * @param out       the table; yours; its attribute `prices` is "constant 2015"
 * @param error     detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if an index that is needed is not in the file, or if @p table
 * has no value or no period. TFLOW_EIO if the file cannot be read. TFLOW_EPARSE if it
 * is no file of an index, an index is not above 0, or
 *         @p base is no period.
 *         TFLOW_EDUPLICATE if it has two indices of a period.
 *         TFLOW_EMIXED if @p table is at constant prices already.
 *         TFLOW_ELIMIT if a value becomes too large to hold.
 *         TFLOW_EINVAL if an argument is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_table_deflate(const tflow_table *table,
                                           const char *deflator, const char *base,
                                           tflow_table **out, tflow_error *error);

/** How to recode; start from TFLOW_RECODE_OPTS_INIT. Members are only ever appended. */
typedef struct tflow_recode_opts {
    size_t size;        /**< sizeof(tflow_recode_opts) */
    const char *column; /**< of keys: "product" (NULL), "reporter", "partner", ... */
    const char *from;   /**< "hs2022", "hs2017" or "hs1992"; of a table: what it maps */
    const char *to;     /**< "hs2017", "hs1992", "sitc2", "sitc4" or "bec4"; or any */
    const char *table;  /**< file of pairs; NULL: those of the library, in `folder` */
    const char *folder; /**< where these lie: data/concordance, as installed */
    const char *many;   /**< "split" (NULL), "first" or "refuse" */
    const char *unmapped; /**< "apart" (NULL), "drop" or "refuse" */
} tflow_recode_opts;

#define TFLOW_RECODE_OPTS_INIT                                                         \
    {                                                                                  \
        sizeof(tflow_recode_opts), NULL, NULL, NULL, NULL, NULL, NULL, NULL            \
    }

/**
 * The same flows by the codes of another list.
 *
 *     value'(k) = sum over codes c of value(c) * weight(c, k),
 *     sum over k of weight(c, k) = 1
 *
 * A table of pairs is CSV with the columns `from`, `to` and perhaps `weight`, whose
 * weights of each `from` add up to 1. A code that has several targets is shared out by
 * these, in equal parts where there are none ("split"), goes to the first of them whole
 * ("first"), or is refused. Quantities and net weights go with the value. Rows that
 * come to the same codes are added up: a sum is missing where a part of it is, carries
 * the weakest status of its parts, and has no quantity where units differ.
 *
 * A code that is in no table goes to `_X` ("apart"), so that totals stay what they
 * were, is left out ("drop"), or is refused; TOTAL and WLD stay themselves. Headings of
 * the codes that the table maps ("8542" where it has six digits) would count twice:
 * they are refused, or left out by "drop". Notes and the attributes
 * `read.recode_share_one_to_many` and `read.recode_share_unmapped` (fractions of the
 * value, as absolute numbers, totals and headings left out of account) say how much was
 * affected.
 *
 * Where the library has no table from one classification to the other it goes by those
 * between: hs2022 to hs2017 to hs1992 to sitc2.
 *
 * @param table  flows with a column `value` and the one to be recoded
 * @param opts   what to what, and how
 * @param out    the table; yours; of products its attribute `classification` is the new
 *               one ("H0" for hs1992, or `to`)
 * @param error  detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if a code is refused, there is no way from the one
 * classification to the other, or @p table has no such columns.
 *         TFLOW_EMIXED if @p table says that its products are of another
 * classification. TFLOW_EIO if a file of pairs cannot be read. TFLOW_EPARSE if it is no
 * such file or weights do not add up to 1. TFLOW_EDUPLICATE if it has a pair twice.
 *         TFLOW_EINVAL if @p out, @p table or @p opts is NULL or an option is wrong.
 *         TFLOW_ENOMEM when out of memory.
 *
 * Reference: UNSD, correlation tables of HS, SITC and BEC.
 */
TFLOW_API tflow_status tflow_table_recode(const tflow_table *table,
                                          const tflow_recode_opts *opts,
                                          tflow_table **out, tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
