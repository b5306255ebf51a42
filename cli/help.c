/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, made of the registry. */
#include "cli.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#define WIDTH 80
#define COLUMN 24 /* where explanations start */

const option_text commands[] = {
    {"help", "[OPERATION]",
     "what an operation does, takes and gives; 'help options'; --format md for a page"},
    {"layouts", NULL, "kinds of files that are recognised by their header"},
    {"operations", NULL, "all operations; with --format json, all about them"},
    {"explain", "RESULT.json", "how a result written with --format json came about"},
    {"completion", "bash|zsh|fish", "completions for a shell"},
    {"man", NULL, "the manual page"},
    {"version", NULL, "the version"},
    {NULL, NULL, NULL},
};

const char *parameter_type_name(tflow_parameter_type type)
{
    static const char *const names[] = {"",       "flag", "integer", "real",   "text",
                                        "choice", "list", "periods", "numbers"};

    return type >= 1 && type <= 8 ? names[type] : "";
}

const char *column_type_name(tflow_type type)
{
    static const char *const names[] = {"",      "key",    "period", "float64",
                                        "int64", "status", "bool"};

    return type >= 1 && type <= 6 ? names[type] : "";
}

/* What stands behind the name of an option. */
const char *parameter_argument(const tflow_parameter *parameter)
{
    static const char *const words[] = {
        "", "yes|no", "N", "X", "TEXT", "WORD", "A,B,...", "FROM[:TO]", "X,Y,..."};
    tflow_parameter_type type = tflow_parameter_kind(parameter);

    if (type == TFLOW_PARAMETER_CHOICE)
        return tflow_parameter_domain(parameter);
    return type >= 1 && type <= 8 ? words[type] : "";
}

/* Columns that text takes up: characters, not bytes. */
static int columns_of(const char *text, size_t n)
{
    int columns = 0;

    for (size_t i = 0; i < n; i++)
        columns += ((unsigned char)text[i] & 0xc0) != 0x80;
    return columns;
}

/* Words from column `used` on, in lines that start at column `indent`. */
static const char *print_words(FILE *out, const char *text, int used, int indent,
                               int width)
{
    int first = 1;

    while (*text != '\0' && *text != '\n') {
        size_t word = strcspn(text, " \n");
        int columns = columns_of(text, word);
        if (word > 0 && !first && used + 1 + columns > width) {
            fputc('\n', out);
            used = 0;
            first = 1;
        }
        if (word > 0) {
            int blanks = first ? indent - used : 1;
            fprintf(out, "%*s%.*s", blanks, "", (int)word, text);
            used += blanks + columns;
            first = 0;
        }
        text += word + (text[word] == ' ');
    }
    fputc('\n', out);
    return text + (*text == '\n');
}

/* Lines that start with a blank are formulas and stay as they are. */
void print_wrapped(FILE *out, const char *text, int indent, int width)
{
    while (*text != '\0') {
        size_t line = strcspn(text, "\n");
        if (*text == ' ') {
            fprintf(out, "%*s%.*s\n", indent, "", (int)line, text);
            text += line + (text[line] == '\n');
        } else {
            text = print_words(out, text, 0, indent, width);
        }
    }
}

/* A term, and beside it what it means. */
static void print_item(FILE *out, const char *term, const char *text)
{
    int n = columns_of(term, strlen(term)) + 2;

    fprintf(out, "  %s", term);
    if (n + 2 > COLUMN) {
        fputc('\n', out);
        n = 0;
    }
    (void)print_words(out, text, n, COLUMN, WIDTH);
}

/* ---- the first screen ---- */

static void print_pair(FILE *out, const char *name, const char *text)
{
    fprintf(out, "  %-15s", name);
    (void)print_words(out, text, 17, 18, WIDTH);
}

void print_overview(FILE *out)
{
    const tflow_operation *operation;

    fprintf(out,
            "tradeflow %s - statistics of trade flows\n\n"
            "usage: tradeflow OPERATION FILE... [--PARAMETER VALUE]...\n\n"
            "Operations\n",
            tflow_version());
    for (size_t i = 0; (operation = tflow_operation_at(i)) != NULL; i++)
        print_pair(out, tflow_operation_name(operation),
                   tflow_operation_summary(operation));
    fputs("\nAlso\n", out);
    for (const option_text *v = commands; v->name != NULL; v++)
        print_pair(out, v->name, v->help);
    operation = tflow_operation_find("growth");
    if (operation != NULL)
        fprintf(out, "\nTry\n  tradeflow %s\n", tflow_operation_example(operation));
}

static void print_options(FILE *out, const char *title, const option_text *list)
{
    char term[96];

    fprintf(out, "\n%s\n", title);
    for (; list->name != NULL; list++) {
        snprintf(term, sizeof term, "--%s%s%s", list->name,
                 list->argument != NULL ? " " : "",
                 list->argument != NULL ? list->argument : "");
        print_item(out, term, list->help);
    }
}

static void print_all_options(FILE *out)
{
    fputs("Options that every operation takes, besides its own parameters\n", out);
    print_options(out, "Reading", reading_options);
    fputs("\n  --with-layout, --with-currency and so on are for the tables of --with "
          "alone\n",
          out);
    print_options(out, "Running and writing", running_options);
    fputs(
        "\nExit status\n"
        "  0 done; 1 the data cannot be used; 2 wrong usage; 3 a file cannot be read\n"
        "  or written, or memory ran out; 4 an iteration did not converge\n",
        out);
}

/* ---- an operation ---- */

#define EXPLANATION 2048 /* bytes of what a parameter is */

static void add(char *text, const char *format, ...) TFLOW_PRINTF(2, 3);

static void add(char *text, const char *format, ...)
{
    size_t n = strlen(text);
    va_list args;

    va_start(args, format);
    vsnprintf(text + n, EXPLANATION - n, format, args);
    va_end(args);
}

static void describe_parameter(char *text, const tflow_parameter *p)
{
    tflow_parameter_type type = tflow_parameter_kind(p);
    double least = tflow_parameter_least(p), greatest = tflow_parameter_greatest(p);

    add(text, "%s", tflow_parameter_help(p));
    if (*tflow_parameter_domain(p) != '\0')
        add(text, type == TFLOW_PARAMETER_LIST ? "; any of " : ": ");
    for (const char *s = tflow_parameter_domain(p); *s != '\0'; s++)
        add(text, "%.*s", *s == '|' ? 2 : 1, *s == '|' ? ", " : s);
    if ((least != 0 || greatest != 0) && isfinite(greatest))
        add(text, "; %.10g to %.10g", least, greatest);
    else if (least != 0 || greatest != 0)
        add(text, "; from %.10g", least);
    if (type != TFLOW_PARAMETER_FLAG && tflow_parameter_default(p) != NULL)
        add(text, " [%s]", tflow_parameter_default(p));
}

static void print_parameter(FILE *out, const tflow_parameter *p)
{
    char name[OPTION_NAME_SIZE], term[96], text[EXPLANATION] = "";
    const char *argument = parameter_argument(p);
    tflow_parameter_type type = tflow_parameter_kind(p);

    describe_parameter(text, p);
    if (type == TFLOW_PARAMETER_FLAG)
        argument = "";
    else if (type == TFLOW_PARAMETER_CHOICE)
        argument = "WORD";
    snprintf(term, sizeof term, "--%s%s%s", option_name(p, name),
             *argument != '\0' ? " " : "", argument);
    print_item(out, term, text);
}

static void print_outputs(FILE *out, const tflow_operation *operation)
{
    const tflow_output *o;
    char text[512];

    fputs("\nColumns of the result\n", out);
    for (size_t i = 0; (o = tflow_operation_output(operation, i)) != NULL; i++) {
        const char *unit = tflow_output_unit(o);
        snprintf(text, sizeof text, "%s%s%s%s", tflow_output_help(o),
                 *unit != '\0' ? " (" : "",
                 strcmp(unit, "value") == 0 ? "in the unit of the data" : unit,
                 *unit != '\0' ? ")" : "");
        print_item(out, tflow_output_name(o), text);
    }
}

void print_usage(FILE *out, const tflow_operation *operation)
{
    size_t least = tflow_operation_inputs_min(operation);
    size_t most = tflow_operation_inputs_max(operation);

    fprintf(out, "tradeflow %s%s%s [--PARAMETER VALUE]...\n",
            tflow_operation_name(operation),
            most == 0   ? ""
            : least > 0 ? " FILE..."
                        : " [FILE...]",
            most > 1 ? (least > 1 ? " --with FILE" : " [--with FILE]") : "");
}

static void print_operation(FILE *out, const tflow_operation *operation)
{
    const tflow_parameter *p;

    fprintf(out, "tradeflow %s - %s\n\nusage: ", tflow_operation_name(operation),
            tflow_operation_summary(operation));
    print_usage(out, operation);
    fputc('\n', out);
    print_wrapped(out, tflow_operation_definition(operation), 2, WIDTH);
    if (tflow_operation_parameter(operation, 0) != NULL)
        fputs("\nParameters\n", out);
    for (size_t i = 0; (p = tflow_operation_parameter(operation, i)) != NULL; i++)
        print_parameter(out, p);
    fputs(
        "\n  See 'tradeflow help options' for reading, formats, charts and recipes.\n",
        out);
    print_outputs(out, operation);
    if (*tflow_operation_reference(operation) != '\0') {
        fputs("\nReference\n", out);
        print_wrapped(out, tflow_operation_reference(operation), 2, WIDTH);
    }
    if (*tflow_operation_example(operation) != '\0')
        fprintf(out, "\nExample\n  tradeflow %s\n", tflow_operation_example(operation));
}

int help_operation(const cli *c, const tflow_operation *operation)
{
    page p;
    int code = page_open(c, &p);

    if (code != DONE)
        return code;
    print_operation(p.file, operation);
    return page_put(c, &p, NULL);
}

int unknown_operation(const cli *c, const char *name)
{
    const char *words[256];
    size_t n = 0;

    for (; n < 200 && tflow_operation_at(n) != NULL; n++)
        words[n] = tflow_operation_name(tflow_operation_at(n));
    for (const option_text *v = commands; v->name != NULL; v++)
        words[n++] = v->name;
    words[n] = NULL;
    char hint[SUGGESTION_SIZE];
    if (nearest(name, words) == NULL && access(name, F_OK) == 0)
        return usage_error(
            c,
            "found the file \"%s\" where an operation is expected, as in "
            "'tradeflow describe %s'; see 'tradeflow help'",
            name, name);
    suggest(hint, sizeof hint, "", nearest(name, words), "tradeflow help");
    return usage_error(c, "there is no operation \"%s\"%s", name, hint);
}

static int is_command(const char *name)
{
    for (const option_text *v = commands; v->name != NULL; v++)
        if (strcmp(v->name, name) == 0)
            return 1;
    return 0;
}

/* --format of help: a page for a person, or one in Markdown for the reference. */
static int help_format(const cli *c, const char *word, int *markdown)
{
    if (word == NULL)
        return usage_error(c, "--format needs a value");
    *markdown = strcmp(word, "md") == 0;
    if (*markdown || strcmp(word, "text") == 0)
        return DONE;
    return usage_error(c, "--format of help: found \"%s\", expected text or md", word);
}

int help(const cli *c, int argc, char **argv)
{
    const char *topic = NULL;
    int markdown = 0, code = DONE;
    page p;

    for (int i = 0; i < argc && code == DONE; i++) {
        if (strcmp(argv[i], "--format") == 0)
            code = help_format(c, argv[++i], &markdown); /* argv ends with NULL */
        else if (strncmp(argv[i], "--format=", 9) == 0)
            code = help_format(c, argv[i] + 9, &markdown);
        else if (strcmp(argv[i], "--errors") == 0)
            i++;
        else if (argv[i][0] != '-' && topic == NULL)
            topic = argv[i];
    }
    if (code != DONE)
        return code;
    if (topic != NULL && tflow_operation_find(topic) != NULL)
        return markdown ? reference(c, tflow_operation_find(topic))
                        : help_operation(c, tflow_operation_find(topic));
    if (topic != NULL && strcmp(topic, "options") != 0 && !is_command(topic))
        return unknown_operation(c, topic);
    if (markdown)
        return usage_error(c, "--format md needs an operation: tradeflow help growth "
                              "--format md");
    code = page_open(c, &p);
    if (code != DONE)
        return code;
    if (topic != NULL && strcmp(topic, "options") == 0)
        print_all_options(p.file);
    else
        print_overview(p.file);
    return page_put(c, &p, NULL);
}
