/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static int exit_code(tflow_status status)
{
    switch (status) {
    case TFLOW_EIO:
        return BAD_IO;
    case TFLOW_ECONVERGE:
        return NO_CONVERGENCE;
    case TFLOW_EINVAL:
        return BAD_USAGE;
    default:
        return BAD_DATA;
    }
}

int complain(const options *o, const tflow_error *error)
{
    char *text = NULL;
    tflow_status status = o->json_errors ? tflow_error_json(error, &text)
                                         : tflow_error_text(error, &text);
    if (status != TFLOW_OK)
        fputs("tradeflow: out of memory\n", stderr);
    else
        fprintf(stderr, "%s%s\n", o->json_errors ? "" : "tradeflow: ", text);
    tflow_text_free(text);
    return exit_code(error->status);
}

int complain_text(int code, const char *format, const char *detail)
{
    const char *hole = strstr(format, "%s");
    int before = hole == NULL ? (int)strlen(format) : (int)(hole - format);
    fprintf(stderr, "tradeflow: %.*s%s%s\n", before, format, hole == NULL ? "" : detail,
            hole == NULL ? "" : hole + 2);
    return code;
}

int plain_terminal(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

int terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

static int failed(const char *path)
{
    fprintf(stderr, "tradeflow: cannot write %s: %s\n", path, strerror(errno));
    return BAD_IO;
}

/* A device or pipe is written as it is; a file through a neighbour that is renamed. */
static int is_special(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && !S_ISREG(facts.st_mode) &&
           !S_ISDIR(facts.st_mode);
}

static int write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return 0;
    int ok = fputs(text, file) >= 0;
    if (fclose(file) != 0)
        ok = 0;
    return ok;
}

int put_text(const options *o, const char *path, const char *text)
{
    (void)o;
    if (path == NULL || strcmp(path, "-") == 0)
        return fputs(text, stdout) < 0 ? failed("standard output") : DONE;
    if (is_special(path))
        return write_file(path, text) ? DONE : failed(path);
    size_t n = strlen(path);
    char *beside = malloc(n + 12);
    if (beside == NULL)
        return complain_text(BAD_IO, "out of memory%s", "");
    snprintf(beside, n + 12, "%s.part", path);
    int code = DONE;
    if (!write_file(beside, text) || rename(beside, path) != 0) {
        code = failed(path);
        remove(beside);
    }
    free(beside);
    return code;
}
