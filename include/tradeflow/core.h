/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file core.h
 * Status, error and vector: what every other header of libtradeflow builds on.
 */
#ifndef TRADEFLOW_CORE_H
#define TRADEFLOW_CORE_H

#include <stddef.h>
#include <stdint.h>

#if !defined(TFLOW_API) && defined(__GNUC__)
#define TFLOW_API __attribute__((visibility("default")))
#elif !defined(TFLOW_API)
#define TFLOW_API
#endif

#if defined(__GNUC__)
#define TFLOW_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define TFLOW_PRINTF(fmt, args)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * What a call came to. The sign is the protocol: negative, the call was wrong or the
 * machine failed; zero, done; positive, done, and there is something to know about the
 * data. Values are fixed for ever and only appended to.
 */
typedef enum tflow_status {
    TFLOW_EINTERNAL = -14,    /**< a fault of the library itself */
    TFLOW_EUNSUPPORTED = -13, /**< this build or this input kind cannot do it */
    TFLOW_ELIMIT = -12,       /**< input exceeds a stated limit */
    TFLOW_ECONVERGE = -11,    /**< an iteration did not converge */
    TFLOW_EMISSING = -10,     /**< a value is missing and the policy is FAIL */
    TFLOW_ENEGATIVE = -9,     /**< a flow is negative */
    TFLOW_EDUPLICATE = -8,    /**< two rows claim the same cell */
    TFLOW_EOVERLAP = -7,      /**< totals and their parts cannot be told apart */
    TFLOW_EMIXED = -6,        /**< currencies, valuations or frequencies are mixed */
    TFLOW_EUNKNOWN = -5,      /**< a name or code is not known */
    TFLOW_EPARSE = -4,        /**< text is not what it should be */
    TFLOW_EIO = -3,           /**< a file could not be opened, read or written */
    TFLOW_EINVAL = -2,        /**< an argument is outside its domain */
    TFLOW_ENOMEM = -1,        /**< out of memory */
    TFLOW_OK = 0,             /**< done */
    TFLOW_ZERO_BASE = 1,      /**< undefined: division by a level of zero */
    TFLOW_UNDEFINED = 2,      /**< undefined for these data */
    TFLOW_TOO_FEW = 3,        /**< undefined: too few observations */
    TFLOW_MISSING_VALUE = 4,  /**< undefined: a value that is needed is missing */
    TFLOW_LOWER_BOUND = 5,    /**< missing parts were left out: a lower bound */
    TFLOW_NO_OVERLAP = 6,     /**< nothing in common to compare */
    TFLOW_CONTRADICTION = 7   /**< statements cannot all be true */
} tflow_status;

/**
 * What to do with missing values. The same argument, in the same place, in every
 * signature that takes vectors.
 */
typedef enum tflow_missing {
    TFLOW_MISSING_PROPAGATE = 0, /**< the answer is missing too */
    TFLOW_MISSING_SKIP = 1,      /**< leave them out; the result is a lower bound */
    TFLOW_MISSING_ZERO = 2,      /**< treat them as zero */
    TFLOW_MISSING_FAIL = 3       /**< TFLOW_EMISSING */
} tflow_missing;

/**
 * The detail of a failure, owned by the caller. Start from TFLOW_ERROR_INIT; a call
 * that fails fills it, a call that succeeds leaves it alone. Every `tflow_error *`
 * argument may be NULL.
 */
typedef struct tflow_error {
    tflow_status status; /**< what kind of failure */
    uint32_t field;      /**< field in the line, from 1; 0 if it has none */
    uint64_t line;       /**< line in the file, from 1; 0 if it has none */
    char column[64];     /**< name of the column or parameter; empty if none */
    char file[256];      /**< name of the file; empty if none */
    char message[512];   /**< what was found and what was expected */
} tflow_error;

#define TFLOW_ERROR_INIT                                                               \
    {                                                                                  \
        TFLOW_OK, 0, 0, {0}, {0},                                                      \
        {                                                                              \
            0                                                                          \
        }                                                                              \
    }

/**
 * A vector somebody else owns: @p n numbers, each @p stride elements after the last.
 * A negative stride runs backwards from @p data, a stride of 0 repeats one number.
 */
typedef struct tflow_vec {
    const double *data; /**< first element; may be NULL when n is 0 */
    size_t n;           /**< number of elements */
    ptrdiff_t stride;   /**< distance between elements, in doubles */
} tflow_vec;

/** The contiguous vector of @p n numbers at @p data. */
static inline tflow_vec tflow_vec_of(const double *data, size_t n)
{
    tflow_vec v;
    v.data = data;
    v.n = n;
    v.stride = 1;
    return v;
}

/** The version of the library in use, such as "0.1.0". */
TFLOW_API const char *tflow_version(void);

/** The name of a status, such as "TFLOW_ZERO_BASE"; "unknown status" for any other. */
TFLOW_API const char *tflow_status_name(tflow_status status);

/** One sentence on a status, without a full stop; "unknown status" for any other. */
TFLOW_API const char *tflow_status_text(tflow_status status);

/**
 * Whether this build has an optional feature.
 *
 * @param feature  "gzip" (compressed input), "encoding" (input other than UTF-8)
 * @return 1 if it has, 0 if it has not or the name is not known or NULL
 */
TFLOW_API int tflow_has_feature(const char *feature);

/** Release text that the library handed out through a `char **`; NULL is fine. */
TFLOW_API void tflow_text_free(char *text);

#ifdef __cplusplus
}
#endif

#endif
