/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts: how the columns of a file become those of a table, described by data
 * (layouts.c), and what a header makes of that (layout.c). */
#ifndef TFLOW_IO_LAYOUT_H
#define TFLOW_IO_LAYOUT_H

#include "io/csv.h"
#include "tradeflow/period.h"
#include "tradeflow/read.h"

/* What a field of a file means. The first ones are columns of the table. */
typedef enum tflow_i_role {
    TFLOW_I_REPORTER,
    TFLOW_I_PARTNER,
    TFLOW_I_PRODUCT,
    TFLOW_I_FLOW,
    TFLOW_I_PARTNER2,
    TFLOW_I_CUSTOMS,
    TFLOW_I_MODE,
    TFLOW_I_SUPPLY,
    TFLOW_I_QUANTITY_UNIT,
    TFLOW_I_CURRENCY,
    TFLOW_I_VALUATION,
    TFLOW_I_KEYS, /* number of the roles above: texts that become keys */
    TFLOW_I_PERIOD = TFLOW_I_KEYS,
    TFLOW_I_MONTH, /* 1 to 12, beside a year */
    TFLOW_I_VALUE,
    TFLOW_I_QUANTITY,
    TFLOW_I_NET_WEIGHT,
    TFLOW_I_STATUS,
    TFLOW_I_QUANTITY_STATUS,
    TFLOW_I_WEIGHT_STATUS,
    /* Fields that say how to take others. */
    TFLOW_I_UNIT_CODE,          /* Comtrade's: -1 means no quantity */
    TFLOW_I_QUANTITY_ESTIMATED, /* true or false */
    TFLOW_I_WEIGHT_ESTIMATED,
    TFLOW_I_ESTIMATION, /* legacy flag: 2 quantity, 4 weight, 6 both */
    TFLOW_I_REPORTED,
    TFLOW_I_AGGREGATED,
    TFLOW_I_INDICATOR,      /* which number a row of Eurostat's holds */
    TFLOW_I_TRADE_TYPE,     /* Comtrade's: C goods, S services */
    TFLOW_I_CLASSIFICATION, /* of products, such as H5 */
    TFLOW_I_ROLES
} tflow_i_role;

/* Which period a number belongs to. */
enum {
    TFLOW_I_OF_ROW = 0,  /* the row's; 1 to 12: that month of the row's year */
    TFLOW_I_TO_DATE = 13 /* from January to the row's month */
};

/* A column of a layout. Columns of the same role are tried in the order listed, the
 * next when a row leaves the one before empty or its text is not known. Of the columns
 * of a role that are marked `required`, a file has at least one. */
typedef struct tflow_i_layout_column {
    const char *name; /* as in the header */
    unsigned char role;
    unsigned char required;
    unsigned char when; /* numbers: TFLOW_I_OF_ROW and so on */
    const char *flow;   /* numbers: the flow they are of; an exporter: "X" */
    const char *mode;   /* numbers: the mode of transport they are of */
    const char *unit;   /* the currency of a value, the unit of a quantity or weight */
    const char *multiplier; /* of a value; NULL: as the layout */
    const char *valuation;
} tflow_i_layout_column;

enum {
    TFLOW_I_FOLD_CASE = 1,    /* names of columns in any case, blanks as underscores */
    TFLOW_I_FLOW_NUMBERS = 2, /* flows 1 to 4: M, X, RX, RM */
    TFLOW_I_WIDE = 4,         /* a column a period; a footer may follow the data */
    TFLOW_I_CODE_LABEL = 8,   /* texts such as "2-EXPORT": a code, a dash, a label */
    TFLOW_I_PAD_HS6 = 16,     /* products without leading zeros */
    TFLOW_I_PIVOT = 32,       /* numbers of one flow spread over rows */
    TFLOW_I_CENSUS = 64,      /* areas by the codes of the US Census */
    TFLOW_I_FALLBACK = 128,   /* taken when no other fits */
    TFLOW_I_JSON = 256,       /* records of JSON */
    TFLOW_I_IMF = 512         /* rows may hold a balance, or the status of a number */
};

typedef struct tflow_i_layout {
    const char *name;
    const char *title;
    const tflow_i_layout_column *columns;
    size_t n_columns;
    const char *currency, *multiplier, *valuation; /* NULL: not known */
    const char *reporter, *flow; /* when no column says; NULL: not known */
    unsigned flags;
} tflow_i_layout;

extern const tflow_i_layout tflow_i_layouts[];
extern const size_t tflow_i_n_layouts;

#define TFLOW_I_NO_FIELD SIZE_MAX
#define TFLOW_I_ALTERNATIVES 4

/* A number of each row: where it stands and what it is of. */
typedef struct tflow_i_measure {
    size_t value, quantity, weight; /* fields; TFLOW_I_NO_FIELD for none */
    const char *flow, *mode;        /* NULL: the row says */
    unsigned char when;
    tflow_period period; /* of a column that is a period; else TFLOW_PERIOD_NONE */
} tflow_i_measure;

/* What the header of a file means. */
typedef struct tflow_i_binding {
    const tflow_i_layout *layout;
    size_t n_fields;
    char **names; /* of the fields */
    struct {
        size_t fields[TFLOW_I_ALTERNATIVES];
        size_t n;
        const char *constant; /* in place of a field; NULL: none */
    } roles[TFLOW_I_ROLES];
    tflow_i_measure *measures;
    size_t n_measures, measures_capacity;
    unsigned char *wanted; /* fields that are read */
    const char *currency, *multiplier, *valuation, *quantity_unit, *weight_unit;
    char *constants; /* memory of the constants given in `columns` */
    size_t n_mapped; /* columns given in `columns` */
} tflow_i_binding;

/* Understand a header. layout NULL: the one that fits. columns: "role=name,...", or
 * NULL. Failures: EPARSE (no layout or several fit, a column is missing or there
 * twice), EUNKNOWN (a role or column of `columns`), ENOMEM. TFLOW_I_NOT_YET: this row
 * comes before the header. */
#define TFLOW_I_NOT_YET TFLOW_UNDEFINED
tflow_status tflow_i_bind(const tflow_i_layout *layout, const char *columns,
                          const tflow_i_row *header, tflow_i_binding *out,
                          tflow_error *error);
void tflow_i_binding_free(tflow_i_binding *binding);
/* ---- the option `columns` (mapping.c) ---- */

typedef struct tflow_i_mapping {
    tflow_i_role role;
    size_t field; /* TFLOW_I_NO_FIELD when there is a constant */
    const char *constant;
} tflow_i_mapping;

/* Parse "role=name,..." against the names of the binding, which keeps the memory of the
 * constants. *out is freed by the caller, on failure too. */
tflow_status tflow_i_mapping_parse(const char *columns, tflow_i_binding *binding,
                                   tflow_i_mapping **out, size_t *n,
                                   tflow_error *error);

/* ---- names ---- */

/* The layout of that name (the first, of variants), or NULL. */
const tflow_i_layout *tflow_i_layout_find(const char *name);
/* The name of a role as `columns` and the table write it. */
const char *tflow_i_role_name(tflow_i_role role);

#endif
