/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row a reporter, flow and partner, a column a period. */
#include "io/write_layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sheet {
    tflow_i_groups *lines;
    tflow_period *periods; /* each once, in order */
    size_t n_periods, n_lines;
    size_t *first; /* a row of the table, by line */
    size_t *rows;  /* by line and period: 1 + the row of the table; 0: none */
} sheet;

static int by_time(const void *a, const void *b)
{
    tflow_period x = *(const tflow_period *)a, y = *(const tflow_period *)b;
    int32_t s = tflow_period_start(x), t = tflow_period_start(y);
    if (s != t)
        return s < t ? -1 : 1;
    return x < y ? -1 : x > y;
}

static tflow_status find_periods(sheet *s, const tflow_i_writing *w, tflow_error *error)
{
    size_t n = w->table->rows;
    s->periods = tflow_i_alloc(n > 0 ? n : 1, sizeof *s->periods);
    if (s->periods == NULL)
        return tflow_i_nomem(error);
    if (n > 0)
        memcpy(s->periods, w->period->data, n * sizeof *s->periods);
    qsort(s->periods, n, sizeof *s->periods, by_time);
    for (size_t i = 0; i < n; i++)
        if (s->n_periods == 0 || s->periods[i] != s->periods[s->n_periods - 1])
            s->periods[s->n_periods++] = s->periods[i];
    return TFLOW_OK;
}

static size_t line_of(sheet *s, const tflow_i_writing *w, size_t row)
{
    static const char *const keys[] = {"reporter", "flow", "partner"};
    int32_t key[3];
    for (size_t k = 0; k < 3; k++) {
        const tflow_i_column *c = tflow_i_table_column(w->table, keys[k], TFLOW_KEY);
        key[k] = c == NULL ? -1 : ((const int32_t *)c->data)[row];
    }
    return tflow_i_groups_add(s->lines, key);
}

static int is_left_out(const tflow_i_writing *w, size_t row)
{
    const char *flow = tflow_i_key_text(w->table, "flow", row);
    if (tflow_i_table_column(w->table, "flow", TFLOW_KEY) == NULL)
        return 0;
    return flow == NULL || (strcmp(flow, "X") != 0 && strcmp(flow, "M") != 0);
}

static tflow_status fill(sheet *s, const tflow_i_writing *w, tflow_error *error)
{
    size_t n = w->table->rows;
    s->lines = tflow_i_groups_new(3);
    s->first = tflow_i_calloc(n > 0 ? n : 1, sizeof *s->first);
    if (s->lines == NULL || s->first == NULL)
        return tflow_i_nomem(error);
    for (size_t row = 0; row < n; row++) {
        if (is_left_out(w, row))
            continue;
        size_t line = line_of(s, w, row);
        if (line == SIZE_MAX)
            return tflow_i_nomem(error);
        if (line == s->n_lines)
            s->first[s->n_lines++] = row;
    }
    size_t cells = s->n_periods > 0 && s->n_lines > SIZE_MAX / s->n_periods
                       ? SIZE_MAX
                       : s->n_lines * s->n_periods;
    s->rows = tflow_i_calloc(cells > 0 ? cells : 1, sizeof *s->rows);
    if (s->rows == NULL)
        return tflow_i_nomem(error);
    for (size_t row = 0; row < n; row++) {
        if (is_left_out(w, row))
            continue;
        const tflow_period *at =
            bsearch((const tflow_period *)w->period->data + row, s->periods,
                    s->n_periods, sizeof *s->periods, by_time);
        size_t cell = line_of(s, w, row) * s->n_periods + (size_t)(at - s->periods);
        if (s->rows[cell] != 0) {
            tflow_i_fail(error, TFLOW_EDUPLICATE,
                         "found a second row for a cell: a column a period holds one");
            tflow_i_at(error, tflow_i_table_file(w->table, row),
                       tflow_i_table_line(w->table, row), 0, NULL);
            return TFLOW_EDUPLICATE;
        }
        s->rows[cell] = row + 1;
    }
    return TFLOW_OK;
}

static int has_column(const tflow_i_writing *w, const tflow_i_target_column *c)
{
    size_t at;
    return tflow_table_find(w->table, c->column, &at) == TFLOW_OK;
}

static tflow_status put_sheet(const sheet *s, tflow_i_writing *w, tflow_error *error)
{
    static const tflow_i_target_column value = {"", TFLOW_I_VALUE_OF, "value", NULL};
    char label[TFLOW_PERIOD_SIZE];
    tflow_status status = TFLOW_OK;
    const char *between = "";
    for (size_t i = 0; i < w->target->n; i++)
        if (has_column(w, &w->target->columns[i])) {
            tflow_i_text_format(&w->out, "%s%s", between, w->target->columns[i].header);
            between = ",";
        }
    for (size_t p = 0; p < s->n_periods; p++)
        tflow_i_text_format(&w->out, ",%s", tflow_period_format(s->periods[p], label));
    tflow_i_text_char(&w->out, '\n');
    for (size_t line = 0; line < s->n_lines && status == TFLOW_OK; line++) {
        between = "";
        for (size_t i = 0; i < w->target->n && status == TFLOW_OK; i++)
            if (has_column(w, &w->target->columns[i])) {
                tflow_i_text_add(&w->out, between);
                status = tflow_i_write_field(w, &w->target->columns[i], s->first[line],
                                             0, error);
                between = ",";
            }
        for (size_t p = 0; p < s->n_periods && status == TFLOW_OK; p++) {
            size_t row = s->rows[line * s->n_periods + p];
            tflow_i_text_char(&w->out, ',');
            if (row > 0)
                status = tflow_i_write_field(w, &value, row - 1, 0, error);
        }
        tflow_i_text_char(&w->out, '\n');
    }
    return status;
}

tflow_status tflow_i_write_wide(tflow_i_writing *w, tflow_error *error)
{
    sheet s = {0};
    tflow_status status = find_periods(&s, w, error);
    if (status == TFLOW_OK)
        status = fill(&s, w, error);
    if (status == TFLOW_OK)
        status = put_sheet(&s, w, error);
    tflow_i_groups_free(s.lines);
    tflow_i_free(s.periods);
    tflow_i_free(s.first);
    tflow_i_free(s.rows);
    return status;
}
