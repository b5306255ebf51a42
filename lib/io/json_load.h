/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON from memory, and the difference between text that is no JSON and no memory. */
#ifndef TFLOW_IO_JSON_LOAD_H
#define TFLOW_IO_JSON_LOAD_H

#include "core/core.h"

#include <jansson.h>

/* The document; release with json_decref. NULL when there is none: *why is then
 * TFLOW_EPARSE, with the place in *wrong, or TFLOW_ENOMEM. */
json_t *tflow_i_json_load(const char *text, size_t n, json_error_t *wrong,
                          tflow_status *why);

#endif
