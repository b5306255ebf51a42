/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of every operation that chooses flows from a table. */
#include "op/op.h"

const tflow_parameter tflow_i_select_parameters[] = {
    {"reporter", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "who reports: codes, names or groups such as EU27_2020, added up as one"},
    {"partner", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "who they trade with: codes, names or groups, added up as one"},
    {"product", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "product codes; a code takes all that begin with it; TOTAL"},
    {"flow", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "X exports, M imports, RX re-exports, RM re-imports"},
    {"period", TFLOW_PARAMETER_PERIODS, NULL, NULL, 0, 0,
     "2022, 2015:2022, 2022-01:2022-07; open ends as 2015: or :2022"},
    {"level", TFLOW_PARAMETER_INTEGER, NULL, NULL, 0, 12,
     "digits of the product codes to use; 0 is the total of all products"},
    {"frequency", TFLOW_PARAMETER_CHOICE, NULL, "A|H|Q|M", 0, 0,
     "years, halves, quarters or months; finer periods are added up"},
    {"accumulate", TFLOW_PARAMETER_CHOICE, "none", "none|ytd|rolling", 0, 0,
     "ytd adds from the start of the year, rolling the last twelve months"},
    {"by", TFLOW_PARAMETER_LIST, NULL,
     "reporter|partner|product|flow|partner2|customs|mode|supply|currency|valuation|"
     "quantity_unit",
     0, 0, "keys that stay apart; default: the ones that are selected, and flow"},
    {"total", TFLOW_PARAMETER_CHOICE, "auto", "auto|partners|world", 0, 0,
     "which total: the sum of the partners, or the rows that say they are the World's"},
    {"missing", TFLOW_PARAMETER_CHOICE, "propagate", "propagate|skip|zero|fail", 0, 0,
     "what a cell that is known to be missing does to a sum"},
    {"complete", TFLOW_PARAMETER_FLAG, "no", NULL, 0, 0,
     "a flow seen in one period counts as missing in the others where it has no row"},
    {"duplicates", TFLOW_PARAMETER_CHOICE, "error", "error|sum|first", 0, 0,
     "two rows for the same cell: refuse, add them, or keep the first"},
    {"measure", TFLOW_PARAMETER_CHOICE, "value", "value|quantity|net_weight", 0, 0,
     "the column that is added up"},
};

const size_t tflow_i_n_select_parameters = TFLOW_I_COUNT(tflow_i_select_parameters);
