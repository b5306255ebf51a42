/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says of all its rows, and whether that goes with the files before. */
#include "io/reader.h"

#include <string.h>

static void set(char *out, size_t size, const char *text)
{
    size_t n = text == NULL ? 0 : strlen(text);
    n = n < size ? n : size - 1;
    if (n > 0)
        memcpy(out, text, n);
    out[n] = '\0';
}

static tflow_status differ(const tflow_reader *reader, const char *what,
                           const char *now, const char *before, tflow_error *error)
{
    tflow_i_fail(
        error, TFLOW_EMIXED, "this file's %s is %s, that of the files before %s", what,
        now[0] == '\0' ? "not stated" : now, before[0] == '\0' ? "not stated" : before);
    tflow_i_at(error, reader->records.file, 0, 0, what);
    return TFLOW_EMIXED;
}

static tflow_status note_shift(tflow_reader *reader, int power, tflow_error *error)
{
    tflow_i_text note = {0};
    tflow_i_text_format(&note,
                        "values of %s, in units of 10^%d, were brought to the first "
                        "file's 10^%d",
                        reader->records.file, power, reader->power);
    tflow_status status =
        note.failed ? tflow_i_nomem(error)
                    : tflow_builder_note(reader->records.builder, note.data, error);
    tflow_i_text_clear(&note);
    return status;
}

/* A line for each layout met. */
static void add_layout(tflow_i_text *layouts, const char *name)
{
    size_t n = strlen(name);
    for (const char *s = layouts->data; s != NULL; s = strchr(s, '\n')) {
        s += *s == '\n';
        if (strncmp(s, name, n) == 0 && (s[n] == '\n' || s[n] == '\0'))
            return;
    }
    tflow_i_text_add(layouts, layouts->length == 0 ? "" : "\n");
    tflow_i_text_add(layouts, name);
}

tflow_status tflow_i_reader_facts(tflow_reader *reader, tflow_error *error)
{
    const tflow_read_opts *opts = &reader->opts;
    const tflow_i_binding *b = &reader->records.binding;
    const char *multiplier =
        opts->unit_multiplier != NULL ? opts->unit_multiplier : b->multiplier;
    char currency[sizeof reader->currency], valuation[sizeof reader->valuation];
    int power = 0;

    set(currency, sizeof currency,
        opts->currency != NULL ? opts->currency : b->currency);
    set(valuation, sizeof valuation,
        opts->valuation != NULL ? opts->valuation : b->valuation);
    if (multiplier != NULL)
        tflow_i_reader_power(multiplier, &power);
    if (!reader->known) {
        reader->known = 1;
        reader->power = power;
        memcpy(reader->currency, currency, sizeof currency);
        memcpy(reader->valuation, valuation, sizeof valuation);
    } else if (strcmp(currency, reader->currency) != 0)
        return differ(reader, "currency", currency, reader->currency, error);
    else if (strcmp(valuation, reader->valuation) != 0)
        return differ(reader, "valuation", valuation, reader->valuation, error);

    add_layout(&reader->layouts, b->layout->name);
    reader->records.shift = power - reader->power;
    return reader->records.shift == 0 ? TFLOW_OK : note_shift(reader, power, error);
}
