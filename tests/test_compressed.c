/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed files: what they hold is read as if it lay there plainly, damage is named, and
 * what comes out of them is bounded. The files are packed here, by libarchive. */
#include "test.h"
#include "tradeflow.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <unistd.h>

#define HEAD "reporter,partner,product,flow,period,value\n"
#define ONE HEAD "BLR,CHN,TOTAL,X,2020,5\nBLR,CHN,TOTAL,X,2021,7\n"
#define TWO HEAD "BLR,RUS,TOTAL,X,2020,11\n"

typedef struct bytes {
    char data[1 << 18];
    size_t n;
} bytes;

static const int filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2,
                              ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD};

static void pack(bytes *out, int filter, const char *text, size_t n)
{
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    ck_assert_int_eq(archive_write_set_format_raw(a), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_add_filter(a, filter), ARCHIVE_OK);
    if (filter == ARCHIVE_FILTER_ZSTD) /* libarchive writes no check sums by itself */
        ck_assert_int_eq(
            archive_write_set_filter_option(a, NULL, "compression-level", "3"),
            ARCHIVE_OK);
    ck_assert_int_eq(archive_write_set_bytes_per_block(a, 0), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_open_memory(a, out->data, sizeof out->data, &out->n),
                     ARCHIVE_OK);
    archive_entry_set_filetype(e, AE_IFREG);
    ck_assert_int_eq(archive_write_header(a, e), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_data(a, text, n), (int)n);
    ck_assert_int_eq(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    archive_entry_free(e);
}

typedef struct member {
    const char *name;
    const char *text; /* NULL: a folder; "->": a link */
    size_t n;         /* 0: strlen(text) */
} member;

static void zip_with(bytes *out, const member *members, const char *password)
{
    struct archive *a = archive_write_new();
    ck_assert_int_eq(archive_write_set_format_zip(a), ARCHIVE_OK);
    if (password != NULL) {
        ck_assert_int_eq(archive_write_set_options(a, "zip:encryption=traditional"),
                         ARCHIVE_OK);
        ck_assert_int_eq(archive_write_set_passphrase(a, password), ARCHIVE_OK);
    }
    ck_assert_int_eq(archive_write_set_bytes_per_block(a, 0), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_open_memory(a, out->data, sizeof out->data, &out->n),
                     ARCHIVE_OK);
    for (; members->name != NULL; members++) {
        struct archive_entry *e = archive_entry_new();
        int link = members->text != NULL && strcmp(members->text, "->") == 0;
        size_t n = members->text == NULL || link ? 0
                   : members->n > 0              ? members->n
                                                 : strlen(members->text);
        archive_entry_set_pathname(e, members->name);
        archive_entry_set_filetype(e, members->text == NULL ? AE_IFDIR
                                      : link                ? AE_IFLNK
                                                            : AE_IFREG);
        archive_entry_set_perm(e, 0644);
        if (link)
            archive_entry_set_symlink(e, "/etc/passwd");
        archive_entry_set_size(e, (int64_t)n);
        ck_assert_int_eq(archive_write_header(a, e), ARCHIVE_OK);
        if (n > 0)
            ck_assert_int_eq(archive_write_data(a, members->text, n), (int)n);
        archive_entry_free(e);
    }
    ck_assert_int_eq(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

static void zip(bytes *out, const member *members)
{
    zip_with(out, members, NULL);
}

static double total(const tflow_table *table)
{
    size_t at;
    double sum = 0;
    ck_assert_int_eq(tflow_table_find(table, "value", &at), TFLOW_OK);
    for (size_t row = 0; row < tflow_table_rows(table); row++)
        sum += tflow_table_float64(table, at)[row];
    return sum;
}

/* The sum of the values; -1 on failure. */
static double sum_of(const bytes *b, const tflow_read_opts *opts, tflow_error *error)
{
    tflow_error other = TFLOW_ERROR_INIT;
    tflow_table *table;
    if (error == NULL)
        error = &other;
    if (tflow_read_memory(b->data, b->n, "packed", opts, &table, error) != TFLOW_OK)
        return -1;
    double sum = total(table);
    tflow_table_free(table);
    return sum;
}

static void add_bytes(bytes *b, const char *more, size_t n)
{
    memcpy(b->data + b->n, more, n);
    b->n += n;
}

static bytes a, b, c; /* too large for a stack */

/* ---- streams ---- */

START_TEST(whole)
{
    pack(&a, filters[_i], ONE, strlen(ONE));
    ck_assert(sum_of(&a, NULL, NULL) == 12);
}
END_TEST

START_TEST(one_after_the_other)
{
    pack(&a, filters[_i], HEAD, strlen(HEAD));
    pack(&b, filters[_i], &ONE[strlen(HEAD)], strlen(ONE) - strlen(HEAD));
    add_bytes(&a, b.data, b.n);
    ck_assert(sum_of(&a, NULL, NULL) == 12);
}
END_TEST

/* Tapes and blocks are filled up with zeros; zstd alone does not know that. */
START_TEST(zeros_behind)
{
    static const char zeros[4096] = {0};
    pack(&a, filters[_i], ONE, strlen(ONE));
    add_bytes(&a, zeros, sizeof zeros);
    ck_assert(sum_of(&a, NULL, NULL) == (filters[_i] == ARCHIVE_FILTER_ZSTD ? -1 : 12));
}
END_TEST

START_TEST(other_bytes_behind)
{
    tflow_error error = TFLOW_ERROR_INIT;
    pack(&a, filters[_i], ONE, strlen(ONE));
    add_bytes(&a, "not a part of it", 16);
    ck_assert(sum_of(&a, NULL, &error) == -1);
    ck_assert_int_eq(error.status, TFLOW_EIO);
    ck_assert_str_eq(error.file, "packed");
}
END_TEST

/* Wherever the file ends too early, that is said. From the tenth byte on, because less
 * is no more than a beginning that other files may have too. */
START_TEST(cut_anywhere)
{
    pack(&a, filters[_i], ONE, strlen(ONE));
    for (size_t n = a.n; n-- > 10;) {
        tflow_error error = TFLOW_ERROR_INIT;
        a.n = n;
        ck_assert_msg(sum_of(&a, NULL, &error) == -1, "%zu bytes were read", n);
        ck_assert_int_eq(error.status, TFLOW_EIO);
        ck_assert_str_eq(error.file, "packed");
        ck_assert_msg(strstr(error.message, "early") != NULL, "%zu: %s", n,
                      error.message);
    }
}
END_TEST

/* A bit that is wrong changes no number: zstd files here carry no sum, so it is left
 * out. */
START_TEST(wrong_bits)
{
    pack(&a, filters[_i], ONE, strlen(ONE));
    for (size_t i = 0; i < 8 * a.n && filters[_i] != ARCHIVE_FILTER_ZSTD; i++) {
        a.data[i / 8] ^= (char)(1 << i % 8);
        double sum = sum_of(&a, NULL, NULL);
        ck_assert_msg(sum == -1 || sum == 12, "bit %zu: %g", i, sum);
        a.data[i / 8] ^= (char)(1 << i % 8);
    }
}
END_TEST

START_TEST(nothing_in_it)
{
    tflow_error error = TFLOW_ERROR_INIT;
    pack(&a, filters[_i], "", 0);
    ck_assert(sum_of(&a, NULL, &error) == -1);
    ck_assert_int_eq(error.status, TFLOW_EPARSE);
    ck_assert_ptr_nonnull(strstr(error.message, "empty"));
}
END_TEST

START_TEST(encoded_and_packed)
{
    static const char text[] = HEAD "BLR,CHN,M\xfcll,X,2020,5\n";
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.encoding = "latin1";
    pack(&a, filters[_i], text, sizeof text - 1);
    ck_assert(sum_of(&a, &opts, NULL) == 5);
}
END_TEST

/* ---- archives ---- */

static const struct {
    member members[4];
    double sum; /* -1: failure */
    tflow_status status;
    const char *file, *message; /* of a failure, or of the note (without file) */
    const char *why;
} archives[] = {
    {{{"anything", ONE, 0}}, 12, 0, "", "", "one member, whatever its name"},
    {{{"a.csv", ONE, 0}, {"d/B.CSV", TWO, 0}}, 23, 0, "", "", "two tables"},
    {{{"a.csv", ONE, 0}, {"readme.txt", "x", 0}},
     12,
     0,
     "",
     "left out: readme.txt",
     "a text beside"},
    {{{"a.csv", ONE, 0}, {"__MACOSX/._a.csv", "x", 0}},
     12,
     0,
     "",
     "__MACOSX",
     "what a Mac adds"},
    {{{"d/", NULL, 0}, {"d/a.csv", ONE, 0}}, 12, 0, "", "", "a folder"},
    {{{"l.csv", "->", 0}, {"a.csv", ONE, 0}}, 12, 0, "", "", "a link"},
    {{{"../../up.csv", ONE, 0}, {"/root.csv", TWO, 0}}, 23, 0, "", "", "ways out"},
    {{{"l.csv", "->", 0}}, -1, TFLOW_EIO, "packed", "no files", "nothing but a link"},
    {{{NULL, NULL, 0}}, -1, TFLOW_EIO, "packed", "no files", "an empty archive"},
    {{{"a.txt", ONE, 0}, {"b.txt", TWO, 0}},
     -1,
     TFLOW_EIO,
     "packed",
     "a.txt, b.txt",
     "which of them?"},
    {{{"a.csv", ONE, 0}, {"b.csv", "x,y\n1,2\n", 0}},
     -1,
     TFLOW_EPARSE,
     "packed:b.csv",
     "no layout fits",
     "a table of another kind"},
    {{{"a.csv", ONE, 0}, {"b.csv", HEAD "BLR,CHN,TOTAL,X,2020,x\n", 0}},
     -1,
     TFLOW_EPARSE,
     "packed:b.csv",
     "expected a number",
     "a bad line in the second"},
    {{{"a.csv", "", 0}}, -1, TFLOW_EPARSE, "packed:a.csv", "empty", "an empty member"},
    {{{"[Content_Types].xml", "x", 0}, {"xl/a.xml", "x", 0}},
     -1,
     TFLOW_EUNSUPPORTED,
     "packed",
     "workbook",
     "a workbook"},
    {{{"a\x1b[2J.csv", "", 0}},
     -1,
     TFLOW_EPARSE,
     "packed:a?[2J.csv",
     "empty",
     "a name that clears the screen"},
};

START_TEST(members)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    zip(&a, archives[_i].members);
    tflow_status status =
        tflow_read_memory(a.data, a.n, "packed", NULL, &table, &error);
    ck_assert_msg(status == archives[_i].status, "%s: %s", archives[_i].why,
                  error.message);
    if (status != TFLOW_OK) {
        ck_assert_str_eq(error.file, archives[_i].file);
        ck_assert_msg(strstr(error.message, archives[_i].message) != NULL, "%s: %s",
                      archives[_i].why, error.message);
        return;
    }
    ck_assert_msg(total(table) == archives[_i].sum, "%s", archives[_i].why);
    ck_assert_str_eq(tflow_table_attribute(table, "source"), "packed");
    const char *note = tflow_table_note(table, 0);
    if (archives[_i].message[0] == '\0')
        ck_assert_msg(note == NULL, "%s: %s", archives[_i].why, note);
    else
        ck_assert_msg(note != NULL && strstr(note, archives[_i].message) != NULL,
                      "%s: %s", archives[_i].why, note == NULL ? "no note" : note);
    tflow_table_free(table);
}
END_TEST

static const char *temporary(const char *name)
{
    static char path[512];
    const char *dir = getenv("BUILDDIR");
    snprintf(path, sizeof path, "%s/%s", dir == NULL ? "." : dir, name);
    return path;
}

static void save(const char *path, const bytes *from)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(from->data, 1, from->n, file), from->n);
    fclose(file);
}

static const struct {
    const char *member;
    double sum;
    const char *message;
} chosen[] = {
    {"y19.csv", 12, NULL},
    {"y*.csv", 23, NULL},
    {"y?0.csv", 11, NULL},
    {"codes.csv", -1, "fit"},
    {"z*", -1, "y19.csv, y20.csv, codes.csv"},
    {"readme", 12, NULL}, /* by its name it need not be called like a table */
};

START_TEST(chosen_members)
{
    static const member baci[] = {{"y19.csv", ONE, 0},
                                  {"y20.csv", TWO, 0},
                                  {"codes.csv", "code,name\n4,X\n", 0},
                                  {"readme", ONE, 0},
                                  {NULL, NULL, 0}};
    char path[600];
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table = NULL;
    const char *const paths[] = {path};
    zip(&a, baci);
    snprintf(path, sizeof path, "%s", temporary("chosen.zip"));
    save(path, &a);
    size_t n = strlen(path);
    snprintf(path + n, sizeof path - n, ":%s", chosen[_i].member);
    tflow_status status = tflow_read_files(paths, 1, NULL, &table, &error);
    double sum = status == TFLOW_OK ? total(table) : -1;
    ck_assert_msg(sum == chosen[_i].sum, "%s: %g: %s", chosen[_i].member, sum,
                  error.message);
    if (status == TFLOW_OK) {
        /* What a recipe says is what it takes to read it again. */
        ck_assert_str_eq(tflow_table_attribute(table, "source"), path);
        ck_assert_uint_eq(tflow_table_notes(table), 0);
    } else
        ck_assert_ptr_nonnull(strstr(error.message, chosen[_i].message));
    tflow_table_free(table);
    remove(temporary("chosen.zip"));
}
END_TEST

START_TEST(member_of_no_archive)
{
    char path[600];
    const char *const paths[] = {path};
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    pack(&a, ARCHIVE_FILTER_GZIP, ONE, strlen(ONE));
    snprintf(path, sizeof path, "%s", temporary("plain.gz"));
    save(path, &a);
    strncat(path, ":a.csv", sizeof path - strlen(path) - 1);
    ck_assert_int_eq(tflow_read_files(paths, 1, NULL, &table, &error), TFLOW_EIO);
    ck_assert_ptr_nonnull(strstr(error.message, "no archive"));
    remove(temporary("plain.gz"));
}
END_TEST

/* Standard input gives its bytes once, in order. */
static double sum_of_pipe(const bytes *from, tflow_error *error)
{
    static const char *const paths[] = {"-"};
    int ends[2], before = dup(STDIN_FILENO);
    tflow_table *table;
    double sum = -1;
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert(from->n < 65536); /* what a pipe holds */
    ck_assert_int_eq((int)write(ends[1], from->data, from->n), (int)from->n);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    if (tflow_read_files(paths, 1, NULL, &table, error) == TFLOW_OK) {
        sum = total(table);
        tflow_table_free(table);
    }
    dup2(before, STDIN_FILENO);
    close(before);
    return sum;
}

START_TEST(through_a_pipe)
{
    static const member two[] = {
        {"x.txt", "x", 0}, {"a.csv", ONE, 0}, {"b.csv", TWO, 0}, {NULL, NULL, 0}};
    static const member odd[] = {{"anything", ONE, 0}, {NULL, NULL, 0}};
    tflow_error error = TFLOW_ERROR_INIT;
    zip(&a, two);
    ck_assert(sum_of_pipe(&a, &error) == 23);
    zip(&a, odd); /* whether it is the only one is known too late */
    ck_assert(sum_of_pipe(&a, &error) == -1);
    ck_assert_ptr_nonnull(strstr(error.message, "holds anything"));
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        pack(&a, filters[i], ONE, strlen(ONE));
        ck_assert(sum_of_pipe(&a, &error) == 12);
    }
}
END_TEST

/* Whatever members are called, no file comes into being. */
START_TEST(nothing_is_written)
{
    static const member evil[] = {{"../evil.csv", ONE, 0},
                                  {"evil.csv", TWO, 0},
                                  {"sub/evil.csv", HEAD "BLR,USA,TOTAL,X,2020,1\n", 0},
                                  {NULL, NULL, 0}};
    char home[1024], folder[600];
    const char *const paths[] = {"evil.zip"};
    tflow_table *table;
    int files = 0;
    ck_assert_ptr_nonnull(getcwd(home, sizeof home));
    snprintf(folder, sizeof folder, "%s", temporary("evil.XXXXXX"));
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    zip(&a, evil);
    save("evil.zip", &a);
    ck_assert_int_eq(tflow_read_files(paths, 1, NULL, &table, NULL), TFLOW_OK);
    ck_assert(total(table) == 24);
    tflow_table_free(table);
    DIR *dir = opendir(".");
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        files += entry->d_name[0] != '.';
    closedir(dir);
    ck_assert_int_eq(files, 1);
    ck_assert_int_ne(access("../evil.csv", F_OK), 0);
    remove("evil.zip");
    ck_assert_int_eq(chdir(home), 0);
    rmdir(folder);
}
END_TEST

START_TEST(encrypted)
{
    static const member secret[] = {{"a.csv", ONE, 0}, {NULL, NULL, 0}};
    tflow_error error = TFLOW_ERROR_INIT;
    zip_with(&a, secret, "open sesame");
    ck_assert(sum_of(&a, NULL, &error) == -1);
    ck_assert_int_eq(error.status, TFLOW_EUNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(error.message, "encrypted"));
}
END_TEST

START_TEST(damaged_archive)
{
    static const member two[] = {{"a.csv", ONE, 0}, {"b.csv", TWO, 0}, {NULL, NULL, 0}};
    zip(&a, two);
    for (size_t i = 0; i < 8 * a.n; i++) {
        a.data[i / 8] ^= (char)(1 << i % 8);
        double sum = sum_of(&a, NULL, NULL);
        /* A name may change, and with it whether it is one of a table. */
        ck_assert_msg(sum == -1 || sum == 23 || sum == 12 || sum == 11, "bit %zu: %g",
                      i, sum);
        a.data[i / 8] ^= (char)(1 << i % 8);
    }
    /* Up to the end of the second member a cut is a loss. */
    size_t directory = 0;
    while (memcmp(a.data + directory, "PK\1\2", 4) != 0)
        directory++;
    for (size_t n = 4; n < directory; n++) {
        tflow_error error = TFLOW_ERROR_INIT;
        a.n = n;
        ck_assert_msg(sum_of(&a, NULL, &error) == -1, "%zu bytes were read", n);
        ck_assert_msg(strncmp(error.file, "packed", 6) == 0, "%zu: %s", n, error.file);
    }
}
END_TEST

static const struct {
    const char *bytes;
    size_t n;
    const char *message;
} others[] = {{"7z\xbc\xaf\x27\x1c\0\4", 8, "7z"},
              {"Rar!\x1a\7\0", 7, "RAR"},
              {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "xls"},
              {"PAR1\x15\x04", 6, "Parquet"}};

START_TEST(other_kinds)
{
    tflow_error error = TFLOW_ERROR_INIT;
    memcpy(a.data, others[_i].bytes, others[_i].n);
    a.n = others[_i].n;
    ck_assert(sum_of(&a, NULL, &error) == -1);
    ck_assert_int_eq(error.status, TFLOW_EUNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(error.message, others[_i].message));
}
END_TEST

/* ---- limits ---- */

static void expect_limit(const bytes *from, const tflow_read_opts *opts,
                         const char *option)
{
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_msg(sum_of(from, opts, &error) == -1, "%s", option);
    ck_assert_msg(error.status == TFLOW_ELIMIT, "%s: %s", option, error.message);
    ck_assert_str_eq(error.column, option);
}

/* Blank lines before a header may go on for ever; 20 MB of them take no room. */
START_TEST(bomb)
{
    size_t n = (size_t)20 << 20;
    char *blank = malloc(n);
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    ck_assert_ptr_nonnull(blank);
    memset(blank, '\n', n);
    pack(&a, filters[_i], blank, n);
    expect_limit(&a, NULL, "max_ratio");
    opts.max_ratio = 1000000;
    opts.max_unpacked = 1 << 20;
    expect_limit(&a, &opts, "max_unpacked");
    opts.max_unpacked = 0;
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert(sum_of(&a, &opts, &error) == -1);
    ck_assert_ptr_nonnull(strstr(error.message, "no header"));
    free(blank);
}
END_TEST

/* In a zip archive too, in a member that is read and in one that is only passed. */
START_TEST(bomb_in_archive)
{
    size_t n = (size_t)20 << 20;
    char *blank = malloc(n);
    ck_assert_ptr_nonnull(blank);
    memset(blank, '\n', n);
    const member read[] = {{"a.csv", blank, n}, {NULL, NULL, 0}};
    const member passed[] = {{"a.bin", blank, n}, {"b.csv", ONE, 0}, {NULL, NULL, 0}};
    tflow_error error = TFLOW_ERROR_INIT;
    zip(&a, read);
    expect_limit(&a, NULL, "max_ratio");
    zip(&a, passed);
    ck_assert(sum_of(&a, NULL, &error) == 12); /* there is no need to unpack it */
    ck_assert(sum_of_pipe(&a, &error) == -1);
    ck_assert_int_eq(error.status, TFLOW_ELIMIT);
    free(blank);
}
END_TEST

/* 16 MiB are free, and a text that repeats itself less is no bomb. */
START_TEST(no_bomb)
{
    static char text[8 << 20];
    size_t n = 0;
    n += (size_t)sprintf(text, "%s", HEAD);
    for (int year = 1900; year < 2000; year++)
        n += (size_t)sprintf(text + n, "BLR,CHN,TOTAL,X,%d,1\n", year);
    memset(text + n, '\n', sizeof text - n);
    pack(&a, filters[_i], text, sizeof text);
    ck_assert(sum_of(&a, NULL, NULL) == 100);
}
END_TEST

START_TEST(many_members)
{
    static const member three[] = {
        {"a.csv", ONE, 0}, {"b.csv", TWO, 0}, {"c.txt", "x", 0}, {NULL, NULL, 0}};
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    zip(&a, three);
    opts.max_members = 2;
    expect_limit(&a, &opts, "max_members");
    opts.max_members = 3;
    ck_assert(sum_of(&a, &opts, NULL) == 23);
}
END_TEST

START_TEST(many_layers)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    pack(&a, filters[_i], ONE, strlen(ONE));
    pack(&b, filters[_i], a.data, a.n);
    ck_assert(sum_of(&b, NULL, NULL) == 12);
    opts.max_layers = 1;
    expect_limit(&b, &opts, "max_layers");
    pack(&c, filters[_i], b.data, b.n);
    expect_limit(&c, NULL, "max_layers");
    opts.max_layers = 3;
    ck_assert(sum_of(&c, &opts, NULL) == 12);
    /* Packed tables in an archive, and an archive in an archive. */
    const member packed[] = {{"a.csv.gz", a.data, a.n}, {NULL, NULL, 0}};
    zip(&b, packed);
    ck_assert(sum_of(&b, NULL, NULL) == 12);
    const member archive[] = {{"b.zip", b.data, b.n}, {NULL, NULL, 0}};
    zip(&c, archive);
    expect_limit(&c, NULL, "max_layers");
    ck_assert(sum_of(&c, &opts, NULL) == 12);
}
END_TEST

#define LOOP(tests, name, table)                                                       \
    tcase_add_loop_test(tests, name, 0, (int)(sizeof(table) / sizeof *(table)))

static void add(TCase *tests)
{
    tcase_set_timeout(tests, 60);
    LOOP(tests, whole, filters);
    LOOP(tests, one_after_the_other, filters);
    LOOP(tests, zeros_behind, filters);
    LOOP(tests, other_bytes_behind, filters);
    LOOP(tests, cut_anywhere, filters);
    LOOP(tests, wrong_bits, filters);
    LOOP(tests, nothing_in_it, filters);
    LOOP(tests, encoded_and_packed, filters);
    LOOP(tests, members, archives);
    LOOP(tests, chosen_members, chosen);
    tcase_add_test(tests, member_of_no_archive);
    tcase_add_test(tests, through_a_pipe);
    tcase_add_test(tests, nothing_is_written);
    tcase_add_test(tests, encrypted);
    tcase_add_test(tests, damaged_archive);
    LOOP(tests, other_kinds, others);
    LOOP(tests, bomb, filters);
    tcase_add_test(tests, bomb_in_archive);
    LOOP(tests, no_bomb, filters);
    tcase_add_test(tests, many_members);
    LOOP(tests, many_layers, filters);
}

int main(void)
{
    return run_suite("compressed", add);
}
