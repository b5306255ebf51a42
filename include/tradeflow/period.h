/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file period.h
 * Periods: whole months in a row, from a month to many years.
 *
 * A period is the month it starts in and how many months it lasts; the frequency
 * follows from that. 2022 is the twelve months from 2022-01; 2022-Q1 the three;
 * 2021-08..2022-07 twelve months that are no calendar year.
 */
#ifndef TRADEFLOW_PERIOD_H
#define TRADEFLOW_PERIOD_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A period in one number: 4096 times the month of its start (12 times the year plus the
 * month from 0), plus its length in months. Numbers sort as time does: by start, then
 * by length.
 */
typedef int32_t tflow_period;

/** No period. */
#define TFLOW_PERIOD_NONE 0

/** Room that any period label fits into, its NUL included. */
#define TFLOW_PERIOD_SIZE 32

/**
 * The period of @p months months from @p month of @p year.
 *
 * @param year    0 to 9999
 * @param month   1 to 12
 * @param months  1 to 4095
 * @param out     the period
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL or a number is outside its domain.
 */
TFLOW_API tflow_status tflow_period_make(int year, int month, int months,
                                         tflow_period *out);

/**
 * Read a period label.
 *
 * Reads `2022`, `2022-H1`, `2022-S1`, `2022-Q3`, `2022Q3`, `2022-03`, `2022M03`,
 * `2022-M03`, `202203`, `Mar 2022`, `March 2022`, `Jan.-Dec. 2022`, a date
 * (`2022-03-01`, its month), and two labels joined by `..`, such as
 * `2022-01..2022-07`.
 *
 * @param text   the label; need not end with NUL
 * @param n      its length in bytes
 * @param out    the period; TFLOW_PERIOD_NONE on failure
 * @param error  detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EPARSE if the text is no period.
 *         TFLOW_EINVAL if @p text or @p out is NULL.
 */
TFLOW_API tflow_status tflow_period_parse(const char *text, size_t n, tflow_period *out,
                                          tflow_error *error);

/**
 * Write the label of a period: `2022`, `2022-H1`, `2022-Q3`, `2022-03` or
 * `2022-01..2022-07`; the empty text for TFLOW_PERIOD_NONE.
 *
 * @param period  the period
 * @param buffer  where to write; at least TFLOW_PERIOD_SIZE bytes
 * @return @p buffer
 */
TFLOW_API const char *tflow_period_format(tflow_period period, char *buffer);

/**
 * The frequency of a period: 'A' a calendar year, 'H' a half, 'Q' a quarter, 'M' a
 * month, 'R' any other run of months; 0 for TFLOW_PERIOD_NONE.
 */
TFLOW_API char tflow_period_frequency(tflow_period period);

/** The first month: 12 times the year plus the month from 0; -1 for none. */
TFLOW_API int32_t tflow_period_start(tflow_period period);

/** The length in months; 0 for none. */
TFLOW_API int32_t tflow_period_months(tflow_period period);

/**
 * The period of the same length, @p months later (earlier when negative);
 * TFLOW_PERIOD_NONE for none or where that leaves the years 0 to 9999.
 */
TFLOW_API tflow_period tflow_period_shift(tflow_period period, int32_t months);

/**
 * The calendar period of @p frequency ('A', 'H', 'Q' or 'M') that holds all of
 * @p period; TFLOW_PERIOD_NONE when none does.
 */
TFLOW_API tflow_period tflow_period_within(tflow_period period, char frequency);

#ifdef __cplusplus
}
#endif

#endif
