/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table for people: what is the same in every row is said once above the table, and
 * columns on the quality of the data show only when they have something to say. The
 * other formats keep all columns in their places.
 */
#include "io/table_view.h"

#include <math.h>
#include <string.h>

#define LEAST_TEXT 12  /* text is not cut shorter than this */
#define LEAST_HEADER 6 /* a header is not broken narrower than this */

/* ---- which columns are shown ---- */

static int all_missing(const tflow_table *table, size_t column)
{
    size_t rows = tflow_table_rows(table);

    for (size_t r = 0; r < rows; r++)
        if (!tflow_i_cell_missing(table, column, r))
            return 0;
    return 1;
}

/* The one code of a key column whose rows are all alike; -1 for none. */
static int32_t one_code(const tflow_table *table, size_t column)
{
    const int32_t *codes = tflow_table_codes(table, column);
    size_t rows = tflow_table_rows(table);

    if (codes == NULL || rows < 2)
        return -1;
    for (size_t r = 1; r < rows; r++)
        if (codes[r] != codes[0])
            return -1;
    return codes[0];
}

/* The one period of a period column whose rows are all alike; NONE for none. */
static tflow_period one_period(const tflow_table *table, size_t column)
{
    const tflow_period *periods = tflow_table_periods(table, column);
    size_t rows = tflow_table_rows(table);

    if (periods == NULL || rows < 2)
        return TFLOW_PERIOD_NONE;
    for (size_t r = 1; r < rows; r++)
        if (periods[r] != periods[0])
            return TFLOW_PERIOD_NONE;
    return periods[0];
}

/* Quality columns that say: nothing to report. */
static int nothing_to_say(const tflow_table *table, size_t column)
{
    static const char *const names[] = {"status", "share_not_observed", "n_missing",
                                        "lower_bound", "incomplete"};
    const char *name = tflow_table_name(table, column);
    const double *real = tflow_table_float64(table, column);
    const int64_t *whole = tflow_table_int64(table, column);
    const uint8_t *bytes = tflow_table_bytes(table, column);
    uint8_t quiet = tflow_table_type(table, column) == TFLOW_OBS_STATUS ? 'A' : 0;
    size_t i = 0, rows = tflow_table_rows(table);

    while (i < sizeof names / sizeof *names && strcmp(name, names[i]) != 0)
        i++;
    if (i == sizeof names / sizeof *names)
        return 0;
    for (size_t r = 0; r < rows; r++) {
        if ((real != NULL && real[r] > 0) || (whole != NULL && whole[r] != 0) ||
            (bytes != NULL && bytes[r] != quiet && bytes[r] != 0))
            return 0;
    }
    return real != NULL || whole != NULL || bytes != NULL;
}

/* A name as people read it: midpoint_growth is midpoint growth. */
void tflow_i_view_name(tflow_i_text *out, const tflow_table *table, size_t column)
{
    for (const char *s = tflow_table_name(table, column); *s != '\0'; s++)
        tflow_i_text_char(out, *s == '_' ? ' ' : *s);
}

static int is_fraction(const tflow_table *table, size_t column)
{
    return strcmp(tflow_table_unit(table, column), "fraction") == 0;
}

int tflow_i_view_pure_number(const char *unit)
{
    static const char *const units[] = {"", "fraction", "ratio", "log", "base 1"};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i]) == 0)
            return 1;
    return 0;
}

static void next_fact(tflow_i_view *view)
{
    if (view->facts.length > 0)
        tflow_i_text_char(&view->facts, '\n');
}

/* "partner BLR" */
static void add_fact(tflow_i_view *view, size_t column, const char *text)
{
    next_fact(view);
    tflow_i_view_name(&view->facts, view->table, column);
    tflow_i_text_char(&view->facts, ' ');
    tflow_i_text_add(&view->facts, text);
}

/* With `plain`, every column as it is. */
static void choose_columns(tflow_i_view *view, int plain)
{
    const tflow_table *table = view->table;
    size_t columns = tflow_table_columns(table);
    char label[TFLOW_PERIOD_SIZE];
    int identity = 1, periods = 0;

    for (size_t c = 0; c < columns; c++) {
        tflow_type type = tflow_table_type(table, c);
        int32_t code = plain ? -1 : one_code(table, c);
        tflow_period period = plain ? TFLOW_PERIOD_NONE : one_period(table, c);
        int number = type == TFLOW_FLOAT64 || type == TFLOW_INT64;
        if (!plain && view->rows > 0 && nothing_to_say(table, c))
            continue;
        if (code >= 0) {
            add_fact(view, c, tflow_table_label(table, c, code));
            continue;
        }
        if (period != TFLOW_PERIOD_NONE) {
            add_fact(view, c, tflow_period_format(period, label));
            continue;
        }
        if (!plain && view->rows > 0 && all_missing(table, c)) {
            tflow_i_text_add(&view->absent, view->absent.length > 0 ? ", " : "");
            tflow_i_view_name(&view->absent, table, c);
            continue;
        }
        /* Keys and the first period, up to the first column of another kind. */
        identity =
            identity && (type == TFLOW_KEY || (type == TFLOW_PERIOD && !periods++));
        tflow_i_shown *shown = &view->shown[view->n++];
        shown->column = c;
        shown->right = number;
        shown->identity = identity;
        if (type == TFLOW_FLOAT64)
            shown->rounding = tflow_i_rounding_of(table, c, is_fraction(table, c));
    }
}

/* "value, change in thousand USD": each unit once, with the columns it is for. */
void tflow_i_view_units(tflow_i_view *view)
{
    const tflow_table *table = view->table;

    for (size_t i = 0; i < view->n; i++) {
        const char *unit = tflow_table_unit(table, view->shown[i].column);
        int said = tflow_i_view_pure_number(unit);
        for (size_t k = 0; k < i && !said; k++)
            said = strcmp(unit, tflow_table_unit(table, view->shown[k].column)) == 0;
        if (said)
            continue;
        next_fact(view);
        for (size_t k = i; k < view->n; k++) {
            if (strcmp(unit, tflow_table_unit(table, view->shown[k].column)) != 0)
                continue;
            tflow_i_text_add(&view->facts, k > i ? ", " : "");
            tflow_i_view_name(&view->facts, table, view->shown[k].column);
        }
        tflow_i_text_add(&view->facts, " in ");
        tflow_i_text_add(&view->facts, unit);
    }
}

/* ---- widths ---- */

void tflow_i_view_cell(const tflow_i_view *view, const tflow_i_shown *shown, size_t row,
                       tflow_i_text *out)
{
    out->length = 0;
    if (tflow_i_cell_missing(view->table, shown->column, row))
        tflow_i_text_add(out, view->ascii ? "-" : "\xe2\x80\x93");
    else
        tflow_i_cell_person(out, view->table, shown->column, row, &shown->rounding);
    if (out->data == NULL)
        tflow_i_text_add(out, "");
}

/* SIZE_MAX when out of memory. */
static size_t widest_line(const char *lines, int ascii)
{
    size_t widest = 0;

    while (*lines != '\0') {
        tflow_i_text line = {0};
        size_t n = strcspn(lines, "\n");
        tflow_i_text_add_n(&line, lines, n);
        if (line.failed)
            return SIZE_MAX;
        size_t columns = n == 0 ? 0 : tflow_i_glyph_columns(line.data, ascii);
        widest = columns > widest ? columns : widest;
        tflow_i_text_clear(&line);
        lines += n + (lines[n] == '\n');
    }
    return widest;
}

/* The header goes into as many lines as it takes to be no wider than the cells. */
static int measure(tflow_i_view *view, tflow_i_shown *shown)
{
    tflow_i_text text = {0}, header = {0};
    size_t room = LEAST_HEADER;

    for (size_t r = 0; r < view->rows; r++) {
        tflow_i_view_cell(view, shown, r, &text);
        if (text.failed)
            break;
        size_t columns = tflow_i_glyph_columns(text.data, view->ascii);
        shown->width = columns > shown->width ? columns : shown->width;
    }
    room = shown->width > room ? shown->width : room;
    text.length = 0;
    tflow_i_view_name(&text, view->table, shown->column);
    if (shown->rounding.per_cent)
        tflow_i_text_add(&text, " (%)");
    if (!text.failed)
        tflow_i_glyph_wrap(&header, text.data, room, "", view->ascii);
    int failed = text.failed;
    tflow_i_text_clear(&text);
    shown->header = tflow_i_text_take(&header);
    if (failed || shown->header == NULL)
        return 0;
    size_t columns = widest_line(shown->header, view->ascii);
    if (columns == SIZE_MAX)
        return 0;
    shown->width = columns > shown->width ? columns : shown->width;
    shown->header_lines = 1;
    for (const char *s = shown->header; *s != '\0'; s++)
        shown->header_lines += *s == '\n';
    return 1;
}

static size_t total_width(const tflow_i_view *view)
{
    size_t total = 0;

    for (size_t i = 0; i < view->n; i++)
        total += view->shown[i].width + (i > 0 ? TFLOW_I_VIEW_GAP : 0);
    return total;
}

/* Columns that would be left if texts were cut to LEAST_TEXT. */
static size_t least_width(const tflow_i_view *view)
{
    size_t total = 0;

    for (size_t i = 0; i < view->n; i++) {
        size_t width = view->shown[i].width;
        if (!view->shown[i].right && width > LEAST_TEXT)
            width = LEAST_TEXT;
        total += width + (i > 0 ? TFLOW_I_VIEW_GAP : 0);
    }
    return total;
}

static void shorten(tflow_i_shown *shown, size_t most)
{
    if (!shown->right && shown->width > most)
        shown->width = most;
}

/* In blocks: what is repeated leaves room for the rest, and a text has a line. */
static void fit_blocks(tflow_i_view *view)
{
    size_t identity = 0;

    for (size_t i = 0; i < view->n; i++) {
        if (!view->shown[i].identity)
            continue;
        shorten(&view->shown[i], (size_t)2 * LEAST_TEXT);
        identity += view->shown[i].width + TFLOW_I_VIEW_GAP;
    }
    size_t room =
        view->width > identity + LEAST_TEXT ? view->width - identity : LEAST_TEXT;
    for (size_t i = 0; i < view->n; i++)
        if (!view->shown[i].identity)
            shorten(&view->shown[i], room);
}

void tflow_i_view_fit(tflow_i_view *view)
{
    if (least_width(view) > view->width) {
        fit_blocks(view);
        return;
    }
    /* Take what is too much from the widest texts. */
    while (total_width(view) > view->width) {
        tflow_i_shown *widest = NULL;
        for (size_t i = 0; i < view->n; i++) {
            tflow_i_shown *shown = &view->shown[i];
            if (!shown->right && shown->width > LEAST_TEXT &&
                (widest == NULL || shown->width > widest->width))
                widest = shown;
        }
        if (widest == NULL)
            return;
        widest->width--;
    }
}

int tflow_i_view_open(tflow_i_view *view, const tflow_table *table, size_t width,
                      int ascii)
{
    memset(view, 0, sizeof *view);
    view->table = table;
    view->rows = tflow_table_rows(table);
    view->width = width;
    view->ascii = ascii;
    view->shown = tflow_i_calloc(tflow_table_columns(table) + 1, sizeof *view->shown);
    if (view->shown == NULL)
        return 0;
    choose_columns(view, 0);
    if (view->n == 0) {
        tflow_i_text_clear(&view->facts);
        tflow_i_text_clear(&view->absent);
        choose_columns(view, 1);
    }
    for (size_t i = 0; i < view->n; i++)
        if (!measure(view, &view->shown[i]))
            return 0;
    return 1;
}

void tflow_i_view_close(tflow_i_view *view)
{
    for (size_t i = 0; i < view->n; i++)
        tflow_i_free(view->shown[i].header);
    tflow_i_free(view->shown);
    tflow_i_text_clear(&view->facts);
    tflow_i_text_clear(&view->absent);
}
