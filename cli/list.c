/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of layouts and operations: tables like any other, and the registry as JSON for
 * those who generate bindings. */
#include "cli.h"

#include <math.h>
#include <string.h>

/* --format and -o, the two options that a list takes. */
static int read_options(const cli *c, int argc, char **argv, const char **format,
                        const char **output)
{
    *format = NULL;
    *output = NULL;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i], *equals = strchr(word, '=');
        size_t n = equals != NULL ? (size_t)(equals - word) : strlen(word);
        const char **to = NULL;
        const char *ignored;
        if (strncmp(word, "--format", n) == 0 && n == strlen("--format"))
            to = format;
        else if ((strncmp(word, "--output", n) == 0 && n == strlen("--output")) ||
                 strcmp(word, "-o") == 0)
            to = output;
        else if (strncmp(word, "--errors", n) == 0 && n == strlen("--errors"))
            to = &ignored;
        else
            return usage_error(c, "found \"%s\", expected --format or -o", word);
        if (equals == NULL && i + 1 == argc)
            return usage_error(c, "%s needs a value", word);
        *to = equals != NULL ? equals + 1 : argv[++i];
    }
    tflow_format found;
    tflow_error error = TFLOW_ERROR_INIT;
    if (*format != NULL && tflow_format_find(*format, &found, &error) != TFLOW_OK)
        return fail_usage(c, &error);
    return DONE;
}

static int put_table(const cli *c, tflow_builder *builder, const char *name,
                     const char *output)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_format format = TFLOW_FORMAT_TABLE;
    tflow_table *table = NULL;
    char *text = NULL;
    int code = DONE;

    if (name != NULL)
        (void)tflow_format_find(name, &format, NULL);
    if (tflow_builder_finish(builder, &table, &error) != TFLOW_OK ||
        tflow_table_write(table, format, terminal_width(), c->ascii, &text, &error) !=
            TFLOW_OK)
        code = fail(c, &error);
    if (code == DONE)
        code = put(c, output, text);
    tflow_text_free(text);
    tflow_table_free(table);
    return code;
}

static const char *operation_name_at(size_t i)
{
    const tflow_operation *operation = tflow_operation_at(i);

    return operation == NULL ? NULL : tflow_operation_name(operation);
}

static const char *operation_summary_at(size_t i)
{
    return tflow_operation_summary(tflow_operation_at(i));
}

typedef const char *text_at(size_t i);

static int list_table(const cli *c, const char *column, text_at *name, text_at *title,
                      const char *format, const char *output)
{
    tflow_builder *b = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = tflow_builder_new(&b, &error);

    if (status == TFLOW_OK)
        status = tflow_builder_column(b, column, TFLOW_KEY, NULL, &error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(b, "what", TFLOW_KEY, NULL, &error);
    for (size_t i = 0; status == TFLOW_OK && name(i) != NULL; i++) {
        tflow_builder_key(b, 0, name(i));
        tflow_builder_key(b, 1, title(i));
        status = tflow_builder_row(b, &error);
    }
    int code = status == TFLOW_OK ? put_table(c, b, format, output) : fail(c, &error);
    tflow_builder_free(b);
    return code;
}

int list_layouts(const cli *c, int argc, char **argv)
{
    const char *format, *output;
    int code = read_options(c, argc, argv, &format, &output);

    return code == DONE ? list_table(c, "layout", tflow_layout_name, tflow_layout_title,
                                     format, output)
                        : code;
}

/* ---- the registry as JSON ---- */

static void json_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (const unsigned char *s = (const unsigned char *)text; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\')
            fprintf(out, "\\%c", *s);
        else if (*s < 0x20)
            fprintf(out, "\\u%04x", (unsigned)*s);
        else
            fputc(*s, out);
    }
    fputc('"', out);
}

static void json_member(FILE *out, const char *before, const char *name,
                        const char *text)
{
    fprintf(out, "%s\"%s\":", before, name);
    if (text == NULL)
        fputs("null", out);
    else
        json_text(out, text);
}

static void json_bound(FILE *out, const char *name, double value, int given)
{
    if (given && isfinite(value))
        fprintf(out, ",\"%s\":%.17g", name, value);
    else
        fprintf(out, ",\"%s\":null", name);
}

static void json_domain(FILE *out, const char *domain)
{
    char word[128];

    fputs(",\"domain\":[", out);
    for (int first = 1; *domain != '\0'; first = 0) {
        size_t n = strcspn(domain, "|");
        snprintf(word, sizeof word, "%.*s", (int)n, domain);
        fputs(first ? "" : ",", out);
        json_text(out, word);
        domain += n + (domain[n] == '|');
    }
    fputc(']', out);
}

static void json_parameter(FILE *out, const tflow_parameter *p)
{
    int bounded = tflow_parameter_least(p) != 0 || tflow_parameter_greatest(p) != 0;

    json_member(out, "{", "name", tflow_parameter_name(p));
    json_member(out, ",", "type", parameter_type_name(tflow_parameter_kind(p)));
    json_member(out, ",", "default", tflow_parameter_default(p));
    json_domain(out, tflow_parameter_domain(p));
    json_bound(out, "least", tflow_parameter_least(p), bounded);
    json_bound(out, "greatest", tflow_parameter_greatest(p), bounded);
    json_member(out, ",", "help", tflow_parameter_help(p));
    fputc('}', out);
}

static void json_operation(FILE *out, const tflow_operation *operation)
{
    const tflow_parameter *p;
    const tflow_output *o;

    json_member(out, "{", "name", tflow_operation_name(operation));
    json_member(out, ",\n ", "summary", tflow_operation_summary(operation));
    json_member(out, ",\n ", "definition", tflow_operation_definition(operation));
    json_member(out, ",\n ", "reference", tflow_operation_reference(operation));
    json_member(out, ",\n ", "example", tflow_operation_example(operation));
    fprintf(out, ",\n \"inputs_min\":%zu,\"inputs_max\":%zu,\n \"parameters\":[",
            tflow_operation_inputs_min(operation),
            tflow_operation_inputs_max(operation));
    for (size_t i = 0; (p = tflow_operation_parameter(operation, i)) != NULL; i++) {
        fputs(i > 0 ? ",\n  " : "\n  ", out);
        json_parameter(out, p);
    }
    fputs("],\n \"outputs\":[", out);
    for (size_t i = 0; (o = tflow_operation_output(operation, i)) != NULL; i++) {
        json_member(out, i > 0 ? ",\n  {" : "\n  {", "name", tflow_output_name(o));
        json_member(out, ",", "type", column_type_name(tflow_output_type(o)));
        json_member(out, ",", "unit", tflow_output_unit(o));
        json_member(out, ",", "help", tflow_output_help(o));
        fputc('}', out);
    }
    fputs("]}", out);
}

static int registry_json(const cli *c, const char *output)
{
    page p;
    int code = page_open(c, &p);

    if (code != DONE)
        return code;
    fputs("{\"schema_version\":1,\"version\":", p.file);
    json_text(p.file, tflow_version());
    fputs(",\"operations\":[\n", p.file);
    for (size_t i = 0; tflow_operation_at(i) != NULL; i++) {
        fputs(i > 0 ? ",\n" : "", p.file);
        json_operation(p.file, tflow_operation_at(i));
    }
    fputs("]}\n", p.file);
    return page_put(c, &p, output);
}

int list_operations(const cli *c, int argc, char **argv)
{
    const char *format, *output;
    int code = read_options(c, argc, argv, &format, &output);

    if (code != DONE)
        return code;
    if (format != NULL && strcmp(format, "json") == 0)
        return registry_json(c, output);
    return list_table(c, "operation", operation_name_at, operation_summary_at, format,
                      output);
}
