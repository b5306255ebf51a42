/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operation is, seen from the file that implements one. */
#ifndef TFLOW_OP_OP_H
#define TFLOW_OP_OP_H

#include "core/core.h"
#include "table/table.h"
#include "tradeflow/operation.h"

struct tflow_parameter {
    const char *name;
    tflow_parameter_type type;
    const char *fallback;   /* default as text; NULL: unset */
    const char *domain;     /* "a|b|c" for CHOICE and LIST; NULL: any */
    double least, greatest; /* INTEGER, REAL, NUMBERS; both 0: unbounded */
    const char *help;
};

struct tflow_output {
    const char *name;
    tflow_type type;
    const char *unit; /* "value": the unit of the input's values */
    const char *help;
};

/* Parameters that operations share (lib/op/shared.c). */
enum {
    TFLOW_I_SELECT = 1, /* which flows, how added up: see flows/select.h */
    TFLOW_I_SUMS = 2    /* looks at sums alone, through tflow_i_aggregate */
};

typedef struct tflow_i_args tflow_i_args;

/* The work of an operation: read the checked arguments, add columns and rows to out.
 * A positive status is not a failure. The recipe is added by the caller. */
typedef tflow_status tflow_i_run(const tflow_i_args *args, tflow_builder *out,
                                 tflow_error *error);

struct tflow_operation {
    const char *name;
    const char *summary;
    const char *definition;
    const char *reference; /* NULL: none */
    const char *example;   /* NULL: none */
    size_t inputs_min, inputs_max;
    unsigned shared; /* TFLOW_I_SELECT, and with it TFLOW_I_SUMS, or 0 */
    const tflow_parameter *parameters;
    size_t n_parameters;
    const tflow_output *outputs;
    size_t n_outputs;
    tflow_i_run *run;
};

#define TFLOW_I_COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- arguments of the running call (args.c) ---- */

size_t tflow_i_inputs(const tflow_i_args *args);
const tflow_table *tflow_i_input(const tflow_i_args *args, size_t i);
/* The state that the caller keeps in memory, or NULL. */
struct tflow_state *tflow_i_arg_state(const tflow_i_args *args);
/* Each getter takes the name of a parameter of that type. */
int tflow_i_arg_set(const tflow_i_args *args, const char *name); /* set or defaulted */
const char *tflow_i_arg_text(const tflow_i_args *args, const char *name); /* or NULL */
int tflow_i_arg_flag(const tflow_i_args *args, const char *name);
int64_t tflow_i_arg_integer(const tflow_i_args *args, const char *name);
double tflow_i_arg_real(const tflow_i_args *args, const char *name); /* NaN: unset */
/* Is the CHOICE parameter this word? */
int tflow_i_arg_is(const tflow_i_args *args, const char *name, const char *word);
/* Words of a LIST; 0 when unset. */
size_t tflow_i_arg_list(const tflow_i_args *args, const char *name,
                        const char *const **words);
/* Does the LIST hold this word? */
int tflow_i_arg_has(const tflow_i_args *args, const char *name, const char *word);
size_t tflow_i_arg_numbers(const tflow_i_args *args, const char *name,
                           const double **numbers);
/* First and last period of a PERIODS parameter; TFLOW_PERIOD_NONE when open or unset.
 * One period alone is both. */
void tflow_i_arg_periods(const tflow_i_args *args, const char *name,
                         tflow_period *first, tflow_period *last);
/* Put the resolved value of a parameter into the recipe, where it was open or "auto".
 */
tflow_status tflow_i_resolve(const tflow_i_args *args, const char *name,
                             const char *value);

/* A failure about a parameter: column names it. */
tflow_status tflow_i_arg_fail(tflow_error *error, tflow_status status,
                              const char *parameter, const char *format, ...)
    TFLOW_PRINTF(4, 5);

extern const tflow_parameter tflow_i_select_parameters[];
extern const size_t tflow_i_n_select_parameters;

#endif
