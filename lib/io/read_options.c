/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the options of a reading can be meant. */
#include "io/reader.h"

#include <string.h>

static tflow_status bad_option(const char *name, tflow_status status,
                               const char *expected, const char *found,
                               tflow_error *error)
{
    tflow_i_fail(error, status, "found \"%.60s\", expected %s", found, expected);
    tflow_i_at(error, NULL, 0, 0, name);
    return status;
}

int tflow_i_reader_power(const char *text, int *power)
{
    size_t n = strlen(text);
    if (n == 0 || n > 2 || strspn(text, "0123456789") != n)
        return 0;
    *power = 0;
    for (; *text != '\0'; text++)
        *power = *power * 10 + (*text - '0');
    return *power <= 15;
}

tflow_status tflow_i_reader_check(tflow_reader *reader, tflow_error *error)
{
    const tflow_read_opts *o = &reader->opts;
    int power;
    if (o->layout != NULL && strcmp(o->layout, "auto") != 0) {
        reader->layout = tflow_i_layout_find(o->layout);
        if (reader->layout == NULL)
            return bad_option("layout", TFLOW_EUNKNOWN, "the name of a layout",
                              o->layout, error);
    }
    if (o->unit_multiplier != NULL && !tflow_i_reader_power(o->unit_multiplier, &power))
        return bad_option("unit_multiplier", TFLOW_EINVAL,
                          "a power of ten from 0 to 15, such as 3", o->unit_multiplier,
                          error);
    if (o->currency != NULL && strlen(o->currency) >= sizeof reader->currency)
        return bad_option("currency", TFLOW_EINVAL, "a code such as USD", o->currency,
                          error);
    if (o->valuation != NULL && strlen(o->valuation) >= sizeof reader->valuation)
        return bad_option("valuation", TFLOW_EINVAL, "FOB, CIF or FOB/CIF",
                          o->valuation, error);
    char point = o->decimal == 0 ? '.' : o->decimal;
    const char found[] = {o->thousands, 0}, decimal[] = {point, 0};
    if (point != '.' && point != ',')
        return bad_option("decimal", TFLOW_EINVAL, "a point or a comma", decimal,
                          error);
    if (o->thousands == point || (o->thousands >= '0' && o->thousands <= '9') ||
        o->thousands == '-')
        return bad_option("thousands", TFLOW_EINVAL,
                          "a character that is no digit, sign or decimal point", found,
                          error);
    if (o->delimiter == '"' || o->delimiter == '\n' || o->delimiter == '\r')
        return bad_option("delimiter", TFLOW_EINVAL,
                          "a comma, semicolon, tab or the like",
                          o->delimiter == '"' ? "\"" : "newline", error);
    return TFLOW_OK;
}
