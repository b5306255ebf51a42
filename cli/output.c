/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Output that is whole or not there, and failures that are not overlooked. */
#ifndef _DEFAULT_SOURCE
/* realpath, in glibc.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _DEFAULT_SOURCE
#endif
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

int on_terminal(void)
{
    return isatty(STDOUT_FILENO);
}

int terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");

    if (on_terminal() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col > 0)
        return size.ws_col;
    if (columns != NULL) {
        long n = strtol(columns, NULL, 10);
        if (n > 0 && n < 10000)
            return (int)n;
    }
    return on_terminal() ? 80 : 0;
}

/* All bytes or an error number. */
static int write_all(int file, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t done = write(file, text, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        text += done;
        n -= (size_t)done;
    }
    return 0;
}

static int put_stdout(const cli *c, const char *text, size_t n)
{
    int wrong = write_all(STDOUT_FILENO, text, n);

    if (wrong == EPIPE)
        return READER_GONE; /* as if SIGPIPE were not ignored: nothing to say */
    return wrong == 0
               ? DONE
               : io_error(c, "standard output", "cannot write: %s", strerror(wrong));
}

static int put_special(const cli *c, const char *path, const char *text, size_t size)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    int wrong = file < 0 ? errno : write_all(file, text, size);

    if (file >= 0 && close(file) != 0 && wrong == 0)
        wrong = errno;
    return wrong == 0 ? DONE : io_error(c, path, "cannot write: %s", strerror(wrong));
}

/* The permissions a new file gets, or those of the file that is replaced. */
static mode_t permissions(const char *path)
{
    struct stat facts;
    mode_t mask = umask(0);

    umask(mask);
    if (stat(path, &facts) == 0)
        return facts.st_mode & 07777;
    return 0666 & ~mask;
}

/* A file beside the target, renamed when all of it is on its way to the disk. */
static int put_file(const cli *c, const char *path, const char *text, size_t size)
{
    char *target = realpath(path, NULL); /* a link stays, what it points to changes */
    const char *place = target != NULL ? target : path;
    size_t n = strlen(place);
    char *beside = malloc(n + 8);
    int wrong = 0;

    if (beside == NULL) {
        free(target);
        return no_memory(c);
    }
    memcpy(beside, place, n);
    memcpy(beside + n, ".XXXXXX", 8);
    int file = mkstemp(beside);
    if (file < 0) {
        wrong = errno;
    } else {
        wrong = write_all(file, text, size);
        if (wrong == 0 && fchmod(file, permissions(place)) != 0)
            wrong = errno;
        if (close(file) != 0 && wrong == 0)
            wrong = errno;
        if (wrong == 0 && rename(beside, place) != 0)
            wrong = errno;
        if (wrong != 0)
            unlink(beside);
    }
    free(beside);
    free(target);
    return wrong == 0 ? DONE : io_error(c, path, "cannot write: %s", strerror(wrong));
}

int put(const cli *c, const char *path, const char *text)
{
    return put_bytes(c, path, text, strlen(text));
}

int put_bytes(const cli *c, const char *path, const char *text, size_t n)
{
    struct stat facts;

    if (path == NULL || strcmp(path, "-") == 0)
        return put_stdout(c, text, n);
    if (stat(path, &facts) == 0) {
        if (S_ISDIR(facts.st_mode))
            return io_error(c, path, "cannot write: this is a folder");
        if (!S_ISREG(facts.st_mode))
            return put_special(c, path, text, n);
        if (access(path, W_OK) != 0)
            return io_error(c, path, "cannot write: %s", strerror(errno));
    }
    return put_file(c, path, text, n);
}

/* ---- pages ---- */

#define PAGE_MOST ((size_t)4 << 20) /* bytes; what is not written to costs nothing */

int page_open(const cli *c, page *p)
{
    /* Not open_memstream: glibc's leaves out what it has no memory for, and says
     * nothing.
     */
    p->text = calloc(PAGE_MOST, 1);
    p->file = p->text == NULL ? NULL : fmemopen(p->text, PAGE_MOST - 1, "w");
    if (p->file != NULL)
        return DONE;
    free(p->text);
    return no_memory(c);
}

int page_put(const cli *c, page *p, const char *path)
{
    int failed = ferror(p->file);

    failed |= fclose(p->file) != 0;
    int code = failed ? no_memory(c) : put(c, path, p->text);
    free(p->text);
    return code;
}
