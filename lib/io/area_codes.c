/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/area_codes.h"
#include "io/csv.h"
#include "tradeflow/codes.h"

#include <string.h>

#define NO_FIELD SIZE_MAX

struct tflow_i_area_codes {
    const char *path;
    tflow_i_dict *codes;
    char **areas; /* by code */
    size_t capacity;
    size_t code, iso3, name; /* fields; NO_FIELD for none */
    int started;
};

void tflow_i_area_codes_free(tflow_i_area_codes *codes)
{
    if (codes == NULL)
        return;
    for (int32_t i = 0; codes->codes != NULL && i < tflow_i_dict_count(codes->codes);
         i++)
        if ((size_t)i < codes->capacity)
            tflow_i_free(codes->areas[i]);
    tflow_i_free(codes->areas);
    tflow_i_dict_free(codes->codes);
    tflow_i_free(codes);
}

static const char *without_zeros(const char *text)
{
    while (text[0] == '0' && text[1] != '\0')
        text++;
    return text;
}

const char *tflow_i_area_codes_find(const tflow_i_area_codes *codes, const char *text)
{
    text = without_zeros(text);
    int32_t code = tflow_i_dict_find(codes->codes, text, strlen(text));
    return code < 0 ? NULL : codes->areas[code];
}

static size_t field_of(const tflow_i_row *header, const char *const *names)
{
    for (; *names != NULL; names++)
        for (size_t i = 0; i < header->n; i++)
            if (strcmp(header->fields[i].text, *names) == 0)
                return i;
    return NO_FIELD;
}

static tflow_status take_header(tflow_i_area_codes *codes, const tflow_i_row *row,
                                tflow_error *error)
{
    static const char *const code[] = {"country_code", "code", "i", NULL};
    static const char *const iso3[] = {"country_iso3", "iso_3digit_alpha", "iso3",
                                       "alpha3", NULL};
    static const char *const name[] = {"country_name", "country_name_full", "name",
                                       NULL};

    codes->started = 1;
    codes->code = field_of(row, code);
    codes->iso3 = field_of(row, iso3);
    codes->name = field_of(row, name);
    if (codes->code != NO_FIELD && (codes->iso3 != NO_FIELD || codes->name != NO_FIELD))
        return TFLOW_OK;
    tflow_i_fail(error, TFLOW_EPARSE,
                 "found no columns country_code and country_iso3, expected a file of "
                 "area codes");
    tflow_i_at(error, codes->path, row->line, 0, NULL);
    return TFLOW_EPARSE;
}

static const char *text_at(const tflow_i_row *row, size_t field)
{
    return field == NO_FIELD || field >= row->n ? "" : row->fields[field].text;
}

/* By alpha-3, else by name, else as the file writes it. */
static const char *canonical(const tflow_i_area_codes *codes, const tflow_i_row *row,
                             tflow_area *area)
{
    const char *iso3 = text_at(row, codes->iso3), *name = text_at(row, codes->name);

    if (iso3[0] != '\0' && tflow_area_find(iso3, strlen(iso3), area, NULL) == TFLOW_OK)
        return area->code;
    if (name[0] != '\0' && tflow_area_find(name, strlen(name), area, NULL) == TFLOW_OK)
        return area->code;
    return iso3[0] != '\0' ? iso3 : name;
}

static tflow_status take_row(void *context, const tflow_i_row *row, tflow_error *error)
{
    tflow_i_area_codes *codes = context;
    tflow_area area;

    if (!codes->started)
        return take_header(codes, row, error);
    const char *code = without_zeros(text_at(row, codes->code));
    const char *meaning = canonical(codes, row, &area);
    if (code[0] == '\0' || meaning[0] == '\0')
        return TFLOW_OK;
    int32_t before = tflow_i_dict_count(codes->codes);
    if (!tflow_i_reserve(&codes->areas, &codes->capacity, (size_t)before + 1,
                         sizeof *codes->areas))
        return tflow_i_nomem(error);
    char *copy = tflow_i_strdup(meaning);
    int32_t at = copy == NULL ? -1 : tflow_i_dict_add(codes->codes, code, strlen(code));
    if (at < 0) {
        tflow_i_free(copy);
        return tflow_i_nomem(error);
    }
    if (at < before) { /* said twice: the last word counts */
        tflow_i_free(codes->areas[at]);
    }
    codes->areas[at] = copy;
    return TFLOW_OK;
}

tflow_status tflow_i_area_codes_read(const char *path, tflow_i_area_codes **out,
                                     tflow_error *error)
{
    *out = NULL;
    tflow_i_area_codes *codes = tflow_i_calloc(1, sizeof *codes);
    if (codes == NULL)
        return tflow_i_nomem(error);
    codes->path = path;
    codes->codes = tflow_i_dict_new();
    tflow_status status = codes->codes == NULL
                              ? tflow_i_nomem(error)
                              : tflow_i_csv_read(path, take_row, codes, error);
    if (status == TFLOW_OK && tflow_i_dict_count(codes->codes) == 0) {
        status = tflow_i_fail(error, TFLOW_EPARSE, "found no area codes");
        tflow_i_at(error, path, 0, 0, NULL);
    }
    if (status != TFLOW_OK) {
        tflow_i_area_codes_free(codes);
        return status;
    }
    codes->path = NULL;
    *out = codes;
    return TFLOW_OK;
}
