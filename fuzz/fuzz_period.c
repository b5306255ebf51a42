/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text is a period, whose label reads back as the same one, or is refused. */
#include "tradeflow/period.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_period period, back;
    char label[TFLOW_PERIOD_SIZE];

    tflow_status status = tflow_period_parse((const char *)data, size, &period, &error);
    if (data == NULL)
        return 0;
    if (status != TFLOW_OK) {
        if (period != TFLOW_PERIOD_NONE || error.message[0] == '\0')
            abort();
        return 0;
    }
    tflow_period_format(period, label);
    if (strlen(label) >= sizeof label || tflow_period_frequency(period) == 0 ||
        tflow_period_parse(label, strlen(label), &back, NULL) != TFLOW_OK ||
        back != period)
        abort();
    return 0;
}
