/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/profiles_ops.h"
#include "tradeflow/structure.h"

#include <math.h>
#include <string.h>

enum {
    PARTNER,
    EXPORTS,
    IMPORTS,
    N_LINES,
    MICHAELY,
    DRYSDALE,
    REASON,
    REASON_DRYSDALE,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"partner", TFLOW_KEY, "", "whose imports the exports are held against"},
    {"exports", TFLOW_FLOAT64, "value", "X, of the reporter, to all"},
    {"imports", TFLOW_FLOAT64, "value", "M, of the partner, from all"},
    {"n_lines", TFLOW_INT64, "", "lines that one of the two trades"},
    {"michaely", TFLOW_FLOAT64, "", "1 - sum |m/M - x/X| / 2, from 0 to 1"},
    {"drysdale", TFLOW_FLOAT64, "", "sum (x/X)(m/M)/(w/W); neutral 1"},
    {"reason", TFLOW_KEY, "", "why there is no michaely"},
    {"reason_drysdale", TFLOW_KEY, "", "why there is no drysdale"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct work {
    tflow_i_selection selection;
    tflow_i_space space;
    tflow_i_profiles exports;
    tflow_i_profiles imports; /* of partners */
    tflow_i_profiles own;     /* imports of the reporters; empty where they are among
                                 the partners */
    tflow_i_profiles world;   /* imports of all together */
    int everyone, exclude;
    size_t n_lines;
    double *x, *own_m, *w, *rest; /* by line */
    double *m;                    /* by partner of the frame, and line */
} work;

/* ---- one frame ---- */

/* What the world imports, without what the reporter does where that is asked for. */
static void fill_rest(work *w, const tflow_i_profile *reporter)
{
    const tflow_i_profiles *p = w->everyone ? &w->imports : &w->own;
    const tflow_i_profile *own =
        w->exclude ? tflow_i_profiles_find(p, reporter->frame, reporter->who) : NULL;
    if (own != NULL)
        tflow_i_profile_values(p, own, w->own_m, w->n_lines);
    for (size_t k = 0; k < w->n_lines; k++) {
        double mine = own == NULL ? 0 : w->own_m[k];
        if (isnan(mine) && w->selection.missing == TFLOW_MISSING_SKIP)
            mine = 0; /* it is not in the sum */
        w->rest[k] = w->w[k] - mine;
        if (w->rest[k] < 1e-14 * w->w[k]) /* rounding of the sum */
            w->rest[k] = 0;
    }
}

static size_t count_lines(const work *w, const double *m)
{
    size_t n = 0;
    for (size_t k = 0; k < w->n_lines; k++)
        n += w->x[k] != 0 || m[k] != 0;
    return n;
}

static tflow_status write_pair(tflow_builder *out, const work *w,
                               const tflow_i_profile *reporter,
                               const tflow_i_profile *partner, const double *m,
                               tflow_error *error)
{
    tflow_missing missing = w->selection.missing;
    tflow_vec x_lines = tflow_vec_of(w->x, w->n_lines);
    tflow_vec m_lines = tflow_vec_of(m, w->n_lines);
    double michaely, drysdale;
    tflow_status status =
        tflow_complementarity_michaely(x_lines, m_lines, missing, &michaely, error);
    if (status < 0)
        return status;
    tflow_status other = tflow_complementarity_drysdale(
        x_lines, m_lines, tflow_vec_of(w->rest, w->n_lines), missing, &drysdale, error);
    if (other < 0)
        return other;
    size_t at = tflow_i_profile_cells(out, &w->space, reporter);
    tflow_builder_key(out, at + PARTNER, tflow_i_profile_name(&w->space, partner));
    tflow_builder_float64(out, at + EXPORTS, reporter->total.value);
    tflow_builder_float64(out, at + IMPORTS, partner->total.value);
    tflow_builder_int64(out, at + N_LINES, (int64_t)count_lines(w, m));
    tflow_builder_float64(out, at + MICHAELY, michaely);
    tflow_builder_float64(out, at + DRYSDALE, drysdale);
    if (isnan(michaely))
        tflow_builder_key(out, at + REASON, tflow_i_structure_reason(status));
    if (isnan(drysdale))
        tflow_builder_key(out, at + REASON_DRYSDALE, tflow_i_structure_reason(other));
    tflow_i_cell joined = tflow_i_cell_join(&reporter->total, &partner->total);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status write_frame(tflow_builder *out, work *w, size_t first, size_t n,
                                tflow_error *error)
{
    size_t frame = w->exports.rows[first].frame, start, world;
    size_t n_partners = tflow_i_profiles_frame(&w->imports, frame, &start);
    tflow_status status = TFLOW_OK;
    tflow_i_free(w->m);
    w->m = tflow_i_alloc(n_partners, w->n_lines * sizeof *w->m);
    if (w->m == NULL)
        return tflow_i_nomem(error);
    for (size_t j = 0; j < n_partners; j++)
        tflow_i_profile_values(&w->imports, &w->imports.rows[start + j],
                               w->m + j * w->n_lines, w->n_lines);
    if (tflow_i_profiles_frame(&w->world, frame, &world) > 0)
        tflow_i_profile_values(&w->world, &w->world.rows[world], w->w, w->n_lines);
    for (size_t i = 0; i < n && n_partners > 0; i++) {
        const tflow_i_profile *reporter = &w->exports.rows[first + i];
        tflow_i_profile_values(&w->exports, reporter, w->x, w->n_lines);
        fill_rest(w, reporter);
        for (size_t j = 0; j < n_partners && status == TFLOW_OK; j++)
            if (w->imports.rows[start + j].who != reporter->who)
                status = write_pair(out, w, reporter, &w->imports.rows[start + j],
                                    w->m + j * w->n_lines, error);
    }
    return status;
}

/* ---- exports and imports ---- */

/* Imports of the listed, of all where none is, or (who NULL) of all together. */
static tflow_status read_imports(const tflow_i_args *args, work *w,
                                 const char *const *list, size_t n_list, int together,
                                 tflow_i_profiles *profiles, tflow_error *error)
{
    static const char *const exports[] = {"X"}, *const imports[] = {"M"};
    int mirror = tflow_i_arg_is(args, "imports", "mirror");
    const char *who = together ? NULL : mirror ? "partner" : "reporter", *by[8];
    tflow_i_selection s = w->selection, keys = w->selection;
    s.n_reporters = s.n_partners = 0;
    s.flows = mirror ? exports : imports;
    s.n_flows = 1;
    if (mirror) {
        s.partners = list;
        s.n_partners = n_list;
        s.total = TFLOW_I_TOTAL_PARTNERS;
    } else {
        s.reporters = list;
        s.n_reporters = n_list;
    }
    s.n_by = tflow_i_profile_keys(&keys, who, "product", "flow", by);
    s.by = by;
    return tflow_i_profiles_open(tflow_i_input(args, 0), &s, who, "product", "flow",
                                 &w->space, profiles, error);
}

/* Partners are whose imports are meant, not keys of the flows. */
static size_t without_partner(const tflow_i_selection *s, const char *by[8])
{
    size_t n = 0;
    for (size_t k = 0; k < s->n_by; k++)
        if (strcmp(s->by[k], "partner") != 0)
            by[n++] = s->by[k];
    return n;
}

static tflow_status read_all(const tflow_i_args *args, work *w, tflow_error *error)
{
    static const char *const flows[] = {"X"};
    const char *by[8];
    tflow_i_selection s = w->selection;
    s.n_partners = 0;
    s.flows = flows;
    s.n_flows = 1;
    s.n_by = tflow_i_profile_keys(&w->selection, "reporter", "product", "flow", by);
    s.by = by;
    tflow_status status =
        tflow_i_profiles_open(tflow_i_input(args, 0), &s, "reporter", "product", "flow",
                              &w->space, &w->exports, error);
    const tflow_i_selection *given = &w->selection;
    if (status == TFLOW_OK)
        status = tflow_i_profiles_resolve(args, &w->exports, error);
    if (status == TFLOW_OK)
        status = read_imports(args, w, given->partners, given->n_partners, 0,
                              &w->imports, error);
    if (status == TFLOW_OK && !w->everyone)
        status = read_imports(args, w, given->reporters, given->n_reporters, 0, &w->own,
                              error);
    if (status == TFLOW_OK)
        status = read_imports(args, w, NULL, 0, 1, &w->world, error);
    return status;
}

static tflow_status open_work(const tflow_i_args *args, work *w, const char *by[8],
                              tflow_error *error)
{
    tflow_status status = tflow_i_selection_of(args, &w->selection, error);
    if (status == TFLOW_OK && w->selection.n_flows > 0)
        status = tflow_i_arg_fail(error, TFLOW_EINVAL, "flow",
                                  "found a flow; exports and imports are both needed");
    if (status != TFLOW_OK)
        return status;
    w->selection.n_by = without_partner(&w->selection, by);
    w->selection.by = by;
    w->everyone = w->selection.n_reporters == 0 && w->selection.n_partners == 0;
    w->exclude = tflow_i_arg_is(args, "own", "exclude");
    status = tflow_i_space_open(&w->space, error);
    if (status == TFLOW_OK)
        status = read_all(args, w, error);
    if (status != TFLOW_OK)
        return status;
    w->n_lines = tflow_i_space_lines(&w->space);
    w->x = tflow_i_alloc(w->n_lines, sizeof *w->x);
    w->own_m = tflow_i_alloc(w->n_lines, sizeof *w->own_m);
    w->w = tflow_i_calloc(w->n_lines, sizeof *w->w);
    w->rest = tflow_i_alloc(w->n_lines, sizeof *w->rest);
    return w->x == NULL || w->own_m == NULL || w->w == NULL || w->rest == NULL
               ? tflow_i_nomem(error)
               : TFLOW_OK;
}

static void close_work(work *w)
{
    tflow_i_profiles_close(&w->exports);
    tflow_i_profiles_close(&w->imports);
    tflow_i_profiles_close(&w->own);
    tflow_i_profiles_close(&w->world);
    tflow_i_space_close(&w->space);
    tflow_i_free(w->x);
    tflow_i_free(w->own_m);
    tflow_i_free(w->w);
    tflow_i_free(w->rest);
    tflow_i_free(w->m);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.everyone = 0};
    const char *by[8];
    tflow_status status = open_work(args, &w, by, error);
    const tflow_i_profiles *exports = &w.exports;
    if (status == TFLOW_OK)
        status = tflow_i_profile_columns(out, &w.space, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        exports->cells.unit, error);
    for (size_t i = 0, n; status == TFLOW_OK && i < exports->n; i += n) {
        for (n = 1; i + n < exports->n; n++)
            if (exports->rows[i + n].frame != exports->rows[i].frame)
                break;
        if (tflow_i_asked_for(&w.selection, exports->cells.step,
                              exports->rows[i].period))
            status = write_frame(out, &w, i, n, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &exports->cells, error);
    close_work(&w);
    return status;
}

static const tflow_parameter parameters[] = {
    {"imports", TFLOW_PARAMETER_CHOICE, "reported", "reported|mirror", 0, 0,
     "imports as countries report them, or as exports that go to them"},
    {"own", TFLOW_PARAMETER_CHOICE, "exclude", "exclude|include", 0, 0,
     "whether the world that drysdale is held against imports without the reporter"},
};

const tflow_operation tflow_i_op_complementarity = {
    .name = "complementarity",
    .summary = "How far what one country exports is what another imports",
    .definition =
        "With x the exports of a reporter and m the imports of a partner in each "
        "product, to and from all the world, X and M their sums: michaely = 1 - sum "
        "|m/M - x/X| / 2, from 0 to 1, where others give it times 100; drysdale = sum "
        "(x/X)(m/M)/(w/W) with w the imports of all that the table has, without those "
        "of the reporter unless --own include; 1 where one of the two has the "
        "structure of the world. --reporter chooses exporters and --partner importers; "
        "trade between the two is not what is looked at. Imports are what countries "
        "report, or with --imports mirror the exports that go to them. Products "
        "without a row count as nothing traded. Products chosen with --product or "
        "--level are all there are: shares are of their sum. The finer they are, the "
        "lower michaely.",
    .reference =
        "Michaely (1996), Trade Preferential Agreements in Latin America: An Ex-Ante "
        "Assessment, World Bank Policy Research Working Paper 1583; Drysdale and "
        "Garnaut (1982), Trade Intensities and the Analysis of Bilateral Trade Flows "
        "in "
        "a Many-Country World: A Survey, Hitotsubashi Journal of Economics 22(2)",
    .example = "complementarity data/examples/complementarity.csv",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
