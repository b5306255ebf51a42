/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file figure.h
 * Arithmetic on figures as published: "doubled to $1.6bn", "+77 %", "1.8-fold".
 *
 * A printed figure is an interval: 1.6bn is any value that rounds to it. A statement is
 * an interval for one of four linked quantities, the level, the base it is compared
 * with, their ratio and their difference; several statements hold together or they do
 * not, and which of them cannot all be true can be named.
 */
#ifndef TRADEFLOW_FIGURE_H
#define TRADEFLOW_FIGURE_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- intervals ---- */

/**
 * An interval: a set of numbers without holes. Each end belongs to it or does not: 1.6
 * printed with one decimal is [1.55, 1.65), closed below and open above.
 *
 * An end that is NaN is no bound on that side; both are NaN where a call failed.
 * Infinities are read as no bound and never written.
 */
typedef struct tflow_range {
    double low;      /**< lower end; NaN: no bound below */
    double high;     /**< upper end; NaN: no bound above */
    int low_closed;  /**< 1 if the lower end belongs to it, 0 if not */
    int high_closed; /**< 1 if the upper end belongs to it, 0 if not */
} tflow_range;

/** The closed interval [low, high]. */
static inline tflow_range tflow_range_of(double low, double high)
{
    tflow_range interval;
    interval.low = low;
    interval.high = high;
    interval.low_closed = 1;
    interval.high_closed = 1;
    return interval;
}

/**
 * The numbers that round to a figure.
 *
 *     [figure - step / 2, figure + step / 2)
 *
 * @param figure  the number as printed; finite
 * @param step    one unit of its last printed digit; finite and > 0
 * @param out     the interval
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL or an argument is outside its domain.
 */
TFLOW_API tflow_status tflow_range_rounded(double figure, double step,
                                           tflow_range *out);

/**
 * Whether a number lies in an interval.
 *
 * @return 1 if it does; 0 if not, or if @p x is NaN or the interval is empty
 */
TFLOW_API int tflow_range_contains(tflow_range interval, double x);

/**
 * All sums of a member of @p a and a member of @p b.
 *
 * Like the other arithmetic on intervals it rounds ends to nearest, not outwards; an
 * end too large to hold becomes no bound.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL or an interval is empty.
 */
TFLOW_API tflow_status tflow_range_add(tflow_range a, tflow_range b, tflow_range *out);

/**
 * All differences of a member of @p a and a member of @p b.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL or an interval is empty.
 */
TFLOW_API tflow_status tflow_range_subtract(tflow_range a, tflow_range b,
                                            tflow_range *out);

/**
 * All products of a member of @p a and a member of @p b.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL or an interval is empty.
 */
TFLOW_API tflow_status tflow_range_multiply(tflow_range a, tflow_range b,
                                            tflow_range *out);

/**
 * All quotients of a member of @p a and a member of @p b other than zero.
 *
 * 1.6bn over "doubled": [1.55, 1.65) / [1.95, 2.05) is (0.7561, 0.8462), open on both
 * sides.
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p b is zero alone.
 *         TFLOW_UNDEFINED if zero lies inside @p b: the quotients have a hole.
 *         TFLOW_EINVAL if @p out is NULL or an interval is empty.
 */
TFLOW_API tflow_status tflow_range_divide(tflow_range a, tflow_range b,
                                          tflow_range *out);

/**
 * Every member times a number; a negative one turns the interval round.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL, @p factor is not finite or the interval is
 *         empty.
 */
TFLOW_API tflow_status tflow_range_scale(tflow_range interval, double factor,
                                         tflow_range *out);

/**
 * What two intervals have in common.
 *
 * @return TFLOW_OK.
 *         TFLOW_CONTRADICTION if they have nothing in common; *out is NaN.
 *         TFLOW_EINVAL if @p out is NULL or an interval is empty.
 */
TFLOW_API tflow_status tflow_range_intersect(tflow_range a, tflow_range b,
                                             tflow_range *out);

/**
 * The interval with its ends moved outwards; open ends stay open.
 *
 * @param interval  what to widen
 * @param below     by how much below; finite and >= 0
 * @param above     by how much above; finite and >= 0
 * @param out       the wider interval
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL, the interval is empty or an amount is outside
 *         its domain.
 */
TFLOW_API tflow_status tflow_range_widen(tflow_range interval, double below,
                                         double above, tflow_range *out);

/* ---- statements ---- */

/** What a statement is about; level = base * ratio = base + difference. */
typedef enum tflow_figure_kind {
    TFLOW_FIGURE_LEVEL = 0,     /**< the level reached: "1.6bn" */
    TFLOW_FIGURE_BASE = 1,      /**< the level it is compared with: "from 0.9bn" */
    TFLOW_FIGURE_RATIO = 2,     /**< level over base: "doubled", "+77 %", "1.8-fold" */
    TFLOW_FIGURE_DIFFERENCE = 3 /**< level less base: "+0.7bn" */
} tflow_figure_kind;

/** How a statement was put. */
typedef enum tflow_figure_form {
    TFLOW_FORM_GIVEN = 0,   /**< as an interval, not as text */
    TFLOW_FORM_AMOUNT = 1,  /**< "1.6bn", "+0.7bn": digits and a unit */
    TFLOW_FORM_PERCENT = 2, /**< "+77 %" */
    TFLOW_FORM_FOLD = 3,    /**< "1.8-fold", "1.8 times", "x1.8" */
    TFLOW_FORM_WORD = 4     /**< "doubled", "halved", "twofold", "up by a third" */
} tflow_figure_form;

/**
 * What a word in front of a figure does to its interval. Sides are those of the size of
 * the change: "more than halved" is a ratio below one half.
 */
typedef enum tflow_figure_qualifier {
    TFLOW_QUALIFIER_NONE = 0,     /**< no such word: the rounding alone */
    TFLOW_QUALIFIER_ABOUT = 1,    /**< about, around, roughly: wider on both sides */
    TFLOW_QUALIFIER_NEARLY = 2,   /**< practically, nearly, almost: wider below */
    TFLOW_QUALIFIER_OVER = 3,     /**< over, more than: above it, within a reach */
    TFLOW_QUALIFIER_UNDER = 4,    /**< under, less than: below it, within a reach */
    TFLOW_QUALIFIER_AT_LEAST = 5, /**< at least: it or above, without limit */
    TFLOW_QUALIFIER_AT_MOST = 6   /**< up to, at most: it or below, down to zero */
} tflow_figure_qualifier;

/** What the zeros at the end of a whole amount say: "700 million". */
typedef enum tflow_figure_zeros {
    TFLOW_ZEROS_PRINTED = 0, /**< digits like any other: 699.5 to 700.5 million */
    TFLOW_ZEROS_ROUNDED = 1  /**< rounding: 650 to 750 million */
} tflow_figure_zeros;

/**
 * How words are read. A qualifier moves an end by a fraction of the figure as put: of
 * the level, of the per cent, of the ratio.
 */
typedef struct tflow_figure_opts {
    size_t size;              /**< sizeof (tflow_figure_opts) */
    double word_tolerance;    /**< "doubled" is a ratio within 2 ± this; 0.05; >= 0 */
    double qualifier_width;   /**< how far about and nearly widen; 0.05; >= 0 */
    double bound_reach;       /**< how far over and under reach; 0.25; < 0: no limit */
    double doubled;           /**< tolerance of words for a ratio of 2; < 0: as words */
    double tripled;           /**< of 3; < 0: as words */
    double quadrupled;        /**< of 4; < 0: as words */
    double halved;            /**< of one half; < 0: as words */
    double unchanged;         /**< of 1; < 0: as words */
    tflow_figure_zeros zeros; /**< what zeros at the end of an amount say */
} tflow_figure_opts;

#define TFLOW_FIGURE_OPTS_INIT                                                         \
    {                                                                                  \
        sizeof(tflow_figure_opts), 0.05, 0.05, 0.25, -1, -1, -1, -1, -1,               \
            TFLOW_ZEROS_PRINTED                                                        \
    }

/** One statement: an interval for one quantity, and how it came about. */
typedef struct tflow_figure {
    tflow_figure_kind kind;           /**< what it is about */
    tflow_figure_form form;           /**< how it was put */
    tflow_figure_qualifier qualifier; /**< the word in front of it */
    int decimals;                     /**< digits printed after the point */
    tflow_range interval;             /**< what it allows */
    double figure;    /**< what it says: 1.6e9, 2 for "doubled", 1.77 for "+77 %" */
    double tolerance; /**< half the interval without the qualifier, as a distance
                           from the figure; NaN where there is no such number */
    double unit;      /**< 1e9 for bn; 0.01 for per cent; 1 without a unit */
    char currency[8]; /**< "USD", or as printed; empty if none was */
    size_t start;     /**< where it begins in the text, in bytes */
    size_t length;    /**< how long it is there, in bytes; 0 if it was not text */
} tflow_figure;

/** Most statements taken together, and most that one text can hold. */
#define TFLOW_FIGURE_MAX 64

/** "level", "base", "ratio" or "difference"; "unknown" for any other. */
TFLOW_API const char *tflow_figure_kind_name(tflow_figure_kind kind);

/**
 * A statement from an interval, for what was computed or observed rather than printed.
 *
 * @param kind      what it is about
 * @param interval  what it allows; not empty
 * @param out       the statement; its figure is the middle of the interval, or the one
 *                  end it has, or NaN
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL, the kind is not known or the interval is
 *         empty.
 */
TFLOW_API tflow_status tflow_figure_given(tflow_figure_kind kind, tflow_range interval,
                                          tflow_figure *out);

/**
 * Read a level as printed: "1.6bn", "$540 million", "1,089.6 mn", "nearly 6bn".
 *
 *     1.6bn = [1.55, 1.65) * 10^9
 *
 * Units: k, thousand, m, mn, mln, million, bn, bln, billion, tn, trillion. Thousands
 * are set apart by commas or spaces, decimals by a point; a comma before other than
 * three digits is refused. "$" is read as USD. Flows are not negative.
 *
 * @param text   the text, UTF-8
 * @param opts   how words are read; NULL for the defaults
 * @param out    the statement; its kind is level, or base after "from"
 * @param error  detail, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EPARSE if the text is not one level.
 *         TFLOW_ELIMIT if it is too long.
 *         TFLOW_EINVAL if @p text or @p out is NULL or an option is outside its domain.
 */
TFLOW_API tflow_status tflow_figure_value_parse(const char *text,
                                                const tflow_figure_opts *opts,
                                                tflow_figure *out, tflow_error *error);

/**
 * Read a change as printed: "doubled", "practically doubled", "+77 %", "fell 4 per
 * cent", "1.8-fold", "x1.8", "2.4 times", "up 700 million", "unchanged".
 *
 *     doubled = [2 - tolerance, 2 + tolerance), +77 % = [1.765, 1.775)
 *
 * Digits are read to their last printed place, so "2-fold" is [1.5, 2.5) while
 * "twofold" is a word like "doubled". "1.8 times more" is a ratio of 1.8; "fell
 * 1.8-fold" one of 1/1.8. "up to" is the qualifier, not a direction.
 *
 * @param text   the text, UTF-8
 * @param opts   how words are read; NULL for the defaults
 * @param out    the statement; its kind is ratio or difference
 * @param error  detail, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EPARSE if the text is not one change, or falls by more than 100 %.
 *         TFLOW_ELIMIT if it is too long.
 *         TFLOW_EINVAL if @p text or @p out is NULL or an option is outside its domain.
 */
TFLOW_API tflow_status tflow_figure_change_parse(const char *text,
                                                 const tflow_figure_opts *opts,
                                                 tflow_figure *out, tflow_error *error);

/**
 * Read a phrase of one or more statements: "practically doubled and reached 1.6bn",
 * "up 77 % to 1.61bn", "grew 1.8-fold or by 700 million USD".
 *
 * Statements are joined by commas, semicolons, brackets, "and", "or", "but", "to" and
 * "from". A change after "or" takes its direction from the one before it.
 *
 * @param text      the text, UTF-8
 * @param opts      how words are read; NULL for the defaults
 * @param out       the statements, in order of the text
 * @param capacity  how many @p out holds
 * @param n         how many there are
 * @param error     detail, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EPARSE if the text is not such a phrase.
 *         TFLOW_ELIMIT if it holds more than @p capacity statements or is too long.
 *         TFLOW_EINVAL if a pointer but @p opts and @p error is NULL, @p capacity is 0
 *         or an option is outside its domain.
 */
TFLOW_API tflow_status tflow_figure_phrase_parse(const char *text,
                                                 const tflow_figure_opts *opts,
                                                 tflow_figure *out, size_t capacity,
                                                 size_t *n, tflow_error *error);

/**
 * The base implied by a level and a change.
 *
 *     base = level / ratio  or  base = level - difference,  base >= 0
 *
 * @param level   a statement on the level
 * @param change  a statement on the ratio or the difference
 * @param out     every base that some level and some change allow
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if the ratio is zero alone: any base would do.
 *         TFLOW_CONTRADICTION if no base does: the rise exceeds the level.
 *         TFLOW_EINVAL if a pointer is NULL, a kind is another or an interval is empty.
 */
TFLOW_API tflow_status tflow_figure_base(const tflow_figure *level,
                                         const tflow_figure *change, tflow_range *out);

/* ---- statements together ---- */

/** What statements allow when all of them are true, or which of them cannot be. */
typedef struct tflow_figure_joint {
    tflow_range level;      /**< the level */
    tflow_range base;       /**< the base */
    tflow_range ratio;      /**< level over base */
    tflow_range difference; /**< level less base */
    size_t n_conflict;  /**< 0, or how many statements suffice for a contradiction */
    size_t conflict[3]; /**< their positions, ascending */
} tflow_figure_joint;

/**
 * Everything that several statements together imply, or the contradiction.
 *
 * The pairs (base, level) with base > 0, level >= 0 that satisfy all statements form a
 * convex polygon; the intervals are its exact extent in each quantity, tighter than
 * interval arithmetic where a quantity enters twice. When it is empty, at most three
 * statements already contradict each other (Helly's theorem in the plane); a smallest
 * such set is named, the first in order of positions. Ends are exact to rounding:
 * borders closer than one part in 10^12 count as touching.
 *
 * @param statements  the statements; amounts in one unit and one currency
 * @param n           how many, 1 to TFLOW_FIGURE_MAX
 * @param out         the intervals, NaN when the statements contradict each other
 * @param error       detail, or NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_CONTRADICTION if they cannot all be true.
 *         TFLOW_EMIXED if amounts are in different currencies.
 *         TFLOW_ELIMIT if there are more than TFLOW_FIGURE_MAX.
 *         TFLOW_EINVAL if @p out or @p statements is NULL, @p n is 0, a kind is not
 *         known or an interval is empty.
 */
TFLOW_API tflow_status tflow_figure_joint_solve(const tflow_figure *statements,
                                                size_t n, tflow_figure_joint *out,
                                                tflow_error *error);

/** Statements that cannot all be true, none of which can be left out. */
typedef struct tflow_figure_conflict {
    size_t n;         /**< how many, 1 to 3 */
    size_t member[3]; /**< their positions, ascending */
} tflow_figure_conflict;

/**
 * Every smallest set of statements that contradict each other: single ones, then pairs,
 * then triples of which no two do.
 *
 * @param statements  the statements; amounts in one unit and one currency
 * @param n           how many, 1 to TFLOW_FIGURE_MAX
 * @param out         the sets; may be NULL when @p capacity is 0
 * @param capacity    how many @p out holds; further ones are counted only
 * @param count       how many there are
 *
 * @return TFLOW_OK if there is none.
 *         TFLOW_CONTRADICTION if there is one.
 *         TFLOW_ELIMIT if there are more than TFLOW_FIGURE_MAX statements.
 *         TFLOW_EINVAL if a pointer is NULL, @p n is 0, a kind is not known or an
 *         interval is empty.
 */
TFLOW_API tflow_status tflow_figure_conflicts(const tflow_figure *statements, size_t n,
                                              tflow_figure_conflict *out,
                                              size_t capacity, size_t *count);

/**
 * How far a statement must be stretched before it meets the others.
 *
 *     distance from its figure to what the others allow for the same quantity
 *
 * "Doubled" against "+77 %" gives 2 - 1.775 = 0.225: with a tolerance of less, a
 * contradiction; with more, none. What tolerance and qualifier it has does not matter.
 * 0 if its figure itself is allowed, or is the border of what is.
 *
 * @param statements  the statements; amounts in one unit and one currency
 * @param n           how many, 1 to TFLOW_FIGURE_MAX
 * @param which       position of the one to stretch
 * @param out         the tolerance; >= 0
 *
 * @return TFLOW_OK.
 *         TFLOW_UNDEFINED if its figure is NaN or the tolerance too large to hold.
 *         TFLOW_CONTRADICTION if the others contradict each other: no tolerance helps.
 *         TFLOW_ELIMIT if there are more than TFLOW_FIGURE_MAX.
 *         TFLOW_EINVAL if a pointer is NULL, @p which is not below @p n, a kind is not
 *         known or an interval is empty.
 */
TFLOW_API tflow_status tflow_figure_break_even(const tflow_figure *statements, size_t n,
                                               size_t which, double *out);

/* ---- against data ---- */

/** What data say about a statement. */
typedef enum tflow_figure_verdict {
    TFLOW_VERDICT_UNDECIDED = 0,   /**< what would decide it is missing */
    TFLOW_VERDICT_HOLDS = 1,       /**< the data agree with it */
    TFLOW_VERDICT_CONTRADICTED = 2 /**< the data do not */
} tflow_figure_verdict;

/** "undecided", "holds" or "contradicted"; "unknown" for any other. */
TFLOW_API const char *tflow_figure_verdict_name(tflow_figure_verdict verdict);

/** A verdict and the numbers behind it. */
typedef struct tflow_figure_finding {
    tflow_figure_verdict verdict; /**< what the data say */
    double observed;              /**< the observed level, base, ratio or difference */
    double factor;                /**< observed over the figure as published */
    tflow_range allowed;          /**< what may be observed if the statement is true */
    double
        gap; /**< from the nearest end of that to the observed: 0 inside, < 0 below */
} tflow_figure_finding;

/**
 * A statement against observed levels.
 *
 *     it holds if observed = k * x for some x it allows and some k in the band
 *
 * The band is what a difference in valuation may do to an amount: [1, 1.2] for imports
 * CIF against exports FOB, [1, 1] for figures of one kind. A ratio is compared as it
 * is, as if the factor were the same in both periods.
 *
 * @param statement  what was published
 * @param level      the observed level; NaN if missing
 * @param base       the observed base; NaN if missing
 * @param band       factors allowed between observed and published; > 0
 * @param out        the verdict, undecided when what it needs is missing
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if the statement is a ratio and @p base is 0.
 *         TFLOW_MISSING_VALUE if a level that is needed is missing.
 *         TFLOW_ENEGATIVE if a level that is needed is negative.
 *         TFLOW_EINVAL if a pointer is NULL, the kind is not known, an interval is
 *         empty, a level is infinite or the band has no lower end > 0.
 */
TFLOW_API tflow_status tflow_figure_check(const tflow_figure *statement, double level,
                                          double base, tflow_range band,
                                          tflow_figure_finding *out);

/** A part of the year against the whole of it. */
typedef struct tflow_figure_part {
    double rest;           /**< what is left for the other months */
    double part_per_month; /**< a month of the part */
    double rest_per_month; /**< a month of the rest */
    double ratio;          /**< the second over the first */
    double whole_at_pace;  /**< the year if every month were like the part's */
    int below;             /**< 1 if the ratio is below the threshold */
} tflow_figure_part;

/**
 * Whether a total for the year can follow from a figure for its first months.
 *
 *     ratio = ((whole - part) / (12 - months)) / (part / months)
 *
 * 0.540 for January to August and 0.5561 for the year leave 0.0161 for four months: a
 * ratio of 0.0596, each of them 6 % of an earlier one. A negative ratio says that the
 * part exceeds the whole.
 *
 * @param part       sum over the part; finite and >= 0
 * @param months     months in the part, 1 to 11
 * @param whole      total of the year; finite and >= 0
 * @param threshold  lowest ratio that passes without a flag; finite
 * @param out        the numbers
 *
 * @return TFLOW_OK.
 *         TFLOW_ZERO_BASE if @p part is 0: the ratio is NaN, the rest is given.
 *         TFLOW_MISSING_VALUE if @p part or @p whole is NaN.
 *         TFLOW_ENEGATIVE if @p part or @p whole is negative.
 *         TFLOW_EINVAL if @p out is NULL or an argument is outside its domain.
 */
TFLOW_API tflow_status tflow_figure_part_year(double part, int months, double whole,
                                              double threshold, tflow_figure_part *out);

#ifdef __cplusplus
}
#endif

#endif
