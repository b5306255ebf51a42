/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/actors_ops.h"
#include "tradeflow/structure.h"

#include <math.h>
#include <string.h>

enum {
    PARTNER,
    VALUE,
    TOTAL,
    PARTNER_TOTAL,
    WORLD,
    SHARE,
    WORLD_SHARE,
    INTENSITY,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"partner", TFLOW_KEY, "", "who the trade is with"},
    {"value", TFLOW_FLOAT64, "value", "x, trade of the reporter with the partner"},
    {"total", TFLOW_FLOAT64, "value", "X, with all partners"},
    {"partner_total", TFLOW_FLOAT64, "value", "M, trade of the world with the partner"},
    {"world_total", TFLOW_FLOAT64, "value", "W, as --world says"},
    {"share", TFLOW_FLOAT64, "fraction", "x/X"},
    {"world_share", TFLOW_FLOAT64, "fraction", "M/W"},
    {"intensity", TFLOW_FLOAT64, "", "(x/X)/(M/W); neutral 1"},
    {"reason", TFLOW_KEY, "", "why there is no intensity"},
    TFLOW_I_QUALITY_OUTPUTS,
};

enum world { ALL, WITHOUT_REPORTER, WITHOUT_BLOC };

typedef struct work {
    tflow_i_bilateral b;
    tflow_i_actors reporters, partners;
    enum world world;
    uint8_t *in;                    /* by number of a name: the world is made of it */
    size_t n_reporters, n_partners; /* actors */
    size_t *reporter_order, *partner_order;
    /* sums of one frame */
    tflow_i_adder all;
    tflow_i_adder *total;         /* by reporting actor */
    tflow_i_adder *inside;        /* of the world, among its members */
    tflow_i_adder *bought;        /* of the world with it */
    tflow_i_adder *partner_total; /* by partner actor */
    tflow_i_adder *pair;          /* by both; NULL where every cell is one */
} work;

/* ---- sums ---- */

static void clear(tflow_i_adder *adders, size_t n)
{
    for (size_t i = 0; i < n; i++)
        adders[i] = (tflow_i_adder){.lost = 0};
}

/* A cell into the sums of a reporting actor, and of it with each partner. */
static void add_to(work *w, size_t a, int32_t line, const tflow_i_cell *cell)
{
    tflow_i_adder_add(&w->total[a], cell);
    if (w->pair == NULL)
        return;
    tflow_i_adder *pair = w->pair + a * w->n_partners;
    if (w->partners.everyone)
        tflow_i_adder_add(&pair[line], cell);
    for (size_t p = 0; p < w->n_partners && !w->partners.everyone; p++)
        if (tflow_i_actor_partners(&w->partners, p, line))
            tflow_i_adder_add(&pair[p], cell);
}

/* A cell into the sums of the world. */
static void add_to_world(work *w, const tflow_i_profile *row, int32_t line,
                         const tflow_i_cell *cell)
{
    tflow_i_adder_add(&w->all, cell);
    if (w->partners.everyone)
        tflow_i_adder_add(&w->partner_total[line], cell);
    for (size_t p = 0; p < w->n_partners && !w->partners.everyone; p++)
        if (tflow_i_actor_partners(&w->partners, p, line))
            tflow_i_adder_add(&w->partner_total[p], cell);
    if (w->reporters.everyone) {
        const char *name = tflow_i_dict_text(w->b.space.lines, line);
        int32_t other = tflow_i_dict_find(w->b.space.texts, name, strlen(name));
        if (other >= 0)
            tflow_i_adder_add(&w->bought[other], cell);
        return;
    }
    for (size_t a = 0; a < w->n_reporters; a++) {
        if (!tflow_i_actor_partners(&w->reporters, a, line))
            continue;
        tflow_i_adder_add(&w->bought[a], cell);
        if (tflow_i_actor_reports(&w->reporters, a, row->who))
            tflow_i_adder_add(&w->inside[a], cell);
    }
}

static void add_entry(work *w, const tflow_i_profile *row, size_t entry)
{
    const tflow_i_cell *cell = &w->b.flows.cells.cells[w->b.flows.entry[entry]];
    int32_t line = w->b.flows.line[entry];
    if (w->in[row->who])
        add_to_world(w, row, line, cell);
    if (w->reporters.everyone)
        add_to(w, (size_t)row->who, line, cell);
    for (size_t a = 0; a < w->n_reporters && !w->reporters.everyone; a++)
        if (tflow_i_actor_reports(&w->reporters, a, row->who))
            add_to(w, a, line, cell);
}

static void add_up(work *w, size_t first, size_t n)
{
    clear(&w->all, 1);
    clear(w->total, w->n_reporters);
    clear(w->inside, w->n_reporters);
    clear(w->bought, w->n_reporters);
    clear(w->partner_total, w->n_partners);
    if (w->pair != NULL)
        clear(w->pair, w->n_reporters * w->n_partners);
    for (size_t r = first; r < first + n; r++) {
        const tflow_i_profile *row = &w->b.flows.rows[r];
        for (size_t i = row->first; i < row->first + row->n; i++)
            if (tflow_i_bilateral_counts(&w->b, row, i))
                add_entry(w, row, i);
    }
}

/* ---- one pair ---- */

static const char *name_of(const tflow_i_actors *actors, const tflow_i_dict *dict,
                           size_t actor)
{
    return actors->everyone ? tflow_i_dict_text(dict, (int32_t)actor)
                            : actors->name[actor];
}

/* Whether a partner is part of the reporter, or the other way round. */
static int overlap(const work *w, size_t a, size_t p)
{
    for (size_t i = 0; i < w->b.n_partners; i++) {
        int mine = w->reporters.everyone
                       ? w->b.line_of[a] == (int32_t)i
                       : tflow_i_actor_partners(&w->reporters, a, (int32_t)i);
        int theirs = w->partners.everyone
                         ? p == i
                         : tflow_i_actor_partners(&w->partners, p, (int32_t)i);
        if (mine && theirs)
            return 1;
    }
    return 0;
}

/* The world that the partner's share is of; the difference before it is rounded. */
static double world_of(const work *w, size_t a)
{
    tflow_missing missing = w->b.selection.missing;
    tflow_i_adder all = w->all;
    const tflow_i_adder *less = w->world == WITHOUT_REPORTER ? &w->bought[a]
                                : w->world == WITHOUT_BLOC   ? &w->inside[a]
                                                             : NULL;
    if (less != NULL)
        tflow_i_sum_add(&all.value, -tflow_i_adder_cell(less, missing).value);
    double value = tflow_i_adder_cell(&all, missing).value;
    return value < 0 ? 0 : value; /* rounding */
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

static void write_numbers(tflow_builder *out, size_t at, const work *w, size_t a,
                          size_t p, const tflow_i_cell *flow)
{
    tflow_missing missing = w->b.selection.missing;
    double total = tflow_i_adder_cell(&w->total[a], missing).value;
    double partner = tflow_i_adder_cell(&w->partner_total[p], missing).value;
    double world = world_of(w, a), intensity;
    int overlaps = w->world == WITHOUT_REPORTER && overlap(w, a, p);
    tflow_status status =
        tflow_trade_intensity(flow->value, total, partner, world, &intensity);
    tflow_builder_float64(out, at + VALUE, flow->value);
    tflow_builder_float64(out, at + TOTAL, total);
    tflow_builder_float64(out, at + PARTNER_TOTAL, partner);
    tflow_builder_float64(out, at + WORLD, world);
    tflow_builder_float64(out, at + SHARE, ratio(flow->value, total));
    tflow_builder_float64(out, at + WORLD_SHARE, ratio(partner, world));
    if (!overlaps)
        tflow_builder_float64(out, at + INTENSITY, intensity);
    if (overlaps)
        tflow_builder_key(out, at + REASON,
                          "the partner is part of the reporter that is taken out");
    else if (status != TFLOW_OK)
        tflow_builder_key(out, at + REASON, tflow_i_structure_reason(status));
}

static tflow_status write_pair(tflow_builder *out, const work *w,
                               const tflow_i_profile *like, size_t a, size_t p,
                               const tflow_i_cell *flow, tflow_error *error)
{
    tflow_missing missing = w->b.selection.missing;
    size_t at = tflow_i_profile_cells(out, &w->b.space, like);
    tflow_i_cell world = tflow_i_adder_cell(&w->all, missing);
    int64_t n_missing = world.n_missing; /* the world holds the rest */
    world = tflow_i_cell_join(&world, flow);
    world.n_missing = n_missing;
    tflow_builder_key(out, 0, name_of(&w->reporters, w->b.space.texts, a));
    tflow_builder_key(out, at + PARTNER, name_of(&w->partners, w->b.space.lines, p));
    write_numbers(out, at, w, a, p, flow);
    tflow_i_quality_cells(out, at + QUALITY, &world);
    return tflow_builder_row(out, error);
}

/* ---- one frame ---- */

/* Every cell is a pair of its own. */
static tflow_status write_cells(tflow_builder *out, const work *w, size_t first,
                                size_t n, tflow_error *error)
{
    const tflow_i_profiles *flows = &w->b.flows;
    tflow_status status = TFLOW_OK;
    for (size_t r = first; r < first + n; r++) {
        const tflow_i_profile *row = &flows->rows[r];
        for (size_t i = row->first; i < row->first + row->n; i++)
            if (status == TFLOW_OK && tflow_i_bilateral_counts(&w->b, row, i))
                status =
                    write_pair(out, w, row, (size_t)row->who, (size_t)flows->line[i],
                               &flows->cells.cells[flows->entry[i]], error);
    }
    return status;
}

/* Pairs that were asked for come whether they trade or not; others where they do. */
static int is_shown(const work *w, size_t a, size_t p, const tflow_i_adder *pair)
{
    const char *reporter = name_of(&w->reporters, w->b.space.texts, a);
    const char *partner = name_of(&w->partners, w->b.space.lines, p);
    if (w->total[a].cell.n_rows == 0)
        return 0;
    if (strcmp(reporter, partner) == 0 && pair->cell.n_rows == 0)
        return 0;
    return pair->cell.n_rows > 0 || (!w->reporters.everyone && !w->partners.everyone);
}

static tflow_status write_frame(tflow_builder *out, work *w, size_t first, size_t n,
                                tflow_error *error)
{
    const tflow_i_profile *like = &w->b.flows.rows[first];
    tflow_status status = TFLOW_OK;
    add_up(w, first, n);
    if (w->pair == NULL)
        return write_cells(out, w, first, n, error);
    for (size_t i = 0; i < w->n_reporters; i++)
        for (size_t j = 0; j < w->n_partners && status == TFLOW_OK; j++) {
            size_t a = w->reporter_order[i], p = w->partner_order[j];
            const tflow_i_adder *pair = &w->pair[a * w->n_partners + p];
            if (!is_shown(w, a, p, pair))
                continue;
            tflow_i_cell flow = tflow_i_adder_cell(pair, w->b.selection.missing);
            if (pair->cell.n_rows == 0)
                flow.status = 'A';
            status = write_pair(out, w, like, a, p, &flow, error);
        }
    return status;
}

/* ---- all of them ---- */

static int compare_texts(size_t a, size_t b, const void *context)
{
    return strcmp(tflow_i_dict_text(context, (int32_t)a),
                  tflow_i_dict_text(context, (int32_t)b));
}

/* Those that were listed as listed, everyone by name. */
static size_t *order_of(const tflow_i_actors *actors, const tflow_i_dict *dict,
                        size_t n)
{
    size_t *order = tflow_i_alloc(n, sizeof *order);
    for (size_t i = 0; order != NULL && i < n; i++)
        order[i] = i;
    if (order != NULL && actors->everyone &&
        !tflow_i_sort(order, n, compare_texts, dict)) {
        tflow_i_free(order);
        return NULL;
    }
    return order;
}

static int make_room(work *w)
{
    size_t n = w->n_reporters, m = w->n_partners;
    int direct = w->reporters.everyone && w->partners.everyone;
    w->reporter_order = order_of(&w->reporters, w->b.space.texts, n);
    w->partner_order = order_of(&w->partners, w->b.space.lines, m);
    w->total = tflow_i_alloc(n, sizeof *w->total);
    w->inside = tflow_i_alloc(n, sizeof *w->inside);
    w->bought = tflow_i_alloc(n, sizeof *w->bought);
    w->partner_total = tflow_i_alloc(m, sizeof *w->partner_total);
    if (!direct && m <= SIZE_MAX / sizeof *w->pair)
        w->pair = tflow_i_alloc(n, m * sizeof *w->pair);
    return w->reporter_order != NULL && w->partner_order != NULL && w->total != NULL &&
           w->inside != NULL && w->bought != NULL && w->partner_total != NULL &&
           (direct || w->pair != NULL);
}

/* Whom the world is made of, into the recipe where it is not there. */
static tflow_status open_universe(const tflow_i_args *args, work *w, tflow_error *error)
{
    const char *const *words;
    size_t n = tflow_i_arg_list(args, "universe", &words);
    w->in = tflow_i_alloc(w->b.n_names, 1);
    if (w->in == NULL)
        return tflow_i_nomem(error);
    memset(w->in, n == 0, w->b.n_names);
    return n == 0
               ? tflow_i_profiles_universe(args, &w->b.space, &w->b.flows, NULL, error)
               : tflow_i_mark_members("universe", words, n, w->b.space.texts, w->in,
                                      error);
}

static tflow_status open_work(const tflow_i_args *args, work *w, tflow_error *error)
{
    w->world = tflow_i_arg_is(args, "world", "without-reporter") ? WITHOUT_REPORTER
               : tflow_i_arg_is(args, "world", "without-bloc")   ? WITHOUT_BLOC
                                                                 : ALL;
    tflow_status status = tflow_i_bilateral_open(args, &w->b, error);
    const tflow_i_selection *s = &w->b.selection;
    if (status == TFLOW_OK)
        status = tflow_i_actors_open(&w->b, "reporter", s->reporters, s->n_reporters, 0,
                                     &w->reporters, error);
    if (status == TFLOW_OK)
        status = tflow_i_actors_open(&w->b, "partner", s->partners, s->n_partners, 0,
                                     &w->partners, error);
    if (status == TFLOW_OK)
        status = open_universe(args, w, error);
    if (status != TFLOW_OK)
        return status;
    w->n_reporters = w->reporters.everyone ? w->b.n_names : w->reporters.n;
    w->n_partners = w->partners.everyone ? w->b.n_partners : w->partners.n;
    return make_room(w) ? TFLOW_OK : tflow_i_nomem(error);
}

static void close_work(work *w)
{
    tflow_i_actors_close(&w->reporters);
    tflow_i_actors_close(&w->partners);
    tflow_i_bilateral_close(&w->b);
    tflow_i_free(w->in);
    tflow_i_free(w->reporter_order);
    tflow_i_free(w->partner_order);
    tflow_i_free(w->total);
    tflow_i_free(w->inside);
    tflow_i_free(w->bought);
    tflow_i_free(w->partner_total);
    tflow_i_free(w->pair);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.pair = NULL};
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
        if (tflow_i_asked_for(&w.b.selection, flows->cells.step, flows->rows[i].period))
            status = write_frame(out, &w, i, n, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &flows->cells, error);
    close_work(&w);
    return status;
}

static const tflow_parameter parameters[] = {
    {"world", TFLOW_PARAMETER_CHOICE, "all", "all|without-reporter|without-bloc", 0, 0,
     "what the partner's share is of: all trade, all but what is traded with the "
     "reporter, all but what is traded inside it"},
    {"universe", TFLOW_PARAMETER_LIST, NULL, NULL, 0, 0,
     "reporters that the world is: codes, names, groups; default: all of the table"},
    {"self", TFLOW_PARAMETER_CHOICE, "exclude", "exclude|include", 0, 0,
     "whether what goes from a country to itself counts"},
};

const tflow_operation tflow_i_op_intensity = {
    .name = "intensity",
    .summary = "How much more than the world a reporter trades with a partner",
    .definition =
        "With x the trade of a reporter with a partner, X its trade with all, M the "
        "trade of all reporters, those of --universe or of the table, with the "
        "partner, "
        "and W of them with all: "
        "intensity = (x/X) / (M/W); 1 is neutral. All are of one flow: of exports (X), "
        "M is what all export to the partner. --world without-reporter takes what all "
        "trade with the reporter from W, for it cannot trade with itself: W - M_i. "
        "--world without-bloc takes the trade among the members of the reporter from "
        "W, which for a country is none. The table is the world: with few reporters "
        "it "
        "is a small one. A group is its members of today, its total with what they "
        "trade among each other; the group as its own partner gives its intra-regional "
        "intensity. Where reporters and partners are both named each pair has a row, "
        "with 0 where they do not trade; else pairs that trade.",
    .reference =
        "Kojima (1964), The Pattern of International Trade among Advanced Countries, "
        "Hitotsubashi Journal of Economics 5(1); Drysdale and Garnaut (1982), Trade "
        "Intensities and the Analysis of Bilateral Trade Flows in a Many-Country "
        "World: "
        "A Survey, Hitotsubashi Journal of Economics 22(2)",
    .example = "intensity data/baci/totals_2017.csv.gz --reporter BLR --partner "
               "RUS,UKR,POL,CHN,EU27_2020",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
