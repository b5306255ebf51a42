/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Option by option into the request. */
#include "options.h"

#include <string.h>

static int add_bare(const cli *c, request *r, typed *t, const char *path)
{
    if (!t->files)
        r->inputs[0].n = 0; /* of a recipe */
    t->files = 1;
    if (*path == '\0')
        return usage_error(c, "a file has no name");
    return request_add_file(c, r, &r->inputs[0], path);
}

static int add_with(const cli *c, request *r, typed *t, const char *list)
{
    if (!t->further)
        r->n_inputs = 1;
    t->further = 1;
    if (r->n_inputs == MOST_INPUTS)
        return usage_error(c, "--with %s: more than %d tables", list, MOST_INPUTS);
    input *in = &r->inputs[r->n_inputs++];
    input_init(in);
    return request_files(c, r, in, list, ',');
}

/* ---- one option at a time ---- */

static int check_chart(const cli *c, const char *value)
{
    if (strcmp(value, "text") == 0 ||
        (strncmp(value, "svg:", 4) == 0 && value[4] != '\0'))
        return DONE;
    return usage_error(c, "--chart: found \"%s\", expected text or svg:FILE", value);
}

static int check_format(const cli *c, const char *value)
{
    static const char *const names[] = {"table", "csv", "tsv", "json",
                                        "jsonl", "md",  NULL};
    tflow_format format;
    tflow_error error = TFLOW_ERROR_INIT;

    if (tflow_format_find(value, &format, &error) == TFLOW_OK)
        return DONE;
    char hint[SUGGESTION_SIZE];
    suggest(hint, sizeof hint, "", nearest(value, names), "");
    return usage_error(c, "--format: %s%s", error.message, hint);
}

static int take_running(const cli *c, request *r, typed *t, const char *name,
                        const char *value)
{
    if (strcmp(name, "with") == 0)
        return add_with(c, r, t, value);
    if (strcmp(name, "format") == 0) {
        r->format = value;
        return check_format(c, value);
    }
    if (strcmp(name, "chart") == 0) {
        r->chart = value;
        return check_chart(c, value);
    }
    if (strcmp(name, "errors") == 0)
        return strcmp(value, "json") == 0 || strcmp(value, "text") == 0
                   ? DONE
                   : usage_error(c, "--errors: found \"%s\", expected text or json",
                                 value);
    if (strcmp(name, "output") == 0)
        r->output = value;
    else if (strcmp(name, "show") == 0)
        r->show = value;
    else if (strcmp(name, "html") == 0)
        r->html = value;
    else if (strcmp(name, "quiet") == 0)
        r->quiet = 1;
    else if (strcmp(name, "no-notes") == 0)
        r->no_notes = 1;
    else if (strcmp(name, "help") == 0)
        r->help = 1;
    return DONE;
}

/* A bad value of a choice: the library lists the words, we say which is nearest. */
static int bad_value(const cli *c, const tflow_parameter *p, const char *value,
                     tflow_error *error)
{
    char domain[512], option[OPTION_NAME_SIZE];
    const char *words[64];
    size_t n = 0;

    snprintf(domain, sizeof domain, "%s", tflow_parameter_domain(p));
    for (char *s = domain; *s != '\0' && n < 63; n++) {
        words[n] = s;
        s += strcspn(s, "|");
        if (*s == '|')
            *s++ = '\0';
    }
    words[n] = NULL;
    char hint[SUGGESTION_SIZE];
    size_t used = strlen(error->message);
    if (n > 0 && error->status != TFLOW_ENOMEM)
        snprintf(error->message + used, sizeof error->message - used, "%s",
                 suggest(hint, sizeof hint, "", nearest(value, words), ""));
    if (!c->json_errors)
        snprintf(error->column, sizeof error->column, "--%s", option_name(p, option));
    return fail_usage(c, error);
}

static int take_parameter(const cli *c, request *r, typed *t, size_t i,
                          const char *value)
{
    const tflow_parameter *p = tflow_operation_parameter(r->operation, i);
    tflow_error error = TFLOW_ERROR_INIT;

    /* Negative flows must both be read and be taken. */
    if (strcmp(tflow_parameter_name(p), "allow_negative") == 0)
        for (size_t k = 0; reading_options[k].name != NULL; k++)
            if (strcmp(reading_options[k].name, "allow-negative") == 0)
                t->all[k] = value;
    if (tflow_call_set(r->call, tflow_parameter_name(p), value, &error) != TFLOW_OK)
        return bad_value(c, p, value, &error);
    return DONE;
}

static int take(const cli *c, request *r, typed *t, int option, const char *value)
{
    size_t i = (size_t)(option % OPTION_KINDS);

    switch (option - option % OPTION_KINDS) {
    case OPTION_READING:
        t->all[i] = value != NULL ? value : "yes";
        return DONE;
    case OPTION_WITH_READING:
        t->with[i] = value != NULL ? value : "yes";
        return DONE;
    case OPTION_RUNNING:
        return take_running(c, r, t, running_options[i].name,
                            value != NULL ? value : "");
    case OPTION_PARAMETER:
        return take_parameter(c, r, t, i, value != NULL ? value : "yes");
    default:
        return take_parameter(c, r, t, i, "no");
    }
}

/* What getopt_long did not take: unknown, or short for several. */
static int not_an_option(const cli *c, const request *r, const option_table *t,
                         const char *word)
{
    char name[OPTION_NAME_SIZE];
    size_t n = strspn(word, "-"), matches = 0;

    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + n, "="), word + n);
    for (size_t i = 0; i < t->n && *name != '\0'; i++)
        matches += strncmp(t->words[i], name, strlen(name)) == 0;
    if (n == 2 && strchr(word, '=') != NULL && matches == 1)
        return usage_error(c, "--%s takes no value", name);
    char hint[SUGGESTION_SIZE], see[64];
    snprintf(see, sizeof see, "tradeflow help %s", tflow_operation_name(r->operation));
    suggest(hint, sizeof hint, "--", n == 2 ? nearest(name, t->words) : NULL, see);
    return usage_error(c, "%s option \"%.*s%s\"%s",
                       matches > 1 ? "ambiguous" : "unknown", (int)n, word, name, hint);
}

int parse(const cli *c, request *r, typed *t, int argc, char **argv)
{
    static const struct option end = {NULL, 0, NULL, 0};
    option_table *table = request_memory(r, 1, sizeof *table);
    int option, code = DONE;

    if (table == NULL)
        return no_memory(c);
    option_table_fill(table, r->operation);
    table->options[table->n] = end;
    opterr = 0;
    /* Bare files in the order they come, whatever POSIXLY_CORRECT says. */
    while (code == DONE &&
           (option = getopt_long(argc, argv, "-:o:hq", table->options, NULL)) != -1) {
        const char *value = optarg;
        if (option == '?')
            return not_an_option(c, r, table, argv[optind - 1]);
        if (option == ':')
            return usage_error(c, "%s needs a value; see 'tradeflow help %s'",
                               argv[optind - 1], tflow_operation_name(r->operation));
        /* A value that looks like an option is one that was forgotten. */
        if (option > 1 && value != NULL && value == argv[optind - 1] &&
            strncmp(value, "--", 2) == 0)
            return usage_error(c, "%s needs a value, found the option %s",
                               argv[optind - 2], value);
        /* --flag no is --flag=no: there is no file of that name to be meant. */
        if (option >= OPTION_PARAMETER && option < OPTION_NO_PARAMETER &&
            value == NULL && optind < argc &&
            (strcmp(argv[optind], "yes") == 0 || strcmp(argv[optind], "no") == 0))
            value = argv[optind++];
        if (option == 1)
            code = add_bare(c, r, t, value != NULL ? value : "");
        else if (option == 'o')
            r->output = value;
        else if (option == 'h')
            r->help = 1;
        else if (option == 'q')
            r->quiet = 1;
        else
            code = take(c, r, t, option, value);
    }
    while (code == DONE && optind < argc)
        code = add_bare(c, r, t, argv[optind++]);
    return code;
}
