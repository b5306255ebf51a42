/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <stdlib.h>
#include <string.h>

void *tflow_i_alloc(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    size_t bytes = n * size;
    return malloc(bytes == 0 ? 1 : bytes);
}

void *tflow_i_calloc(size_t n, size_t size)
{
    if (n == 0 || size == 0)
        return calloc(1, 1);
    return calloc(n, size);
}

int tflow_i_reserve(void *data, size_t *capacity, size_t n, size_t size)
{
    if (n <= *capacity)
        return 1;
    size_t grown = *capacity < 16 ? 16 : *capacity + *capacity / 2;
    if (grown < n)
        grown = n;
    if (grown > SIZE_MAX / size)
        return 0;

    void *old;
    memcpy(&old, data, sizeof old); /* data points to a T *, whatever T is */
    void *moved = realloc(old, grown * size);
    if (moved == NULL)
        return 0;
    memcpy(data, &moved, sizeof moved);
    *capacity = grown;
    /* cppcheck-suppress memleak ; it was stored through data */
    return 1;
}

char *tflow_i_strndup(const char *text, size_t n)
{
    char *copy = tflow_i_alloc(n + 1, 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, n);
    copy[n] = '\0';
    return copy;
}

char *tflow_i_strdup(const char *text)
{
    return tflow_i_strndup(text, strlen(text));
}

void tflow_i_free(void *memory)
{
    free(memory);
}

void tflow_text_free(char *text)
{
    free(text);
}

int tflow_i_sort(size_t *order, size_t n, tflow_i_compare *compare, const void *context)
{
    size_t *spare = tflow_i_alloc(n, sizeof *spare);
    if (spare == NULL)
        return 0;

    size_t *from = order, *to = spare;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t mid = low + width < n ? low + width : n;
            size_t high = low + 2 * width < n ? low + 2 * width : n;
            size_t a = low, b = mid;
            for (size_t k = low; k < high; k++) {
                int left =
                    a < mid && (b >= high || compare(from[a], from[b], context) <= 0);
                to[k] = left ? from[a++] : from[b++];
            }
        }
        size_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != order)
        memcpy(order, from, n * sizeof *order);
    tflow_i_free(spare);
    return 1;
}
