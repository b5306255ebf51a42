/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Structures that are looked through once and then meet many others: the same numbers
 * as tflow_similarity_* to the last bit, at one pass a pair. */
#ifndef TFLOW_STRUCTURE_PREPARED_H
#define TFLOW_STRUCTURE_PREPARED_H

#include "core/core.h"

typedef struct tflow_i_prepared {
    const double *values, *share, *rca, *centred;
    size_t n, n_centred;
    double scale, length; /* of the values */
    double spread;        /* length of the centred logarithms */
    int whole;            /* every line is known, and something is traded */
    int varied;           /* so are the advantages, and they are not all the same */
} tflow_i_prepared;

/* The shares of n lines in their sum, into `share`. */
void tflow_i_prepare(const double *values, size_t n, double *share,
                     tflow_i_prepared *out);
/* The logarithms of n advantages less their mean, into `centred`. */
void tflow_i_prepare_logs(const double *rca, size_t n, double epsilon, double *centred,
                          tflow_i_prepared *out);

/* Both are whole. */
double tflow_i_prepared_finger_kreinin(const tflow_i_prepared *a,
                                       const tflow_i_prepared *b);
double tflow_i_prepared_cosine(const tflow_i_prepared *a, const tflow_i_prepared *b);
/* Both are varied. */
double tflow_i_prepared_log_rca(const tflow_i_prepared *a, const tflow_i_prepared *b);

#endif
