/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From rows of flows to cells: the one place where flows are chosen and added up, and
 * so the one place where nothing may be counted twice.
 *
 * A cell is the sum of the chosen flows that share the `by` keys and the period. Cells
 * come sorted by keys (as text) and then by period; cells that share the keys are a
 * series. Flows in different directions are never added: flow is always a key.
 */
#ifndef TFLOW_FLOWS_SELECT_H
#define TFLOW_FLOWS_SELECT_H

#include "table/table.h"

typedef enum tflow_i_total {
    TFLOW_I_TOTAL_AUTO,     /* World rows where every period has one, else partners */
    TFLOW_I_TOTAL_PARTNERS, /* the sum of the partners */
    TFLOW_I_TOTAL_WORLD     /* the rows that say they are the World's */
} tflow_i_total;

typedef enum tflow_i_duplicates {
    TFLOW_I_DUPLICATES_ERROR,
    TFLOW_I_DUPLICATES_SUM,
    TFLOW_I_DUPLICATES_FIRST
} tflow_i_duplicates;

typedef enum tflow_i_accumulate {
    TFLOW_I_ACCUMULATE_NONE,
    TFLOW_I_ACCUMULATE_YTD,    /* from the start of the year to each period */
    TFLOW_I_ACCUMULATE_ROLLING /* the twelve months that end with each period */
} tflow_i_accumulate;

/* Lists are codes, names or groups, as a person types them; n = 0 takes all. */
typedef struct tflow_i_selection {
    const char *const *reporters;
    size_t n_reporters;
    const char *const *partners;
    size_t n_partners;
    const char *const *products; /* prefixes, or TOTAL */
    size_t n_products;
    const char *const *flows;
    size_t n_flows;
    tflow_period first, last; /* TFLOW_PERIOD_NONE: open */
    int level;                /* digits of the product code; 0 TOTAL; -1 not said */
    char frequency;           /* 'A', 'H', 'Q', 'M'; 0 as they come */
    const char *const *by; /* key columns; period is always one, flow if there is one */
    size_t n_by;
    int by_all_periods; /* 1: add the periods up too (no series) */
    tflow_i_total total;
    tflow_missing missing;
    tflow_i_duplicates duplicates;
    tflow_i_accumulate accumulate;
    int complete;        /* every combination seen counts as expected in every period */
    int allow_negative;  /* balances, revisions */
    const char *measure; /* column that is added: NULL for "value" */
} tflow_i_selection;

typedef struct tflow_i_cell {
    tflow_period period;
    double value;        /* NaN when missing */
    double not_observed; /* share of the value that is not of status A */
    int64_t n_rows;      /* rows added up */
    int64_t n_missing;   /* cells known to be missing */
    uint8_t status;      /* weakest of the parts */
    uint8_t lower_bound; /* missing parts were left out */
    uint8_t incomplete;  /* a period made of fewer sub-periods than it has */
} tflow_i_cell;

typedef struct tflow_i_cells {
    size_t n;
    tflow_i_cell *cells;
    size_t n_series;
    size_t *series; /* n_series + 1 offsets into cells */
    size_t n_by;
    char by[8][TFLOW_I_NAME_SIZE];
    tflow_i_dict *dicts[8]; /* texts of the keys */
    int32_t *keys;          /* n_series tuples of n_by; -1 is missing */
    int32_t step;           /* months from one period to the next; 0 when mixed */
    tflow_i_total total;    /* which total was used */
    char *unit;             /* of value: "thousand USD" */
    char **notes;           /* what a reader should know */
    size_t n_notes, notes_capacity;
} tflow_i_cells;

/* Select and add up. Failures: EMISSING, ENEGATIVE, EDUPLICATE, EOVERLAP, EMIXED,
 * EUNKNOWN (a name in a list), EINVAL (no such column), ENOMEM. */
tflow_status tflow_i_aggregate(const tflow_table *table,
                               const tflow_i_selection *selection, tflow_i_cells *out,
                               tflow_error *error);
void tflow_i_cells_free(tflow_i_cells *cells);

/* The text of key k of a series, or "" when missing. */
const char *tflow_i_cells_key(const tflow_i_cells *cells, size_t series, size_t k);
/* The series with the same texts under the `by` names both have; SIZE_MAX for none. */
size_t tflow_i_cells_match(const tflow_i_cells *cells, const tflow_i_cells *other,
                           size_t series);
/* The cell of a series at a period, or NULL. */
const tflow_i_cell *tflow_i_cells_at(const tflow_i_cells *cells, size_t series,
                                     tflow_period period);

/* Values of a table are in units of ten to this power. */
int tflow_i_unit_power(const tflow_table *table);
/* value times ten to the power, rounded once where that can be. */
double tflow_i_scaled(double value, int power);
/* "exports" as a person may type it to "X"; the text itself where it is no word. */
const char *tflow_i_flow_code(const char *text);

/* Months from one period to the next, as far as all are of one length; 0 when mixed. */
int32_t tflow_i_cells_step(const tflow_i_cells *cells);

/* The unit of the values of a table, such as "thousand USD"; caller frees. */
char *tflow_i_unit(const tflow_table *table, const char *column);

#endif
