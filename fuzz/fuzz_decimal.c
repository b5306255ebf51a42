/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text is a number, the one that strtod of the C locale reads, or is refused; and
 * what is written reads back. */
#include "core/core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char written[TFLOW_I_DECIMAL_SIZE], *end, *text = malloc(size + 1);
    double value, back;
    int overflow;

    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    if (tflow_i_decimal_parse(text, size, &value, &overflow)) {
        double expected = strtod(text, &end);
        require(*end == '\0' && end == text + size);
        if (overflow)
            require(isnan(value) && isinf(expected));
        else {
            require(value == expected);
            tflow_i_decimal_format(value, written);
            require(strlen(written) < sizeof written);
            require(tflow_i_decimal_parse(written, strlen(written), &back, &overflow));
            require(back == value);
        }
    } else
        require(isnan(value));
    free(text);
    return 0;
}
