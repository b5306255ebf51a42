/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adds numbers up in any number of parts: partial NUMBER... / NUMBER... / ...
 *
 *     partial 0.1 0.2 / 0.3 1e20 / -1e20
 *
 * Each part is stored as bytes and read back before it is merged; the sum is the same
 * however the numbers are split. */
#include <tradeflow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int merge_stored(tflow_partial *sum, const tflow_partial *part)
{
    unsigned char bytes[TFLOW_PARTIAL_BYTES];
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_partial back;

    /* The bytes could go to a file or to another machine here. */
    if (tflow_partial_serialise(part, bytes, sizeof bytes) != TFLOW_OK)
        return 0;
    if (tflow_partial_deserialise(bytes, sizeof bytes, &back, &error) != TFLOW_OK) {
        fprintf(stderr, "partial: %s\n", error.message);
        return 0;
    }
    return tflow_partial_merge(sum, &back) == TFLOW_OK;
}

int main(int argc, char **argv)
{
    tflow_partial sum, part;
    tflow_partial_result result;
    int parts = 0;

    tflow_partial_init(&sum);
    tflow_partial_init(&part);
    for (int i = 1; i <= argc; i++) {
        if (i == argc || strcmp(argv[i], "/") == 0) {
            if (!merge_stored(&sum, &part))
                return 1;
            tflow_partial_init(&part);
            parts++;
            continue;
        }
        char *end;
        double value = strtod(argv[i], &end);
        if (end == argv[i] || *end != '\0') {
            fprintf(stderr, "partial: found \"%s\", expected a number or /\n", argv[i]);
            return 2;
        }
        if (tflow_partial_update(&part, value, 0, TFLOW_PARTIAL_NEGATIVE) != TFLOW_OK) {
            fprintf(stderr, "partial: %s is too large\n", argv[i]);
            return 1;
        }
    }
    if (tflow_partial_finish(&sum, TFLOW_MISSING_FAIL, &result) != TFLOW_OK) {
        fprintf(stderr, "partial: no numbers, or one of them missing\n");
        return 1;
    }
    printf("%.17g from %lld numbers in %d parts\n", result.value,
           (long long)result.n_rows, parts);
    return 0;
}
