/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a command line to a request: which operation, on what, how written. */
#include "options.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *request_memory(request *r, size_t n, size_t size)
{
    void **grown = realloc(r->kept, (r->n_kept + 1) * sizeof *grown);
    void *memory = NULL;

    if (grown != NULL) {
        r->kept = grown;
        memory = calloc(n == 0 ? 1 : n, size);
    }
    if (memory != NULL)
        r->kept[r->n_kept++] = memory;
    return memory;
}

void request_close(request *r)
{
    tflow_call_free(r->call);
    tflow_recipe_free(r->recipe);
    for (size_t i = 0; i < r->n_kept; i++)
        free(r->kept[i]);
    free(r->kept);
}

/* ---- files ---- */

/* "data/..." is also looked for among the data that came with the library. */
const char *request_find(request *r, const char *path)
{
    const char *dir = getenv("TRADEFLOW_DATA");

    if (dir == NULL || *dir == '\0')
        dir = TRADEFLOW_DATADIR;
    if (strncmp(path, "data/", 5) != 0 || access(path, F_OK) == 0)
        return path;
    size_t size = strlen(dir) + strlen(path);
    char *found = request_memory(r, size, 1);
    if (found == NULL)
        return path;
    snprintf(found, size, "%s/%s", dir, path + 5);
    return access(found, F_OK) == 0 ? found : path;
}

int request_add_file(const cli *c, request *r, input *in, const char *path)
{
    /* Room for one more, doubling: 1, 2, 4, ... */
    if ((in->n & (in->n - 1)) == 0) {
        const char **files =
            request_memory(r, in->n == 0 ? 1 : in->n * 2, sizeof *files);
        if (files == NULL)
            return no_memory(c);
        if (in->n > 0)
            memcpy(files, in->files, in->n * sizeof *files);
        in->files = files;
    }
    in->files[in->n++] = request_find(r, path);
    return DONE;
}

int request_files(const cli *c, request *r, input *in, const char *list, char separator)
{
    size_t size = strlen(list) + 1;
    char *copy = request_memory(r, size, 1);
    int code = DONE;

    if (copy == NULL)
        return no_memory(c);
    memcpy(copy, list, size);
    /* A name may hold a comma itself. */
    if (separator == ',' && access(list, F_OK) == 0)
        return request_add_file(c, r, in, copy);
    while (copy != NULL && code == DONE) {
        char *end = strchr(copy, separator);
        if (end != NULL)
            *end++ = '\0';
        if (*copy != '\0')
            code = request_add_file(c, r, in, copy);
        copy = end;
    }
    return code;
}

/* ---- the whole ---- */

/* --top_k is --top-k: names are written with dashes here, but nobody need know. */
static void dashes(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], "--", 2) == 0)
            for (char *s = argv[i] + 2; *s != '\0' && *s != '='; s++)
                if (*s == '_')
                    *s = '-';
}

/* The place of the operation's name, and the recipe, if any. */
static int find_verb(const cli *c, int argc, char **argv, int *verb,
                     const char **recipe)
{
    int options_end = 0;

    *verb = 0;
    *recipe = NULL;
    for (int i = 1; i < argc; i++) {
        char *word = argv[i];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = 1;
        } else if (!options_end && strncmp(word, "--", 2) == 0) {
            char name[OPTION_NAME_SIZE];
            size_t n = strcspn(word + 2, "=");
            const char *value = word[2 + n] == '=' ? word + 3 + n : NULL;
            snprintf(name, sizeof name, "%.*s", (int)n, word + 2);
            int takes = option_takes_value(name);
            if (takes < 0 && *verb == 0 && *recipe == NULL)
                return usage_error(c,
                                   "unknown option \"%s\" before the operation; "
                                   "see 'tradeflow help'",
                                   word);
            if (takes > 0 && value == NULL && i + 1 < argc)
                value = argv[++i];
            if (strcmp(name, "recipe") == 0)
                *recipe = value;
        } else if (!options_end && strcmp(word, "-o") == 0) {
            i++;
        } else if (*verb == 0 && (options_end || word[0] != '-') &&
                   (*recipe == NULL || tflow_operation_find(word) != NULL)) {
            *verb = i;
        }
    }
    return DONE;
}

static int open_operation(const cli *c, request *r, const char *name)
{
    tflow_error error = TFLOW_ERROR_INIT;

    r->operation = tflow_operation_find(name);
    if (r->operation == NULL)
        return unknown_operation(c, name);
    if (tflow_call_new(name, &r->call, &error) != TFLOW_OK)
        return fail(c, &error);
    return r->recipe != NULL ? recipe_apply(c, r) : DONE;
}

static int apply_reading(const cli *c, request *r, const typed *t)
{
    int code = DONE;

    for (size_t i = 0; i < r->n_inputs; i++)
        for (size_t k = 0; reading_options[k].name != NULL && code == DONE; k++) {
            const char *text = i > 0 && t->with[k] != NULL ? t->with[k] : t->all[k];
            if (text != NULL)
                code = set_reading(c, &r->inputs[i], reading_options[k].name, text);
        }
    return code;
}

/* What belongs together, and where the files of it are. */
static int check_conversions(const cli *c, request *r)
{
    for (size_t i = 0; i < r->n_inputs; i++) {
        input *in = &r->inputs[i];
        if ((in->rates == NULL) != (in->to == NULL))
            return usage_error(c, "--rates FILE and --to CURRENCY go together");
        if ((in->deflator == NULL) != (in->prices == NULL))
            return usage_error(c, "--deflator FILE and --prices PERIOD go together");
        if (in->rates != NULL)
            in->rates = request_find(r, in->rates);
        if (in->deflator != NULL)
            in->deflator = request_find(r, in->deflator);
        if (in->recode == NULL &&
            (in->recode_table != NULL || in->recode_many != NULL ||
             in->recode_unmapped != NULL))
            return usage_error(c, "--recode-table, --recode-many and --recode-unmapped "
                                  "go with --recode COLUMN[:FROM-TO]");
        if (in->recode != NULL && in->recode_table == NULL &&
            strchr(in->recode, ':') == NULL)
            return usage_error(c,
                               "--recode: found \"%s\", expected what to what, as in "
                               "product:hs2022-hs1992, or a --recode-table",
                               in->recode);
        if (in->recode != NULL)
            in->concordances = request_find(r, "data/concordance");
        if (in->recode_table != NULL)
            in->recode_table = request_find(r, in->recode_table);
        if (in->reading.area_codes != NULL)
            in->reading.area_codes = request_find(r, in->reading.area_codes);
    }
    return DONE;
}

static int check_inputs(const cli *c, const request *r)
{
    size_t n = 0, stdins = 0, most = tflow_operation_inputs_max(r->operation);
    const char *name = tflow_operation_name(r->operation);

    for (size_t i = 0; i < r->n_inputs; i++) {
        n += r->inputs[i].n > 0;
        for (size_t k = 0; k < r->inputs[i].n; k++)
            stdins += strcmp(r->inputs[i].files[k], "-") == 0;
    }
    if (stdins > 1)
        return usage_error(c, "standard input (-) can be read only once");
    if (n > most)
        return usage_error(c, "%s takes %s%s", name,
                           most == 0 ? "no file" : "one table",
                           most == 0 ? ""
                                     : "; --with adds another only to operations that "
                                       "compare");
    if (n >= tflow_operation_inputs_min(r->operation))
        return DONE;
    if (n == 0)
        return usage_error(c,
                           "%s needs a file of flows, or - for standard input; "
                           "see 'tradeflow help %s'",
                           name, name);
    return usage_error(
        c, "%s needs another table: --with FILE; see 'tradeflow help %s'", name, name);
}

int request_read(const cli *c, request *r, int argc, char **argv)
{
    const char *recipe;
    typed t = {0};
    int verb;

    memset(r, 0, sizeof *r);
    r->n_inputs = 1;
    input_init(&r->inputs[0]);
    dashes(argc, argv);
    int code = find_verb(c, argc, argv, &verb, &recipe);
    if (code == DONE && recipe != NULL)
        code = recipe_open(c, recipe, &r->recipe);
    if (code != DONE)
        return code;
    if (verb == 0 && recipe == NULL)
        return usage_error(c, "no operation named; see 'tradeflow help'");
    if (verb != 0 && recipe != NULL &&
        strcmp(argv[verb], tflow_recipe_operation(r->recipe)) != 0)
        return usage_error(c, "this is a recipe of %s, not of %s",
                           tflow_recipe_operation(r->recipe), argv[verb]);
    code = open_operation(c, r,
                          verb != 0 ? argv[verb] : tflow_recipe_operation(r->recipe));
    if (code != DONE)
        return code;
    if (verb != 0) {
        /* getopt_long sees the line without the operation. */
        memmove(&argv[verb], &argv[verb + 1], (size_t)(argc - verb) * sizeof *argv);
        argc--;
    }
    code = parse(c, r, &t, argc, argv);
    if (code == DONE && !r->help)
        code = apply_reading(c, r, &t);
    if (code == DONE && !r->help)
        code = check_conversions(c, r);
    return code == DONE && !r->help ? check_inputs(c, r) : code;
}
