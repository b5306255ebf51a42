/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/profiles_ops.h"

#include <math.h>
#include <string.h>

#define KEY_SIZE 10

/* ---- what is numbered alike ---- */

tflow_status tflow_i_space_open(tflow_i_space *space, tflow_error *error)
{
    memset(space, 0, sizeof *space);
    space->texts = tflow_i_dict_new();
    space->lines = tflow_i_dict_new();
    if (space->texts != NULL && space->lines != NULL)
        return TFLOW_OK;
    tflow_i_space_close(space);
    return tflow_i_nomem(error);
}

void tflow_i_space_close(tflow_i_space *space)
{
    tflow_i_dict_free(space->texts);
    tflow_i_dict_free(space->lines);
    tflow_i_groups_free(space->frames);
    memset(space, 0, sizeof *space);
}

size_t tflow_i_space_lines(const tflow_i_space *space)
{
    return (size_t)tflow_i_dict_count(space->lines);
}

/* ---- keys ---- */

static int is(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

size_t tflow_i_profile_keys(const tflow_i_selection *selection, const char *who,
                            const char *of, const char *without, const char *by[8])
{
    size_t n = 0;
    for (size_t i = 0; i < selection->n_by && n < 6; i++)
        if (!is(selection->by[i], "reporter") && !is(selection->by[i], who) &&
            !is(selection->by[i], of) && !is(selection->by[i], without))
            by[n++] = selection->by[i];
    if (who != NULL)
        by[n++] = who;
    by[n++] = of;
    return n;
}

/* The other keys are those of the first aggregate. */
static int name_others(tflow_i_space *space, const tflow_i_profiles *p,
                       const char *without)
{
    if (space->frames != NULL)
        return 1;
    for (size_t k = 0; k < p->cells.n_by; k++)
        if (k != p->who && k != p->of && !is(p->cells.by[k], without))
            memcpy(space->other[space->n_other++], p->cells.by[k], TFLOW_I_NAME_SIZE);
    space->frames = tflow_i_groups_new(space->n_other + 1);
    return space->frames != NULL;
}

static int32_t number_of(tflow_i_dict *dict, const tflow_i_cells *cells, size_t series,
                         size_t k)
{
    const char *text = tflow_i_cells_key(cells, series, k);
    return tflow_i_dict_add(dict, text, strlen(text));
}

/* ---- from cells to rows: number them, count, place ---- */

typedef struct builder {
    tflow_i_groups *groups; /* frame, who */
    size_t *row_of;         /* per cell */
    size_t capacity;        /* of rows */
} builder;

/* The other keys and the name of a series, as numbers. Returns 0 when out of memory. */
static int key_of(tflow_i_space *space, const tflow_i_profiles *p, size_t series,
                  int32_t *frame, int32_t *who)
{
    *who = p->who == SIZE_MAX ? -1 : number_of(space->texts, &p->cells, series, p->who);
    if (p->who != SIZE_MAX && *who < 0)
        return 0;
    for (size_t j = 0; j < space->n_other; j++) {
        frame[j] = -1;
        for (size_t k = 0; k < p->cells.n_by; k++)
            if (strcmp(p->cells.by[k], space->other[j]) == 0) {
                frame[j] = number_of(space->texts, &p->cells, series, k);
                if (frame[j] < 0)
                    return 0;
            }
    }
    return 1;
}

static int add_row(tflow_i_profiles *p, builder *b, size_t series, size_t frame,
                   int32_t who, size_t cell)
{
    int32_t key[2] = {(int32_t)frame, who};
    size_t row = tflow_i_groups_add(b->groups, key);
    if (row == SIZE_MAX ||
        !tflow_i_reserve(&p->rows, &b->capacity, row + 1, sizeof *p->rows))
        return 0;
    if (row == p->n) {
        p->rows[p->n++] = (tflow_i_profile){.frame = frame,
                                            .who = who,
                                            .period = p->cells.cells[cell].period,
                                            .series = series};
    }
    p->rows[row].n++;
    b->row_of[cell] = row;
    return 1;
}

static int number_cells(tflow_i_space *space, tflow_i_profiles *p, builder *b)
{
    int32_t key[KEY_SIZE], who;
    for (size_t s = 0; s < p->cells.n_series; s++) {
        int32_t line = number_of(space->lines, &p->cells, s, p->of);
        if (line < 0 || !key_of(space, p, s, key, &who))
            return 0;
        for (size_t i = p->cells.series[s]; i < p->cells.series[s + 1]; i++) {
            key[space->n_other] = p->cells.cells[i].period;
            size_t frame = tflow_i_groups_add(space->frames, key);
            if (frame == SIZE_MAX || !add_row(p, b, s, frame, who, i))
                return 0;
            p->line[i] = line;
        }
    }
    return 1;
}

typedef struct order_of {
    const tflow_i_space *space;
    const tflow_i_profiles *profiles;
} order_of;

static int by_text(const tflow_i_dict *texts, int32_t a, int32_t b)
{
    if (a == b)
        return 0;
    const char *x = tflow_i_dict_text(texts, a), *y = tflow_i_dict_text(texts, b);
    return strcmp(x == NULL ? "" : x, y == NULL ? "" : y);
}

static int compare_rows(size_t a, size_t b, const void *context)
{
    const order_of *o = context;
    const tflow_i_profile *x = &o->profiles->rows[a], *y = &o->profiles->rows[b];
    if (x->frame != y->frame) {
        const int32_t *p = tflow_i_groups_key(o->space->frames, x->frame);
        const int32_t *q = tflow_i_groups_key(o->space->frames, y->frame);
        for (size_t k = 0; k < o->space->n_other; k++) {
            int order = by_text(o->space->texts, p[k], q[k]);
            if (order != 0)
                return order;
        }
        return p[o->space->n_other] < q[o->space->n_other] ? -1 : 1;
    }
    return by_text(o->space->texts, x->who, y->who);
}

/* Put the cells of each row together, and the rows in order. */
static int place(const tflow_i_space *space, tflow_i_profiles *p, builder *b)
{
    size_t n = p->cells.n, next = 0;
    size_t *order = tflow_i_alloc(p->n, sizeof *order);
    tflow_i_profile *sorted = tflow_i_alloc(p->n, sizeof *sorted);
    int32_t *line = tflow_i_alloc(n, sizeof *line);
    order_of context = {space, p};
    int ok = order != NULL && sorted != NULL && line != NULL;
    for (size_t r = 0; ok && r < p->n; r++) {
        order[r] = r;
        p->rows[r].first = next;
        next += p->rows[r].n;
        p->rows[r].n = 0;
    }
    for (size_t i = 0; ok && i < n; i++) {
        tflow_i_profile *row = &p->rows[b->row_of[i]];
        p->entry[row->first + row->n] = i;
        line[row->first + row->n++] = p->line[i];
    }
    ok = ok && tflow_i_sort(order, p->n, compare_rows, &context);
    for (size_t r = 0; ok && r < p->n; r++)
        sorted[r] = p->rows[order[r]];
    tflow_i_free(order);
    if (!ok) {
        tflow_i_free(sorted);
        tflow_i_free(line);
        return 0;
    }
    tflow_i_free(p->rows);
    tflow_i_free(p->line);
    p->rows = sorted;
    p->line = line;
    return 1;
}

static int find_starts(const tflow_i_space *space, tflow_i_profiles *p,
                       tflow_missing missing)
{
    p->n_frames = tflow_i_groups_count(space->frames);
    p->starts = tflow_i_alloc(p->n_frames, sizeof *p->starts);
    if (p->starts == NULL)
        return 0;
    for (size_t f = 0; f < p->n_frames; f++)
        p->starts[f] = SIZE_MAX;
    for (size_t r = p->n; r-- > 0;) {
        tflow_i_profile *row = &p->rows[r];
        tflow_i_adder sum = {.cell = {.period = row->period}};
        for (size_t i = row->first; i < row->first + row->n; i++)
            tflow_i_adder_add(&sum, &p->cells.cells[p->entry[i]]);
        row->total = tflow_i_adder_cell(&sum, missing);
        p->starts[row->frame] = r;
    }
    return 1;
}

static int compare_names(size_t a, size_t b, const void *context)
{
    return by_text(context, (int32_t)a, (int32_t)b);
}

static size_t key_named(const tflow_i_cells *cells, const char *name)
{
    for (size_t k = 0; k < cells->n_by; k++)
        if (is(cells->by[k], name))
            return k;
    return SIZE_MAX;
}

tflow_status tflow_i_profiles_open(const tflow_table *table,
                                   const tflow_i_selection *selection, const char *who,
                                   const char *of, const char *without,
                                   tflow_i_space *space, tflow_i_profiles *p,
                                   tflow_error *error)
{
    builder b = {0};
    memset(p, 0, sizeof *p);
    if (selection->n_by > 7) /* flow makes eight */
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "by",
                                "found more than 7 keys, with those of the structure");
    tflow_status status = tflow_i_aggregate(table, selection, &p->cells, error);
    if (status != TFLOW_OK)
        return status;
    p->who = key_named(&p->cells, who);
    p->of = key_named(&p->cells, of);
    b.groups = tflow_i_groups_new(2);
    b.row_of = tflow_i_alloc(p->cells.n, sizeof *b.row_of);
    p->entry = tflow_i_alloc(p->cells.n, sizeof *p->entry);
    p->line = tflow_i_alloc(p->cells.n, sizeof *p->line);
    int ok = b.groups != NULL && b.row_of != NULL && p->entry != NULL &&
             p->line != NULL && name_others(space, p, without) &&
             number_cells(space, p, &b) && place(space, p, &b) &&
             find_starts(space, p, selection->missing);
    tflow_i_groups_free(b.groups);
    tflow_i_free(b.row_of);
    if (ok)
        return TFLOW_OK;
    tflow_i_profiles_close(p);
    return tflow_i_nomem(error);
}

void tflow_i_profiles_close(tflow_i_profiles *p)
{
    tflow_i_cells_free(&p->cells);
    tflow_i_free(p->rows);
    tflow_i_free(p->entry);
    tflow_i_free(p->line);
    tflow_i_free(p->starts);
    memset(p, 0, sizeof *p);
}

tflow_status tflow_i_profiles_resolve(const tflow_i_args *args,
                                      const tflow_i_profiles *p, tflow_error *error)
{
    tflow_i_text by = {0};
    for (size_t k = 0; k < p->cells.n_by; k++) {
        tflow_i_text_add(&by, k > 0 ? "," : "");
        tflow_i_text_add(&by, p->cells.by[k]);
    }
    char *text = tflow_i_text_take(&by);
    if (text == NULL)
        return tflow_i_nomem(error);
    tflow_status status = tflow_i_resolve(args, "by", text);
    tflow_text_free(text);
    if (status == TFLOW_OK && p->cells.total != TFLOW_I_TOTAL_AUTO)
        status = tflow_i_resolve(args, "total",
                                 p->cells.total == TFLOW_I_TOTAL_WORLD ? "world"
                                                                       : "partners");
    return status == TFLOW_OK ? TFLOW_OK : tflow_i_nomem(error);
}

/* Names in their order as text, each once. */
static int list_names(const tflow_i_space *space, const uint8_t *in, tflow_i_text *list)
{
    size_t n = (size_t)tflow_i_dict_count(space->texts), found = 0;
    size_t *order = tflow_i_alloc(n, sizeof *order);
    int commas = 0;
    for (size_t i = 0; order != NULL && i < n; i++)
        if (in[i])
            order[found++] = i;
    int ok = order != NULL && tflow_i_sort(order, found, compare_names, space->texts);
    for (size_t i = 0; ok && i < found; i++) {
        const char *name = tflow_i_dict_text(space->texts, (int32_t)order[i]);
        commas |= strchr(name, ',') != NULL; /* not to be had in a list */
        tflow_i_text_add(list, i > 0 ? "," : "");
        tflow_i_text_add(list, name);
    }
    tflow_i_free(order);
    if (ok && (commas || found == 0))
        tflow_i_text_clear(list);
    return ok;
}

tflow_status tflow_i_profiles_universe(const tflow_i_args *args,
                                       const tflow_i_space *space,
                                       const tflow_i_profiles *p, const uint8_t *in,
                                       tflow_error *error)
{
    tflow_i_text list = {0};
    uint8_t *names = tflow_i_calloc((size_t)tflow_i_dict_count(space->texts), 1);
    int ok = names != NULL;
    for (size_t r = 0; ok && r < p->n; r++)
        if (p->rows[r].who >= 0 && (in == NULL || in[p->rows[r].who]))
            names[p->rows[r].who] = 1;
    ok = ok && list_names(space, names, &list);
    tflow_i_free(names);
    if (ok && list.length > 0)
        ok = tflow_i_resolve(args, "universe", list.data) == TFLOW_OK;
    ok = ok && !list.failed;
    tflow_i_text_clear(&list);
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}

/* ---- looking at rows ---- */

size_t tflow_i_profiles_frame(const tflow_i_profiles *p, size_t frame, size_t *first)
{
    size_t n = 0;
    *first = frame < p->n_frames ? p->starts[frame] : SIZE_MAX;
    if (*first == SIZE_MAX)
        return 0;
    while (*first + n < p->n && p->rows[*first + n].frame == frame)
        n++;
    return n;
}

const tflow_i_profile *tflow_i_profiles_find(const tflow_i_profiles *p, size_t frame,
                                             int32_t who)
{
    size_t first, n = tflow_i_profiles_frame(p, frame, &first);
    for (size_t r = 0; r < n; r++)
        if (p->rows[first + r].who == who)
            return &p->rows[first + r];
    return NULL;
}

void tflow_i_profile_values(const tflow_i_profiles *p, const tflow_i_profile *row,
                            double *values, size_t n_lines)
{
    for (size_t k = 0; k < n_lines; k++)
        values[k] = 0;
    for (size_t i = row->first; i < row->first + row->n; i++) {
        const tflow_i_cell *cell = &p->cells.cells[p->entry[i]];
        int nothing = isnan(cell->value) && cell->n_missing == 0; /* cannot exist */
        values[p->line[i]] = nothing ? 0 : cell->value;
    }
}

const char *tflow_i_profile_name(const tflow_i_space *space, const tflow_i_profile *row)
{
    const char *name = tflow_i_dict_text(space->texts, row->who);
    return name == NULL ? "" : name;
}

tflow_status tflow_i_profile_columns(tflow_builder *out, const tflow_i_space *space,
                                     tflow_error *error)
{
    tflow_status status = tflow_builder_column(out, "reporter", TFLOW_KEY, "", error);
    for (size_t k = 0; k < space->n_other && status == TFLOW_OK; k++)
        status = tflow_builder_column(out, space->other[k], TFLOW_KEY, "", error);
    return status == TFLOW_OK
               ? tflow_builder_column(out, "period", TFLOW_PERIOD, "", error)
               : status;
}

size_t tflow_i_profile_cells(tflow_builder *out, const tflow_i_space *space,
                             const tflow_i_profile *row)
{
    const int32_t *key = tflow_i_groups_key(space->frames, row->frame);
    tflow_builder_key(out, 0, tflow_i_profile_name(space, row));
    for (size_t k = 0; k < space->n_other; k++) {
        const char *text = tflow_i_dict_text(space->texts, key[k]);
        if (text != NULL && *text != '\0')
            tflow_builder_key(out, k + 1, text);
    }
    tflow_builder_period(out, space->n_other + 1, row->period);
    return space->n_other + 2;
}

const char *tflow_i_structure_reason(tflow_status status)
{
    return status == TFLOW_MISSING_VALUE ? "a value is missing"
                                         : tflow_status_text(status);
}
