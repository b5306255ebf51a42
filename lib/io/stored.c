/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes as they are stored, in a file or in memory. */
#include "io/layer.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct stored {
    tflow_i_layer layer;
    int fd; /* -1: memory */
    int owned;
    int at_end;
    int seekable;
    int64_t base; /* where the file begins for us, and where we are from there */
    int64_t at, size;
    const unsigned char *memory;
    unsigned char *piece;
} stored;

static void free_stored(tflow_i_layer *layer)
{
    stored *s = (stored *)layer;
    if (s->owned)
        close(s->fd);
    tflow_i_free(s->piece);
    tflow_i_free(layer->name);
    tflow_i_free(s);
}

/* An archive is not read from front to back: no byte counts twice. */
static void count(stored *s, size_t n)
{
    tflow_i_pile *pile = s->layer.pile;
    s->at += (int64_t)n;
    pile->taken += n;
    if (pile->size > 0 && pile->taken > pile->size)
        pile->taken = pile->size;
}

/* A full piece unless the end is near. */
static tflow_status next_stored(tflow_i_layer *layer, const unsigned char **bytes,
                                size_t *n, tflow_error *error)
{
    stored *s = (stored *)layer;
    *n = 0;
    if (s->fd < 0) {
        size_t left = s->at < s->size ? (size_t)(s->size - s->at) : 0;
        *n = left < TFLOW_I_CHUNK ? left : TFLOW_I_CHUNK;
        *bytes = *n > 0 ? s->memory + s->at : (const unsigned char *)"";
    } else {
        *bytes = s->piece;
        while (*n < TFLOW_I_CHUNK && !s->at_end) {
            ssize_t got = read(s->fd, s->piece + *n, TFLOW_I_CHUNK - *n);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return tflow_i_layer_fail(layer, error, TFLOW_EIO, "cannot be read");
            s->at_end = got == 0;
            *n += (size_t)got;
        }
    }
    count(s, *n);
    return TFLOW_OK;
}

static const tflow_i_layer_kind kind = {next_stored, NULL, free_stored, 0};

static stored *new_stored(tflow_i_pile *pile, const char *name, tflow_error *error)
{
    stored *s = tflow_i_calloc(1, sizeof *s);
    if (s == NULL || (s->layer.name = tflow_i_strdup(name)) == NULL) {
        tflow_i_free(s);
        tflow_i_nomem(error);
        return NULL;
    }
    s->layer.kind = &kind;
    s->layer.pile = pile;
    s->fd = -1;
    return s;
}

tflow_status tflow_i_stored_memory(tflow_i_pile *pile, const char *name,
                                   const char *bytes, size_t size, tflow_i_layer **out,
                                   tflow_error *error)
{
    stored *s = new_stored(pile, name, error);
    if (s == NULL)
        return TFLOW_ENOMEM;
    s->memory = (const unsigned char *)bytes;
    s->size = (int64_t)size;
    s->seekable = 1;
    pile->size = size;
    *out = &s->layer;
    return TFLOW_OK;
}

tflow_status tflow_i_stored_file(tflow_i_pile *pile, const char *name, int fd,
                                 int owned, tflow_i_layer **out, tflow_error *error)
{
    struct stat about;
    const char *failure = NULL;
    stored *s = new_stored(pile, name, error);
    if (s == NULL)
        return TFLOW_ENOMEM;
    *out = &s->layer;
    if (fstat(fd, &about) != 0)
        failure = "cannot be read";
    else if (S_ISDIR(about.st_mode))
        failure = "found a directory, expected a file";
    s->piece = failure == NULL ? tflow_i_alloc(TFLOW_I_CHUNK, 1) : NULL;
    if (s->piece == NULL) {
        tflow_status status = failure == NULL
                                  ? tflow_i_nomem(error)
                                  : tflow_i_layer_fail(*out, error, TFLOW_EIO, failure);
        free_stored(*out); /* the file stays the caller's */
        *out = NULL;
        return status;
    }
    s->fd = fd;
    s->owned = owned;
    if (S_ISREG(about.st_mode)) {
        /* Standard input may have been read from before. */
        s->base = lseek(fd, 0, SEEK_CUR);
        s->seekable = s->base >= 0 && s->base <= about.st_size;
        s->size = about.st_size - (s->seekable ? s->base : 0);
        pile->size = (uint64_t)about.st_size;
    }
    return TFLOW_OK;
}

int tflow_i_stored_seekable(const tflow_i_layer *layer)
{
    return layer->kind == &kind && ((const stored *)layer)->seekable;
}

int64_t tflow_i_stored_seek(tflow_i_layer *layer, int64_t offset, int whence)
{
    stored *s = (stored *)layer;
    int64_t from = whence == SEEK_CUR ? s->at : whence == SEEK_END ? s->size : 0;
    if (!tflow_i_stored_seekable(layer) || offset < -from || offset > INT64_MAX / 4)
        return -1;
    int64_t to = from + offset < s->size ? from + offset : s->size;
    if (s->fd >= 0 && lseek(s->fd, s->base + to, SEEK_SET) < 0)
        return -1;
    layer->n_held = 0;
    s->at = to;
    s->at_end = 0;
    return to;
}
