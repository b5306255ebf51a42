/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of the command, and the table for getopt_long made of them and of the
 * parameters of an operation. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

const option_text reading_options[] = {
    {"layout", "NAME", "layout of the files; see 'tradeflow layouts' [auto]"},
    {"columns", "ROLE=NAME,...",
     "which column is what: reporter=exporter,value=value_kusd"},
    {"encoding", "NAME", "encoding of the text, such as latin1 [utf-8]"},
    {"delimiter", "CHARACTER", "what parts fields, or 'tab' [from the header]"},
    {"decimal", "CHARACTER", "decimal point of the numbers [.]"},
    {"thousands", "CHARACTER", "what groups thousands in the numbers [none]"},
    {"unit-multiplier", "POWER", "values are in units of 10^POWER [by layout]"},
    {"currency", "CODE", "currency of the values [by layout]"},
    {"valuation", "WORD", "FOB, CIF or FOB/CIF [by layout]"},
    {"area-codes", "FILE", "codes of areas, such as BACI's country file"},
    {"unknown", "error|keep",
     "a country that is not known is an error, or kept [error]"},
    {"bad-rows", "error|skip",
     "a row that cannot be read is an error, or left out [error]"},
    {"allow-negative", NULL, "negative values are data, not errors"},
    {"max-unpacked", "BYTES",
     "most that may come out of a packed file, such as 64G [1T]"},
    {"max-ratio", "NUMBER", "most bytes out of each packed one, past 16 MiB [500]"},
    {"max-members", "NUMBER", "most members of a zip archive [10000]"},
    {"max-layers", "NUMBER", "most packings one in the other, as .csv.gz in .zip [2]"},
    {"threads", "NUMBER", "most threads that read at a time [one a processor]"},
    {"rates", "FILE", "exchange rates by currency and period, for --to"},
    {"to", "CODE", "convert values to this currency, with --rates"},
    {"deflator", "FILE", "a price index by period, for --prices"},
    {"prices", "PERIOD", "put values at the prices of this period, with --deflator"},
    {"recode", "COLUMN[:FROM-TO]",
     "other codes, such as product:hs2022-hs1992; hs2017, sitc2, sitc4, bec4"},
    {"recode-table", "FILE", "pairs for --recode: columns from, to and perhaps weight"},
    {"recode-many", "split|first|refuse",
     "a code with several targets: by weight or in equal parts, or the first [split]"},
    {"recode-unmapped", "apart|drop|refuse",
     "a code that is not in the table goes to _X, or is left out [apart]"},
    {NULL, NULL, NULL},
};

const option_text running_options[] = {
    {"with", "FILE[,FILE...]",
     "a further table, for operations that take several; --against is the same"},
    {"format", "table|csv|tsv|json|jsonl|md",
     "how the result is written [table on a terminal, else csv]"},
    {"output", "FILE", "write to FILE, whole or not at all; -o for short"},
    {"show", "COLUMN,...", "only these columns of the result, in this order"},
    {"chart", "text|svg:FILE", "draw the result: below the table, or into FILE"},
    {"html", "FILE", "write the page of a report to FILE"},
    {"recipe", "FILE", "run again what a JSON result says; other options override it"},
    {"errors", "text|json", "how errors are written [text]"},
    {"quiet", NULL, "no notes on standard error; -q for short"},
    {"no-notes", NULL, "no notes below the result either"},
    {"help", NULL, "help on the operation; -h for short"},
    {NULL, NULL, NULL},
};

const char *option_name(const tflow_parameter *parameter, char *buffer)
{
    const char *name = tflow_parameter_name(parameter);
    size_t i = 0;

    for (; i < OPTION_NAME_SIZE - 1 && name[i] != '\0'; i++)
        buffer[i] = name[i] == '_' ? '-' : name[i];
    buffer[i] = '\0';
    return buffer;
}

/* ---- reading options ---- */

static int one_character(const cli *c, const char *name, const char *text, char *out)
{
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        *out = '\t';
    else if (strcmp(text, "space") == 0)
        *out = ' ';
    else if (text[0] != '\0' && text[1] == '\0')
        *out = text[0];
    else
        return usage_error(
            c, "--%s: found \"%s\", expected one character, tab or space", name, text);
    return DONE;
}

static int one_of(const cli *c, const char *name, const char *text, const char *no,
                  const char *yes, int *out)
{
    *out = strcmp(text, yes) == 0;
    if (*out || strcmp(text, no) == 0)
        return DONE;
    return usage_error(c, "--%s: found \"%s\", expected %s or %s", name, text, no, yes);
}

/* A whole number above 0, perhaps with K, M, G or T behind it: powers of 1024. */
static int count_of(const cli *c, const char *name, const char *text, uint64_t *out)
{
    static const char units[] = "KMGT";
    const char *s = text, *unit;
    uint64_t number = 0;

    for (; *s >= '0' && *s <= '9' && number < UINT64_MAX / 100; s++)
        number = number * 10 + (uint64_t)(*s - '0');
    int digits = s > text;
    unit = *s == '\0' ? NULL : strchr(units, *s);
    for (const char *u = units; unit != NULL && u <= unit; u++)
        number = number > UINT64_MAX / 1024 ? UINT64_MAX : number * 1024;
    if (!digits || number == 0 || s[unit != NULL] != '\0')
        return usage_error(
            c, "--%s: found \"%s\", expected a number above 0, such as 500 or 64G",
            name, text);
    *out = number;
    return DONE;
}

static int known_layout(const cli *c, const char *name)
{
    const char *names[128] = {"auto"};
    size_t n = 1;

    for (; n + 1 < sizeof names / sizeof *names && tflow_layout_name(n - 1) != NULL;
         n++)
        names[n] = tflow_layout_name(n - 1);
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return DONE;
    char hint[SUGGESTION_SIZE];
    suggest(hint, sizeof hint, "", nearest(name, names), "tradeflow layouts");
    return usage_error(c, "--layout: there is no layout \"%s\"%s", name, hint);
}

void input_init(input *in)
{
    static const tflow_read_opts defaults = TFLOW_READ_OPTS_INIT;

    memset(in, 0, sizeof *in);
    in->reading = defaults;
}

int set_reading(const cli *c, input *in, const char *name, const char *text)
{
    tflow_read_opts *opts = &in->reading;
    const struct {
        const char *name;
        const char **text;
    } texts[] = {
        {"layout", &opts->layout},
        {"columns", &opts->columns},
        {"encoding", &opts->encoding},
        {"unit-multiplier", &opts->unit_multiplier},
        {"currency", &opts->currency},
        {"valuation", &opts->valuation},
        {"area-codes", &opts->area_codes},
        {"rates", &in->rates},
        {"to", &in->to},
        {"deflator", &in->deflator},
        {"prices", &in->prices},
        {"recode", &in->recode},
        {"recode-table", &in->recode_table},
        {"recode-many", &in->recode_many},
        {"recode-unmapped", &in->recode_unmapped},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].name, name) != 0)
            continue;
        *texts[i].text = text;
        return i == 0 ? known_layout(c, text) : DONE;
    }
    const struct {
        const char *name;
        uint64_t *count;
    } counts[] = {
        {"max-unpacked", &opts->max_unpacked}, {"max-ratio", &opts->max_ratio},
        {"max-members", &opts->max_members},   {"max-layers", &opts->max_layers},
        {"threads", &opts->threads},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (strcmp(counts[i].name, name) == 0)
            return count_of(c, name, text, counts[i].count);
    if (strcmp(name, "delimiter") == 0)
        return one_character(c, name, text, &opts->delimiter);
    if (strcmp(name, "decimal") == 0)
        return one_character(c, name, text, &opts->decimal);
    if (strcmp(name, "thousands") == 0)
        return one_character(c, name, text, &opts->thousands);
    if (strcmp(name, "unknown") == 0)
        return one_of(c, name, text, "error", "keep", &opts->keep_unknown_areas);
    if (strcmp(name, "bad-rows") == 0)
        return one_of(c, name, text, "error", "skip", &opts->skip_bad_rows);
    return one_of(c, name, text, "no", "yes", &opts->allow_negative);
}

/* ---- the table ---- */

static void add(option_table *t, const char *prefix, const char *name, int argument,
                int kind, size_t index)
{
    if (t->n + 1 >= MOST_OPTIONS)
        return;
    struct option *option = &t->options[t->n];
    snprintf(t->names[t->n], sizeof t->names[t->n], "%s%s", prefix, name);
    option->name = t->names[t->n];
    option->has_arg = argument;
    option->flag = NULL;
    option->val = kind + (int)index;
    t->words[t->n] = option->name;
    t->n++;
}

void option_table_fill(option_table *t, const tflow_operation *operation)
{
    const tflow_parameter *p;
    char name[OPTION_NAME_SIZE];

    memset(t, 0, sizeof *t);
    /* The operation's own come first: where a name is taken twice, it is theirs. */
    for (size_t i = 0; (p = tflow_operation_parameter(operation, i)) != NULL; i++) {
        int flag = tflow_parameter_kind(p) == TFLOW_PARAMETER_FLAG;
        add(t, "", option_name(p, name), flag ? optional_argument : required_argument,
            OPTION_PARAMETER, i);
        if (flag)
            add(t, "no-", name, no_argument, OPTION_NO_PARAMETER, i);
    }
    for (size_t i = 0; reading_options[i].name != NULL; i++) {
        int argument =
            reading_options[i].argument != NULL ? required_argument : no_argument;
        add(t, "", reading_options[i].name, argument, OPTION_READING, i);
        if (tflow_operation_inputs_max(operation) > 1)
            add(t, "with-", reading_options[i].name, argument, OPTION_WITH_READING, i);
    }
    for (size_t i = 0; running_options[i].name != NULL; i++)
        add(t, "", running_options[i].name,
            running_options[i].argument != NULL ? required_argument : no_argument,
            OPTION_RUNNING, i);
    add(t, "", "against", required_argument, OPTION_RUNNING, 0);
}

int option_takes_value(const char *name)
{
    const option_text *lists[] = {reading_options, running_options};

    for (size_t k = 0; k < 2; k++)
        for (const option_text *o = lists[k]; o->name != NULL; o++)
            if (strcmp(o->name, name) == 0)
                return o->argument != NULL;
    return strcmp(name, "against") == 0 ? 1 : -1;
}
