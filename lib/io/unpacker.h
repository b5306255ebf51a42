/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What archive.c and archive_members.c share: the only doors to libarchive. */
#ifndef TFLOW_IO_UNPACKER_H
#define TFLOW_IO_UNPACKER_H

#include "io/layer.h"

#include <archive.h>

typedef struct tflow_i_unpacker {
    tflow_i_layer layer;
    tflow_i_packing packing;
    struct archive *archive;
    unsigned char *piece; /* TFLOW_I_CHUNK bytes */

    int seekable; /* is the layer below? */
    int ended;    /* the layer below has no more */
    tflow_status failed;
    tflow_error why; /* of the layer below */
    uint64_t given;  /* bytes of the layer below, and the last piece of them */
    const unsigned char *last;
    size_t n_last;

    int open;         /* is a member under way? */
    uint64_t members; /* met so far */
    uint64_t files;   /* of these, those that are no folders or links */
    uint64_t taken;
    int only; /* take the one file there is, whatever its name */
    int workbook;
} tflow_i_unpacker;

/* Open the archive, from where the layer below stands. */
tflow_status tflow_i_unpacker_open(tflow_i_unpacker *u, tflow_error *error);
/* Say why libarchive gave up. */
tflow_status tflow_i_unpacker_failed(tflow_i_unpacker *u, tflow_error *error);
/* Go to the next member that is to be read. */
tflow_status tflow_i_unpacker_member(tflow_i_layer *layer, int *more,
                                     tflow_error *error);

#endif
