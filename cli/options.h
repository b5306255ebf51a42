/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies between options.c, which makes the table of options, parse.c, which reads a
 * command line with it, and request.c, which knows the whole of it. */
#ifndef TRADEFLOW_CLI_OPTIONS_H
#define TRADEFLOW_CLI_OPTIONS_H

#include "cli.h"

#include <getopt.h>

#define MOST_OPTIONS 256

/* What an option is: one of these plus its index in its list. */
enum {
    OPTION_READING = 1000,
    OPTION_WITH_READING = 2000,
    OPTION_RUNNING = 3000,
    OPTION_PARAMETER = 4000,
    OPTION_NO_PARAMETER = 5000,
    OPTION_KINDS = 1000 /* distance between kinds */
};

typedef struct option_table {
    struct option options[MOST_OPTIONS];            /* ended by zeros */
    char names[MOST_OPTIONS][OPTION_NAME_SIZE + 8]; /* with no- or with- before it */
    const char *words[MOST_OPTIONS];                /* the names, ended by NULL */
    size_t n;
} option_table;

/* What was typed for reading options: applied when all inputs are known. */
#define MOST_READING 32
typedef struct typed {
    const char *all[MOST_READING];
    const char *with[MOST_READING];
    int files; /* were there bare files, or --with, that replace a recipe's? */
    int further;
} typed;

/* Parse a command line that has no operation in it any more. */
int parse(const cli *c, request *r, typed *t, int argc, char **argv);
int request_add_file(const cli *c, request *r, input *in, const char *path);

void option_table_fill(option_table *t, const tflow_operation *operation);
/* Does an option of the command take a value? -1: there is none of that name. */
int option_takes_value(const char *name);

#endif
