/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text is a phrase with proper intervals or is refused, and what was read can be
 * taken together. */
#include "tradeflow/figure.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static int proper(tflow_range a)
{
    return !isinf(a.low) && !isinf(a.high) &&
           (isnan(a.low) || isnan(a.high) || a.low < a.high ||
            (a.low == a.high && a.low_closed && a.high_closed));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tflow_figure f[8];
    tflow_figure_joint joint;
    tflow_error error = TFLOW_ERROR_INIT;
    size_t n;
    char *text = malloc(size + 1);

    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    tflow_status status = tflow_figure_phrase_parse(text, NULL, f, 8, &n, &error);
    if (status == TFLOW_OK) {
        require(n > 0);
        for (size_t i = 0; i < n; i++) {
            require(proper(f[i].interval) && isfinite(f[i].figure));
            require(f[i].start + f[i].length <= strlen(text));
        }
        status = tflow_figure_joint_solve(f, n, &joint, NULL);
        if (status == TFLOW_OK)
            require(proper(joint.level) && proper(joint.base) && proper(joint.ratio) &&
                    proper(joint.difference));
        else if (status == TFLOW_CONTRADICTION)
            require(joint.n_conflict > 0);
        else
            require(status == TFLOW_EMIXED);
    } else {
        require(status == TFLOW_EPARSE || status == TFLOW_ELIMIT);
        require(n == 0 && isnan(f[0].figure) && error.message[0] != '\0');
    }
    free(text);
    return 0;
}
