/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports and imports of the same keys side by side. */
#ifndef TFLOW_STRUCTURE_TRADE_OPS_H
#define TFLOW_STRUCTURE_TRADE_OPS_H

#include "op/select_args.h"
#include "op/totals.h"

typedef struct tflow_i_trade {
    tflow_i_selection selection; /* as asked for */
    tflow_i_cells exports, imports;
    char by[8][TFLOW_I_NAME_SIZE]; /* keys, the flow not among them */
    size_t n_by, reporter;         /* SIZE_MAX: the reporter is none */
    tflow_i_dict *texts;
    tflow_i_groups *keys;    /* numbers of the texts, and the period */
    tflow_i_adder *x, *m;    /* by number of the key */
    tflow_i_groups *reports; /* flow, reporter and period: there are rows */
    size_t *order, n;        /* keys by text and period */
} tflow_i_trade;

/* Parameters of operations that set exports against imports. */
#define TFLOW_I_IMPORTS_PARAMETER                                                      \
    {                                                                                  \
        "imports", TFLOW_PARAMETER_CHOICE, "reported", "reported|mirror", 0, 0,        \
            "imports as the reporter has them, or as exports that its partners report" \
    }

/* Read both flows of input 0; `with_reporter`: the reporter is a key in any case. */
tflow_status tflow_i_trade_open(const tflow_i_args *args, int with_reporter,
                                tflow_i_trade *trade, tflow_error *error);
void tflow_i_trade_close(tflow_i_trade *trade);

tflow_period tflow_i_trade_period(const tflow_i_trade *trade, size_t key);
/* The text of key k. */
const char *tflow_i_trade_text(const tflow_i_trade *trade, size_t key, size_t k);
/* One flow of a key. Without a row it is 0 where the reporter has rows of that flow in
 * the period, else it is not known. */
tflow_i_cell tflow_i_trade_flow(const tflow_i_trade *trade, size_t key, int imports);

tflow_status tflow_i_trade_columns(tflow_builder *out, const tflow_i_trade *trade,
                                   tflow_error *error);
/* Returns the number of columns set. */
size_t tflow_i_trade_cells(tflow_builder *out, const tflow_i_trade *trade, size_t key);

/* The money of a second table in the unit of the first: power of ten, or EMIXED. */
tflow_status tflow_i_same_money(const tflow_i_args *args, int *power,
                                tflow_error *error);

#endif
