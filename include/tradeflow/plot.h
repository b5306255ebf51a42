/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file plot.h
 * Charts as text in memory: SVG for pages, characters for terminals.
 *
 * A chart is described by plain structures that the caller fills and owns; nothing is
 * kept after the call. Missing values (NaN; infinities count as missing) are left
 * blank: a line has a gap there, a bar says "n/a". They are never drawn as zero.
 */
#ifndef TRADEFLOW_PLOT_H
#define TRADEFLOW_PLOT_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How the values of a series are drawn. A ranking draws bars whatever it says here. */
typedef enum tflow_chart_kind {
    TFLOW_CHART_LINE = 0,  /**< a line with markers; a missing value breaks it */
    TFLOW_CHART_BAR = 1,   /**< bars standing on zero */
    TFLOW_CHART_POINTS = 2 /**< markers alone */
} tflow_chart_kind;

/** What the values of a series are. */
typedef enum tflow_chart_role {
    TFLOW_CHART_OBSERVED = 0, /**< as reported */
    /** Not observed yet: dotted, hollow, in the colour of the nearest series before it
     * that is not a forecast. */
    TFLOW_CHART_FORECAST = 1,
    TFLOW_CHART_OTHER = 2 /**< the same thing by another source: hollow markers */
} tflow_chart_role;

/** An interval around the values of a series, drawn where both its ends are finite. */
typedef struct tflow_chart_band {
    double level;        /**< probability it covers, 0.8 for 80 %; 0: not named */
    const double *lower; /**< one number a position */
    const double *upper; /**< one number a position */
} tflow_chart_band;

/** One line of a chart. */
typedef struct tflow_chart_series {
    const char *name;      /**< for the legend; NULL if it needs none */
    const double *values;  /**< one number a position; NaN is missing */
    tflow_chart_kind kind; /**< how it is drawn */
    tflow_chart_role role; /**< what it is */
    size_t n_bands;        /**< number of intervals, at most 8 */
    const tflow_chart_band
        *bands; /**< the intervals; may be NULL when there are none */
} tflow_chart_series;

/** A doubt about one value: '!' stands at the point, the note below the chart. */
typedef struct tflow_chart_mark {
    size_t series;    /**< which series, from 0 */
    size_t position;  /**< which position, from 0 */
    const char *note; /**< what is doubtful; NULL for a mark without a note */
} tflow_chart_mark;

/** Choices of a chart, or-ed together. */
enum tflow_chart_flags {
    /** Horizontal bars, one row a position, in the order given: shares, rankings. */
    TFLOW_CHART_RANKING = 1,
    /** Values are fractions and are shown per cent. */
    TFLOW_CHART_PERCENT = 2,
    /** The axis need not reach zero (indices, prices); bars always stand on it. */
    TFLOW_CHART_FREE_AXIS = 4,
    /** No numbers beside the points. */
    TFLOW_CHART_NO_VALUES = 8,
    /** SVG in light colours also where the reader prefers dark ones. */
    TFLOW_CHART_LIGHT = 16
};

/** Choices of terminal output, or-ed together. */
enum tflow_text_flags {
    TFLOW_TEXT_ASCII = 1 /**< nothing but ASCII; letters lose their accents */
};

/**
 * A chart. Start from TFLOW_CHART_INIT, then set what there is; text is UTF-8.
 *
 * A forecast that should hang on the last observation repeats it at that position, in
 * its values and in both ends of its intervals.
 */
typedef struct tflow_chart {
    size_t size;               /**< sizeof(tflow_chart), set by TFLOW_CHART_INIT */
    const char *id;            /**< prefix of the ids in the SVG, unique on a page: a
                                  letter, then letters, digits, '-', '_'; NULL: "chart" */
    const char *title;         /**< what is shown; NULL: "Chart" for those who listen */
    const char *description;   /**< for those who cannot see it; NULL: written from the
                                  data */
    const char *unit;          /**< what the numbers are, such as "US$ million" */
    const char *source;        /**< a line below the chart: who says so */
    size_t n;                  /**< number of positions, at most 100,000 */
    const char *const *labels; /**< one a position, such as "2022"; may be NULL */
    size_t n_series;           /**< number of series, at most 32 */
    const tflow_chart_series *series; /**< the series */
    size_t n_marks;                   /**< number of doubts, at most 1,000 */
    const tflow_chart_mark *marks;    /**< the doubts */
    unsigned flags;                   /**< enum tflow_chart_flags, or-ed */
    int decimals;    /**< of the numbers at the points, 0 to 15; -1: chosen */
    unsigned width;  /**< of the SVG in pixels, 240 to 4,000; 0: 760 */
    unsigned height; /**< of the SVG in pixels, 160 to 20,000; 0: as it needs */
} tflow_chart;

#define TFLOW_CHART_INIT                                                               \
    {                                                                                  \
        sizeof(tflow_chart), NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, 0, NULL,  \
            0, -1, 0, 0                                                                \
    }

/**
 * A chart as one self-contained SVG 1.1 element, for a file or inside an HTML page.
 *
 * It has role="img", a title and a description; the palette is that of Okabe and Ito,
 * and series differ by dash, marker or hatching too. Where the page prefers dark
 * colours the chart does (see TFLOW_CHART_LIGHT). A page can set its own through the
 * CSS variables --tflow-background, --tflow-ink, --tflow-muted, --tflow-grid,
 * --tflow-axis and --tflow-1 to --tflow-7. Without a single finite value the chart says
 * "no data".
 *
 * @param chart  what to draw
 * @param out    the text, released with tflow_text_free(); NULL on failure
 * @param error  detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p chart or @p out is NULL, or a member is outside its
 * domain. TFLOW_ELIMIT if there are more positions, series, intervals or marks than
 *         stated.
 *         TFLOW_ENOMEM if memory ran out.
 *
 * Reference: M. Okabe and K. Ito, Color Universal Design (2008), fig. 16.
 */
TFLOW_API tflow_status tflow_chart_svg(const tflow_chart *chart, char **out,
                                       tflow_error *error);

/**
 * A chart as lines of text for a terminal.
 *
 * One series that is not a forecast is drawn as columns of blocks standing on zero,
 * several as points; forecasts are points with their intervals as upright lines. Below
 * a missing value the axis is blank too, and the positions without values are listed.
 * When there are more positions than columns, a column is the mean of its positions and
 * the chart says so. Control characters in labels become '?'.
 *
 * @param chart  what to draw
 * @param width  columns no line exceeds, 24 to 1,000
 * @param flags  enum tflow_text_flags, or-ed; 0 for none
 * @param out    the lines, each with its line feed, released with tflow_text_free();
 *               NULL on failure
 * @param error  detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p chart or @p out is NULL, or @p width, @p flags or a member
 *         is outside its domain.
 *         TFLOW_ELIMIT if there are more positions, series, intervals or marks than
 *         stated.
 *         TFLOW_ENOMEM if memory ran out.
 */
TFLOW_API tflow_status tflow_chart_text(const tflow_chart *chart, size_t width,
                                        unsigned flags, char **out, tflow_error *error);

/**
 * A series as one line of small blocks, one a value.
 *
 *     level = floor(levels * (x - min) / (max - min)), the maximum in the highest
 *
 * The lowest block is the smallest value, not zero. Eight levels, seven in ASCII. A
 * missing value is a space; equal values are all in the middle.
 *
 * @param values  the numbers; NaN and infinities are missing
 * @param flags   enum tflow_text_flags, or-ed; 0 for none
 * @param out     the line without a line feed, released with tflow_text_free(); NULL on
 *                failure
 * @param error   detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL, the data of @p values are NULL though n > 0,
 *         or @p flags is outside its domain.
 *         TFLOW_ENOMEM if memory ran out.
 */
TFLOW_API tflow_status tflow_sparkline(tflow_vec values, unsigned flags, char **out,
                                       tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
