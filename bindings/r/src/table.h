/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the library and data frames of R. */
#ifndef TRADEFLOW_R_TABLE_H
#define TRADEFLOW_R_TABLE_H

#include "kernel.h"

/* A list of what a table holds: columns, units, notes, facts. May end in an error of R:
 * the caller has the table freed all the same.
 * operation: that it is a result of, or NULL. */
SEXP table_out(const tflow_table *table, const tflow_operation *operation);

#endif
