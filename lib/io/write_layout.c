/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of flows as a file of another layout: whatever does not fit is refused, or
 * left out because the caller said so. */
#include "io/write_layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int tflow_i_drops(const tflow_i_writing *w, const char *what)
{
    size_t n = strlen(what);
    for (const char *s = w->drop; s != NULL; s = strchr(s, ',')) {
        s += *s == ',';
        if (strncmp(s, what, n) == 0 && (s[n] == ',' || s[n] == '\0'))
            return 1;
    }
    return 0;
}

/* A note once, whatever the row. */
static tflow_status note(tflow_i_writing *w, const char *text, tflow_error *error)
{
    size_t n = strlen(text);
    for (const char *s = w->notes.data; s != NULL; s = strchr(s, '\n')) {
        s += *s == '\n';
        if (strncmp(s, text, n) == 0 && (s[n] == '\n' || s[n] == '\0'))
            return TFLOW_OK;
    }
    tflow_i_text_add(&w->notes, w->notes.length == 0 ? "" : "\n");
    tflow_i_text_add(&w->notes, text);
    return w->notes.failed ? tflow_i_nomem(error) : TFLOW_OK;
}

tflow_status tflow_i_lose(tflow_i_writing *w, const char *what, const char *why,
                          size_t row, tflow_error *error)
{
    tflow_i_text text = {0};
    tflow_status status;
    if (tflow_i_drops(w, what)) {
        tflow_i_text_format(&text,
                            "the layout %s does not hold everything: %s left out",
                            w->target->layout, what);
        status = text.failed ? tflow_i_nomem(error) : note(w, text.data, error);
        tflow_i_text_clear(&text);
        return status;
    }
    tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                 "the layout %s does not hold %s: --drop %s leaves it out",
                 w->target->layout, why, what);
    if (row != SIZE_MAX)
        tflow_i_at(error, tflow_i_table_file(w->table, row),
                   tflow_i_table_line(w->table, row), 0, what);
    return TFLOW_EUNSUPPORTED;
}

/* ---- what the table has ---- */

static const tflow_i_target *target_of(const char *layout)
{
    for (size_t i = 0; i < tflow_i_n_targets; i++)
        if (strcmp(tflow_i_targets[i].layout, layout) == 0)
            return &tflow_i_targets[i];
    return NULL;
}

static tflow_status open_writing(tflow_i_writing *w, tflow_error *error)
{
    static const struct {
        const char *unit;
        int power;
    } weights[] = {{"", 0}, {"kg", 0}, {"100 kg", 2}, {"t", 3}};
    const char *power = tflow_table_attribute(w->table, "unit_multiplier");
    w->value = tflow_i_table_column(w->table, "value", TFLOW_FLOAT64);
    w->period = tflow_i_table_column(w->table, "period", TFLOW_PERIOD);
    w->quantity = tflow_i_table_column(w->table, "quantity", TFLOW_FLOAT64);
    w->weight = tflow_i_table_column(w->table, "net_weight", TFLOW_FLOAT64);
    if (w->value == NULL || w->period == NULL)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "found no columns value and period, expected a table of "
                            "flows");
    w->power = power == NULL ? 0 : (int)strtol(power, NULL, 10);
    w->unit = w->quantity == NULL ? "" : w->quantity->unit;
    w->weight_unit = w->weight == NULL ? "" : w->weight->unit;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        if (strcmp(weights[i].unit, w->weight_unit) == 0) {
            w->weight_power = weights[i].power;
            return TFLOW_OK;
        }
    return tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                        "the net weight is in \"%.40s\", expected kg, 100 kg or t",
                        w->weight_unit);
}

/* ---- what the layout says of all its rows ---- */

static int holds(const tflow_i_target *target, const char *column)
{
    for (size_t i = 0; i < target->n; i++)
        if (target->columns[i].column != NULL &&
            strcmp(target->columns[i].column, column) == 0)
            return 1;
    if (strcmp(column, "quantity_unit") == 0)
        for (size_t i = 0; i < target->n; i++)
            if (target->columns[i].content == TFLOW_I_UNIT_OF)
                return 1;
    return strcmp(column, "value") == 0 || strcmp(column, "period") == 0 ||
           strcmp(column, "status") == 0 ||
           (target->flows != NULL && strcmp(column, "flow") == 0) ||
           (target->indicators &&
            (strcmp(column, "quantity") == 0 || strcmp(column, "net_weight") == 0));
}

/* Does the column say nothing, or the same everywhere that the layout means anyway? */
static int is_idle(const tflow_table *table, const tflow_i_column *c)
{
    static const char *const totals[] = {"WLD", "C00", "0", "TOTAL"};
    for (size_t row = 0; row < table->rows; row++) {
        if (c->type == TFLOW_FLOAT64 && !isnan(((const double *)c->data)[row]))
            return 0;
        if (c->type == TFLOW_OBS_STATUS && ((const uint8_t *)c->data)[row] != 0 &&
            ((const uint8_t *)c->data)[row] != 'A')
            return 0;
        if (c->type != TFLOW_KEY || ((const int32_t *)c->data)[row] < 0)
            continue;
        const char *text = tflow_i_dict_text(c->dict, ((const int32_t *)c->data)[row]);
        int total = 0;
        for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
            total |= strcmp(text, totals[i]) == 0;
        if (!total || strcmp(c->name, "reporter") == 0 ||
            strcmp(c->name, "partner") == 0)
            return 0;
    }
    return 1;
}

/* A key without which the layout cannot be read back. */
static tflow_status check_needed(const tflow_i_writing *w, tflow_error *error)
{
    for (size_t i = 0; i < w->target->n && !w->target->only_present; i++) {
        const tflow_i_target_column *c = &w->target->columns[i];
        if (c->column == NULL || c->text != NULL ||
            (c->content > TFLOW_I_HS6_NUMBER && strcmp(c->column, "flow") != 0))
            continue;
        for (size_t row = 0; row < w->table->rows; row++)
            if (tflow_i_key_text(w->table, c->column, row) == NULL) {
                tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                             "the layout %s needs a %s, and the table has none: name "
                             "it with --columns",
                             w->target->layout, c->column);
                tflow_i_at(error, tflow_i_table_file(w->table, row),
                           tflow_i_table_line(w->table, row), 0, c->column);
                return TFLOW_EUNSUPPORTED;
            }
    }
    return TFLOW_OK;
}

static tflow_status check_columns(tflow_i_writing *w, tflow_error *error)
{
    tflow_status status = check_needed(w, error);
    for (size_t i = 0; i < w->table->n_columns && status == TFLOW_OK; i++) {
        const tflow_i_column *c = &w->table->columns[i];
        char why[64] = "the column ";
        strncat(why, c->name, 40);
        if (!holds(w->target, c->name) && !is_idle(w->table, c) &&
            strcmp(c->name, "currency") != 0 && strcmp(c->name, "valuation") != 0)
            status = tflow_i_lose(w, c->name, why, SIZE_MAX, error);
    }
    if (status == TFLOW_OK && strcmp(w->target->layout, "baci") == 0 &&
        w->quantity != NULL && strcmp(w->unit, "t") != 0 &&
        !is_idle(w->table, w->quantity)) {
        status = tflow_i_lose(w, "quantity", "quantities that are not in tonnes",
                              SIZE_MAX, error);
        w->quantity = NULL;
    }
    return status;
}

/* Is the flow one of these, " X RX "? */
static int is_flow_of(const char *flows, const char *flow)
{
    size_t n = flow == NULL ? 0 : strlen(flow);
    for (const char *s = flows; n > 0 && (s = strstr(s, flow)) != NULL; s++)
        if (s[-1] == ' ' && s[n] == ' ')
            return 1;
    return 0;
}

/* Are all flows of these, " X RX "? */
static int only_flows(const tflow_table *table, const char *flows)
{
    for (size_t row = 0; row < table->rows; row++) {
        const char *flow = tflow_i_key_text(table, "flow", row);
        if (!is_flow_of(flows, flow))
            return 0;
    }
    return 1;
}

static int same_valuation(const tflow_i_writing *w, const char *valuation)
{
    const char *means = w->target->valuation;
    return strcmp(valuation, means) == 0 ||
           (strcmp(means, "FOB/CIF") == 0 &&
            ((strcmp(valuation, "FOB") == 0 && only_flows(w->table, " X RX ")) ||
             (strcmp(valuation, "CIF") == 0 && only_flows(w->table, " M RM "))));
}

static tflow_status check_facts(tflow_i_writing *w, tflow_error *error)
{
    const char *currency = tflow_table_attribute(w->table, "currency");
    const char *valuation = tflow_table_attribute(w->table, "valuation");
    tflow_i_text text = {0};
    tflow_status status = TFLOW_OK;
    if (w->target->currency != NULL &&
        (currency == NULL || strcmp(currency, w->target->currency) != 0))
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "the layout %s is in %s, the values are in %.20s: convert "
                            "them, with --rates",
                            w->target->layout, w->target->currency,
                            currency == NULL ? "no currency that is known" : currency);
    if (tflow_table_attribute(w->table, "prices") != NULL)
        status = tflow_i_lose(w, "prices", "that values are at constant prices",
                              SIZE_MAX, error);
    if (status == TFLOW_OK && !holds(w->target, "classification") &&
        tflow_table_attribute(w->table, "classification") != NULL &&
        holds(w->target, "product"))
        status = tflow_i_lose(w, "classification", "the classification of products",
                              SIZE_MAX, error);
    if (status != TFLOW_OK || w->target->valuation == NULL)
        return status;
    if (valuation == NULL &&
        tflow_i_table_column(w->table, "valuation", TFLOW_KEY) == NULL) {
        tflow_i_text_format(&text,
                            "the layout %s means values %s; the table does not say",
                            w->target->layout, w->target->valuation);
        status = text.failed ? tflow_i_nomem(error) : note(w, text.data, error);
        tflow_i_text_clear(&text);
        return status;
    }
    return valuation != NULL && same_valuation(w, valuation)
               ? TFLOW_OK
               : tflow_i_lose(w, "valuation", "this valuation of the values", SIZE_MAX,
                              error);
}

/* ---- rows ---- */

/* *out is 0 when the row is left out. */
static tflow_status check_row(tflow_i_writing *w, size_t row, int *out,
                              tflow_error *error)
{
    const tflow_i_column *c =
        tflow_i_table_column(w->table, "status", TFLOW_OBS_STATUS);
    char letter = c == NULL ? '\0' : (char)((const uint8_t *)c->data)[row];
    int missing = isnan(((const double *)w->value->data)[row]);
    const char *flow = tflow_i_key_text(w->table, "flow", row);
    *out = 1;
    if (w->target->flows != NULL &&
        tflow_i_table_column(w->table, "flow", TFLOW_KEY) != NULL &&
        !is_flow_of(w->target->flows, flow)) {
        *out = 0;
        return tflow_i_lose(w, "flow", "such a flow", row, error);
    }
    if (w->target->statuses == NULL)
        return TFLOW_OK;
    if (missing && strchr(w->target->statuses, 'O') == NULL) {
        *out = 0;
        return tflow_i_lose(w, "missing", "values that are missing", row, error);
    }
    if (missing && letter != 'O' && letter != '\0')
        return tflow_i_lose(w, "status", "why a value is missing", row, error);
    if (!missing && letter != '\0' && strchr(w->target->statuses, letter) == NULL)
        return tflow_i_lose(w, "status", "this observation status", row, error);
    return TFLOW_OK;
}

/* What the value is called where its name says the unit. */
static const char *value_header(const tflow_i_writing *w)
{
    static const struct {
        const char *currency;
        int power;
        const char *header;
    } names[] = {{"USD", 0, "value_usd"},
                 {"USD", 3, "value_kusd"},
                 {"USD", 6, "value_musd"},
                 {"EUR", 0, "value_eur"}};
    const char *currency = tflow_table_attribute(w->table, "currency");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (currency != NULL && strcmp(names[i].currency, currency) == 0 &&
            names[i].power == w->power)
            return names[i].header;
    return "value";
}

static int is_present(const tflow_i_writing *w, const tflow_i_target_column *c)
{
    size_t at;
    if (!w->target->only_present)
        return 1;
    if (c->content == TFLOW_I_FACT_OF &&
        tflow_table_attribute(w->table, c->column) != NULL)
        return 1;
    if (c->content == TFLOW_I_UNIT_OF && w->unit[0] == '\0')
        return tflow_i_table_column(w->table, "quantity_unit", TFLOW_KEY) != NULL;
    return tflow_table_find(w->table, c->column, &at) == TFLOW_OK;
}

static int has_indicator(const tflow_i_writing *w, size_t row, int indicator)
{
    const tflow_i_column *c = indicator == 0   ? w->value
                              : indicator == 1 ? w->weight
                                               : w->quantity;
    return indicator == 0 || (c != NULL && !isnan(((const double *)c->data)[row]));
}

static tflow_status write_rows(tflow_i_writing *w, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    tflow_i_target target = *w->target;
    tflow_i_target_column columns[64];
    target.n = 0;
    for (size_t i = 0; i < w->target->n; i++)
        if (is_present(w, &w->target->columns[i]))
            columns[target.n++] = w->target->columns[i];
    for (size_t i = 0; i < target.n; i++) {
        int value = columns[i].content == TFLOW_I_VALUE_OF && w->target->power < 0;
        tflow_i_text_add(&w->out, i > 0 ? "," : "");
        tflow_i_text_add(&w->out, value ? value_header(w) : columns[i].header);
    }
    tflow_i_text_char(&w->out, '\n');
    for (size_t row = 0; row < w->table->rows && status == TFLOW_OK; row++) {
        int in;
        status = check_row(w, row, &in, error);
        for (int k = 0; k < (w->target->indicators ? 3 : 1) && in; k++) {
            if (!has_indicator(w, row, k))
                continue;
            for (size_t i = 0; i < target.n && status == TFLOW_OK; i++) {
                tflow_i_text_add(&w->out, i > 0 ? "," : "");
                status = tflow_i_write_field(w, &columns[i], row, k, error);
            }
            tflow_i_text_char(&w->out, '\n');
        }
        if (w->out.failed)
            return tflow_i_nomem(error);
    }
    return status;
}

/* Where the long layout has no name for the unit, values are written in units. */
static void units(tflow_i_writing *w, tflow_i_target *own)
{
    if (own->power < 0 && w->power != 0 && strcmp(value_header(w), "value") == 0)
        own->power = 0;
    w->target = own;
}

static tflow_status check_rows(tflow_i_writing *w, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    int in;
    for (size_t row = 0; row < w->table->rows && status == TFLOW_OK; row++)
        status = check_row(w, row, &in, error);
    return status;
}

tflow_status tflow_i_write_layout(const tflow_table *table, const char *layout,
                                  const char *drop, char **out, tflow_i_text *notes,
                                  tflow_error *error)
{
    tflow_i_writing w = {.table = table, .drop = drop};
    *out = NULL;
    w.target = target_of(layout);
    if (w.target == NULL) {
        tflow_i_fail(error, TFLOW_EUNKNOWN,
                     "found \"%.40s\", expected a layout that can be written: long, "
                     "comtrade, baci, imf-wide or eurostat-sdmx",
                     layout);
        return TFLOW_EUNKNOWN;
    }
    tflow_i_target own = *w.target;
    tflow_status status = open_writing(&w, error);
    if (status == TFLOW_OK)
        status = check_columns(&w, error);
    if (status == TFLOW_OK)
        status = check_facts(&w, error);
    if (status == TFLOW_OK && own.wide) {
        status = check_rows(&w, error);
        if (status == TFLOW_OK)
            status = tflow_i_write_wide(&w, error);
    } else if (status == TFLOW_OK) {
        units(&w, &own);
        status = write_rows(&w, error);
    }
    if (status == TFLOW_OK && w.out.failed)
        status = tflow_i_nomem(error);
    if (status == TFLOW_OK)
        *out = tflow_i_text_take(&w.out);
    tflow_i_text_clear(&w.out);
    if (status == TFLOW_OK && notes != NULL)
        *notes = w.notes;
    else
        tflow_i_text_clear(&w.notes);
    return status;
}

tflow_status tflow_table_write_layout(const tflow_table *table, const char *layout,
                                      const char *drop, char **out, tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (table == NULL || layout == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no table or layout");
    return tflow_i_write_layout(table, layout, drop, out, NULL, error);
}

int tflow_layout_writable(const char *layout)
{
    return layout != NULL && target_of(layout) != NULL;
}
