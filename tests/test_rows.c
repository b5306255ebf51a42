/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fast way to rows against libcsv, the reference: the same rows, or a refusal. */
#include "io/csv.h"
#include "io/rows.h"
#include "test.h"

/* Rows written out as text: fields and rows with an end that no field holds. */
typedef struct shown {
    tflow_i_text text;
    size_t rows;
} shown;

static tflow_status show(void *context, const tflow_i_row *row, tflow_error *error)
{
    shown *s = context;
    (void)error;
    tflow_i_text_format(&s->text, "%llu:", (unsigned long long)row->line);
    for (size_t i = 0; i < row->n; i++) {
        tflow_i_text_add_n(&s->text, row->fields[i].text, row->fields[i].n);
        tflow_i_text_char(&s->text, '\1');
    }
    tflow_i_text_char(&s->text, '\2');
    s->rows++;
    return TFLOW_OK;
}

static tflow_status by_libcsv(const char *bytes, size_t n, char delimiter, shown *out)
{
    tflow_i_csv *csv;
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(tflow_i_csv_new("text", delimiter, show, out, &csv, &error), 0);
    tflow_status status = tflow_i_csv_feed(csv, bytes, n, &error);
    if (status == TFLOW_OK)
        status = tflow_i_csv_end(csv, &error);
    tflow_i_csv_free(csv);
    return status;
}

static void add_field(shown *s, tflow_i_span field)
{
    for (size_t i = 0; i < field.n; i++) {
        tflow_i_text_char(&s->text, field.at[i]);
        i += field.at[i] == '"'; /* doubled */
    }
    tflow_i_text_char(&s->text, '\1');
}

static void by_rows(const tflow_i_rows *rows, shown *out)
{
    size_t inner = 0;
    for (size_t r = 0; r < rows->n; r++) {
        size_t first = tflow_i_rows_first(rows, r);
        size_t begins = first == 0 ? 0 : (size_t)rows->ends[first - 1] + 1;
        while (inner < rows->n_inner && rows->inner[inner] < begins)
            inner++;
        if (tflow_i_rows_blank(rows, r))
            continue;
        tflow_i_text_format(&out->text, "%llu:", (unsigned long long)r + inner + 1);
        for (size_t f = first; f <= rows->last[r]; f++)
            add_field(out, tflow_i_rows_field(rows, f));
        tflow_i_text_char(&out->text, '\2');
        out->rows++;
    }
}

/* Each variant takes the same; if it is taken, libcsv takes it, and sees the same. */
static int compare(const char *text, size_t n, char delimiter, const char *why)
{
    tflow_i_mark_fn *variants[4];
    const char *names[4];
    size_t n_variants = tflow_i_mark_variants(variants, names);
    char *bytes = calloc(n + TFLOW_I_PADDING, 1);
    tflow_i_taken first = TFLOW_I_REFUSED;

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, text, n);
    memset(bytes + n, '"', TFLOW_I_PADDING); /* must make no difference */
    for (size_t v = 0; v < n_variants; v++) {
        tflow_i_rows rows;
        tflow_i_rows_init(&rows, delimiter);
        rows.mark = variants[v];
        tflow_i_taken taken = tflow_i_rows_take(&rows, bytes, n);
        ck_assert(taken != TFLOW_I_NO_MEMORY);
        if (v == 0)
            first = taken;
        ck_assert_msg(taken == first, "%s: %s differs", why, names[v]);
        if (taken == TFLOW_I_TAKEN) {
            shown reference = {0}, fast = {0};
            tflow_status status = by_libcsv(text, n, delimiter, &reference);
            ck_assert_msg(status == TFLOW_OK, "%s: %s takes what libcsv does not", why,
                          names[v]);
            by_rows(&rows, &fast);
            ck_assert_msg(fast.rows == reference.rows &&
                              (fast.rows == 0 ||
                               strcmp(fast.text.data, reference.text.data) == 0),
                          "%s: %s sees other rows than libcsv in [%.*s]:\n%s\nand\n%s",
                          why, names[v], (int)n, text, fast.text.data,
                          reference.text.data);
            tflow_i_text_clear(&reference.text);
            tflow_i_text_clear(&fast.text);
        }
        tflow_i_rows_free(&rows);
    }
    free(bytes);
    return first == TFLOW_I_TAKEN;
}

static const struct {
    const char *text;
    int taken;
    const char *why;
} texts[] = {
    {"", 1, "nothing"},
    {"a,b\n", 1, "a row"},
    {"a,b\r\n", 1, "a row of Windows"},
    {"a,b\n\n  \n\t\nc,d\n", 1, "blank lines are no rows"},
    {" a , b\t\n", 1, "blanks around fields"},
    {"\"a\",\"b\"\n", 1, "quoted"},
    {"\" a \",\"\"\n", 1, "blanks in quotes, and nothing in quotes"},
    {"\"\"\n", 1, "a row of one empty field"},
    {"\"a\"\"b\",\"\"\"\"\n", 1, "doubled quotes"},
    {"\"a\nb\",c\nd,e\n", 1, "a line feed in quotes"},
    {"\"a\r\nb\rc\",d\r\n", 1, "line ends in quotes"},
    {"\"a,b\",c\n", 1, "a delimiter in quotes"},
    {"a\rb\n", 0, "a lone carriage return outside"},
    {"a,\"b\"c\n", 0, "text after a closing quote"},
    {"a,b\"c\n", 0, "a quote inside a field"},
    {"a, \"b\"\n", 0, "a blank before a quote"},
    {"a,\"b\" \n", 0, "a blank after a quote"},
    {"\"a\n", 0, "a quote that is not closed"},
    {",,\n", 1, "empty fields"},
};

START_TEST(rows_of_texts)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(compare(texts[i].text, strlen(texts[i].text), ',',
                              texts[i].why) == texts[i].taken,
                      "%s", texts[i].why);
    ck_assert_int_eq(compare("a\0b\n", 4, ',', "a NUL byte"), 0);
    ck_assert_int_eq(compare("\ta\tb,c\n", 7, '\t', "tabs delimit"), 1);
}
END_TEST

static unsigned draw(uint64_t *state, unsigned n)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (unsigned)(*state >> 33) % n;
}

/* Words around the edges of blocks; half of the texts are mostly well formed. */
START_TEST(rows_of_random_texts)
{
    static const char *const pieces[] = {
        "a",          "bc",         ",",     ",",        "\n",    "\n",
        "\r\n",       " ",          "\t",    "1234",     "\"x\"", "\"\"",
        "\"a,b\"",    "\"a\"\"b\"", ";",     "\"q\nr\"", "\"",    "\r",
        "longer one", ",\"\",",     "\",\"", "\n\"",     "\"\n",  "\"y\"\r\n"};
    uint64_t state = 20240607;
    int taken = 0, trials = test_draws(20000);

    for (int t = 0; t < trials; t++) {
        char text[512];
        size_t n = 0;
        unsigned kinds = t % 2 == 0 ? 16 : 24, length = 1 + draw(&state, 90);
        for (unsigned k = 0; k < length; k++) {
            const char *piece = pieces[draw(&state, kinds)];
            size_t size = strlen(piece);
            if (n + size + 2 >= sizeof text)
                break;
            memcpy(text + n, piece, size);
            n += size;
        }
        text[n++] = '\n';
        taken += compare(text, n, t % 5 == 0 ? ';' : ',', "random text");
    }
    /* A test of refusals alone would say nothing. */
    ck_assert_int_gt(taken, trials / 50);
}
END_TEST

static const struct {
    const char *text;
    size_t cut;
    const char *why;
} cuts[] = {
    {"", 0, "nothing"},
    {"ab", 0, "no line feed"},
    {"ab\nc", 3, "after the line feed"},
    {"ab\n", 3, "all of it"},
    {"\"a\nb\"", 0, "only one in quotes"},
    {"x\n\"a\nb\"", 2, "before the quotes"},
    {"x\n\"a\nb", 2, "before quotes that go on"},
    {"x\n\"a\nb\"\n\"c", 8, "between quotes"},
    {"\"a\"\"\n\"\"b\"\nx", 10, "doubled quotes"},
};

START_TEST(where_to_cut)
{
    tflow_i_mark_fn *variants[4];
    const char *names[4];
    size_t n_variants = tflow_i_mark_variants(variants, names);
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        for (size_t v = 0; v < n_variants; v++) {
            size_t n = strlen(cuts[i].text);
            char bytes[64 + TFLOW_I_PADDING];
            memset(bytes, '"', sizeof bytes);
            memcpy(bytes, cuts[i].text, n);
            int odd = tflow_i_rows_odd(variants[v], bytes, n);
            ck_assert_msg(tflow_i_rows_cut(bytes, n, odd) == cuts[i].cut, "%s: %s",
                          cuts[i].why, names[v]);
        }
}
END_TEST

/* A quote in each place of a long text: the parity is that of their number. */
START_TEST(parity_of_quotes)
{
    enum { N = 10000 };
    tflow_i_mark_fn *variants[4];
    const char *names[4];
    size_t n_variants = tflow_i_mark_variants(variants, names);
    char *bytes = calloc(N + TFLOW_I_PADDING, 1);
    ck_assert_ptr_nonnull(bytes);
    for (size_t v = 0; v < n_variants; v++) {
        memset(bytes, 'x', N);
        for (int quotes = 1; quotes <= 97; quotes++) {
            bytes[quotes * 101] = '"';
            ck_assert_int_eq(tflow_i_rows_odd(variants[v], bytes, N), quotes % 2);
            ck_assert_int_eq(tflow_i_rows_odd(variants[v], bytes, (size_t)quotes * 101),
                             (quotes - 1) % 2);
        }
    }
    free(bytes);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, rows_of_texts);
    tcase_add_test(tests, rows_of_random_texts);
    tcase_add_test(tests, where_to_cut);
    tcase_add_test(tests, parity_of_quotes);
}

int main(void)
{
    return run_suite("rows", add);
}
