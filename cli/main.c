/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command: nothing but the registry of operations and the public headers. */
#include "cli.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static int print_layouts(void)
{
    for (size_t i = 0; i < tflow_layout_count(); i++)
        printf("%-20s %s\n", tflow_layout_name(i), tflow_layout_title(i));
    return DONE;
}

static int print_operations(void)
{
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        printf("%-14s %s\n", tflow_operation_name(tflow_operation_at(i)),
               tflow_operation_summary(tflow_operation_at(i)));
    return DONE;
}

static int print_version(void)
{
    printf("tradeflow %s\n", tflow_version());
    return DONE;
}

static int run_verb(int argc, char **argv)
{
    const char *verb = argv[1];
    if (strcmp(verb, "help") == 0 || strcmp(verb, "--help") == 0 ||
        strcmp(verb, "-h") == 0)
        return argc > 2 ? help_operation(argv[2]) : help_overview();
    if (strcmp(verb, "version") == 0 || strcmp(verb, "--version") == 0)
        return print_version();
    if (strcmp(verb, "layouts") == 0)
        return print_layouts();
    if (strcmp(verb, "operations") == 0)
        return print_operations();
    if (strcmp(verb, "man") == 0)
        return print_man();
    if (strcmp(verb, "completion") == 0)
        return print_completion(argc > 2 ? argv[2] : "");
    if (strcmp(verb, "explain") == 0)
        return argc > 2 ? explain_result(argv[2])
                        : complain_text(BAD_USAGE, "explain needs a result: %s",
                                        "a file written with --format json");
    if (strncmp(verb, "--recipe", 8) == 0)
        return run_recipe(argc, argv);
    if (tflow_operation_find(verb) != NULL)
        return run_operation(verb, argc - 1, argv + 1);
    const char *near = closest(NULL, verb);
    fprintf(stderr, "tradeflow: there is no operation \"%s\"", verb);
    if (near != NULL)
        fprintf(stderr, "; did you mean %s?", near);
    fputs(" (tradeflow help)\n", stderr);
    return BAD_USAGE;
}

int main(int argc, char **argv)
{
    /* Only to learn what the terminal can show: numbers never follow the locale. */
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        help_overview();
        return BAD_USAGE;
    }
    int code = run_verb(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout))
        return complain_text(BAD_IO, "cannot write to standard output%s", "");
    return code;
}
