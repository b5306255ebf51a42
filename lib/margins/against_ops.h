/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a trader in two periods beside those of something they are held against:
 * the trade of the world, or their own quantities. */
#ifndef TFLOW_MARGINS_AGAINST_OPS_H
#define TFLOW_MARGINS_AGAINST_OPS_H

#include "op/select_args.h"
#include "op/totals.h"

typedef struct tflow_i_against {
    tflow_missing missing;
    tflow_i_cells mine;             /* by reporter, the other keys and those of lines */
    tflow_i_cells theirs;           /* by the other keys and those of lines */
    int product, partner;           /* which keys tell lines apart */
    int market_first;               /* lines are grouped by partner, not by product */
    int others;                     /* theirs without mine */
    size_t *my_order, *their_order; /* series, by context and then by line */
    /* Filled for a trader, one of each line of its context. */
    size_t n;
    double *from, *to, *world_from, *world_to, *groups;
    tflow_i_cell before, after, all_before, all_after; /* sums, with quality */
} tflow_i_against;

/* Writes one row: the keys and both periods stand, and columns go on at `at`. */
typedef tflow_status tflow_i_against_row(tflow_builder *out, size_t at,
                                         const tflow_i_against *a,
                                         const tflow_i_args *args, tflow_error *error);

/* All rows of an operation: columns, and row() for each trader and change. `measure`
 * NULL holds the reporters against the world, else against their own column of it. With
 * market_first lines of a partner stand side by side, else those of a product; with
 * others the world is what is left of it without the reporter. */
tflow_status tflow_i_against_run(const tflow_i_args *args, const char *measure,
                                 int market_first, int others,
                                 const tflow_output *outputs, size_t n_outputs,
                                 tflow_i_against_row *row, tflow_builder *out,
                                 tflow_error *error);

/* Parameters and outputs that go with it. */
#define TFLOW_I_AGAINST_OUTPUTS                                                        \
    {"period", TFLOW_PERIOD, "", "to when"}, {"from", TFLOW_PERIOD, "", "from when"},  \
        {"value_from", TFLOW_FLOAT64, "value", "value before"},                        \
        {"value_to", TFLOW_FLOAT64, "value", "value after"},                           \
    {                                                                                  \
        "change", TFLOW_FLOAT64, "value",                                              \
            "of the lines that are known, the sum of parts"                            \
    }
#define TFLOW_I_AGAINST_FROM 0
#define TFLOW_I_AGAINST_VALUE_FROM 1
#define TFLOW_I_AGAINST_VALUE_TO 2
#define TFLOW_I_AGAINST_CHANGE 3
#define TFLOW_I_AGAINST_PARTS 4
#define TFLOW_I_AGAINST_OVER                                                           \
    {                                                                                  \
        "over", TFLOW_PARAMETER_CHOICE, "product", "product|partner|both", 0, 0,       \
            "what a line is: a product, a partner, or a product by partner"            \
    }
#define TFLOW_I_AGAINST_BASE                                                           \
    {                                                                                  \
        "base", TFLOW_PARAMETER_PERIODS, NULL, NULL, 0, 0,                             \
            "changes since this period; default: since the period before"              \
    }
#define TFLOW_I_AGAINST_REFERENCE                                                      \
    {                                                                                  \
        "reference", TFLOW_PARAMETER_CHOICE, "world", "world|others", 0, 0,            \
            "what it is held against: all reporters of the table, or the others"       \
    }

#endif
