/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/source.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>

#define CARRY 16 /* no encoding has longer characters or shift sequences */

struct tflow_i_source {
    char *name;
    int fd; /* -1: memory */
    int owns_fd;
    const unsigned char *memory;
    size_t memory_left;
    uint64_t taken, size;

    unsigned char *raw; /* TFLOW_I_CHUNK bytes read from fd */
    int started;        /* the first bytes were looked at */

    int gzip, member_open, z_live;
    z_stream z;
    unsigned char *unpacked; /* TFLOW_I_CHUNK bytes */
    int at_end;              /* of the raw bytes */

    int converting;
    iconv_t converter;
    char *encoding;
    char *pending; /* bytes not converted yet: CARRY + TFLOW_I_CHUNK */
    size_t pending_at, pending_n;
    char *text; /* TFLOW_I_CHUNK bytes of UTF-8 */
};

static tflow_status fail(const tflow_i_source *source, tflow_error *error,
                         tflow_status status, const char *message)
{
    tflow_i_fail(error, status, "%s", message);
    tflow_i_at(error, source->name, 0, 0, NULL);
    return status;
}

void tflow_i_source_free(tflow_i_source *source)
{
    if (source == NULL)
        return;
    if (source->z_live)
        inflateEnd(&source->z);
    if (source->converting)
        iconv_close(source->converter);
    if (source->owns_fd)
        close(source->fd);
    tflow_i_free(source->name);
    tflow_i_free(source->raw);
    tflow_i_free(source->unpacked);
    tflow_i_free(source->encoding);
    tflow_i_free(source->pending);
    tflow_i_free(source->text);
    tflow_i_free(source);
}

static tflow_status prepare(const char *name, const char *encoding,
                            tflow_i_source **out, tflow_error *error)
{
    tflow_i_source *source = tflow_i_calloc(1, sizeof *source);
    *out = NULL;
    if (source == NULL)
        return tflow_i_nomem(error);
    source->fd = -1;
    source->name = tflow_i_strdup(name);
    int ok = source->name != NULL;
    if (encoding != NULL) {
        source->converter = iconv_open("UTF-8", encoding);
        /* iconv_open says so by a pointer of -1.
         * NOLINTNEXTLINE(performance-no-int-to-ptr) */
        source->converting = source->converter != (iconv_t)-1;
        if (!source->converting) {
            tflow_i_source_free(source);
            tflow_i_fail(error, TFLOW_EUNKNOWN,
                         "found \"%.40s\", expected an encoding such as latin1, "
                         "windows-1252 or UTF-16",
                         encoding);
            tflow_i_at(error, name, 0, 0, "encoding");
            return TFLOW_EUNKNOWN;
        }
        source->encoding = tflow_i_strdup(encoding);
        source->pending = tflow_i_alloc(CARRY + TFLOW_I_CHUNK, 1);
        source->text = tflow_i_alloc(TFLOW_I_CHUNK, 1);
        ok = ok && source->encoding != NULL && source->pending != NULL &&
             source->text != NULL;
    }
    if (!ok) {
        tflow_i_source_free(source);
        return tflow_i_nomem(error);
    }
    *out = source;
    return TFLOW_OK;
}

tflow_status tflow_i_source_memory(const char *bytes, size_t size, const char *name,
                                   const char *encoding, tflow_i_source **out,
                                   tflow_error *error)
{
    tflow_status status = prepare(name, encoding, out, error);
    if (status != TFLOW_OK)
        return status;
    (*out)->memory = (const unsigned char *)bytes;
    (*out)->memory_left = size;
    (*out)->size = size;
    return TFLOW_OK;
}

/* Why open failed, in words that no locale changes. */
static const char *open_failure(int reason)
{
    switch (reason) {
    case ENOENT:
    case ENOTDIR:
        return "no such file";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EMFILE:
    case ENFILE:
        return "too many open files";
    default:
        return "cannot be opened";
    }
}

tflow_status tflow_i_source_file(const char *path, const char *encoding,
                                 tflow_i_source **out, tflow_error *error)
{
    tflow_status status = prepare(path, encoding, out, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_source *source = *out;
    struct stat about;
    const char *failure = NULL;

    if (strcmp(path, "-") == 0)
        source->fd = STDIN_FILENO;
    else {
        source->fd = open(path, O_RDONLY | O_CLOEXEC);
        if (source->fd < 0)
            failure = open_failure(errno);
        else
            source->owns_fd = 1;
    }
    if (failure == NULL && fstat(source->fd, &about) != 0)
        failure = "cannot be read";
    if (failure == NULL && S_ISDIR(about.st_mode))
        failure = "found a directory, expected a file";
    if (failure != NULL) {
        fail(source, error, TFLOW_EIO, failure);
        tflow_i_source_free(source);
        *out = NULL;
        return TFLOW_EIO;
    }
    source->size = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    source->raw = tflow_i_alloc(TFLOW_I_CHUNK, 1);
    if (source->raw == NULL) {
        tflow_i_source_free(source);
        *out = NULL;
        return tflow_i_nomem(error);
    }
    return TFLOW_OK;
}

uint64_t tflow_i_source_size_of(const char *path)
{
    struct stat about;
    return path != NULL && stat(path, &about) == 0 && S_ISREG(about.st_mode)
               ? (uint64_t)about.st_size
               : 0;
}

const char *tflow_i_source_name(const tflow_i_source *source)
{
    return source->name;
}

uint64_t tflow_i_source_taken(const tflow_i_source *source)
{
    return source->taken;
}

uint64_t tflow_i_source_size(const tflow_i_source *source)
{
    return source->size;
}

/* The next bytes as they are stored: a full chunk unless the end is near. */
static tflow_status next_raw(tflow_i_source *source, const unsigned char **bytes,
                             size_t *n, tflow_error *error)
{
    *n = 0;
    if (source->fd < 0) {
        *bytes = source->memory;
        *n = source->memory_left < TFLOW_I_CHUNK ? source->memory_left : TFLOW_I_CHUNK;
        if (*n > 0)
            source->memory += *n;
        source->memory_left -= *n;
    } else {
        *bytes = source->raw;
        while (*n < TFLOW_I_CHUNK && !source->at_end) {
            ssize_t got = read(source->fd, source->raw + *n, TFLOW_I_CHUNK - *n);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return fail(source, error, TFLOW_EIO, "cannot be read");
            source->at_end = got == 0;
            *n += (size_t)got;
        }
    }
    source->taken += *n;
    return TFLOW_OK;
}

static tflow_status open_gzip(tflow_i_source *source, tflow_error *error)
{
    source->unpacked = tflow_i_alloc(TFLOW_I_CHUNK, 1);
    if (source->unpacked == NULL || inflateInit2(&source->z, 15 + 16) != Z_OK)
        return tflow_i_nomem(error);
    source->z_live = 1;
    source->member_open = 1;
    return TFLOW_OK;
}

/* Between members: another may follow, or zeros that fill a block. */
static tflow_status next_member(tflow_i_source *source, tflow_error *error)
{
    while (source->z.avail_in > 0 && *source->z.next_in == 0) {
        source->z.next_in++;
        source->z.avail_in--;
    }
    if (source->z.avail_in == 0)
        return TFLOW_OK;
    if (*source->z.next_in != 0x1f)
        return fail(source, error, TFLOW_EIO,
                    "found other bytes after the compressed data");
    if (inflateReset(&source->z) != Z_OK)
        return fail(source, error, TFLOW_EINTERNAL, "gzip cannot be restarted");
    source->member_open = 1;
    return TFLOW_OK;
}

/* The next bytes of a gzip file; source->z holds what is left of the raw ones. */
static tflow_status next_unpacked(tflow_i_source *source, const unsigned char **bytes,
                                  size_t *n, tflow_error *error)
{
    tflow_status status;

    source->z.next_out = source->unpacked;
    source->z.avail_out = (uInt)TFLOW_I_CHUNK;
    while (source->z.avail_out > 0) {
        if (source->z.avail_in == 0) {
            const unsigned char *raw;
            size_t got;
            status = next_raw(source, &raw, &got, error);
            if (status != TFLOW_OK)
                return status;
            if (got == 0)
                break;
            source->z.next_in = raw;
            source->z.avail_in = (uInt)got;
        }
        if (!source->member_open) {
            status = next_member(source, error);
            if (status != TFLOW_OK)
                return status;
            continue;
        }
        int code = inflate(&source->z, Z_NO_FLUSH);
        if (code == Z_STREAM_END)
            source->member_open = 0;
        else if (code == Z_MEM_ERROR)
            return tflow_i_nomem(error);
        else if (code != Z_OK && code != Z_BUF_ERROR)
            return fail(source, error, TFLOW_EIO, "the compressed data are damaged");
    }
    *bytes = source->unpacked;
    *n = TFLOW_I_CHUNK - source->z.avail_out;
    if (*n == 0 && source->member_open)
        return fail(source, error, TFLOW_EIO,
                    "the compressed data end early: the file is truncated");
    return TFLOW_OK;
}

static tflow_status next_plain(tflow_i_source *source, const unsigned char **bytes,
                               size_t *n, tflow_error *error)
{
    if (source->gzip)
        return next_unpacked(source, bytes, n, error);
    tflow_status status = next_raw(source, bytes, n, error);
    if (status != TFLOW_OK || source->started)
        return status;
    source->started = 1;
    if (*n < 2 || (*bytes)[0] != 0x1f || (*bytes)[1] != 0x8b)
        return TFLOW_OK;
    source->gzip = 1;
    status = open_gzip(source, error);
    if (status != TFLOW_OK)
        return status;
    source->z.next_in = *bytes;
    source->z.avail_in = (uInt)*n;
    return next_unpacked(source, bytes, n, error);
}

static tflow_status bad_byte(const tflow_i_source *source, tflow_error *error)
{
    unsigned char byte = (unsigned char)source->pending[source->pending_at];
    tflow_i_fail(error, TFLOW_EPARSE, "found byte 0x%02x, which is not valid in %.40s",
                 byte, source->encoding);
    tflow_i_at(error, source->name, 0, 0, NULL);
    return TFLOW_EPARSE;
}

/* Convert what is pending; *n bytes come out. What was good before a bad byte is handed
 * out first, so that the line where reading stops is right. */
static tflow_status convert(tflow_i_source *source, size_t *n, int *starved,
                            tflow_error *error)
{
    char *in = source->pending + source->pending_at;
    size_t in_left = source->pending_n;
    char *out = source->text;
    size_t out_left = TFLOW_I_CHUNK;

    *starved = 0;
    size_t code = iconv(source->converter, &in, &in_left, &out, &out_left);
    int reason = code == (size_t)-1 ? errno : 0;
    source->pending_at = (size_t)(in - source->pending);
    source->pending_n = in_left;
    *n = TFLOW_I_CHUNK - out_left;
    if (reason == EILSEQ && *n == 0)
        return bad_byte(source, error);
    *starved = reason == 0 || reason == EINVAL;
    return TFLOW_OK;
}

/* Some encodings hold a character back in case an accent follows. */
static tflow_status flush(tflow_i_source *source, size_t *n)
{
    char *out = source->text;
    size_t out_left = TFLOW_I_CHUNK;
    iconv(source->converter, NULL, NULL, &out, &out_left);
    *n = TFLOW_I_CHUNK - out_left;
    return TFLOW_OK;
}

static tflow_status next_converted(tflow_i_source *source, const unsigned char **bytes,
                                   size_t *n, tflow_error *error)
{
    *bytes = (const unsigned char *)source->text;
    for (;;) {
        int starved;
        tflow_status status = convert(source, n, &starved, error);
        if (status != TFLOW_OK || *n > 0)
            return status;
        if (!starved)
            return fail(source, error, TFLOW_EINTERNAL, "text cannot be converted");

        const unsigned char *more;
        size_t got;
        status = next_plain(source, &more, &got, error);
        if (status != TFLOW_OK)
            return status;
        if (got == 0)
            return source->pending_n == 0 ? flush(source, n) : bad_byte(source, error);
        if (source->pending_n > CARRY)
            return bad_byte(source, error);
        memmove(source->pending, source->pending + source->pending_at,
                source->pending_n);
        memcpy(source->pending + source->pending_n, more, got);
        source->pending_at = 0;
        source->pending_n += got;
    }
}

/* Once, past the mark of byte order. NOLINTNEXTLINE(misc-no-recursion) */
tflow_status tflow_i_source_next(tflow_i_source *source, const char **bytes, size_t *n,
                                 tflow_error *error)
{
    int first = source->taken == 0;
    const unsigned char *text = (const unsigned char *)"";
    tflow_status status = source->converting ? next_converted(source, &text, n, error)
                                             : next_plain(source, &text, n, error);
    if (status != TFLOW_OK) {
        *n = 0;
        return status;
    }
    if (first && *n >= 2 && !source->converting &&
        ((text[0] == 0xff && text[1] == 0xfe) || (text[0] == 0xfe && text[1] == 0xff)))
        return fail(source, error, TFLOW_EPARSE,
                    "found UTF-16, expected UTF-8: name the encoding UTF-16");
    size_t mark = first && *n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *bytes = (const char *)text + mark;
    *n -= mark;
    /* A file of nothing but the mark: ask for what comes after it. */
    if (mark > 0 && *n == 0)
        return tflow_i_source_next(source, bytes, n, error);
    return TFLOW_OK;
}
