/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libarchive unpacks: bzip2, xz, zstd and zip, as streams. */
#include "io/unpacker.h"

#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

static void free_unpacker(tflow_i_layer *layer)
{
    tflow_i_unpacker *u = (tflow_i_unpacker *)layer;
    archive_read_free(u->archive); /* NULL is fine */
    tflow_i_free(u->piece);
    tflow_i_free(layer->name);
    tflow_i_free(u);
}

/* ---- what libarchive asks of the layer below ---- */

static la_ssize_t read_below(struct archive *archive, void *context, const void **bytes)
{
    tflow_i_unpacker *u = context;
    const unsigned char *piece = NULL;
    size_t n;
    u->failed = tflow_i_layer_next(u->layer.below, &piece, &n, &u->why);
    if (u->failed != TFLOW_OK) {
        archive_set_error(archive, EIO, "below");
        return ARCHIVE_FATAL;
    }
    u->ended = n == 0;
    u->given += n;
    if (n > 0) {
        u->last = piece;
        u->n_last = n;
    }
    *bytes = piece;
    return (la_ssize_t)n;
}

static la_int64_t seek_below(struct archive *archive, void *context, la_int64_t offset,
                             int whence)
{
    tflow_i_unpacker *u = context;
    int64_t at = tflow_i_stored_seek(u->layer.below, offset, whence);
    if (at >= 0)
        return at;
    archive_set_error(archive, EIO, "a place beyond the file");
    return ARCHIVE_FATAL;
}

static la_int64_t skip_below(struct archive *archive, void *context, la_int64_t n)
{
    tflow_i_unpacker *u = context;
    (void)archive;
    int64_t from = tflow_i_stored_seek(u->layer.below, 0, SEEK_CUR);
    int64_t to = from < 0 ? -1 : tflow_i_stored_seek(u->layer.below, n, SEEK_CUR);
    return to < 0 ? 0 : to - from; /* 0: it reads instead */
}

/* ---- failures ---- */

tflow_status tflow_i_unpacker_failed(tflow_i_unpacker *u, tflow_error *error)
{
    const char *said = archive_error_string(u->archive);
    if (u->failed != TFLOW_OK) {
        if (error != NULL)
            *error = u->why;
        return u->failed;
    }
    if (archive_errno(u->archive) == ENOMEM)
        return tflow_i_nomem(error);
    if (said == NULL)
        said = "no reason given";
    int n = (int)strcspn(said, "\n");
    n = n < 80 ? n : 80;
    if (strstr(said, "nsupported") != NULL) {
        tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                     "packed in a way that cannot be read (%.*s)", n, said);
        tflow_i_at(error, tflow_i_layer_name(&u->layer), 0, 0, NULL);
        return TFLOW_EUNSUPPORTED;
    }
    if (u->ended)
        return tflow_i_layer_fail(
            &u->layer, error, TFLOW_EIO,
            "the compressed data end early: the file is truncated");
    tflow_i_fail(error, TFLOW_EIO, "the compressed data are damaged (%.*s)", n, said);
    tflow_i_at(error, tflow_i_layer_name(&u->layer), 0, 0, NULL);
    return TFLOW_EIO;
}

/* ---- opening ---- */

static int support(tflow_i_unpacker *u)
{
    switch (u->packing) {
    case TFLOW_I_PACKED_BZIP2:
        return archive_read_support_filter_bzip2(u->archive);
    case TFLOW_I_PACKED_XZ:
        return archive_read_support_filter_xz(u->archive);
    case TFLOW_I_PACKED_ZSTD:
        return archive_read_support_filter_zstd(u->archive);
    case TFLOW_I_PACKED_ZIP:
        break;
    }
    /* The directory at the end is what counts, where it can be reached. */
    int code = archive_read_support_format_zip_streamable(u->archive);
    if (code == ARCHIVE_OK && u->seekable)
        code = archive_read_support_format_zip_seekable(u->archive);
    return code;
}

tflow_status tflow_i_unpacker_open(tflow_i_unpacker *u, tflow_error *error)
{
    u->archive = archive_read_new();
    if (u->archive == NULL)
        return tflow_i_nomem(error);
    int code = support(u);
    if (code == ARCHIVE_WARN) /* libarchive would start a program to unpack it */
        return tflow_i_layer_fail(&u->layer, error, TFLOW_EUNSUPPORTED,
                                  "this build's libarchive cannot unpack this");
    if (code == ARCHIVE_OK && u->packing != TFLOW_I_PACKED_ZIP) {
        code = archive_read_support_format_raw(u->archive);
        if (code == ARCHIVE_OK)
            code = archive_read_support_format_empty(u->archive);
    }
    if (code == ARCHIVE_OK && u->seekable) {
        archive_read_set_seek_callback(u->archive, seek_below);
        archive_read_set_skip_callback(u->archive, skip_below);
    }
    archive_read_set_read_callback(u->archive, read_below);
    archive_read_set_callback_data(u->archive, u);
    if (code == ARCHIVE_OK)
        code = archive_read_open1(u->archive);
    return code == ARCHIVE_OK ? TFLOW_OK : tflow_i_unpacker_failed(u, error);
}

/* ---- pieces ---- */

/* Behind what is packed there may be zeros that fill a block, and nothing else. */
static tflow_status check_tail(tflow_i_unpacker *u, tflow_error *error)
{
    int64_t used = archive_filter_bytes(u->archive, -1);
    if (u->packing == TFLOW_I_PACKED_ZIP || used < 0)
        return TFLOW_OK;
    uint64_t left = u->given - (uint64_t)used;
    const unsigned char *bytes = u->last;
    size_t n = u->n_last;
    if (left < n) {
        bytes += n - left;
        n = (size_t)left;
    }
    while (n > 0) {
        for (size_t i = 0; i < n; i++)
            if (bytes[i] != 0)
                return tflow_i_layer_fail(&u->layer, error, TFLOW_EIO,
                                          "found other bytes after the compressed "
                                          "data");
        tflow_status status = tflow_i_layer_next(u->layer.below, &bytes, &n, error);
        if (status != TFLOW_OK)
            return status;
    }
    return TFLOW_OK;
}

static tflow_status next_unpacked(tflow_i_layer *layer, const unsigned char **bytes,
                                  size_t *n, tflow_error *error)
{
    tflow_i_unpacker *u = (tflow_i_unpacker *)layer;
    *bytes = u->piece;
    if (!u->open)
        return TFLOW_OK;
    la_ssize_t got = archive_read_data(u->archive, u->piece, TFLOW_I_CHUNK);
    if (got < 0)
        return tflow_i_unpacker_failed(u, error);
    *n = (size_t)got;
    u->open = got > 0;
    return got > 0 ? TFLOW_OK : check_tail(u, error);
}

/* ---- making one ---- */

static const tflow_i_layer_kind filter_kind = {next_unpacked, NULL, free_unpacker, 1};
static const tflow_i_layer_kind zip_kind = {next_unpacked, tflow_i_unpacker_member,
                                            free_unpacker, 1};

/* What a filter makes is one stream, or nothing. */
static tflow_status open_stream(tflow_i_unpacker *u, tflow_error *error)
{
    struct archive_entry *entry;
    int code = archive_read_next_header(u->archive, &entry);
    u->open = code == ARCHIVE_OK;
    if (code != ARCHIVE_OK && code != ARCHIVE_EOF)
        return tflow_i_unpacker_failed(u, error);
    /* libarchive takes off as many wrappings as there are of a kind. */
    int filters = archive_filter_count(u->archive) - 1;
    if (filters < 1)
        return tflow_i_layer_fail(
            &u->layer, error, TFLOW_EIO,
            "the compressed data are damaged, or end early, where "
            "they begin");
    u->layer.depth = u->layer.below->depth + (filters > 1 ? (unsigned)filters : 1);
    return tflow_i_layer_depth(&u->layer, error);
}

tflow_status tflow_i_unpack(tflow_i_pile *pile, tflow_i_layer *below,
                            tflow_i_packing packing, tflow_i_layer **out,
                            tflow_error *error)
{
    tflow_i_unpacker *u = tflow_i_calloc(1, sizeof *u);
    if (u == NULL)
        return tflow_i_nomem(error);
    int zip = packing == TFLOW_I_PACKED_ZIP;
    u->layer.kind = zip ? &zip_kind : &filter_kind;
    u->layer.pile = pile;
    u->layer.below = below;
    u->layer.depth = below->depth + 1;
    u->packing = packing;
    u->seekable = zip && tflow_i_stored_seekable(below);
    u->piece = tflow_i_alloc(TFLOW_I_CHUNK, 1);
    tflow_status status =
        u->piece == NULL ? tflow_i_nomem(error) : tflow_i_unpacker_open(u, error);
    if (status == TFLOW_OK && !zip)
        status = open_stream(u, error);
    if (status != TFLOW_OK) {
        free_unpacker(&u->layer);
        return status;
    }
    *out = &u->layer;
    return TFLOW_OK;
}
