/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/actors_ops.h"
#include "tradeflow/structure.h"

#include <math.h>
#include <string.h>

enum {
    INSIDE,
    TOTAL,
    OUTSIDE,
    OUTSIDE_TOTAL,
    WORLD,
    SHARE,
    WORLD_SHARE,
    INTENSITY,
    OUTSIDE_SHARE,
    INTRA,
    EXTRA,
    INTROVERSION,
    N_NUMBERS,
    N_MEMBERS = N_NUMBERS,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"inside", TFLOW_FLOAT64, "value", "trade among the members"},
    {"total", TFLOW_FLOAT64, "value", "all trade of the members"},
    {"outside", TFLOW_FLOAT64, "value", "trade of outsiders with members"},
    {"outside_total", TFLOW_FLOAT64, "value", "all trade of outsiders"},
    {"world_total", TFLOW_FLOAT64, "value", "trade of the world, as --world says"},
    {"share", TFLOW_FLOAT64, "fraction", "S, intra-regional: inside / total"},
    {"world_share", TFLOW_FLOAT64, "fraction", "of the members in trade of the world"},
    {"intensity", TFLOW_FLOAT64, "", "intra-regional: share / world_share"},
    {"outside_share", TFLOW_FLOAT64, "fraction", "V: outside / outside_total"},
    {"intra_intensity", TFLOW_FLOAT64, "", "HI = S / V"},
    {"extra_intensity", TFLOW_FLOAT64, "", "HE = (1 - S)/(1 - V)"},
    {"introversion", TFLOW_FLOAT64, "", "(HI - HE)/(HI + HE), from -1 to 1"},
    {"n_members", TFLOW_INT64, "", "members that trade in the table"},
    {"reason", TFLOW_KEY, "", "why there is no introversion"},
    TFLOW_I_QUALITY_OUTPUTS,
};

/* Trade by who reports it and who it is with: members or outsiders. */
enum { MEMBERS, MEMBERS_OUT, OUTSIDERS_IN, OUTSIDERS, N_PARTS };

typedef struct work {
    tflow_i_bilateral b;
    tflow_i_actors blocs;
    int as_reporter, as_partner; /* sides that count */
    int without_bloc;
    uint8_t *seen; /* by name: a member that trades */
} work;

/* ---- one bloc in one frame ---- */

static size_t add_up(const work *w, size_t bloc, size_t first, size_t n,
                     tflow_i_adder *parts)
{
    const tflow_i_profiles *flows = &w->b.flows;
    size_t members = 0;
    memset(w->seen, 0, w->b.n_partners);
    for (size_t k = 0; k < N_PARTS; k++)
        parts[k] = (tflow_i_adder){.lost = 0};
    for (size_t r = first; r < first + n; r++) {
        const tflow_i_profile *row = &flows->rows[r];
        int own = tflow_i_actor_reports(&w->blocs, bloc, row->who);
        int32_t line = w->b.line_of[row->who];
        if (own && line >= 0)
            w->seen[line] = 1;
        members += own && line < 0; /* nobody trades with it */
        for (size_t i = row->first; i < row->first + row->n; i++) {
            int other = tflow_i_actor_partners(&w->blocs, bloc, flows->line[i]);
            if (!tflow_i_bilateral_counts(&w->b, row, i))
                continue;
            if (other)
                w->seen[flows->line[i]] = 1;
            tflow_i_adder_add(&parts[own     ? other ? MEMBERS : MEMBERS_OUT
                                     : other ? OUTSIDERS_IN
                                             : OUTSIDERS],
                              &flows->cells.cells[flows->entry[i]]);
        }
    }
    for (size_t i = 0; i < w->b.n_partners; i++)
        members += w->seen[i];
    return members;
}

/* The sum of parts, each so many times. */
static double sum_of(const work *w, const tflow_i_adder *parts, const int *times)
{
    tflow_i_sum sum = {0, 0};
    for (size_t k = 0; k < N_PARTS; k++)
        if (times[k] != 0)
            tflow_i_sum_add(
                &sum,
                times[k] * tflow_i_adder_cell(&parts[k], w->b.selection.missing).value);
    return tflow_i_sum_value(&sum);
}

static tflow_status measure(const work *w, const tflow_i_adder *parts, double *v)
{
    int r = w->as_reporter, p = w->as_partner, both = r + p;
    v[INSIDE] = sum_of(w, parts, (const int[]){both, 0, 0, 0});
    v[TOTAL] = sum_of(w, parts, (const int[]){both, r, p, 0});
    v[OUTSIDE] = sum_of(w, parts, (const int[]){0, p, r, 0});
    v[OUTSIDE_TOTAL] = sum_of(w, parts, (const int[]){0, p, r, both});
    v[WORLD] =
        sum_of(w, parts, (const int[]){w->without_bloc ? 0 : both, both, both, both});
    /* What the world trades with the members: the other side of their own trade. */
    double of_world = sum_of(w, parts, (const int[]){both, p, r, 0});
    tflow_status status = tflow_intra_regional_share(v[INSIDE], v[TOTAL], &v[SHARE]);
    if (v[WORLD] > 0)
        v[WORLD_SHARE] = of_world / v[WORLD];
    tflow_trade_intensity(v[INSIDE], v[TOTAL], of_world, v[WORLD], &v[INTENSITY]);
    tflow_status outside =
        tflow_intra_regional_share(v[OUTSIDE], v[OUTSIDE_TOTAL], &v[OUTSIDE_SHARE]);
    if (status != TFLOW_OK || outside != TFLOW_OK)
        return status != TFLOW_OK ? status : outside;
    tflow_introversion index;
    status = tflow_trade_introversion(v[SHARE], v[OUTSIDE_SHARE], &index);
    v[INTRA] = index.intra;
    v[EXTRA] = index.extra;
    v[INTROVERSION] = index.symmetric;
    return status;
}

static tflow_status write_bloc(tflow_builder *out, const work *w, size_t bloc,
                               size_t first, size_t n, tflow_error *error)
{
    tflow_i_adder parts[N_PARTS];
    double v[N_NUMBERS];
    for (size_t k = 0; k < N_NUMBERS; k++)
        v[k] = NAN;
    size_t members = add_up(w, bloc, first, n, parts);
    tflow_status status = measure(w, parts, v);
    size_t at = tflow_i_profile_cells(out, &w->b.space, &w->b.flows.rows[first]);
    tflow_i_cell quality = tflow_i_adder_cell(&parts[0], w->b.selection.missing);
    for (size_t k = 1; k < N_PARTS; k++) {
        tflow_i_cell part = tflow_i_adder_cell(&parts[k], w->b.selection.missing);
        quality = tflow_i_cell_join(&quality, &part);
    }
    tflow_builder_key(out, 0, w->blocs.name[bloc]);
    for (size_t k = 0; k < N_NUMBERS; k++)
        tflow_builder_float64(out, at + k, v[k]);
    tflow_builder_int64(out, at + N_MEMBERS, (int64_t)members);
    if (status != TFLOW_OK)
        tflow_builder_key(out, at + REASON,
                          status == TFLOW_ZERO_BASE
                              ? "outsiders trade nothing, or nothing else, with it"
                              : tflow_i_structure_reason(status));
    tflow_i_quality_cells(out, at + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

/* ---- all of them ---- */

static tflow_status open_blocs(const tflow_i_args *args, work *w, tflow_error *error)
{
    const char *const *members;
    size_t n = tflow_i_arg_list(args, "bloc", &members);
    const tflow_i_selection *s = &w->b.selection;
    if (s->n_partners > 0)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "partner",
                                "found partners; a bloc trades with itself and with "
                                "all others");
    if ((n > 0) == (s->n_reporters > 0))
        return tflow_i_arg_fail(
            error, TFLOW_EINVAL, n > 0 ? "bloc" : "reporter",
            "expected blocs, each a group with --reporter, or one of its members with "
            "--bloc");
    return n > 0 ? tflow_i_actors_open(&w->b, "bloc", members, n, 1, &w->blocs, error)
                 : tflow_i_actors_open(&w->b, "reporter", s->reporters, s->n_reporters,
                                       0, &w->blocs, error);
}

static tflow_status open_work(const tflow_i_args *args, work *w, tflow_error *error)
{
    w->as_reporter = !tflow_i_arg_is(args, "side", "partner");
    w->as_partner = !tflow_i_arg_is(args, "side", "reporter");
    w->without_bloc = tflow_i_arg_is(args, "world", "without-bloc");
    tflow_status status = tflow_i_bilateral_open(args, &w->b, error);
    if (status == TFLOW_OK)
        status = open_blocs(args, w, error);
    if (status != TFLOW_OK)
        return status;
    if (tflow_i_arg_set(args, "bloc"))
        w->blocs.name[0] = tflow_i_arg_text(args, "bloc");
    w->seen = tflow_i_alloc(w->b.n_partners, 1);
    return w->seen == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.seen = NULL};
    tflow_status status = open_work(args, &w, error);
    const tflow_i_profiles *flows = &w.b.flows;
    if (status == TFLOW_OK)
        status = tflow_i_profile_columns(out, &w.b.space, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        flows->cells.unit, error);
    for (size_t i = 0, n; status == TFLOW_OK && i < flows->n; i += n) {
        for (n = 1; i + n < flows->n; n++)
            if (flows->rows[i + n].frame != flows->rows[i].frame)
                break;
        if (!tflow_i_asked_for(&w.b.selection, flows->cells.step,
                               flows->rows[i].period))
            continue;
        for (size_t k = 0; k < w.blocs.n && status == TFLOW_OK; k++)
            status = write_bloc(out, &w, k, i, n, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &flows->cells, error);
    tflow_i_actors_close(&w.blocs);
    tflow_i_bilateral_close(&w.b);
    tflow_i_free(w.seen);
    return status;
}

static const tflow_parameter parameters[] = {
    {"bloc", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "members of one bloc: codes, names, groups; else each of --reporter is a bloc"},
    {"side", TFLOW_PARAMETER_CHOICE, "both", "both|reporter|partner", 0, 0,
     "trade of the bloc: as reporter (of exports: exports), as partner (imports), "
     "both"},
    {"world", TFLOW_PARAMETER_CHOICE, "all", "all|without-bloc", 0, 0,
     "what world_share is of: all trade, or all but what is traded inside the bloc"},
    {"self", TFLOW_PARAMETER_CHOICE, "exclude", "exclude|include", 0, 0,
     "whether what goes from a country to itself counts"},
};

const tflow_operation tflow_i_op_introversion = {
    .name = "introversion",
    .summary = "How much a bloc trades with itself: share, intensity, introversion",
    .definition =
        "Of a table of flows between countries, each cell is trade among members "
        "(inside), of members with outsiders, of outsiders with members, or among "
        "outsiders. share S = inside / total, the intra-regional share; outside_share "
        "V = the share of members in the trade of outsiders; intra_intensity HI = S/V; "
        "extra_intensity HE = (1 - S)/(1 - V); introversion = (HI - HE)/(HI + HE), 0 "
        "where the bloc trades with itself as outsiders trade with it. intensity is S "
        "over the members' share in trade of the world. --side both takes each cell as "
        "trade of its reporter and of its partner (Iapadre has exports and imports); "
        "--side reporter looks at what members and outsiders report, of exports: "
        "exports alone; --side partner at the same as their partners have it. The "
        "table is the world, and one flow is taken at a time. A group is its members "
        "of "
        "today, whatever year the data are of.",
    .reference =
        "Iapadre (2006), Regional Integration Agreements and the Geography of World "
        "Trade: Statistical Indicators and Empirical Evidence, in De Lombaerde (ed.), "
        "Assessment and Measurement of Regional Integration",
    .example = "introversion data/baci/totals_2017.csv.gz --reporter "
               "EU27_2020,ASEAN,MERCOSUR",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
