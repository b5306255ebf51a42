/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file read.h
 * Reading files of trade flows into a table.
 */
#ifndef TRADEFLOW_READ_H
#define TRADEFLOW_READ_H

#include "tradeflow/core.h"
#include "tradeflow/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How to read; start from TFLOW_READ_OPTS_INIT. Members are only ever appended. */
typedef struct tflow_read_opts {
    size_t size;           /**< sizeof(tflow_read_opts) */
    const char *layout;    /**< name of a layout, or NULL or "auto": by the header */
    const char *columns;   /**< "reporter=exporter,value=value_kusd"; NULL: by layout */
    const char *encoding;  /**< such as "latin1"; NULL: UTF-8 */
    const char *currency;  /**< such as "EUR"; NULL: by layout */
    const char *valuation; /**< "FOB", "CIF", "FOB/CIF"; NULL: by layout */
    const char *unit_multiplier; /**< power of ten, "3": thousands; NULL: by layout */
    const char *area_codes; /**< file of area codes (BACI's country file); NULL: none */
    char delimiter;         /**< 0: found from the header */
    char decimal;           /**< '.' or ','; 0: '.' */
    char thousands;         /**< thousands separator, such as ','; 0: none */
    int keep_unknown_areas; /**< 1: an unknown country keeps its text; 0: an error */
    int skip_bad_rows;      /**< 1: set bad rows aside and count them; 0: an error */
    int allow_negative;     /**< 1: negative values are data; 0: an error */
    /* What a packed file may turn out to be; more is TFLOW_ELIMIT. */
    uint64_t max_unpacked; /**< bytes that come out of a file; 0: 2^40 (1 TiB) */
    uint64_t max_ratio;    /**< of these to the packed ones, from 16 MiB on; 0: 500 */
    uint64_t max_members;  /**< members of an archive; 0: 10000 */
    uint64_t max_layers;   /**< packings one in the other; 0: 2 */
    uint64_t threads;      /**< most that read at a time; 0: one a processor */
    int row_by_row;        /**< 1: all by libcsv, the reference; slow, same result */
    int products; /**< a tflow_products: what is kept of them; see tflow_call_products
                   */
} tflow_read_opts;

#define TFLOW_READ_OPTS_INIT                                                           \
    {                                                                                  \
        sizeof(tflow_read_opts), NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, \
            0, 0, 0, 0, 0, 0, 0, 0, 0                                                  \
    }

/**
 * Read files of flows, one after the other, into one table; "-" is standard input.
 *
 * Files packed by gzip, zstd, xz or bzip2 are recognised by content and unpacked as
 * they are read. So are zip archives: each member that ends in .csv or .tsv (or in
 * .csv.gz and the like) is a file, called "archive.zip:member" in errors; so is the
 * only member, whatever its name, if the archive is a file that can be read in any
 * order. A path "archive.zip:member" takes the members of that name, where * stands for
 * any text and ? for any character. Nothing is ever written to the file system.
 *
 * @param paths   @p n names of files
 * @param n       at least 1
 * @param opts    how to read; NULL for the defaults
 * @param out     the table; yours
 * @param error   file, line, field, what was found and what was expected
 *
 * @return TFLOW_OK.
 *         TFLOW_EIO if a file cannot be read.
 *         TFLOW_EPARSE if a field is not what it should be, or no layout fits.
 *         TFLOW_EUNKNOWN for a country, layout, column or encoding that is not known.
 *         TFLOW_ENEGATIVE for a negative value that is not allowed.
 *         TFLOW_EMIXED if the files differ in currency or valuation.
 *         TFLOW_ELIMIT if a line or field is larger than the reader takes, or more
 * comes out of a packed file than @p opts allows. TFLOW_EUNSUPPORTED for a packing that
 * cannot be read, or an encrypted member. TFLOW_EINVAL if @p out or @p paths is NULL,
 * @p n is 0 or an option is wrong. TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_read_files(const char *const *paths, size_t n,
                                        const tflow_read_opts *opts, tflow_table **out,
                                        tflow_error *error);

/**
 * As tflow_read_files(), from @p size bytes in memory; @p name stands for the file's.
 *
 * @return as tflow_read_files().
 */
TFLOW_API tflow_status tflow_read_memory(const char *bytes, size_t size,
                                         const char *name, const tflow_read_opts *opts,
                                         tflow_table **out, tflow_error *error);

/**
 * A reading under way, for those who want to show how far it is: it is advanced by its
 * owner, one piece of the file at a time.
 *
 *     while (status == TFLOW_OK && !done)
 *         status = tflow_reader_step(reader, &done, &error);
 *     if (status == TFLOW_OK)
 *         status = tflow_reader_finish(reader, &table, &error);
 *     tflow_reader_free(reader);
 */
typedef struct tflow_reader tflow_reader;

/**
 * Start reading files. The array, the names and the texts of the options must live as
 * long as the reader.
 *
 * @param paths   @p n names of files
 * @param n       at least 1
 * @param opts    how to read; NULL for the defaults
 * @param out     the reader; yours
 * @param error   detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EIO if the file of area codes cannot be read.
 *         TFLOW_EPARSE if it is no file of area codes.
 *         TFLOW_EUNKNOWN for a layout that is not known.
 *         TFLOW_EINVAL if @p out or @p paths is NULL, @p n is 0 or an option is wrong.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_reader_new(const char *const *paths, size_t n,
                                        const tflow_read_opts *opts, tflow_reader **out,
                                        tflow_error *error);

/**
 * Read the next piece, of 256 KiB or what is left of a file (all of a JSON file).
 *
 * @param reader  the reader
 * @param done    1 when all files are read
 * @param error   file, line, field, what was found and what was expected
 *
 * @return As tflow_read_files; after a failure there is nothing but to free the reader.
 */
TFLOW_API tflow_status tflow_reader_step(tflow_reader *reader, int *done,
                                         tflow_error *error);

/** Bytes taken from the files so far, as they are stored (compressed, if they are). */
TFLOW_API uint64_t tflow_reader_bytes(const tflow_reader *reader);

/** Rows read so far, of all files. */
TFLOW_API uint64_t tflow_reader_rows(const tflow_reader *reader);

/** Bytes that the files have; 0 when that is not known. */
TFLOW_API uint64_t tflow_reader_size(const tflow_reader *reader);

/**
 * Make the table, once all files are read.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL, a step failed or not all is read.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_reader_finish(tflow_reader *reader, tflow_table **out,
                                           tflow_error *error);

/** Release a reader; NULL is fine. */
TFLOW_API void tflow_reader_free(tflow_reader *reader);

/** Number of layouts. */
TFLOW_API size_t tflow_layout_count(void);
/** Name of layout @p i, such as "baci"; NULL when there is none. */
TFLOW_API const char *tflow_layout_name(size_t i);
/** One line on layout @p i; NULL when there is none. */
TFLOW_API const char *tflow_layout_title(size_t i);

#ifdef __cplusplus
}
#endif

#endif
