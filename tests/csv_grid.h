/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small CSV file as rows of text fields, for tests that read reference values. */
#ifndef TFLOW_TEST_CSV_GRID_H
#define TFLOW_TEST_CSV_GRID_H

#include "test.h"

#include <csv.h>

typedef struct grid_row {
    char **field;
    size_t n;
} grid_row;

typedef struct grid {
    grid_row *row; /* row[0] is the header */
    size_t n;
    int open; /* the last row is still being filled */
} grid;

/* realloc that fails the test instead of returning NULL. */
static inline void *grid_grow(void *memory, size_t n, size_t size)
{
    memory = realloc(memory, n * size);
    ck_assert_msg(memory != NULL, "out of memory");
    return memory;
}

static inline void grid_field(void *text, size_t n, void *context)
{
    grid *g = context;

    if (!g->open) {
        g->row = grid_grow(g->row, g->n + 1, sizeof *g->row);
        g->row[g->n++] = (grid_row){NULL, 0};
        g->open = 1;
    }
    grid_row *row = &g->row[g->n - 1];
    row->field = grid_grow(row->field, row->n + 1, sizeof *row->field);
    char *copy = grid_grow(NULL, n + 1, 1);
    memcpy(copy, text, n);
    copy[n] = '\0';
    row->field[row->n++] = copy;
}

static inline void grid_end(int c, void *context)
{
    (void)c;
    ((grid *)context)->open = 0;
}

/* The file below the source tree as a grid; release with grid_free. */
static inline grid grid_read(const char *name)
{
    grid g = {NULL, 0, 0};
    struct csv_parser parser;
    char buffer[4096];
    size_t n;
    FILE *file = fopen(source_path(name), "rb");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(csv_init(&parser, CSV_STRICT | CSV_APPEND_NULL), 0);
    while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
        ck_assert_msg(csv_parse(&parser, buffer, n, grid_field, grid_end, &g) == n,
                      "%s: %s", name, csv_strerror(csv_error(&parser)));
    csv_fini(&parser, grid_field, grid_end, &g);
    csv_free(&parser);
    fclose(file);
    ck_assert_msg(g.n > 1, "%s has no rows", name);
    for (size_t i = 1; i < g.n; i++)
        ck_assert_msg(g.row[i].n == g.row[0].n, "%s, row %zu: %zu fields, expected %zu",
                      name, i + 1, g.row[i].n, g.row[0].n);
    return g;
}

static inline void grid_free(grid *g)
{
    for (size_t i = 0; i < g->n; i++) {
        for (size_t j = 0; j < g->row[i].n; j++)
            free(g->row[i].field[j]);
        free(g->row[i].field);
    }
    free(g->row);
}

/* A field that must be a number. */
static inline double grid_number(const char *text)
{
    char *end;
    double value = strtod(text, &end);

    ck_assert_msg(*text != '\0' && *end == '\0', "'%s' is not a number", text);
    return value;
}

#endif
