/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of numbers by period: exchange rates (by currency) and price indices. */
#ifndef TFLOW_IO_RATES_H
#define TFLOW_IO_RATES_H

#include "core/core.h"
#include "tradeflow/period.h"

typedef struct tflow_i_rates tflow_i_rates;

/* Read the columns period and `number`, and currency if by_currency. Failures: EIO,
 * EPARSE, EDUPLICATE, ENOMEM. */
tflow_status tflow_i_rates_read(const char *path, const char *number, int by_currency,
                                tflow_i_rates **out, tflow_error *error);
void tflow_i_rates_free(tflow_i_rates *rates);
/* The number of a period, or of the shortest calendar period that holds it; NaN when
 * there is none. currency is NULL for an index. */
double tflow_i_rates_at(const tflow_i_rates *rates, const char *currency,
                        tflow_period period);

#endif
