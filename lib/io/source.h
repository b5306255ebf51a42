/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where bytes come from: a file, standard input or memory; unpacked when they are
 * packed, turned into UTF-8 when an encoding is named, in pieces of bounded size. */
#ifndef TFLOW_IO_SOURCE_H
#define TFLOW_IO_SOURCE_H

#include "core/core.h"

#define TFLOW_I_CHUNK ((size_t)256 * 1024)

/* What a packed file may turn out to be; a 0 stands for the default. */
typedef struct tflow_i_limits {
    uint64_t unpacked; /* bytes that come out of a layer */
    uint64_t ratio;    /* of these to the bytes taken from the file */
    uint64_t members;  /* of an archive */
    uint64_t layers;   /* of packing, one in the other */
} tflow_i_limits;

#define TFLOW_I_LIMITS                                                                 \
    {                                                                                  \
        (uint64_t)1 << 40, 500, 10000, 2                                               \
    }
/* The ratio counts from here on: a short text may repeat itself a lot. */
#define TFLOW_I_RATIO_FROM ((uint64_t)16 << 20)

typedef struct tflow_i_source tflow_i_source;

/* Open a file; "-" is standard input, "archive.zip:member" a member of an archive,
 * where * and ? may stand for others, unless a file has that name. encoding may be
 * NULL: UTF-8. Failures: EIO, ENOMEM. */
tflow_status tflow_i_source_file(const char *path, const char *encoding,
                                 tflow_i_source **out, tflow_error *error);
/* The same over memory, which stays the caller's and must live as long. */
tflow_status tflow_i_source_memory(const char *bytes, size_t size, const char *name,
                                   const char *encoding, tflow_i_source **out,
                                   tflow_error *error);
void tflow_i_source_free(tflow_i_source *source);
/* Before the first piece. */
void tflow_i_source_limit(tflow_i_source *source, const tflow_i_limits *limits);

/* The next piece, borrowed until the next call; *n is 0 at the end. Failures: EIO
 * (cannot be read, truncated or damaged), EUNKNOWN (the encoding), EUNSUPPORTED (a kind
 * of packing, a password), ELIMIT, EPARSE (not in the encoding), ENOMEM. */
tflow_status tflow_i_source_next(tflow_i_source *source, const char **bytes, size_t *n,
                                 tflow_error *error);
/* After the end: go on to the next member of an archive, a file of its own; *more is 0
 * when there is none, as there is not in what is no archive. */
tflow_status tflow_i_source_member(tflow_i_source *source, int *more,
                                   tflow_error *error);
/* After the last member: those that were not read, "a, b and 3 more"; or NULL. */
const char *tflow_i_source_left_out(tflow_i_source *source);

/* The size of a regular file; 0 for anything else. */
uint64_t tflow_i_source_size_of(const char *path);
/* The file, or "archive.zip:member" once the first piece of the member was read;
 * borrowed until the next member. */
const char *tflow_i_source_name(const tflow_i_source *source);
/* Bytes taken from the file so far, and how many it has; 0 when that is not known. */
uint64_t tflow_i_source_taken(const tflow_i_source *source);
uint64_t tflow_i_source_size(const tflow_i_source *source);

#endif
