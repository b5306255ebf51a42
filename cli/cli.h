/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command: what its files share. It sees public headers only. */
#ifndef TRADEFLOW_CLI_H
#define TRADEFLOW_CLI_H

#include "tradeflow.h"

#include <stdio.h>

/* Exit codes. */
enum { DONE = 0, BAD_DATA = 1, BAD_USAGE = 2, BAD_IO = 3, NO_CONVERGENCE = 4 };
/* The reader of our output has gone: what a shell reports of SIGPIPE. */
#define READER_GONE 141

#define MOST_INPUTS 16
#define OPTION_NAME_SIZE 48

/* How the command speaks; known before anything else is. */
typedef struct cli {
    int json_errors;
    int ascii; /* the terminal shows nothing but ASCII */
} cli;

/* ---- errors (error.c): each says what went wrong and returns the exit code ---- */

int fail(const cli *c, const tflow_error *error);
/* The same for a failure that lies in how the command was called. */
int fail_usage(const cli *c, const tflow_error *error);
int usage_error(const cli *c, const char *format, ...) TFLOW_PRINTF(2, 3);
int io_error(const cli *c, const char *file, const char *format, ...)
    TFLOW_PRINTF(3, 4);
int no_memory(const cli *c);
/* The word of the list, which NULL ends, that is nearest to what was typed; or NULL. */
const char *nearest(const char *word, const char *const *list);
/* "; did you mean --by? See 'tradeflow help growth'", as far as there is something to
 * say (near may be NULL, see empty). */
#define SUGGESTION_SIZE 192
const char *suggest(char *buffer, size_t size, const char *dashes, const char *near,
                    const char *see);

/* ---- output (output.c) ---- */

/* Columns of the terminal on standard output; 0 when there is none. */
int terminal_width(void);
int on_terminal(void);
/* Write to a file, whole or not at all, or to standard output (NULL or "-"). */
int put(const cli *c, const char *path, const char *text);
int put_bytes(const cli *c, const char *path, const char *text, size_t n);
/* A page is text being made: page_open, print to it, page_put. */
typedef struct page {
    FILE *file;
    char *text;
} page;
int page_open(const cli *c, page *p);
int page_put(const cli *c, page *p, const char *path);

/* ---- options (options.c) ---- */

/* An option that the command itself has; the rest are the operation's parameters. */
typedef struct option_text {
    const char *name;     /* without dashes */
    const char *argument; /* "FILE"; NULL: none */
    const char *help;
} option_text;
extern const option_text reading_options[]; /* ended by a NULL name */
extern const option_text running_options[];

/* Files that make one table, how they are read and what is done to their values. */
typedef struct input {
    const char **files;
    size_t n;
    tflow_read_opts reading;
    const char *rates; /* file of exchange rates, into the currency `to`; or NULL */
    const char *to;
    const char *deflator; /* file of a price index, and the period of the prices */
    const char *prices;
    const char *recode; /* "product:hs2022-hs1992", or a column alone */
    const char *recode_table, *recode_many, *recode_unmapped;
    const char *concordances; /* the folder of the tables that came along */
} input;

/* What was asked for. Texts are borrowed from argv or the recipe. */
typedef struct request {
    const tflow_operation *operation;
    tflow_call *call;
    tflow_recipe *recipe; /* NULL: none */
    const char *format;   /* NULL: table on a terminal, else csv */
    const char *output;   /* NULL: standard output */
    const char *chart;    /* "text" or "svg:FILE"; NULL: none */
    const char *html;     /* where the page of a report goes; NULL: nowhere */
    const char *show;     /* columns of the result; NULL: all */
    int no_notes;
    int quiet;
    int help;
    input inputs[MOST_INPUTS]; /* the first are the bare files; then each --with */
    size_t n_inputs;           /* at least 1, though the first may have no files */
    void **kept;               /* memory that goes with the request */
    size_t n_kept;
} request;

/* Parse the whole command line of an operation or a recipe. */
int request_read(const cli *c, request *r, int argc, char **argv);
void request_close(request *r);
/* Zeroed memory that lives as long as the request; NULL when there is none. */
void *request_memory(request *r, size_t n, size_t size);
/* The files of a list, cut at the separator, as an input. */
int request_files(const cli *c, request *r, input *in, const char *list,
                  char separator);
/* The name of a parameter as an option: top_k is top-k. Buffer of
 * OPTION_NAME_SIZE bytes. */
const char *option_name(const tflow_parameter *parameter, char *buffer);
/* An input that is read as the defaults have it. */
void input_init(input *in);
/* Set a reading option by name from text; the exit code. */
int set_reading(const cli *c, input *in, const char *name, const char *text);
/* A file as it is named, or the one of that name among the data that came along. */
const char *request_find(request *r, const char *path);

/* ---- running (input.c, run.c, show.c, chart.c, recipe.c) ---- */

int run_request(const cli *c, request *r);
/* A copy with the columns of a list, "a,b" (NULL: all), and without notes if so told.
 */
int copy_table(const cli *c, const tflow_table *table, const char *list, int notes,
               tflow_table **out);
/* The chart that --chart asks for, as text: release with tflow_text_free. */
int draw_chart(const cli *c, const request *r, const tflow_table *result, char **out);
/* The table of an input; on a terminal, say how far reading is when it takes long. */
/* Is one of the files standard input or a pipe, which cannot be read again? */
int reads_once(const input *in);
int read_input(const cli *c, const input *in, int products, int quiet,
               tflow_table **out);
int recipe_open(const cli *c, const char *path, tflow_recipe **recipe);
/* Put what the recipe says into the request: parameters, files, reading options. */
int recipe_apply(const cli *c, request *r);
int explain(const cli *c, int argc, char **argv);

/* ---- pages made of the registry (help.c, man.c, reference.c, completion.c, list.c) -
 */

extern const option_text commands[]; /* the verbs that are no operations */
const char *parameter_argument(const tflow_parameter *parameter);
const char *parameter_type_name(tflow_parameter_type type);
const char *column_type_name(tflow_type type);
void print_wrapped(FILE *out, const char *text, int indent, int width);
void print_overview(FILE *out);
void print_usage(FILE *out, const tflow_operation *operation);
int help(const cli *c, int argc, char **argv);
int help_operation(const cli *c, const tflow_operation *operation);
int unknown_operation(const cli *c, const char *name);
int man(const cli *c);
int reference(const cli *c, const tflow_operation *operation);
int completion(const cli *c, int argc, char **argv);
int list_layouts(const cli *c, int argc, char **argv);
int list_operations(const cli *c, int argc, char **argv);

#endif
