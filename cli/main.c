/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command: nothing but the registry of operations and the public headers. */
#include "tradeflow.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return printf("tradeflow %s\n", tflow_version()) < 0;
    fputs("usage: tradeflow --version\n", stderr);
    return 2;
}
