/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/digits.h"
#include "io/extract.h"
#include "io/field.h"

#include <math.h>
#include <string.h>

#define BY_ALL (INT32_MIN + 1) /* the first text is not enough */
#define NOTHING (-1)

/* Does the row say it, or a constant for all rows? */
static int said(const tflow_i_binding *b, tflow_i_role role)
{
    return b->roles[role].n > 0 || b->roles[role].constant != NULL;
}

int tflow_i_extracts(const tflow_i_binding *b)
{
    unsigned others = TFLOW_I_WIDE | TFLOW_I_PIVOT | TFLOW_I_JSON | TFLOW_I_IMF;
    /* A blank line is no row, and of a file with one column it looks like one. */
    return b->n_fields > 1 && (b->layout->flags & others) == 0 && b->n_measures == 1 &&
           b->measures[0].when == TFLOW_I_OF_ROW &&
           b->measures[0].period == TFLOW_PERIOD_NONE &&
           b->roles[TFLOW_I_MONTH].n == 0 &&
           (b->measures[0].flow == NULL || !said(b, TFLOW_I_FLOW)) &&
           (b->measures[0].mode == NULL || !said(b, TFLOW_I_MODE));
}

static int add_steps(tflow_i_extractor *x)
{
    const tflow_i_binding *b = &x->records->binding;
    for (int k = 0; k < TFLOW_I_ROLES; k++) {
        tflow_i_role role = (tflow_i_role)k;
        if (role == TFLOW_I_VALUE || role == TFLOW_I_QUANTITY ||
            role == TFLOW_I_NET_WEIGHT || role == TFLOW_I_INDICATOR ||
            (b->roles[k].n == 0 && b->roles[k].constant == NULL))
            continue;
        tflow_i_step *step = &x->steps[x->n_steps++];
        step->role = role;
        step->n_fields = b->roles[k].n;
        memcpy(step->fields, b->roles[k].fields, sizeof step->fields);
        for (size_t i = 0; i < step->n_fields; i++)
            step->last = step->fields[i] > step->last ? step->fields[i] : step->last;
        step->constant = b->roles[k].constant;
        if (k < TFLOW_I_KEYS) {
            x->texts[k] = tflow_i_dict_new();
            if (x->texts[k] == NULL)
                return 0;
        }
    }
    return 1;
}

/* The flow or mode that the number is of, whatever the row says. */
static int add_constant(tflow_i_extractor *x, tflow_i_role role, const char *text,
                        int32_t *code)
{
    *code = -1;
    if (text == NULL)
        return 1;
    if (x->texts[role] == NULL)
        x->texts[role] = tflow_i_dict_new();
    *code = x->texts[role] == NULL
                ? -1
                : tflow_i_dict_add(x->texts[role], text, strlen(text));
    return *code >= 0;
}

int tflow_i_extractor_open(tflow_i_extractor *x, const tflow_i_records *records,
                           char delimiter)
{
    const tflow_i_measure *m = &records->binding.measures[0];
    const tflow_read_opts *o = records->opts;

    memset(x, 0, sizeof *x);
    x->records = records;
    tflow_i_rows_init(&x->rows, delimiter);
    x->value = m->value;
    x->quantity = m->quantity;
    x->weight = m->weight;
    x->plain_numbers = (o->decimal == 0 || o->decimal == '.') && o->thousands == 0 &&
                       records->shift == 0;
    x->reported = records->binding.roles[TFLOW_I_REPORTED].n > 0;
    x->fields = tflow_i_calloc(records->binding.n_fields + 1, sizeof *x->fields);
    x->classes = tflow_i_dict_new();
    if (x->fields == NULL || x->classes == NULL || !add_steps(x) ||
        !add_constant(x, TFLOW_I_FLOW, m->flow, &x->flow) ||
        !add_constant(x, TFLOW_I_MODE, m->mode, &x->mode)) {
        tflow_i_extractor_close(x);
        return 0;
    }
    return 1;
}

void tflow_i_extractor_close(tflow_i_extractor *x)
{
    tflow_i_rows_free(&x->rows);
    for (size_t i = 0; i < x->n_steps; i++) {
        tflow_i_memo_free(&x->steps[i].memo);
        tflow_i_memo_free(&x->steps[i].joined);
    }
    for (int k = 0; k < TFLOW_I_KEYS; k++)
        tflow_i_dict_free(x->texts[k]);
    tflow_i_dict_free(x->classes);
    tflow_i_free(x->fields);
    tflow_i_text_clear(&x->scratch);
    tflow_i_text_clear(&x->joined);
    memset(x, 0, sizeof *x);
}

/* ---- asking the record files ---- */

/* The row that begins with field `first`, as they take it: wanted fields as text. */
static int whole_row(tflow_i_extractor *x, size_t first, tflow_i_row *row)
{
    const tflow_i_binding *b = &x->records->binding;
    size_t at = 0;

    x->scratch.length = 0;
    for (size_t f = 0; f < b->n_fields; f++) {
        tflow_i_span span = {"", 0};
        if (b->wanted[f])
            span = tflow_i_rows_field(&x->rows, first + f);
        tflow_i_text_add_n(&x->scratch, span.at, span.n);
        tflow_i_text_char(&x->scratch, '\0');
        x->fields[f].n = span.n;
    }
    if (x->scratch.failed) {
        x->failed = 1;
        return 0;
    }
    for (size_t f = 0; f < b->n_fields; f++) { /* now that the text stays in place */
        x->fields[f].text = x->scratch.data + at;
        at += x->fields[f].n + 1;
    }
    row->line = 0;
    row->n = b->n_fields;
    row->fields = x->fields;
    return 1;
}

static int add_text(tflow_i_extractor *x, tflow_i_dict *dict, const char *text,
                    size_t n, int32_t *value)
{
    if (!tflow_i_field_utf8(text, n))
        return 0;
    *value = tflow_i_dict_add(dict, text, n);
    x->failed = *value < 0;
    return *value >= 0;
}

/* Flags of UN Comtrade: 2 the quantity, 4 the weight is an estimate, 6 both. */
static int32_t estimation(const char *text)
{
    return strcmp(text, "6") == 0   ? 6
           : strcmp(text, "2") == 0 ? 2
                                    : 4 * (strcmp(text, "4") == 0);
}

/* What the text of a role means by itself; 0: that is not for this file to say. */
static int mean_plain(tflow_i_extractor *x, tflow_i_role role, const char *text,
                      int32_t *value)
{
    int labelled = (x->records->binding.layout->flags & TFLOW_I_CODE_LABEL) != 0;
    char letter;

    switch (role) {
    case TFLOW_I_PERIOD:
        return tflow_i_field_period(text, labelled, value, NULL) == TFLOW_OK;
    case TFLOW_I_STATUS:
    case TFLOW_I_QUANTITY_STATUS:
    case TFLOW_I_WEIGHT_STATUS:
        if (tflow_i_field_status(text, &letter, NULL) != TFLOW_OK)
            return 0;
        *value = (unsigned char)letter;
        return 1;
    case TFLOW_I_UNIT_CODE:
        *value = strcmp(text, "-1") == 0 || strcmp(text, "1") == 0;
        return 1;
    case TFLOW_I_ESTIMATION:
        *value = estimation(text);
        return 1;
    case TFLOW_I_TRADE_TYPE:
        *value = strcmp(text, "S") == 0;
        return 1;
    case TFLOW_I_CLASSIFICATION:
        *value = NOTHING;
        return *text == '\0' || add_text(x, x->classes, text, strlen(text), value);
    default: /* true or false */
        *value = tflow_i_field_true(text);
        return 1;
    }
}

/* Ask what a step's fields say in this row, and remember it. */
static int ask(tflow_i_extractor *x, tflow_i_step *step, size_t first,
               tflow_i_span text, int32_t *value)
{
    tflow_i_row row;
    tflow_i_key key = {0};
    size_t field;

    if (!whole_row(x, first, &row))
        return 0;
    if (step->role >= TFLOW_I_KEYS) {
        const char *said = tflow_i_record_text(x->records, &row, step->role, &field);
        if (!mean_plain(x, step->role, said, value))
            return 0;
    } else {
        if (tflow_i_record_key(x->records, &row, step->role, &key, NULL) != TFLOW_OK)
            return 0;
        *value = NOTHING;
        if (key.text != NULL &&
            !add_text(x, x->texts[step->role], key.text, key.n, value))
            return 0;
    }
    int kept;
    if (key.by_all) {
        tflow_i_span all = {x->joined.data, x->joined.length};
        kept = tflow_i_memo_add(&step->joined, all, *value) &&
               (tflow_i_memo_find(&step->memo, text) == BY_ALL ||
                tflow_i_memo_add(&step->memo, text, BY_ALL));
    } else
        kept = tflow_i_memo_add(&step->memo, text, *value);
    x->failed |= !kept;
    return kept;
}

/* ---- the steps of a row ---- */

/* All texts of a step, each behind a byte that none begins with. */
static tflow_i_span join(tflow_i_extractor *x, const tflow_i_step *step, size_t first)
{
    x->joined.length = 0;
    for (size_t i = 0; i < step->n_fields; i++) {
        tflow_i_span span = tflow_i_rows_field(&x->rows, first + step->fields[i]);
        tflow_i_text_char(&x->joined, '\x1f');
        tflow_i_text_add_n(&x->joined, span.at, span.n);
    }
    size_t n = x->joined.length;
    for (int i = 0; i < 8; i++) /* words are read to their end */
        tflow_i_text_char(&x->joined, '\0');
    x->joined.length = n;
    x->failed |= x->joined.failed;
    tflow_i_span all = {x->joined.data, n};
    return all;
}

static int take_step(tflow_i_extractor *x, tflow_i_step *step, size_t first,
                     int32_t *value)
{
    tflow_i_span text = {NULL, 0};
    for (size_t i = 0; i < step->n_fields && text.n == 0; i++)
        text = tflow_i_rows_field(&x->rows, first + step->fields[i]);
    *value = tflow_i_memo_value(&step->memo, text);
    if (*value > BY_ALL)
        return 1;
    if (step->n_fields > 1) {
        tflow_i_span all = join(x, step, first);
        if (x->failed)
            return 0;
        if (*value == BY_ALL)
            *value = tflow_i_memo_value(&step->joined, all);
        if (*value > BY_ALL)
            return 1;
    }
    return ask(x, step, first, text, value);
}

/* Where the value is NULL, it is enough that the text is one. */
static int take_number(tflow_i_extractor *x, size_t first, size_t field, int shift,
                       double *value, char *said)
{
    double unused;
    if (value != NULL)
        *value = NAN;
    *said = '\0';
    if (field == TFLOW_I_NO_FIELD)
        return 1;
    tflow_i_span text = tflow_i_rows_field(&x->rows, first + field);
    if (x->plain_numbers && tflow_i_plain_number(text, value))
        return 1;
    if (text.n == 0) {
        *said = 'O';
        return 1;
    }
    x->scratch.length = 0;
    tflow_i_text_add_n(&x->scratch, text.at, text.n);
    if (x->scratch.failed) {
        x->failed = 1;
        return 0;
    }
    return tflow_i_field_number(x->scratch.data, x->records->opts, shift,
                                value == NULL ? &unused : value, said,
                                NULL) == TFLOW_OK;
}

static char number_status(int32_t letter, int estimated)
{
    return letter != 0 ? (char)letter : estimated ? 'E' : 'A';
}

static int settle(const tflow_i_extractor *x, char said, tflow_i_observed *out)
{
    const int32_t *v = x->flags;
    int estimated = x->reported && !v[TFLOW_I_REPORTED] && !v[TFLOW_I_AGGREGATED];
    int quantity = v[TFLOW_I_QUANTITY_ESTIMATED] != 0 || (v[TFLOW_I_ESTIMATION] & 2);
    int weight = v[TFLOW_I_WEIGHT_ESTIMATED] != 0 || (v[TFLOW_I_ESTIMATION] & 4);

    if (v[TFLOW_I_UNIT_CODE] != 0)
        out->quantity = NAN;
    out->quantity_status = number_status(v[TFLOW_I_QUANTITY_STATUS], quantity);
    out->weight_status = number_status(v[TFLOW_I_WEIGHT_STATUS], weight);
    out->service = v[TFLOW_I_TRADE_TYPE];
    return tflow_i_record_settle(out->value, (char)v[TFLOW_I_STATUS], estimated, said,
                                 &out->status);
}

/* Do fields that are read hold doubled quotes? The spans still hold both. */
static int escaped(const tflow_i_extractor *x, size_t first)
{
    const tflow_i_binding *b = &x->records->binding;
    for (size_t f = 0; f < b->n_fields; f++) {
        tflow_i_span span = tflow_i_rows_field(&x->rows, first + f);
        if (b->wanted[f] && span.n > 0 && memchr(span.at, '"', span.n) != NULL)
            return 1;
    }
    return 0;
}

void tflow_i_observed_init(tflow_i_extractor *x, tflow_i_observed *out)
{
    x->after_row = 0;
    out->quantity = out->weight = NAN;
    memset(out->keys, 0xff, sizeof out->keys);
    out->period = TFLOW_PERIOD_NONE;
    if (x->flow >= 0)
        out->keys[TFLOW_I_FLOW] = x->flow;
    if (x->mode >= 0)
        out->keys[TFLOW_I_MODE] = x->mode;
}

/* How many bytes two rows have in common from their start. */
static size_t in_common(const char *a, const char *b, size_t n)
{
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t x, y;
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        if (x != y)
            break;
    }
    while (i < n && a[i] == b[i])
        i++;
    return i;
}

static int take_steps(tflow_i_extractor *x, size_t first, size_t begins,
                      tflow_i_observed *out)
{
    /* Files are in some order, and rows begin like those before them: fields that end
     * within what two rows have in common say the same. */
    size_t common = 0;
    if (x->after_row)
        common = in_common(x->rows.bytes + begins, x->rows.bytes + x->before,
                           begins - x->before);
    int unsure = !x->after_row;
    x->after_row = 0; /* until all of this row is understood */
    for (size_t i = 0; i < x->n_steps; i++) {
        tflow_i_step *step = &x->steps[i];
        int32_t value, *kept = &x->flags[step->role];
        if (x->rows.ends[first + step->last] - begins < common)
            continue;
        if (!take_step(x, step, first, &value))
            return 0;
        if (step->role < TFLOW_I_KEYS)
            kept = &out->keys[step->role];
        else if (step->role == TFLOW_I_PERIOD)
            kept = &out->period;
        unsure |= *kept != value && step->role <= TFLOW_I_PERIOD &&
                  step->role != TFLOW_I_PRODUCT;
        *kept = value;
    }
    out->same = !unsure;
    x->before = begins;
    return 1;
}

int tflow_i_extract(tflow_i_extractor *x, size_t r, int escapes, tflow_i_observed *out)
{
    const tflow_i_binding *b = &x->records->binding;
    size_t first = tflow_i_rows_first(&x->rows, r);
    size_t n = x->rows.last[r] - first + 1;
    size_t begins = first == 0 ? 0 : (size_t)x->rows.ends[first - 1] + 1;
    char said, ignored;

    if (n != b->n_fields &&
        !(n == b->n_fields + 1 && tflow_i_rows_field(&x->rows, x->rows.last[r]).n == 0))
        return 0;
    if (escapes && escaped(x, first))
        return 0;
    x->after_row =
        take_steps(x, first, begins, out) &&
        take_number(x, first, x->value, x->records->shift, &out->value, &said) &&
        take_number(x, first, x->quantity, 0, x->sums_only ? NULL : &out->quantity,
                    &ignored) &&
        take_number(x, first, x->weight, 0, x->sums_only ? NULL : &out->weight,
                    &ignored) &&
        settle(x, said, out);
    return x->after_row;
}
