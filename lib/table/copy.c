/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table/table.h"

#include <string.h>

static tflow_i_dict *copy_dict(const tflow_i_dict *from)
{
    tflow_i_dict *to = tflow_i_dict_new();
    for (int32_t i = 0; to != NULL && i < tflow_i_dict_count(from); i++) {
        const char *text = tflow_i_dict_text(from, i);
        if (tflow_i_dict_add(to, text, strlen(text)) != i) {
            tflow_i_dict_free(to);
            to = NULL;
        }
    }
    return to;
}

static tflow_status copy_columns(tflow_builder *builder, const tflow_table *from,
                                 tflow_error *error)
{
    for (size_t i = 0; i < from->n_columns; i++) {
        const tflow_i_column *c = &from->columns[i];
        tflow_status status =
            tflow_builder_column(builder, c->name, c->type, c->unit, error);
        if (status != TFLOW_OK)
            return status;
        tflow_i_column *to = &tflow_i_builder_table(builder)->columns[i];
        if (c->dict != NULL) {
            tflow_i_dict_free(to->dict);
            to->dict = copy_dict(c->dict);
            if (to->dict == NULL)
                return tflow_i_nomem(error);
        }
    }
    return tflow_i_builder_take_rows(builder, from, error);
}

static tflow_status copy_facts(tflow_builder *builder, const tflow_table *from,
                               tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < from->n_attributes && status == TFLOW_OK; i++)
        status = tflow_builder_attribute(builder, from->attributes[i].name,
                                         from->attributes[i].value, error);
    for (size_t i = 0; i < from->n_notes && status == TFLOW_OK; i++)
        status = tflow_builder_note(builder, from->notes[i], error);
    for (size_t i = 0; i < from->n_files && status == TFLOW_OK; i++)
        status = tflow_i_builder_file(builder, from->files[i], error);
    return status;
}

tflow_status tflow_i_builder_copy(const tflow_table *from, tflow_builder **out,
                                  tflow_error *error)
{
    *out = NULL;
    if (from->sums != NULL)
        return tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                            "the table was added up over products while it was read, "
                            "and cannot be changed: read it with its products");
    tflow_status status = tflow_builder_new(out, error);
    if (status != TFLOW_OK)
        return status;
    status = copy_columns(*out, from, error);
    if (status == TFLOW_OK)
        status = copy_facts(*out, from, error);
    if (status != TFLOW_OK) {
        tflow_builder_free(*out);
        *out = NULL;
    }
    return status;
}
