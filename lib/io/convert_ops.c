/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files in one layout out of files in any. */
#include "io/write.h"
#include "io/write_layout.h"
#include "op/op.h"

#include <string.h>

static tflow_status add_notes(tflow_builder *out, tflow_i_text *notes,
                              tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (char *s = notes->data, *end; s != NULL && status == TFLOW_OK; s = end) {
        end = strchr(s, '\n');
        if (end != NULL)
            *end++ = '\0';
        status = tflow_builder_note(out, s, error);
    }
    return status;
}

/* A row that says what was made. */
static tflow_status summary(tflow_builder *out, const char *layout, size_t rows,
                            size_t bytes, tflow_error *error)
{
    tflow_status status = tflow_builder_column(out, "layout", TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "n_rows", TFLOW_INT64, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "n_bytes", TFLOW_INT64, "", error);
    if (status != TFLOW_OK)
        return status;
    tflow_builder_key(out, 0, layout);
    tflow_builder_int64(out, 1, (int64_t)rows);
    tflow_builder_int64(out, 2, (int64_t)bytes);
    return tflow_builder_row(out, error);
}

static tflow_status run_arrow(const tflow_table *table, const char *layout,
                              tflow_builder *out, tflow_error *error)
{
    unsigned char *bytes;
    size_t n;
    tflow_status status =
        tflow_i_arrow_write(table, strcmp(layout, "arrow") == 0, &bytes, &n, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_builder_document(out, bytes, n);
    return summary(out, layout, tflow_table_rows(table), n, error);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    const tflow_table *table = tflow_i_input(args, 0);
    const char *layout = tflow_i_arg_text(args, "into");
    char *text = NULL;
    tflow_i_text notes = {0};
    if (strcmp(layout, "arrow") == 0 || strcmp(layout, "arrow-stream") == 0)
        return run_arrow(table, layout, out, error);
    tflow_status status = tflow_i_write_layout(
        table, layout, tflow_i_arg_text(args, "drop"), &text, &notes, error);
    if (status == TFLOW_OK)
        status = summary(out, layout, tflow_table_rows(table), strlen(text), error);
    if (status == TFLOW_OK)
        status = add_notes(out, &notes, error);
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(out, "text", text, error);
    tflow_text_free(text);
    tflow_i_text_clear(&notes);
    return status;
}

static const tflow_parameter parameters[] = {
    {"into", TFLOW_PARAMETER_CHOICE, "long",
     "long|comtrade|baci|imf-wide|eurostat-sdmx|arrow|arrow-stream", 0, 0,
     "layout of the file that is written"},
    {"drop", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "what may be left out because the layout does not hold it: names of columns, "
     "status, missing (rows without a value), valuation, prices, classification"},
};

static const tflow_output outputs[] = {
    {"layout", TFLOW_KEY, "", "of the file"},
    {"n_rows", TFLOW_INT64, "", "rows of the table it was made of"},
    {"n_bytes", TFLOW_INT64, "", "its length"},
};

const tflow_operation tflow_i_op_convert = {
    .name = "convert",
    .summary = "Write flows as a file of another layout",
    .definition =
        "The files, in any layout that is read, become one file of the layout --into. "
        "It goes to standard output or to -o FILE; --format gives a summary instead.\n"
        "long: a flow a row, with all that a table of flows has; the name of the value "
        "says currency and unit where it can (value_usd, value_kusd, value_musd, "
        "value_eur), else values are in units beside their currency.\n"
        "comtrade: the columns of UN Comtrade that are known, in USD.\n"
        "baci: t,i,j,k,v,q: exports by year and HS code of six digits, in thousand "
        "USD, "
        "quantities in tonnes.\n"
        "imf-wide: a row a reporter, flow and partner, a column a period, in USD; a "
        "cell that has no row is empty, which is read as not reported.\n"
        "eurostat-sdmx: SDMX-CSV with a row each for value, net weight and quantity, "
        "in "
        "EUR.\n"
        "arrow, arrow-stream: the columns of long as a file (.arrow, .feather) or a "
        "stream (.arrows) of Arrow IPC, with the facts of the table as metadata; read "
        "like any other file.\n"
        "Numbers keep all their digits: where the unit differs, the decimal point "
        "moves. What the layout does not hold is an error that names it; with --drop "
        "it "
        "is left out, and a note says so. Values in another currency are refused: see "
        "--rates.",
    .reference = NULL,
    .example = "convert data/belarus/baci_belarus_partners_2000_2020.csv --into long",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = 0,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
