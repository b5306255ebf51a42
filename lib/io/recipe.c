/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes read back from JSON. */
#include "io/json_load.h"
#include "io/write.h"

#include <stdio.h>
#include <string.h>

struct pair {
    char *name;
    char *value; /* NULL: unset */
};

struct pairs {
    struct pair *items;
    size_t n, capacity;
};

struct tflow_recipe {
    char *operation;
    char *version;
    struct pairs parameters;
    struct pairs *inputs;
    size_t n_inputs;
    char **notes;
    size_t n_notes;
};

static void free_pairs(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        tflow_i_free(pairs->items[i].name);
        tflow_i_free(pairs->items[i].value);
    }
    tflow_i_free(pairs->items);
}

/* The text that tflow_call_set takes; NULL for null. 0 when the value is no text. */
static int text_of(const json_t *value, char **out, int *nomem)
{
    char number[TFLOW_I_DECIMAL_SIZE];

    *out = NULL;
    if (json_is_null(value))
        return 1;
    if (json_is_string(value))
        *out = tflow_i_strndup(json_string_value(value), json_string_length(value));
    else if (json_is_boolean(value))
        *out = tflow_i_strdup(json_is_true(value) ? "yes" : "no");
    else if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        *out = tflow_i_strdup(number);
    } else if (json_is_real(value))
        *out = tflow_i_strdup(tflow_i_decimal_format(json_real_value(value), number));
    else
        return 0;
    *nomem = *out == NULL;
    return 1;
}

static tflow_status read_pairs(json_t *object, struct pairs *pairs, tflow_error *error)
{
    const char *name;
    json_t *value;

    json_object_foreach(object, name, value)
    {
        int nomem = 0;
        if (!tflow_i_reserve(&pairs->items, &pairs->capacity, pairs->n + 1,
                             sizeof *pairs->items))
            return tflow_i_nomem(error);
        struct pair *pair = &pairs->items[pairs->n];
        if (!text_of(value, &pair->value, &nomem))
            return tflow_i_fail(error, TFLOW_EPARSE,
                                "\"%.60s\" of the recipe is a list or an object, "
                                "expected text",
                                name);
        pair->name = tflow_i_strdup(name);
        if (nomem || pair->name == NULL) {
            tflow_i_free(pair->name);
            tflow_i_free(pair->value);
            return tflow_i_nomem(error);
        }
        pairs->n++;
    }
    return TFLOW_OK;
}

static tflow_status read_inputs(json_t *list, tflow_recipe *recipe, tflow_error *error)
{
    size_t n = json_array_size(list);

    if (list != NULL && !json_is_array(list))
        return tflow_i_fail(error, TFLOW_EPARSE, "\"inputs\" of the recipe is no list");
    if (n == 0)
        return TFLOW_OK;
    recipe->inputs = tflow_i_calloc(n, sizeof *recipe->inputs);
    if (recipe->inputs == NULL)
        return tflow_i_nomem(error);
    recipe->n_inputs = n;
    for (size_t i = 0; i < n; i++) {
        json_t *item = json_array_get(list, i);
        if (!json_is_object(item))
            return tflow_i_fail(error, TFLOW_EPARSE,
                                "input %zu of the recipe is no object", i + 1);
        tflow_status status = read_pairs(item, &recipe->inputs[i], error);
        if (status != TFLOW_OK)
            return status;
    }
    return TFLOW_OK;
}

static tflow_status read_notes(json_t *list, tflow_recipe *recipe, tflow_error *error)
{
    size_t n = json_array_size(list);

    if (n == 0)
        return TFLOW_OK;
    recipe->notes = tflow_i_calloc(n, sizeof *recipe->notes);
    if (recipe->notes == NULL)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < n; i++) {
        const char *note = json_string_value(json_array_get(list, i));
        if (note == NULL)
            return tflow_i_fail(error, TFLOW_EPARSE,
                                "note %zu of the recipe is no text", i + 1);
        recipe->notes[i] = tflow_i_strdup(note);
        if (recipe->notes[i] == NULL)
            return tflow_i_nomem(error);
        recipe->n_notes++;
    }
    return TFLOW_OK;
}

static tflow_status read_recipe(json_t *root, tflow_recipe *recipe, tflow_error *error)
{
    json_t *inside = json_object_get(root, "recipe");
    json_t *from = json_is_object(inside) ? inside : root;
    const char *operation = json_string_value(json_object_get(from, "operation"));
    const char *version = json_string_value(json_object_get(from, "version"));
    json_t *schema = json_object_get(from, "schema_version");
    json_t *parameters = json_object_get(from, "parameters");

    if (operation == NULL)
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "no recipe found: expected an object with \"operation\"");
    if (schema != NULL && json_integer_value(schema) != 1)
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "this version reads recipes of schema_version 1 only");
    if (parameters != NULL && !json_is_object(parameters))
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "\"parameters\" of the recipe is no object");
    recipe->operation = tflow_i_strdup(operation);
    recipe->version = tflow_i_strdup(version == NULL ? "" : version);
    if (recipe->operation == NULL || recipe->version == NULL)
        return tflow_i_nomem(error);
    tflow_status status = read_pairs(parameters, &recipe->parameters, error);
    if (status == TFLOW_OK)
        status = read_inputs(json_object_get(from, "inputs"), recipe, error);
    if (status == TFLOW_OK)
        status = read_notes(json_object_get(from, "notes"), recipe, error);
    return status;
}

tflow_status tflow_recipe_read(const char *json, size_t n, tflow_recipe **out,
                               tflow_error *error)
{
    json_error_t wrong;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the recipe");
    *out = NULL;
    if (json == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no text");
    tflow_status why;
    json_t *root = tflow_i_json_load(json, n, &wrong, &why);
    if (why == TFLOW_ENOMEM)
        return tflow_i_nomem(error);
    if (root == NULL) {
        tflow_i_fail(error, TFLOW_EPARSE, "this is no JSON: %.200s", wrong.text);
        tflow_i_at(error, NULL, wrong.line > 0 ? (uint64_t)wrong.line : 0, 0, NULL);
        return TFLOW_EPARSE;
    }
    tflow_recipe *recipe = tflow_i_calloc(1, sizeof *recipe);
    tflow_status status =
        recipe == NULL ? tflow_i_nomem(error) : read_recipe(root, recipe, error);
    json_decref(root);
    if (status != TFLOW_OK) {
        tflow_recipe_free(recipe);
        return status;
    }
    *out = recipe;
    return TFLOW_OK;
}

void tflow_recipe_free(tflow_recipe *recipe)
{
    if (recipe == NULL)
        return;
    free_pairs(&recipe->parameters);
    for (size_t i = 0; i < recipe->n_inputs; i++)
        free_pairs(&recipe->inputs[i]);
    for (size_t i = 0; i < recipe->n_notes; i++)
        tflow_i_free(recipe->notes[i]);
    tflow_i_free(recipe->inputs);
    tflow_i_free(recipe->notes);
    tflow_i_free(recipe->operation);
    tflow_i_free(recipe->version);
    tflow_i_free(recipe);
}

const char *tflow_recipe_operation(const tflow_recipe *recipe)
{
    return recipe == NULL ? "" : recipe->operation;
}

const char *tflow_recipe_version(const tflow_recipe *recipe)
{
    return recipe == NULL ? "" : recipe->version;
}

const char *tflow_recipe_parameter(const tflow_recipe *recipe, size_t i)
{
    return recipe != NULL && i < recipe->parameters.n ? recipe->parameters.items[i].name
                                                      : NULL;
}

const char *tflow_recipe_value(const tflow_recipe *recipe, size_t i)
{
    return recipe != NULL && i < recipe->parameters.n
               ? recipe->parameters.items[i].value
               : NULL;
}

const char *tflow_recipe_input(const tflow_recipe *recipe, size_t i)
{
    if (recipe == NULL || i >= recipe->n_inputs)
        return NULL;
    const char *source = tflow_recipe_input_option(recipe, i, "source");
    return source == NULL ? "" : source;
}

const char *tflow_recipe_input_option(const tflow_recipe *recipe, size_t i,
                                      const char *option)
{
    if (recipe == NULL || option == NULL || i >= recipe->n_inputs)
        return NULL;
    const struct pairs *input = &recipe->inputs[i];
    for (size_t k = 0; k < input->n; k++) {
        const char *name = input->items[k].name;
        if (strcmp(name, option) == 0 ||
            (strncmp(name, "read.", 5) == 0 && strcmp(name + 5, option) == 0))
            return input->items[k].value;
    }
    return NULL;
}

const char *tflow_recipe_note(const tflow_recipe *recipe, size_t i)
{
    return recipe != NULL && i < recipe->n_notes ? recipe->notes[i] : NULL;
}
