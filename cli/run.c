/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- inputs ---- */

/* "data/..." is also looked for among the data that came with the library. */
static char *find_file(const char *path)
{
    const char *dir = getenv("TRADEFLOW_DATA");
    size_t n = strlen(path) + 2;
    if (dir == NULL)
        dir = TRADEFLOW_DATADIR;
    char *found = malloc(n + strlen(dir));
    if (found == NULL)
        return NULL;
    if (strncmp(path, "data/", 5) == 0 && access(path, F_OK) != 0) {
        snprintf(found, n + strlen(dir), "%s/%s", dir, path + 5);
        if (access(found, F_OK) == 0)
            return found;
    }
    snprintf(found, n, "%s", path);
    return found;
}

static int read_input(const options *o, const char *const *files, size_t n,
                      tflow_table **table)
{
    tflow_error error = TFLOW_ERROR_INIT;
    char **paths = calloc(n, sizeof *paths);
    if (paths == NULL)
        return complain_text(BAD_IO, "out of memory%s", "");
    int code = DONE;
    for (size_t i = 0; i < n && code == DONE; i++) {
        paths[i] = find_file(files[i]);
        if (paths[i] == NULL)
            code = complain_text(BAD_IO, "out of memory%s", "");
    }
    if (code == DONE && tflow_read_files((const char *const *)paths, n, &o->read, table,
                                         &error) != TFLOW_OK)
        code = complain(o, &error);
    for (size_t i = 0; i < n; i++)
        free(paths[i]);
    free(paths);
    return code;
}

/* Files joined by commas, for an input that is not the first. */
static int read_joined(const options *o, const char *joined, tflow_table **table)
{
    char *copy = malloc(strlen(joined) + 1);
    const char *files[256];
    size_t n = 0;
    if (copy == NULL)
        return complain_text(BAD_IO, "out of memory%s", "");
    memcpy(copy, joined, strlen(joined) + 1);
    for (char *s = copy; s != NULL && n < 256; n++) {
        files[n] = s;
        s = strchr(s, ',');
        if (s != NULL)
            *s++ = '\0';
    }
    int code = read_input(o, files, n, table);
    free(copy);
    return code;
}

/* ---- output ---- */

/* The page and the chart that a report carries with it. */
static int put_pages(const options *o, const char *operation, const tflow_table *result)
{
    const char *html = tflow_table_attribute(result, "html");
    const char *svg = tflow_table_attribute(result, "svg");
    int code = DONE;
    if (o->html != NULL && html == NULL)
        return complain_text(BAD_USAGE, "--html %s: only a report has a page", o->html);
    if (o->html != NULL)
        code = put_text(o, o->html, html);
    if (code == DONE && o->chart != NULL && svg != NULL &&
        strncmp(o->chart, "svg:", 4) == 0)
        return put_text(o, o->chart + 4, svg);
    if (code == DONE && o->chart != NULL)
        code = draw_chart(o, operation, result);
    return code;
}

static int show(const options *o, const char *operation, const tflow_table *result)
{
    tflow_error error = TFLOW_ERROR_INIT;
    const char *lines = tflow_table_attribute(result, "text");
    tflow_format format = terminal_width() > 0 && o->output == NULL ? TFLOW_FORMAT_TABLE
                                                                    : TFLOW_FORMAT_CSV;
    char *text = NULL;
    if (o->format != NULL &&
        tflow_format_find(o->format, &format, &error) != TFLOW_OK) {
        complain(o, &error);
        return BAD_USAGE;
    }
    if (lines == NULL || o->format != NULL) {
        if (tflow_table_write(result, format, terminal_width(), plain_terminal(), &text,
                              &error) != TFLOW_OK)
            return complain(o, &error);
        lines = text;
    }
    int code = put_text(o, o->output, lines);
    tflow_text_free(text);
    return code == DONE ? put_pages(o, operation, result) : code;
}

/* ---- running ---- */

static int run_call(const options *o, tflow_call *call, const char *name)
{
    tflow_table *inputs[MOST_INPUTS] = {0}, *result = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    size_t n = 0;
    int code = DONE;
    if (o->n_files > 0)
        code = read_input(o, o->files, o->n_files, &inputs[n++]);
    for (size_t i = 0; i < o->n_with && code == DONE; i++)
        code = read_joined(o, o->with[i], &inputs[n++]);
    for (size_t i = 0; i < n && code == DONE; i++)
        if (tflow_call_input(call, inputs[i], &error) != TFLOW_OK)
            code = complain(o, &error);
    if (code == DONE && tflow_call_run(call, &result, &error) < 0)
        code = complain(o, &error);
    if (code == DONE)
        code = show(o, name, result);
    tflow_table_free(result);
    for (size_t i = 0; i < n; i++)
        tflow_table_free(inputs[i]);
    return code;
}

static void start(options *o)
{
    static const tflow_read_opts defaults = TFLOW_READ_OPTS_INIT;
    memset(o, 0, sizeof *o);
    o->read = defaults;
    o->notes = 1;
}

int run_operation(const char *name, int argc, char **argv)
{
    static options o; /* large: a list of files */
    tflow_call *call;
    tflow_error error = TFLOW_ERROR_INIT;
    const tflow_operation *operation = tflow_operation_find(name);
    start(&o);
    if (tflow_call_new(name, &call, &error) != TFLOW_OK)
        return complain(&o, &error);
    int code = options_read(&o, call, operation, argc, argv);
    if (code == DONE && o.help)
        code = help_operation(name);
    else if (code == DONE && o.n_files == 0 &&
             tflow_operation_inputs_min(operation) > 0)
        code = complain_text(BAD_USAGE,
                             "%s needs a file of flows, or - for standard input", name);
    else if (code == DONE)
        code = run_call(&o, call, name);
    tflow_call_free(call);
    return code;
}

/* ---- recipes ---- */

static char *read_whole(const char *path, size_t *n)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    char *text = NULL;
    size_t capacity = 0, got;
    *n = 0;
    if (file == NULL)
        return NULL;
    do {
        if (*n + 65536 > capacity) {
            capacity = capacity * 2 + 65536;
            char *grown = realloc(text, capacity);
            if (grown == NULL)
                break;
            text = grown;
        }
        got = fread(text + *n, 1, 65536, file);
        *n += got;
    } while (got > 0 && *n < ((size_t)1 << 28));
    fclose(file); /* standard input too: it is read once */
    return text;
}

static int open_recipe(const options *o, const char *path, tflow_recipe **recipe)
{
    size_t n;
    tflow_error error = TFLOW_ERROR_INIT;
    char *text = read_whole(path, &n);
    if (text == NULL)
        return complain_text(BAD_IO, "cannot read %s", path);
    int code = DONE;
    if (tflow_recipe_read(text, n, recipe, &error) != TFLOW_OK)
        code = complain(o, &error);
    free(text);
    return code;
}

static void recipe_reading(options *o, const tflow_recipe *recipe)
{
    const char *text;
    o->read.layout = tflow_recipe_input_option(recipe, 0, "layout");
    o->read.columns = tflow_recipe_input_option(recipe, 0, "read.columns");
    o->read.encoding = tflow_recipe_input_option(recipe, 0, "read.encoding");
    o->read.unit_multiplier =
        tflow_recipe_input_option(recipe, 0, "read.unit_multiplier");
    o->read.currency = tflow_recipe_input_option(recipe, 0, "read.currency");
    o->read.valuation = tflow_recipe_input_option(recipe, 0, "read.valuation");
    o->read.keep_unknown_areas =
        tflow_recipe_input_option(recipe, 0, "read.unknown") != NULL;
    o->read.skip_bad_rows =
        tflow_recipe_input_option(recipe, 0, "read.bad_rows") != NULL;
    o->read.allow_negative =
        tflow_recipe_input_option(recipe, 0, "read.allow_negative") != NULL;
    if ((text = tflow_recipe_input_option(recipe, 0, "read.delimiter")) != NULL)
        o->read.delimiter = text[0];
    if ((text = tflow_recipe_input_option(recipe, 0, "read.decimal")) != NULL)
        o->read.decimal = text[0];
    if ((text = tflow_recipe_input_option(recipe, 0, "read.thousands")) != NULL)
        o->read.thousands = text[0];
}

/* The files of the recipe's inputs; the first input's are joined by newlines. */
static void recipe_files(options *o, tflow_recipe *recipe, char *storage, size_t size)
{
    const char *source = tflow_recipe_input(recipe, 0);
    snprintf(storage, size, "%s", source == NULL ? "" : source);
    for (char *s = storage; s != NULL && *s != '\0' && o->n_files < MOST_FILES;) {
        o->files[o->n_files++] = s;
        s = strchr(s, '\n');
        if (s != NULL)
            *s++ = '\0';
    }
    for (size_t i = 1; i < MOST_INPUTS && tflow_recipe_input(recipe, i) != NULL; i++)
        o->with[o->n_with++] = tflow_recipe_input(recipe, i);
}

int run_recipe(int argc, char **argv)
{
    static options o;
    static char storage[65536];
    const char *path = strchr(argv[1], '=');
    tflow_recipe *recipe = NULL;
    tflow_call *call = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    start(&o);
    path = path != NULL ? path + 1 : argc > 2 ? argv[2] : NULL;
    if (path == NULL)
        return complain_text(BAD_USAGE, "--recipe needs a file%s", "");
    int code = open_recipe(&o, path, &recipe);
    if (code != DONE)
        return code;
    const char *name = tflow_recipe_operation(recipe);
    if (tflow_call_new(name, &call, &error) != TFLOW_OK)
        code = complain(&o, &error);
    for (size_t i = 0; code == DONE && tflow_recipe_parameter(recipe, i) != NULL; i++)
        if (tflow_call_set(call, tflow_recipe_parameter(recipe, i),
                           tflow_recipe_value(recipe, i), &error) != TFLOW_OK)
            code = complain(&o, &error);
    if (code == DONE) {
        int skip = strchr(argv[1], '=') != NULL ? 1 : 2;
        recipe_reading(&o, recipe);
        argv[skip] = argv[0];
        code = options_read(&o, call, tflow_operation_find(name), argc - skip,
                            argv + skip);
    }
    if (code == DONE && o.n_files == 0)
        recipe_files(&o, recipe, storage, sizeof storage);
    if (code == DONE)
        code = run_call(&o, call, name);
    tflow_call_free(call);
    tflow_recipe_free(recipe);
    return code;
}

int explain_result(const char *path)
{
    options *o = calloc(1, sizeof *o);
    tflow_recipe *recipe = NULL;
    if (o == NULL)
        return complain_text(BAD_IO, "out of memory%s", "");
    int code = open_recipe(o, path, &recipe);
    free(o);
    if (code != DONE)
        return code;
    const tflow_operation *op = tflow_operation_find(tflow_recipe_operation(recipe));
    printf("%s: %s\n", tflow_recipe_operation(recipe), tflow_operation_summary(op));
    for (size_t i = 0; tflow_recipe_input(recipe, i) != NULL; i++) {
        const char *layout = tflow_recipe_input_option(recipe, i, "layout");
        printf("\nfrom %s%s%s\n", tflow_recipe_input(recipe, i),
               layout == NULL ? "" : ", layout ", layout == NULL ? "" : layout);
    }
    puts("\nwith");
    for (size_t i = 0; tflow_recipe_parameter(recipe, i) != NULL; i++)
        printf("  %-12s %s\n", tflow_recipe_parameter(recipe, i),
               tflow_recipe_value(recipe, i));
    printf("\n%s\n", tflow_operation_definition(op));
    tflow_recipe_free(recipe);
    return DONE;
}
