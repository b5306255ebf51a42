/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same flow twice: from two sources, or from both partners (mirror). */
#include "op/select_args.h"

#include <math.h>
#include <string.h>

typedef struct sides {
    tflow_i_cells a, b;
    int power_b; /* of ten, brings b to the unit of a */
    int mirror;
    double low, high; /* band of the CIF/FOB factor */
} sides;

/* ---- what the second side is asked for ---- */

static const char *mirrored_name(const char *name)
{
    return strcmp(name, "reporter") == 0  ? "partner"
           : strcmp(name, "partner") == 0 ? "reporter"
                                          : name;
}

static const char *mirrored_flow(const char *flow)
{
    const char *code = tflow_i_flow_code(flow);
    return strcmp(code, "X") == 0 ? "M" : strcmp(code, "M") == 0 ? "X" : code;
}

#define MOST_FLOWS 8

/* The same flows as the partner sees them. texts has room for the flows and the keys.
 */
static void mirror_selection(tflow_i_selection *s, const char *texts[2 * MOST_FLOWS])
{
    const char *const *list = s->reporters;
    size_t n = s->n_reporters;
    s->reporters = s->partners;
    s->n_reporters = s->n_partners;
    s->partners = list;
    s->n_partners = n;
    for (size_t i = 0; i < s->n_flows && i < MOST_FLOWS; i++)
        texts[i] = mirrored_flow(s->flows[i]);
    s->flows = s->n_flows == 0 ? NULL : texts;
    for (size_t i = 0; i < s->n_by && i < MOST_FLOWS; i++)
        texts[MOST_FLOWS + i] = mirrored_name(s->by[i]);
    s->by = texts + MOST_FLOWS;
}

/* ---- units ---- */

static int differ(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) != 0;
}

/* Current prices beside constant ones are not the same flow. */
static tflow_status same_prices(const tflow_table *a, const tflow_table *b,
                                tflow_error *error)
{
    const char *x = tflow_table_attribute(a, "prices");
    const char *y = tflow_table_attribute(b, "prices");
    x = x == NULL ? "current" : x;
    y = y == NULL ? "current" : y;
    if (differ(x, y))
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "the first table is at %s prices and the second at %s", x,
                            y);
    return TFLOW_OK;
}

static tflow_status same_money(const tflow_table *a, const tflow_table *b, int *power,
                               tflow_error *error)
{
    const char *x = tflow_table_attribute(a, "currency");
    const char *y = tflow_table_attribute(b, "currency");
    if (differ(x, y))
        return tflow_i_fail(
            error, TFLOW_EMIXED,
            "the first table is in %s and the second in %s; convert one "
            "with --rates",
            x, y);
    *power = tflow_i_unit_power(b) - tflow_i_unit_power(a);
    return same_prices(a, b, error);
}

/* Quantities have units of their own, which the multiplier of the values is not of. */
static tflow_status same_quantity(const sides *w, tflow_error *error)
{
    if (w->a.unit[0] != '\0' && w->b.unit[0] != '\0' &&
        strcmp(w->a.unit, w->b.unit) != 0)
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "the first table is in %s and the second in %s", w->a.unit,
                            w->b.unit);
    return TFLOW_OK;
}

/* ---- matching ---- */

/* Is series t of b the same flow as series s of a? */
static int matches(const sides *w, size_t s, size_t t)
{
    for (size_t k = 0; k < w->a.n_by; k++) {
        const char *name = w->mirror ? mirrored_name(w->a.by[k]) : w->a.by[k];
        const char *text = tflow_i_cells_key(&w->a, s, k);
        if (w->mirror && strcmp(name, "flow") == 0)
            text = mirrored_flow(text);
        for (size_t j = 0; j < w->b.n_by; j++)
            if (strcmp(w->b.by[j], name) == 0 &&
                strcmp(tflow_i_cells_key(&w->b, t, j), text) != 0)
                return 0;
    }
    return 1;
}

/* The series of b that is series s of a; SIZE_MAX for none. Two of either for one of
 * the other are two flows, of which one would be compared by chance. */
static tflow_status partner_of(const sides *w, size_t s, uint8_t *taken, size_t *found,
                               tflow_error *error)
{
    *found = SIZE_MAX;
    for (size_t t = 0; t < w->b.n_series; t++) {
        if (!matches(w, s, t))
            continue;
        if (*found != SIZE_MAX || taken[t])
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "one table keeps apart what the other does not (%s), "
                                "so that one series has two counterparts; choose with "
                                "--flow, or the same keys with --by",
                                w->a.n_by > w->b.n_by ? w->a.by[w->a.n_by - 1]
                                : w->b.n_by > 0       ? w->b.by[w->b.n_by - 1]
                                                      : "period");
        *found = t;
        taken[t] = 1;
    }
    return TFLOW_OK;
}

/* 'X' when side a is the exporter's report and b the importer's, 'M' the other way
 * round, 0 when both report the same direction. */
static char direction(const sides *w, size_t s)
{
    for (size_t k = 0; k < w->a.n_by; k++)
        if (strcmp(w->a.by[k], "flow") == 0) {
            const char *flow = tflow_i_cells_key(&w->a, s, k);
            if (w->mirror && (strcmp(flow, "X") == 0 || strcmp(flow, "M") == 0))
                return flow[0];
        }
    return '\0';
}

/* ---- output ---- */

enum { A, B, RATIO, LOG_RATIO, FACTOR, IN_BAND, REASON, QUALITY };

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value_a", TFLOW_FLOAT64, "value", "by the first table"},
    {"value_b", TFLOW_FLOAT64, "value", "by the second, in the unit of the first"},
    {"ratio", TFLOW_FLOAT64, "ratio", "value_b / value_a"},
    {"abs_log_ratio", TFLOW_FLOAT64, "log", "|ln(value_b / value_a)|"},
    {"cif_fob_factor", TFLOW_FLOAT64, "ratio",
     "importer's value over exporter's; mirror comparisons only"},
    {"in_band", TFLOW_KEY, "", "yes or no: the factor (or ratio) lies within --band"},
    {"reason", TFLOW_KEY, "", "why there is no ratio"},
    TFLOW_I_QUALITY_OUTPUTS,
};

static tflow_status columns(tflow_builder *out, const sides *w, tflow_error *error)
{
    tflow_status status = tflow_i_key_columns(out, &w->a, 1, error);
    return status == TFLOW_OK
               ? tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs), w->a.unit,
                                        error)
               : status;
}

static const char *reason_for(const tflow_i_cell *a, const tflow_i_cell *b)
{
    if (a == NULL || (b == NULL && isnan(a->value)))
        return "not in the first table";
    if (b == NULL)
        return "not in the second table";
    if (isnan(a->value) || isnan(b->value))
        return "a value is missing";
    if (a->value == 0 || b->value == 0)
        return "a value is zero";
    return NULL;
}

static tflow_status write_row(tflow_builder *out, const sides *w, size_t s,
                              tflow_period period, const tflow_i_cell *a,
                              const tflow_i_cell *b, tflow_error *error)
{
    static const tflow_i_cell none = {
        .value = NAN, .status = 'O', .not_observed = 1, .n_missing = 1};
    size_t first = w->a.n_by + 1;
    const char *reason = reason_for(a, b);
    const tflow_i_cell *x = a == NULL ? &none : a, *y = b == NULL ? &none : b;
    double value_b = tflow_i_scaled(y->value, w->power_b);
    char way = direction(w, s);

    tflow_i_key_cells(out, &w->a, s, period);
    tflow_builder_float64(out, first + A, x->value);
    tflow_builder_float64(out, first + B, value_b);
    if (reason == NULL) {
        double ratio = value_b / x->value;
        double factor = way == 'X' ? ratio : way == 'M' ? 1 / ratio : NAN;
        tflow_builder_float64(out, first + RATIO, ratio);
        tflow_builder_float64(out, first + LOG_RATIO, fabs(log(ratio)));
        tflow_builder_float64(out, first + FACTOR, factor);
        double tested = isnan(factor) ? ratio : factor;
        tflow_builder_key(out, first + IN_BAND,
                          tested >= w->low && tested <= w->high ? "yes" : "no");
    } else {
        tflow_builder_key(out, first + REASON, reason);
    }
    tflow_i_cell joined = tflow_i_cell_join(x, y);
    tflow_i_quality_cells(out, first + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

/* Periods of either side, in order. */
static tflow_status write_series(tflow_builder *out, const sides *w, size_t s, size_t t,
                                 tflow_error *error)
{
    size_t i = w->a.series[s], a_end = w->a.series[s + 1];
    size_t j = t == SIZE_MAX ? 0 : w->b.series[t];
    size_t b_end = t == SIZE_MAX ? 0 : w->b.series[t + 1];
    tflow_status status = TFLOW_OK;

    while ((i < a_end || j < b_end) && status == TFLOW_OK) {
        tflow_period p = i < a_end ? w->a.cells[i].period : INT32_MAX;
        tflow_period q = j < b_end ? w->b.cells[j].period : INT32_MAX;
        tflow_period period = p < q ? p : q;
        const tflow_i_cell *a = p == period ? &w->a.cells[i++] : NULL;
        const tflow_i_cell *b = q == period ? &w->b.cells[j++] : NULL;
        status = write_row(out, w, s, period, a, b, error);
    }
    return status;
}

static tflow_status note_sides(tflow_builder *out, const tflow_i_args *args,
                               const sides *w, size_t matched, tflow_error *error)
{
    size_t unmatched = w->b.n_series > matched ? w->b.n_series - matched : 0;
    char note[400];
    const tflow_table *a = tflow_i_input(args, 0);
    const tflow_table *b = tflow_i_input(args, tflow_i_inputs(args) - 1);
    const char *va = tflow_table_attribute(a, "valuation");
    const char *vb = tflow_table_attribute(b, "valuation");
    tflow_i_text text = {0};

    tflow_i_text_format(&text, "a: %s valuation; b: %s valuation%s",
                        va == NULL ? "unstated" : va, vb == NULL ? "unstated" : vb,
                        w->mirror ? ", the same flows as the partner reports them"
                                  : "");
    if (unmatched > 0)
        tflow_i_text_format(&text, "; %zu series of b have no counterpart in a",
                            unmatched);
    if (matched == 0 && !w->mirror)
        tflow_i_text_add(&text, "; no flow is in both: --mirror yes sets exports "
                                "against the partner's imports");
    char *owned = tflow_i_text_take(&text);
    if (owned == NULL)
        return tflow_i_nomem(error);
    size_t n = strlen(owned) < sizeof note - 1 ? strlen(owned) : sizeof note - 1;
    memcpy(note, owned, n);
    note[n] = '\0';
    tflow_text_free(owned);
    return tflow_builder_note(out, note, error);
}

static tflow_status write_all(const tflow_i_args *args, tflow_builder *out,
                              const sides *w, tflow_error *error)
{
    tflow_status status = columns(out, w, error);
    size_t matched = 0;
    uint8_t *taken = tflow_i_calloc(w->b.n_series, 1);
    if (taken == NULL)
        return tflow_i_nomem(error);
    for (size_t s = 0; s < w->a.n_series && status == TFLOW_OK; s++) {
        size_t t;
        status = partner_of(w, s, taken, &t, error);
        matched += t != SIZE_MAX;
        if (status == TFLOW_OK)
            status = write_series(out, w, s, t, error);
    }
    tflow_i_free(taken);
    if (status == TFLOW_OK)
        status = note_sides(out, args, w, matched, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w->a, error);
    return status == TFLOW_OK ? tflow_i_cells_notes(out, &w->b, error) : status;
}

static tflow_status read_band(const tflow_i_args *args, sides *w, tflow_error *error)
{
    const double *band;
    if (tflow_i_arg_numbers(args, "band", &band) != 2 || band[0] > band[1])
        return tflow_i_arg_fail(
            error, TFLOW_EINVAL, "band",
            "expected two numbers, the smaller first, such as 1,1.2");
    w->low = band[0];
    w->high = band[1];
    return TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    sides w = {0};
    tflow_i_selection selection;
    const char *texts[2 * MOST_FLOWS] = {0};
    size_t second = tflow_i_inputs(args) - 1;
    const tflow_table *a = tflow_i_input(args, 0), *b = tflow_i_input(args, second);

    w.mirror = tflow_i_arg_is(args, "mirror", "yes");
    if (tflow_i_inputs(args) == 1 && !w.mirror)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "compare needs two tables, or --mirror yes within one");
    tflow_status status = read_band(args, &w, error);
    int of_value = tflow_i_arg_is(args, "measure", "value");
    if (status == TFLOW_OK && of_value)
        status = same_money(a, b, &w.power_b, error);
    if (status == TFLOW_OK)
        status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK && selection.n_flows > MOST_FLOWS)
        status = tflow_i_arg_fail(error, TFLOW_EINVAL, "flow", "more than %d flows",
                                  MOST_FLOWS);
    if (status == TFLOW_OK)
        status = tflow_i_cells_of(args, 0, &selection, &w.a, error);
    if (status != TFLOW_OK)
        return status;
    if (w.mirror)
        mirror_selection(&selection, texts);
    status = tflow_i_aggregate(b, &selection, &w.b, error);
    if (status == TFLOW_OK && !of_value)
        status = same_quantity(&w, error);
    if (status == TFLOW_OK)
        status = write_all(args, out, &w, error);
    tflow_i_cells_free(&w.a);
    tflow_i_cells_free(&w.b);
    return status;
}

static const tflow_parameter parameters[] = {
    {"mirror", TFLOW_PARAMETER_FLAG, "no", NULL, 0, 0,
     "the second side is the partner's report: reporter and partner change places, "
     "exports become imports"},
    {"band", TFLOW_PARAMETER_NUMBERS, "1,1.2", NULL, 0, 100,
     "factors that freight and insurance explain"},
};

const tflow_operation tflow_i_op_compare = {
    .name = "compare",
    .summary = "Set two reports of the same flow side by side",
    .definition =
        "ratio = value_b / value_a; abs_log_ratio = |ln ratio|, the same whichever "
        "side "
        "comes first. With --mirror yes the second side is the partner's report, and "
        "cif_fob_factor is what the importer reports (CIF) over what the exporter "
        "reports (FOB). in_band says whether the factor lies in the band that freight "
        "and insurance are taken to explain. Periods that only one side has are shown "
        "with the reason; nothing is filled in. Multipliers are brought to the first "
        "table's; currencies must agree.",
    .reference =
        "The IMF takes imports CIF as 1.06 times exports FOB (Direction of Trade "
        "Statistics Yearbook, 2017) and took 1.10 before (Gong 1994, IMF WP/94/142)",
    .example = "compare data/belarus/belarus_reports_2014_2021.csv --with "
               "data/belarus/china_imports_2010_2022.csv --mirror yes --reporter BLR "
               "--partner CHN --flow X",
    .inputs_min = 1,
    .inputs_max = 2,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
