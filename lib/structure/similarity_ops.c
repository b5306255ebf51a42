/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/prepared.h"
#include "structure/profiles_ops.h"
#include "tradeflow/structure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    COUNTERPART,
    VALUE,
    COUNTERPART_VALUE,
    N_LINES,
    FINGER_KREININ,
    COSINE,
    LOG_RCA,
    REASON,
    REASON_LOG_RCA,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"counterpart", TFLOW_KEY, "", "who the reporter is held against"},
    {"value", TFLOW_FLOAT64, "value", "trade of the reporter"},
    {"counterpart_value", TFLOW_FLOAT64, "value", "trade of the counterpart"},
    {"n_lines", TFLOW_INT64, "", "lines that anybody trades"},
    {"finger_kreinin", TFLOW_FLOAT64, "", "sum of the smaller of both shares"},
    {"cosine", TFLOW_FLOAT64, "", "of the angle between both structures"},
    {"log_rca", TFLOW_FLOAT64, "", "correlation of ln(RCA + --epsilon)"},
    {"reason", TFLOW_KEY, "", "why there is no finger_kreinin and cosine"},
    {"reason_log_rca", TFLOW_KEY, "", "why there is no log_rca"},
    TFLOW_I_QUALITY_OUTPUTS,
};

/* Values and advantages of the rows of one frame, line by line. */
typedef struct matrix {
    double *values, *share, *rca, *centred;
    tflow_i_prepared *row;
} matrix;

typedef struct work {
    tflow_i_selection selection;
    tflow_i_space space;
    tflow_i_profiles own, other, world; /* `other` is empty where all meet all */
    int everyone;
    double epsilon;
    size_t n_lines, n_world; /* n_world: lines that the world trades */
    matrix a, b;
    double *total; /* the world's, by line */
} work;

/* ---- one frame ---- */

/* Lines that the world trades come into the advantages; where it has nothing there is
 * none. */
static void fill_rca(const work *w, const double *values, double world, double *rca)
{
    size_t n = 0;
    tflow_i_sum sum = {0, 0};
    for (size_t k = 0; k < w->n_lines; k++)
        if (!isnan(values[k]) || w->selection.missing == TFLOW_MISSING_PROPAGATE)
            tflow_i_sum_add(&sum, values[k]);
    double all = tflow_i_sum_value(&sum);
    for (size_t k = 0; k < w->n_lines; k++)
        if (w->total[k] != 0)
            rca[n++] = values[k] / all / (w->total[k] / world);
}

static void empty(matrix *m)
{
    tflow_i_free(m->values);
    tflow_i_free(m->share);
    tflow_i_free(m->rca);
    tflow_i_free(m->centred);
    tflow_i_free(m->row);
}

static int fill(work *w, const tflow_i_profiles *p, size_t first, size_t n, matrix *m,
                double world)
{
    empty(m);
    m->values = tflow_i_alloc(n, w->n_lines * sizeof *m->values);
    m->share = tflow_i_alloc(n, w->n_lines * sizeof *m->share);
    m->rca = tflow_i_alloc(n, w->n_world * sizeof *m->rca);
    m->centred = tflow_i_alloc(n, w->n_world * sizeof *m->centred);
    m->row = tflow_i_alloc(n, sizeof *m->row);
    if (m->values == NULL || m->share == NULL || m->rca == NULL || m->centred == NULL ||
        m->row == NULL)
        return 0;
    for (size_t r = 0; r < n; r++) {
        double *values = m->values + r * w->n_lines, *rca = m->rca + r * w->n_world;
        tflow_i_profile_values(p, &p->rows[first + r], values, w->n_lines);
        fill_rca(w, values, world, rca);
        tflow_i_prepare(values, w->n_lines, m->share + r * w->n_lines, &m->row[r]);
        tflow_i_prepare_logs(rca, w->n_world, w->epsilon, m->centred + r * w->n_world,
                             &m->row[r]);
    }
    return 1;
}

/* The world's trade by line, 0 where nothing or nothing known is traded; its sum. */
static double fill_world(work *w, size_t frame)
{
    size_t first, n = tflow_i_profiles_frame(&w->world, frame, &first);
    tflow_i_sum sum = {0, 0};
    w->n_world = 0;
    for (size_t k = 0; k < w->n_lines; k++)
        w->total[k] = 0;
    if (n > 0)
        tflow_i_profile_values(&w->world, &w->world.rows[first], w->total, w->n_lines);
    for (size_t k = 0; k < w->n_lines; k++) {
        w->n_world += w->total[k] != 0;
        if (!isnan(w->total[k]) || w->selection.missing == TFLOW_MISSING_PROPAGATE)
            tflow_i_sum_add(&sum, w->total[k]);
    }
    return tflow_i_sum_value(&sum);
}

/* ---- one pair ---- */

typedef struct indices {
    double finger_kreinin, cosine, log_rca;
    tflow_status status, of_rca;
} indices;

/* Of rows that lack nothing at one pass, of others by the policy. */
static tflow_status measure(const work *w, const tflow_i_prepared *x,
                            const tflow_i_prepared *y, indices *v, tflow_error *error)
{
    tflow_missing missing = w->selection.missing;
    tflow_vec a = tflow_vec_of(x->values, x->n), b = tflow_vec_of(y->values, y->n);
    v->status = v->of_rca = TFLOW_OK;
    if (x->whole && y->whole) {
        v->finger_kreinin = tflow_i_prepared_finger_kreinin(x, y);
        v->cosine = tflow_i_prepared_cosine(x, y);
    } else {
        v->status =
            tflow_similarity_finger_kreinin(a, b, missing, &v->finger_kreinin, error);
        if (v->status < 0)
            return v->status;
        tflow_similarity_cosine(a, b, missing, &v->cosine, NULL);
    }
    if (x->varied && y->varied)
        v->log_rca = tflow_i_prepared_log_rca(x, y);
    else
        v->of_rca = tflow_similarity_log_rca(tflow_vec_of(x->rca, x->n_centred),
                                             tflow_vec_of(y->rca, y->n_centred),
                                             w->epsilon, missing, &v->log_rca, error);
    return v->of_rca < 0 ? v->of_rca : TFLOW_OK;
}

static tflow_status write_pair(tflow_builder *out, const work *w,
                               const tflow_i_profile *x, size_t i,
                               const tflow_i_profile *y, const matrix *m, size_t j,
                               tflow_error *error)
{
    indices v;
    tflow_status status = measure(w, &w->a.row[i], &m->row[j], &v, error);
    if (status < 0)
        return status;
    size_t at = tflow_i_profile_cells(out, &w->space, x);
    tflow_builder_key(out, at + COUNTERPART, tflow_i_profile_name(&w->space, y));
    tflow_builder_float64(out, at + VALUE, x->total.value);
    tflow_builder_float64(out, at + COUNTERPART_VALUE, y->total.value);
    tflow_builder_int64(out, at + N_LINES, (int64_t)w->n_world);
    tflow_builder_float64(out, at + FINGER_KREININ, v.finger_kreinin);
    tflow_builder_float64(out, at + COSINE, v.cosine);
    tflow_builder_float64(out, at + LOG_RCA, v.log_rca);
    if (isnan(v.finger_kreinin))
        tflow_builder_key(out, at + REASON, tflow_i_structure_reason(v.status));
    if (isnan(v.log_rca))
        tflow_builder_key(out, at + REASON_LOG_RCA, tflow_i_structure_reason(v.of_rca));
    tflow_i_cell joined = tflow_i_cell_join(&x->total, &y->total);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

/* Each of the rows with each of the others; each pair once where all meet all. */
static tflow_status write_frame(tflow_builder *out, work *w, size_t first, size_t n,
                                tflow_error *error)
{
    size_t frame = w->own.rows[first].frame, start = first, n_other = n;
    const tflow_i_profiles *other = w->everyone ? &w->own : &w->other;
    const matrix *m = w->everyone ? &w->a : &w->b;
    double world = fill_world(w, frame);
    tflow_status status = TFLOW_OK;
    if (!w->everyone)
        n_other = tflow_i_profiles_frame(other, frame, &start);
    if (!fill(w, &w->own, first, n, &w->a, world) ||
        (!w->everyone && !fill(w, other, start, n_other, &w->b, world)))
        return tflow_i_nomem(error);
    for (size_t i = 0; i < n && status == TFLOW_OK; i++)
        for (size_t j = w->everyone ? i + 1 : 0; j < n_other && status == TFLOW_OK; j++)
            if (w->own.rows[first + i].who != other->rows[start + j].who)
                status = write_pair(out, w, &w->own.rows[first + i], i,
                                    &other->rows[start + j], m, j, error);
    return status;
}

/* ---- all of them ---- */

static tflow_status open_work(const tflow_i_args *args, work *w, tflow_error *error)
{
    const char *of = tflow_i_arg_text(args, "over"), *by[8], *world_by[8];
    const tflow_table *table = tflow_i_input(args, 0);
    const char *const *counterparts;
    size_t n_counterparts = tflow_i_arg_list(args, "counterpart", &counterparts);
    tflow_status status = tflow_i_selection_of(args, &w->selection, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_selection s = w->selection;
    s.n_by = tflow_i_profile_keys(&w->selection, "reporter", of, "", by);
    s.by = by;
    if (strcmp(of, "partner") == 0)
        s.total = TFLOW_I_TOTAL_PARTNERS;
    w->epsilon = tflow_i_arg_real(args, "epsilon");
    w->everyone = n_counterparts == 0 && s.n_reporters == 0;
    status = tflow_i_space_open(&w->space, error);
    if (status == TFLOW_OK)
        status = tflow_i_profiles_open(table, &s, "reporter", of, "", &w->space,
                                       &w->own, error);
    if (status == TFLOW_OK)
        status = tflow_i_profiles_resolve(args, &w->own, error);
    if (status == TFLOW_OK && w->own.cells.total != TFLOW_I_TOTAL_AUTO)
        s.total = w->own.cells.total;
    s.reporters = counterparts;
    s.n_reporters = n_counterparts;
    if (status == TFLOW_OK && !w->everyone)
        status = tflow_i_profiles_open(table, &s, "reporter", of, "", &w->space,
                                       &w->other, error);
    s.n_reporters = tflow_i_arg_list(args, "universe", &s.reporters);
    if (status == TFLOW_OK && s.n_reporters == 0 &&
        (w->everyone || n_counterparts == 0))
        status = tflow_i_profiles_universe(
            args, &w->space, w->everyone ? &w->own : &w->other, NULL, error);
    s.n_by = tflow_i_profile_keys(&w->selection, NULL, of, "", world_by);
    s.by = world_by;
    if (status == TFLOW_OK)
        status =
            tflow_i_profiles_open(table, &s, NULL, of, "", &w->space, &w->world, error);
    if (status != TFLOW_OK)
        return status;
    w->n_lines = tflow_i_space_lines(&w->space);
    w->total = tflow_i_alloc(w->n_lines, sizeof *w->total);
    return w->total == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}

static void close_work(work *w)
{
    tflow_i_profiles_close(&w->own);
    tflow_i_profiles_close(&w->other);
    tflow_i_profiles_close(&w->world);
    tflow_i_space_close(&w->space);
    empty(&w->a);
    empty(&w->b);
    tflow_i_free(w->total);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.everyone = 0};
    tflow_status status = open_work(args, &w, error);
    if (status == TFLOW_OK)
        status = tflow_i_profile_columns(out, &w.space, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        w.own.cells.unit, error);
    for (size_t i = 0, n; i < w.own.n && status == TFLOW_OK; i += n) {
        for (n = 1; i + n < w.own.n; n++)
            if (w.own.rows[i + n].frame != w.own.rows[i].frame)
                break;
        if (tflow_i_asked_for(&w.selection, w.own.cells.step, w.own.rows[i].period))
            status = write_frame(out, &w, i, n, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &w.own.cells, error);
    close_work(&w);
    return status;
}

static const tflow_parameter parameters[] = {
    {"over", TFLOW_PARAMETER_CHOICE, "product", "product|partner", 0, 0,
     "what the structure is of: products or partners"},
    {"counterpart", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "who reporters are held against: codes, names, groups; default: all others"},
    {"universe", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "reporters that the world of RCA is: codes, names, groups; default: all of the "
     "table"},
    {"epsilon", TFLOW_PARAMETER_REAL, "0.1", NULL, 1e-12, 1e12,
     "offset in ln(RCA + epsilon)"},
};

const tflow_operation tflow_i_op_similarity = {
    .name = "similarity",
    .summary = "How alike two reporters trade: Finger-Kreinin, cosine, log-RCA",
    .definition =
        "With a and b what two reporters trade of each product (or with each partner, "
        "--over partner), A and B their sums: finger_kreinin = sum min(a/A, b/B), from "
        "0 to 1, where others give it times 100; cosine = sum ab / (|a| |b|); log_rca "
        "= the correlation of ln(RCA + epsilon) of both over the lines that the world "
        "trades, with RCA = (a/A)/(w/W) and w the sum of all reporters of --universe, "
        "or "
        "of the table, whoever is shown. Lines that are chosen with --product or "
        "--level are "
        "all there are: shares are of their sum. A line without a row counts as "
        "nothing "
        "traded. Each pair comes once, unless --reporter or --counterpart chooses: "
        "then "
        "each of the first with each of the second. With --by partner the trade with "
        "the same partner is compared, as Finger and Kreinin do. The finer the "
        "products, the lower the indices.",
    .reference =
        "Finger and Kreinin (1979), A Measure of 'Export Similarity' and Its Possible "
        "Uses, Economic Journal 89(356); Bahar, Hausmann and Hidalgo (2014), Neighbors "
        "and the evolution of the comparative advantage of nations, Journal of "
        "International Economics 92(1), for log_rca",
    .example = "similarity data/ots/exports_2017_hs4.csv.gz --reporter BLR "
               "--counterpart RUS,UKR,POL,LTU,LVA",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
