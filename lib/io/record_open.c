/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the table, made of what the header of the first file means. */
#include "io/record.h"

#include <math.h>
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
    if (role == TFLOW_I_PERIOD || role == TFLOW_I_VALUE || role == TFLOW_I_STATUS)
        return 1;
    if (role == TFLOW_I_QUANTITY_STATUS)
        return b->roles[role].n > 0 || b->roles[TFLOW_I_QUANTITY_ESTIMATED].n > 0 ||
               b->roles[TFLOW_I_ESTIMATION].n > 0;
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
    return role == TFLOW_I_STATUS || role == TFLOW_I_QUANTITY_STATUS ? TFLOW_OBS_STATUS
                                                                     : TFLOW_FLOAT64;
}

static const char *unit_of(const tflow_i_binding *b, tflow_i_role role)
{
    int pivot = (b->layout->flags & TFLOW_I_PIVOT) != 0;
    if (role == TFLOW_I_QUANTITY)
        return b->quantity_unit;
    if (role == TFLOW_I_NET_WEIGHT)
        return pivot ? "100 kg" : b->weight_unit;
    return NULL;
}

static const tflow_i_role columns[] = {
    TFLOW_I_REPORTER,   TFLOW_I_PARTNER, TFLOW_I_PRODUCT,         TFLOW_I_FLOW,
    TFLOW_I_PERIOD,     TFLOW_I_VALUE,   TFLOW_I_QUANTITY,        TFLOW_I_QUANTITY_UNIT,
    TFLOW_I_NET_WEIGHT, TFLOW_I_STATUS,  TFLOW_I_QUANTITY_STATUS, TFLOW_I_PARTNER2,
    TFLOW_I_CUSTOMS,    TFLOW_I_MODE,    TFLOW_I_SUPPLY,          TFLOW_I_CURRENCY,
    TFLOW_I_VALUATION};

static tflow_status first_file(tflow_i_records *r, tflow_error *error)
{
    size_t n = 0;
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < TFLOW_I_ROLES; i++)
        r->column[i] = TFLOW_I_NO_FIELD;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && status == TFLOW_OK;
         i++) {
        tflow_i_role role = columns[i];
        if (!needed(&r->binding, role))
            continue;
        r->column[role] = n++;
        status = tflow_builder_column(r->builder, tflow_i_role_name(role),
                                      type_of(role), unit_of(&r->binding, role), error);
    }
    r->opened = 1;
    return status;
}

static tflow_status later_file(const tflow_i_records *r, tflow_error *error)
{
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (needed(&r->binding, columns[i]) &&
            r->column[columns[i]] == TFLOW_I_NO_FIELD) {
            tflow_i_fail(
                error, TFLOW_EMIXED,
                "this file has a column of the %s and the files before have none",
                tflow_i_role_name(columns[i]));
            tflow_i_at(error, r->file, 1, 0, NULL);
            return TFLOW_EMIXED;
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
    r->cells = tflow_i_groups_new(TFLOW_I_KEYS + 1);
    return r->cells == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}

tflow_status tflow_i_records_open(tflow_i_records *r, tflow_error *error)
{
    tflow_status status = r->opened ? later_file(r, error) : first_file(r, error);
    if (status == TFLOW_OK)
        status = open_memory(r, error);
    return status;
}

void tflow_i_records_next(tflow_i_records *r)
{
    for (int k = 0; k < TFLOW_I_KEYS; k++) {
        tflow_i_dict_free(r->texts[k]);
        tflow_i_free(r->codes[k]);
        r->texts[k] = NULL;
        r->codes[k] = NULL;
        r->codes_capacity[k] = 0;
    }
    tflow_i_groups_free(r->cells);
    tflow_i_free(r->cell_rows);
    r->cells = NULL;
    r->cell_rows = NULL;
    r->cell_rows_capacity = 0;
    tflow_i_binding_free(&r->binding);
    r->bound = 0;
    r->rows = 0;
}

void tflow_i_records_close(tflow_i_records *r)
{
    tflow_i_records_next(r);
    tflow_builder_free(r->builder);
    r->builder = NULL;
}
