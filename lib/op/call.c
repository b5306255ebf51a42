/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/args.h"

#include <string.h>

struct tflow_call {
    tflow_i_args args;
};

tflow_status tflow_call_new(const char *operation, tflow_call **out, tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (operation == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no operation named");
    const tflow_operation *found = tflow_operation_find(operation);
    if (found == NULL)
        return tflow_i_fail(error, TFLOW_EUNKNOWN, "there is no operation \"%.60s\"",
                            operation);
    tflow_call *call = tflow_i_calloc(1, sizeof *call);
    if (call == NULL)
        return tflow_i_nomem(error);
    tflow_status status = tflow_i_args_open(&call->args, found, error);
    if (status != TFLOW_OK) {
        tflow_call_free(call);
        return status;
    }
    *out = call;
    return TFLOW_OK;
}

const tflow_i_args *tflow_i_call_args(const tflow_call *call)
{
    return &call->args;
}

void tflow_call_free(tflow_call *call)
{
    if (call == NULL)
        return;
    tflow_i_args_close(&call->args);
    tflow_i_free(call);
}

tflow_status tflow_call_set(tflow_call *call, const char *parameter, const char *text,
                            tflow_error *error)
{
    if (call == NULL || parameter == NULL || text == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no call, parameter or value");
    size_t i = tflow_i_args_index(&call->args, parameter);
    if (i == SIZE_MAX)
        return tflow_i_fail(error, TFLOW_EUNKNOWN, "%s has no parameter \"%.60s\"",
                            call->args.operation->name, parameter);
    return tflow_i_args_set(&call->args, i, text, error);
}

tflow_status tflow_call_input(tflow_call *call, const tflow_table *table,
                              tflow_error *error)
{
    if (call == NULL || table == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no call or no table");
    tflow_i_args *args = &call->args;
    if (args->n_inputs >= args->operation->inputs_max ||
        args->n_inputs >= TFLOW_I_MAX_INPUTS)
        return tflow_i_fail(error, TFLOW_EINVAL, "%s takes %zu table%s at most",
                            args->operation->name, args->operation->inputs_max,
                            args->operation->inputs_max == 1 ? "" : "s");
    args->inputs[args->n_inputs++] = table;
    return TFLOW_OK;
}

tflow_status tflow_call_state(tflow_call *call, struct tflow_state *state,
                              tflow_error *error)
{
    if (call == NULL || state == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no call or no state");
    if (tflow_i_args_index(&call->args, "state") == SIZE_MAX)
        return tflow_i_fail(error, TFLOW_EINVAL, "%s keeps no state",
                            call->args.operation->name);
    call->args.state = state;
    return TFLOW_OK;
}

void tflow_call_forget_inputs(tflow_call *call)
{
    if (call != NULL)
        call->args.n_inputs = 0;
}

/* ---- the recipe: everything needed to get the same result again ---- */

static void recipe_parameters(tflow_i_text *text, const tflow_i_args *args)
{
    for (size_t i = 0; i < args->n_values; i++) {
        const tflow_i_value *value = &args->values[i];
        const char *shown = value->resolved != NULL ? value->resolved : value->text;
        tflow_i_text_add(text, i > 0 ? "," : "");
        tflow_i_text_json(text, tflow_operation_parameter(args->operation, i)->name);
        tflow_i_text_char(text, ':');
        if (shown == NULL)
            tflow_i_text_add(text, "null");
        else
            tflow_i_text_json(text, shown);
    }
}

static void recipe_input(tflow_i_text *text, const tflow_table *table)
{
    static const char *const facts[] = {"source", "layout", "currency", "valuation",
                                        "unit_multiplier"};
    const char *between = "";

    tflow_i_text_char(text, '{');
    for (size_t i = 0; i < table->n_attributes; i++) {
        const char *name = table->attributes[i].name;
        int known = strncmp(name, "read.", 5) == 0;
        for (size_t k = 0; k < TFLOW_I_COUNT(facts); k++)
            known |= strcmp(name, facts[k]) == 0;
        if (!known)
            continue;
        tflow_i_text_add(text, between);
        tflow_i_text_json(text, name);
        tflow_i_text_char(text, ':');
        tflow_i_text_json(text, table->attributes[i].value);
        between = ",";
    }
    tflow_i_text_format(text, "%s\"rows\":%zu}", between, tflow_i_table_read(table));
}

static tflow_status add_recipe(const tflow_i_args *args, tflow_builder *builder,
                               tflow_error *error)
{
    tflow_i_text text = {0};
    const tflow_table *result = tflow_i_builder_table(builder);

    tflow_i_text_add(&text, "{\"schema_version\":1,\"operation\":");
    tflow_i_text_json(&text, args->operation->name);
    tflow_i_text_add(&text, ",\"version\":");
    tflow_i_text_json(&text, tflow_version());
    tflow_i_text_add(&text, ",\"parameters\":{");
    recipe_parameters(&text, args);
    tflow_i_text_add(&text, "},\"inputs\":[");
    for (size_t i = 0; i < args->n_inputs; i++) {
        tflow_i_text_add(&text, i > 0 ? "," : "");
        recipe_input(&text, args->inputs[i]);
    }
    tflow_i_text_add(&text, "],\"notes\":[");
    for (size_t i = 0; i < result->n_notes; i++) {
        tflow_i_text_add(&text, i > 0 ? "," : "");
        tflow_i_text_json(&text, result->notes[i]);
    }
    tflow_i_text_add(&text, "]}");

    char *recipe = tflow_i_text_take(&text);
    if (recipe == NULL)
        return tflow_i_nomem(error);
    tflow_status status = tflow_builder_attribute(builder, "recipe", recipe, error);
    tflow_text_free(recipe);
    return status;
}

static void forget_resolved(tflow_i_args *args)
{
    for (size_t i = 0; i < args->n_values; i++) {
        tflow_i_free(args->values[i].resolved);
        args->values[i].resolved = NULL;
    }
}

tflow_status tflow_call_run(tflow_call *call, tflow_table **out, tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (call == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no call");
    tflow_i_args *args = &call->args;
    const tflow_operation *operation = args->operation;
    if (args->n_inputs < operation->inputs_min)
        return tflow_i_fail(error, TFLOW_EINVAL, "%s needs %zu table%s, found %zu",
                            operation->name, operation->inputs_min,
                            operation->inputs_min == 1 ? "" : "s", args->n_inputs);

    tflow_builder *builder;
    tflow_status status = tflow_builder_new(&builder, error);
    if (status != TFLOW_OK)
        return status;
    forget_resolved(args);
    tflow_status worked = operation->run(args, builder, error);
    status = worked < 0 ? worked : add_recipe(args, builder, error);
    if (status >= 0)
        status = tflow_builder_attribute(builder, "operation", operation->name, error);
    if (status >= 0)
        status = tflow_builder_finish(builder, out, error);
    tflow_builder_free(builder);
    return status < 0 ? status : worked;
}
