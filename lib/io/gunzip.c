/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gzip. Not by libarchive, which passes over the check sum and the length. */
#include "io/layer.h"

#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

typedef struct gunzip {
    tflow_i_layer layer;
    int open;                /* is a member under way? */
    int live;                /* is there something to release? */
    z_stream z;              /* it holds what is left of the piece below */
    unsigned char *unpacked; /* TFLOW_I_CHUNK bytes */
} gunzip;

static void free_gunzip(tflow_i_layer *layer)
{
    gunzip *g = (gunzip *)layer;
    if (g->live)
        inflateEnd(&g->z);
    tflow_i_free(g->unpacked);
    tflow_i_free(g);
}

/* Between members: another may follow, or zeros that fill a block. */
static tflow_status next_part(gunzip *g, tflow_error *error)
{
    while (g->z.avail_in > 0 && *g->z.next_in == 0) {
        g->z.next_in++;
        g->z.avail_in--;
    }
    if (g->z.avail_in == 0)
        return TFLOW_OK;
    if (*g->z.next_in != 0x1f)
        return tflow_i_layer_fail(&g->layer, error, TFLOW_EIO,
                                  "found other bytes after the compressed data");
    if (inflateReset(&g->z) != Z_OK)
        return tflow_i_layer_fail(&g->layer, error, TFLOW_EINTERNAL,
                                  "gzip cannot be restarted");
    g->open = 1;
    return TFLOW_OK;
}

static tflow_status next_gunzip(tflow_i_layer *layer, const unsigned char **bytes,
                                size_t *n, tflow_error *error)
{
    gunzip *g = (gunzip *)layer;
    tflow_status status;

    g->z.next_out = g->unpacked;
    g->z.avail_out = (uInt)TFLOW_I_CHUNK;
    while (g->z.avail_out > 0) {
        if (g->z.avail_in == 0) {
            const unsigned char *packed;
            size_t got;
            status = tflow_i_layer_next(layer->below, &packed, &got, error);
            if (status != TFLOW_OK)
                return status;
            if (got == 0)
                break;
            g->z.next_in = packed;
            g->z.avail_in = (uInt)got;
        }
        if (!g->open) {
            status = next_part(g, error);
            if (status != TFLOW_OK)
                return status;
            continue;
        }
        int code = inflate(&g->z, Z_NO_FLUSH);
        if (code == Z_STREAM_END)
            g->open = 0;
        else if (code == Z_MEM_ERROR)
            return tflow_i_nomem(error);
        else if (code != Z_OK && code != Z_BUF_ERROR)
            return tflow_i_layer_fail(layer, error, TFLOW_EIO,
                                      "the compressed data are damaged");
    }
    *bytes = g->unpacked;
    *n = TFLOW_I_CHUNK - g->z.avail_out;
    if (*n == 0 && g->open)
        return tflow_i_layer_fail(
            layer, error, TFLOW_EIO,
            "the compressed data end early: the file is truncated");
    return TFLOW_OK;
}

static const tflow_i_layer_kind kind = {next_gunzip, NULL, free_gunzip, 1};

tflow_status tflow_i_gunzip(tflow_i_pile *pile, tflow_i_layer *below,
                            tflow_i_layer **out, tflow_error *error)
{
    gunzip *g = tflow_i_calloc(1, sizeof *g);
    if (g == NULL)
        return tflow_i_nomem(error);
    g->layer.kind = &kind;
    g->layer.pile = pile;
    g->layer.below = below;
    g->layer.depth = below->depth + 1;
    g->open = 1;
    g->unpacked = tflow_i_alloc(TFLOW_I_CHUNK, 1);
    g->live = g->unpacked != NULL && inflateInit2(&g->z, 15 + 16) == Z_OK;
    if (!g->live) {
        free_gunzip(&g->layer);
        return tflow_i_nomem(error);
    }
    *out = &g->layer;
    return TFLOW_OK;
}
