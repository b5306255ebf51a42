/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, man page and completions, all made of the registry. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *option;
    const char *help;
} common[] = {
    {"--layout NAME", "how the file is laid out (tradeflow layouts); default auto"},
    {"--columns ROLE=NAME,...", "which column is what, for any other file"},
    {"--encoding NAME", "encoding of the text, such as latin1; default UTF-8"},
    {"--delimiter C", "field delimiter; default: found from the header"},
    {"--decimal C", "decimal point of the numbers; default ."},
    {"--thousands C", "separator of thousands; default none"},
    {"--unit-multiplier N", "values are in units of 10^N"},
    {"--currency CODE", "currency of the values"},
    {"--valuation TEXT", "FOB, CIF or FOB/CIF"},
    {"--unknown error|keep", "countries that are not known"},
    {"--bad-rows error|skip", "rows that cannot be read"},
    {"--allow-negative", "negative values are data"},
    {"--with FILE[,FILE]", "a further input; --against is the same"},
    {"--format F", "table, csv, tsv, json, jsonl or md; default table on a terminal, "
                   "else csv"},
    {"-o, --output FILE", "write there, whole or not at all"},
    {"--chart text|svg:FILE", "draw growth, share or project too"},
    {"--html FILE", "write a report as one self-contained page too"},
    {"--recipe FILE",
     "run again what a result's recipe says (in place of an operation)"},
    {"--errors text|json", "how errors are written"},
    {"-h, --help", "help on the operation"},
};

#define N_COMMON (sizeof common / sizeof *common)

static const char *const verbs[] = {"help",    "version", "layouts",   "operations",
                                    "explain", "man",     "completion"};

static void print_wrapped(const char *text, const char *indent)
{
    size_t column = 0;
    while (*text != '\0') {
        size_t word = strcspn(text, " \n");
        if (column > 0 && column + 1 + word > 76) {
            putchar('\n');
            column = 0;
        }
        printf("%s%.*s", column == 0 ? indent : " ", (int)word, text);
        column += word + 1;
        text += word;
        if (*text == '\n') {
            putchar('\n');
            column = 0;
        }
        text += *text != '\0';
    }
    putchar('\n');
}

static void kebab_name(const tflow_parameter *p)
{
    for (const char *s = tflow_parameter_name(p); *s != '\0'; s++)
        putchar(*s == '_' ? '-' : *s);
}

static const char *kind_word(const tflow_parameter *p)
{
    static const char *const words[] = {
        "", "yes|no", "N", "X", "TEXT", "", "A,B,...", "PERIOD[:PERIOD]", "X,Y,..."};
    if (tflow_parameter_kind(p) == TFLOW_PARAMETER_CHOICE)
        return tflow_parameter_domain(p);
    return words[tflow_parameter_kind(p)];
}

int help_overview(void)
{
    puts("tradeflow: statistics of trade flows\n\n"
         "usage: tradeflow OPERATION FILE... [--parameter VALUE]...\n\noperations");
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        printf("  %-14s %s\n", tflow_operation_name(tflow_operation_at(i)),
               tflow_operation_summary(tflow_operation_at(i)));
    puts("\nalso\n"
         "  help OP        an operation's definition, parameters and columns\n"
         "  layouts        the files that are recognised\n"
         "  explain FILE   how a result written as JSON came about\n"
         "  completion SH  completions for bash, zsh or fish\n"
         "  man            the manual page\n"
         "  version        the version\n\nfor every operation");
    for (size_t i = 0; i < N_COMMON; i++)
        printf("  %-24s %s\n", common[i].option, common[i].help);
    return DONE;
}

int help_operation(const char *name)
{
    const tflow_operation *op = tflow_operation_find(name);
    const tflow_parameter *p;
    const tflow_output *out;
    if (op == NULL) {
        const char *near = closest(NULL, name);
        fprintf(stderr, "tradeflow: there is no operation \"%s\"%s%s\n", name,
                near == NULL ? "" : "; did you mean ", near == NULL ? "" : near);
        return BAD_USAGE;
    }
    printf("tradeflow %s: %s\n\n", name, tflow_operation_summary(op));
    print_wrapped(tflow_operation_definition(op), "  ");
    puts("\nparameters");
    for (size_t i = 0; (p = tflow_operation_parameter(op, i)) != NULL; i++) {
        fputs("  --", stdout);
        kebab_name(p);
        printf(" %s\n      %s", kind_word(p), tflow_parameter_help(p));
        if (tflow_parameter_default(p) != NULL)
            printf(" [%s]", tflow_parameter_default(p));
        putchar('\n');
    }
    puts("\ncolumns");
    for (size_t i = 0; (out = tflow_operation_output(op, i)) != NULL; i++)
        printf("  %-22s %s%s%s%s\n", tflow_output_name(out), tflow_output_help(out),
               tflow_output_unit(out)[0] == '\0' ? "" : " (", tflow_output_unit(out),
               tflow_output_unit(out)[0] == '\0' ? "" : ")");
    if (tflow_operation_reference(op)[0] != '\0') {
        puts("\nreference");
        print_wrapped(tflow_operation_reference(op), "  ");
    }
    if (tflow_operation_example(op)[0] != '\0')
        printf("\nexample\n  tradeflow %s\n", tflow_operation_example(op));
    return DONE;
}

/* ---- manual page ---- */

static void roff(const char *text)
{
    for (int start = 1; *text != '\0'; text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
    }
}

static void roff_item(const char *term, const char *text)
{
    fputs(".TP\n.B ", stdout);
    roff(term);
    putchar('\n');
    roff(text);
    putchar('\n');
}

static void man_operation(const tflow_operation *op)
{
    const tflow_parameter *p;
    fputs(".SS ", stdout);
    roff(tflow_operation_name(op));
    putchar('\n');
    roff(tflow_operation_summary(op));
    puts(".\n.PP");
    roff(tflow_operation_definition(op));
    putchar('\n');
    for (size_t i = 0; (p = tflow_operation_parameter(op, i)) != NULL; i++) {
        fputs(".TP\n.BI \\-\\-", stdout);
        for (const char *s = tflow_parameter_name(p); *s != '\0'; s++)
            fputs(*s == '_' ? "\\-" : (const char[]){*s, '\0'}, stdout);
        printf(" \" %s\"\n", kind_word(p));
        roff(tflow_parameter_help(p));
        putchar('\n');
    }
}

int print_man(void)
{
    printf(
        ".TH TRADEFLOW 1 \"\" \"libtradeflow %s\" \"User Commands\"\n.SH NAME\n"
        "tradeflow \\- statistics of trade flows\n.SH SYNOPSIS\n.B tradeflow\n"
        ".I operation file\n.RI [ options ]\n.SH DESCRIPTION\n"
        "Reads files of trade flows and prints growth, shares, projections and checks "
        "of published figures.\n.SH OPTIONS\n",
        tflow_version());
    for (size_t i = 0; i < N_COMMON; i++)
        roff_item(common[i].option, common[i].help);
    puts(".SH OPERATIONS");
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        man_operation(tflow_operation_at(i));
    puts(".SH EXIT STATUS");
    roff_item("0", "done");
    roff_item("1", "the data cannot be used");
    roff_item("2", "wrong usage");
    roff_item("3", "a file cannot be read or written");
    roff_item("4", "an iteration did not converge");
    puts(".SH ENVIRONMENT");
    roff_item("TRADEFLOW_DATA",
              "folder that names beginning with data/ are also looked "
              "for in");
    return DONE;
}

/* ---- completions ---- */

static void words_of(const tflow_operation *op, const char *between)
{
    const tflow_parameter *p;
    for (size_t i = 0; (p = tflow_operation_parameter(op, i)) != NULL; i++) {
        fputs("--", stdout);
        kebab_name(p);
        fputs(between, stdout);
    }
    for (size_t i = 0; i < N_COMMON; i++) {
        const char *s = strstr(common[i].option, "--");
        printf("%.*s%s", (int)strcspn(s, " "), s, between);
    }
}

static void all_verbs(void)
{
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        printf("%s ", tflow_operation_name(tflow_operation_at(i)));
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        printf("%s ", verbs[i]);
}

static void bash_completion(void)
{
    puts("_tradeflow() {\n  local cur=${COMP_WORDS[COMP_CWORD]} words=\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then");
    fputs("    words=\"", stdout);
    all_verbs();
    puts("\"\n  else case ${COMP_WORDS[1]} in");
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++) {
        printf("    %s) words=\"", tflow_operation_name(tflow_operation_at(i)));
        words_of(tflow_operation_at(i), " ");
        puts("\" ;;");
    }
    puts("  esac; fi\n  COMPREPLY=()\n  [ \"${cur#-}\" = \"$cur\" ] && "
         "[ \"$COMP_CWORD\" -gt 1 ] || "
         "mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n"
         "complete -o default -F _tradeflow tradeflow");
}

static void zsh_completion(void)
{
    fputs("#compdef tradeflow\nif (( CURRENT == 2 )); then compadd ", stdout);
    all_verbs();
    puts("\nelse case $words[2] in");
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++) {
        printf("  %s) compadd -- ", tflow_operation_name(tflow_operation_at(i)));
        words_of(tflow_operation_at(i), " ");
        puts(";;");
    }
    puts("esac; _files; fi");
}

static void fish_completion(void)
{
    fputs("complete -c tradeflow -n __fish_use_subcommand -a '", stdout);
    all_verbs();
    puts("'");
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++) {
        const tflow_operation *op = tflow_operation_at(i);
        const tflow_parameter *p;
        for (size_t k = 0; (p = tflow_operation_parameter(op, k)) != NULL; k++) {
            printf("complete -c tradeflow -n '__fish_seen_subcommand_from %s' -l ",
                   tflow_operation_name(op));
            kebab_name(p);
            puts(" -r");
        }
    }
}

int print_completion(const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        bash_completion();
    else if (strcmp(shell, "zsh") == 0)
        zsh_completion();
    else if (strcmp(shell, "fish") == 0)
        fish_completion();
    else
        return complain_text(
            BAD_USAGE, "completion for \"%s\": expected bash, zsh or fish", shell);
    return DONE;
}
