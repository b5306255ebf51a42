/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a header to a binding: which layout it is, and which field means what. */
#include "io/layout.h"

#include <string.h>

void tflow_i_binding_free(tflow_i_binding *binding)
{
    if (binding->names != NULL)
        for (size_t i = 0; i < binding->n_fields; i++)
            tflow_i_free(binding->names[i]);
    tflow_i_free(binding->names);
    tflow_i_free(binding->measures);
    tflow_i_free(binding->wanted);
    tflow_i_free(binding->constants);
    memset(binding, 0, sizeof *binding);
}

static char fold(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == ' ' || c == '-' ? '_' : c;
}

static int same(const char *a, const char *b, int folded)
{
    if (!folded)
        return strcmp(a, b) == 0;
    while (*a != '\0' && fold(*a) == fold(*b))
        a++, b++;
    return *a == '\0' && *b == '\0';
}

/* The field of that name, or TFLOW_I_NO_FIELD; *twice says that there are two. The
 * empty name is that of the first field alone: others are blanks at the end of a line.
 */
static size_t field_named(const tflow_i_binding *binding, const char *name, int folded,
                          int *twice)
{
    size_t found = TFLOW_I_NO_FIELD;
    size_t n = name[0] == '\0' && binding->n_fields > 0 ? 1 : binding->n_fields;

    *twice = 0;
    for (size_t i = 0; i < n; i++) {
        if (!same(binding->names[i], name, folded))
            continue;
        *twice = found != TFLOW_I_NO_FIELD;
        if (*twice)
            break;
        found = i;
    }
    return found;
}

static const tflow_i_layout_column *column_named(const tflow_i_layout *layout,
                                                 const char *name)
{
    for (size_t i = 0; i < layout->n_columns; i++)
        if (same(layout->columns[i].name, name,
                 (layout->flags & TFLOW_I_FOLD_CASE) != 0))
            return &layout->columns[i];
    return NULL;
}

static tflow_period period_of(const char *name)
{
    tflow_period period;
    tflow_period_parse(name, strlen(name), &period, NULL);
    return period;
}

/* In a wide layout each field that is not known by name is a period. */
static size_t count_periods(const tflow_i_layout *layout,
                            const tflow_i_binding *binding)
{
    size_t n = 0;
    for (size_t i = 0; i < binding->n_fields; i++) {
        const char *name = binding->names[i];
        if (period_of(name) != TFLOW_PERIOD_NONE)
            n++;
        else if (column_named(layout, name) == NULL)
            return 0;
    }
    return n;
}

/* How many columns of the layout the header has; 0 when one that must be is not there,
 * whose role is then *missing. */
static size_t fit(const tflow_i_layout *layout, const tflow_i_binding *binding,
                  tflow_i_role *missing)
{
    unsigned char needed[TFLOW_I_ROLES + 1] = {0}, met[TFLOW_I_ROLES + 1] = {0};
    size_t score = 0;

    for (size_t i = 0; i < layout->n_columns; i++) {
        const tflow_i_layout_column *c = &layout->columns[i];
        int twice;
        size_t field = field_named(binding, c->name,
                                   (layout->flags & TFLOW_I_FOLD_CASE) != 0, &twice);
        needed[c->role] = needed[c->role] || c->required;
        if (field != TFLOW_I_NO_FIELD) {
            met[c->role] = met[c->role] || c->required;
            score++;
        }
    }
    *missing = TFLOW_I_VALUE;
    if ((layout->flags & TFLOW_I_WIDE) != 0 && count_periods(layout, binding) == 0)
        return 0;
    for (int role = 0; role < TFLOW_I_ROLES; role++)
        if (needed[role] && !met[role]) {
            *missing = (tflow_i_role)role;
            return 0;
        }
    return score;
}

static void add_quoted(tflow_i_text *text, const char *name)
{
    tflow_i_text_char(text, '"');
    tflow_i_text_add(text, name);
    tflow_i_text_char(text, '"');
}

static tflow_status no_layout(const tflow_i_binding *binding, tflow_error *error)
{
    tflow_i_text text = {0};
    tflow_i_text_add(&text, "found a header that no layout fits: ");
    for (size_t i = 0; i < binding->n_fields && text.length < 160; i++) {
        tflow_i_text_add(&text, i == 0 ? "" : ", ");
        add_quoted(&text, binding->names[i]);
    }
    tflow_i_text_add(&text, "; expected one of");
    for (size_t i = 0; tflow_layout_name(i) != NULL; i++) {
        tflow_i_text_add(&text, i == 0 ? " " : ", ");
        tflow_i_text_add(&text, tflow_layout_name(i));
    }
    tflow_i_text_add(&text, ", or --columns to say which is what");
    tflow_status status = text.failed
                              ? tflow_i_nomem(error)
                              : tflow_i_fail(error, TFLOW_EPARSE, "%s", text.data);
    tflow_i_text_clear(&text);
    return status;
}

static const tflow_i_layout *fallback(void)
{
    const tflow_i_layout *layout = tflow_i_layouts;
    while ((layout->flags & TFLOW_I_FALLBACK) == 0)
        layout++;
    return layout;
}

/* Choose among the variants of a named layout, or among all. */
static tflow_status choose(const tflow_i_layout *named, int mapped,
                           tflow_i_binding *binding, tflow_error *error)
{
    const tflow_i_layout *best = NULL, *tied = NULL;
    size_t best_score = 0;
    tflow_i_role missing, why = TFLOW_I_VALUE;

    for (size_t i = 0; i < tflow_i_n_layouts; i++) {
        const tflow_i_layout *layout = &tflow_i_layouts[i];
        if (named != NULL ? strcmp(layout->name, named->name) != 0
                          : (layout->flags & (TFLOW_I_FALLBACK | TFLOW_I_JSON)) != 0)
            continue;
        size_t score = fit(layout, binding, &missing);
        if (layout == named)
            why = missing;
        if (score > best_score)
            tied = NULL;
        else if (score > 0 && score == best_score)
            tied = layout;
        if (score > best_score) {
            best = layout;
            best_score = score;
        }
    }
    if (tied != NULL)
        return tflow_i_fail(
            error, TFLOW_EPARSE,
            "found a header that fits layouts %s and %s alike: name one", best->name,
            tied->name);
    if (best == NULL && named == NULL &&
        (mapped || fit(fallback(), binding, &missing) > 0))
        best = fallback();
    if (best == NULL && named != NULL && mapped)
        best = named;
    if (best == NULL && named != NULL) {
        tflow_i_fail(error, TFLOW_EPARSE,
                     "found no column of the %s that layout %s has",
                     why == TFLOW_I_INDICATOR ? "indicators" : tflow_i_role_name(why),
                     named->name);
        tflow_i_at(error, NULL, 0, 0, tflow_i_role_name(why));
        return TFLOW_EPARSE;
    }
    if (best == NULL)
        return no_layout(binding, error);
    binding->layout = best;
    return TFLOW_OK;
}

static int equal_or_null(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The measure that a number belongs to, added if new; NULL: no memory. */
static tflow_i_measure *measure_of(tflow_i_binding *binding,
                                   const tflow_i_layout_column *c, tflow_period period)
{
    for (size_t i = 0; i < binding->n_measures; i++) {
        tflow_i_measure *m = &binding->measures[i];
        if (equal_or_null(m->flow, c->flow) && equal_or_null(m->mode, c->mode) &&
            m->when == c->when && m->period == period)
            return m;
    }
    if (!tflow_i_reserve(&binding->measures, &binding->measures_capacity,
                         binding->n_measures + 1, sizeof *binding->measures))
        return NULL;
    tflow_i_measure *m = &binding->measures[binding->n_measures++];
    m->value = m->quantity = m->weight = TFLOW_I_NO_FIELD;
    m->flow = c->flow;
    m->mode = c->mode;
    m->when = c->when;
    m->period = period;
    return m;
}

static int is_number(unsigned role)
{
    return role == TFLOW_I_VALUE || role == TFLOW_I_QUANTITY ||
           role == TFLOW_I_NET_WEIGHT;
}

static tflow_status ambiguous(const tflow_i_binding *binding, size_t field,
                              const char *what, tflow_error *error)
{
    tflow_i_fail(error, TFLOW_EPARSE, "found two columns of the %s, expected one",
                 what);
    tflow_i_at(error, NULL, 0, (uint32_t)(field + 1), binding->names[field]);
    return TFLOW_EPARSE;
}

/* Take field as what column c of the layout says. */
static tflow_status take(tflow_i_binding *binding, const tflow_i_layout_column *c,
                         size_t field, tflow_period period, tflow_error *error)
{
    if (c->role >= TFLOW_I_ROLES)
        return TFLOW_OK;
    binding->wanted[field] = 1;
    if (!is_number(c->role)) {
        size_t n = binding->roles[c->role].n;
        if (n < TFLOW_I_ALTERNATIVES)
            binding->roles[c->role].fields[binding->roles[c->role].n++] = field;
        if (c->flow != NULL)
            binding->roles[TFLOW_I_FLOW].constant = c->flow;
        return TFLOW_OK;
    }
    tflow_i_measure *m = measure_of(binding, c, period);
    if (m == NULL)
        return tflow_i_nomem(error);
    size_t *place = c->role == TFLOW_I_VALUE      ? &m->value
                    : c->role == TFLOW_I_QUANTITY ? &m->quantity
                                                  : &m->weight;
    if (*place != TFLOW_I_NO_FIELD)
        return ambiguous(binding, field, tflow_i_role_name((tflow_i_role)c->role),
                         error);
    *place = field;
    if (c->role == TFLOW_I_VALUE) {
        if (c->unit != NULL)
            binding->currency = c->unit;
        if (c->multiplier != NULL)
            binding->multiplier = c->multiplier;
        if (c->valuation != NULL)
            binding->valuation = c->valuation;
    } else if (c->role == TFLOW_I_QUANTITY)
        binding->quantity_unit = c->unit;
    else
        binding->weight_unit = c->unit;
    return TFLOW_OK;
}

static tflow_status take_layout(tflow_i_binding *binding, const unsigned char *mapped,
                                tflow_error *error)
{
    const tflow_i_layout *layout = binding->layout;
    int folded = (layout->flags & TFLOW_I_FOLD_CASE) != 0;

    for (size_t i = 0; i < layout->n_columns; i++) {
        const tflow_i_layout_column *c = &layout->columns[i];
        int twice;
        size_t field = field_named(binding, c->name, folded, &twice);
        if (field == TFLOW_I_NO_FIELD || mapped[c->role])
            continue;
        if (twice)
            return ambiguous(binding, field, binding->names[field], error);
        tflow_status status = take(binding, c, field, TFLOW_PERIOD_NONE, error);
        if (status != TFLOW_OK)
            return status;
    }
    if ((layout->flags & TFLOW_I_WIDE) == 0 || mapped[TFLOW_I_VALUE])
        return TFLOW_OK;
    tflow_i_layout_column column = {.role = TFLOW_I_VALUE};
    for (size_t i = 0; i < binding->n_fields; i++) {
        tflow_period period = period_of(binding->names[i]);
        if (period == TFLOW_PERIOD_NONE)
            continue;
        tflow_status status = take(binding, &column, i, period, error);
        if (status != TFLOW_OK)
            return status;
    }
    return TFLOW_OK;
}

static void leave_out_parts(tflow_i_binding *binding)
{
    int vessels = 0;
    size_t kept = 0;

    for (size_t i = 0; i < binding->n_measures; i++)
        vessels = vessels || equal_or_null(binding->measures[i].mode, "VES");
    for (size_t i = 0; i < binding->n_measures; i++) {
        const tflow_i_measure *m = &binding->measures[i];
        int part = vessels && equal_or_null(m->mode, "CNT");
        if (m->value != TFLOW_I_NO_FIELD && !part)
            binding->measures[kept++] = *m;
    }
    binding->n_measures = kept;
}

/* "V1,V2,V3": R wrote a matrix, and the header is its first row. */
static int row_of_v(const tflow_i_binding *binding)
{
    size_t n = 0;
    for (size_t i = 0; i < binding->n_fields; i++) {
        const char *name = binding->names[i];
        if (name[0] == '\0')
            continue;
        if (name[0] != 'V' || name[1] == '\0' ||
            strspn(name + 1, "0123456789") != strlen(name + 1))
            return 0;
        n++;
    }
    return n > 1;
}

static int take_names(tflow_i_binding *binding, const tflow_i_row *header)
{
    binding->names = tflow_i_calloc(header->n, sizeof *binding->names);
    binding->wanted = tflow_i_calloc(header->n, 1);
    if (binding->names == NULL || binding->wanted == NULL)
        return 0;
    binding->n_fields = header->n;
    for (size_t i = 0; i < header->n; i++) {
        binding->names[i] =
            tflow_i_strndup(header->fields[i].text, header->fields[i].n);
        if (binding->names[i] == NULL)
            return 0;
    }
    return 1;
}

static void take_constants(tflow_i_binding *binding)
{
    const tflow_i_layout *layout = binding->layout;

    if (binding->currency == NULL)
        binding->currency = layout->currency;
    if (binding->multiplier == NULL)
        binding->multiplier = layout->multiplier;
    if (binding->valuation == NULL)
        binding->valuation = layout->valuation;
    if (binding->roles[TFLOW_I_REPORTER].n == 0 &&
        binding->roles[TFLOW_I_REPORTER].constant == NULL)
        binding->roles[TFLOW_I_REPORTER].constant = layout->reporter;
    if (binding->roles[TFLOW_I_FLOW].n == 0 &&
        binding->roles[TFLOW_I_FLOW].constant == NULL)
        binding->roles[TFLOW_I_FLOW].constant = layout->flow;
}

static tflow_status understand(const tflow_i_layout *layout, const char *columns,
                               tflow_i_binding *binding, tflow_error *error)
{
    unsigned char mapped[TFLOW_I_ROLES + 1] = {0};
    tflow_i_mapping *mapping = NULL;
    size_t n = 0;
    tflow_status status = tflow_i_mapping_parse(columns, binding, &mapping, &n, error);
    if (status == TFLOW_OK)
        status = choose(layout, n > 0, binding, error);
    for (size_t i = 0; i < n && status == TFLOW_OK; i++) {
        tflow_i_layout_column c = {.role = (unsigned char)mapping[i].role};
        mapped[c.role] = 1;
        if (mapping[i].constant != NULL) {
            binding->roles[c.role].constant = mapping[i].constant;
            continue;
        }
        /* "value=value_kusd" keeps what the name says of the unit. */
        const tflow_i_layout_column *known =
            column_named(binding->layout, binding->names[mapping[i].field]);
        if (known != NULL && known->role == c.role)
            c = *known;
        status = take(binding, &c, mapping[i].field, TFLOW_PERIOD_NONE, error);
    }
    tflow_i_free(mapping);
    if (status == TFLOW_OK)
        status = take_layout(binding, mapped, error);
    if (status != TFLOW_OK)
        return status;
    leave_out_parts(binding);
    take_constants(binding);
    if (binding->n_measures == 0) {
        tflow_i_fail(error, TFLOW_EPARSE, "found no column for the value");
        tflow_i_at(error, NULL, 0, 0, "value");
        return TFLOW_EPARSE;
    }
    return TFLOW_OK;
}

tflow_status tflow_i_bind(const tflow_i_layout *layout, const char *columns,
                          const tflow_i_row *header, tflow_i_binding *out,
                          tflow_error *error)
{
    memset(out, 0, sizeof *out);
    if (!take_names(out, header)) {
        tflow_i_binding_free(out);
        return tflow_i_nomem(error);
    }
    tflow_status status =
        row_of_v(out) ? TFLOW_I_NOT_YET : understand(layout, columns, out, error);
    if (status != TFLOW_OK)
        tflow_i_binding_free(out);
    return status;
}
