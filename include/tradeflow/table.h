/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file table.h
 * Tables: columns of equal length, immutable once built, laid out as Arrow lays them
 * out. Flows come in as a table and results go out as one.
 *
 * A table of flows uses these column names (all but `value` optional):
 *
 *     reporter, partner, product, flow     keys (ISO 3166 alpha-3 where known; HS or
 *                                          SITC code text; X, M, RX, RM)
 *     period                               period
 *     value, quantity, net_weight          numbers; missing is NaN
 *     quantity_unit                        key
 *     status, quantity_status,
 *     net_weight_status                    SDMX observation status
 *     partner2, customs, mode, supply      keys of breakdowns
 *     currency, valuation                  keys, when they differ from row to row
 */
#ifndef TRADEFLOW_TABLE_H
#define TRADEFLOW_TABLE_H

#include "tradeflow/core.h"
#include "tradeflow/period.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a column holds. */
typedef enum tflow_type {
    TFLOW_KEY = 1,        /**< text, as int32 codes into a dictionary; -1 missing */
    TFLOW_PERIOD = 2,     /**< tflow_period; TFLOW_PERIOD_NONE missing */
    TFLOW_FLOAT64 = 3,    /**< double; NaN missing or undefined */
    TFLOW_INT64 = 4,      /**< int64 */
    TFLOW_OBS_STATUS = 5, /**< uint8: a letter of the SDMX code list; 0 missing */
    TFLOW_BOOL = 6        /**< uint8: 0 or 1 */
} tflow_type;

/** A table; opaque, immutable, safe to share between threads. */
typedef struct tflow_table tflow_table;

/** A table being built. */
typedef struct tflow_builder tflow_builder;

/** What a reader keeps of products. */
typedef enum tflow_products {
    TFLOW_PRODUCTS_KEPT = 0,  /**< rows as they are */
    TFLOW_PRODUCTS_ADDED = 1, /**< rows that differ in nothing but the product are added
                                   up, exactly; quantities and weights are left out */
    TFLOW_PRODUCTS_ADDED_ONCE = 2 /**< the same, and it is watched that no row comes
                                       twice, which can be said of files in order */
} tflow_products;

/** Release a table; NULL is fine. */
TFLOW_API void tflow_table_free(tflow_table *table);

/** Number of rows. */
TFLOW_API size_t tflow_table_rows(const tflow_table *table);

/** Number of columns. */
TFLOW_API size_t tflow_table_columns(const tflow_table *table);

/**
 * The position of a column by name.
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if there is no such column; @p column is then SIZE_MAX.
 *         TFLOW_EINVAL if an argument is NULL.
 */
TFLOW_API tflow_status tflow_table_find(const tflow_table *table, const char *name,
                                        size_t *column);

/** The name of a column; NULL when there is no such column. */
TFLOW_API const char *tflow_table_name(const tflow_table *table, size_t column);

/** The unit of a column, such as "thousand USD" or "fraction"; "" when it has none. */
TFLOW_API const char *tflow_table_unit(const tflow_table *table, size_t column);

/** The type of a column; 0 when there is no such column. */
TFLOW_API tflow_type tflow_table_type(const tflow_table *table, size_t column);

/** The numbers of a TFLOW_FLOAT64 column, borrowed; NULL for any other. */
TFLOW_API const double *tflow_table_float64(const tflow_table *table, size_t column);

/** The numbers of a TFLOW_INT64 column, borrowed; NULL for any other. */
TFLOW_API const int64_t *tflow_table_int64(const tflow_table *table, size_t column);

/** The periods of a TFLOW_PERIOD column, borrowed; NULL for any other. */
TFLOW_API const tflow_period *tflow_table_periods(const tflow_table *table,
                                                  size_t column);

/** The codes of a TFLOW_KEY column, borrowed; -1 is missing; NULL for any other. */
TFLOW_API const int32_t *tflow_table_codes(const tflow_table *table, size_t column);

/** Number of texts in the dictionary of a TFLOW_KEY column; 0 for any other. */
TFLOW_API int32_t tflow_table_labels(const tflow_table *table, size_t column);

/** The text behind a code of a TFLOW_KEY column, borrowed; NULL when there is none. */
TFLOW_API const char *tflow_table_label(const tflow_table *table, size_t column,
                                        int32_t code);

/** The bytes of a TFLOW_OBS_STATUS or TFLOW_BOOL column, borrowed; NULL otherwise. */
TFLOW_API const uint8_t *tflow_table_bytes(const tflow_table *table, size_t column);

/**
 * A fact about the whole table, borrowed: `currency` ("USD"), `unit_multiplier` (power
 * of ten, "3" for thousands), `valuation` ("FOB", "CIF", "FOB/CIF" when exports are FOB
 * and imports CIF, "reconciled FOB"), `layout`, `source`, `recipe` (JSON), `note`.
 *
 * @return the text, or NULL when the table does not say
 */
TFLOW_API const char *tflow_table_attribute(const tflow_table *table, const char *name);

/**
 * The bytes of a file that an operation made in place of text: `convert` into arrow.
 * Borrowed.
 *
 * @param table  the table
 * @param n      how many there are, 0 when there are none; may be NULL
 * @return the bytes, or NULL when there are none
 */
TFLOW_API const unsigned char *tflow_table_document(const tflow_table *table,
                                                    size_t *n);

/** Number of notes: facts about a result that a reader should know. */
TFLOW_API size_t tflow_table_notes(const tflow_table *table);

/** The text of note @p i, borrowed; NULL when there is none. */
TFLOW_API const char *tflow_table_note(const tflow_table *table, size_t i);

/**
 * Start a table.
 *
 * @return TFLOW_OK.
 *         TFLOW_ENOMEM when out of memory; *@p out is then NULL.
 *         TFLOW_EINVAL if @p out is NULL.
 */
TFLOW_API tflow_status tflow_builder_new(tflow_builder **out, tflow_error *error);

/** Give a table up; NULL is fine. */
TFLOW_API void tflow_builder_free(tflow_builder *builder);

/**
 * Add a column; all columns come before the first row.
 *
 * @param builder  the table being built
 * @param name     its name, 1 to 31 bytes, lower-case snake_case, not used yet
 * @param type     what it holds
 * @param unit     its unit; NULL or "" for none
 * @param error    detail of a failure; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL for a name that is not one, is taken, or comes after a row.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_builder_column(tflow_builder *builder, const char *name,
                                            tflow_type type, const char *unit,
                                            tflow_error *error);

/**
 * Set a cell of the row being written. Columns count from 0 in the order added; a cell
 * not set is missing. A mistake (wrong column, wrong type, no memory) is kept and
 * reported by tflow_builder_row.
 */
TFLOW_API void tflow_builder_key(tflow_builder *builder, size_t column,
                                 const char *text);
/** As tflow_builder_key, for text of @p n bytes that need not end with NUL. */
TFLOW_API void tflow_builder_key_n(tflow_builder *builder, size_t column,
                                   const char *text, size_t n);
/** Set a number; NaN is missing, an infinity is refused. */
TFLOW_API void tflow_builder_float64(tflow_builder *builder, size_t column,
                                     double value);
/** Set a whole number. */
TFLOW_API void tflow_builder_int64(tflow_builder *builder, size_t column,
                                   int64_t value);
/** Set a period. */
TFLOW_API void tflow_builder_period(tflow_builder *builder, size_t column,
                                    tflow_period period);
/** Set an observation status: one of A P E I F Q L O M. */
TFLOW_API void tflow_builder_status(tflow_builder *builder, size_t column, char status);
/** Set a truth value. */
TFLOW_API void tflow_builder_bool(tflow_builder *builder, size_t column, int value);

/**
 * End the row.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if a cell of the row was set wrongly.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_builder_row(tflow_builder *builder, tflow_error *error);

/**
 * State a fact about the whole table; see tflow_table_attribute.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if an argument is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_builder_attribute(tflow_builder *builder, const char *name,
                                               const char *value, tflow_error *error);

/**
 * Add a note: a fact about the result that a reader should know.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if an argument is NULL.
 *         TFLOW_ENOMEM when out of memory.
 */
TFLOW_API tflow_status tflow_builder_note(tflow_builder *builder, const char *text,
                                          tflow_error *error);

/**
 * Finish: the table is yours and the builder is empty (free it all the same).
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL.
 *         TFLOW_ENOMEM when out of memory; *@p out is then NULL.
 */
TFLOW_API tflow_status tflow_builder_finish(tflow_builder *builder, tflow_table **out,
                                            tflow_error *error);

#ifdef __cplusplus
}
#endif

#endif
