/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a stored partial sum, which stores as the same bytes again, or refused.
 * What is accepted can be finished, merged with itself and taken away again. */
#include "tradeflow/partial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_empty(const tflow_partial *partial)
{
    tflow_partial empty;
    tflow_partial_init(&empty);
    return memcmp(partial, &empty, sizeof empty) == 0;
}

static void use(const tflow_partial *partial)
{
    tflow_partial sum = *partial;
    tflow_partial_result result;

    for (int missing = TFLOW_MISSING_PROPAGATE; missing <= TFLOW_MISSING_FAIL;
         missing++) {
        tflow_status status =
            tflow_partial_finish(partial, (tflow_missing)missing, &result);
        int undefined = status == TFLOW_MISSING_VALUE || status == TFLOW_TOO_FEW ||
                        status == TFLOW_EMISSING;
        if (status == TFLOW_EINVAL || isinf(result.value) ||
            (isnan(result.value) != 0) != undefined ||
            !(result.share_not_observed >= 0 && result.share_not_observed <= 1) ||
            result.n_rows < 0 || result.n_missing < 0)
            abort();
    }
    if (tflow_partial_merge(&sum, partial) == TFLOW_OK &&
        tflow_partial_subtract(&sum, partial) != TFLOW_OK)
        abort();
    if (memcmp(&sum, partial, sizeof sum) != 0)
        abort();
    if (tflow_partial_subtract(&sum, partial) != TFLOW_OK || !is_empty(&sum))
        abort();
}

static void read_back(const uint8_t *data, size_t size)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_partial partial;
    unsigned char again[TFLOW_PARTIAL_BYTES];
    tflow_status status = tflow_partial_deserialise(data, size, &partial, &error);

    if (status != TFLOW_OK) {
        if (!is_empty(&partial) || error.message[0] == '\0' || error.status != status)
            abort();
        return;
    }
    if (tflow_partial_serialise(&partial, again, sizeof again) != TFLOW_OK ||
        size != sizeof again || memcmp(again, data, size) != 0)
        abort();
    use(&partial);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char sealed[TFLOW_PARTIAL_BYTES] = "TFPA\1";

    read_back(data, size);
    /* A checksum is hard to hit: the same bytes with one that is right. */
    if (size == sizeof sealed) {
        memcpy(sealed + 8, data + 8, sizeof sealed - 16);
        tflow_i_bytes_put64(sealed + sizeof sealed - 8,
                            tflow_i_bytes_crc64(0, sealed, sizeof sealed - 8));
        read_back(sealed, sizeof sealed);
    }
    return 0;
}
