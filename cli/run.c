/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read the inputs, run the operation, write the result. */
#include "cli.h"

#include <string.h>

static int read_inputs(const cli *c, request *r, int products, tflow_table **tables)
{
    tflow_error error = TFLOW_ERROR_INIT;
    size_t n = 0;

    for (size_t i = 0; i < r->n_inputs; i++) {
        const input *in = &r->inputs[i];
        if (in->n == 0)
            continue;
        int code = read_input(c, in, products, r->quiet, &tables[n]);
        if (code != DONE)
            return code;
        if (tflow_call_input(r->call, tables[n++], &error) != TFLOW_OK)
            return fail(c, &error);
    }
    return DONE;
}

/* An error about a parameter of the call, not about data. */
static int about_parameter(const request *r, const tflow_error *error, char *option)
{
    const tflow_parameter *p;

    if (error->line > 0 || error->file[0] != '\0')
        return 0;
    for (size_t i = 0; (p = tflow_operation_parameter(r->operation, i)) != NULL; i++) {
        if (strcmp(tflow_parameter_name(p), error->column) == 0) {
            option_name(p, option);
            return 1;
        }
    }
    return 0;
}

static int run_failed(const cli *c, const request *r, tflow_error *error)
{
    char option[OPTION_NAME_SIZE];

    if (!about_parameter(r, error, option))
        return fail(c, error);
    if (!c->json_errors)
        snprintf(error->column, sizeof error->column, "--%s", option);
    if (error->status == TFLOW_EPARSE || error->status == TFLOW_EUNKNOWN ||
        error->status == TFLOW_EINVAL)
        return fail_usage(c, error);
    return fail(c, error);
}

/* ---- the result ---- */

static int wants_chart_text(const request *r)
{
    return r->chart != NULL && strcmp(r->chart, "text") == 0;
}

static tflow_format format_of(const request *r)
{
    tflow_format format = TFLOW_FORMAT_CSV;

    if (r->format != NULL)
        (void)tflow_format_find(r->format, &format, NULL);
    else if (r->output == NULL && (on_terminal() || wants_chart_text(r)))
        format = TFLOW_FORMAT_TABLE;
    return format;
}

/* Where the format has no place for notes, they go to standard error. */
static void print_notes(const request *r, const tflow_table *result,
                        tflow_format format)
{
    if (r->quiet || r->no_notes ||
        (format != TFLOW_FORMAT_CSV && format != TFLOW_FORMAT_TSV &&
         format != TFLOW_FORMAT_JSONL))
        return;
    for (size_t i = 0; i < tflow_table_notes(result); i++)
        fprintf(stderr, "tradeflow: note: %s\n", tflow_table_note(result, i));
}

/* A report says its notes itself, a file of flows has no place for them. */
static int put_text(const cli *c, const request *r, const tflow_table *result,
                    const char *text)
{
    int code = put(c, r->output, text);

    if (code == DONE && tflow_table_attribute(result, "html") == NULL)
        print_notes(r, result, TFLOW_FORMAT_CSV);
    return code;
}

static int put_result(const cli *c, const request *r, const tflow_table *result)
{
    tflow_format format = format_of(r);
    const char *text = tflow_table_attribute(result, "text");
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *shown = NULL;
    char *written = NULL;
    int width = r->output == NULL ? terminal_width() : 0;
    int code = DONE;

    size_t n;
    const unsigned char *document = tflow_table_document(result, &n);
    if (document != NULL && r->format == NULL && r->show == NULL) {
        code = put_bytes(c, r->output, (const char *)document, n);
        if (code == DONE)
            print_notes(r, result, TFLOW_FORMAT_CSV);
        return code;
    }
    /* A report is a text of its own. */
    if (text != NULL && r->format == NULL && r->show == NULL)
        return put_text(c, r, result, text);
    if (r->show != NULL || r->no_notes)
        code = copy_table(c, result, r->show, !r->no_notes, &shown);
    if (code == DONE &&
        tflow_table_write(shown != NULL ? shown : result, format, width,
                          c->ascii && r->output == NULL, &written, &error) != TFLOW_OK)
        code = fail(c, &error);
    if (code == DONE)
        code = put(c, r->output, written);
    if (code == DONE)
        print_notes(r, result, format);
    tflow_text_free(written);
    tflow_table_free(shown);
    return code;
}

static int put_all(const cli *c, const request *r, const tflow_table *result)
{
    const char *html = tflow_table_attribute(result, "html");
    /* A report brings its chart along. */
    const char *svg = r->chart != NULL && !wants_chart_text(r)
                          ? tflow_table_attribute(result, "svg")
                          : NULL;
    char *chart = NULL;
    int code = DONE;

    /* Nothing is written when something cannot be. */
    if (r->html != NULL && html == NULL)
        code = usage_error(c, "--html: %s makes no page",
                           tflow_operation_name(r->operation));
    if (code == DONE && r->chart != NULL && svg == NULL)
        code = draw_chart(c, r, result, &chart);
    if (code == DONE)
        code = put_result(c, r, result);
    if (code == DONE && r->html != NULL)
        code = put(c, r->html, html);
    if (code == DONE && wants_chart_text(r)) {
        if (r->output == NULL)
            code = put(c, NULL, "\n");
        if (code == DONE)
            code = put(c, NULL, chart);
    } else if (code == DONE && r->chart != NULL) {
        code = put(c, r->chart + strlen("svg:"), svg != NULL ? svg : chart);
    }
    tflow_text_free(chart);
    return code;
}

static void free_inputs(request *r, tflow_table **tables)
{
    tflow_call_forget_inputs(r->call);
    for (size_t i = 0; i < MOST_INPUTS; i++) {
        tflow_table_free(tables[i]);
        tables[i] = NULL;
    }
}

static int can_read_again(const request *r)
{
    for (size_t i = 0; i < r->n_inputs; i++)
        if (reads_once(&r->inputs[i]))
            return 0;
    return 1;
}

/* What reading left out or changed is no note of the result; describe says it itself.
 */
static void print_reading(const request *r, tflow_table **tables)
{
    if (r->quiet || r->no_notes ||
        strcmp(tflow_operation_name(r->operation), "describe") == 0)
        return;
    for (size_t i = 0; i < MOST_INPUTS && tables[i] != NULL; i++)
        for (size_t k = 0; k < tflow_table_notes(tables[i]); k++)
            fprintf(stderr, "tradeflow: note: %s\n", tflow_table_note(tables[i], k));
}

/* Products are added up while files are read, as far as the call does without them. If
 * the files turn out to need them, they are read again. */
static int run_call(const cli *c, request *r, tflow_table **tables,
                    tflow_table **result)
{
    tflow_error error = TFLOW_ERROR_INIT;
    int products = tflow_call_products(r->call);
    int code = read_inputs(c, r, products, tables);
    if (code != DONE)
        return code;
    tflow_status status = tflow_call_run(r->call, result, &error);
    if (status == TFLOW_EUNSUPPORTED && products != TFLOW_PRODUCTS_KEPT &&
        can_read_again(r)) {
        free_inputs(r, tables);
        code = read_inputs(c, r, TFLOW_PRODUCTS_KEPT, tables);
        if (code == DONE)
            status = tflow_call_run(r->call, result, &error);
    }
    if (code == DONE)
        print_reading(r, tables);
    return code != DONE ? code : status < 0 ? run_failed(c, r, &error) : DONE;
}

int run_request(const cli *c, request *r)
{
    tflow_table *tables[MOST_INPUTS] = {0}, *result = NULL;
    tflow_error error = TFLOW_ERROR_INIT;

    if (wants_chart_text(r) && r->output == NULL && format_of(r) != TFLOW_FORMAT_TABLE)
        return usage_error(
            c,
            "--chart text stands below a table: leave out --format %s, or "
            "send it to a file with -o",
            r->format);
    /* A chart of a projection shows what it goes on from. */
    if (r->chart != NULL)
        (void)tflow_call_set(r->call, "observed", "yes", &error);
    int code = run_call(c, r, tables, &result);
    if (code == DONE)
        code = put_all(c, r, result);
    tflow_table_free(result);
    free_inputs(r, tables);
    return code;
}
