/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes/codes.h"
#include "codes/tables.h"

#include <string.h>

#define LONGEST_CODE 16
/* How much of an unknown text is worth repeating in a message. */
#define SHOWN 80

static tflow_status fill(int32_t id, tflow_area *out)
{
    const tflow_i_area_row *row = &tflow_i_areas[id];

    out->id = id;
    out->kind = (tflow_area_kind)row->kind;
    out->numeric = row->numeric;
    out->from_year = row->from_year;
    out->to_year = row->to_year;
    out->code = row->code;
    out->alpha2 = row->alpha2;
    out->name = row->name;
    return TFLOW_OK;
}

static void clear(tflow_area *out)
{
    memset(out, 0, sizeof *out);
    out->id = -1;
    out->numeric = -1;
}

/* The area of a text in a sorted table, or -1. */
static int32_t search(const tflow_i_text_row *rows, size_t n, const char *text)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(rows[middle].text, text);
        if (order == 0)
            return rows[middle].area;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* text[0..n) as a NUL-terminated code in capitals; 0 if it is too long or has a byte
 * that no code has. */
static int as_code(const char *text, size_t n, char code[LONGEST_CODE])
{
    if (n == 0 || n >= LONGEST_CODE)
        return 0;
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        if (c <= ' ' || c > '~')
            return 0;
        code[i] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    code[n] = '\0';
    return 1;
}

/* text[0..n) as a number below 10,000; -1 if it is none. */
static int32_t as_number(const char *text, size_t n)
{
    int32_t number = 0;

    if (n == 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9' || number >= 1000)
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

static int32_t search_number(int32_t number)
{
    size_t low = 0, high = tflow_i_area_numbers_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tflow_i_area_numbers[middle].number == number)
            return tflow_i_area_numbers[middle].area;
        if (tflow_i_area_numbers[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* How many letters must change to make one key of the other; more than `most` for sure
 * if they differ by more. Both are shorter than TFLOW_I_NAME_KEY. */
static size_t distance(const char *a, size_t a_n, const char *b, size_t b_n,
                       size_t most)
{
    unsigned char row[TFLOW_I_NAME_KEY];

    if (a_n > b_n + most || b_n > a_n + most)
        return most + 1;
    for (size_t j = 0; j <= b_n; j++)
        row[j] = (unsigned char)j;
    for (size_t i = 1; i <= a_n; i++) {
        unsigned char corner = row[0], smallest;
        row[0] = (unsigned char)i;
        smallest = row[0];
        for (size_t j = 1; j <= b_n; j++) {
            unsigned change = corner + (a[i - 1] != b[j - 1] ? 1U : 0U);
            unsigned skip = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1U;
            corner = row[j];
            row[j] = (unsigned char)(change < skip ? change : skip);
            if (row[j] < smallest)
                smallest = row[j];
        }
        if (smallest > most)
            return most + 1;
    }
    return row[b_n];
}

/* The area whose name is nearest to a key, at most a third of it away; -1 if none. */
static int32_t nearest(const char *key, size_t n)
{
    size_t best = n < 4 ? 0 : n / 3;
    int32_t area = -1;

    if (best > 3)
        best = 3;
    for (size_t i = 0; i < tflow_i_area_names_n && best > 0; i++) {
        const char *name = tflow_i_area_names[i].text;
        size_t d = distance(key, n, name, strlen(name), best);
        if (d <= best) {
            area = tflow_i_area_names[i].area;
            best = d - 1; /* d > 0: the same key would have been found */
        }
    }
    return area;
}

static tflow_status unknown(const char *text, size_t n, const char *key, size_t key_n,
                            tflow_error *error)
{
    int shown = n > SHOWN ? SHOWN : (int)n;
    const char *more = n > SHOWN ? "..." : "";
    int32_t area;

    if (error == NULL)
        return TFLOW_EUNKNOWN;
    if (n == 0)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "empty text where a country or area was expected");
    for (size_t i = 0; i < tflow_i_ambiguous_n; i++)
        if (strcmp(tflow_i_ambiguous[i].text, key) == 0)
            return tflow_i_fail(error, TFLOW_EUNKNOWN,
                                "\"%.*s\" may be any of %s: say which", shown, text,
                                tflow_i_ambiguous[i].codes);
    area = nearest(key, key_n);
    if (area >= 0)
        return tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "\"%.*s%s\" is no known country or area; near it is %s (%s)", shown, text,
            more, tflow_i_areas[area].name, tflow_i_areas[area].code);
    return tflow_i_fail(error, TFLOW_EUNKNOWN, "\"%.*s%s\" is no known country or area",
                        shown, text, more);
}

/* The area of a name; "Belarus, Republic of" is also looked up as Republic of Belarus.
 * The key of the name as it stands goes to key, for the message. */
static int32_t search_name(const char *text, size_t n, char key[TFLOW_I_NAME_KEY],
                           size_t *key_n)
{
    char turned[TFLOW_I_NAME_KEY], first[TFLOW_I_NAME_KEY];
    const char *comma = memchr(text, ',', n);
    size_t before, turned_n, first_n;
    int32_t area = -1;

    *key_n = tflow_i_name_key(text, n, key);
    if (*key_n > 0)
        area = search(tflow_i_area_names, tflow_i_area_names_n, key);
    if (area >= 0 || comma == NULL)
        return area;
    before = (size_t)(comma - text);
    turned_n = tflow_i_name_key(comma + 1, n - before - 1, turned);
    first_n = tflow_i_name_key(text, before, first);
    if (turned_n == 0 || first_n == 0 || first_n >= TFLOW_I_NAME_KEY - turned_n)
        return -1;
    memcpy(turned + turned_n, first, first_n + 1);
    return search(tflow_i_area_names, tflow_i_area_names_n, turned);
}

tflow_status tflow_area_find(const char *text, size_t n, tflow_area *out,
                             tflow_error *error)
{
    char code[LONGEST_CODE], key[TFLOW_I_NAME_KEY] = "";
    int32_t number, area = -1;
    size_t key_n = 0;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no place for the area");
    clear(out);
    if (text == NULL && n > 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "no text for the area");
    while (n > 0 && (unsigned char)text[0] <= ' ') {
        text++;
        n--;
    }
    while (n > 0 && (unsigned char)text[n - 1] <= ' ')
        n--;

    number = as_number(text, n);
    if (number >= 0)
        area = search_number(number);
    else if (as_code(text, n, code))
        area = search(tflow_i_area_codes, tflow_i_area_codes_n, code);
    if (area < 0 && number < 0 && n > 0)
        area = search_name(text, n, key, &key_n);
    if (area < 0)
        return unknown(text, n, key, key_n, error);
    return fill(area, out);
}

tflow_status tflow_area_get(int32_t id, tflow_area *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    clear(out);
    if (id < 0 || (size_t)id >= tflow_i_areas_n)
        return TFLOW_EINVAL;
    return fill(id, out);
}

int32_t tflow_area_count(void)
{
    return (int32_t)tflow_i_areas_n;
}

tflow_status tflow_i_area_schedule_c(const char *code, size_t n, tflow_area *out,
                                     tflow_error *error)
{
    char known[LONGEST_CODE];
    int32_t area = -1;

    clear(out);
    if (as_code(code, n, known))
        area = search(tflow_i_schedule_c, tflow_i_schedule_c_n, known);
    if (area < 0)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "\"%.*s\" is no known Schedule C code of the US Census",
                            n > SHOWN ? SHOWN : (int)n, code);
    return fill(area, out);
}
