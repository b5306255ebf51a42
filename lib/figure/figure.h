/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share: intervals with infinite ends, the words of the
 * press, tokens, the meaning of a figure, and the region that statements leave. */
#ifndef TFLOW_FIGURE_FIGURE_H
#define TFLOW_FIGURE_FIGURE_H

#include "core/core.h"
#include "tradeflow/figure.h"

/* ---- intervals (range.c) ---- */

/* The interval with infinities for missing bounds; 0 when it is empty. */
int tflow_i_range_bounds(tflow_range given, tflow_range *out);
/* NaN for infinities again. */
tflow_range tflow_i_range_value(tflow_range bounds);
tflow_range tflow_i_range_nan(void);

/* ---- words (words.c) ---- */

typedef enum tflow_i_word {
    TFLOW_I_WORD_UNKNOWN,
    TFLOW_I_WORD_FILLER,   /* the, a, by, of */
    TFLOW_I_WORD_JOIN,     /* and, but */
    TFLOW_I_WORD_OR,       /* or: the same change said otherwise */
    TFLOW_I_WORD_UP,       /* rose */
    TFLOW_I_WORD_DOWN,     /* fell */
    TFLOW_I_WORD_GROWTH,   /* growth of 77 %, 77 % growth */
    TFLOW_I_WORD_DECLINE,  /* a decline of 4 %, a 4 % decline */
    TFLOW_I_WORD_MORE,     /* behind a change: 77 % more */
    TFLOW_I_WORD_LESS,     /* behind a change: 4 % less */
    TFLOW_I_WORD_LEVEL,    /* reached, to */
    TFLOW_I_WORD_BASE,     /* from */
    TFLOW_I_WORD_BY,       /* by */
    TFLOW_I_WORD_RATIO,    /* doubled */
    TFLOW_I_WORD_FOLDED,   /* twofold */
    TFLOW_I_WORD_NUMERAL,  /* two */
    TFLOW_I_WORD_FRACTION, /* a third */
    TFLOW_I_WORD_FACTOR,   /* by a factor of */
    TFLOW_I_WORD_UNIT,     /* bn: value is the power of ten */
    TFLOW_I_WORD_PERCENT,  /* percent */
    TFLOW_I_WORD_PER,      /* per cent */
    TFLOW_I_WORD_FOLD,     /* fold */
    TFLOW_I_WORD_TIMES,    /* times */
    TFLOW_I_WORD_X,        /* x1.8, 1.8x */
    TFLOW_I_WORD_MONEY     /* dollars */
} tflow_i_word;

/* The class of a lower-case word; its number, and the currency it names or NULL. */
tflow_i_word tflow_i_word_find(const char *word, double *value, const char **currency);

/* ---- tokens (token.c) ---- */

typedef enum tflow_i_token_kind {
    TFLOW_I_TOKEN_END,
    TFLOW_I_TOKEN_NUMBER,
    TFLOW_I_TOKEN_WORD,
    TFLOW_I_TOKEN_PLUS,
    TFLOW_I_TOKEN_MINUS, /* minus, hyphen or dash */
    TFLOW_I_TOKEN_PERCENT,
    TFLOW_I_TOKEN_TIMES,
    TFLOW_I_TOKEN_MONEY,
    TFLOW_I_TOKEN_JOIN, /* comma, semicolon, colon, bracket */
    TFLOW_I_TOKEN_ABOUT,
    TFLOW_I_TOKEN_OVER,
    TFLOW_I_TOKEN_UNDER,
    TFLOW_I_TOKEN_AT_LEAST,
    TFLOW_I_TOKEN_AT_MOST,
    TFLOW_I_TOKEN_BAD /* neither a number, a word nor a known sign */
} tflow_i_token_kind;

typedef struct tflow_i_token {
    tflow_i_token_kind kind;
    tflow_i_word word; /* class of a word */
    double value;      /* its number */
    char currency[4];  /* what it names; empty if none */
    int decimals;      /* how many digits of a number follow its point */
    const char *start;
    size_t length;
    int64_t mantissa; /* the digits of a number without the point */
    char text[16];    /* a word in lower case; empty when it is longer */
} tflow_i_token;

#define TFLOW_I_TOKENS 256

/* Split text into at most TFLOW_I_TOKENS tokens, the last one END. Returns how many, 0
 * when there are more. */
size_t tflow_i_tokens(const char *text, tflow_i_token *tokens);

/* ---- statements as put (read.c) ---- */

typedef struct tflow_i_reader {
    const char *text;
    const tflow_i_token *token; /* the current one */
    const char *end;            /* where the last token taken ended */
    const char *expected;       /* for messages */
    tflow_error *error;
} tflow_i_reader;

/* What stands around the figure. */
typedef struct tflow_i_marks {
    tflow_figure_qualifier qualifier;
    tflow_i_word about; /* LEVEL, BASE or BY; else UNKNOWN */
    int direction;      /* 1 up, -1 down, 0 not said */
} tflow_i_marks;

/* The figure itself. */
typedef struct tflow_i_core {
    tflow_figure_form form;
    int64_t mantissa;
    int decimals;
    int exponent;       /* of the unit */
    double ratio;       /* of a word */
    tflow_i_word class; /* of the first word */
    char currency[4];
} tflow_i_core;

int tflow_i_take_class(tflow_i_reader *r, tflow_i_word class);
int tflow_i_take_kind(tflow_i_reader *r, tflow_i_token_kind kind);
tflow_status tflow_i_take_statement(tflow_i_reader *r, tflow_i_marks *marks,
                                    tflow_i_core *core);
/* TFLOW_EPARSE: the current token is not what may stand there. */
tflow_status tflow_i_unexpected(const tflow_i_reader *r);
/* TFLOW_EPARSE: what was taken since the token at start is refused. */
tflow_status tflow_i_refused(const tflow_i_reader *r, const tflow_i_token *start,
                             const char *remark, const char *expected);

/* ---- meaning (band.c): the rest of *out is filled by the caller ---- */

/* A number in front of a unit of 10^exponent; direction 0 for a level or a base. */
void tflow_i_band_amount(int64_t mantissa, int decimals, int exponent, int direction,
                         tflow_figure_qualifier qualifier,
                         const tflow_figure_opts *opts, tflow_figure *out);
void tflow_i_band_percent(int64_t mantissa, int decimals, int direction,
                          tflow_figure_qualifier qualifier,
                          const tflow_figure_opts *opts, tflow_figure *out);
void tflow_i_band_fold(int64_t mantissa, int decimals, int direction,
                       tflow_figure_qualifier qualifier, const tflow_figure_opts *opts,
                       tflow_figure *out);
/* A ratio put in a word. */
void tflow_i_band_word(double ratio, tflow_figure_qualifier qualifier,
                       const tflow_figure_opts *opts, tflow_figure *out);

/* ---- the region (region.c) ---- */

/* Extreme rays of the cone of (base, level, 1) that statements leave open, with the
 * half-planes that cut it out. Level and base are divided by the scale. */
typedef struct tflow_i_region {
    double scale;
    size_t n_rows;
    double row[11][3];
    int strict[11];
    size_t n;
    double ray[55][3];
    tflow_range strip[4]; /* by kind: what was asked for, ends infinite */
} tflow_i_region;

/* Start with no statement. */
void tflow_i_region_start(tflow_i_region *region);
/* Add what a statement asks for; 0 when it cannot be met together with those of its
 * kind before it. The interval has infinite ends (tflow_i_range_bounds). */
int tflow_i_region_add(tflow_i_region *region, tflow_figure_kind kind,
                       tflow_range bounds);
/* Cut out the region; 1 when something is left. */
int tflow_i_region_cut(tflow_i_region *region);
/* Its extent in one quantity. */
tflow_range tflow_i_region_extent(const tflow_i_region *region, tflow_figure_kind kind);

#endif
