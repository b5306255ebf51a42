/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routines that R code of ours calls. */
#ifndef TRADEFLOW_R_CALL_H
#define TRADEFLOW_R_CALL_H

#include "kernel.h"

/* inputs: a list with, for each table, a list of files or columns, and options. */
SEXP run_operation(SEXP operation, SEXP names, SEXP values, SEXP inputs);
SEXP read_input(SEXP inputs);
SEXP read_recipe(SEXP json);
SEXP describe_operations(void);
SEXP list_layouts(void);
SEXP library_version(void);
SEXP status_texts(SEXP statuses);

/* Projections and indices over periods: see series.c. */
SEXP project_series(SEXP method, SEXP times, SEXP y, SEXP missing, SEXP options);
SEXP project_backtest_series(SEXP method, SEXP times, SEXP y, SEXP missing,
                             SEXP options, SEXP backtest);
SEXP price_index_series(SEXP prices, SEXP quantities, SEXP options);

#endif
