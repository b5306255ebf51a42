/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What layers have in common: pieces that are given back, limits, names. */
#include "io/layer.h"

const char *tflow_i_layer_name(const tflow_i_layer *layer)
{
    while (layer->name == NULL && layer->below != NULL)
        layer = layer->below;
    return layer->name == NULL ? "" : layer->name;
}

tflow_status tflow_i_layer_fail(const tflow_i_layer *layer, tflow_error *error,
                                tflow_status status, const char *message)
{
    tflow_i_fail(error, status, "%s", message);
    tflow_i_at(error, tflow_i_layer_name(layer), 0, 0, NULL);
    return status;
}

static tflow_status too_much(const tflow_i_layer *layer, tflow_error *error,
                             const char *option, uint64_t most, const char *what)
{
    tflow_i_fail(error, TFLOW_ELIMIT,
                 "found more than %llu %s, the most that is unpacked: raise %s if it "
                 "is no bomb",
                 (unsigned long long)most, what, option);
    tflow_i_at(error, tflow_i_layer_name(layer), 0, 0, option);
    return TFLOW_ELIMIT;
}

tflow_status tflow_i_layer_count(tflow_i_layer *layer, size_t n, tflow_error *error)
{
    const tflow_i_limits *most = &layer->pile->limits;
    layer->made += n;
    if (!layer->kind->packs)
        return TFLOW_OK;
    if (layer->made > most->unpacked)
        return too_much(layer, error, "max_unpacked", most->unpacked, "bytes");
    if (layer->made > TFLOW_I_RATIO_FROM &&
        layer->made / most->ratio > layer->pile->taken)
        return too_much(layer, error, "max_ratio", most->ratio,
                        "bytes for each that is packed");
    return TFLOW_OK;
}

tflow_status tflow_i_layer_depth(const tflow_i_layer *layer, tflow_error *error)
{
    uint64_t most = layer->pile->limits.layers;
    if (layer->depth <= most)
        return TFLOW_OK;
    tflow_i_fail(error, TFLOW_ELIMIT,
                 "packed more than %llu times over, the most that is unpacked: raise "
                 "max_layers",
                 (unsigned long long)most);
    tflow_i_at(error, tflow_i_layer_name(layer), 0, 0, "max_layers");
    return TFLOW_ELIMIT;
}

tflow_status tflow_i_layer_next(tflow_i_layer *layer, const unsigned char **bytes,
                                size_t *n, tflow_error *error)
{
    if (layer->n_held > 0) {
        *bytes = layer->held;
        *n = layer->n_held;
        layer->n_held = 0;
        return TFLOW_OK;
    }
    *n = 0;
    tflow_status status = layer->kind->next(layer, bytes, n, error);
    if (status == TFLOW_OK)
        status = tflow_i_layer_count(layer, *n, error);
    if (status != TFLOW_OK)
        *n = 0;
    return status;
}

void tflow_i_layer_back(tflow_i_layer *layer, const unsigned char *bytes, size_t n)
{
    layer->held = bytes;
    layer->n_held = n;
}
