/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the files of an input to its table, with a word to those who wait. */
#include "cli.h"
#include "progress.h"

#include <string.h>
#include <sys/stat.h>

/* A row that stops the reading, with the option that would have let it pass. */
static void add_remedy(tflow_error *error, const tflow_read_opts *opts)
{
    const char *remedy = NULL;
    size_t n = strlen(error->message);

    if (error->line < 2 || opts->skip_bad_rows)
        return;
    if (error->status == TFLOW_ENEGATIVE)
        remedy = "; --allow-negative takes it, --bad-rows skip leaves such rows out";
    else if (error->status == TFLOW_EUNKNOWN && error->field > 0)
        remedy = "; --unknown keep takes it as it is";
    else if (error->status == TFLOW_EPARSE && error->column[0] != '\0')
        remedy = "; --bad-rows skip leaves such rows out";
    if (remedy != NULL && n + strlen(remedy) < sizeof error->message)
        memcpy(error->message + n, remedy, strlen(remedy) + 1);
}

int reads_once(const input *in)
{
    struct stat about;
    for (size_t i = 0; i < in->n; i++)
        if (strcmp(in->files[i], "-") == 0 ||
            (stat(in->files[i], &about) == 0 && !S_ISREG(about.st_mode)))
            return 1;
    return 0;
}

/* What is left out must not be missed: values are converted row by row, and what cannot
 * be read again is read as it is unless that asks nothing of its order. */
static int products_of(const input *in, int products)
{
    if (in->rates != NULL || in->deflator != NULL || in->recode != NULL ||
        (products == TFLOW_PRODUCTS_ADDED_ONCE && reads_once(in)))
        return TFLOW_PRODUCTS_KEPT;
    return products;
}

/* Once more, with products kept, at most. NOLINTNEXTLINE(misc-no-recursion) */
static int read_files(const cli *c, const input *in, int products, int quiet,
                      tflow_table **out)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_reader *reader = NULL;
    progress p;
    tflow_read_opts reading = in->reading;
    int done = 0;

    reading.products = products_of(in, products);
    progress_begin(&p, quiet);
    tflow_status status = tflow_reader_new(in->files, in->n, &reading, &reader, &error);
    while (status == TFLOW_OK && !done) {
        status = tflow_reader_step(reader, &done, &error);
        progress_say(&p, reader);
    }
    if (status == TFLOW_OK)
        status = tflow_reader_finish(reader, out, &error);
    progress_end(&p);
    tflow_reader_free(reader);
    /* Too large to be added up before rows are selected, perhaps not after. */
    if (status == TFLOW_EUNSUPPORTED && reading.products != TFLOW_PRODUCTS_KEPT &&
        !reads_once(in))
        return read_files(c, in, TFLOW_PRODUCTS_KEPT, quiet, out);
    if (status != TFLOW_OK)
        add_remedy(&error, &in->reading);
    return status == TFLOW_OK ? DONE : fail(c, &error);
}

/* The table is replaced by the one that was made of it. */
static int replace(const cli *c, tflow_status status, const tflow_error *error,
                   tflow_table **table, tflow_table *made)
{
    if (status != TFLOW_OK)
        return fail(c, error);
    tflow_table_free(*table);
    *table = made;
    return DONE;
}

/* "product:hs2022-hs1992": a column, and what to what. */
static int recode(const cli *c, const input *in, tflow_table **table)
{
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *made = NULL;
    char words[128];

    if (strlen(in->recode) >= sizeof words)
        return usage_error(c, "--recode: \"%.40s...\" is too long", in->recode);
    memcpy(words, in->recode, strlen(in->recode) + 1);
    char *from = strchr(words, ':'), *to = from == NULL ? NULL : strchr(from, '-');
    if (from != NULL && to == NULL)
        return usage_error(c,
                           "--recode: found \"%s\", expected what to what, as in "
                           "product:hs2022-hs1992",
                           in->recode);
    if (from != NULL) {
        *from++ = '\0';
        *to++ = '\0';
    }
    opts.column = words;
    opts.from = from;
    opts.to = to;
    opts.table = in->recode_table;
    opts.folder = in->concordances;
    opts.many = in->recode_many;
    opts.unmapped = in->recode_unmapped;
    tflow_status status = tflow_table_recode(*table, &opts, &made, &error);
    if (status == TFLOW_EINVAL &&
        (strcmp(error.column, "many") == 0 || strcmp(error.column, "unmapped") == 0))
        return usage_error(c, "--recode-%s: %s", error.column, error.message);
    return replace(c, status, &error, table, made);
}

int read_input(const cli *c, const input *in, int products, int quiet,
               tflow_table **out)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *made = NULL;
    int code = read_files(c, in, products, quiet, out);

    if (code == DONE && in->rates != NULL) {
        tflow_status status =
            tflow_table_convert(*out, in->rates, in->to, &made, &error);
        code = replace(c, status, &error, out, made);
    }
    if (code == DONE && in->deflator != NULL) {
        tflow_status status =
            tflow_table_deflate(*out, in->deflator, in->prices, &made, &error);
        code = replace(c, status, &error, out, made);
    }
    if (code == DONE && in->recode != NULL)
        code = recode(c, in, out);
    return code;
}
