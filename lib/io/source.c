/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening files and piling up what unpacks them, by their first bytes. */
#include "io/source.h"
#include "io/layer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tflow_i_source {
    tflow_i_pile pile;
    tflow_i_layer *top;
    char *encoding;
    int open;  /* are all layers of this member there? */
    int began; /* was a piece of it read? */
};

static void pop(tflow_i_source *source)
{
    tflow_i_layer *below = source->top->below;
    source->top->kind->free(source->top);
    source->top = below;
}

void tflow_i_source_free(tflow_i_source *source)
{
    if (source == NULL)
        return;
    while (source->top != NULL)
        pop(source);
    tflow_i_text_clear(&source->pile.left_out);
    tflow_i_free(source->pile.wanted);
    tflow_i_free(source->encoding);
    tflow_i_free(source);
}

static tflow_i_source *new_source(const char *encoding)
{
    static const tflow_i_limits defaults = TFLOW_I_LIMITS;
    tflow_i_source *source = tflow_i_calloc(1, sizeof *source);
    if (source == NULL)
        return NULL;
    source->pile.limits = defaults;
    if (encoding != NULL) {
        source->encoding = tflow_i_strdup(encoding);
        source->pile.encoding = source->encoding;
    }
    if (encoding != NULL && source->encoding == NULL) {
        tflow_i_free(source);
        return NULL;
    }
    return source;
}

tflow_status tflow_i_source_memory(const char *bytes, size_t size, const char *name,
                                   const char *encoding, tflow_i_source **out,
                                   tflow_error *error)
{
    *out = NULL;
    tflow_i_source *source = new_source(encoding);
    if (source == NULL)
        return tflow_i_nomem(error);
    tflow_status status =
        tflow_i_stored_memory(&source->pile, name, bytes, size, &source->top, error);
    if (status == TFLOW_OK)
        *out = source;
    else
        tflow_i_source_free(source);
    return status;
}

/* ---- files ---- */

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

/* Where the name of a member begins in "archive.zip:member", or NULL. *archive is a
 * copy of what stands before it. */
static const char *member_of(const char *path, char **archive, int *no_memory)
{
    struct stat about;
    *archive = NULL;
    *no_memory = 0;
    if (stat(path, &about) == 0)
        return NULL;
    for (size_t n = strlen(path); n > 1; n--) {
        if (path[n - 1] != ':' || path[n] == '\0')
            continue;
        *archive = tflow_i_strndup(path, n - 1);
        *no_memory = *archive == NULL;
        if (*no_memory)
            return NULL;
        if (stat(*archive, &about) == 0 && S_ISREG(about.st_mode))
            return path + n;
        tflow_i_free(*archive);
        *archive = NULL;
    }
    return NULL;
}

static tflow_status open_path(tflow_i_source *source, const char *path,
                              tflow_error *error)
{
    int own = strcmp(path, "-") != 0;
    int fd = own ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (fd < 0) {
        tflow_i_fail(error, TFLOW_EIO, "%s", open_failure(errno));
        tflow_i_at(error, path, 0, 0, NULL);
        return TFLOW_EIO;
    }
    tflow_status status =
        tflow_i_stored_file(&source->pile, path, fd, own, &source->top, error);
    if (status != TFLOW_OK && own)
        close(fd);
    return status;
}

tflow_status tflow_i_source_file(const char *path, const char *encoding,
                                 tflow_i_source **out, tflow_error *error)
{
    char *archive;
    int no_memory;
    *out = NULL;
    const char *member = member_of(path, &archive, &no_memory);
    tflow_i_source *source = no_memory ? NULL : new_source(encoding);
    if (source != NULL && member != NULL)
        source->pile.wanted = tflow_i_strdup(member);
    tflow_status status = TFLOW_OK;
    if (source == NULL || (member != NULL && source->pile.wanted == NULL))
        status = tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = open_path(source, member == NULL ? path : archive, error);
    tflow_i_free(archive);
    if (status == TFLOW_OK)
        *out = source;
    else
        tflow_i_source_free(source);
    return status;
}

void tflow_i_source_limit(tflow_i_source *source, const tflow_i_limits *limits)
{
    tflow_i_limits *mine = &source->pile.limits;
    mine->unpacked = limits->unpacked > 0 ? limits->unpacked : mine->unpacked;
    mine->ratio = limits->ratio > 0 ? limits->ratio : mine->ratio;
    mine->members = limits->members > 0 ? limits->members : mine->members;
    mine->layers = limits->layers > 0 ? limits->layers : mine->layers;
}

uint64_t tflow_i_source_size_of(const char *path)
{
    struct stat about;
    char *archive;
    int no_memory;
    if (path == NULL)
        return 0;
    const char *member = member_of(path, &archive, &no_memory);
    int known = stat(member == NULL ? path : archive, &about) == 0;
    tflow_i_free(archive);
    return known && S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
}

const char *tflow_i_source_name(const tflow_i_source *source)
{
    return tflow_i_layer_name(source->top);
}

uint64_t tflow_i_source_taken(const tflow_i_source *source)
{
    return source->pile.taken;
}

uint64_t tflow_i_source_size(const tflow_i_source *source)
{
    return source->pile.size;
}

/* ---- what a file is, by its first bytes ---- */

enum { PLAIN = -1, GZIP = -2, NOT_READ = -3 };

static const struct {
    const char *bytes;
    size_t n;
    int packing; /* of tflow_i_packing, or of the above */
    const char *name;
} beginnings[] = {
    {"\x1f\x8b", 2, GZIP, "gzip"},
    {"BZh", 3, TFLOW_I_PACKED_BZIP2, "bzip2"},
    {"\xfd"
     "7zXZ",
     6, TFLOW_I_PACKED_XZ, "xz"},
    {"\x28\xb5\x2f\xfd", 4, TFLOW_I_PACKED_ZSTD, "zstd"},
    {"PK\x03\x04", 4, TFLOW_I_PACKED_ZIP, "zip"},
    {"PK\x05\x06", 4, TFLOW_I_PACKED_ZIP, "an empty zip"},
    {"7z\xbc\xaf\x27\x1c", 6, NOT_READ, "a 7z archive"},
    {"Rar!\x1a", 5, NOT_READ, "a RAR archive"},
    {"\x04\x22\x4d\x18", 4, NOT_READ, "lz4"},
    {"LZIP", 4, NOT_READ, "lzip"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, NOT_READ, "a workbook (xls)"},
    {"PAR1", 4, NOT_READ, "Parquet"},
    {"FEA1", 4, NOT_READ, "Feather of version 1"},
};

static int packing_of(const unsigned char *bytes, size_t n, const char **name)
{
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (n >= beginnings[i].n &&
            memcmp(bytes, beginnings[i].bytes, beginnings[i].n) == 0) {
            *name = beginnings[i].name;
            /* Text may begin like that; the digit and the block behind it are sure. */
            if (beginnings[i].packing == TFLOW_I_PACKED_BZIP2 &&
                (n < 4 || bytes[3] < '1' || bytes[3] > '9'))
                return PLAIN;
            return beginnings[i].packing;
        }
    return PLAIN;
}

/* Put the layer on top that the first bytes call for; *done when they call for none. */
static tflow_status pile_up(tflow_i_source *source, int *done, tflow_error *error)
{
    const unsigned char *bytes;
    const char *name;
    size_t n;
    tflow_status status = tflow_i_layer_next(source->top, &bytes, &n, error);
    if (status != TFLOW_OK)
        return status;
    int packing = packing_of(bytes, n, &name);
    tflow_i_layer_back(source->top, bytes, n);
    *done = packing == PLAIN;
    if (*done)
        return TFLOW_OK;
    if (packing == NOT_READ) {
        tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                     "found %s, expected CSV, perhaps packed by gzip, zstd, xz, bzip2 "
                     "or zip",
                     name);
        tflow_i_at(error, tflow_i_source_name(source), 0, 0, NULL);
        return TFLOW_EUNSUPPORTED;
    }
    status = packing == GZIP
                 ? tflow_i_gunzip(&source->pile, source->top, &source->top, error)
                 : tflow_i_unpack(&source->pile, source->top, (tflow_i_packing)packing,
                                  &source->top, error);
    if (status == TFLOW_OK)
        status = tflow_i_layer_depth(source->top, error);
    int more = 1;
    if (status == TFLOW_OK && source->top->kind->member != NULL)
        status = source->top->kind->member(source->top, &more, error);
    return status;
}

static tflow_status open_layers(tflow_i_source *source, tflow_error *error)
{
    int done = 0, archive = 0;
    tflow_status status = TFLOW_OK;
    while (status == TFLOW_OK && !done)
        status = pile_up(source, &done, error);
    for (const tflow_i_layer *l = source->top; l != NULL; l = l->below)
        archive |= l->kind->member != NULL;
    if (status == TFLOW_OK && source->pile.wanted != NULL && !archive) {
        tflow_i_fail(error, TFLOW_EIO,
                     "found no archive, so there is no member \"%.100s\"",
                     source->pile.wanted);
        tflow_i_at(error, tflow_i_source_name(source), 0, 0, NULL);
        return TFLOW_EIO;
    }
    if (status == TFLOW_OK && source->encoding != NULL)
        status = tflow_i_decode(&source->pile, source->top, &source->top, error);
    source->open = status == TFLOW_OK;
    return status;
}

/* ---- reading ---- */

/* Once, past the mark of byte order. NOLINTNEXTLINE(misc-no-recursion) */
tflow_status tflow_i_source_next(tflow_i_source *source, const char **bytes, size_t *n,
                                 tflow_error *error)
{
    const unsigned char *text = (const unsigned char *)"";
    tflow_status status = source->open ? TFLOW_OK : open_layers(source, error);
    int first = !source->began;
    *n = 0;
    if (status == TFLOW_OK)
        status = tflow_i_layer_next(source->top, &text, n, error);
    if (status != TFLOW_OK)
        return status;
    source->began = 1;
    if (first && *n >= 2 && source->encoding == NULL &&
        ((text[0] == 0xff && text[1] == 0xfe) || (text[0] == 0xfe && text[1] == 0xff)))
        return tflow_i_layer_fail(source->top, error, TFLOW_EPARSE,
                                  "found UTF-16, expected UTF-8: name the encoding "
                                  "UTF-16");
    size_t mark = first && *n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *bytes = (const char *)text + mark;
    *n -= mark;
    /* A piece of nothing but the mark: ask for what comes after it. */
    if (mark > 0 && *n == 0)
        return tflow_i_source_next(source, bytes, n, error);
    return TFLOW_OK;
}

tflow_status tflow_i_source_member(tflow_i_source *source, int *more,
                                   tflow_error *error)
{
    *more = 0;
    while (source->top->below != NULL) {
        if (source->top->kind->member == NULL) {
            pop(source);
            continue;
        }
        tflow_status status = source->top->kind->member(source->top, more, error);
        if (status != TFLOW_OK || *more) {
            source->open = 0;
            source->began = 0;
            return status;
        }
        pop(source);
    }
    return TFLOW_OK;
}

const char *tflow_i_source_left_out(tflow_i_source *source)
{
    tflow_i_pile *pile = &source->pile;
    if (pile->n_left_out == 0 || pile->wanted != NULL)
        return NULL;
    if (pile->n_left_out > TFLOW_I_LEFT_OUT_SHOWN)
        tflow_i_text_format(
            &pile->left_out, " and %llu more",
            (unsigned long long)(pile->n_left_out - TFLOW_I_LEFT_OUT_SHOWN));
    return pile->left_out.data;
}
