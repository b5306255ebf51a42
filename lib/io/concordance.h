/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which codes of one list stand for a code of another, and with what weight. */
#ifndef TFLOW_IO_CONCORDANCE_H
#define TFLOW_IO_CONCORDANCE_H

#include "core/core.h"

typedef struct tflow_i_concordance tflow_i_concordance;

/* Read a CSV file with the columns from, to and perhaps weight. Failures: EIO, EPARSE
 * (weights that do not add up to 1), EDUPLICATE, ENOMEM. */
tflow_status tflow_i_concordance_read(const char *path, tflow_i_concordance **out,
                                      tflow_error *error);
void tflow_i_concordance_free(tflow_i_concordance *c);
/* The first pair of a code, then the next; SIZE_MAX when there is none. */
size_t tflow_i_concordance_first(const tflow_i_concordance *c, const char *code);
size_t tflow_i_concordance_next(const tflow_i_concordance *c, size_t i);
/* Of pair i; the weight is NaN where the file has none. */
const char *tflow_i_concordance_to(const tflow_i_concordance *c, size_t i);
double tflow_i_concordance_weight(const tflow_i_concordance *c, size_t i);
/* Is it the beginning of longer codes, all of which the file has in place of it? */
int tflow_i_concordance_heading(const tflow_i_concordance *c, const char *code);

/* ---- those that come with the library ---- */

/* How to get from one classification to another: *path has the names of the files in
 * order, "hs2022-hs2017", as many as are returned; 0 when there is no way. */
#define TFLOW_I_STEPS 4
size_t tflow_i_concordance_path(const char *from, const char *to,
                                const char *path[TFLOW_I_STEPS]);
/* What UN Comtrade calls a classification, "H6" for hs2022; NULL: not known. */
const char *tflow_i_classification_code(const char *name);

#endif
