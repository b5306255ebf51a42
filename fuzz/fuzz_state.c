/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a state, which is stored as the same bytes again, prints, and takes a
 * table or leaves it, or they are refused. */
#include "tradeflow.h"

#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void change(tflow_state *state, const char *how)
{
    static const char rows[] = "reporter,partner,flow,period,value\n"
                               "BLR,CHN,X,2022-01,10\nBLR,RUS,X,2022-01,20\n";
    tflow_table *table = NULL, *result = NULL;
    tflow_call *call = NULL;
    tflow_error error = TFLOW_ERROR_INIT;

    if (tflow_call_new("aggregate", &call, NULL) != TFLOW_OK ||
        tflow_call_state(call, state, NULL) != TFLOW_OK)
        abort();
    if (how != NULL) {
        if (tflow_read_memory(rows, sizeof rows - 1, "rows", NULL, &table, NULL) !=
                TFLOW_OK ||
            tflow_call_set(call, how, "yes", NULL) != TFLOW_OK ||
            tflow_call_input(call, table, NULL) != TFLOW_OK)
            abort();
    }
    if (tflow_call_run(call, &result, &error) != TFLOW_OK &&
        (result != NULL || error.message[0] == '\0'))
        abort();
    tflow_table_free(result);
    tflow_table_free(table);
    tflow_call_free(call);
}

static void read_back(const uint8_t *data, size_t size)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_state *state;
    unsigned char *bytes;
    size_t n;
    tflow_status status = tflow_state_deserialise(data, size, &state, &error);

    if (status != TFLOW_OK) {
        if (state != NULL || error.message[0] == '\0')
            abort();
        return;
    }
    if (tflow_state_serialise(state, &bytes, &n, NULL) != TFLOW_OK || n != size ||
        memcmp(bytes, data, n) != 0)
        abort();
    tflow_state_bytes_free(bytes);
    change(state, NULL);
    change(state, "subtract");
    change(state, "revise");
    tflow_state_free(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    read_back(data, size);
    /* A checksum is hard to hit: the same bytes with one that is right. */
    if (size >= 20) {
        uint8_t *sealed = malloc(size);
        if (sealed == NULL)
            abort();
        memcpy(sealed, data, size);
        tflow_i_bytes_put64(sealed + size - 8,
                            tflow_i_bytes_crc64(0, sealed, size - 8));
        read_back(sealed, size);
        free(sealed);
    }
    return 0;
}
