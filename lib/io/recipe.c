/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes read back from JSON. */
#include "io/json.h"
#include "io/write.h"

#include <string.h>

#define NAMES_MAX 1000 /* in an object that is looked into */

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

/* What a string says; NULL: no memory. */
static char *string_of(const char *value)
{
    tflow_i_text text = {0};
    tflow_i_json_text(&text, value);
    return tflow_i_text_take(&text);
}

/* The text that tflow_call_set takes; NULL for null. 0 when the value is no text. */
static int text_of(const char *value, char **out, int *nomem)
{
    *out = NULL;
    switch (*value) {
    case 'n':
        return 1;
    case '"':
        *out = string_of(value);
        break;
    case 't':
    case 'f':
        *out = tflow_i_strdup(*value == 't' ? "yes" : "no");
        break;
    case '{':
    case '[':
        return 0;
    default:
        *out = tflow_i_strndup(value, tflow_i_json_length(value));
    }
    *nomem = *out == NULL;
    return 1;
}

/* One name says one thing. */
static tflow_status check_names(const char *json, const char *object,
                                tflow_error *error)
{
    size_t n = 0;
    for (const char *a = tflow_i_json_first(object); a != NULL; n++) {
        int twice = 0;
        for (const char *b = tflow_i_json_first(object);
             b != a && !twice && n < NAMES_MAX;) {
            twice = tflow_i_json_same(a, b);
            b = tflow_i_json_next(tflow_i_json_value(b));
        }
        if (twice || n == NAMES_MAX) {
            tflow_i_fail(error, TFLOW_EPARSE,
                         twice ? "a name comes twice in an object of this JSON"
                               : "an object of this JSON has too many names");
            tflow_i_at(error, NULL, tflow_i_json_line(json, a), 0, NULL);
            return TFLOW_EPARSE;
        }
        a = tflow_i_json_next(tflow_i_json_value(a));
    }
    return TFLOW_OK;
}

static tflow_status read_pair(const char *name, struct pair *pair, tflow_error *error)
{
    int nomem = 0;
    pair->name = string_of(name);
    if (pair->name == NULL)
        return tflow_i_nomem(error);
    if (!text_of(tflow_i_json_value(name), &pair->value, &nomem))
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "\"%.60s\" of the recipe is a list or an object, "
                            "expected text",
                            pair->name);
    return nomem ? tflow_i_nomem(error) : TFLOW_OK;
}

static tflow_status read_pairs(const char *json, const char *object,
                               struct pairs *pairs, tflow_error *error)
{
    tflow_status status = check_names(json, object, error);
    const char *name = tflow_i_json_first(object);
    while (name != NULL && status == TFLOW_OK) {
        if (!tflow_i_reserve(&pairs->items, &pairs->capacity, pairs->n + 1,
                             sizeof *pairs->items))
            return tflow_i_nomem(error);
        struct pair *pair = &pairs->items[pairs->n++];
        memset(pair, 0, sizeof *pair);
        status = read_pair(name, pair, error);
        name = tflow_i_json_next(tflow_i_json_value(name));
    }
    return status;
}

/* The items of a list. */
static size_t count(const char *list)
{
    size_t n = 0;
    for (const char *item = tflow_i_json_first(list); item != NULL;
         item = tflow_i_json_next(item))
        n++;
    return n;
}

static tflow_status read_inputs(const char *json, const char *list,
                                tflow_recipe *recipe, tflow_error *error)
{
    if (list == NULL)
        return TFLOW_OK;
    if (*list != '[')
        return tflow_i_fail(error, TFLOW_EPARSE, "\"inputs\" of the recipe is no list");
    recipe->inputs = tflow_i_calloc(count(list), sizeof *recipe->inputs);
    if (recipe->inputs == NULL)
        return tflow_i_nomem(error);
    for (const char *item = tflow_i_json_first(list); item != NULL;
         item = tflow_i_json_next(item)) {
        if (*item != '{')
            return tflow_i_fail(error, TFLOW_EPARSE,
                                "input %zu of the recipe is no object",
                                recipe->n_inputs + 1);
        tflow_status status =
            read_pairs(json, item, &recipe->inputs[recipe->n_inputs++], error);
        if (status != TFLOW_OK)
            return status;
    }
    return TFLOW_OK;
}

static tflow_status read_notes(const char *list, tflow_recipe *recipe,
                               tflow_error *error)
{
    if (!tflow_i_json_is(list, '['))
        return TFLOW_OK;
    recipe->notes = tflow_i_calloc(count(list), sizeof *recipe->notes);
    if (recipe->notes == NULL)
        return tflow_i_nomem(error);
    for (const char *item = tflow_i_json_first(list); item != NULL;
         item = tflow_i_json_next(item)) {
        if (*item != '"')
            return tflow_i_fail(error, TFLOW_EPARSE,
                                "note %zu of the recipe is no text",
                                recipe->n_notes + 1);
        recipe->notes[recipe->n_notes] = string_of(item);
        if (recipe->notes[recipe->n_notes] == NULL)
            return tflow_i_nomem(error);
        recipe->n_notes++;
    }
    return TFLOW_OK;
}

static tflow_status read_recipe(const char *json, const char *from,
                                tflow_recipe *recipe, tflow_error *error)
{
    const char *operation = tflow_i_json_member(from, "operation");
    const char *version = tflow_i_json_member(from, "version");
    const char *schema = tflow_i_json_member(from, "schema_version");
    const char *parameters = tflow_i_json_member(from, "parameters");

    if (!tflow_i_json_is(operation, '"'))
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "no recipe found: expected an object with \"operation\"");
    if (schema != NULL && (*schema != '1' || tflow_i_json_length(schema) != 1))
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "this version reads recipes of schema_version 1 only");
    if (parameters != NULL && *parameters != '{')
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "\"parameters\" of the recipe is no object");
    recipe->operation = string_of(operation);
    recipe->version =
        tflow_i_json_is(version, '"') ? string_of(version) : tflow_i_strdup("");
    if (recipe->operation == NULL || recipe->version == NULL)
        return tflow_i_nomem(error);
    tflow_status status =
        parameters == NULL ? TFLOW_OK
                           : read_pairs(json, parameters, &recipe->parameters, error);
    if (status == TFLOW_OK)
        status = read_inputs(json, tflow_i_json_member(from, "inputs"), recipe, error);
    if (status == TFLOW_OK)
        status = read_notes(tflow_i_json_member(from, "notes"), recipe, error);
    return status;
}

tflow_status tflow_recipe_read(const char *json, size_t n, tflow_recipe **out,
                               tflow_error *error)
{
    tflow_error wrong = TFLOW_ERROR_INIT;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the recipe");
    *out = NULL;
    if (json == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no text");
    const char *root = tflow_i_json_check(json, n, &wrong);
    if (root == NULL) {
        tflow_i_fail(error, TFLOW_EPARSE, "this is no JSON: %.300s", wrong.message);
        tflow_i_at(error, NULL, wrong.line, 0, NULL);
        return TFLOW_EPARSE;
    }
    const char *inside = tflow_i_json_member(root, "recipe");
    const char *from = tflow_i_json_is(inside, '{') ? inside : root;
    tflow_status status = TFLOW_OK;
    if (*root == '{')
        status = check_names(json, root, error);
    if (status == TFLOW_OK && from != root)
        status = check_names(json, from, error);
    if (status != TFLOW_OK)
        return status;
    tflow_recipe *recipe = tflow_i_calloc(1, sizeof *recipe);
    if (recipe == NULL)
        return tflow_i_nomem(error);
    status = read_recipe(json, from, recipe, error);
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
