/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a table, before anything is computed from it. */
#include "flows/plan.h"
#include "op/op.h"
#include "summary/describe.h"

#include <math.h>
#include <string.h>

enum { TOPIC, ITEM, COUNT, VALUE, REFERENCE, DIFFERENCE, RATIO, DETAIL };

static tflow_status open_columns(tflow_builder *out, const char *unit,
                                 tflow_error *error)
{
    const struct {
        const char *name;
        tflow_type type;
        const char *unit;
    } list[] = {
        {"topic", TFLOW_KEY, ""},           {"item", TFLOW_KEY, ""},
        {"count", TFLOW_FLOAT64, ""},       {"value", TFLOW_FLOAT64, unit},
        {"reference", TFLOW_FLOAT64, unit}, {"difference", TFLOW_FLOAT64, unit},
        {"ratio", TFLOW_FLOAT64, "ratio"},  {"detail", TFLOW_KEY, ""},
    };
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < TFLOW_I_COUNT(list) && status == TFLOW_OK; i++)
        status =
            tflow_builder_column(out, list[i].name, list[i].type, list[i].unit, error);
    return status;
}

tflow_status tflow_i_fact(tflow_builder *out, const tflow_i_fact_row *fact,
                          tflow_error *error)
{
    tflow_builder_key(out, TOPIC, fact->topic);
    if (fact->item != NULL)
        tflow_builder_key(out, ITEM, fact->item);
    if (fact->count >= 0)
        tflow_builder_float64(out, COUNT, (double)fact->count);
    tflow_builder_float64(out, VALUE, fact->value);
    tflow_builder_float64(out, REFERENCE, fact->reference);
    if (!isnan(fact->value) && !isnan(fact->reference)) {
        tflow_builder_float64(out, DIFFERENCE, fact->reference - fact->value);
        if (fact->reference != 0)
            tflow_builder_float64(out, RATIO, fact->value / fact->reference);
    }
    if (fact->detail != NULL)
        tflow_builder_key(out, DETAIL, fact->detail);
    return tflow_builder_row(out, error);
}

static tflow_status count_fact(tflow_builder *out, const char *topic, const char *item,
                               size_t count, const char *detail, tflow_error *error)
{
    tflow_i_fact_row fact = {topic, item, (int64_t)count, NAN, NAN, detail};
    return tflow_i_fact(out, &fact, error);
}

static tflow_status text_fact(tflow_builder *out, const char *item, const char *detail,
                              tflow_error *error)
{
    tflow_i_fact_row fact = {"table", item, -1, NAN, NAN, detail};
    return detail == NULL ? TFLOW_OK : tflow_i_fact(out, &fact, error);
}

static tflow_status about_table(const tflow_table *table, tflow_builder *out,
                                const char *unit, tflow_error *error)
{
    static const char *const attributes[] = {"source", "layout", "valuation"};
    tflow_status status = count_fact(out, "table", "rows", table->rows, NULL, error);
    for (size_t i = 0; i < TFLOW_I_COUNT(attributes) && status == TFLOW_OK; i++)
        status = text_fact(out, attributes[i],
                           tflow_table_attribute(table, attributes[i]), error);
    if (status == TFLOW_OK && unit[0] != '\0')
        status = text_fact(out, "unit", unit, error);
    for (size_t i = 0; i < table->n_notes && status == TFLOW_OK; i++)
        status = text_fact(out, "note", table->notes[i], error);
    return status;
}

/* The first few texts of a key, joined. */
static char *some_labels(const tflow_i_dim *dim)
{
    tflow_i_text text = {0};
    for (int32_t i = 0; i < dim->n && i < 8; i++) {
        tflow_i_text_add(&text, i > 0 ? " " : "");
        tflow_i_text_add(&text, tflow_i_dict_text(dim->dict, i));
    }
    if (dim->n > 8)
        tflow_i_text_add(&text, " ...");
    return tflow_i_text_take(&text);
}

static tflow_status about_keys(const tflow_i_plan *plan, tflow_builder *out,
                               tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t d = 0; d < TFLOW_I_DIMS && status == TFLOW_OK; d++) {
        const tflow_i_dim *dim = &plan->dims[d];
        if (dim->codes == NULL)
            continue;
        char *labels = some_labels(dim);
        if (labels == NULL)
            return tflow_i_nomem(error);
        status = count_fact(out, "key", dim->name, (size_t)dim->n, labels, error);
        tflow_text_free(labels);
    }
    return status;
}

/* Rows whose text is a total or a group, dimension by dimension. */
static tflow_status about_totals(const tflow_i_plan *plan, tflow_builder *out,
                                 tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t d = 0; d < TFLOW_I_DIMS && status == TFLOW_OK; d++) {
        const tflow_i_dim *dim = &plan->dims[d];
        if (dim->codes == NULL)
            continue;
        tflow_i_text names = {0};
        size_t n = 0;
        for (size_t row = 0; row < plan->table->rows; row++)
            n += dim->codes[row] >= 0 &&
                 dim->part[dim->codes[row]] != TFLOW_I_PART_MEMBER;
        if (n == 0)
            continue;
        for (int32_t i = 0; i < dim->n; i++)
            if (dim->part[i] != TFLOW_I_PART_MEMBER) {
                tflow_i_text_add(&names, names.length > 0 ? " " : "");
                tflow_i_text_add(&names, tflow_i_dict_text(dim->dict, i));
            }
        char *text = tflow_i_text_take(&names);
        if (text == NULL)
            return tflow_i_nomem(error);
        status = count_fact(out, "totals_rows", dim->name, n, text, error);
        tflow_text_free(text);
    }
    return status;
}

/* ---- periods ---- */

static tflow_status about_periods(const tflow_i_plan *plan, tflow_builder *out,
                                  tflow_error *error)
{
    static const char letters[] = "AHQMR";
    static const char *const words[] = {"years", "halves", "quarters", "months",
                                        "other runs of months"};
    if (plan->periods == NULL || plan->table->rows == 0)
        return TFLOW_OK;
    tflow_status status = TFLOW_OK;
    for (size_t f = 0; f < 5 && status == TFLOW_OK; f++) {
        tflow_period first = INT32_MAX, last = 0;
        char a[TFLOW_PERIOD_SIZE], b[TFLOW_PERIOD_SIZE],
            text[2 * TFLOW_PERIOD_SIZE + 8];
        size_t n = 0;
        for (size_t row = 0; row < plan->table->rows; row++) {
            tflow_period p = plan->periods[row];
            if (tflow_period_frequency(p) != letters[f])
                continue;
            n++;
            first = p < first ? p : first;
            last = p > last ? p : last;
        }
        if (n == 0)
            continue;
        tflow_period_format(first, a);
        tflow_period_format(last, b);
        memcpy(text, a, strlen(a));
        memcpy(text + strlen(a), " to ", 4);
        memcpy(text + strlen(a) + 4, b, strlen(b) + 1);
        status = count_fact(out, "period", words[f], n, text, error);
    }
    return status;
}

/* ---- statuses ---- */

static tflow_status about_statuses(const tflow_i_plan *plan, tflow_builder *out,
                                   tflow_error *error)
{
    static const struct {
        char letter;
        const char *word;
    } list[] = {
        {'A', "A normal"},        {'P', "P provisional"},  {'E', "E estimated"},
        {'I', "I imputed"},       {'F', "F forecast"},     {'Q', "Q suppressed"},
        {'L', "L not collected"}, {'O', "O not reported"}, {'M', "M cannot exist"}};
    tflow_status result = TFLOW_OK;
    for (size_t i = 0; i < TFLOW_I_COUNT(list) && result == TFLOW_OK; i++) {
        tflow_i_fact_row fact = {"status", list[i].word, 0, NAN, NAN, NULL};
        for (size_t row = 0; row < plan->table->rows; row++) {
            char status = plan->status == NULL ? '\0' : (char)plan->status[row];
            if (status == '\0')
                status = isnan(plan->values[row]) ? 'O' : 'A';
            fact.count += status == list[i].letter;
        }
        if (fact.count > 0)
            result = tflow_i_fact(out, &fact, error);
    }
    return result;
}

static tflow_status about_values(const tflow_i_plan *plan, tflow_builder *out,
                                 tflow_error *error)
{
    size_t zero = 0, negative = 0;
    tflow_status status = TFLOW_OK;
    for (size_t row = 0; row < plan->table->rows; row++) {
        zero += plan->values[row] == 0;
        negative += plan->values[row] < 0;
    }
    if (zero > 0)
        status = count_fact(out, "value", "reported as zero", zero, NULL, error);
    if (status == TFLOW_OK && negative > 0)
        status = count_fact(out, "value", "negative", negative, NULL, error);
    return status;
}

/* The sums that `aggregate` would give by flow and period, or why it would refuse. */
static tflow_status about_sums(const tflow_table *table, tflow_builder *out,
                               tflow_error *error)
{
    tflow_i_selection selection = {
        .level = -1, .missing = TFLOW_MISSING_SKIP, .allow_negative = 1};
    tflow_i_cells cells;
    tflow_error why = TFLOW_ERROR_INIT;
    tflow_status status = tflow_i_aggregate(table, &selection, &cells, &why);
    if (status == TFLOW_ENOMEM)
        return tflow_i_nomem(error);
    if (status != TFLOW_OK) {
        tflow_i_fact_row fact = {"sum",      "not without a choice", -1, NAN, NAN,
                                 why.message};
        return tflow_i_fact(out, &fact, error);
    }
    for (size_t s = 0; s < cells.n_series && status == TFLOW_OK; s++)
        for (size_t i = cells.series[s]; i < cells.series[s + 1] && status == TFLOW_OK;
             i++) {
            char item[TFLOW_PERIOD_SIZE + 80], period[TFLOW_PERIOD_SIZE];
            const char *flow = cells.n_by > 0 ? tflow_i_cells_key(&cells, s, 0) : "";
            size_t n = strlen(flow) < 64 ? strlen(flow) : 64;
            memcpy(item, flow, n);
            item[n] = ' ';
            tflow_period_format(cells.cells[i].period, period);
            memcpy(item + n + 1, period, strlen(period) + 1);
            tflow_i_fact_row fact = {
                "sum",
                item,
                cells.cells[i].n_rows,
                cells.cells[i].value,
                NAN,
                cells.cells[i].lower_bound
                    ? "a lower bound: without values that are missing"
                    : NULL};
            status = tflow_i_fact(out, &fact, error);
        }
    for (size_t i = 0; i < cells.n_notes && status == TFLOW_OK; i++) {
        tflow_i_fact_row fact = {"sum", "note", -1, NAN, NAN, cells.notes[i]};
        status = tflow_i_fact(out, &fact, error);
    }
    tflow_i_cells_free(&cells);
    return status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    const tflow_table *table = tflow_i_input(args, 0);
    double tolerance = tflow_i_arg_real(args, "tolerance");
    tflow_i_selection all = {.level = -1};
    tflow_i_cells notes = {0};
    tflow_i_plan plan;

    char *unit = tflow_i_unit(table, "value");
    if (unit == NULL)
        return tflow_i_nomem(error);
    tflow_status status = tflow_i_plan_open(&plan, table, &all, &notes, error);
    if (status == TFLOW_OK)
        status = open_columns(out, unit, error);
    if (status == TFLOW_OK)
        status = about_table(table, out, unit, error);
    if (status == TFLOW_OK)
        status = about_keys(&plan, out, error);
    if (status == TFLOW_OK)
        status = about_periods(&plan, out, error);
    if (status == TFLOW_OK)
        status = tflow_i_describe_gaps(&plan, out, error);
    if (status == TFLOW_OK)
        status = about_statuses(&plan, out, error);
    if (status == TFLOW_OK)
        status = about_values(&plan, out, error);
    if (status == TFLOW_OK)
        status = about_totals(&plan, out, error);
    if (status == TFLOW_OK)
        status = tflow_i_describe_duplicates(&plan, out, error);
    if (status == TFLOW_OK)
        status = tflow_i_describe_world(&plan, out, error);
    if (status == TFLOW_OK)
        status = tflow_i_describe_years(&plan, out, tolerance, error);
    if (status == TFLOW_OK)
        status = about_sums(table, out, error);
    tflow_i_plan_close(&plan);
    tflow_i_cells_free(&notes);
    tflow_text_free(unit);
    return status;
}

static const tflow_parameter parameters[] = {
    /* 0.05 is half of the last digit of values printed with one decimal. */
    {"tolerance", TFLOW_PARAMETER_REAL, "0.06", NULL, 0, 1e300,
     "difference, in the table's unit, that rounding explains when the months of a "
     "year "
     "are held against the year"},
};

static const tflow_output outputs[] = {
    {"topic", TFLOW_KEY, "", "what the fact is about"},
    {"item", TFLOW_KEY, "", "which one"},
    {"count", TFLOW_FLOAT64, "", "how many rows, texts or cells"},
    {"value", TFLOW_FLOAT64, "value", "a sum: of partners, of months, of rows"},
    {"reference", TFLOW_FLOAT64, "value",
     "what it is held against: World row, year row"},
    {"difference", TFLOW_FLOAT64, "value", "reference - value"},
    {"ratio", TFLOW_FLOAT64, "ratio", "value / reference"},
    {"detail", TFLOW_KEY, "", "in words"},
};

const tflow_operation tflow_i_op_describe = {
    .name = "describe",
    .summary =
        "Say what is in a table: keys, periods, gaps, statuses, totals, duplicates",
    .definition =
        "Facts about the rows as they were read, nothing selected and nothing added "
        "except where it says so. totals_rows counts the rows that are the World, a "
        "group of countries or all products; world_partners sets the sum of the "
        "partners (value) against the World's row (reference); year_months sets the "
        "months of a year (value) against the year's own row (reference) where they "
        "differ by more than --tolerance; gaps are periods without a row between the "
        "first and the last of a flow; sum is what aggregate gives by flow and period "
        "with --missing skip, or the reason why it would refuse.",
    .example = "describe data/census/us_census_country_table_1985_2011.csv.gz "
               "--bad-rows skip",
    .inputs_min = 1,
    .inputs_max = 1,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
