/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of the UN Comtrade API as rows of text, the names first. */
#ifndef TFLOW_IO_JSON_READ_H
#define TFLOW_IO_JSON_READ_H

#include "io/csv.h"

#define TFLOW_I_JSON_MAX ((size_t)1 << 30) /* bytes of a document */

/* Call back for the names and then for each record of the list "data". `line` of a row
 * is the number of its record. Failures: EPARSE, ENOMEM, those of the callback. */
tflow_status tflow_i_json_rows(const char *bytes, size_t n, const char *file,
                               tflow_i_row_fn *row, void *context, tflow_error *error);

#endif
