/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manual page, made of the registry. */
#include "cli.h"

#include <string.h>

/* When the words of this file last changed; a build has no date of its own. */
#define DATE "2026-11-24"
#define LINE 76 /* columns of the source */

/* The next character of UTF-8 and how many bytes it takes. */
static unsigned long character(const unsigned char *s, size_t *n)
{
    size_t more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : s[0] >= 0xc0 ? 1 : 0;
    unsigned long c = more == 3   ? s[0] & 0x07u
                      : more == 2 ? s[0] & 0x0fu
                      : more == 1 ? s[0] & 0x1fu
                                  : s[0];

    for (*n = 1; *n <= more && (s[*n] & 0xc0) == 0x80; ++*n)
        c = c << 6 | (s[*n] & 0x3fu);
    return c;
}

/* How a character is written; NULL: as it is. */
static const char *escape(unsigned long c)
{
    static const struct {
        unsigned long c;
        const char *text;
    } escapes[] = {{'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"}, {'`', "\\(ga"},
                   {'^', "\\(ha"}, {'~', "\\(ti"}, {'"', "\\(dq"}};

    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        if (escapes[i].c == c)
            return escapes[i].text;
    return NULL;
}

/* Text of one line, safe wherever it stands; the columns it takes in the source. With
 * out NULL, only count. */
static size_t roff_n(FILE *out, const char *text, size_t length)
{
    const unsigned char *s = (const unsigned char *)text, *end = s + length;
    size_t n, columns = 0;
    char code[32];

    if (out != NULL && length > 0 && (*s == '.' || *s == '\''))
        fputs("\\&", out);
    for (; s < end; s += n) {
        unsigned long c = character(s, &n);
        const char *shown = escape(c);
        if (c >= 0x80)
            snprintf(code, sizeof code, "\\[u%04lX]", c);
        else
            snprintf(code, sizeof code, "%c", (char)c);
        shown = shown != NULL ? shown : code;
        if (out != NULL)
            fputs(shown, out);
        columns += strlen(shown);
    }
    return columns;
}

static void roff(FILE *out, const char *text)
{
    (void)roff_n(out, text, strlen(text));
}

/* A paragraph in lines that fit a screen. */
static void roff_paragraph(FILE *out, const char *text, size_t n)
{
    size_t used = 0;

    for (size_t i = 0; i < n;) {
        size_t word = 0;
        while (i + word < n && text[i + word] != ' ')
            word++;
        size_t columns = roff_n(NULL, text + i, word);
        if (used > 0 && used + 1 + columns > LINE) {
            fputc('\n', out);
            used = 0;
        }
        if (used > 0)
            fputc(' ', out);
        (void)roff_n(out, text + i, word);
        used += columns + (used > 0);
        i += word;
        while (i < n && text[i] == ' ')
            i++;
    }
    fputc('\n', out);
}

/* Paragraphs; a line that starts with a blank is a formula. */
static void roff_lines(FILE *out, const char *text)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n"), blanks = strspn(text, " ");
        if (blanks > 0 && blanks < n) {
            fputs(".RS\n.nf\n", out);
            (void)roff_n(out, text + blanks, n - blanks);
            fputs("\n.fi\n.RE\n", out);
        } else if (n > 0) {
            roff_paragraph(out, text, n);
        } else if (text[1] != '\0') {
            fputs(".PP\n", out);
        }
        text += n + (text[n] == '\n');
    }
}

static void item(FILE *out, const char *name, const char *argument, const char *text)
{
    fputs(".TP\n\\fB", out);
    roff(out, name);
    fputs("\\fR", out);
    if (argument != NULL && *argument != '\0') {
        fputs(" \\fI", out);
        roff(out, argument);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    roff_lines(out, text);
}

static void option_items(FILE *out, const option_text *list)
{
    char name[OPTION_NAME_SIZE];

    for (; list->name != NULL; list++) {
        snprintf(name, sizeof name, "--%s", list->name);
        item(out, name, list->argument, list->help);
    }
}

static void parameter_item(FILE *out, const tflow_parameter *p)
{
    char name[OPTION_NAME_SIZE], option[OPTION_NAME_SIZE + 2], text[1024];
    int flag = tflow_parameter_kind(p) == TFLOW_PARAMETER_FLAG;
    const char *usual = flag ? NULL : tflow_parameter_default(p);

    snprintf(option, sizeof option, "--%s", option_name(p, name));
    snprintf(text, sizeof text, "%s%s%s%s", tflow_parameter_help(p),
             usual != NULL ? " [" : "", usual != NULL ? usual : "",
             usual != NULL ? "]" : "");
    item(out, option, flag ? NULL : parameter_argument(p), text);
}

static void operation_section(FILE *out, const tflow_operation *operation)
{
    const tflow_parameter *p;
    const tflow_output *o;

    fputs(".SS ", out);
    roff(out, tflow_operation_name(operation));
    fputc('\n', out);
    roff(out, tflow_operation_summary(operation));
    fputs(".\n.PP\n", out);
    roff_lines(out, tflow_operation_definition(operation));
    for (size_t i = 0; (p = tflow_operation_parameter(operation, i)) != NULL; i++)
        parameter_item(out, p);
    fputs(".PP\nColumns:\n", out);
    for (size_t i = 0; (o = tflow_operation_output(operation, i)) != NULL; i++) {
        fputs(i > 0 ? ",\n\\fB" : "\\fB", out);
        roff(out, tflow_output_name(o));
        fputs("\\fR", out);
    }
    fputs(".\n", out);
    if (*tflow_operation_reference(operation) != '\0') {
        fputs(".PP\nReference:\n", out);
        roff_lines(out, tflow_operation_reference(operation));
    }
    if (*tflow_operation_example(operation) != '\0') {
        fputs(".PP\nExample:\n.PP\n.RS\n.nf\ntradeflow ", out);
        roff(out, tflow_operation_example(operation));
        fputs("\n.fi\n.RE\n", out);
    }
}

static void print_man(FILE *out)
{
    fprintf(
        out,
        ".TH TRADEFLOW 1 " DATE " \"libtradeflow %s\" \"User Commands\"\n"
        ".SH NAME\n"
        "tradeflow \\- statistics of trade flows\n"
        ".SH SYNOPSIS\n"
        ".B tradeflow\n"
        ".I operation file\n"
        "\\&...\n"
        "[\\fB\\-\\-\\fIparameter value\\fR] ...\n"
        ".PP\n"
        ".B tradeflow \\-\\-recipe\n"
        ".I result.json\n"
        "[\\fB\\-\\-\\fIparameter value\\fR] ...\n"
        ".SH DESCRIPTION\n"
        "Reads files of trade flows, runs one operation on them and writes a table.\n"
        "Layouts of the usual sources are recognised by their header; several files\n"
        "make one table, \\- is standard input, and files packed by\n"
        "gzip, zstd, xz, bzip2 or zip are read as they are; of a zip archive all "
        "members\n"
        "that end in .csv or .tsv, or those named as in archive.zip:member, where * "
        "and ?\n"
        "stand for others.\n"
        "Shares, rates and contributions are fractions, except in the format table,\n"
        "which prints per cent and says so.\n"
        "Names that begin with data/ are also looked for among the data that came\n"
        "with the library.\n"
        ".SH COMMANDS\n",
        tflow_version());
    for (const option_text *v = commands; v->name != NULL; v++)
        item(out, v->name, v->argument, v->help);
    fputs(".SH OPTIONS\nEvery operation takes these besides its own parameters.\n",
          out);
    option_items(out, reading_options);
    item(out, "--with-layout, --with-currency, ...", NULL,
         "as those above, for the tables of --with alone");
    option_items(out, running_options);
    fputs(".SH OPERATIONS\n", out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        operation_section(out, tflow_operation_at(i));
    fputs(".SH EXIT STATUS\n", out);
    item(out, "0", NULL, "done");
    item(out, "1", NULL, "the data cannot be used");
    item(out, "2", NULL, "wrong usage");
    item(out, "3", NULL, "a file cannot be read or written, or memory ran out");
    item(out, "4", NULL, "an iteration did not converge");
    fputs(".SH ENVIRONMENT\n", out);
    item(out, "TRADEFLOW_DATA", NULL, "where the data that came with the library are");
    item(out, "COLUMNS", NULL, "width of the format table where there is no terminal");
    item(out, "LC_ALL, LC_CTYPE, LANG", NULL,
         "whether more than ASCII can be shown; numbers never follow the locale");
}

int man(const cli *c)
{
    page p;
    int code = page_open(c, &p);

    if (code != DONE)
        return code;
    print_man(p.file);
    return page_put(c, &p, NULL);
}
