/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command: nothing but the registry of operations and the public headers. */
#include "cli.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

/* A file that is opened where standard output should be would be written to. */
static void open_standard_streams(void)
{
    for (int file = 0; file <= 2; file++)
        if (fcntl(file, F_GETFD) == -1)
            (void)open("/dev/null", file == 0 ? O_WRONLY : O_RDONLY);
}

/* How errors are written must be known before the first of them. */
static void look_ahead(cli *c, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--errors=json") == 0 ||
            (strcmp(argv[i], "--errors") == 0 && i + 1 < argc &&
             strcmp(argv[i + 1], "json") == 0))
            c->json_errors = 1;
    }
}

static int version(const cli *c)
{
    page p;
    int code = page_open(c, &p);

    if (code != DONE)
        return code;
    fprintf(p.file, "tradeflow %s\n", tflow_version());
    return page_put(c, &p, NULL);
}

static int operation(cli *c, int argc, char **argv)
{
    request r;
    int code = request_read(c, &r, argc, argv);

    if (code == DONE)
        code = r.help ? help_operation(c, r.operation) : run_request(c, &r);
    request_close(&r);
    return code;
}

static int run(cli *c, int argc, char **argv)
{
    const char *verb = argv[1];

    if (strcmp(verb, "help") == 0 || strcmp(verb, "--help") == 0 ||
        strcmp(verb, "-h") == 0)
        return help(c, argc - 2, argv + 2);
    if (strcmp(verb, "version") == 0 || strcmp(verb, "--version") == 0)
        return version(c);
    if (strcmp(verb, "layouts") == 0)
        return list_layouts(c, argc - 2, argv + 2);
    if (strcmp(verb, "operations") == 0)
        return list_operations(c, argc - 2, argv + 2);
    if (strcmp(verb, "explain") == 0)
        return explain(c, argc - 2, argv + 2);
    if (strcmp(verb, "completion") == 0)
        return completion(c, argc - 2, argv + 2);
    if (strcmp(verb, "man") == 0)
        return man(c);
    return operation(c, argc, argv);
}

int main(int argc, char **argv)
{
    cli c = {0};

    open_standard_streams();
    /* Only to learn what the terminal can show: numbers never follow the locale. */
    setlocale(LC_CTYPE, "");
    c.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    look_ahead(&c, argc, argv);
    if (argc < 2) {
        print_overview(stderr);
        return BAD_USAGE;
    }
    return run(&c, argc, argv);
}
