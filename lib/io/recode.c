/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/recode.h"

#include <math.h>
#include <string.h>

static int is(const char *policy, const char *word)
{
    return strcmp(policy, word) == 0;
}

static tflow_status refuse(const tflow_i_recoding *r, size_t row, tflow_error *error,
                           const char *code, const char *why)
{
    tflow_i_fail(error, TFLOW_EUNKNOWN, "%.60s %s", code, why);
    tflow_i_at(error, tflow_i_table_file(r->table, row),
               tflow_i_table_line(r->table, row), 0, r->opts.column);
    return TFLOW_EUNKNOWN;
}

/* ---- a code through all steps ---- */

static tflow_status add_part(tflow_i_recoding *r, tflow_i_mapped *m, const char *code,
                             double weight, tflow_error *error)
{
    int32_t target = tflow_i_dict_add(r->targets, code, strlen(code));
    if (target < 0 || !tflow_i_reserve(&r->parts, &r->parts_capacity, r->n_parts + 1,
                                       sizeof *r->parts))
        return tflow_i_nomem(error);
    for (size_t i = m->first; i < m->first + m->n; i++)
        if (r->parts[i].code == target) {
            r->parts[i].weight += weight; /* two ways that meet again */
            return TFLOW_OK;
        }
    r->parts[r->n_parts++] = (tflow_i_part){target, weight};
    m->n++;
    return TFLOW_OK;
}

static tflow_status not_mapped(tflow_i_recoding *r, size_t row, tflow_i_mapped *m,
                               const char *code, double weight, tflow_error *error)
{
    if (is(r->opts.unmapped, "refuse"))
        return refuse(r, row, error, code, "is not in the table");
    m->unmapped += weight;
    if (r->n_not_mapped++ < 5)
        tflow_i_text_format(&r->not_mapped, "%s%.40s", r->n_not_mapped > 1 ? ", " : "",
                            code);
    return is(r->opts.unmapped, "drop")
               ? TFLOW_OK
               : add_part(r, m, TFLOW_I_NOT_MAPPED, weight, error);
}

/* One step, and from each of its targets the rest.
 * As deep as there are steps. NOLINTNEXTLINE(misc-no-recursion) */
static tflow_status follow(tflow_i_recoding *r, size_t row, size_t step,
                           const char *code, double weight, tflow_i_mapped *m,
                           tflow_error *error)
{
    if (step == r->n_steps)
        return add_part(r, m, code, weight, error);
    const tflow_i_concordance *c = r->steps[step];
    size_t first = tflow_i_concordance_first(c, code), n = 0;
    if (first == SIZE_MAX)
        return not_mapped(r, row, m, code, weight, error);
    for (size_t i = first; i != SIZE_MAX; i = tflow_i_concordance_next(c, i))
        n++;
    m->many |= n > 1;
    if (n > 1 && is(r->opts.many, "refuse"))
        return refuse(r, row, error, code, "stands for several codes");
    if (n == 1 || is(r->opts.many, "first"))
        return follow(r, row, step + 1, tflow_i_concordance_to(c, first), weight, m,
                      error);
    tflow_status status = TFLOW_OK;
    for (size_t i = first; i != SIZE_MAX && status == TFLOW_OK;
         i = tflow_i_concordance_next(c, i)) {
        double own = tflow_i_concordance_weight(c, i);
        own = weight * (isnan(own) ? 1 / (double)n : own);
        if (own > 0)
            status =
                follow(r, row, step + 1, tflow_i_concordance_to(c, i), own, m, error);
    }
    return status;
}

static tflow_status map_code(tflow_i_recoding *r, size_t row, const char *code,
                             tflow_i_mapped *m, tflow_error *error)
{
    m->first = r->n_parts;
    if (tflow_i_concordance_first(r->steps[0], code) == SIZE_MAX) {
        m->total = strcmp(code, "TOTAL") == 0 || strcmp(code, "WLD") == 0;
        m->heading = !m->total && strcmp(r->opts.column, "product") == 0 &&
                     tflow_i_concordance_heading(r->steps[0], code);
    }
    if (m->total)
        return add_part(r, m, code, 1, error);
    if (m->heading)
        return is(r->opts.unmapped, "drop")
                   ? TFLOW_OK
                   : refuse(r, row, error, code,
                            "is a heading of the codes that the table maps: leave "
                            "headings out, with unmapped drop");
    return follow(r, row, 0, code, 1, m, error);
}

tflow_status tflow_i_recode_code(tflow_i_recoding *r, size_t row,
                                 const tflow_i_mapped **out, tflow_error *error)
{
    int32_t code = ((const int32_t *)r->column->data)[row];
    if (code < 0)
        return refuse(r, row, error, "a row", "has no code to map");
    tflow_i_mapped *m = &r->codes[code];
    *out = m;
    if (m->seen)
        return TFLOW_OK;
    m->seen = 1;
    return map_code(r, row, tflow_i_dict_text(r->column->dict, code), m, error);
}

/* ---- the call ---- */

static tflow_status bad_option(const char *name, const char *expected,
                               const char *found, tflow_error *error)
{
    tflow_i_fail(error, TFLOW_EINVAL, "found \"%.60s\", expected %s", found, expected);
    tflow_i_at(error, NULL, 0, 0, name);
    return TFLOW_EINVAL;
}

static tflow_status check(tflow_i_recoding *r, tflow_error *error)
{
    tflow_recode_opts *o = &r->opts;
    o->column = o->column == NULL ? "product" : o->column;
    o->many = o->many == NULL ? "split" : o->many;
    o->unmapped = o->unmapped == NULL ? "apart" : o->unmapped;
    if (!is(o->many, "split") && !is(o->many, "first") && !is(o->many, "refuse"))
        return bad_option("many", "split, first or refuse", o->many, error);
    if (!is(o->unmapped, "apart") && !is(o->unmapped, "drop") &&
        !is(o->unmapped, "refuse"))
        return bad_option("unmapped", "apart, drop or refuse", o->unmapped, error);
    r->column = tflow_i_table_column(r->table, o->column, TFLOW_KEY);
    if (r->column == NULL ||
        tflow_i_table_column(r->table, "value", TFLOW_FLOAT64) == NULL) {
        tflow_i_fail(error, TFLOW_EUNKNOWN,
                     "found no columns %.40s and value, expected a table of flows",
                     o->column);
        return TFLOW_EUNKNOWN;
    }
    /* What the table says of its products has to be what they are recoded from. */
    const char *says = tflow_table_attribute(r->table, "classification");
    const char *means = o->from == NULL ? NULL : tflow_i_classification_code(o->from);
    if (is(o->column, "product") && says != NULL && means != NULL &&
        strcmp(says, means) != 0)
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "the products are of %.40s, not of %.40s (%s)", says,
                            o->from, means);
    return TFLOW_OK;
}

static tflow_status read_step(tflow_i_recoding *r, const char *path, tflow_error *error)
{
    tflow_status status = tflow_i_concordance_read(path, &r->steps[r->n_steps], error);
    r->n_steps += status == TFLOW_OK;
    return status;
}

static tflow_status read_steps(tflow_i_recoding *r, tflow_error *error)
{
    const tflow_recode_opts *o = &r->opts;
    const char *names[TFLOW_I_STEPS];
    if (o->table != NULL)
        return read_step(r, o->table, error);
    if (o->from == NULL || o->to == NULL || o->folder == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "no table, and no classifications with the folder of their "
                            "tables");
    size_t n =
        is(o->column, "product") ? tflow_i_concordance_path(o->from, o->to, names) : 0;
    if (n == 0) {
        tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "found no way from %.40s to %.40s; there are products of hs2022 to "
            "hs2017, hs1992, sitc2, sitc4 and bec4, hs2017 to hs1992 and sitc2, "
            "hs1992 to sitc2: name a table for others",
            o->from, o->to);
        tflow_i_at(error, NULL, 0, 0, "recode");
        return TFLOW_EUNKNOWN;
    }
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < n && status == TFLOW_OK; i++) {
        tflow_i_text path = {0};
        tflow_i_text_format(&path, "%s/%s.csv.gz", o->folder, names[i]);
        status = path.failed ? tflow_i_nomem(error) : read_step(r, path.data, error);
        tflow_i_text_clear(&path);
    }
    return status;
}

static void free_recoding(tflow_i_recoding *r)
{
    for (size_t i = 0; i < r->n_steps; i++)
        tflow_i_concordance_free(r->steps[i]);
    tflow_i_dict_free(r->targets);
    tflow_i_free(r->codes);
    tflow_i_free(r->parts);
    tflow_i_text_clear(&r->not_mapped);
}

/* ---- what is said of it ---- */

static tflow_status state(tflow_builder *out, const char *name, const char *text,
                          tflow_error *error)
{
    return text == NULL ? TFLOW_OK : tflow_builder_attribute(out, name, text, error);
}

static tflow_status state_facts(const tflow_i_recoding *r, tflow_builder *out,
                                tflow_error *error)
{
    const tflow_recode_opts *o = &r->opts;
    char many[TFLOW_I_DECIMAL_SIZE], unmapped[TFLOW_I_DECIMAL_SIZE];
    tflow_i_text what = {0};
    const char *code = o->to == NULL ? NULL : tflow_i_classification_code(o->to);
    int product = is(o->column, "product");
    tflow_i_text_add(&what, o->column);
    if (o->from != NULL && o->to != NULL)
        tflow_i_text_format(&what, ":%s-%s", o->from, o->to);
    const char *facts[][2] = {
        {"read.recode", what.data},
        {"read.recode_table", o->table},
        {"read.recode_many", o->many},
        {"read.recode_unmapped", o->unmapped},
        {"classification", !product        ? NULL
                           : code != NULL  ? code
                           : o->to != NULL ? o->to
                                           : "other"},
        {"read.recode_share_one_to_many",
         r->value > 0 ? tflow_i_decimal_format(r->many / r->value, many) : NULL},
        {"read.recode_share_unmapped",
         r->value > 0 ? tflow_i_decimal_format(r->unmapped / r->value, unmapped)
                      : NULL}};
    tflow_status status = what.failed ? tflow_i_nomem(error) : TFLOW_OK;
    for (size_t i = 0; i < sizeof facts / sizeof *facts && status == TFLOW_OK; i++)
        status = state(out, facts[i][0], facts[i][1], error);
    tflow_i_text_clear(&what);
    return status;
}

static void say_share(tflow_i_text *note, double part, double all)
{
    if (all > 0)
        tflow_i_text_fixed(note, 100 * part / all, 2);
    tflow_i_text_add(note, all > 0 ? " %" : "an unknown share");
}

static tflow_status say_what(const tflow_i_recoding *r, tflow_builder *out,
                             tflow_error *error)
{
    const tflow_recode_opts *o = &r->opts;
    tflow_i_text note = {0};
    tflow_i_text_format(&note, "%s recoded", o->column);
    if (o->from != NULL && o->to != NULL)
        tflow_i_text_format(&note, " from %s to %s", o->from, o->to);
    tflow_i_text_add(&note, ": ");
    say_share(&note, r->many, r->value);
    tflow_i_text_format(&note, " of the value has several codes to go to (%s), ",
                        is(o->many, "first") ? "all of it to the first" : "shared out");
    say_share(&note, r->unmapped, r->value);
    tflow_i_text_format(&note, " of it is not mapped%s",
                        r->n_not_mapped == 0      ? ""
                        : is(o->unmapped, "drop") ? " and left out"
                                                  : " and set apart as _X");
    if (r->n_not_mapped > 0)
        tflow_i_text_format(&note, ": %s%s", r->not_mapped.data,
                            r->n_not_mapped > 5 ? ", ..." : "");
    if (r->headings > 0)
        tflow_i_text_format(&note, "; %llu rows of headings left out",
                            (unsigned long long)r->headings);
    if (r->lost > 0)
        tflow_i_text_format(&note, "; %llu sums are missing because parts of them are",
                            (unsigned long long)r->lost);
    if (r->mixed > 0)
        tflow_i_text_format(&note, "; %llu quantities of several units left out",
                            (unsigned long long)r->mixed);
    tflow_status status =
        note.failed ? tflow_i_nomem(error) : tflow_builder_note(out, note.data, error);
    tflow_i_text_clear(&note);
    return status;
}

static tflow_status copy_facts(const tflow_table *from, tflow_builder *out,
                               tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < from->n_attributes && status == TFLOW_OK; i++)
        status = tflow_builder_attribute(out, from->attributes[i].name,
                                         from->attributes[i].value, error);
    for (size_t i = 0; i < from->n_notes && status == TFLOW_OK; i++)
        status = tflow_builder_note(out, from->notes[i], error);
    return status;
}

tflow_status tflow_table_recode(const tflow_table *table, const tflow_recode_opts *opts,
                                tflow_table **out, tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (table == NULL || opts == NULL || opts->size < sizeof *opts)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "no table, or options of an unknown size: start from "
                            "TFLOW_RECODE_OPTS_INIT");
    tflow_i_recoding r = {.table = table, .opts = *opts};
    tflow_builder *builder = NULL;
    tflow_status status = check(&r, error);
    if (status == TFLOW_OK)
        status = read_steps(&r, error);
    if (status == TFLOW_OK) {
        int32_t n = tflow_i_dict_count(r.column->dict);
        r.targets = tflow_i_dict_new();
        r.codes = tflow_i_calloc(n > 0 ? (size_t)n : 1, sizeof *r.codes);
        status = r.targets == NULL || r.codes == NULL
                     ? tflow_i_nomem(error)
                     : tflow_builder_new(&builder, error);
    }
    if (status == TFLOW_OK)
        status = copy_facts(table, builder, error);
    if (status == TFLOW_OK)
        status = tflow_i_recode_rows(&r, builder, error);
    if (status == TFLOW_OK && r.not_mapped.failed)
        status = tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = state_facts(&r, builder, error);
    if (status == TFLOW_OK)
        status = say_what(&r, builder, error);
    if (status == TFLOW_OK)
        status = tflow_builder_finish(builder, out, error);
    tflow_builder_free(builder);
    free_recoding(&r);
    return status;
}
