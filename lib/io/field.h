/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the texts of fields mean: numbers, flows, periods, statuses. */
#ifndef TFLOW_IO_FIELD_H
#define TFLOW_IO_FIELD_H

#include "core/core.h"
#include "tradeflow/period.h"
#include "tradeflow/read.h"

/* A number times 10^shift, NaN where the text stands for a missing one; *status is then
 * 'O', or 'Q' where it says suppressed, else '\0'. Failures: EPARSE, ENEGATIVE. */
tflow_status tflow_i_field_number(const char *text, const tflow_read_opts *opts,
                                  int shift, double *value, char *status,
                                  tflow_error *error);
/* X, M, RX, RM, ... from a code, a word or a number of UN Comtrade; NULL: none. */
const char *tflow_i_field_flow(const char *text, int numbers);
/* A period; a label behind a code ("202252-Jan.-Dec. 2022") is read instead of it. */
tflow_status tflow_i_field_period(const char *text, int labelled, tflow_period *period,
                                  tflow_error *error);
/* The SDMX observation status of a text: a letter of its code list, or flags of
 * Eurostat's, one or several, of which the weakest counts; '\0' when it is empty. */
tflow_status tflow_i_field_status(const char *text, char *status, tflow_error *error);
/* Is the text true, TRUE or 1? */
int tflow_i_field_true(const char *text);
/* Is it well-formed UTF-8? */
int tflow_i_field_utf8(const char *text, size_t n);

#endif
