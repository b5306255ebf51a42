/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/partial.h"
#include "core/bytes.h"
#include "core/core.h"
#include "core/exact.h"

#include <math.h>
#include <string.h>

#define MAGIC "TFPA"
#define FORMAT 1u
/* So that the counts of nine statuses, and of two states, add up in 64 bits. */
#define MOST_ROWS (INT64_C(1) << 58)

static const char statuses[] = "APEIFQLOM"; /* from strongest to weakest; M is none */
enum { OBSERVED = 0, WEAKEST = 7, CANNOT_EXIST = 8, STATUSES = 9 };

size_t tflow_partial_size(void)
{
    return sizeof(tflow_partial);
}

void tflow_partial_init(tflow_partial *partial)
{
    if (partial != NULL)
        memset(partial, 0, sizeof *partial);
}

/* ---- rows ---- */

static int add(uint64_t words[3], double value)
{
    tflow_i_exact sum;
    memcpy(&sum, words, sizeof sum);
    int held = tflow_i_exact_add(&sum, value);
    memcpy(words, &sum, sizeof sum);
    return held;
}

static double rounded(const uint64_t words[3])
{
    tflow_i_exact sum;
    memcpy(&sum, words, sizeof sum);
    return tflow_i_exact_value(&sum);
}

/* May leave a state half changed when it fails: on copies only. */
static tflow_status update(tflow_partial *partial, double value, char status,
                           uint32_t flags)
{
    if (status == '\0')
        status = isnan(value) ? 'O' : 'A';
    const char *place = strchr(statuses, status);
    if (place == NULL || isinf(value))
        return TFLOW_EINVAL;
    if (partial->rows[place - statuses] >= MOST_ROWS)
        return TFLOW_ELIMIT;
    partial->rows[place - statuses]++;
    if (status == 'M')
        return TFLOW_OK;
    if (isnan(value)) {
        partial->missing++;
        return TFLOW_OK;
    }
    if (value < 0 && (flags & TFLOW_PARTIAL_NEGATIVE) == 0)
        return TFLOW_ENEGATIVE;
    if (!add(partial->value, value) || !add(partial->magnitude, fabs(value)) ||
        (status != 'A' && !add(partial->not_observed, fabs(value))))
        return TFLOW_ELIMIT;
    return TFLOW_OK;
}

static int known_flags(uint32_t flags)
{
    return (flags & ~(uint32_t)TFLOW_PARTIAL_NEGATIVE) == 0;
}

tflow_status tflow_partial_update(tflow_partial *partial, double value, char status,
                                  uint32_t flags)
{
    if (partial == NULL || !known_flags(flags))
        return TFLOW_EINVAL;
    tflow_partial copy = *partial;
    tflow_status result = update(&copy, value, status, flags);
    if (result == TFLOW_OK)
        *partial = copy;
    return result;
}

static tflow_status refuse_row(tflow_error *error, tflow_status status, size_t row,
                               double value, char letter)
{
    char number[TFLOW_I_DECIMAL_SIZE] = "an infinite value";
    if (status == TFLOW_ENEGATIVE)
        return tflow_i_fail(error, status,
                            "row %zu: found %s, expected a value of 0 or more", row + 1,
                            tflow_i_decimal_format(value, number));
    if (status == TFLOW_ELIMIT)
        return tflow_i_fail(error, status,
                            "row %zu: the sum is too large: at most 1.9e28", row + 1);
    if (isinf(value))
        return tflow_i_fail(error, status, "row %zu: found %s", row + 1, number);
    return tflow_i_fail(error, status,
                        "row %zu: found status %d, expected a letter of %s, or 0",
                        row + 1, letter, statuses);
}

tflow_status tflow_partial_update_n(tflow_partial *partial, tflow_vec values,
                                    const char *status, ptrdiff_t stride,
                                    uint32_t flags, tflow_error *error)
{
    if (partial == NULL || (values.data == NULL && values.n > 0))
        return tflow_i_fail(error, TFLOW_EINVAL, "no state or no values");
    if (!known_flags(flags))
        return tflow_i_fail(error, TFLOW_EINVAL, "found flags %lu, expected 0 or 1",
                            (unsigned long)flags);
    tflow_partial copy = *partial;
    for (size_t i = 0; i < values.n; i++) {
        double value = tflow_i_vec_at(values, i);
        char letter = status == NULL ? '\0' : status[(ptrdiff_t)i * stride];
        tflow_status result = update(&copy, value, letter, flags);
        if (result != TFLOW_OK)
            return refuse_row(error, result, i, value, letter);
    }
    *partial = copy;
    return TFLOW_OK;
}

tflow_status tflow_partial_absent(tflow_partial *partial, int64_t n)
{
    if (partial == NULL || n < 0)
        return TFLOW_EINVAL;
    if (n > MOST_ROWS - partial->absent)
        return TFLOW_ELIMIT;
    partial->absent += n;
    return TFLOW_OK;
}

/* ---- whole states ---- */

static int64_t taking_part(const tflow_partial *partial)
{
    int64_t n = 0;
    for (int i = 0; i < CANNOT_EXIST; i++)
        n += partial->rows[i];
    return n;
}

static int is_zero(const uint64_t words[3])
{
    return (words[0] | words[1] | words[2]) == 0;
}

static int same_words(const uint64_t a[3], const uint64_t b[3])
{
    return memcmp(a, b, 3 * sizeof *a) == 0;
}

static int counts_hold(const tflow_partial *partial)
{
    for (int i = 0; i < STATUSES; i++)
        if (partial->rows[i] < 0 || partial->rows[i] > MOST_ROWS)
            return 0;
    return partial->missing >= 0 && partial->missing <= taking_part(partial) &&
           partial->absent >= 0 && partial->absent <= MOST_ROWS;
}

/* Can rows make this state? */
static int is_possible(const tflow_partial *partial)
{
    if (!counts_hold(partial))
        return 0;
    uint64_t top = partial->value[2] >> 62; /* below 2^190 units of 2^-96 in size */
    if ((top != 0 && top != 3) || partial->magnitude[2] >> 62 != 0 ||
        partial->not_observed[2] >> 62 != 0)
        return 0;
    int64_t n = taking_part(partial);
    if (partial->missing == n &&
        !(is_zero(partial->value) && is_zero(partial->magnitude)))
        return 0;
    if (partial->rows[OBSERVED] == n && !is_zero(partial->not_observed))
        return 0;
    if (partial->rows[OBSERVED] == 0 &&
        !same_words(partial->not_observed, partial->magnitude))
        return 0;
    double size = rounded(partial->magnitude);
    return fabs(rounded(partial->value)) <= size &&
           rounded(partial->not_observed) <= size;
}

typedef int combine_sums(tflow_i_exact *sum, const tflow_i_exact *other);

static int combine_words(uint64_t words[3], const uint64_t other[3],
                         combine_sums *combine)
{
    tflow_i_exact a, b;
    memcpy(&a, words, sizeof a);
    memcpy(&b, other, sizeof b);
    int held = combine(&a, &b);
    memcpy(words, &a, sizeof a);
    return held;
}

/* a += sign * b; 0 when it cannot be held. */
static int combine(tflow_partial *a, const tflow_partial *b, int sign)
{
    combine_sums *sums = sign > 0 ? tflow_i_exact_merge : tflow_i_exact_subtract;
    if (!counts_hold(a) || !counts_hold(b) ||
        !combine_words(a->value, b->value, sums) ||
        !combine_words(a->magnitude, b->magnitude, sums) ||
        !combine_words(a->not_observed, b->not_observed, sums))
        return 0;
    for (int i = 0; i < STATUSES; i++)
        a->rows[i] += sign * b->rows[i];
    a->missing += sign * b->missing;
    a->absent += sign * b->absent;
    return counts_hold(a);
}

tflow_status tflow_partial_merge(tflow_partial *partial, const tflow_partial *other)
{
    if (partial == NULL || other == NULL)
        return TFLOW_EINVAL;
    tflow_partial copy = *partial;
    if (!combine(&copy, other, 1))
        return TFLOW_ELIMIT;
    *partial = copy;
    return TFLOW_OK;
}

tflow_status tflow_partial_subtract(tflow_partial *partial, const tflow_partial *other)
{
    if (partial == NULL || other == NULL)
        return TFLOW_EINVAL;
    tflow_partial copy = *partial;
    if (!combine(&copy, other, -1) || !is_possible(&copy))
        return TFLOW_UNDEFINED;
    *partial = copy;
    return TFLOW_OK;
}

/* ---- the result ---- */

static char weakest(const tflow_partial *partial)
{
    if (partial->absent > 0)
        return statuses[WEAKEST];
    for (int i = WEAKEST; i >= 0; i--)
        if (partial->rows[i] > 0)
            return statuses[i];
    return 'M';
}

tflow_status tflow_partial_finish(const tflow_partial *partial, tflow_missing missing,
                                  tflow_partial_result *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    memset(out, 0, sizeof *out);
    out->value = out->share_not_observed = NAN;
    if (partial == NULL || (int)missing < TFLOW_MISSING_PROPAGATE ||
        (int)missing > TFLOW_MISSING_FAIL)
        return TFLOW_EINVAL;

    double size = rounded(partial->magnitude);
    out->n_rows = taking_part(partial);
    out->n_missing = partial->missing + partial->absent;
    out->status = weakest(partial);
    out->share_not_observed = size > 0 ? rounded(partial->not_observed) / size
                                       : (out->status == 'A' ? 0.0 : 1.0);
    if (out->n_rows == 0 && out->n_missing == 0)
        return TFLOW_TOO_FEW;
    if (out->n_missing > 0 && missing == TFLOW_MISSING_FAIL)
        return TFLOW_EMISSING;
    int some = out->n_rows > partial->missing;
    if (out->n_missing > 0 && missing != TFLOW_MISSING_ZERO &&
        !(missing == TFLOW_MISSING_SKIP && some))
        return TFLOW_MISSING_VALUE;
    out->value = rounded(partial->value);
    out->lower_bound = out->n_missing > 0 && missing == TFLOW_MISSING_SKIP;
    return out->lower_bound ? TFLOW_LOWER_BOUND : TFLOW_OK;
}

/* ---- bytes ---- */

#define HEAD 8
#define TAIL 8
/* A state has no padding, and is what lies between head and tail. */
_Static_assert(sizeof(tflow_partial) == TFLOW_PARTIAL_BYTES - HEAD - TAIL,
               "a stored state is head, words and checksum");
#define WORDS ((TFLOW_PARTIAL_BYTES - HEAD - TAIL) / 8)

tflow_status tflow_partial_serialise(const tflow_partial *partial, unsigned char *bytes,
                                     size_t n)
{
    uint64_t words[WORDS];
    if (partial == NULL || bytes == NULL || n < TFLOW_PARTIAL_BYTES)
        return TFLOW_EINVAL;
    memcpy(words, partial, sizeof words);
    memcpy(bytes, MAGIC, 4);
    tflow_i_bytes_put32(bytes + 4, FORMAT);
    for (size_t i = 0; i < WORDS; i++)
        tflow_i_bytes_put64(bytes + HEAD + 8 * i, words[i]);
    tflow_i_bytes_put64(bytes + TFLOW_PARTIAL_BYTES - TAIL,
                        tflow_i_bytes_crc64(0, bytes, TFLOW_PARTIAL_BYTES - TAIL));
    return TFLOW_OK;
}

static tflow_status check(const unsigned char *bytes, size_t n, tflow_error *error)
{
    if (n < HEAD || memcmp(bytes, MAGIC, 4) != 0)
        return tflow_i_fail(error, TFLOW_EPARSE, "this is no stored partial sum");
    unsigned long version = tflow_i_bytes_get32(bytes + 4);
    if (version != FORMAT)
        return tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                            "found a partial sum of version %lu, expected version %u",
                            version, FORMAT);
    if (n != TFLOW_PARTIAL_BYTES)
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "found a partial sum of %zu bytes, expected %d", n,
                            TFLOW_PARTIAL_BYTES);
    if (tflow_i_bytes_get64(bytes + TFLOW_PARTIAL_BYTES - TAIL) !=
        tflow_i_bytes_crc64(0, bytes, TFLOW_PARTIAL_BYTES - TAIL))
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "the partial sum is damaged: its checksum is not its own");
    return TFLOW_OK;
}

tflow_status tflow_partial_deserialise(const unsigned char *bytes, size_t n,
                                       tflow_partial *partial, tflow_error *error)
{
    uint64_t words[WORDS];
    if (partial == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no place for the partial sum");
    tflow_partial_init(partial);
    if (bytes == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no bytes");
    tflow_status status = check(bytes, n, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < WORDS; i++)
        words[i] = tflow_i_bytes_get64(bytes + HEAD + 8 * i);
    memcpy(partial, words, sizeof words);
    if (is_possible(partial))
        return TFLOW_OK;
    tflow_partial_init(partial);
    return tflow_i_fail(error, TFLOW_EPARSE,
                        "the partial sum holds what no rows come to");
}
