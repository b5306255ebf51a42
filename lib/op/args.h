/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arguments of a call: text checked against its description. */
#ifndef TFLOW_OP_ARGS_H
#define TFLOW_OP_ARGS_H

#include "op/op.h"

#define TFLOW_I_MAX_PARAMETERS 48
#define TFLOW_I_MAX_INPUTS 16

typedef struct tflow_i_value {
    char *text;     /* NULL: unset */
    char *resolved; /* what "auto" or unset came to in the last run; or NULL */
    char *storage;  /* text of the words, cut up */
    const char **words;
    double *numbers;
    size_t n; /* of words or numbers */
    double number;
    tflow_period first, last;
} tflow_i_value;

struct tflow_i_args {
    const tflow_operation *operation;
    const tflow_table *inputs[TFLOW_I_MAX_INPUTS];
    size_t n_inputs;
    struct tflow_state *state; /* in memory, of the caller; NULL: none */
    tflow_i_value *values;     /* one a parameter */
    size_t n_values;
};

const tflow_i_args *tflow_i_call_args(const struct tflow_call *call);
/* Fill with the defaults of the operation. */
tflow_status tflow_i_args_open(tflow_i_args *args, const tflow_operation *operation,
                               tflow_error *error);
void tflow_i_args_close(tflow_i_args *args);
/* Check text against parameter i and store it; what was stored stays on failure. */
tflow_status tflow_i_args_set(tflow_i_args *args, size_t i, const char *text,
                              tflow_error *error);
/* The index of a parameter by name; SIZE_MAX for none. */
size_t tflow_i_args_index(const tflow_i_args *args, const char *name);

#endif
