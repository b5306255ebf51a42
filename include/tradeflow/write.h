/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file write.h
 * Writing tables as text, and recipes back into calls.
 */
#ifndef TRADEFLOW_WRITE_H
#define TRADEFLOW_WRITE_H

#include "tradeflow/core.h"
#include "tradeflow/operation.h"
#include "tradeflow/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a table is written. */
typedef enum tflow_format {
    TFLOW_FORMAT_TABLE = 1, /**< for people: aligned, grouped, per cent where fitting */
    TFLOW_FORMAT_CSV = 2,   /**< RFC 4180, full precision, LF */
    TFLOW_FORMAT_TSV = 3,   /**< tab-separated; tabs and newlines in text are escaped */
    TFLOW_FORMAT_JSON = 4,  /**< one object: schema_version, recipe, columns, rows */
    TFLOW_FORMAT_JSONL = 5, /**< an object a row */
    TFLOW_FORMAT_MD = 6     /**< a Markdown table */
} tflow_format;

/**
 * The format of that name: "table", "csv", "tsv", "json", "jsonl" or "md".
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN for any other name.
 *         TFLOW_EINVAL if an argument is NULL.
 */
TFLOW_API tflow_status tflow_format_find(const char *name, tflow_format *out,
                                         tflow_error *error);

/**
 * Write a table as text.
 *
 * @param table   the table
 * @param format  how
 * @param width   columns of the terminal for TFLOW_FORMAT_TABLE; 0: no limit
 * @param ascii   1: plain ASCII only in TFLOW_FORMAT_TABLE
 * @param out     the text; release with tflow_text_free
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p table or @p out is NULL or @p format is none.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_table_write(const tflow_table *table, tflow_format format,
                                         int width, int ascii, char **out,
                                         tflow_error *error);

/**
 * Write flows as a file of a source's layout, CSV that tflow_read_files() reads back.
 * Numbers keep all their digits: where the unit differs, the decimal point moves.
 *
 * @param table   flows with columns `value` and `period`
 * @param layout  "long", "comtrade", "baci", "imf-wide" or "eurostat-sdmx"
 * @param drop    what may be left out because the layout does not hold it, "a,b": names
 *                of columns, status, missing, valuation, prices, classification; NULL:
 *                nothing
 * @param out     the text; release with tflow_text_free
 * @param error   detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNSUPPORTED if the layout does not hold something that may not be left
 * out.
 *         TFLOW_EMIXED if the values are not in the currency of the layout.
 *         TFLOW_EDUPLICATE if "imf-wide" would have two rows for a cell.
 *         TFLOW_EUNKNOWN for a layout that cannot be written, or no table of flows.
 *         TFLOW_EINVAL if an argument other than @p drop is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_table_write_layout(const tflow_table *table,
                                                const char *layout, const char *drop,
                                                char **out, tflow_error *error);

/** 1 if tflow_table_write_layout() writes the layout of that name, else 0. */
TFLOW_API int tflow_layout_writable(const char *layout);

/**
 * Write an error for a person, in one line: `file:line: field 3 (value): message`.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if an argument is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_error_text(const tflow_error *error, char **out);

/**
 * Write an error as a JSON object: status, file, line, field, column, message.
 *
 * @return as tflow_error_text().
 */
TFLOW_API tflow_status tflow_error_json(const tflow_error *error, char **out);

/** A recipe read back; opaque. */
typedef struct tflow_recipe tflow_recipe;

/**
 * Read a recipe: the JSON of a result's attribute `recipe`, or a whole JSON result that
 * has one.
 *
 * @return TFLOW_OK.
 *         TFLOW_EPARSE if it is no JSON, or no recipe.
 *         TFLOW_EINVAL if an argument is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_recipe_read(const char *json, size_t n, tflow_recipe **out,
                                         tflow_error *error);
/** Release a recipe; NULL is fine. */
TFLOW_API void tflow_recipe_free(tflow_recipe *recipe);
/** The operation it calls, borrowed. */
TFLOW_API const char *tflow_recipe_operation(const tflow_recipe *recipe);
/** The version of the library that wrote it, borrowed; "" when it does not say. */
TFLOW_API const char *tflow_recipe_version(const tflow_recipe *recipe);
/** Name of parameter @p i as it was given, borrowed; NULL when there is none. */
TFLOW_API const char *tflow_recipe_parameter(const tflow_recipe *recipe, size_t i);
/** Value of parameter @p i as text, borrowed; NULL when it was unset. */
TFLOW_API const char *tflow_recipe_value(const tflow_recipe *recipe, size_t i);
/** Source file(s) of input @p i, joined by newlines, borrowed; NULL when there is none.
 */
TFLOW_API const char *tflow_recipe_input(const tflow_recipe *recipe, size_t i);
/** How input @p i was read: a reading option such as "layout", borrowed; NULL: not
 * said. An option stored as `read.NAME` is found by NAME too. */
TFLOW_API const char *tflow_recipe_input_option(const tflow_recipe *recipe, size_t i,
                                                const char *option);
/** Note @p i of the result, borrowed; NULL when there is none. */
TFLOW_API const char *tflow_recipe_note(const tflow_recipe *recipe, size_t i);

#ifdef __cplusplus
}
#endif

#endif
