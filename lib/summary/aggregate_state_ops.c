/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums that are kept: the call of aggregate that has a state. */
#include "state/state.h"
#include "op/args.h"
#include "op/select_args.h"
#include "summary/aggregate.h"

#include <string.h>
#include <sys/stat.h>

int tflow_i_keeps_state(const tflow_i_args *args)
{
    return tflow_i_arg_state(args) != NULL || tflow_i_arg_set(args, "state");
}

/* Parameters that are chosen anew in each call. */
static int is_free(const char *name)
{
    static const char *const names[] = {"state", "revise", "subtract", "missing"};
    for (size_t i = 0; i < TFLOW_I_COUNT(names); i++)
        if (strcmp(names[i], name) == 0)
            return 1;
    return 0;
}

/* The parameters of the call, and where it leaves them open those of the state. */
static tflow_status fill(const tflow_i_args *args, const tflow_state *state,
                         tflow_i_args *filled, tflow_error *error)
{
    tflow_status status = tflow_i_args_open(filled, args->operation, error);
    for (size_t i = 0; i < args->n_values && status == TFLOW_OK; i++) {
        const tflow_parameter *p = tflow_operation_parameter(args->operation, i);
        const char *text = args->values[i].text;
        const char *kept = tflow_state_fact(state, p->name);
        int open =
            text == NULL || (p->fallback != NULL && strcmp(p->fallback, text) == 0);
        if (open && kept != NULL && !is_free(p->name) &&
            (*kept != '\0' || strcmp(p->name, "by") == 0))
            text = kept;
        if (text != NULL)
            status = tflow_i_args_set(filled, i, text, error);
    }
    return status;
}

/* ---- the file ---- */

static tflow_status open_state(const tflow_i_args *args, tflow_state **state,
                               tflow_error *error)
{
    const char *path = tflow_i_arg_text(args, "state");
    struct stat facts;
    int adds = tflow_i_inputs(args) > 0 && !tflow_i_arg_flag(args, "subtract");

    if (adds && stat(path, &facts) != 0 && !tflow_i_arg_flag(args, "revise"))
        return tflow_state_new(state, error);
    return tflow_state_read(path, state, error);
}

/* ---- what is said ---- */

static tflow_status resolve(const tflow_i_args *args, const tflow_state *state)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < args->n_values && status == TFLOW_OK; i++) {
        const char *name = tflow_operation_parameter(args->operation, i)->name;
        const char *kept = tflow_state_fact(state, name);
        if (kept != NULL && !is_free(name) &&
            (*kept != '\0' || strcmp(name, "by") == 0))
            status = tflow_i_resolve(args, name, kept);
    }
    return status;
}

static tflow_status note_state(tflow_builder *out, const tflow_state *state,
                               tflow_error *error)
{
    tflow_i_text text = {0};
    uint64_t rows = 0;
    size_t n = tflow_state_sources(state);
    for (size_t i = 0; i < n; i++)
        rows += tflow_state_source_rows(state, i);
    tflow_i_text_format(&text, "the state has %llu rows of %zu table%s",
                        (unsigned long long)rows, n, n == 1 ? "" : "s");
    for (size_t i = 0; i < n && i < 8; i++) {
        tflow_i_text_add(&text, i > 0 ? ", " : ": ");
        for (const char *s = tflow_state_source(state, i); *s != '\0'; s++)
            tflow_i_text_char(&text, *s == '\n' ? ' ' : *s);
    }
    tflow_i_text_add(&text, n > 8 ? ", ..." : "");
    char *note = tflow_i_text_take(&text);
    tflow_status status =
        note == NULL ? tflow_i_nomem(error) : tflow_builder_note(out, note, error);
    tflow_text_free(note);
    return status;
}

/* ---- the work ---- */

typedef struct keeping {
    const tflow_i_args *args;
    tflow_builder *out;
    tflow_state *state; /* as it is; borrowed */
    tflow_state *next;  /* as it will be; NULL: the same */
    tflow_i_cells notes;
    tflow_missing missing;
} keeping;

static tflow_i_combine how_of(const tflow_i_args *args)
{
    return tflow_i_arg_flag(args, "revise")     ? TFLOW_I_COMBINE_REVISE
           : tflow_i_arg_flag(args, "subtract") ? TFLOW_I_COMBINE_SUBTRACT
                                                : TFLOW_I_COMBINE_ADD;
}

/* Check what was chosen, and combine with the state of the table. */
static tflow_status change(keeping *k, tflow_error *error)
{
    tflow_i_args filled;
    tflow_i_selection selection;
    tflow_state *added = NULL;
    tflow_status status = fill(k->args, k->state, &filled, error);
    if (status == TFLOW_OK)
        status = tflow_i_selection_of(&filled, &selection, error);
    if (status == TFLOW_OK)
        k->missing = selection.missing;
    if (status == TFLOW_OK && selection.complete)
        status =
            tflow_i_arg_fail(error, TFLOW_EINVAL, "complete",
                             "a state does not keep which flows there are, so that "
                             "it cannot tell which are missing");
    if (status == TFLOW_OK)
        status = tflow_i_state_agree(k->state, &selection, error);
    if (status == TFLOW_OK && tflow_i_inputs(k->args) > 0) {
        status = tflow_i_state_of(tflow_i_input(k->args, 0), &selection, &added,
                                  &k->notes, error);
        if (status == TFLOW_OK)
            status = tflow_i_state_combine(k->state, added, how_of(k->args), &k->next,
                                           error);
    }
    tflow_state_free(added);
    tflow_i_args_close(&filled);
    return status;
}

/* Write the result: the sums, or what a revision changed. */
static tflow_status print(const keeping *k, tflow_error *error)
{
    const tflow_state *now = k->next != NULL ? k->next : k->state;
    tflow_i_cells after, before = {0};
    int revises = how_of(k->args) == TFLOW_I_COMBINE_REVISE;
    tflow_status status = tflow_i_state_sums(now, k->missing, &after, error);
    if (status != TFLOW_OK)
        return status;
    if (revises)
        status = tflow_i_state_sums(k->state, k->missing, &before, error);
    if (status == TFLOW_OK)
        status = revises ? tflow_i_changes_table(k->out, &before, &after, error)
                         : tflow_i_sums_table(k->out, &after, error);
    tflow_i_cells_free(&before);
    tflow_i_cells_free(&after);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(k->out, &k->notes, error);
    if (status == TFLOW_OK)
        status = note_state(k->out, now, error);
    if (status == TFLOW_OK && resolve(k->args, now) != TFLOW_OK)
        status = tflow_i_nomem(error);
    return status;
}

static tflow_status check_arguments(const tflow_i_args *args, tflow_error *error)
{
    int revise = tflow_i_arg_flag(args, "revise");
    int subtract = tflow_i_arg_flag(args, "subtract");
    if (revise && subtract)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "subtract",
                                "files are revised or subtracted, not both");
    if ((revise || subtract) && tflow_i_inputs(args) == 0)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, revise ? "revise" : "subtract",
                                "found no files to %s",
                                revise ? "revise with" : "subtract");
    if (tflow_i_arg_state(args) != NULL && tflow_i_arg_set(args, "state"))
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "state",
                                "found a file beside a state in memory");
    return TFLOW_OK;
}

tflow_status tflow_i_aggregate_state(const tflow_i_args *args, tflow_builder *out,
                                     tflow_error *error)
{
    keeping k = {.args = args, .out = out};
    tflow_state *opened = NULL;
    tflow_status status = check_arguments(args, error);

    k.state = tflow_i_arg_state(args);
    if (status == TFLOW_OK && k.state == NULL) {
        status = open_state(args, &opened, error);
        k.state = opened;
    }
    if (status == TFLOW_OK)
        status = change(&k, error);
    if (status == TFLOW_OK)
        status = print(&k, error);
    /* Last of all, so that a call that fails leaves the state as it was. */
    if (status == TFLOW_OK && k.next != NULL && opened != NULL)
        status = tflow_state_write(k.next, tflow_i_arg_text(args, "state"), error);
    else if (status == TFLOW_OK && k.next != NULL)
        tflow_i_state_swap(k.state, k.next);
    tflow_i_cells_free(&k.notes);
    tflow_state_free(k.next);
    tflow_state_free(opened);
    return status;
}
