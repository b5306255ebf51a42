/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the table, made of what the headers of the files mean, and the memory
 * that lives as long as a file. */
#include "io/record.h"

#include <string.h>

static int has_measure(const tflow_i_binding *b, tflow_i_role role)
{
    for (size_t i = 0; i < b->n_measures; i++) {
        const tflow_i_measure *m = &b->measures[i];
        if ((role == TFLOW_I_FLOW && m->flow != NULL) ||
            (role == TFLOW_I_MODE && m->mode != NULL) ||
            (role == TFLOW_I_QUANTITY && m->quantity != TFLOW_I_NO_FIELD) ||
            (role == TFLOW_I_NET_WEIGHT && m->weight != TFLOW_I_NO_FIELD))
            return 1;
    }
    return 0;
}

/* Does the file say anything for a column of the table? */
static int needed(const tflow_i_binding *b, tflow_i_role role)
{
    int pivot = (b->layout->flags & TFLOW_I_PIVOT) != 0;
    int legacy = b->roles[TFLOW_I_ESTIMATION].n > 0;
    if (role == TFLOW_I_PERIOD || role == TFLOW_I_VALUE || role == TFLOW_I_STATUS)
        return 1;
    if (role == TFLOW_I_QUANTITY_STATUS)
        return has_measure(b, TFLOW_I_QUANTITY) &&
               (legacy || b->roles[role].n > 0 ||
                b->roles[TFLOW_I_QUANTITY_ESTIMATED].n > 0);
    if (role == TFLOW_I_WEIGHT_STATUS)
        return has_measure(b, TFLOW_I_NET_WEIGHT) &&
               (legacy || b->roles[role].n > 0 ||
                b->roles[TFLOW_I_WEIGHT_ESTIMATED].n > 0);
    if (role == TFLOW_I_QUANTITY || role == TFLOW_I_NET_WEIGHT)
        return pivot || has_measure(b, role);
    return b->roles[role].n > 0 || b->roles[role].constant != NULL ||
           has_measure(b, role);
}

static tflow_type type_of(tflow_i_role role)
{
    if (role < TFLOW_I_KEYS)
        return TFLOW_KEY;
    if (role == TFLOW_I_PERIOD)
        return TFLOW_PERIOD;
    if (role == TFLOW_I_VALUE || role == TFLOW_I_QUANTITY || role == TFLOW_I_NET_WEIGHT)
        return TFLOW_FLOAT64;
    return TFLOW_OBS_STATUS;
}

static const char *unit_of(const tflow_i_binding *b, tflow_i_role role)
{
    int pivot = (b->layout->flags & TFLOW_I_PIVOT) != 0;
    const char *unit = role == TFLOW_I_QUANTITY     ? b->quantity_unit
                       : role != TFLOW_I_NET_WEIGHT ? NULL
                       : pivot                      ? "100 kg"
                                                    : b->weight_unit;
    return unit == NULL ? "" : unit;
}

static tflow_status another_unit(const tflow_i_records *r, tflow_i_role role,
                                 const char *before, tflow_error *error)
{
    const char *now = unit_of(&r->binding, role);
    tflow_i_fail(error, TFLOW_EMIXED,
                 "this file's %s is in \"%s\", that of the files before in \"%s\"",
                 tflow_i_role_name(role), now, before);
    tflow_i_at(error, r->file, 1, 0, tflow_i_role_name(role));
    return TFLOW_EMIXED;
}

static tflow_status open_columns(tflow_i_records *r, tflow_error *error)
{
    static const tflow_i_role columns[] = {
        TFLOW_I_REPORTER,      TFLOW_I_PARTNER,
        TFLOW_I_PRODUCT,       TFLOW_I_FLOW,
        TFLOW_I_PERIOD,        TFLOW_I_VALUE,
        TFLOW_I_STATUS,        TFLOW_I_QUANTITY,
        TFLOW_I_QUANTITY_UNIT, TFLOW_I_QUANTITY_STATUS,
        TFLOW_I_NET_WEIGHT,    TFLOW_I_WEIGHT_STATUS,
        TFLOW_I_PARTNER2,      TFLOW_I_CUSTOMS,
        TFLOW_I_MODE,          TFLOW_I_SUPPLY,
        TFLOW_I_CURRENCY,      TFLOW_I_VALUATION};
    const tflow_table *table = tflow_i_builder_table(r->builder);

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        tflow_i_role role = columns[i];
        const char *unit = unit_of(&r->binding, role);
        if (!needed(&r->binding, role))
            continue;
        if (r->column[role] != TFLOW_I_NO_FIELD) {
            const char *before = tflow_table_unit(table, r->column[role]);
            if (strcmp(before, unit) != 0)
                return another_unit(r, role, before, error);
            continue;
        }
        tflow_status status =
            tflow_i_builder_widen(r->builder, tflow_i_role_name(role), type_of(role),
                                  unit, &r->column[role], error);
        if (status != TFLOW_OK) {
            r->column[role] = TFLOW_I_NO_FIELD;
            return status;
        }
    }
    return TFLOW_OK;
}

/* Memory of what was seen belongs to one file: its layout says how texts are read. */
static tflow_status open_memory(tflow_i_records *r, tflow_error *error)
{
    for (int k = 0; k < TFLOW_I_KEYS; k++) {
        r->texts[k] = tflow_i_dict_new();
        if (r->texts[k] == NULL)
            return tflow_i_nomem(error);
    }
    r->numbers = tflow_i_calloc(r->binding.n_measures, sizeof *r->numbers);
    r->other = tflow_i_dict_new();
    r->cells = tflow_i_groups_new(TFLOW_I_KEYS + 1);
    return r->numbers == NULL || r->other == NULL || r->cells == NULL
               ? tflow_i_nomem(error)
               : TFLOW_OK;
}

tflow_status tflow_i_records_open(tflow_i_records *r, tflow_error *error)
{
    tflow_status status = open_columns(r, error);
    return status == TFLOW_OK ? open_memory(r, error) : status;
}

tflow_status tflow_i_records_new(tflow_i_records *r, const tflow_read_opts *opts,
                                 tflow_error *error)
{
    memset(r, 0, sizeof *r);
    r->opts = opts;
    for (size_t i = 0; i < TFLOW_I_ROLES; i++)
        r->column[i] = TFLOW_I_NO_FIELD;
    r->classifications = tflow_i_dict_new();
    if (r->classifications == NULL)
        return tflow_i_nomem(error);
    return tflow_builder_new(&r->builder, error);
}

static tflow_status note_left_out(tflow_i_records *r, tflow_error *error)
{
    tflow_i_text note = {0};
    if (r->left_out == 0)
        return TFLOW_OK;
    tflow_i_text_format(&note, "%llu rows of %s left out: they hold",
                        (unsigned long long)r->left_out, r->file);
    for (int32_t i = 0; i < tflow_i_dict_count(r->other) && i < 8; i++)
        tflow_i_text_format(&note, "%s %s", i > 0 ? "," : "",
                            tflow_i_dict_text(r->other, i));
    tflow_status status = note.failed
                              ? tflow_i_nomem(error)
                              : tflow_builder_note(r->builder, note.data, error);
    tflow_i_text_clear(&note);
    return status;
}

static void forget(tflow_i_records *r)
{
    for (int k = 0; k < TFLOW_I_KEYS; k++) {
        tflow_i_dict_free(r->texts[k]);
        tflow_i_free(r->codes[k]);
        r->texts[k] = NULL;
        r->codes[k] = NULL;
        r->codes_capacity[k] = 0;
    }
    tflow_i_dict_free(r->other);
    tflow_i_groups_free(r->cells);
    tflow_i_free(r->cell_rows);
    tflow_i_free(r->numbers);
    r->other = NULL;
    r->cells = NULL;
    r->cell_rows = NULL;
    r->cell_rows_capacity = 0;
    r->numbers = NULL;
    tflow_i_binding_free(&r->binding);
    r->bound = r->json = 0;
    r->counted = NULL;
    r->rows = r->left_out = 0;
}

tflow_status tflow_i_records_end(tflow_i_records *r, tflow_error *error)
{
    tflow_status status = note_left_out(r, error);
    forget(r);
    return status;
}

void tflow_i_records_free(tflow_i_records *r)
{
    forget(r);
    tflow_i_text_clear(&r->joined);
    tflow_i_dict_free(r->classifications);
    tflow_builder_free(r->builder);
    r->classifications = NULL;
    r->builder = NULL;
}
