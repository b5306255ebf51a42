/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report on a pair of countries is made of: results of operations. */
#ifndef TFLOW_REPORT_REPORT_H
#define TFLOW_REPORT_REPORT_H

#include "op/op.h"

typedef struct tflow_i_report {
    const char *reporter, *partner;
    const char *names[2];       /* of the two countries */
    const char *value, *change; /* figures as published; NULL: none */
    tflow_table *pair;          /* compare: own report against the mirror */
    tflow_table *growth;        /* of the mirror */
    tflow_table *figure;        /* statements; NULL: none */
    tflow_table *share;         /* of the partner; NULL: no third table */
    tflow_table *largest;       /* the largest partner */
    tflow_table *concentration;
    tflow_table *trend;
    tflow_table *projection;
    int powers[2];        /* of ten: the units of the own report and of the mirror */
    const char *currency; /* of both */
    const char *mirror_valuation; /* NULL: not said */
    const char *valuation; /* of the exporter's flows to all partners; NULL: not said */
    tflow_period doubtful; /* own report that a part of the year contradicts; or NONE */
    char doubt[400];
} tflow_i_report;

/* A number of a result; NaN when the table, column or row is not there. */
double tflow_i_report_number(const tflow_table *table, const char *column, size_t row);
const char *tflow_i_report_text(const tflow_table *table, const char *column,
                                size_t row);
tflow_period tflow_i_report_period(const tflow_table *table, size_t row);

/* An amount of the own report (0) or of the mirror (1) in millions. The comparison is
 * in the unit of the own report. */
double tflow_i_report_millions(const tflow_i_report *report, int mirror, double value);

/* What amounts are in: "US$ million". buffer has room for 64 bytes. */
const char *tflow_i_report_unit(const tflow_i_report *report, char *buffer);

/* The report as lines for a terminal, as one HTML page, and its chart as SVG. */
char *tflow_i_report_lines(const tflow_i_report *report);
tflow_status tflow_i_report_svg(const tflow_i_report *report, char **out,
                                tflow_error *error);
char *tflow_i_report_html(const tflow_i_report *report, const char *svg);

#endif
