/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_load.h"

json_t *tflow_i_json_load(const char *text, size_t n, json_error_t *wrong,
                          tflow_status *why)
{
    json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, wrong);

    *why = TFLOW_OK;
    if (root != NULL)
        return root;
    /* jansson reports some failures of memory as errors of syntax, others not at all:
     * what is wrong twice is wrong, if there is memory now. */
    root = json_loadb(text, n, JSON_REJECT_DUPLICATES, wrong);
    if (root != NULL)
        return root;
    void *probe = tflow_i_alloc(1024, 1);
    *why = probe == NULL || wrong->text[0] == '\0' ||
                   json_error_code(wrong) == json_error_out_of_memory
               ? TFLOW_ENOMEM
               : TFLOW_EPARSE;
    tflow_i_free(probe);
    return NULL;
}
