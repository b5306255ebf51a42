/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/segments.h"

#include <string.h>

/* Room for the columns that the file has. */
static int open_columns(tflow_i_segment *s, const tflow_i_extractor *x, size_t n)
{
    const size_t fields[3] = {x->value, x->quantity, x->weight};
    int ok =
        tflow_i_reserve(&s->periods, &s->periods_capacity, n, sizeof *s->periods) &&
        tflow_i_reserve(&s->lines_of, &s->lines_capacity, n, sizeof *s->lines_of);
    for (int k = 0; k < TFLOW_I_KEYS && ok; k++)
        if (x->texts[k] != NULL)
            ok = tflow_i_reserve(&s->keys[k], &s->keys_capacity[k], n,
                                 sizeof *s->keys[k]);
    for (int i = 0; i < 3 && ok; i++)
        if (fields[i] != TFLOW_I_NO_FIELD)
            ok = tflow_i_reserve(&s->numbers[i], &s->numbers_capacity[i], n,
                                 sizeof *s->numbers[i]) &&
                 tflow_i_reserve(&s->statuses[i], &s->statuses_capacity[i], n,
                                 sizeof *s->statuses[i]);
    return ok;
}

static void put(tflow_i_segment *s, const tflow_i_observed *o, uint32_t line)
{
    size_t row = s->rows++;
    const double numbers[3] = {o->value, o->quantity, o->weight};
    const char statuses[3] = {o->status, o->quantity_status, o->weight_status};

    for (int k = 0; k < TFLOW_I_KEYS; k++)
        if (s->keys[k] != NULL)
            s->keys[k][row] = o->keys[k];
    for (int i = 0; i < 3; i++)
        if (s->numbers[i] != NULL) {
            s->numbers[i][row] = numbers[i];
            s->statuses[i][row] = statuses[i];
        }
    s->periods[row] = o->period;
    s->lines_of[row] = line;
    s->services += (uint64_t)(o->service != 0);
}

static int leave(tflow_i_segment *s, size_t at, size_t n, uint64_t line)
{
    if (!tflow_i_reserve(&s->left, &s->left_capacity, s->n_left + 1, sizeof *s->left))
        return 0;
    tflow_i_left left = {s->rows, s->at + at, n, line};
    s->left[s->n_left++] = left;
    return 1;
}

/* Where a row goes that was understood. */
static int take(tflow_i_segment *s, const tflow_i_extractor *x,
                tflow_i_reducer *reducer, uint64_t number, const tflow_i_observed *o,
                uint32_t line)
{
    if (reducer == NULL) {
        put(s, o, line);
        return 1;
    }
    s->rows++;
    s->services += (uint64_t)(o->service != 0);
    s->tallied = tflow_i_reducer_add(reducer, x, o, number, line);
    s->line = line;
    return s->tallied != TFLOW_I_TALLY_NO_MEMORY;
}

static int read_rows(tflow_i_segment *s, tflow_i_extractor *x, tflow_i_reducer *reducer,
                     uint64_t number)
{
    const tflow_i_rows *rows = &x->rows;
    size_t inner = 0, escape = 0, begins = 0;
    tflow_i_observed o;

    tflow_i_observed_init(x, &o);
    for (size_t r = 0; r < rows->n; r++) {
        size_t ends = (size_t)rows->ends[rows->last[r]] + 1;
        size_t line = r + inner, escapes = escape;
        while (inner < rows->n_inner && rows->inner[inner] < ends)
            inner++;
        while (escape < rows->n_escapes && rows->escapes[escape] < ends)
            escape++;
        if (tflow_i_extract(x, r, escape > escapes, &o)) {
            if (!take(s, x, reducer, number, &o, (uint32_t)line))
                return 0;
            if (s->tallied != TFLOW_I_TALLIED)
                return 1; /* the reading ends here */
        } else if (x->failed || (!tflow_i_rows_blank(rows, r) &&
                                 !leave(s, begins, ends - begins, line)))
            return 0;
        begins = ends;
    }
    s->lines = rows->n + inner;
    return 1;
}

void tflow_i_segment_read(tflow_i_segment *s, tflow_i_extractor *x,
                          tflow_i_reducer *reducer, uint64_t number, const char *bytes)
{
    s->rows = s->n_left = 0;
    s->services = 0;
    s->tallied = TFLOW_I_TALLIED;
    /* Only a row of great length makes a segment longer than the longest field that is
     * taken: libcsv looks at its fields. */
    s->taken = s->n > TFLOW_I_FIELD_MAX
                   ? TFLOW_I_REFUSED
                   : tflow_i_rows_take(&x->rows, bytes + s->at, s->n);
    s->failed = s->taken == TFLOW_I_NO_MEMORY;
    if (s->taken == TFLOW_I_TAKEN)
        s->failed = (reducer == NULL && !open_columns(s, x, x->rows.n)) ||
                    !read_rows(s, x, reducer, number);
    for (int k = 0; k < TFLOW_I_KEYS; k++)
        s->texts[k] = x->texts[k] == NULL ? 0 : tflow_i_dict_count(x->texts[k]);
    s->classes = tflow_i_dict_count(x->classes);
}

void tflow_i_segment_free(tflow_i_segment *s)
{
    for (int k = 0; k < TFLOW_I_KEYS; k++)
        tflow_i_free(s->keys[k]);
    for (int i = 0; i < 3; i++) {
        tflow_i_free(s->numbers[i]);
        tflow_i_free(s->statuses[i]);
    }
    tflow_i_free(s->periods);
    tflow_i_free(s->lines_of);
    tflow_i_free(s->left);
    memset(s, 0, sizeof *s);
}
