/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source is a pile of layers: at the bottom the bytes as they are stored, above it
 * one layer for each way in which they are packed, on top the turning into UTF-8. Each
 * takes pieces from the one below and never holds more than a few of them. */
#ifndef TFLOW_IO_LAYER_H
#define TFLOW_IO_LAYER_H

#include "io/source.h"

#define TFLOW_I_LEFT_OUT_SHOWN 10 /* names of members that are listed */

typedef struct tflow_i_layer tflow_i_layer;

typedef struct tflow_i_layer_kind {
    /* The next piece, borrowed until the next call; *n is 0 at the end. */
    tflow_status (*next)(tflow_i_layer *layer, const unsigned char **bytes, size_t *n,
                         tflow_error *error);
    /* Go to the next member; *more is 0 when there is none. NULL: not an archive. */
    tflow_status (*member)(tflow_i_layer *layer, int *more, tflow_error *error);
    /* Release the layer; the one below is left alone. */
    void (*free)(tflow_i_layer *layer);
    int packs; /* does it unpack, so that limits apply to what it makes? */
} tflow_i_layer_kind;

/* What all layers of a source share. */
typedef struct tflow_i_pile {
    tflow_i_limits limits;
    uint64_t taken, size; /* bytes of the file */
    const char *encoding; /* NULL: UTF-8 */
    char *wanted;         /* the members that were asked for; NULL: all that are data */
    tflow_i_text left_out; /* names of members that are not read */
    uint64_t n_left_out;
} tflow_i_pile;

/* The head of each kind of layer. */
struct tflow_i_layer {
    const tflow_i_layer_kind *kind;
    tflow_i_pile *pile;
    tflow_i_layer *below;
    char *name; /* of the file or member; NULL: that of the layer below */
    const unsigned char *held; /* a piece that was given back */
    size_t n_held;
    uint64_t made;  /* bytes that came out */
    uint64_t depth; /* how many times over what it makes was packed */
};

/* The next piece, within the limits of the pile. */
tflow_status tflow_i_layer_next(tflow_i_layer *layer, const unsigned char **bytes,
                                size_t *n, tflow_error *error);
/* Count bytes that came out of a layer, though nobody sees them. */
tflow_status tflow_i_layer_count(tflow_i_layer *layer, size_t n, tflow_error *error);
/* Give a piece back: it comes again next. */
void tflow_i_layer_back(tflow_i_layer *layer, const unsigned char *bytes, size_t n);
/* Fails when the layer is deeper than the limit. */
tflow_status tflow_i_layer_depth(const tflow_i_layer *layer, tflow_error *error);
const char *tflow_i_layer_name(const tflow_i_layer *layer);
tflow_status tflow_i_layer_fail(const tflow_i_layer *layer, tflow_error *error,
                                tflow_status status, const char *message);

/* ---- kinds; each takes its place above `below`, which it does not own ---- */

/* What is stored: a file that is open already, which the layer closes if it owns it,
 * or memory (stored.c). */
tflow_status tflow_i_stored_file(tflow_i_pile *pile, const char *name, int fd,
                                 int owned, tflow_i_layer **out, tflow_error *error);
tflow_status tflow_i_stored_memory(tflow_i_pile *pile, const char *name,
                                   const char *bytes, size_t size, tflow_i_layer **out,
                                   tflow_error *error);
/* Can the layer be read in any order? It is then stored, and at hand. */
int tflow_i_stored_seekable(const tflow_i_layer *layer);
/* Go to a place, as lseek has it; -1 when that cannot be. */
int64_t tflow_i_stored_seek(tflow_i_layer *layer, int64_t offset, int whence);

/* Gzip, by zlib, which checks the sums that libarchive passes over (gunzip.c). */
tflow_status tflow_i_gunzip(tflow_i_pile *pile, tflow_i_layer *below,
                            tflow_i_layer **out, tflow_error *error);

/* What libarchive unpacks (archive.c). */
typedef enum tflow_i_packing {
    TFLOW_I_PACKED_BZIP2,
    TFLOW_I_PACKED_XZ,
    TFLOW_I_PACKED_ZSTD,
    TFLOW_I_PACKED_ZIP
} tflow_i_packing;

tflow_status tflow_i_unpack(tflow_i_pile *pile, tflow_i_layer *below,
                            tflow_i_packing packing, tflow_i_layer **out,
                            tflow_error *error);

/* From the pile's encoding to UTF-8 (encoding.c). */
tflow_status tflow_i_decode(tflow_i_pile *pile, tflow_i_layer *below,
                            tflow_i_layer **out, tflow_error *error);

#endif
