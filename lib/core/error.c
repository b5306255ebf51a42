/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <stdio.h>
#include <string.h>

tflow_status tflow_i_fail(tflow_error *error, tflow_status status, const char *format,
                          ...)
{
    if (error == NULL)
        return status;
    memset(error, 0, sizeof *error);
    error->status = status;

    va_list args;
    va_start(args, format);
    vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    return status;
}

void tflow_i_at(tflow_error *error, const char *file, uint64_t line, uint32_t field,
                const char *column)
{
    if (error == NULL)
        return;
    error->line = line;
    error->field = field;
    if (file != NULL)
        snprintf(error->file, sizeof error->file, "%s", file);
    if (column != NULL)
        snprintf(error->column, sizeof error->column, "%s", column);
}

tflow_status tflow_i_nomem(tflow_error *error)
{
    return tflow_i_fail(error, TFLOW_ENOMEM, "out of memory");
}
