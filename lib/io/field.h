/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the texts of fields mean: numbers, flows, periods, statuses. */
#ifndef TFLOW_IO_FIELD_H
#define TFLOW_IO_FIELD_H

#include "core/core.h"
#include "tradeflow/period.h"
#include "tradeflow/read.h"

/* A number, NaN where the text stands for a missing one; *status is then 'O', or 'Q'
 * where it says suppressed, else '\0'. Failures: EPARSE, ENEGATIVE. */
tflow_status tflow_i_field_number(const char *text, const tflow_read_opts *opts,
                                  double *value, char *status, tflow_error *error);
/* X, M, RX, RM, ... from a code, a word or a number of UN Comtrade; NULL: none. */
const char *tflow_i_field_flow(const char *text, int numbers);
/* A period; a label behind a code ("202252-Jan.-Dec. 2022") is read instead of it. */
tflow_status tflow_i_field_period(const char *text, int labelled, tflow_period *period,
                                  tflow_error *error);
/* An SDMX observation status, or a flag of Eurostat's; '\0' when the text is empty. */
tflow_status tflow_i_field_status(const char *text, char *status, tflow_error *error);
/* Is the text true, TRUE or 1? */
int tflow_i_field_true(const char *text);

#endif
