/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that tools/codes.awk makes of data/codes, and the key they are found by.
 */
#ifndef TFLOW_CODES_TABLES_H
#define TFLOW_CODES_TABLES_H

#include "tradeflow/codes.h"

typedef struct tflow_i_area_row {
    const char *code;
    const char *alpha2;
    const char *name;
    int16_t numeric;
    int16_t from_year;
    int16_t to_year;
    uint8_t kind;
} tflow_i_area_row;

/* A text and the area it means, or for an ambiguous text all codes it may mean. */
typedef struct tflow_i_text_row {
    const char *text;
    int16_t area;
} tflow_i_text_row;

typedef struct tflow_i_number_row {
    int16_t number;
    int16_t area;
} tflow_i_number_row;

typedef struct tflow_i_ambiguous_row {
    const char *text;
    const char *codes;
} tflow_i_ambiguous_row;

typedef struct tflow_i_group_row {
    int16_t area;
    int16_t first;
    int16_t n;
} tflow_i_group_row;

/* Sorted: areas and codes by code, names and ambiguous by key, numbers by number. */
extern const tflow_i_area_row tflow_i_areas[];
extern const tflow_i_text_row tflow_i_area_codes[];
extern const tflow_i_text_row tflow_i_area_names[];
extern const tflow_i_number_row tflow_i_area_numbers[];
extern const tflow_i_text_row tflow_i_schedule_c[];
extern const tflow_i_ambiguous_row tflow_i_ambiguous[];
extern const tflow_i_group_row tflow_i_groups_table[];
extern const tflow_group_member tflow_i_group_members[];
extern const size_t tflow_i_areas_n;
extern const size_t tflow_i_area_codes_n;
extern const size_t tflow_i_area_names_n;
extern const size_t tflow_i_area_numbers_n;
extern const size_t tflow_i_schedule_c_n;
extern const size_t tflow_i_ambiguous_n;
extern const size_t tflow_i_groups_table_n;

/* ASCII spelling of the letters U+00C0 to U+017F; "" for the signs among them. */
extern const char tflow_i_latin[192][3];

/* The key that a name is found by: small letters and digits, nothing else; accents off,
 * "&" as "and", "St" as "saint", "(incl. ...)" left out. Letters of other scripts stay
 * as they are, so that they match nothing. Returns the length; 0 if it does not fit. */
#define TFLOW_I_NAME_KEY 160
size_t tflow_i_name_key(const char *text, size_t n, char key[TFLOW_I_NAME_KEY]);

#endif
