/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where bytes come from: a file, standard input or memory; unpacked when they are gzip,
 * turned into UTF-8 when an encoding is named, in pieces of bounded size. */
#ifndef TFLOW_IO_SOURCE_H
#define TFLOW_IO_SOURCE_H

#include "core/core.h"

#define TFLOW_I_CHUNK ((size_t)256 * 1024)

typedef struct tflow_i_source tflow_i_source;

/* Open a file; "-" is standard input. encoding may be NULL: UTF-8. Failures: EIO,
 * EUNKNOWN (the encoding), ENOMEM. */
tflow_status tflow_i_source_file(const char *path, const char *encoding,
                                 tflow_i_source **out, tflow_error *error);
/* The same over memory, which stays the caller's and must live as long. */
tflow_status tflow_i_source_memory(const char *bytes, size_t size, const char *name,
                                   const char *encoding, tflow_i_source **out,
                                   tflow_error *error);
void tflow_i_source_free(tflow_i_source *source);

/* The next piece, borrowed until the next call; *n is 0 at the end. Failures: EIO
 * (cannot be read, truncated or damaged gzip), EPARSE (not in the encoding), ENOMEM. */
tflow_status tflow_i_source_next(tflow_i_source *source, const char **bytes, size_t *n,
                                 tflow_error *error);

/* The size of a regular file; 0 for anything else. */
uint64_t tflow_i_source_size_of(const char *path);
const char *tflow_i_source_name(const tflow_i_source *source);
/* Bytes taken from the file so far, and how many it has; 0 when that is not known. */
uint64_t tflow_i_source_taken(const tflow_i_source *source);
uint64_t tflow_i_source_size(const tflow_i_source *source);

#endif
