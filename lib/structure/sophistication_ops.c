/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/actors_ops.h"
#include "structure/levels_ops.h"
#include "structure/profiles_ops.h"
#include "tradeflow/structure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { INCOME, EXPY, COVERAGE, N_PRODUCTS, PRODY, N_REPORTERS, REASON, N_OWN };

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"income", TFLOW_FLOAT64, "value", "of the reporter, from the second table"},
    {"expy", TFLOW_FLOAT64, "value", "income level of its exports"},
    {"coverage", TFLOW_FLOAT64, "fraction", "share of its exports that have a prody"},
    {"n_products", TFLOW_INT64, "", "products that it exports"},
    {"prody", TFLOW_FLOAT64, "value", "with --show products: income level of each"},
    {"n_reporters", TFLOW_INT64, "", "who of those with an income export it"},
    {"reason", TFLOW_KEY, "", "why there is no expy or prody"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct work {
    tflow_i_selection selection;
    tflow_i_space space;
    tflow_i_profiles all, shown; /* shown is empty where all are */
    tflow_i_levels incomes;
    int products;
    size_t n_lines, without_income;
    uint8_t *in; /* by number of a name: prody is of it */
    /* of one frame */
    size_t n;              /* rows with an income */
    double *shares;        /* of each of them, by line */
    double *income;        /* and their incomes */
    tflow_i_cell *quality; /* by line */
    double *prody;
    tflow_status *status;
    size_t *exporters;
    uint8_t *traded;   /* by anybody */
    double *x, *level; /* of one reporter: its products that have a prody */
} work;

/* ---- products ---- */

static double sum_of(const work *w, const double *values)
{
    tflow_i_sum sum = {0, 0};
    for (size_t k = 0; k < w->n_lines; k++)
        if (!isnan(values[k]) || w->selection.missing == TFLOW_MISSING_PROPAGATE)
            tflow_i_sum_add(&sum, values[k]);
    return tflow_i_sum_value(&sum);
}

static void add_quality(work *w, const tflow_i_profile *row, const tflow_i_cell *income)
{
    for (size_t i = row->first; i < row->first + row->n; i++) {
        tflow_i_cell *q = &w->quality[w->all.line[i]];
        *q = tflow_i_cell_join(q, &w->all.cells.cells[w->all.entry[i]]);
        *q = tflow_i_cell_join(q, income);
    }
}

/* Shares of the products in the exports of each that has an income and exports. */
static void fill_shares(work *w, size_t first, size_t n)
{
    w->n = 0;
    for (size_t k = 0; k < w->n_lines; k++) {
        w->quality[k] = (tflow_i_cell){.status = 'A'};
        w->exporters[k] = 0;
        w->traded[k] = 0;
    }
    for (size_t r = first; r < first + n; r++) {
        const tflow_i_profile *row = &w->all.rows[r];
        const tflow_i_cell *income =
            tflow_i_levels_at(&w->incomes, row->who, row->period);
        double *shares = w->shares + w->n * w->n_lines;
        for (size_t i = row->first; i < row->first + row->n; i++)
            w->traded[w->all.line[i]] = 1;
        if (!w->in[row->who])
            continue;
        if (income == NULL || isnan(income->value)) {
            w->without_income++;
            continue;
        }
        tflow_i_profile_values(&w->all, row, shares, w->n_lines);
        double total = sum_of(w, shares);
        if (total == 0)
            continue; /* it exports nothing */
        for (size_t k = 0; k < w->n_lines; k++) {
            w->exporters[k] += shares[k] > 0;
            shares[k] /= total;
        }
        w->income[w->n++] = income->value;
        add_quality(w, row, income);
    }
}

static tflow_status fill_prody(work *w, size_t first, size_t n, tflow_error *error)
{
    tflow_i_free(w->shares);
    tflow_i_free(w->income);
    w->shares = tflow_i_alloc(n, w->n_lines * sizeof *w->shares);
    w->income = tflow_i_alloc(n, sizeof *w->income);
    if (w->shares == NULL || w->income == NULL)
        return tflow_i_nomem(error);
    fill_shares(w, first, n);
    for (size_t k = 0; k < w->n_lines; k++) {
        tflow_vec shares = {w->shares + k, w->n, (ptrdiff_t)w->n_lines};
        w->status[k] = tflow_prody(shares, tflow_vec_of(w->income, w->n),
                                   w->selection.missing, &w->prody[k], error);
        if (w->status[k] < 0)
            return w->status[k];
    }
    return TFLOW_OK;
}

/* ---- rows ---- */

static const char *reason_of(tflow_status status)
{
    return status == TFLOW_UNDEFINED ? "nobody with an income exports it"
                                     : tflow_i_structure_reason(status);
}

/* The places of the columns: those of the other kind are not there. */
static size_t place_of(const work *w, size_t column)
{
    size_t kept = w->products ? N_REPORTERS - PRODY + 1 : PRODY;
    return column >= REASON ? kept + column - REASON
           : w->products    ? column - PRODY
                            : column;
}

static tflow_status write_product(tflow_builder *out, const work *w,
                                  const tflow_i_profile *like, size_t line,
                                  tflow_error *error)
{
    size_t at = tflow_i_profile_cells(out, &w->space, like);
    tflow_builder_key(out, 0, tflow_i_dict_text(w->space.lines, (int32_t)line));
    tflow_builder_float64(out, at + place_of(w, PRODY), w->prody[line]);
    tflow_builder_int64(out, at + place_of(w, N_REPORTERS),
                        (int64_t)w->exporters[line]);
    if (isnan(w->prody[line]))
        tflow_builder_key(out, at + place_of(w, REASON), reason_of(w->status[line]));
    tflow_i_quality_cells(out, at + place_of(w, N_OWN), &w->quality[line]);
    return tflow_builder_row(out, error);
}

static tflow_status write_reporter(tflow_builder *out, const work *w,
                                   const tflow_i_profiles *p,
                                   const tflow_i_profile *row, tflow_error *error)
{
    const tflow_i_cell *income = tflow_i_levels_at(&w->incomes, row->who, row->period);
    size_t n = 0, products = 0, at = tflow_i_profile_cells(out, &w->space, row);
    double expy, all, covered;
    tflow_i_profile_values(p, row, w->x, w->n_lines);
    all = sum_of(w, w->x);
    for (size_t k = 0; k < w->n_lines; k++) {
        products += w->x[k] > 0;
        if (w->status[k] == TFLOW_UNDEFINED) /* nobody says what it is worth */
            continue;
        w->x[n] = w->x[k];
        w->level[n++] = w->prody[k];
    }
    for (size_t k = n; k < w->n_lines; k++)
        w->x[k] = 0;
    covered = sum_of(w, w->x);
    tflow_status status = tflow_expy(tflow_vec_of(w->x, n), tflow_vec_of(w->level, n),
                                     w->selection.missing, &expy, error);
    if (status < 0)
        return status;
    if (income != NULL)
        tflow_builder_float64(out, at + INCOME, income->value);
    tflow_builder_float64(out, at + EXPY, expy);
    if (all > 0)
        tflow_builder_float64(out, at + COVERAGE, covered / all);
    tflow_builder_int64(out, at + N_PRODUCTS, (int64_t)products);
    if (isnan(expy))
        tflow_builder_key(out, at + place_of(w, REASON),
                          status == TFLOW_UNDEFINED ? "no exports that have a prody"
                                                    : tflow_i_structure_reason(status));
    tflow_i_cell quality = row->total;
    for (size_t i = row->first; i < row->first + row->n; i++)
        quality.status = (uint8_t)tflow_i_status_weaker(
            (char)quality.status, (char)w->quality[p->line[i]].status);
    tflow_i_quality_cells(out, at + place_of(w, N_OWN), &quality);
    return tflow_builder_row(out, error);
}

static tflow_status write_frame(tflow_builder *out, work *w, size_t first, size_t n,
                                const size_t *order, tflow_error *error)
{
    size_t frame = w->all.rows[first].frame, start = first, rows = n;
    const tflow_i_profiles *p = w->selection.n_reporters > 0 ? &w->shown : &w->all;
    tflow_status status = fill_prody(w, first, n, error);
    if (w->selection.n_reporters > 0)
        rows = tflow_i_profiles_frame(&w->shown, frame, &start);
    for (size_t k = 0; k < w->n_lines && w->products && status == TFLOW_OK; k++)
        if (w->traded[order[k]])
            status = write_product(out, w, &w->all.rows[first], order[k], error);
    for (size_t r = 0; r < rows && !w->products && status == TFLOW_OK; r++)
        status = write_reporter(out, w, p, &p->rows[start + r], error);
    return status;
}

/* ---- all of them ---- */

static tflow_status columns(tflow_builder *out, const work *w, tflow_error *error)
{
    tflow_status status = tflow_builder_column(
        out, w->products ? "product" : "reporter", TFLOW_KEY, "", error);
    for (size_t k = 0; k < w->space.n_other && status == TFLOW_OK; k++)
        status = tflow_builder_column(out, w->space.other[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    for (size_t i = 0; i < N_OWN && status == TFLOW_OK; i++) {
        const tflow_output *o = &outputs[TFLOW_I_KEY_COLUMNS + i];
        int of_products = i == PRODY || i == N_REPORTERS;
        if (i != REASON && of_products != w->products)
            continue;
        status = tflow_builder_column(
            out, o->name, o->type,
            strcmp(o->unit, "value") == 0 ? w->incomes.cells.unit : o->unit, error);
    }
    return status == TFLOW_OK ? tflow_i_quality_columns(out, error) : status;
}

static int make_room(work *w)
{
    size_t n = w->n_lines;
    w->quality = tflow_i_alloc(n, sizeof *w->quality);
    w->prody = tflow_i_alloc(n, sizeof *w->prody);
    w->status = tflow_i_alloc(n, sizeof *w->status);
    w->exporters = tflow_i_alloc(n, sizeof *w->exporters);
    w->traded = tflow_i_alloc(n, 1);
    w->x = tflow_i_alloc(n, sizeof *w->x);
    w->level = tflow_i_alloc(n, sizeof *w->level);
    return w->quality != NULL && w->prody != NULL && w->status != NULL &&
           w->exporters != NULL && w->traded != NULL && w->x != NULL &&
           w->level != NULL;
}

/* Whom prody is of: those asked for, of whom those with an income go into the recipe.
 */
static tflow_status open_universe(const tflow_i_args *args, work *w, tflow_error *error)
{
    const char *const *words;
    size_t n = tflow_i_arg_list(args, "universe", &words);
    size_t names = (size_t)tflow_i_dict_count(w->space.texts);
    w->in = tflow_i_alloc(names, 1);
    if (w->in == NULL)
        return tflow_i_nomem(error);
    memset(w->in, n == 0, names);
    if (n > 0)
        return tflow_i_mark_members("universe", words, n, w->space.texts, w->in, error);
    uint8_t *known = tflow_i_calloc(names, 1);
    if (known == NULL)
        return tflow_i_nomem(error);
    for (size_t r = 0; r < w->all.n; r++) {
        const tflow_i_profile *row = &w->all.rows[r];
        const tflow_i_cell *income =
            tflow_i_levels_at(&w->incomes, row->who, row->period);
        known[row->who] |= income != NULL && !isnan(income->value);
    }
    tflow_status status =
        tflow_i_profiles_universe(args, &w->space, &w->all, known, error);
    tflow_i_free(known);
    return status;
}

static tflow_status open_work(const tflow_i_args *args, work *w, tflow_error *error)
{
    const tflow_table *table = tflow_i_input(args, 0);
    const char *by[8];
    w->products = tflow_i_arg_is(args, "show", "products");
    tflow_status status = tflow_i_selection_of(args, &w->selection, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_selection s = w->selection;
    s.n_by = tflow_i_profile_keys(&w->selection, "reporter", "product", "", by);
    s.by = by;
    status = tflow_i_space_open(&w->space, error);
    if (status == TFLOW_OK && s.n_reporters > 0)
        status = tflow_i_profiles_open(table, &s, "reporter", "product", "", &w->space,
                                       &w->shown, error);
    s.n_reporters = 0; /* what products are worth is of all, whoever is shown */
    if (status == TFLOW_OK)
        status = tflow_i_profiles_open(table, &s, "reporter", "product", "", &w->space,
                                       &w->all, error);
    if (status == TFLOW_OK)
        status = tflow_i_profiles_resolve(args, &w->all, error);
    if (status == TFLOW_OK)
        status = tflow_i_levels_open(args, &s, w->space.texts, &w->incomes, error);
    if (status != TFLOW_OK)
        return status;
    status = open_universe(args, w, error);
    if (status != TFLOW_OK)
        return status;
    w->n_lines = tflow_i_space_lines(&w->space);
    return make_room(w) ? TFLOW_OK : tflow_i_nomem(error);
}

static void close_work(work *w)
{
    tflow_i_profiles_close(&w->all);
    tflow_i_profiles_close(&w->shown);
    tflow_i_space_close(&w->space);
    tflow_i_levels_close(&w->incomes);
    tflow_i_free(w->in);
    tflow_i_free(w->shares);
    tflow_i_free(w->income);
    tflow_i_free(w->quality);
    tflow_i_free(w->prody);
    tflow_i_free(w->status);
    tflow_i_free(w->exporters);
    tflow_i_free(w->traded);
    tflow_i_free(w->x);
    tflow_i_free(w->level);
}

static int compare_lines(size_t a, size_t b, const void *context)
{
    return strcmp(tflow_i_dict_text(context, (int32_t)a),
                  tflow_i_dict_text(context, (int32_t)b));
}

static tflow_status write_all(tflow_builder *out, work *w, tflow_error *error)
{
    size_t *order = tflow_i_alloc(w->n_lines, sizeof *order);
    tflow_status status = order == NULL ? tflow_i_nomem(error) : TFLOW_OK;
    for (size_t k = 0; order != NULL && k < w->n_lines; k++)
        order[k] = k;
    if (status == TFLOW_OK &&
        !tflow_i_sort(order, w->n_lines, compare_lines, w->space.lines))
        status = tflow_i_nomem(error);
    for (size_t i = 0, n; status == TFLOW_OK && i < w->all.n; i += n) {
        for (n = 1; i + n < w->all.n; n++)
            if (w->all.rows[i + n].frame != w->all.rows[i].frame)
                break;
        if (tflow_i_asked_for(&w->selection, w->all.cells.step, w->all.rows[i].period))
            status = write_frame(out, w, i, n, order, error);
    }
    tflow_i_free(order);
    return status;
}

static tflow_status note_incomes(tflow_builder *out, const work *w, tflow_error *error)
{
    char note[120];
    if (w->without_income == 0)
        return TFLOW_OK;
    snprintf(note, sizeof note,
             "prody is without %zu reporters that the second table has no income of",
             w->without_income);
    return tflow_builder_note(out, note, error);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.products = 0};
    tflow_status status = open_work(args, &w, error);
    if (status == TFLOW_OK)
        status = columns(out, &w, error);
    if (status == TFLOW_OK)
        status = write_all(out, &w, error);
    if (status == TFLOW_OK)
        status = note_incomes(out, &w, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w.all.cells, error);
    close_work(&w);
    return status;
}

static const tflow_parameter parameters[] = {
    {"show", TFLOW_PARAMETER_CHOICE, "reporters", "reporters|products", 0, 0,
     "income levels of what reporters export, or of the products"},
    {"universe", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "reporters that prody is of: codes, names, groups; default: all of the table"},
};

const tflow_operation tflow_i_op_sophistication = {
    .name = "sophistication",
    .summary = "Income levels of products and of exports: PRODY and EXPY",
    .definition =
        "With s the share of a product in the exports of a reporter and y the income a "
        "head of the reporter and period, from the second table: prody = sum s y / sum "
        "s over all reporters of --universe, or of the table, that have an income, "
        "whoever "
        "is shown; expy "
        "= sum x prody / sum x over the products of a reporter, x its exports. The "
        "weights of prody are those of Balassa's indices, of which they are multiples. "
        "Reporters without an income take no part in prody and have an expy all the "
        "same; products that nobody else exports are left out of it, and coverage says "
        "what is left. One flow is taken at a time: choose exports with --flow X where "
        "the table has imports too. Products chosen with --product or --level are all "
        "there are. Who is in the table, and how fine products are, decides the "
        "numbers.",
    .reference = "Hausmann, Hwang and Rodrik (2007), What You Export Matters, Journal "
                 "of Economic Growth 12(1)",
    .example = "sophistication data/ots/exports_2017_hs4.csv.gz --with "
               "data/worldbank/gdp_per_capita_2017.csv --reporter BLR,CHN,DEU",
    .inputs_min = 2,
    .inputs_max = 2,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
