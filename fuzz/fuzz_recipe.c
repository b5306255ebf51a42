/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a recipe or are refused with a reason; what a recipe says of parameters
 * is taken by a call, or refused with a reason too. */
#include "tradeflow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static void set_parameters(const tflow_recipe *recipe, tflow_call *call)
{
    const char *name;

    for (size_t i = 0; (name = tflow_recipe_parameter(recipe, i)) != NULL; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        const char *value = tflow_recipe_value(recipe, i);
        if (value == NULL)
            continue;
        tflow_status status = tflow_call_set(call, name, value, &error);
        require(status <= 0 && (status == TFLOW_OK) == (error.message[0] == '\0'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const options[] = {"source", "layout", "rows", "decimal"};
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_recipe *recipe = NULL;
    tflow_call *call = NULL;
    tflow_status status = tflow_recipe_read((const char *)data, size, &recipe, &error);

    if (status != TFLOW_OK) {
        require(status == TFLOW_EPARSE && recipe == NULL && error.message[0] != '\0');
        return 0;
    }
    require(tflow_recipe_operation(recipe) != NULL);
    require(tflow_recipe_version(recipe) != NULL);
    for (size_t i = 0; tflow_recipe_input(recipe, i) != NULL; i++)
        for (size_t k = 0; k < sizeof options / sizeof *options; k++)
            (void)tflow_recipe_input_option(recipe, i, options[k]);
    for (size_t i = 0; tflow_recipe_note(recipe, i) != NULL; i++)
        require(memchr(tflow_recipe_note(recipe, i), '\0', size + 1) != NULL);
    if (tflow_call_new(tflow_recipe_operation(recipe), &call, NULL) == TFLOW_OK)
        set_parameters(recipe, call);
    tflow_call_free(call);
    tflow_recipe_free(recipe);
    return 0;
}
