/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of area codes, such as the one that comes with BACI: what the numbers of a
 * data file mean in its own edition. */
#ifndef TFLOW_IO_AREA_CODES_H
#define TFLOW_IO_AREA_CODES_H

#include "core/core.h"

typedef struct tflow_i_area_codes tflow_i_area_codes;

/* Read a CSV file with a column of codes (country_code) and one of ISO 3166 alpha-3
 * codes (country_iso3 or iso_3digit_alpha), perhaps one of names (country_name...). */
tflow_status tflow_i_area_codes_read(const char *path, tflow_i_area_codes **out,
                                     tflow_error *error);
void tflow_i_area_codes_free(tflow_i_area_codes *codes);
/* The area that a code stands for: a canonical code where the area is known, else what
 * the file says; NULL when it does not say. Leading zeros do not count. */
const char *tflow_i_area_codes_find(const tflow_i_area_codes *codes, const char *text);

#endif
