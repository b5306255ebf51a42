/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of flows as files of a source's layout. */
#ifndef TFLOW_IO_WRITE_LAYOUT_H
#define TFLOW_IO_WRITE_LAYOUT_H

#include "io/write.h"
#include "table/table.h"

/* What stands in a column of a file. */
typedef enum tflow_i_content {
    TFLOW_I_TEXT_OF,      /* the text of the table's column, else `text` */
    TFLOW_I_AREA_OF,      /* the same, the World as W00 */
    TFLOW_I_AREA_NUMBER,  /* the area's number */
    TFLOW_I_AREA_ALPHA2,  /* its two letters */
    TFLOW_I_HS6_NUMBER,   /* six digits without the zeros before them */
    TFLOW_I_FLOW_NUMBER,  /* imports 1, exports 2 */
    TFLOW_I_PERIOD_LABEL, /* 2022, 2022-Q1, 2022-03 */
    TFLOW_I_PERIOD_PLAIN, /* 2022, 202203 */
    TFLOW_I_FREQUENCY,
    TFLOW_I_NUMBER_OF, /* a number; `power` is that of its unit in the file */
    TFLOW_I_VALUE_OF,  /* the value, in the unit of the layout */
    TFLOW_I_UNIT_OF,   /* the unit of the quantity */
    TFLOW_I_STATUS_OF, /* the letter */
    TFLOW_I_IS_ESTIMATED,
    TFLOW_I_IS_REPORTED,
    TFLOW_I_FACT_OF,   /* a column of that name, else the table's attribute */
    TFLOW_I_CONSTANT,  /* `text` */
    TFLOW_I_INDICATOR, /* Eurostat: what number this row holds */
    TFLOW_I_INDICATED  /* and the number */
} tflow_i_content;

typedef struct tflow_i_target_column {
    const char *header;
    unsigned char content;
    const char *column; /* of the table; NULL: none */
    const char *text;
} tflow_i_target_column;

typedef struct tflow_i_target {
    const char *layout;
    const char *currency;    /* NULL: any */
    int power;               /* of the unit of values; -1: any */
    const char *valuation;   /* NULL: any */
    const char *frequencies; /* letters of tflow_period_frequency; NULL: any */
    const char *flows;       /* " X M "; NULL: any */
    const char *statuses;    /* of the value; NULL: any */
    const tflow_i_target_column *columns;
    size_t n;
    int only_present; /* columns that the table does not have are left out */
    int wide;         /* a column a period */
    int indicators;   /* a row a number */
} tflow_i_target;

extern const tflow_i_target tflow_i_targets[];
extern const size_t tflow_i_n_targets;

/* A writing under way. */
typedef struct tflow_i_writing {
    const tflow_table *table;
    const tflow_i_target *target;
    const char *drop; /* a list with commas; NULL: nothing */
    tflow_i_text out;
    tflow_i_text notes; /* a line each */
    int power;          /* of the table's values */
    const tflow_i_column *value, *period, *quantity, *weight;
    const char *unit, *weight_unit; /* of the two, where all rows have the same */
    int weight_power;               /* of the table's unit of weight, in kg */
} tflow_i_writing;

/* Is this to be left out? Else it is an error that the layout cannot hold it. */
tflow_status tflow_i_lose(tflow_i_writing *w, const char *what, const char *why,
                          size_t row, tflow_error *error);
int tflow_i_drops(const tflow_i_writing *w, const char *what);
/* A field of a row; `indicator` counts the numbers of a row. */
tflow_status tflow_i_write_field(tflow_i_writing *w, const tflow_i_target_column *c,
                                 size_t row, int indicator, tflow_error *error);
const char *tflow_i_key_text(const tflow_table *table, const char *column, size_t row);
/* A number times 10^shift, exactly. */
void tflow_i_write_shifted(tflow_i_text *out, double value, int shift);
tflow_status tflow_i_write_wide(tflow_i_writing *w, tflow_error *error);

/* The table as a file of the layout; *notes has a line for each thing that a reader
 * should know and is cleared by the caller. */
tflow_status tflow_i_write_layout(const tflow_table *table, const char *layout,
                                  const char *drop, char **out, tflow_i_text *notes,
                                  tflow_error *error);

#endif
