/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing a table for people: in columns, in blocks of columns, or one row downwards.
 */
#include "io/table_view.h"

#include <string.h>

#define RECORD 5 /* one row with more columns than this is written downwards */

static void pad(tflow_i_text *out, size_t n)
{
    while (n-- > 0)
        tflow_i_text_char(out, ' ');
}

static void put(tflow_i_text *out, const tflow_i_view *view, const tflow_i_shown *shown,
                const char *text)
{
    size_t columns = tflow_i_glyph_columns(text, view->ascii);

    if (shown->right && columns < shown->width)
        pad(out, shown->width - columns);
    size_t used = tflow_i_glyph_clip(out, text, shown->width, view->ascii);
    if (!shown->right && used < shown->width)
        pad(out, shown->width - used);
}

/* No blanks at the end of a line. */
static void end_line(tflow_i_text *out)
{
    while (out->length > 0 && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
    tflow_i_text_char(out, '\n');
}

/* Line `k` of `n` of a header; short headers stand at the bottom. */
static void header_line(tflow_i_text *out, const tflow_i_shown *shown, size_t k,
                        size_t n)
{
    size_t skip = n - shown->header_lines;
    const char *s = shown->header;

    if (k < skip)
        return;
    for (size_t i = skip; i < k; i++)
        s += strcspn(s, "\n") + 1;
    tflow_i_text_add_n(out, s, strcspn(s, "\n"));
}

/* The columns of a block are those that say which row it is, and first..end. */
static int in_block(const tflow_i_view *view, size_t i, size_t first, size_t end)
{
    return view->shown[i].identity || (i >= first && i < end);
}

static void print_block(tflow_i_text *out, const tflow_i_view *view, size_t first,
                        size_t end)
{
    tflow_i_text cell = {0};
    size_t lines = 0;

    for (size_t i = 0; i < view->n; i++)
        if (in_block(view, i, first, end) && view->shown[i].header_lines > lines)
            lines = view->shown[i].header_lines;
    for (size_t r = 0; r < lines + view->rows && !out->failed; r++) {
        int any = 0;
        for (size_t i = 0; i < view->n && !out->failed; i++) {
            const tflow_i_shown *shown = &view->shown[i];
            if (!in_block(view, i, first, end))
                continue;
            cell.length = 0;
            tflow_i_text_add(&cell, "");
            if (r < lines)
                header_line(&cell, shown, r, lines);
            else
                tflow_i_view_cell(view, shown, r - lines, &cell);
            out->failed |= cell.failed;
            pad(out, any ? TFLOW_I_VIEW_GAP : 0);
            if (!cell.failed)
                put(out, view, shown, cell.data);
            any = 1;
        }
        end_line(out);
    }
    tflow_i_text_clear(&cell);
}

/* As many columns as fit beside those that are repeated, at least one. */
static size_t block_end(const tflow_i_view *view, size_t first)
{
    size_t used = 0, end = first;

    for (size_t i = 0; i < view->n; i++)
        if (view->shown[i].identity)
            used += view->shown[i].width + TFLOW_I_VIEW_GAP;
    for (; end < view->n; end++) {
        used += view->shown[end].width + (end > first ? TFLOW_I_VIEW_GAP : 0);
        if (view->width > 0 && used > view->width && end > first)
            break;
    }
    return end;
}

static void print_columns(tflow_i_text *out, tflow_i_view *view)
{
    size_t first = 0;

    if (view->width > 0)
        tflow_i_view_fit(view);
    while (first < view->n && view->shown[first].identity)
        first++;
    if (first == view->n) {
        print_block(out, view, first, first);
        return;
    }
    while (first < view->n) {
        size_t end = block_end(view, first);
        print_block(out, view, first, end);
        if (end < view->n)
            tflow_i_text_char(out, '\n');
        first = end;
    }
}

/* One row, downwards: name, value, unit. */
static void print_record(tflow_i_text *out, const tflow_i_view *view)
{
    tflow_i_text cell = {0}, name = {0};
    size_t widest = 0;

    for (size_t i = 0; i < view->n; i++) {
        size_t columns = strlen(tflow_table_name(view->table, view->shown[i].column));
        widest = columns > widest ? columns : widest;
    }
    for (size_t i = 0; i < view->n && !out->failed; i++) {
        const tflow_i_shown *shown = &view->shown[i];
        const char *unit = tflow_table_unit(view->table, shown->column);
        name.length = 0;
        tflow_i_view_name(&name, view->table, shown->column);
        tflow_i_view_cell(view, shown, 0, &cell);
        out->failed |= name.failed | cell.failed;
        if (out->failed)
            break;
        tflow_i_text_add(out, name.data);
        pad(out, widest - name.length + TFLOW_I_VIEW_GAP);
        tflow_i_glyph_clip(out, cell.data, SIZE_MAX, view->ascii);
        if (shown->rounding.per_cent)
            tflow_i_text_add(out, " %");
        else if (!tflow_i_view_pure_number(unit)) {
            tflow_i_text_char(out, ' ');
            tflow_i_glyph_clip(out, unit, SIZE_MAX, view->ascii);
        }
        end_line(out);
    }
    tflow_i_text_clear(&cell);
    tflow_i_text_clear(&name);
}

static void print_text(tflow_i_text *out, const tflow_i_view *view, const char *before,
                       const char *text, const char *after)
{
    tflow_i_text all = {0};
    char indent[] = "  ";

    tflow_i_text_add(&all, before);
    tflow_i_text_add(&all, text);
    tflow_i_text_add(&all, after);
    out->failed |= all.failed;
    if (!all.failed)
        tflow_i_glyph_wrap(out, all.data, view->width, indent, view->ascii);
    tflow_i_text_char(out, '\n');
    tflow_i_text_clear(&all);
}

/* Facts beside each other, as many as fit into a line; none is torn apart. */
static void print_facts(tflow_i_text *out, const tflow_i_view *view)
{
    const char *between = view->ascii ? " | " : " \xc2\xb7 ";
    tflow_i_text fact = {0};
    size_t used = 0;

    for (const char *s = view->facts.data; *s != '\0' && !out->failed;) {
        size_t n = strcspn(s, "\n");
        fact.length = 0;
        tflow_i_text_add_n(&fact, s, n);
        s += n + (s[n] == '\n');
        out->failed |= fact.failed;
        if (fact.failed)
            break;
        size_t columns = tflow_i_glyph_columns(fact.data, view->ascii);
        if (used > 0 && view->width > 0 && used + 3 + columns > view->width) {
            tflow_i_text_char(out, '\n');
            used = 0;
        } else if (used > 0) {
            tflow_i_text_add(out, between);
            used += 3;
        }
        tflow_i_glyph_wrap(out, fact.data, view->width, "  ", view->ascii);
        used += columns;
    }
    tflow_i_text_char(out, '\n');
    tflow_i_text_clear(&fact);
}

static void print_view(tflow_i_text *out, tflow_i_view *view)
{
    int record = view->rows == 1 && view->n > RECORD;
    size_t notes = tflow_table_notes(view->table);

    if (!record && view->rows > 0)
        tflow_i_view_units(view);
    if (view->facts.length > 0) {
        print_facts(out, view);
        tflow_i_text_char(out, '\n');
    }
    if (view->rows == 0)
        tflow_i_text_add(out, "(no rows)\n");
    else if (record)
        print_record(out, view);
    else
        print_columns(out, view);
    if (view->absent.length > 0)
        print_text(out, view, "(no values: ", view->absent.data, ")");
    for (size_t i = 0; i < notes; i++) {
        if (i == 0)
            tflow_i_text_char(out, '\n');
        print_text(out, view, "! ", tflow_table_note(view->table, i), "");
    }
}

tflow_status tflow_i_write_table(tflow_i_text *out, const tflow_table *table,
                                 size_t width, int ascii, tflow_error *error)
{
    tflow_i_view view;
    int ok = tflow_i_view_open(&view, table, width, ascii);

    if (ok)
        print_view(out, &view);
    ok = ok && !view.facts.failed && !view.absent.failed;
    tflow_i_view_close(&view);
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}
