/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results that are run again, or explained. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_BYTES ((size_t)1 << 30)

/* All of a file; NULL after saying why not. */
static char *read_whole(const cli *c, const char *path, size_t *n, int *code)
{
    int own = strcmp(path, "-") != 0;
    FILE *file = own ? fopen(path, "r") : stdin;
    char *text = NULL;
    size_t capacity = 0, got = 1;

    *n = 0;
    *code = DONE;
    if (file == NULL) {
        *code = io_error(c, path, "cannot read: %s", strerror(errno));
        return NULL;
    }
    while (got > 0 && *code == DONE) {
        if (*n == capacity) {
            char *grown = realloc(text, capacity * 2 + 65536);
            if (grown == NULL) {
                *code = no_memory(c);
                break;
            }
            text = grown;
            capacity = capacity * 2 + 65536;
        }
        got = fread(text + *n, 1, capacity - *n, file);
        *n += got;
        if (ferror(file))
            *code = io_error(c, path, "cannot read: %s", strerror(errno));
        else if (*n > MOST_BYTES)
            *code = io_error(c, path, "too large for a result: more than 1 GB");
    }
    if (own)
        fclose(file);
    return text;
}

int recipe_open(const cli *c, const char *path, tflow_recipe **recipe)
{
    tflow_error error = TFLOW_ERROR_INIT;
    size_t n;
    int code;
    char *text = read_whole(c, path, &n, &code);

    if (code == DONE && tflow_recipe_read(text, n, recipe, &error) != TFLOW_OK) {
        snprintf(error.file, sizeof error.file, "%s", path);
        code = fail(c, &error);
    }
    free(text);
    return code;
}

/* What an option is called in a recipe. */
static const char *recipe_key(const char *option, char *buffer, size_t size)
{
    static const char *const others[][2] = {
        {"layout", "layout"}, {"to", "read.convert_to"}, {"prices", "read.base"}};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i][0], option) == 0)
            return others[i][1];
    snprintf(buffer, size, "read.%s", option);
    for (char *s = buffer; *s != '\0'; s++)
        *s = *s == '-' ? '_' : *s;
    return buffer;
}

static int apply_input(const cli *c, request *r, size_t i)
{
    input *in = &r->inputs[i];
    char buffer[OPTION_NAME_SIZE + 8];
    int code = DONE;

    input_init(in);
    /* What was found in the file (a currency, a unit) is found again; only what was
     * told has to be told again, and the layout that was taken. */
    for (size_t k = 0; reading_options[k].name != NULL && code == DONE; k++) {
        const char *name = reading_options[k].name;
        const char *text = tflow_recipe_input_option(
            r->recipe, i, recipe_key(name, buffer, sizeof buffer));
        /* Layouts of several kinds were found, one by one, in the files' headers. */
        if (text != NULL && (strcmp(name, "layout") != 0 || strchr(text, '\n') == NULL))
            code = set_reading(c, in, name, text);
    }
    return code == DONE
               ? request_files(c, r, in, tflow_recipe_input(r->recipe, i), '\n')
               : code;
}

int recipe_apply(const cli *c, request *r)
{
    tflow_error error = TFLOW_ERROR_INIT;
    const char *name;
    int code = DONE;

    for (size_t i = 0; (name = tflow_recipe_parameter(r->recipe, i)) != NULL; i++) {
        const char *value = tflow_recipe_value(r->recipe, i);
        if (value != NULL && tflow_call_set(r->call, name, value, &error) != TFLOW_OK)
            return fail_usage(c, &error);
    }
    for (size_t i = 0; tflow_recipe_input(r->recipe, i) != NULL && code == DONE; i++) {
        if (i == MOST_INPUTS)
            return usage_error(c, "the recipe has more than %d inputs", MOST_INPUTS);
        code = apply_input(c, r, i);
        r->n_inputs = i + 1;
    }
    return code;
}

/* ---- explain ---- */

static void explain_inputs(FILE *out, const tflow_recipe *recipe)
{
    const char *source;

    for (size_t i = 0; (source = tflow_recipe_input(recipe, i)) != NULL; i++) {
        fputs(i == 0 ? "\nFrom\n" : "and\n", out);
        for (; *source != '\0'; source += strspn(source, "\n")) {
            size_t n = strcspn(source, "\n");
            fprintf(out, "  %.*s\n", (int)n, source);
            source += n;
        }
        static const char *const facts[] = {
            "layout",  "rows",     "unit_multiplier", "currency",  "valuation",
            "columns", "encoding", "decimal",         "thousands", "delimiter",
            "unknown", "bad_rows", "allow_negative"};
        const char *between = "  ";
        for (size_t k = 0; k < sizeof facts / sizeof *facts; k++) {
            const char *text = tflow_recipe_input_option(recipe, i, facts[k]);
            if (text == NULL)
                continue;
            if (strcmp(facts[k], "rows") == 0)
                fprintf(out, "%s%s rows", between, text);
            else if (strcmp(facts[k], "unit_multiplier") == 0)
                fprintf(out, "%svalues in 10^%s", between, text);
            else
                fprintf(out, "%s%s %s", between, facts[k], text);
            between = ", ";
        }
        if (strcmp(between, "  ") != 0)
            fputc('\n', out);
    }
}

static void explain_parameters(FILE *out, const tflow_operation *operation,
                               const tflow_recipe *recipe)
{
    const tflow_parameter *p;
    const char *name;
    int title = 0;

    for (size_t i = 0; (name = tflow_recipe_parameter(recipe, i)) != NULL; i++) {
        const char *value = tflow_recipe_value(recipe, i), *usual = NULL, *about = "";
        if (value == NULL)
            continue;
        for (size_t k = 0; (p = tflow_operation_parameter(operation, k)) != NULL; k++) {
            if (strcmp(tflow_parameter_name(p), name) == 0) {
                usual = tflow_parameter_default(p);
                about = tflow_parameter_help(p);
            }
        }
        fputs(title++ == 0 ? "\nWith\n" : "", out);
        int same = usual != NULL && strcmp(usual, value) == 0;
        fprintf(out, "  %s = %s%s\n", name, value, same ? " (default)" : "");
        if (*about != '\0')
            print_wrapped(out, about, 6, 80);
    }
}

static void explain_recipe(FILE *out, const tflow_recipe *recipe)
{
    const char *name = tflow_recipe_operation(recipe), *note;
    const tflow_operation *operation = tflow_operation_find(name);

    fprintf(out, "%s: %s\n", name,
            operation == NULL ? "not an operation of this version"
                              : tflow_operation_summary(operation));
    if (*tflow_recipe_version(recipe) != '\0')
        fprintf(out, "computed by libtradeflow %s\n", tflow_recipe_version(recipe));
    explain_inputs(out, recipe);
    explain_parameters(out, operation, recipe);
    for (size_t i = 0; (note = tflow_recipe_note(recipe, i)) != NULL; i++) {
        fputs(i == 0 ? "\nNotes\n" : "", out);
        print_wrapped(out, note, 2, 80);
    }
    if (operation != NULL) {
        fputs("\nDefinition\n", out);
        print_wrapped(out, tflow_operation_definition(operation), 2, 80);
        if (*tflow_operation_reference(operation) != '\0') {
            fputs("\nReference\n", out);
            print_wrapped(out, tflow_operation_reference(operation), 2, 80);
        }
    }
    fputs("\nRun it again: tradeflow --recipe THIS_FILE [--parameter VALUE]...\n", out);
}

int explain(const cli *c, int argc, char **argv)
{
    tflow_recipe *recipe = NULL;
    const char *path = NULL;
    page p;

    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "--errors", 8) == 0) {
            i += strchr(argv[i], '=') == NULL;
            continue;
        }
        if (path != NULL || (argv[i][0] == '-' && argv[i][1] != '\0'))
            return usage_error(c, "explain takes one file; found \"%s\"", argv[i]);
        path = argv[i];
    }
    if (path == NULL)
        return usage_error(c, "explain needs a result written with --format json");
    int code = recipe_open(c, path, &recipe);
    if (code == DONE)
        code = page_open(c, &p);
    if (code == DONE) {
        explain_recipe(p.file, recipe);
        code = page_put(c, &p, NULL);
    }
    tflow_recipe_free(recipe);
    return code;
}
