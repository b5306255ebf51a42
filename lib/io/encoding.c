/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text in another encoding, turned into UTF-8. */
#include "io/layer.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#define CARRY 16 /* no encoding has longer characters or shift sequences */

typedef struct decoder {
    tflow_i_layer layer;
    int open;
    iconv_t converter;
    char *pending; /* bytes not converted yet: CARRY + TFLOW_I_CHUNK */
    size_t pending_at, pending_n;
    char *text; /* TFLOW_I_CHUNK bytes of UTF-8 */
} decoder;

static void free_decoder(tflow_i_layer *layer)
{
    decoder *d = (decoder *)layer;
    if (d->open)
        iconv_close(d->converter);
    tflow_i_free(d->pending);
    tflow_i_free(d->text);
    tflow_i_free(d);
}

static tflow_status bad_byte(const decoder *d, tflow_error *error)
{
    unsigned char byte = (unsigned char)d->pending[d->pending_at];
    tflow_i_fail(error, TFLOW_EPARSE, "found byte 0x%02x, which is not valid in %.40s",
                 byte, d->layer.pile->encoding);
    tflow_i_at(error, tflow_i_layer_name(&d->layer), 0, 0, NULL);
    return TFLOW_EPARSE;
}

/* Convert what is pending; *n bytes come out. What was good before a bad byte is handed
 * out first, so that the line where reading stops is right. */
static tflow_status convert(decoder *d, size_t *n, int *starved, tflow_error *error)
{
    char *in = d->pending + d->pending_at;
    size_t in_left = d->pending_n;
    char *out = d->text;
    size_t out_left = TFLOW_I_CHUNK;

    *starved = 0;
    size_t code = iconv(d->converter, &in, &in_left, &out, &out_left);
    int reason = code == (size_t)-1 ? errno : 0;
    d->pending_at = (size_t)(in - d->pending);
    d->pending_n = in_left;
    *n = TFLOW_I_CHUNK - out_left;
    if (reason == EILSEQ && *n == 0)
        return bad_byte(d, error);
    *starved = reason == 0 || reason == EINVAL;
    return TFLOW_OK;
}

/* Some encodings hold a character back in case an accent follows. */
static tflow_status flush(decoder *d, size_t *n)
{
    char *out = d->text;
    size_t out_left = TFLOW_I_CHUNK;
    iconv(d->converter, NULL, NULL, &out, &out_left);
    *n = TFLOW_I_CHUNK - out_left;
    return TFLOW_OK;
}

static tflow_status next_decoded(tflow_i_layer *layer, const unsigned char **bytes,
                                 size_t *n, tflow_error *error)
{
    decoder *d = (decoder *)layer;
    *bytes = (const unsigned char *)d->text;
    for (;;) {
        int starved;
        tflow_status status = convert(d, n, &starved, error);
        if (status != TFLOW_OK || *n > 0)
            return status;
        if (!starved)
            return tflow_i_layer_fail(layer, error, TFLOW_EINTERNAL,
                                      "text cannot be converted");

        const unsigned char *more;
        size_t got;
        status = tflow_i_layer_next(layer->below, &more, &got, error);
        if (status != TFLOW_OK)
            return status;
        if (got == 0)
            return d->pending_n == 0 ? flush(d, n) : bad_byte(d, error);
        if (d->pending_n > CARRY)
            return bad_byte(d, error);
        memmove(d->pending, d->pending + d->pending_at, d->pending_n);
        memcpy(d->pending + d->pending_n, more, got);
        d->pending_at = 0;
        d->pending_n += got;
    }
}

static const tflow_i_layer_kind kind = {next_decoded, NULL, free_decoder, 0};

static tflow_status not_known(tflow_i_layer *layer, tflow_error *error)
{
    tflow_i_fail(
        error, TFLOW_EUNKNOWN,
        "found \"%.40s\", expected an encoding such as latin1, windows-1252 or "
        "UTF-16",
        layer->pile->encoding);
    tflow_i_at(error, tflow_i_layer_name(layer), 0, 0, "encoding");
    return TFLOW_EUNKNOWN;
}

tflow_status tflow_i_decode(tflow_i_pile *pile, tflow_i_layer *below,
                            tflow_i_layer **out, tflow_error *error)
{
    decoder *d = tflow_i_calloc(1, sizeof *d);
    if (d == NULL)
        return tflow_i_nomem(error);
    d->layer.kind = &kind;
    d->layer.pile = pile;
    d->layer.below = below;
    d->layer.depth = below->depth;
    d->pending = tflow_i_alloc(CARRY + TFLOW_I_CHUNK, 1);
    d->text = tflow_i_alloc(TFLOW_I_CHUNK, 1);
    tflow_status status = TFLOW_OK;
    if (d->pending == NULL || d->text == NULL)
        status = tflow_i_nomem(error);
    else {
        d->converter = iconv_open("UTF-8", pile->encoding);
        /* iconv_open says so by a pointer of -1.
         * NOLINTNEXTLINE(performance-no-int-to-ptr) */
        d->open = d->converter != (iconv_t)-1;
        if (!d->open)
            status =
                errno == ENOMEM ? tflow_i_nomem(error) : not_known(&d->layer, error);
    }
    if (status != TFLOW_OK) {
        free_decoder(&d->layer);
        return status;
    }
    *out = &d->layer;
    return TFLOW_OK;
}
