/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file operation.h
 * Operations: named functions from tables to a table, described by data.
 *
 * Everything outside C is made from these descriptions: the verbs of the command, its
 * help, man page and completions, and the functions of the bindings.
 *
 *     tflow_call *call;
 *     tflow_table *result;
 *     tflow_call_new("growth", &call, &error);
 *     tflow_call_set(call, "reporter", "BLR", &error);
 *     tflow_call_input(call, flows, &error);
 *     tflow_call_run(call, &result, &error);
 */
#ifndef TRADEFLOW_OPERATION_H
#define TRADEFLOW_OPERATION_H

#include "tradeflow/core.h"
#include "tradeflow/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a parameter takes. Its text form is what tflow_call_set reads. */
typedef enum tflow_parameter_type {
    TFLOW_PARAMETER_FLAG = 1,    /**< "yes" or "no" */
    TFLOW_PARAMETER_INTEGER = 2, /**< a whole number within the bounds */
    TFLOW_PARAMETER_REAL = 3,    /**< a number within the bounds */
    TFLOW_PARAMETER_TEXT = 4,    /**< any text */
    TFLOW_PARAMETER_CHOICE = 5,  /**< one of the domain's words */
    TFLOW_PARAMETER_LIST = 6,    /**< words joined by commas */
    TFLOW_PARAMETER_PERIODS = 7, /**< a period, or two joined by ":" */
    TFLOW_PARAMETER_NUMBERS = 8  /**< numbers joined by commas, within the bounds */
} tflow_parameter_type;

/** The description of a parameter; opaque, static. */
typedef struct tflow_parameter tflow_parameter;

/** The description of a column of the result; opaque, static. */
typedef struct tflow_output tflow_output;

/** The description of an operation; opaque, static. */
typedef struct tflow_operation tflow_operation;

/** Number of operations. */
TFLOW_API size_t tflow_operation_count(void);
/** Operation @p i, in alphabetical order; NULL when there is none. */
TFLOW_API const tflow_operation *tflow_operation_at(size_t i);
/** The operation of that name; NULL when there is none. */
TFLOW_API const tflow_operation *tflow_operation_find(const char *name);
/** Its name, such as "growth". */
TFLOW_API const char *tflow_operation_name(const tflow_operation *operation);
/** What it is, in one sentence. */
TFLOW_API const char *tflow_operation_summary(const tflow_operation *operation);
/** Its definition: formulas, conventions, edge cases; several lines. */
TFLOW_API const char *tflow_operation_definition(const tflow_operation *operation);
/** Where the definition comes from; "" when it needs no source. */
TFLOW_API const char *tflow_operation_reference(const tflow_operation *operation);
/** A command line that shows it, without the program's name; "" for none. */
TFLOW_API const char *tflow_operation_example(const tflow_operation *operation);
/** The fewest tables it takes. */
TFLOW_API size_t tflow_operation_inputs_min(const tflow_operation *operation);
/** The most tables it takes. */
TFLOW_API size_t tflow_operation_inputs_max(const tflow_operation *operation);
/** Parameter @p i, its own first and then those it shares; NULL when there is none. */
TFLOW_API const tflow_parameter *
tflow_operation_parameter(const tflow_operation *operation, size_t i);
/** Column @p i that a result may have; NULL when there is none. */
TFLOW_API const tflow_output *tflow_operation_output(const tflow_operation *operation,
                                                     size_t i);

/** Its name, such as "missing". */
TFLOW_API const char *tflow_parameter_name(const tflow_parameter *parameter);
/** What it takes. */
TFLOW_API tflow_parameter_type tflow_parameter_kind(const tflow_parameter *parameter);
/** The text it starts from; NULL when it starts unset. */
TFLOW_API const char *tflow_parameter_default(const tflow_parameter *parameter);
/** The words of a choice or list, joined by "|"; "" when any text may stand. */
TFLOW_API const char *tflow_parameter_domain(const tflow_parameter *parameter);
/** Least number it takes. */
TFLOW_API double tflow_parameter_least(const tflow_parameter *parameter);
/** Greatest number it takes. */
TFLOW_API double tflow_parameter_greatest(const tflow_parameter *parameter);
/** One line of help. */
TFLOW_API const char *tflow_parameter_help(const tflow_parameter *parameter);

/** Its name. */
TFLOW_API const char *tflow_output_name(const tflow_output *output);
/** What it holds. */
TFLOW_API tflow_type tflow_output_type(const tflow_output *output);
/** Its unit; "value" stands for the unit of the input's values. */
TFLOW_API const char *tflow_output_unit(const tflow_output *output);
/** One line of help. */
TFLOW_API const char *tflow_output_help(const tflow_output *output);

/** A call being prepared. */
typedef struct tflow_call tflow_call;

/**
 * Prepare a call of the operation of that name.
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if there is no such operation; *@p out is then NULL.
 *         TFLOW_ENOMEM when out of memory.
 *         TFLOW_EINVAL if @p out or @p operation is NULL.
 */
TFLOW_API tflow_status tflow_call_new(const char *operation, tflow_call **out,
                                      tflow_error *error);

/** Release a call; NULL is fine. */
TFLOW_API void tflow_call_free(tflow_call *call);

/**
 * Set a parameter from text.
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if the operation has no such parameter.
 *         TFLOW_EPARSE if the text is not what the parameter takes.
 *         TFLOW_EINVAL if it is outside the domain, or an argument is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_call_set(tflow_call *call, const char *parameter,
                                      const char *text, tflow_error *error);

/**
 * Add an input table, borrowed until tflow_call_run has returned.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if an argument is NULL or the operation takes no more tables.
 */
TFLOW_API tflow_status tflow_call_input(tflow_call *call, const tflow_table *table,
                                        tflow_error *error);

/** Forget the tables given so far; NULL is fine. */
TFLOW_API void tflow_call_forget_inputs(tflow_call *call);

/**
 * What a call, with the parameters set so far, needs of the products of a file: rows
 * that it would add up over products anyway can be added up while they are read
 * (tflow_read_opts.products), which takes memory for the sums alone. Whether that loses
 * something, because totals stand beside their parts, shows in the file: then
 * tflow_call_run says TFLOW_EUNSUPPORTED, and the file is to be read with its products.
 *
 * @return one of tflow_products; TFLOW_PRODUCTS_KEPT when @p call is NULL
 */
TFLOW_API int tflow_call_products(const tflow_call *call);

struct tflow_state;

/**
 * Give the call a state in memory (see tradeflow/state.h) in the place of the file that
 * its parameter `state` would name. It is changed when the call succeeds, and as it was
 * when it fails; borrowed until then.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if an argument is NULL or the operation keeps no state.
 */
TFLOW_API tflow_status tflow_call_state(tflow_call *call, struct tflow_state *state,
                                        tflow_error *error);

/**
 * Run it. May be called again, with the same inputs or after more were set.
 *
 * @param out  the result; yours. Its attribute `recipe` holds the operation, each
 *             parameter with its resolved value, the inputs and the version, as JSON.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if there are too few inputs, or a needed parameter is not set.
 *         TFLOW_EMISSING, TFLOW_ENEGATIVE, TFLOW_EDUPLICATE, TFLOW_EOVERLAP,
 *         TFLOW_EMIXED or TFLOW_EUNKNOWN for data that the operation refuses.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_call_run(tflow_call *call, tflow_table **out,
                                      tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
