/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file convert.h
 * Values in another currency, or at the prices of one period.
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

#ifdef __cplusplus
}
#endif

#endif
