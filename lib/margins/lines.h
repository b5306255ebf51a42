/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of several vectors side by side, by the missing policy. */
#ifndef TFLOW_MARGINS_LINES_H
#define TFLOW_MARGINS_LINES_H

#include "core/core.h"

#define TFLOW_I_LINES 4

typedef struct tflow_i_lines {
    tflow_vec v[TFLOW_I_LINES];
    tflow_missing missing;
    size_t lost; /* lines with one of the vectors missing */
} tflow_i_lines;

/* Check four vectors of one length, none of them negative, and count what is missing.
 * TFLOW_OK, TFLOW_TOO_FEW without a line, TFLOW_MISSING_VALUE where the answer is
 * missing too, or a failure. */
tflow_status tflow_i_lines_open(tflow_i_lines *lines, tflow_error *error);
/* The four numbers of line i; 0 when it is left out. */
int tflow_i_lines_at(const tflow_i_lines *lines, size_t i, double at[TFLOW_I_LINES]);
/* TFLOW_LOWER_BOUND when lines were left out. */
tflow_status tflow_i_lines_status(const tflow_i_lines *lines);

#endif
