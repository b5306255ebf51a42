/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a table is to Arrow: types, names, and its facts as metadata. */
#include "io/arrow.h"
#include "table/table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum ArrowType tflow_i_arrow_storage(tflow_type type)
{
    return type == TFLOW_FLOAT64 ? NANOARROW_TYPE_DOUBLE
           : type == TFLOW_INT64 ? NANOARROW_TYPE_INT64
           : type == TFLOW_BOOL  ? NANOARROW_TYPE_BOOL
                                 : NANOARROW_TYPE_INT32;
}

static int add_metadata(struct ArrowBuffer *buffer, const char *name, const char *value)
{
    char key[64];
    snprintf(key, sizeof key, "tradeflow.%s", name);
    return ArrowMetadataBuilderAppend(buffer, ArrowCharView(key), ArrowCharView(value));
}

/* Whole documents, that are read as such. */
static int is_document(const char *name)
{
    return strcmp(name, "text") == 0 || strcmp(name, "html") == 0 ||
           strcmp(name, "svg") == 0;
}

static int table_metadata(const tflow_table *table, struct ArrowBuffer *buffer)
{
    tflow_i_text notes = {0};
    int code = ArrowMetadataBuilderInit(buffer, NULL);
    for (size_t i = 0; code == NANOARROW_OK && i < table->n_attributes; i++)
        if (!is_document(table->attributes[i].name))
            code = add_metadata(buffer, table->attributes[i].name,
                                table->attributes[i].value);
    for (size_t i = 0; i < table->n_notes; i++) {
        tflow_i_text_add(&notes, i > 0 ? "\n" : "");
        tflow_i_text_add(&notes, table->notes[i]);
    }
    if (code == NANOARROW_OK && notes.failed)
        code = ENOMEM;
    if (code == NANOARROW_OK && table->n_notes > 0)
        code = add_metadata(buffer, "notes", notes.data);
    tflow_i_text_clear(&notes);
    return code;
}

static int set_table_metadata(const tflow_table *table, struct ArrowSchema *schema)
{
    struct ArrowBuffer buffer;
    ArrowBufferInit(&buffer);
    int code = table_metadata(table, &buffer);
    if (code == NANOARROW_OK)
        code = ArrowSchemaSetMetadata(schema, (const char *)buffer.data);
    ArrowBufferReset(&buffer);
    return code;
}

static int set_unit(const tflow_i_column *c, struct ArrowSchema *schema)
{
    struct ArrowBuffer buffer;
    if (c->unit[0] == '\0')
        return NANOARROW_OK;
    int code = ArrowMetadataBuilderInit(&buffer, NULL);
    if (code == NANOARROW_OK)
        code = add_metadata(&buffer, "unit", c->unit);
    if (code == NANOARROW_OK)
        code = ArrowSchemaSetMetadata(schema, (const char *)buffer.data);
    ArrowBufferReset(&buffer);
    return code;
}

static int make_field(const tflow_i_column *c, int dictionaries,
                      struct ArrowSchema *schema)
{
    int text = tflow_i_arrow_storage(c->type) == NANOARROW_TYPE_INT32;
    int code = ArrowSchemaSetType(schema, text && !dictionaries
                                              ? NANOARROW_TYPE_STRING
                                              : tflow_i_arrow_storage(c->type));
    if (code == NANOARROW_OK)
        code = ArrowSchemaSetName(schema, c->name);
    if (code == NANOARROW_OK)
        code = set_unit(c, schema);
    if (code != NANOARROW_OK || !text || !dictionaries)
        return code;
    if (c->type != TFLOW_KEY)
        schema->flags |= ARROW_FLAG_DICTIONARY_ORDERED;
    code = ArrowSchemaAllocateDictionary(schema);
    return code == NANOARROW_OK
               ? ArrowSchemaInitFromType(schema->dictionary, NANOARROW_TYPE_STRING)
               : code;
}

int tflow_i_arrow_schema(const tflow_table *table, int dictionaries,
                         struct ArrowSchema *schema)
{
    ArrowSchemaInit(schema);
    int code = ArrowSchemaSetTypeStruct(schema, (int64_t)table->n_columns);
    for (size_t i = 0; code == NANOARROW_OK && i < table->n_columns; i++)
        code = make_field(&table->columns[i], dictionaries, schema->children[i]);
    if (code == NANOARROW_OK)
        code = set_table_metadata(table, schema);
    if (code != NANOARROW_OK)
        ArrowSchemaRelease(schema);
    return code;
}
