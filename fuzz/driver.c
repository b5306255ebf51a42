/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target over files with any compiler: those named, or without names the
 * corpus that goes with the program (replay_csv: fuzz/corpus/csv). */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    size_t n = 0, capacity = 0;

    if (file == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 0;
    }
    for (;;) {
        if (n == capacity) {
            capacity = capacity == 0 ? 65536 : 2 * capacity;
            uint8_t *more = realloc(data, capacity);
            if (more == NULL)
                abort();
            data = more;
        }
        size_t got = fread(data + n, 1, capacity - n, file);
        if (got == 0)
            break;
        n += got;
    }
    fclose(file);
    /* A copy of the exact size, so that reading past it is seen. */
    uint8_t *exact = malloc(n > 0 ? n : 1);
    if (exact == NULL)
        abort();
    memcpy(exact, data, n);
    free(data);
    fprintf(stderr, "%s\n", path); /* the last one named is the one that failed */
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return 1;
}

int main(int argc, char **argv)
{
    const char *top = getenv("SRCDIR"), *name = strstr(argv[0], "replay_");
    char folder[1024], path[2048];
    int n = 0;

    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            if (!replay(argv[i]))
                return EXIT_FAILURE;
        return EXIT_SUCCESS;
    }
    if (name == NULL)
        return EXIT_FAILURE;
    snprintf(folder, sizeof folder, "%s/fuzz/corpus/%s", top == NULL ? "." : top,
             name + strlen("replay_"));
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        fprintf(stderr, "%s: cannot be read\n", folder);
        return EXIT_FAILURE;
    }
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (!replay(path)) {
            closedir(dir);
            return EXIT_FAILURE;
        }
        n++;
    }
    closedir(dir);
    fprintf(stderr, "%d inputs replayed\n", n);
    return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
