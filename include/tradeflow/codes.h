/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file codes.h
 * Countries and the other areas that trade statistics know, and groups of countries.
 */
#ifndef TRADEFLOW_CODES_H
#define TRADEFLOW_CODES_H

#include "tradeflow/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * What an area is, and so how it may be added up. Members are disjoint parts of the
 * world; special areas belong to it too and stay in denominators; a world or an
 * aggregate contains members and is never added to them.
 */
typedef enum tflow_area_kind {
    TFLOW_AREA_MEMBER = 1,   /**< a country or territory, of today or of the past */
    TFLOW_AREA_SPECIAL = 2,  /**< not elsewhere specified, bunkers, free zones */
    TFLOW_AREA_WORLD = 3,    /**< the World */
    TFLOW_AREA_AGGREGATE = 4 /**< overlaps with members: a union, a region */
} tflow_area_kind;

/** An area. The texts are constants of the library and live as long as it does. */
typedef struct tflow_area {
    int32_t id;           /**< from 0, by code; of this version only: store the code */
    tflow_area_kind kind; /**< what it is */
    int32_t numeric;      /**< M49 or UN Comtrade number; -1 if it has none */
    int32_t from_year;    /**< first year of a former area; 0 if not known */
    int32_t to_year;      /**< last year of a former area; 0 if it still exists */
    const char *code;   /**< ISO 3166-1 alpha-3 where it exists: "BLR", "WLD", "S19" */
    const char *alpha2; /**< ISO 3166-1 alpha-2, "" if it has none */
    const char *name;   /**< English name */
} tflow_area;

/**
 * The area that a text means: a code or a name as sources write them.
 *
 * Codes: ISO alpha-3 and alpha-2 in any case, M49 and UN Comtrade numbers with or
 * without leading zeros ("0" is the World), UN Comtrade, WITS and Eurostat codes of
 * special areas and aggregates ("W00", "_X ", "EL", "EU27_2020"). Names: English, in
 * the spellings of UN Comtrade, WITS, the IMF, Eurostat, BACI and the US Census,
 * without regard to case, accents, punctuation and blanks; "(incl. ...)" is left out of
 * account. Not accepted: names that mean more than one area ("Korea").
 *
 * A number follows ISO where UN Comtrade differs: 492 is Monaco. Where a country
 * changed its territory and UN Comtrade has a number for each, the former area is an
 * area of its own: 280 and "Fed. Rep. of Germany (...1990)" are "DEU_1990".
 *
 * @param text   the text, UTF-8; bytes that are not UTF-8 are taken for Latin-1
 * @param n      its length in bytes
 * @param out    the area
 * @param error  the text and, if one is near, the name that was meant; may be NULL
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if no area has that code or name, or more than one.
 *         TFLOW_EINVAL if @p out is NULL, or @p text is NULL with @p n above 0.
 */
TFLOW_API tflow_status tflow_area_find(const char *text, size_t n, tflow_area *out,
                                       tflow_error *error);

/**
 * The area with a number from 0 to tflow_area_count() - 1, in the order of codes.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL or there is no such area.
 */
TFLOW_API tflow_status tflow_area_get(int32_t id, tflow_area *out);

/** How many areas are known. */
TFLOW_API int32_t tflow_area_count(void);

/** A group of countries whose members are known. */
typedef struct tflow_group {
    int32_t id;       /**< from 0; of this version only: store the code */
    int32_t area;     /**< the aggregate of the same code */
    const char *code; /**< such as "EU27_2020" */
    const char *name; /**< English name */
    size_t n;         /**< number of members, former ones included */
} tflow_group;

/** A member of a group. Dates are numbers such as 20040501. */
typedef struct tflow_group_member {
    int32_t area; /**< the member */
    int32_t from; /**< first day of membership; 0 if not dated */
    int32_t to;   /**< last day of membership; 0 while it lasts */
} tflow_group_member;

/**
 * The group that a text means: its code or a name of the aggregate.
 *
 * @return TFLOW_OK.
 *         TFLOW_EUNKNOWN if the text is not known, or is not a group with known
 * members. TFLOW_EINVAL if @p out is NULL, or @p text is NULL with @p n above 0.
 */
TFLOW_API tflow_status tflow_group_find(const char *text, size_t n, tflow_group *out,
                                        tflow_error *error);

/**
 * The group with a number from 0 to tflow_group_count() - 1.
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out is NULL or there is no such group.
 */
TFLOW_API tflow_status tflow_group_get(int32_t id, tflow_group *out);

/** How many groups are known. */
TFLOW_API int32_t tflow_group_count(void);

/**
 * The members of a group, in the order of codes, former ones included.
 *
 * @param id   number of the group
 * @param out  the members: a constant array of the library
 * @param n    how many they are
 *
 * @return TFLOW_OK.
 *         TFLOW_EINVAL if @p out or @p n is NULL or there is no such group.
 */
TFLOW_API tflow_status tflow_group_members(int32_t id, const tflow_group_member **out,
                                           size_t *n);

/**
 * Whether an area belongs to a group.
 *
 * @param id    number of the group
 * @param area  number of the area
 * @param date  a day such as 20200131; 0 asks for the fixed composition, which is that
 *              of today, whatever year the data are of
 *
 * @return 1 if it does, 0 if it does not or there is no such group
 */
TFLOW_API int tflow_group_includes(int32_t id, int32_t area, int32_t date);

#ifdef __cplusplus
}
#endif

#endif
