/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/marks.h"

#include <string.h>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HAVE_X86 1
#include <cpuid.h>
#include <immintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#define HAVE_NEON 1
#include <arm_neon.h>
#endif

/* ---- words ---- */

#define ONES UINT64_C(0x0101010101010101)
#define LOW7 UINT64_C(0x7f7f7f7f7f7f7f7f)

/* A bit for each of the eight bytes that equals c; exact, without borrow between bytes.
 */
static uint64_t equal_bytes(uint64_t word, unsigned char c)
{
    uint64_t x = word ^ (ONES * c);
    uint64_t zero = ~(((x & LOW7) + LOW7) | x | LOW7); /* 0x80 where the byte is 0 */
    return (zero >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The first byte in the lowest eight bits, whatever the machine's order. */
static uint64_t load_word(const char *bytes)
{
    uint64_t word = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&word, bytes, sizeof word);
#else
    for (int i = 0; i < 8; i++)
        word |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
#endif
    return word;
}

void tflow_i_mark_words(const char *bytes, size_t n, char delimiter, tflow_i_marks *out)
{
    for (size_t b = 0; b < n; b++) {
        tflow_i_marks m = {0, 0, 0, 0};
        for (size_t i = 0; i < 8; i++) {
            uint64_t word = load_word(bytes + b * TFLOW_I_BLOCK + 8 * i);
            size_t at = 8 * i;
            m.quotes |= equal_bytes(word, '"') << at;
            m.delimiters |= equal_bytes(word, (unsigned char)delimiter) << at;
            m.feeds |= equal_bytes(word, '\n') << at;
            m.returns |= (equal_bytes(word, '\r') | equal_bytes(word, 0)) << at;
        }
        out[b] = m;
    }
}

/* ---- x86 ---- */

#ifdef HAVE_X86

static void mark_sse2(const char *bytes, size_t n, char delimiter, tflow_i_marks *out)
{
    const __m128i quote = _mm_set1_epi8('"'), delim = _mm_set1_epi8(delimiter);
    const __m128i feed = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    const __m128i nul = _mm_setzero_si128();

    for (size_t b = 0; b < n; b++) {
        tflow_i_marks m = {0, 0, 0, 0};
        for (size_t i = 0; i < 4; i++) {
            const char *at = bytes + b * TFLOW_I_BLOCK + 16 * i;
            __m128i x = _mm_loadu_si128((const __m128i *)(const void *)at);
            __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(x, cr), _mm_cmpeq_epi8(x, nul));
#define MASK(v) ((uint64_t)(uint32_t)_mm_movemask_epi8(v) << 16 * i)
            m.quotes |= MASK(_mm_cmpeq_epi8(x, quote));
            m.delimiters |= MASK(_mm_cmpeq_epi8(x, delim));
            m.feeds |= MASK(_mm_cmpeq_epi8(x, feed));
            m.returns |= MASK(ends);
#undef MASK
        }
        out[b] = m;
    }
}

__attribute__((target("avx2"))) static void
mark_avx2(const char *bytes, size_t n, char delimiter, tflow_i_marks *out)
{
    const __m256i quote = _mm256_set1_epi8('"'), delim = _mm256_set1_epi8(delimiter);
    const __m256i feed = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
    const __m256i nul = _mm256_setzero_si256();

    for (size_t b = 0; b < n; b++) {
        const char *at = bytes + b * TFLOW_I_BLOCK;
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)at);
        __m256i y = _mm256_loadu_si256((const __m256i *)(const void *)(at + 32));
#define MASK(v, w)                                                                     \
    ((uint64_t)(uint32_t)_mm256_movemask_epi8(v) |                                     \
     (uint64_t)(uint32_t)_mm256_movemask_epi8(w) << 32)
#define EQUAL(c) MASK(_mm256_cmpeq_epi8(x, c), _mm256_cmpeq_epi8(y, c))
        out[b].quotes = EQUAL(quote);
        out[b].delimiters = EQUAL(delim);
        out[b].feeds = EQUAL(feed);
        out[b].returns = EQUAL(cr) | EQUAL(nul);
#undef EQUAL
#undef MASK
    }
}

/* Asked of the processor each time: the library keeps no state. */
static int has_avx2(void)
{
    unsigned a, b, c, d, low, high;

    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_OSXSAVE) == 0 || (c & bit_AVX) == 0)
        return 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if ((low & 6) != 6) /* the system keeps the wide registers */
        return 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2) != 0;
}

#endif

/* ---- arm ---- */

#ifdef HAVE_NEON

static uint64_t neon_mask(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128,
                                        1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t w = vld1q_u8(weights);
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, w), vandq_u8(b, w));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, w), vandq_u8(d, w));
    uint8x16_t all = vpaddq_u8(ab, cd);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static void mark_neon(const char *bytes, size_t n, char delimiter, tflow_i_marks *out)
{
    const uint8x16_t cr = vdupq_n_u8('\r'), nul = vdupq_n_u8(0);
    const uint8x16_t wanted[3] = {vdupq_n_u8('"'), vdupq_n_u8((uint8_t)delimiter),
                                  vdupq_n_u8('\n')};

    for (size_t b = 0; b < n; b++) {
        const uint8_t *at = (const uint8_t *)bytes + b * TFLOW_I_BLOCK;
        uint8x16_t x[4], ends[4];
        uint64_t masks[3];
        for (int i = 0; i < 4; i++) {
            x[i] = vld1q_u8(at + 16 * i);
            ends[i] = vorrq_u8(vceqq_u8(x[i], cr), vceqq_u8(x[i], nul));
        }
        for (int k = 0; k < 3; k++)
            masks[k] = neon_mask(vceqq_u8(x[0], wanted[k]), vceqq_u8(x[1], wanted[k]),
                                 vceqq_u8(x[2], wanted[k]), vceqq_u8(x[3], wanted[k]));
        out[b].quotes = masks[0];
        out[b].delimiters = masks[1];
        out[b].feeds = masks[2];
        out[b].returns = neon_mask(ends[0], ends[1], ends[2], ends[3]);
    }
}

#endif

size_t tflow_i_mark_variants(tflow_i_mark_fn *variants[4], const char *names[4])
{
    size_t n = 0;
#ifdef HAVE_X86
    if (has_avx2()) {
        names[n] = "AVX2";
        variants[n++] = mark_avx2;
    }
    names[n] = "SSE2";
    variants[n++] = mark_sse2;
#endif
#ifdef HAVE_NEON
    names[n] = "NEON";
    variants[n++] = mark_neon;
#endif
    names[n] = "words";
    variants[n++] = tflow_i_mark_words;
    return n;
}
