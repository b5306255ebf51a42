/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fails the 1st, 2nd, ... allocation of each scenario, alone and with all that follow,
 * until one goes through untouched. Each failure must come back as TFLOW_ENOMEM, with
 * nothing leaked, and without GSL's error handler being reached; the command must say
 * so and end by itself.
 */
#include "failmalloc.h"
#include "tradeflow.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int passed, failed, handler_calls;
static tflow_table *flows;  /* what operations work on */
static tflow_table *levels; /* GDP of the same reporters */
static tflow_table *goods;  /* both flows of two reporters in two products */
static tflow_table *result; /* what is written */
static uint64_t made;       /* a hash of what the scenario made */

static void make_of(const void *bytes, size_t n)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < n; i++)
        made = (made ^ byte[i]) * UINT64_C(1099511628211);
}

/* Without allocating: names, codes and numbers of the table. */
static void make_of_table(const tflow_table *table)
{
    size_t rows = tflow_table_rows(table), columns = tflow_table_columns(table);
    for (size_t c = 0; c < columns; c++) {
        const double *numbers = tflow_table_float64(table, c);
        const int32_t *codes = tflow_table_codes(table, c);
        make_of(tflow_table_name(table, c), strlen(tflow_table_name(table, c)));
        if (numbers != NULL)
            make_of(numbers, rows * sizeof *numbers);
        for (size_t r = 0; codes != NULL && r < rows; r++) {
            const char *label = tflow_table_label(table, c, codes[r]);
            if (label != NULL)
                make_of(label, strlen(label));
        }
    }
}

static void make_of_text(const char *text)
{
    if (text != NULL)
        make_of(text, strlen(text));
}

static void verdict(const char *name, int on, const char *fault, long n)
{
    if (fault == NULL) {
        passed++;
        return;
    }
    failed++;
    printf("failed: %s, allocation %ld%s: %s\n", name, n, on ? " and after" : "",
           fault);
}

static void count_call(const char *reason, const char *file, int line, int code)
{
    handler_calls++;
    printf("GSL's error handler: %s:%d: %s (%d)\n", file, line, reason, code);
}

static const char *source(const char *name)
{
    static char path[1024];
    const char *dir = getenv("SRCDIR");
    snprintf(path, sizeof path, "%s/%s", dir == NULL ? "." : dir, name);
    return path;
}

/* ---- scenarios: each allocates, works, and frees; `what` is theirs to read ---- */

static tflow_status build(const char *what)
{
    tflow_builder *builder;
    tflow_table *table = NULL;
    tflow_status status = tflow_builder_new(&builder, NULL);

    if (status == TFLOW_OK)
        status = tflow_builder_column(builder, "partner", TFLOW_KEY, "", NULL);
    if (status == TFLOW_OK)
        status = tflow_builder_column(builder, "value", TFLOW_FLOAT64, "USD", NULL);
    for (int i = 0; i < 40 && status == TFLOW_OK; i++) {
        char text[16];
        snprintf(text, sizeof text, "%s%d", what, i);
        tflow_builder_key(builder, 0, text);
        tflow_builder_float64(builder, 1, i);
        status = tflow_builder_row(builder, NULL);
    }
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(builder, "currency", "USD", NULL);
    if (status == TFLOW_OK)
        status = tflow_builder_note(builder, "a note", NULL);
    if (status == TFLOW_OK)
        status = tflow_builder_finish(builder, &table, NULL);
    tflow_builder_free(builder);
    make_of_table(table);
    tflow_table_free(table);
    return status;
}

static tflow_status read_file(const char *what)
{
    const char *path = source(what);
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = tflow_read_files(&path, 1, NULL, &table, &error);

    make_of_table(table);
    tflow_table_free(table);
    return status;
}

static tflow_status read_latin1(const char *what)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_table *table;
    tflow_status status;

    opts.encoding = "latin1";
    opts.delimiter = ';';
    opts.decimal = ',';
    status = tflow_read_memory(what, strlen(what), "memory", &opts, &table, NULL);
    make_of_table(table);
    tflow_table_free(table);
    return status;
}

static void blanks(char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '~')
            *text = ' ';
}

static int begins_with(const char *what, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strncmp(what, *words, strlen(*words)) == 0)
            return 1;
    return 0;
}

static int is_of_goods(const char *what)
{
    static const char *const words[] = {
        "advantage",  "complementarity", "intra",         "openness",
        "similarity", "sophistication",  "trade_balance", NULL};
    return begins_with(what, words);
}

static int takes_levels(const char *what)
{
    static const char *const words[] = {"openness", "sophistication", NULL};
    return begins_with(what, words);
}

/* what: the operation, then parameter=value, separated by spaces; "~" is a blank. */
static tflow_status call_into(const char *what, tflow_table **out)
{
    char words[256], *save = NULL;
    tflow_call *call = NULL;
    tflow_error error = TFLOW_ERROR_INIT;

    *out = NULL;
    snprintf(words, sizeof words, "%s", what);
    tflow_status status = tflow_call_new(strtok_r(words, " ", &save), &call, &error);
    for (char *word;
         status == TFLOW_OK && (word = strtok_r(NULL, " ", &save)) != NULL;) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        blanks(value);
        status = tflow_call_set(call, word, value, &error);
    }
    if (status == TFLOW_OK && strncmp(what, "figure", 6) != 0)
        status = tflow_call_input(call, is_of_goods(what) ? goods : flows, &error);
    if (status == TFLOW_OK && takes_levels(what))
        status = tflow_call_input(call, levels, &error);
    if (status == TFLOW_OK)
        status = tflow_call_run(call, out, &error);
    if (status < 0 && status != TFLOW_ENOMEM)
        printf("%s: %s: %s\n", what, tflow_status_name(status), error.message);
    tflow_call_free(call);
    return status;
}

static tflow_status call(const char *what)
{
    tflow_table *table;
    tflow_status status = call_into(what, &table);
    make_of_table(table);
    tflow_table_free(table);
    return status;
}

/* The same on flows that have quantities. */
static tflow_status call_prices(const char *what)
{
    static const char rows[] =
        "reporter,product,flow,period,value,quantity\nBLR,01,X,2019,4,1\n"
        "BLR,02,X,2019,6,3\nBLR,01,X,2020,5,1\nBLR,02,X,2020,7,\n"
        "BLR,01,X,2021,6,1\nBLR,02,X,2021,8,4\nBLR,01,M,2021,6,1\n";
    tflow_table *old = flows;
    tflow_status status =
        tflow_read_memory(rows, sizeof rows - 1, "memory", NULL, &flows, NULL);
    if (status == TFLOW_OK) {
        status = call(what);
        tflow_table_free(flows);
    }
    flows = old;
    return status;
}

/* A table handed out and taken back. A stream that fails for want of memory says so. */
static tflow_status arrow_again(const char *what)
{
    struct ArrowArrayStream stream;
    tflow_table *back = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    (void)what;
    tflow_status status = tflow_table_export_arrow(goods, &stream, &error);
    if (status == TFLOW_OK)
        status = tflow_table_import_arrow(&stream, NULL, &back, &error);
    if (back != NULL)
        make_of_table(back);
    tflow_table_free(back);
    return status;
}

/* One call of aggregate that changes a state. */
static tflow_status change_state(tflow_state *state, const char *how)
{
    tflow_call *call = NULL;
    tflow_table *table = NULL;
    tflow_status status = tflow_call_new("aggregate", &call, NULL);
    if (status == TFLOW_OK)
        status = tflow_call_state(call, state, NULL);
    if (status == TFLOW_OK)
        status = tflow_call_set(call, *how == '\0' ? "by" : how,
                                *how == '\0' ? "partner" : "yes", NULL);
    if (status == TFLOW_OK)
        status = tflow_call_input(call, flows, NULL);
    if (status == TFLOW_OK)
        status = tflow_call_run(call, &table, NULL);
    if (table != NULL)
        make_of_table(table);
    tflow_table_free(table);
    tflow_call_free(call);
    return status;
}

static tflow_status keep_state(const char *how)
{
    tflow_state *state = NULL, *back = NULL;
    unsigned char *bytes = NULL;
    size_t n = 0;
    tflow_status status = tflow_state_new(&state, NULL);
    if (status == TFLOW_OK)
        status = change_state(state, "");
    if (status == TFLOW_OK)
        status = change_state(state, how);
    if (status == TFLOW_OK)
        status = tflow_state_serialise(state, &bytes, &n, NULL);
    if (status == TFLOW_OK)
        status = tflow_state_deserialise(bytes, n, &back, NULL);
    make_of(bytes, n);
    tflow_state_bytes_free(bytes);
    tflow_state_free(state);
    tflow_state_free(back);
    return status;
}

static tflow_status write_as(const char *what)
{
    tflow_format format;
    char *text = NULL;
    tflow_status status = tflow_format_find(what, &format, NULL);

    if (status == TFLOW_OK)
        status = tflow_table_write(result, format, 60, 0, &text, NULL);
    make_of_text(text);
    tflow_text_free(text);
    return status;
}

static tflow_status error_text(const char *what)
{
    tflow_error error = TFLOW_ERROR_INIT;
    char *text = NULL, *json = NULL;

    error.status = TFLOW_EPARSE;
    error.line = 3;
    snprintf(error.message, sizeof error.message, "%s", what);
    tflow_status status = tflow_error_text(&error, &text);
    if (status == TFLOW_OK)
        status = tflow_error_json(&error, &json);
    make_of_text(json);
    tflow_text_free(text);
    tflow_text_free(json);
    return status;
}

static tflow_status sparkline(const char *what)
{
    const double values[] = {1, 2, NAN, 3};
    char *text = NULL;
    tflow_status status =
        tflow_sparkline(tflow_vec_of(values, *what == 'x' ? 4 : 0), 0, &text, NULL);
    make_of_text(text);
    tflow_text_free(text);
    return status;
}

static void make_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(name);
        exit(99);
    }
}

static char rates_file[1100], index_file[1100];

/* what: the currency to convert to, or NULL: deflate. */
static tflow_status convert(const char *what)
{
    tflow_table *table = NULL;
    tflow_status status =
        what != NULL ? tflow_table_convert(flows, rates_file, what, &table, NULL)
                     : tflow_table_deflate(flows, index_file, "2015", &table, NULL);
    make_of_table(table);
    tflow_table_free(table);
    return status;
}

/* what: the policy for codes that are not in the table. */
static tflow_status recode(const char *what)
{
    static const char products[] = "product,period,value,quantity\n010121,2020,5,1\n"
                                   "010130,2020,7,2\n854231,2020,9,3\nzzzz,2020,1,4\n";
    char folder[1024];
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    tflow_table *table, *out = NULL;
    tflow_status status =
        tflow_read_memory(products, strlen(products), "products", NULL, &table, NULL);

    snprintf(folder, sizeof folder, "%s", source("data/concordance"));
    opts.from = "hs2022";
    opts.to = "bec4";
    opts.folder = folder;
    opts.unmapped = what;
    if (status == TFLOW_OK)
        status = tflow_table_recode(table, &opts, &out, NULL);
    make_of_table(out);
    tflow_table_free(table);
    tflow_table_free(out);
    return status;
}

static tflow_status read_mapped(const char *what)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_table *table;
    char codes[1024];

    snprintf(codes, sizeof codes, "%s",
             source("tests/data/layouts/baci_country_codes.csv"));
    opts.columns = "reporter=from,partner=to,flow='X',period=when,value=#4";
    opts.area_codes = codes;
    opts.thousands = ',';
    opts.skip_bad_rows = 1;
    opts.unit_multiplier = "3";
    tflow_status status =
        tflow_read_memory(what, strlen(what), "memory", &opts, &table, NULL);
    make_of_table(table);
    tflow_table_free(table);
    return status;
}

static tflow_status read_recipe(const char *what)
{
    tflow_recipe *recipe = NULL;
    const char *text;
    tflow_status status = tflow_recipe_read(what, strlen(what), &recipe, NULL);

    make_of_text(tflow_recipe_operation(recipe));
    for (size_t i = 0; (text = tflow_recipe_parameter(recipe, i)) != NULL; i++) {
        make_of_text(text);
        make_of_text(tflow_recipe_value(recipe, i));
    }
    for (size_t i = 0; tflow_recipe_input(recipe, i) != NULL; i++)
        make_of_text(tflow_recipe_input_option(recipe, i, "layout"));
    for (size_t i = 0; (text = tflow_recipe_note(recipe, i)) != NULL; i++)
        make_of_text(text);
    tflow_recipe_free(recipe);
    return status;
}

static const struct {
    const char *name;
    tflow_status (*run)(const char *what);
    const char *what;
} scenarios[] = {
    {"build a table", build, "partner"},
    {"read a long file", read_file, "data/belarus/china_imports_2010_2022.csv"},
    {"read a wide file", read_file, "tests/data/layouts/imf_dots_wide.csv"},
    {"read compressed", read_file, "tests/data/layouts/baci_hs17_2020_afg.csv.gz"},
    {"read JSON", read_file, "tests/data/layouts/comtrade_api.json"},
    {"read SDMX-CSV", read_file, "tests/data/layouts/eurostat_sdmx.csv"},
    {"read Latin-1", read_latin1,
     "reporter;partner;flow;period;value\nBLR;C\xf4te d'Ivoire;X;2020;1,5\n"},
    {"read a pivot", read_file, "tests/data/layouts/eurostat_sdmx.csv"},
    {"read by a mapping", read_mapped,
     "from,to,when,what\n4,842,2020,\"1,234\"\n842,490,2020,x\n842,4,2021,7\n"
     "842,caf\xe9,2021,7\n"},
    {"read a recipe", read_recipe,
     "{\"recipe\":{\"schema_version\":1,\"operation\":\"growth\",\"version\":\"0.1.0\","
     "\"parameters\":{\"lag\":\"1\",\"base\":null,\"of\":true,\"level\":2},"
     "\"inputs\":[{\"source\":\"a file of quite a long name, \\u00e9t\\u00e9.csv\","
     "\"layout\":\"long\"}],\"notes\":[\"a note that is longer than that\"]}}"},
    {"convert", convert, "EUR"},
    {"deflate", convert, NULL},
    {"recode", recode, "apart"},
    {"Arrow out and in", arrow_again, ""},
    {"advantage", call, "advantage base=2019"},
    {"advantage of some", call, "advantage product=01 reporter=DEU universe=DEU,FRA"},
    {"aggregate", call, "aggregate by=partner"},
    {"compare", call, "compare mirror=yes"},
    {"concentration", call, "concentration"},
    {"convert", call, "convert"},
    {"convert, wide", call, "convert into=imf-wide"},
    {"describe", call, "describe"},
    {"figure", call,
     "figure value=1.61bn change=doubled;~+77~%;~practically~1.8-fold;~+0.7~bn"},
    {"growth", call, "growth"},
    {"intra_industry", call, "intra_industry base=2019 unit_values=quantity"},
    {"intra_industry by product", call, "intra_industry show=products by=reporter"},
    {"project", call, "project"},
    {"share", call, "share by=partner"},
    {"similarity", call, "similarity reporter=DEU"},
    {"intensity", call, "intensity reporter=CHN partner=EAEU,EU27_2020"},
    {"intensity of all", call, "intensity"},
    {"introversion", call, "introversion bloc=CHN,BLR"},
    {"complementarity", call, "complementarity reporter=DEU"},
    {"sophistication", call, "sophistication reporter=DEU"},
    {"sophistication of products", call, "sophistication show=products"},
    {"openness", call, "openness by=reporter"},
    {"trade_balance", call, "trade_balance by=reporter"},
    {"trend", call, "trend"},
    {"bennet", call_prices, "bennet"},
    {"change_margins", call_prices, "change_margins"},
    {"constant_market_share", call_prices, "constant_market_share base=2019"},
    {"shift_share", call_prices, "shift_share"},
    {"lmdi", call_prices, "lmdi activity=quantity"},
    {"survival", call_prices, "survival over=product"},
    {"trade_margins", call_prices, "trade_margins volume=quantity"},
    {"terms_of_trade", call_prices, "terms_of_trade"},
    {"price_index", call_prices, "price_index formula=geks window=2 outlier=mad"},
    {"unit_value", call_prices, "unit_value outlier=boxplot"},
    {"revise a state", keep_state, "revise"},
    {"subtract from a state", keep_state, "subtract"},
    {"write a table", write_as, "table"},
    {"write csv", write_as, "csv"},
    {"write tsv", write_as, "tsv"},
    {"write json", write_as, "json"},
    {"write jsonl", write_as, "jsonl"},
    {"write md", write_as, "md"},
    {"write an error", error_text, "found \"x\", expected a number"},
    {"draw a sparkline", sparkline, "x"},
};

/* The next allocation to fail: each one at first, then in growing steps. */
static long next(long n)
{
    return n + 1 + n / 50;
}

/* A process takes its time. */
static long next_process(long n)
{
    return n + 1 + n / 12;
}

/* One run, the nth allocation failing; what is wrong with it, or NULL. libcsv is tried
 * again where it fails: the whole answer will do as well. */
static const char *run_once(size_t i, long n, int on, tflow_status want,
                            uint64_t want_made, int *done)
{
    long before = failmalloc_live();

    made = 0;
    failmalloc_arm(n, on);
    tflow_status status = scenarios[i].run(scenarios[i].what);
    int hit = failmalloc_disarm();
    *done = !hit;
    int whole = status == want && made == want_made;
    if (!whole && !(hit && status == TFLOW_ENOMEM)) {
        static char text[128];
        snprintf(text, sizeof text, "came back as %s%s", tflow_status_name(status),
                 status == want ? " with another answer" : "");
        return text;
    }
    return failmalloc_live() == before ? NULL : "leaks";
}

static void sweep(size_t i)
{
    /* Also fills the caches of the C library, which would look like leaks. */
    made = 0;
    tflow_status want = scenarios[i].run(scenarios[i].what);
    uint64_t want_made = made;
    if (want < 0) {
        verdict(scenarios[i].name, 0, tflow_status_name(want), 0);
        return;
    }
    for (int on = 0; on <= 1; on++) {
        const char *fault = NULL;
        long n = 1;
        for (int done = 0; !done && fault == NULL; n = next(n)) {
            int calls = handler_calls;
            fault = run_once(i, n, on, want, want_made, &done);
            /* What a cache of the C library takes, it takes once. */
            if (fault != NULL && strcmp(fault, "leaks") == 0)
                fault = run_once(i, n, on, want, want_made, &done);
            if (fault == NULL && handler_calls != calls)
                fault = "GSL's error handler was reached";
            if (fault != NULL)
                break;
        }
        verdict(scenarios[i].name, on, fault, n);
    }
}

/* ---- the command ---- */

/* Run where the sources are; "~" is a blank, "@" the folder of the build. */
#define CHINA "data/belarus/china_imports_2010_2022.csv --partner BLR "
#define BELARUS "data/belarus/belarus_reports_2014_2021.csv "
#define LAYOUTS "tests/data/layouts/"
static const struct {
    const char *line;
    int status;
} commands[] = {
    {"--version", 0},
    {"help", 0},
    {"help growth", 0},
    {"help options", 0},
    {"man", 0},
    {"completion bash", 0},
    {"layouts --format json", 0},
    {"operations --format json", 0},
    {"growth " CHINA "--format table --chart text", 0},
    {"growth " CHINA "--format csv --rates @/oom_rates.csv --to EUR", 0},
    {"growth " CHINA "--format json --deflator @/oom_index.csv --prices 2015", 0},
    {"growth " CHINA "--format tsv --show period,value", 0},
    {"growth " CHINA "--format jsonl --no-notes", 0},
    {"growth " CHINA "--format md --chart svg:@/oom_chart.svg -o @/oom_out.md", 0},
    {"trend " CHINA "--errors json", 0},
    {"project " CHINA "--horizon 2 --quiet", 0},
    {"project " CHINA "--horizon 2 --method ets --quiet", 0},
    {"aggregate " LAYOUTS "imf_dots_wide.csv --unknown keep --reporter WLD --columns "
     "reporter='WLD',flow='X' --by partner",
     0},
    {"compare " BELARUS "--with data/belarus/china_imports_2010_2022.csv --mirror yes "
     "--reporter BLR --partner CHN --flow X",
     0},
    {"share " LAYOUTS "wits_partner_china_2022.csv --by partner --flow X", 0},
    {"concentration " LAYOUTS "wits_partner_china_2022.csv --flow X", 0},
    {"describe " LAYOUTS "comtrade_api.json", 0},
    {"describe " LAYOUTS "baci_hs17_2020_afg.csv.gz --area-codes " LAYOUTS
     "baci_country_codes.csv",
     0},
    {"describe " LAYOUTS "eurostat_relational_labels_2015.csv --encoding utf-8", 0},
    {"figure --value 1.61bn --change doubled;~+77~% --format table", 0},
    {"report " BELARUS "--with data/belarus/china_imports_2010_2022.csv --reporter BLR "
     "--partner CHN --value 1.61bn --change doubled --html @/oom_page.html",
     0},
    {"--recipe fuzz/corpus/recipe/growth.json " BELARUS "--flow X --format csv", 0},
    {"explain fuzz/corpus/recipe/growth.json", 0},
    /* Failures, too, must find their words. */
    {"describe CONTRIBUTING.md", 1},
    {"growth " CHINA "--flwo X", 2},
    {"growth no_such_file.csv --errors json", 3},
    {"--recipe CONTRIBUTING.md", 1},
};

struct outcome {
    int status, hit;
    long live; /* blocks at its end; -1: it did not come to one */
    size_t length, length_err;
    char out[1 << 18], err[4096];
};

static size_t drain(int fd, char *buffer, size_t size)
{
    size_t length = 0;
    char rest[4096];
    ssize_t n;

    while ((n = read(fd, rest, sizeof rest)) > 0) {
        size_t fits = (size_t)n < size - 1 - length ? (size_t)n : size - 1 - length;
        memcpy(buffer + length, rest, fits);
        length += fits;
    }
    buffer[length] = '\0';
    close(fd);
    return length;
}

static char build_dir[1024];

static void expand(const char *line, char *words, size_t size)
{
    size_t n = (size_t)snprintf(words, size, "tradeflow ");

    for (; *line != '\0' && n + sizeof build_dir < size; line++) {
        if (*line == '@')
            n += (size_t)snprintf(words + n, size - n, "%s", build_dir);
        else
            words[n++] = *line;
    }
    words[n] = '\0';
}

/* Run the command with its nth allocation failing; n = 0: none. */
static void spawn(const char *program, const char *line, long n, int on,
                  struct outcome *outcome)
{
    char words[4096], at[64], fd[64], *argv[32] = {NULL}, *save = NULL;
    int argc = 0, out[2], err[2], hit[2];
    pid_t child;

    expand(line, words, sizeof words);
    for (char *w = strtok_r(words, " ", &save); w != NULL && argc < 31;
         w = strtok_r(NULL, " ", &save)) {
        blanks(w);
        argv[argc++] = w;
    }
    if (pipe(out) != 0 || pipe(err) != 0 || pipe(hit) != 0)
        exit(99);
    snprintf(at, sizeof at, "%ld", n);
    snprintf(fd, sizeof fd, "%d", hit[1]);
    if (n > 0)
        setenv("FAILMALLOC_AT", at, 1);
    if (on)
        setenv("FAILMALLOC_ON", "1", 1);
    setenv("FAILMALLOC_FD", fd, 1);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    posix_spawn_file_actions_adddup2(&actions, err[1], 2);
    if (posix_spawn(&child, program, &actions, NULL, argv, environ) != 0)
        exit(99);
    posix_spawn_file_actions_destroy(&actions);
    unsetenv("FAILMALLOC_AT");
    unsetenv("FAILMALLOC_ON");
    unsetenv("FAILMALLOC_FD");
    close(out[1]);
    close(err[1]);
    close(hit[1]);
    outcome->length = drain(out[0], outcome->out, sizeof outcome->out);
    outcome->length_err = drain(err[0], outcome->err, sizeof outcome->err);
    char said[64];
    drain(hit[0], said, sizeof said);
    outcome->hit = said[0] == '!';
    outcome->live =
        said[outcome->hit] == '\0' ? -1 : strtol(said + outcome->hit, NULL, 10);
    waitpid(child, &outcome->status, 0);
}

/* What is wrong with a run whose allocation failed; NULL: nothing. */
static const char *judge(const struct outcome *got, const struct outcome *want)
{
    if (!WIFEXITED(got->status))
        return "killed by a signal";
    if (got->live > want->live)
        return "leaks";
    if (WEXITSTATUS(got->status) == 3 && strstr(got->err, "memory") != NULL)
        return NULL;
    /* What the C library can do without, such as a buffer, may go unnoticed. */
    if (WEXITSTATUS(got->status) == WEXITSTATUS(want->status))
        return strcmp(got->out, want->out) == 0 && strcmp(got->err, want->err) == 0
                   ? NULL
                   : "other output, and no failure";
    return WEXITSTATUS(got->status) == 3 ? "does not say why" : "exit status is not 3";
}

static void sweep_command(const char *program, const char *line, int status)
{
    static struct outcome want, got;

    spawn(program, line, 0, 0, &want);
    if (!WIFEXITED(want.status) || WEXITSTATUS(want.status) != status) {
        printf("%s", want.err);
        verdict(line, 0, "ends otherwise, with memory enough", 0);
        return;
    }
    for (int on = 0; on <= 1; on++) {
        const char *fault = NULL;
        long n = 1;
        for (;; n = next_process(n)) {
            spawn(program, line, n, on, &got);
            if (!got.hit)
                break;
            fault = judge(&got, &want);
            if (fault != NULL) {
                printf("%s", got.err);
                break;
            }
        }
        verdict(line, on, fault, n);
    }
}

/* A line for each year from 2010 to 2022: 0.85, 0.86, ... */
static const char *all_years(const char *head, const char *before)
{
    static char text[1024];
    size_t n = (size_t)snprintf(text, sizeof text, "%s", head);

    for (int year = 2010; year <= 2022; year++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%d,0.%d\n", before, year,
                              year - 1925);
    return text;
}

/* The folder of the build, wherever this program goes. */
static int find_build(void)
{
    const char *build = getenv("BUILDDIR");
    char here[512] = "";

    if ((build == NULL || *build != '/') && getcwd(here, sizeof here) == NULL)
        return 0;
    snprintf(build_dir, sizeof build_dir, "%s%s%s", here, *here == '\0' ? "" : "/",
             build == NULL ? "." : build);
    return 1;
}

/* Start again with the module loaded; 77 is Automake's word for a test left out. */
static int again(char **argv)
{
    char module[1100];

    snprintf(module, sizeof module, "%s/tests/oom/.libs/failmalloc.so", build_dir);
    if (getenv("LD_PRELOAD") != NULL || access(module, R_OK) != 0) {
        puts("left out: no failmalloc.so to preload");
        return 77;
    }
    setenv("LD_PRELOAD", module, 1);
    execv("/proc/self/exe", argv);
    return 77;
}

int main(int argc, char **argv)
{
    char program[1100];

    if (!find_build())
        return 1;
    if (failmalloc_arm == NULL)
        return again(argv);
    (void)argc;
    snprintf(rates_file, sizeof rates_file, "%s/oom_rates.csv", build_dir);
    snprintf(index_file, sizeof index_file, "%s/oom_index.csv", build_dir);
    make_file(rates_file, all_years("currency,period,rate\n", "USD,"));
    make_file(index_file, all_years("period,index\n", ""));
    /* Else glyphs depend on memory for the locale, of which glibc loses a block. */
    setenv("LC_ALL", "C", 1);
    unsetenv("LOCPATH");
    gsl_set_error_handler(count_call);
    setvbuf(stdout, NULL, _IONBF, 0); /* no memory of its own */

    static const char of_levels[] =
        "reporter,period,value\nDEU,2019,5\nDEU,2020,6\nFRA,2020,7\n";
    static const char of_goods[] =
        "reporter,product,flow,period,value,quantity\nDEU,01,X,2019,1,1\n"
        "DEU,02,X,2019,2,1\nFRA,01,X,2019,3,2\nFRA,02,M,2019,4,2\n"
        "DEU,01,X,2020,2,2\nDEU,01,M,2020,5,3\nFRA,01,X,2020,6,2\n"
        "FRA,01,M,2020,7,7\n";
    const char *path = source("data/belarus/china_imports_2010_2022.csv");
    if (tflow_read_files(&path, 1, NULL, &flows, NULL) < 0 ||
        tflow_read_memory(of_goods, sizeof of_goods - 1, "goods.csv", NULL, &goods,
                          NULL) < 0 ||
        tflow_read_memory(of_levels, sizeof of_levels - 1, "levels.csv", NULL, &levels,
                          NULL) < 0 ||
        call_into("growth", &result) < 0) {
        puts("the data of the scenarios cannot be read");
        return 1;
    }
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        sweep(i);
    tflow_table_free(flows);
    tflow_table_free(goods);
    tflow_table_free(levels);
    tflow_table_free(result);

    /* The program itself, not the script that libtool wraps around it. */
    snprintf(program, sizeof program, "%s/cli/.libs/tradeflow", build_dir);
    if (access(program, X_OK) == 0 && chdir(source(".")) == 0)
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
            sweep_command(program, commands[i].line, commands[i].status);

    static const char *const left[] = {"rates.csv", "index.csv", "chart.svg", "out.md",
                                       "page.html"};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        snprintf(program, sizeof program, "%s/oom_%s", build_dir, left[i]);
        remove(program);
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
