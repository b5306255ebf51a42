/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <stdarg.h>
#include <string.h>

static int exit_code(const tflow_error *error)
{
    switch (error->status) {
    case TFLOW_EIO:
    case TFLOW_ENOMEM:
        return BAD_IO;
    case TFLOW_ECONVERGE:
        return NO_CONVERGENCE;
    case TFLOW_EINVAL:
        return BAD_USAGE;
    case TFLOW_EUNKNOWN:
        /* A name in a file is data; a name that was typed is usage. */
        return error->line == 0 && error->file[0] == '\0' ? BAD_USAGE : BAD_DATA;
    default:
        return BAD_DATA;
    }
}

/* 0 when there is no memory to say it. */
static int say(const cli *c, const tflow_error *error)
{
    char *text = NULL;
    tflow_status status = c->json_errors ? tflow_error_json(error, &text)
                                         : tflow_error_text(error, &text);

    /* When standard error is closed there is nobody left to tell. */
    if (status != TFLOW_OK && c->json_errors)
        fputs("{\"status\":\"TFLOW_ENOMEM\",\"file\":null,\"line\":null,\"field\":null,"
              "\"column\":null,\"message\":\"out of memory\"}\n",
              stderr);
    else if (status != TFLOW_OK)
        fputs("tradeflow: out of memory\n", stderr);
    else
        fprintf(stderr, "%s%s\n", c->json_errors ? "" : "tradeflow: ", text);
    tflow_text_free(text);
    return status == TFLOW_OK;
}

int fail(const cli *c, const tflow_error *error)
{
    return say(c, error) ? exit_code(error) : BAD_IO;
}

int fail_usage(const cli *c, const tflow_error *error)
{
    return say(c, error) && error->status != TFLOW_ENOMEM ? BAD_USAGE : BAD_IO;
}

int usage_error(const cli *c, const char *format, ...)
{
    tflow_error error = TFLOW_ERROR_INIT;
    va_list args;

    error.status = TFLOW_EINVAL;
    va_start(args, format);
    vsnprintf(error.message, sizeof error.message, format, args);
    va_end(args);
    return fail_usage(c, &error);
}

int io_error(const cli *c, const char *file, const char *format, ...)
{
    tflow_error error = TFLOW_ERROR_INIT;
    va_list args;

    error.status = TFLOW_EIO;
    snprintf(error.file, sizeof error.file, "%s", file);
    va_start(args, format);
    vsnprintf(error.message, sizeof error.message, format, args);
    va_end(args);
    return fail(c, &error);
}

int no_memory(const cli *c)
{
    tflow_error error = TFLOW_ERROR_INIT;

    error.status = TFLOW_ENOMEM;
    return fail(c, &error);
}

/* ---- what was meant ---- */

const char *suggest(char *buffer, size_t size, const char *dashes, const char *near,
                    const char *see)
{
    int n = near == NULL ? snprintf(buffer, size, "%s", *see != '\0' ? "; see '" : "")
                         : snprintf(buffer, size, "; did you mean %s%s?%s", dashes,
                                    near, *see != '\0' ? " See '" : "");
    if (*see != '\0' && n >= 0 && (size_t)n < size)
        snprintf(buffer + n, size - (size_t)n, "%s'", see);
    return buffer;
}

#define LONGEST_WORD 48

/* Edits between two words: letters put in, left out, changed or swapped. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t n = strlen(a), m = strlen(b);

    if (n > LONGEST_WORD || m > LONGEST_WORD)
        return LONGEST_WORD;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3], *last = rows[(i + 2) % 3],
               *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *nearest(const char *word, const char *const *list)
{
    size_t n = strlen(word);
    /* A third of the letters may be wrong; of a short word one. */
    size_t least = n / 3 + 2;
    const char *best = NULL;

    for (; *list != NULL; list++) {
        size_t edits = distance(word, *list);
        if (n >= 3 && strncmp(word, *list, n) == 0)
            edits = edits < 1 ? edits : 1;
        if (edits < least) {
            least = edits;
            best = *list;
        }
    }
    return best;
}
