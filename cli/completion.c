/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completions for bash, zsh and fish, made of the registry. */
#include "cli.h"

#include <ctype.h>
#include <string.h>

/* One option as a shell sees it. */
typedef struct shell_option {
    const char *name;
    const char *argument; /* NULL: takes none */
    const char *help;
} shell_option;

typedef void each_option(FILE *out, const shell_option *option, const char *operation);

static void for_options(FILE *out, const tflow_operation *operation, each_option *each)
{
    const option_text *lists[] = {reading_options, running_options};
    const char *name = tflow_operation_name(operation);
    const tflow_parameter *p;
    char buffer[OPTION_NAME_SIZE];

    for (size_t i = 0; (p = tflow_operation_parameter(operation, i)) != NULL; i++) {
        int flag = tflow_parameter_kind(p) == TFLOW_PARAMETER_FLAG;
        shell_option option = {option_name(p, buffer),
                               flag ? NULL : parameter_argument(p),
                               tflow_parameter_help(p)};
        if (tflow_parameter_kind(p) == TFLOW_PARAMETER_LIST &&
            *tflow_parameter_domain(p) != '\0')
            option.argument = tflow_parameter_domain(p);
        each(out, &option, name);
    }
    for (size_t k = 0; k < 2; k++)
        for (const option_text *o = lists[k]; o->name != NULL; o++) {
            shell_option option = {o->name, o->argument, o->help};
            each(out, &option, name);
        }
}

static int is_file(const shell_option *option)
{
    return option->argument != NULL && strstr(option->argument, "FILE") != NULL;
}

/* The words an option takes, parted by blanks: those of "a|b|c", or the layouts. */
static void print_words(FILE *out, const shell_option *option)
{
    const char *between = "";

    if (strcmp(option->name, "layout") == 0) {
        fputs("auto", out);
        for (size_t i = 0; tflow_layout_name(i) != NULL; i++)
            fprintf(out, " %s", tflow_layout_name(i));
        return;
    }
    for (const char *s = option->argument;
         s != NULL && strchr(option->argument, '|');) {
        size_t n = strcspn(s, "|");
        /* "svg:FILE" is typed up to the colon. */
        size_t word = strcspn(s, ":") < n ? strcspn(s, ":") + 1 : n;
        fprintf(out, "%s%.*s", between, (int)word, s);
        between = " ";
        s = s[n] == '|' ? s + n + 1 : NULL;
    }
}

static int has_words(const shell_option *option)
{
    return strcmp(option->name, "layout") == 0 ||
           (option->argument != NULL && strchr(option->argument, '|') != NULL);
}

static void print_verbs(FILE *out, const char *between)
{
    const char *before = "";

    for (size_t i = 0; tflow_operation_at(i) != NULL; i++, before = between)
        fprintf(out, "%s%s", before, tflow_operation_name(tflow_operation_at(i)));
    for (const option_text *v = commands; v->name != NULL; v++)
        fprintf(out, "%s%s", between, v->name);
}

/* ---- bash ---- */

static void bash_option(FILE *out, const shell_option *option, const char *operation)
{
    (void)operation;
    fprintf(out, " --%s", option->name);
}

static void bash_values(FILE *out, const shell_option *option, const char *operation)
{
    if (!has_words(option))
        return;
    fprintf(out, "    %s:--%s) words='", operation, option->name);
    print_words(out, option);
    fputs("' ;;\n", out);
}

static void bash(FILE *out)
{
    fputs("# bash completion for tradeflow\n"
          "_tradeflow() {\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local verb='' words='' i\n"
          "    COMPREPLY=()\n"
          "    # --option=value comes as three words\n"
          "    if [ \"$cur\" = '=' ]; then\n"
          "        cur=''\n"
          "    elif [ \"$prev\" = '=' ] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
          "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    fi\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        ",
          out);
    print_verbs(out, " | ");
    fputs(")\n"
          "            verb=${COMP_WORDS[i]}\n"
          "            break\n"
          "            ;;\n"
          "        esac\n"
          "    done\n"
          "    case $verb:$prev in\n"
          "    :*)\n"
          "        words='",
          out);
    print_verbs(out, " ");
    fputs("'\n"
          "        case $cur in -*) words='--recipe --help --version' ;; esac\n"
          "        ;;\n"
          "    help:*) words='options",
          out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        fprintf(out, " %s", tflow_operation_name(tflow_operation_at(i)));
    fputs("' ;;\n    completion:*) words='bash zsh fish' ;;\n", out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        for_options(out, tflow_operation_at(i), bash_values);
    fputs("    esac\n"
          "    if [ -z \"$words\" ]; then\n"
          "        case $verb:$cur in\n",
          out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++) {
        fprintf(out, "        %s:-*) words='",
                tflow_operation_name(tflow_operation_at(i)));
        for_options(out, tflow_operation_at(i), bash_option);
        fputs("' ;;\n", out);
    }
    fputs("        esac\n"
          "    fi\n"
          "    [ -z \"$words\" ] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
          "\"$cur\")\n"
          "}\n"
          "complete -o bashdefault -o default -F _tradeflow tradeflow\n",
          out);
}

/* ---- zsh ---- */

/* Text inside '...' where brackets and colons mean something. */
static void zsh_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputs("'\\''", out);
        else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
    }
}

static void zsh_option(FILE *out, const shell_option *option, const char *operation)
{
    (void)operation;
    fprintf(out, "        '--%s%s[", option->name, option->argument != NULL ? "=" : "");
    zsh_text(out, option->help);
    fputc(']', out);
    if (option->argument != NULL) {
        fputs(":value:", out);
        if (has_words(option)) {
            fputc('(', out);
            print_words(out, option);
            fputc(')', out);
        } else if (is_file(option)) {
            fputs("_files", out);
        }
    }
    fputs("'\n", out);
}

static void zsh(FILE *out)
{
    fputs("#compdef tradeflow\n"
          "local -a verbs options\n"
          "verbs=(\n",
          out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++) {
        fprintf(out, "    '%s:", tflow_operation_name(tflow_operation_at(i)));
        zsh_text(out, tflow_operation_summary(tflow_operation_at(i)));
        fputs("'\n", out);
    }
    for (const option_text *v = commands; v->name != NULL; v++) {
        fprintf(out, "    '%s:", v->name);
        zsh_text(out, v->help);
        fputs("'\n", out);
    }
    fputs(")\n"
          "if (( CURRENT == 2 )); then\n"
          "    _describe operation verbs\n"
          "    return\n"
          "fi\n"
          "case $words[2] in\n"
          "help)\n"
          "    _describe operation verbs\n"
          "    return\n"
          "    ;;\n"
          "completion)\n"
          "    compadd bash zsh fish\n"
          "    return\n"
          "    ;;\n",
          out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++) {
        fprintf(out, "%s)\n    options=(\n",
                tflow_operation_name(tflow_operation_at(i)));
        for_options(out, tflow_operation_at(i), zsh_option);
        fputs("    )\n    ;;\n", out);
    }
    fputs("esac\n"
          "_arguments $options '*:file:_files'\n",
          out);
}

/* ---- fish ---- */

static void fish_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        fprintf(out, *text == '\'' || *text == '\\' ? "\\%c" : "%c", *text);
}

static void fish_option(FILE *out, const shell_option *option, const char *operation)
{
    fprintf(out,
            "complete -c tradeflow -n '__fish_seen_subcommand_from %s' -l %s%s -d '",
            operation, option->name,
            option->argument == NULL ? ""
            : is_file(option)        ? " -r"
                                     : " -x");
    fish_text(out, option->help);
    fputc('\'', out);
    if (has_words(option)) {
        fputs(" -a '", out);
        print_words(out, option);
        fputc('\'', out);
    }
    fputc('\n', out);
}

static void fish_verb(FILE *out, const char *name, const char *help)
{
    fprintf(out, "complete -c tradeflow -n __fish_use_subcommand -f -a %s -d '", name);
    fish_text(out, help);
    fputs("'\n", out);
}

static void fish(FILE *out)
{
    fputs("# fish completion for tradeflow\n", out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        fish_verb(out, tflow_operation_name(tflow_operation_at(i)),
                  tflow_operation_summary(tflow_operation_at(i)));
    for (const option_text *v = commands; v->name != NULL; v++)
        fish_verb(out, v->name, v->help);
    fputs("complete -c tradeflow -n '__fish_seen_subcommand_from completion' -f "
          "-a 'bash zsh fish'\n"
          "complete -c tradeflow -n '__fish_seen_subcommand_from help' -f -a 'options ",
          out);
    print_verbs(out, " ");
    fputs("'\n", out);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++)
        for_options(out, tflow_operation_at(i), fish_option);
}

int completion(const cli *c, int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(FILE *out);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    const char *name = argc > 0 ? argv[0] : "";
    page p;

    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, name) != 0)
            continue;
        int code = page_open(c, &p);
        if (code != DONE)
            return code;
        shells[i].print(p.file);
        return page_put(c, &p, NULL);
    }
    return usage_error(c, "completion: found \"%s\", expected bash, zsh or fish", name);
}
