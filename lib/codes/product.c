/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes/codes.h"
#include "codes/tables.h"

#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the first word is "total": "TOTAL-Total", "Total EBOPS Services". */
static int starts_total(const char *text, size_t n)
{
    static const char total[] = "total";

    if (n < 5)
        return 0;
    for (size_t i = 0; i < 5; i++)
        if ((text[i] | 32) != total[i])
            return 0;
    return n == 5 || (text[5] | 32) < 'a' || (text[5] | 32) > 'z';
}

/* Codes and labels of all products together that do not say total; "S" is of EBOPS. */
static int is_total_key(const char *key)
{
    static const char *const totals[] = {"ag0", "all", "allcommodities", "allproducts",
                                         "s"};

    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        if (strcmp(key, totals[i]) == 0)
            return 1;
    return 0;
}

/* Digits and points up to the label. "84-85_MachElec" of WITS is no code: what follows
 * the dash goes on with digits. */
static size_t code_length(const char *text, size_t n)
{
    size_t i = 0;

    while (i < n && (is_digit(text[i]) || (text[i] == '.' && i > 0)))
        i++;
    if (i == n || text[i] == ' ')
        return i;
    return text[i] == '-' && i + 1 < n && !is_digit(text[i + 1]) ? i : 0;
}

tflow_i_product tflow_i_product_classify(const char *text, size_t n)
{
    tflow_i_product product = {-1, 0, 0, n};
    char key[TFLOW_I_NAME_KEY];
    size_t length, nines = 0;
    int digits = 0;

    while (n > 0 && text[n - 1] == ' ')
        n--;
    product.n = n;
    length = n > 0 && is_digit(text[0]) ? code_length(text, n) : 0;
    if (length > 0) {
        for (size_t i = 0; i < length; i++) {
            digits += is_digit(text[i]);
            nines += text[i] == '9';
        }
        product.n = length;
        product.level = digits;
        product.special = digits >= 2 && nines == (size_t)digits;
        return product;
    }
    /* A label that does not fit a key is not in the list either. */
    tflow_i_name_key(text, n, key);
    if (starts_total(text, n) || is_total_key(key)) {
        product.level = 0;
        product.is_total = 1;
        if (n > 5 && text[5] == '-')
            product.n = 5;
    }
    return product;
}

int tflow_i_product_under(const char *code, size_t code_n, const char *prefix,
                          size_t prefix_n)
{
    int total = tflow_i_product_classify(code, code_n).is_total;
    size_t i = 0, j = 0;

    if (total || tflow_i_product_classify(prefix, prefix_n).is_total)
        return total && tflow_i_product_classify(prefix, prefix_n).is_total;
    for (;;) {
        while (j < prefix_n && prefix[j] == '.')
            j++;
        if (j == prefix_n)
            return 1;
        while (i < code_n && code[i] == '.')
            i++;
        if (i == code_n || code[i] != prefix[j])
            return 0;
        i++;
        j++;
    }
}
