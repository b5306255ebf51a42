/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a call needs of products. */
#include "op/args.h"

#include <string.h>

static const char *text_of(const tflow_i_args *args, const char *name)
{
    size_t i = tflow_i_args_index(args, name);
    const char *text = i == SIZE_MAX ? NULL : args->values[i].text;
    return text == NULL ? "" : text;
}

/* A key that is named anywhere, to be listed, kept apart or taken parts of, is needed
 * with all its texts. */
static int is_named(const tflow_i_args *args, const char *key)
{
    for (size_t i = 0; i < args->n_values; i++)
        if (args->values[i].text != NULL && strstr(args->values[i].text, key) != NULL)
            return 1;
    return 0;
}

int tflow_call_products(const tflow_call *call)
{
    if (call == NULL)
        return TFLOW_PRODUCTS_KEPT;
    const tflow_i_args *args = tflow_i_call_args(call);
    const char *duplicates = text_of(args, "duplicates");
    const char *measure = text_of(args, "measure");

    if ((args->operation->shared & TFLOW_I_SUMS) == 0 || args->state != NULL ||
        *text_of(args, "product") != '\0' || is_named(args, "product") ||
        is_named(args, "quantity_unit") ||
        (*measure != '\0' && strcmp(measure, "value") != 0) ||
        tflow_i_arg_flag(args, "complete") || strcmp(duplicates, "first") == 0)
        return TFLOW_PRODUCTS_KEPT;
    return strcmp(duplicates, "sum") == 0 ? TFLOW_PRODUCTS_ADDED
                                          : TFLOW_PRODUCTS_ADDED_ONCE;
}
