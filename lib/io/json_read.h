/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as rows of text, the names first: a list of objects, such as the "data" of the
 * UN Comtrade API, or a list of lists whose first is the header, such as the API of the
 * US Census gives. */
#ifndef TFLOW_IO_JSON_READ_H
#define TFLOW_IO_JSON_READ_H

#include "io/csv.h"

#define TFLOW_I_JSON_MAX ((size_t)256 << 20) /* bytes of a document */

/* Call back for the names and then for each record. `line` of a row is the number of
 * its record. Failures: EPARSE, ENOMEM, those of the callback. */
tflow_status tflow_i_json_rows(const char *bytes, size_t n, const char *file,
                               tflow_i_row_fn *row, void *context, tflow_error *error);

#endif
