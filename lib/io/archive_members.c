/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which members of an archive are read. They are streams, whatever they are called:
 * nothing is ever written to the file system, and no link is followed. */
#include "io/field.h"
#include "io/unpacker.h"

#include <archive_entry.h>
#include <fnmatch.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Without bytes that would upset a terminal or be no text. */
static char *name_of(struct archive_entry *entry)
{
    const char *text = archive_entry_pathname_utf8(entry);
    if (text == NULL)
        text = archive_entry_pathname(entry);
    char *name = tflow_i_strdup(text == NULL || *text == '\0' ? "?" : text);
    for (char *s = name; s != NULL && *s != '\0'; s++) {
        unsigned char byte = (unsigned char)*s;
        if (byte < ' ' || byte == 0x7f)
            *s = '?';
    }
    int utf8 = name != NULL && tflow_i_field_utf8(name, strlen(name));
    for (char *s = name; s != NULL && *s != '\0' && !utf8; s++)
        if ((unsigned char)*s >= 0x80)
            *s = '?';
    return name;
}

static int ends_with(const char *name, size_t n, const char *end)
{
    size_t m = strlen(end);
    return n >= m && strncasecmp(name + n - m, end, m) == 0;
}

/* Is it called like a table? */
static int is_table(const char *name)
{
    static const char *const packed[] = {".gz", ".zst", ".xz", ".bz2"};
    const char *slash = strrchr(name, '/');
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
        if (ends_with(name, n, packed[i])) {
            n -= strlen(packed[i]);
            break;
        }
    /* "._x.csv" and "__MACOSX/" hold what one system knows of the file beside. */
    return (slash == NULL ? name : slash + 1)[0] != '.' &&
           (ends_with(name, n, ".csv") || ends_with(name, n, ".tsv"));
}

static int is_file(struct archive_entry *entry, const char *name)
{
    size_t n = strlen(name);
    unsigned type = archive_entry_filetype(entry);
    return (type == AE_IFREG || type == 0) && archive_entry_hardlink(entry) == NULL &&
           archive_entry_symlink(entry) == NULL && name[n - 1] != '/';
}

static int is_wanted(const tflow_i_unpacker *u, const char *name)
{
    const char *wanted = u->layer.pile->wanted;
    if (u->only)
        return 1;
    /* Of an archive in an archive, the outer one's member was named. */
    return wanted != NULL && u->layer.below->below == NULL
               ? strcmp(name, wanted) == 0 || fnmatch(wanted, name, 0) == 0
               : is_table(name);
}

static tflow_status leave_out(tflow_i_unpacker *u, const char *name, tflow_error *error)
{
    tflow_i_pile *pile = u->layer.pile;
    if (pile->n_left_out++ < TFLOW_I_LEFT_OUT_SHOWN)
        tflow_i_text_format(&pile->left_out, "%s%.200s",
                            pile->n_left_out > 1 ? ", " : "", name);
    return pile->left_out.failed ? tflow_i_nomem(error) : TFLOW_OK;
}

/* Read over a member, so that what comes out of it counts. */
static tflow_status read_over(tflow_i_unpacker *u, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    la_ssize_t got = 1;
    while (!u->seekable && status == TFLOW_OK && got > 0) {
        got = archive_read_data(u->archive, u->piece, TFLOW_I_CHUNK);
        status = got < 0 ? tflow_i_unpacker_failed(u, error)
                         : tflow_i_layer_count(&u->layer, (size_t)got, error);
    }
    return status;
}

static tflow_status take_member(tflow_i_unpacker *u, struct archive_entry *entry,
                                const char *name, int *more, tflow_error *error)
{
    tflow_i_text path = {0};
    tflow_i_text_format(&path, "%s:%s", tflow_i_layer_name(u->layer.below), name);
    if (path.failed) {
        tflow_i_text_clear(&path);
        return tflow_i_nomem(error);
    }
    u->layer.name = tflow_i_text_take(&path);
    if (archive_entry_is_data_encrypted(entry))
        return tflow_i_layer_fail(&u->layer, error, TFLOW_EUNSUPPORTED,
                                  "the member is encrypted: unpack it first");
    u->taken++;
    u->open = 1;
    *more = 1;
    return TFLOW_OK;
}

/* Look at a member: *more is 1 when it is one to read. */
static tflow_status look(tflow_i_unpacker *u, struct archive_entry *entry, int *more,
                         tflow_error *error)
{
    char *name = name_of(entry);
    if (name == NULL)
        return tflow_i_nomem(error);
    tflow_status status = TFLOW_OK;
    int file = is_file(entry, name);
    u->files += file != 0;
    u->workbook |= strcmp(name, "[Content_Types].xml") == 0;
    if (file && is_wanted(u, name))
        status = take_member(u, entry, name, more, error);
    else {
        if (file && !u->only)
            status = leave_out(u, name, error);
        if (status == TFLOW_OK)
            status = read_over(u, error);
    }
    tflow_i_free(name);
    return status;
}

static tflow_status nothing_found(tflow_i_unpacker *u, tflow_error *error)
{
    tflow_i_pile *pile = u->layer.pile;
    const char *names = pile->left_out.data == NULL ? "no files" : pile->left_out.data;
    if (u->workbook)
        return tflow_i_layer_fail(&u->layer, error, TFLOW_EUNSUPPORTED,
                                  "found a workbook (xlsx), expected CSV: save its "
                                  "sheet as CSV");
    if (pile->wanted != NULL)
        tflow_i_fail(error, TFLOW_EIO,
                     "no member \"%.100s\"; the archive holds %.200s%s", pile->wanted,
                     names, pile->n_left_out > TFLOW_I_LEFT_OUT_SHOWN ? ", ..." : "");
    else
        tflow_i_fail(error, TFLOW_EIO,
                     "no member ends in .csv or .tsv; the archive holds %.200s%s: name "
                     "one, as in archive.zip:member",
                     names, pile->n_left_out > TFLOW_I_LEFT_OUT_SHOWN ? ", ..." : "");
    tflow_i_at(error, tflow_i_layer_name(&u->layer), 0, 0, NULL);
    return TFLOW_EIO;
}

/* Only at its end is an archive known to hold one file, which need not be called like a
 * table; it is then opened again, once. NOLINTNEXTLINE(misc-no-recursion) */
static tflow_status at_end(tflow_i_unpacker *u, int *more, tflow_error *error)
{
    if (u->taken > 0)
        return TFLOW_OK;
    if (u->files != 1 || !u->seekable || u->only || u->layer.pile->wanted != NULL)
        return nothing_found(u, error);
    archive_read_free(u->archive);
    u->archive = NULL;
    tflow_i_text_clear(&u->layer.pile->left_out);
    u->layer.pile->n_left_out = 0;
    u->members = 0;
    u->only = 1;
    if (tflow_i_stored_seek(u->layer.below, 0, SEEK_SET) != 0)
        return tflow_i_layer_fail(&u->layer, error, TFLOW_EIO, "cannot be read again");
    tflow_status status = tflow_i_unpacker_open(u, error);
    return status == TFLOW_OK ? tflow_i_unpacker_member(&u->layer, more, error)
                              : status;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
tflow_status tflow_i_unpacker_member(tflow_i_layer *layer, int *more,
                                     tflow_error *error)
{
    tflow_i_unpacker *u = (tflow_i_unpacker *)layer;
    tflow_status status = TFLOW_OK;
    *more = 0;
    u->open = 0;
    tflow_i_free(layer->name);
    layer->name = NULL;
    while (status == TFLOW_OK && !*more) {
        struct archive_entry *entry;
        int code = archive_read_next_header(u->archive, &entry);
        if (code == ARCHIVE_EOF)
            return at_end(u, more, error);
        /* A warning is about a name that the locale cannot show. */
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
            return tflow_i_unpacker_failed(u, error);
        if (u->members++ == layer->pile->limits.members) {
            tflow_i_fail(error, TFLOW_ELIMIT,
                         "found more than %llu members, the most that are read: raise "
                         "max_members",
                         (unsigned long long)layer->pile->limits.members);
            tflow_i_at(error, tflow_i_layer_name(layer), 0, 0, "max_members");
            return TFLOW_ELIMIT;
        }
        status = look(u, entry, more, error);
    }
    return status;
}
