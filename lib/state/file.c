/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a state: read whole, replaced whole. */
#ifndef _DEFAULT_SOURCE
/* realpath, in glibc.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _DEFAULT_SOURCE
#endif
#include "state/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tflow_status fail_io(tflow_error *error, const char *path, const char *what,
                            int reason)
{
    char text[128] = "unknown reason";
    if (reason == ENOMEM)
        return tflow_i_nomem(error);
    (void)strerror_r(reason, text, sizeof text);
    tflow_i_fail(error, TFLOW_EIO, "cannot %s: %s", what, text);
    tflow_i_at(error, path, 0, 0, NULL);
    return TFLOW_EIO;
}

/* ---- reading ---- */

/* All bytes of an open file, or an error number. */
static int read_all(int file, unsigned char **bytes, size_t *n)
{
    size_t capacity = 0;
    *bytes = NULL;
    *n = 0;
    for (;;) {
        if (*n == capacity &&
            !tflow_i_reserve(bytes, &capacity, capacity == 0 ? 65536 : 2 * capacity, 1))
            return ENOMEM;
        ssize_t got = read(file, *bytes + *n, capacity - *n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            return 0;
        *n += (size_t)got;
    }
}

tflow_status tflow_state_read(const char *path, tflow_state **out, tflow_error *error)
{
    if (out != NULL)
        *out = NULL;
    if (path == NULL || out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no path or no place for the state");
    unsigned char *bytes = NULL;
    size_t n = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int reason = file < 0 ? errno : read_all(file, &bytes, &n);
    if (file >= 0)
        (void)close(file);
    tflow_status status = TFLOW_OK;
    if (reason != 0)
        status = fail_io(error, path, "read", reason);
    else {
        status = tflow_state_deserialise(bytes, n, out, error);
        if (status != TFLOW_OK && status != TFLOW_ENOMEM)
            tflow_i_at(error, path, 0, 0, NULL);
    }
    tflow_i_free(bytes);
    return status;
}

/* ---- writing ---- */

static int write_all(int file, const unsigned char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(file, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        bytes += done;
        n -= (size_t)done;
    }
    return 0;
}

/* A new file beside `place`, whose name is written behind it; -1 and errno. */
#define SUFFIX_SIZE 32
static int open_beside(char *place, size_t length)
{
    for (unsigned i = 0; i < 100; i++) {
        (void)snprintf(place + length, SUFFIX_SIZE, ".%ld-%u", (long)getpid(), i);
        int file = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

/* The permissions of the file that is replaced, if there is one. */
static int keep_permissions(int file, const char *place)
{
    struct stat facts;
    if (stat(place, &facts) != 0)
        return 0;
    if (!S_ISREG(facts.st_mode))
        return S_ISDIR(facts.st_mode) ? EISDIR : EINVAL;
    if (access(place, W_OK) != 0)
        return errno;
    return fchmod(file, facts.st_mode & 07777) != 0 ? errno : 0;
}

static int replace(const char *place, const unsigned char *bytes, size_t n)
{
    size_t length = strlen(place);
    char *beside = tflow_i_alloc(length + SUFFIX_SIZE, 1);
    if (beside == NULL)
        return ENOMEM;
    memcpy(beside, place, length + 1);
    int file = open_beside(beside, length);
    int reason = file < 0 ? errno : keep_permissions(file, place);
    if (file >= 0) {
        if (reason == 0)
            reason = write_all(file, bytes, n);
        /* Renamed before its bytes are there, a crash would leave an empty file. */
        if (reason == 0 && fsync(file) != 0)
            reason = errno;
        if (close(file) != 0 && reason == 0)
            reason = errno;
        if (reason == 0 && rename(beside, place) != 0)
            reason = errno;
        if (reason != 0)
            (void)unlink(beside);
    }
    tflow_i_free(beside);
    return reason;
}

tflow_status tflow_state_write(const tflow_state *state, const char *path,
                               tflow_error *error)
{
    unsigned char *bytes;
    size_t n;
    if (state == NULL || path == NULL || *path == '\0')
        return tflow_i_fail(error, TFLOW_EINVAL, "no state or no path");
    tflow_status status = tflow_state_serialise(state, &bytes, &n, error);
    if (status != TFLOW_OK)
        return status;
    /* A link stays, what it points to changes. */
    errno = 0;
    char *target = realpath(path, NULL);
    int reason = target == NULL && errno == ENOMEM
                     ? ENOMEM
                     : replace(target != NULL ? target : path, bytes, n);
    free(target);
    tflow_state_bytes_free(bytes);
    return reason == 0 ? TFLOW_OK : fail_io(error, path, "write", reason);
}
