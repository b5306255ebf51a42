/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/reduce.h"
#include "codes/codes.h"

#include <math.h>
#include <string.h>

#define WIDTH (TFLOW_I_KEYS + 2) /* of a key: roles, period, status */

static void no_levels(tflow_i_level *levels)
{
    for (int i = 0; i < TFLOW_I_LEVELS; i++)
        levels[i].place = UINT64_MAX;
}

static void note_level(tflow_i_level *levels, int32_t level, uint64_t place,
                       int32_t code)
{
    if (place < levels[level].place) {
        levels[level].place = place;
        levels[level].code = code;
    }
}

static int32_t level_of(const char *text, size_t n)
{
    tflow_i_product product = tflow_i_product_classify(text, n);
    if (product.is_total)
        return 0;
    return product.level < 1 || product.level > 29 ? 1 : product.level + 1;
}

/* The bytes of a code, as a number that orders as they do; 0: more than eight. */
static uint64_t word_of(const char *text, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < 8; i++)
        word = word << 8 | (i < n ? (unsigned char)text[i] : 0u);
    return n > 8 ? 0 : word;
}

static tflow_status too_large(tflow_i_tallied tallied, tflow_error *error)
{
    if (tallied == TFLOW_I_TALLY_NO_MEMORY)
        return tflow_i_nomem(error);
    return tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                        "a value or sum of 2e28 or more, which is not added up");
}

/* ---- one thread, one file ---- */

void tflow_i_reducer_open(tflow_i_reducer *r, const tflow_i_extractor *x, int watching)
{
    memset(r, 0, sizeof *r);
    for (int k = 0; k < TFLOW_I_KEYS; k++)
        if (x->texts[k] != NULL && k != TFLOW_I_QUANTITY_UNIT)
            r->roles[r->n_roles++] = (tflow_i_role)k;
    tflow_i_tally_init(&r->tally, r->n_roles + 2, watching);
    no_levels(r->levels);
    r->level = -1;
}

void tflow_i_reducer_close(tflow_i_reducer *r)
{
    tflow_i_tally_free(&r->tally);
    tflow_i_free(r->products);
    memset(r, 0, sizeof *r);
}

static int learn_products(tflow_i_reducer *r, const tflow_i_dict *texts)
{
    size_t n = (size_t)tflow_i_dict_count(texts);
    if (!tflow_i_reserve(&r->products, &r->products_capacity, n, sizeof *r->products))
        return 0;
    for (; r->n_products < n; r->n_products++) {
        const char *text = tflow_i_dict_text(texts, (int32_t)r->n_products);
        size_t length = strlen(text);
        r->products[r->n_products].level = level_of(text, length);
        r->products[r->n_products].word = word_of(text, length);
    }
    return 1;
}

tflow_i_tallied tflow_i_reducer_add(tflow_i_reducer *r, const tflow_i_extractor *x,
                                    const tflow_i_observed *o, uint64_t segment,
                                    uint32_t line)
{
    int32_t key[WIDTH];
    size_t n = 0;
    tflow_i_tally_row row = {o->value, o->status, segment << 32 | line, segment, 1};
    int32_t product = o->keys[TFLOW_I_PRODUCT], level = -1;

    if (product >= 0) {
        if ((size_t)product >= r->n_products &&
            !learn_products(r, x->texts[TFLOW_I_PRODUCT]))
            return TFLOW_I_TALLY_NO_MEMORY;
        level = r->products[product].level;
        row.product = r->products[product].word;
        note_level(r->levels, level, row.place, product);
    }
    if (o->same && level == r->level)
        return tflow_i_tally_again(&r->tally, &row);
    r->level = level;
    for (; n < r->n_roles; n++)
        key[n] = r->roles[n] == TFLOW_I_PRODUCT ? level : o->keys[r->roles[n]];
    key[n] = o->period;
    return tflow_i_tally_add(&r->tally, key, &row);
}

/* ---- all files ---- */

void tflow_i_reduction_open(tflow_i_reduction *r, int watching)
{
    memset(r, 0, sizeof *r);
    tflow_i_tally_init(&r->tally, WIDTH, watching);
    no_levels(r->levels);
}

void tflow_i_reduction_close(tflow_i_reduction *r)
{
    tflow_i_tally_free(&r->tally);
}

typedef struct taking {
    const tflow_i_reducer *from;
    int32_t *const *codes;
    const uint64_t *first_lines;
    uint64_t file;
} taking;

static uint64_t place_of(const taking *t, uint64_t place)
{
    return t->file | (t->first_lines[place >> 32] + (place & UINT32_MAX));
}

/* The key of a thread's group in codes of the table. */
static void key_of(const taking *t, size_t g, int32_t key[WIDTH])
{
    const tflow_i_reducer *from = t->from;
    const int32_t *theirs = from->tally.keys + g * from->tally.width;
    memset(key, 0xff, WIDTH * sizeof *key);
    for (size_t i = 0; i < from->n_roles; i++) {
        tflow_i_role role = from->roles[i];
        if (theirs[i] >= 0)
            key[role] = role == TFLOW_I_PRODUCT ? theirs[i] : t->codes[role][theirs[i]];
    }
    key[TFLOW_I_KEYS] = theirs[from->n_roles];
    key[TFLOW_I_KEYS + 1] = 0;
}

static int take_stretch(tflow_i_reduction *r, const taking *t, tflow_i_stretch s)
{
    int32_t key[WIDTH];
    key_of(t, s.group, key);
    s.first_place = place_of(t, s.first_place);
    s.last_place = place_of(t, s.last_place);
    return tflow_i_tally_stretch(&r->tally, key, &s);
}

static int take_stretches(tflow_i_reduction *r, const taking *t)
{
    const tflow_i_tally *from = &t->from->tally;
    int ok = 1;
    if (!r->tally.watching)
        return 1;
    r->tally.unordered |= from->unordered;
    for (size_t i = 0; i < from->n_stretches && ok && !r->tally.unordered; i++)
        ok = take_stretch(r, t, from->stretches[i]);
    for (size_t g = 0; g < from->n && ok && !r->tally.unordered; g++)
        if (from->current[g].last != 0)
            ok = take_stretch(r, t, from->current[g]);
    return ok;
}

tflow_status tflow_i_reduction_take(tflow_i_reduction *r,
                                    const tflow_i_reducer *reducer,
                                    const tflow_i_records *records,
                                    int32_t *const codes[TFLOW_I_KEYS],
                                    const uint64_t *first_lines, tflow_error *error)
{
    const tflow_table *table = tflow_i_builder_table(records->builder);
    taking t = {reducer, codes, first_lines, (uint64_t)table->n_files << 48};

    for (size_t g = 0; g < reducer->tally.n; g++) {
        int32_t key[WIDTH];
        key_of(&t, g, key);
        tflow_i_tallied tallied = tflow_i_tally_merge(
            &r->tally, key, &reducer->tally, g, place_of(&t, reducer->tally.places[g]));
        if (tallied != TFLOW_I_TALLIED)
            return too_large(tallied, error);
    }
    for (int32_t level = 0; level < TFLOW_I_LEVELS; level++) {
        const tflow_i_level *l = &reducer->levels[level];
        if (l->place != UINT64_MAX)
            note_level(r->levels, level, place_of(&t, l->place),
                       codes[TFLOW_I_PRODUCT][l->code]);
    }
    return take_stretches(r, &t) ? TFLOW_OK : tflow_i_nomem(error);
}

/* ---- rows of the table ---- */

static const void *data_of(const tflow_i_records *records, int role)
{
    const tflow_table *table = tflow_i_builder_table(records->builder);
    return records->column[role] == TFLOW_I_NO_FIELD
               ? NULL
               : table->columns[records->column[role]].data;
}

static tflow_i_tallied take_row(tflow_i_reduction *r, const tflow_i_records *records,
                                size_t i)
{
    const tflow_table *table = tflow_i_builder_table(records->builder);
    const tflow_period *periods = data_of(records, TFLOW_I_PERIOD);
    const double *values = data_of(records, TFLOW_I_VALUE);
    const uint8_t *statuses = data_of(records, TFLOW_I_STATUS);
    if (periods == NULL || values == NULL || statuses == NULL || table->places == NULL)
        return TFLOW_I_TALLY_TOO_LARGE; /* never: a table of flows has them all */
    tflow_i_tally_row row = {values[i], (char)statuses[i], table->places[i],
                             table->places[i] >> 32, 1};
    int32_t key[WIDTH] = {0};

    for (int k = 0; k < TFLOW_I_KEYS; k++) {
        const int32_t *codes = data_of(records, k);
        key[k] = codes == NULL || k == TFLOW_I_QUANTITY_UNIT ? -1 : codes[i];
    }
    if (key[TFLOW_I_PRODUCT] >= 0) {
        int32_t code = key[TFLOW_I_PRODUCT];
        const char *text =
            tflow_table_label(table, records->column[TFLOW_I_PRODUCT], code);
        size_t n = strlen(text);
        row.product = word_of(text, n);
        key[TFLOW_I_PRODUCT] = level_of(text, n);
        note_level(r->levels, key[TFLOW_I_PRODUCT], row.place, code);
    }
    key[TFLOW_I_KEYS] = periods[i];
    return tflow_i_tally_add(&r->tally, key, &row);
}

tflow_status tflow_i_reduction_rows(tflow_i_reduction *r,
                                    const tflow_i_records *records, tflow_error *error)
{
    const tflow_table *table = tflow_i_builder_table(records->builder);
    for (size_t i = 0; i < table->rows; i++) {
        tflow_i_tallied tallied = take_row(r, records, i);
        if (tallied != TFLOW_I_TALLIED)
            return too_large(tallied, error);
    }
    tflow_i_builder_empty(records->builder);
    return TFLOW_OK;
}

static int by_place(size_t a, size_t b, const void *context)
{
    const uint64_t *places = context;
    return places[a] < places[b] ? -1 : places[a] > places[b];
}

static void put_group(const tflow_i_reduction *r, const tflow_i_records *records,
                      size_t g, size_t row)
{
    tflow_table *table = tflow_i_builder_inside(records->builder);
    const tflow_i_tally *t = &r->tally;
    const int32_t *key = t->keys + g * t->width;
    uint8_t status = t->statuses[g];
    int absent = (status & TFLOW_I_ABSENT) != 0;

#define COLUMN(role) (table->columns[records->column[role]].data)
    for (int k = 0; k < TFLOW_I_KEYS; k++)
        if (records->column[k] != TFLOW_I_NO_FIELD)
            ((int32_t *)COLUMN(k))[row] =
                k == TFLOW_I_PRODUCT && key[k] >= 0 ? r->levels[key[k]].code : key[k];
    ((tflow_period *)COLUMN(TFLOW_I_PERIOD))[row] = key[TFLOW_I_KEYS];
    ((double *)COLUMN(TFLOW_I_VALUE))[row] =
        absent ? NAN : tflow_i_exact_value(&t->sums[g]);
    ((uint8_t *)COLUMN(TFLOW_I_STATUS))[row] =
        (uint8_t)((status & 0x7f) - (absent ? TFLOW_I_ABSENT : 0));
#undef COLUMN
    table->places[row] = t->places[g];
    table->sums[row] = t->sums[g];
    table->counts[row] = t->counts[g];
}

/* Quantities and weights are not added up. */
static void drop_numbers(const tflow_i_records *records)
{
    static const char *const names[] = {"quantity", "quantity_unit", "quantity_status",
                                        "net_weight", "net_weight_status"};
    tflow_table *table = tflow_i_builder_inside(records->builder);
    size_t column;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tflow_table_find(table, names[i], &column) == TFLOW_OK)
            tflow_i_table_drop(table, column);
}

tflow_status tflow_i_reduction_finish(tflow_i_reduction *r,
                                      const tflow_i_records *records,
                                      tflow_error *error)
{
    size_t n = r->tally.n;
    size_t *order = tflow_i_alloc(n, sizeof *order);
    tflow_table *table = tflow_i_builder_inside(records->builder);
    int ordered = r->tally.watching ? tflow_i_tally_ordered(&r->tally) : 0;
    tflow_status status = tflow_i_builder_block(records->builder, n, error);

    table->sums = tflow_i_alloc(n, sizeof *table->sums);
    table->counts = tflow_i_alloc(n, sizeof *table->counts);
    for (size_t g = 0; order != NULL && g < n; g++)
        order[g] = g;
    if (order == NULL || ordered < 0 || table->sums == NULL || table->counts == NULL ||
        !tflow_i_sort(order, n, by_place, r->tally.places))
        status = tflow_i_nomem(error);
    for (size_t row = 0; row < n && status == TFLOW_OK; row++)
        put_group(r, records, order[row], row);
    table->distinct = ordered > 0;
    tflow_i_free(order);
    if (status == TFLOW_OK)
        drop_numbers(records);
    return status;
}
