/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    O_LAYOUT = 1000,
    O_COLUMNS,
    O_ENCODING,
    O_DELIMITER,
    O_DECIMAL,
    O_THOUSANDS,
    O_MULTIPLIER,
    O_CURRENCY,
    O_VALUATION,
    O_AREAS,
    O_UNKNOWN,
    O_BAD_ROWS,
    O_NEGATIVE,
    O_FORMAT,
    O_CHART,
    O_RECIPE,
    O_ERRORS,
    O_NO_NOTES,
    O_WITH,
    O_HELP,
    O_HTML,
    O_PARAMETER = 2000
};

static const struct option globals[] = {
    {"layout", required_argument, NULL, O_LAYOUT},
    {"columns", required_argument, NULL, O_COLUMNS},
    {"encoding", required_argument, NULL, O_ENCODING},
    {"delimiter", required_argument, NULL, O_DELIMITER},
    {"decimal", required_argument, NULL, O_DECIMAL},
    {"thousands", required_argument, NULL, O_THOUSANDS},
    {"unit-multiplier", required_argument, NULL, O_MULTIPLIER},
    {"currency", required_argument, NULL, O_CURRENCY},
    {"valuation", required_argument, NULL, O_VALUATION},
    {"area-codes", required_argument, NULL, O_AREAS},
    {"unknown", required_argument, NULL, O_UNKNOWN},
    {"bad-rows", required_argument, NULL, O_BAD_ROWS},
    {"allow-negative", no_argument, NULL, O_NEGATIVE},
    {"format", required_argument, NULL, O_FORMAT},
    {"output", required_argument, NULL, 'o'},
    {"chart", required_argument, NULL, O_CHART},
    {"html", required_argument, NULL, O_HTML},
    {"recipe", required_argument, NULL, O_RECIPE},
    {"errors", required_argument, NULL, O_ERRORS},
    {"no-notes", no_argument, NULL, O_NO_NOTES},
    {"with", required_argument, NULL, O_WITH},
    {"against", required_argument, NULL, O_WITH},
    {"help", no_argument, NULL, 'h'},
};

#define N_GLOBALS (sizeof globals / sizeof *globals)
#define MOST_OPTIONS 128

/* snake_case in the registry, kebab-case on the command line. */
static void kebab(const char *name, char *out)
{
    size_t i = 0;
    for (; i < 47 && name[i] != '\0'; i++)
        out[i] = name[i] == '_' ? '-' : name[i];
    out[i] = '\0';
}

static size_t distance(const char *a, const char *b)
{
    size_t row[64], n = strlen(b);
    if (n > 62)
        return 99;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t above = row[j + 1];
            size_t best = above < row[j] ? above + 1 : row[j] + 1;
            size_t change = corner + (a[i] != b[j]);
            row[j + 1] = change < best ? change : best;
            corner = above;
        }
    }
    return row[n];
}

const char *closest(const tflow_operation *operation, const char *word)
{
    const char *best = NULL;
    size_t least = 4;
    for (size_t i = 0; operation == NULL && tflow_operation_at(i) != NULL; i++) {
        const char *name = tflow_operation_name(tflow_operation_at(i));
        if (distance(name, word) < least) {
            least = distance(name, word);
            best = name;
        }
    }
    for (size_t i = 0; operation != NULL && i < N_GLOBALS; i++)
        if (distance(globals[i].name, word) < least) {
            least = distance(globals[i].name, word);
            best = globals[i].name;
        }
    const tflow_parameter *p;
    for (size_t i = 0; (p = tflow_operation_parameter(operation, i)) != NULL; i++)
        if (distance(tflow_parameter_name(p), word) < least) {
            least = distance(tflow_parameter_name(p), word);
            best = tflow_parameter_name(p);
        }
    return best;
}

static int one_character(const char *option, const char *text, char *out)
{
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        *out = '\t';
    else if (strcmp(text, "space") == 0)
        *out = ' ';
    else if (text[0] != '\0' && text[1] == '\0')
        *out = text[0];
    else {
        fprintf(stderr, "tradeflow: --%s: found \"%s\", expected one character\n",
                option, text);
        return BAD_USAGE;
    }
    return DONE;
}

static int one_of(const char *option, const char *text, const char *no, const char *yes,
                  int *out)
{
    *out = strcmp(text, yes) == 0;
    if (*out || strcmp(text, no) == 0)
        return DONE;
    fprintf(stderr, "tradeflow: --%s: found \"%s\", expected %s or %s\n", option, text,
            no, yes);
    return BAD_USAGE;
}

static int take_global(options *o, int option, const char *value)
{
    switch (option) {
    case O_LAYOUT:
        o->read.layout = value;
        break;
    case O_COLUMNS:
        o->read.columns = value;
        break;
    case O_ENCODING:
        o->read.encoding = value;
        break;
    case O_DELIMITER:
        return one_character("delimiter", value, &o->read.delimiter);
    case O_DECIMAL:
        return one_character("decimal", value, &o->read.decimal);
    case O_THOUSANDS:
        return one_character("thousands", value, &o->read.thousands);
    case O_MULTIPLIER:
        o->read.unit_multiplier = value;
        break;
    case O_CURRENCY:
        o->read.currency = value;
        break;
    case O_VALUATION:
        o->read.valuation = value;
        break;
    case O_AREAS:
        o->read.area_codes = value;
        break;
    case O_UNKNOWN:
        return one_of("unknown", value, "error", "keep", &o->read.keep_unknown_areas);
    case O_BAD_ROWS:
        return one_of("bad-rows", value, "error", "skip", &o->read.skip_bad_rows);
    case O_NEGATIVE:
        o->read.allow_negative = 1;
        break;
    case O_FORMAT:
        o->format = value;
        break;
    case 'o':
        o->output = value;
        break;
    case O_HTML:
        o->html = value;
        break;
    case O_CHART:
        o->chart = value;
        break;
    case O_RECIPE:
        o->recipe = value;
        break;
    case O_ERRORS:
        return one_of("errors", value, "text", "json", &o->json_errors);
    case O_NO_NOTES:
        o->notes = 0;
        break;
    case O_WITH:
        if (o->n_with == MOST_INPUTS - 1)
            return complain_text(BAD_USAGE, "too many inputs at --with %s", value);
        o->with[o->n_with++] = value;
        break;
    case 'h':
        o->help = 1;
        break;
    default:
        break;
    }
    return DONE;
}

/* The option table: the command's own and the operation's parameters. */
static size_t make_table(const tflow_operation *operation, struct option *table,
                         char (*names)[48])
{
    size_t n = 0;
    const tflow_parameter *p;
    for (; n < N_GLOBALS; n++)
        table[n] = globals[n];
    for (size_t i = 0;
         (p = tflow_operation_parameter(operation, i)) != NULL && n + 1 < MOST_OPTIONS;
         i++, n++) {
        kebab(tflow_parameter_name(p), names[n]);
        table[n].name = names[n];
        table[n].has_arg = tflow_parameter_kind(p) == TFLOW_PARAMETER_FLAG
                               ? optional_argument
                               : required_argument;
        table[n].flag = NULL;
        table[n].val = O_PARAMETER + (int)i;
    }
    memset(&table[n], 0, sizeof table[n]);
    return n;
}

static int unknown(const tflow_operation *operation, const char *word)
{
    const char *bare = word;
    while (*bare == '-')
        bare++;
    const char *near = closest(operation, bare);
    fprintf(stderr, "tradeflow: %s has no option \"%s\"",
            tflow_operation_name(operation), word);
    if (near != NULL)
        fprintf(stderr, "; did you mean --%s?", near);
    fprintf(stderr, " (tradeflow help %s)\n", tflow_operation_name(operation));
    return BAD_USAGE;
}

int options_read(options *o, tflow_call *call, const tflow_operation *operation,
                 int argc, char **argv)
{
    struct option table[MOST_OPTIONS];
    char names[MOST_OPTIONS][48];
    tflow_error error = TFLOW_ERROR_INIT;
    int option;

    make_table(operation, table, names);
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:h", table, NULL)) != -1) {
        const char *word = argv[optind - 1];
        if (option == '?')
            return unknown(operation, word);
        if (option == ':')
            return complain_text(BAD_USAGE, "%s needs a value", word);
        const char *value = optarg;
        if (option < O_PARAMETER) {
            int code = take_global(o, option, value);
            if (code != DONE)
                return code;
            continue;
        }
        const tflow_parameter *p =
            tflow_operation_parameter(operation, (size_t)(option - O_PARAMETER));
        if (value == NULL && optind < argc &&
            (strcmp(argv[optind], "yes") == 0 || strcmp(argv[optind], "no") == 0))
            value = argv[optind++];
        if (tflow_call_set(call, tflow_parameter_name(p), value == NULL ? "yes" : value,
                           &error) != TFLOW_OK) {
            complain(o, &error);
            return BAD_USAGE;
        }
    }
    for (; optind < argc; optind++) {
        if (o->n_files == MOST_FILES)
            return complain_text(BAD_USAGE, "too many files at %s", argv[optind]);
        o->files[o->n_files++] = argv[optind];
    }
    return DONE;
}
