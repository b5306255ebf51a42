/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command: what its files share. */
#ifndef TRADEFLOW_CLI_H
#define TRADEFLOW_CLI_H

#include "tradeflow.h"

/* Exit codes. */
enum { DONE = 0, BAD_DATA = 1, BAD_USAGE = 2, BAD_IO = 3, NO_CONVERGENCE = 4 };

#define MOST_INPUTS 16
#define MOST_FILES 4096

typedef struct options {
    tflow_read_opts read;
    const char *format; /* NULL: table on a terminal, else csv */
    const char *output; /* NULL: standard output */
    const char *chart;  /* "text" or "svg:FILE"; NULL: none */
    const char *html;   /* file of a report's page; NULL: none */
    const char *recipe; /* file of a recipe to run again; NULL: none */
    int json_errors;
    int notes;                     /* show them in the table format */
    const char *files[MOST_FILES]; /* of the first input */
    size_t n_files;
    const char *with[MOST_INPUTS]; /* further inputs: files joined by commas */
    size_t n_with;
    int help;
} options;

/* Read the command line behind the verb: parameters go into the call. */
int options_read(options *o, tflow_call *call, const tflow_operation *operation,
                 int argc, char **argv);
/* The closest of the operation's options (or verbs, operation NULL) to a word, or NULL.
 */
const char *closest(const tflow_operation *operation, const char *word);

/* Say what went wrong on standard error; the exit code. */
int complain(const options *o, const tflow_error *error);
int complain_text(int code, const char *format, const char *detail);

/* Is the terminal of stdout able to show more than ASCII? */
int plain_terminal(void);
/* Columns of the terminal of standard output; 0 when it is none. */
int terminal_width(void);
/* Write to a file, whole or not at all, or to standard output. */
int put_text(const options *o, const char *path, const char *text);

/* Run an operation. */
int run_operation(const char *name, int argc, char **argv);
/* Run again what a recipe says. */
int run_recipe(int argc, char **argv);
int explain_result(const char *path);
/* Draw a chart of a result, as --chart asks. */
int draw_chart(const options *o, const char *operation, const tflow_table *result);

/* Texts made of the registry. */
int help_overview(void);
int help_operation(const char *name);
int print_man(void);
int print_completion(const char *shell);

#endif
