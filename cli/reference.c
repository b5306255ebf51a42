/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of an operation in the reference (doc/operations), in Markdown. */
#include "cli.h"

#include <math.h>
#include <string.h>

/* Text that means itself: what Markdown or a table would take for its own is escaped.
 */
static void markdown_n(FILE *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strchr("\\`*<>|[]", text[i]) != NULL)
            fputc('\\', out);
        fputc(text[i], out);
    }
}

static void markdown(FILE *out, const char *text)
{
    markdown_n(out, text, strlen(text));
}

/* A paragraph is one line, since a line that began with "- 1" would be a list; lines
 * that start with a blank are formulas and stay as they are. */
static void paragraphs(FILE *out, const char *text)
{
    int open = 0, formula = 0;

    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        if (*text == ' ') {
            fprintf(out, "%s    %.*s\n", open && !formula ? "\n\n" : "", (int)n, text);
            open = formula = 1;
        } else if (n > 0) {
            fputs(formula ? "\n" : open ? " " : "", out);
            markdown_n(out, text, n);
            open = 1;
            formula = 0;
        } else if (open) {
            fputs(formula ? "" : "\n\n", out);
            open = formula = 0;
        }
        text += n + (text[n] == '\n');
    }
    if (open && !formula)
        fputc('\n', out);
}

/* "a|b|c", or the bounds of a number. */
static void print_values(FILE *out, const tflow_parameter *p)
{
    const char *domain = tflow_parameter_domain(p);
    double least = tflow_parameter_least(p), greatest = tflow_parameter_greatest(p);

    if (tflow_parameter_kind(p) == TFLOW_PARAMETER_FLAG)
        domain = "yes|no";
    fputs(*domain != '\0' ? "`" : "", out);
    for (const char *s = domain; *s != '\0'; s++)
        fputs(*s == '|' ? "`, `" : (const char[]){*s, '\0'}, out);
    fputs(*domain != '\0' ? "`" : "", out);
    if (least != 0 || greatest != 0)
        fprintf(out, isfinite(greatest) ? "%.10g to %.10g" : "from %.10g", least,
                greatest);
}

static void print_parameters(FILE *out, const tflow_operation *operation)
{
    const tflow_parameter *p;
    char name[OPTION_NAME_SIZE];

    fputs("\n## Parameters\n\n"
          "| parameter | takes | values | default | what it does |\n"
          "|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; (p = tflow_operation_parameter(operation, i)) != NULL; i++) {
        const char *usual = tflow_parameter_default(p);
        fprintf(out, "| `--%s` | %s | ", option_name(p, name),
                parameter_type_name(tflow_parameter_kind(p)));
        print_values(out, p);
        fprintf(out, " | %s%s%s | ", usual != NULL ? "`" : "",
                usual != NULL ? usual : "", usual != NULL ? "`" : "");
        markdown(out, tflow_parameter_help(p));
        fputs(" |\n", out);
    }
    fputs("\n`tradeflow help options` lists the options of reading and writing, which "
          "every operation takes.\n",
          out);
}

static void print_columns(FILE *out, const tflow_operation *operation)
{
    const tflow_output *o;

    fputs("\n## Columns of the result\n\n"
          "| column | type | unit | what it is |\n"
          "|---|---|---|---|\n",
          out);
    for (size_t i = 0; (o = tflow_operation_output(operation, i)) != NULL; i++) {
        const char *unit = tflow_output_unit(o);
        fprintf(out, "| `%s` | %s | %s | ", tflow_output_name(o),
                column_type_name(tflow_output_type(o)),
                strcmp(unit, "value") == 0 ? "of the data" : unit);
        markdown(out, tflow_output_help(o));
        fputs(" |\n", out);
    }
}

static void print_page(FILE *out, const tflow_operation *operation)
{
    const char *name = tflow_operation_name(operation);

    fprintf(out,
            "<!-- Made of the operation's description by 'tradeflow help %s --format "
            "md': change that, then 'make reference'. -->\n"
            "# %s\n\n",
            name, name);
    markdown(out, tflow_operation_summary(operation));
    fputs(".\n\n    ", out);
    print_usage(out, operation);
    fputs("\n## Definition\n\n", out);
    paragraphs(out, tflow_operation_definition(operation));
    print_parameters(out, operation);
    print_columns(out, operation);
    if (*tflow_operation_reference(operation) != '\0') {
        fputs("\n## Reference\n\n", out);
        paragraphs(out, tflow_operation_reference(operation));
    }
    if (*tflow_operation_example(operation) != '\0')
        fprintf(out, "\n## Example\n\n```sh\ntradeflow %s\n```\n",
                tflow_operation_example(operation));
}

int reference(const cli *c, const tflow_operation *operation)
{
    page p;
    int code = page_open(c, &p);

    if (code != DONE)
        return code;
    print_page(p.file, operation);
    return page_put(c, &p, NULL);
}
