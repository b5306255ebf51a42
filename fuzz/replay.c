/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzzer's function on each file of its corpus, with any compiler: what once
 * went wrong does not again. CORPUS is the folder, below the top of the sources. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    struct stat facts;
    FILE *file = fopen(path, "rb");

    if (file == NULL || fstat(fileno(file), &facts) != 0) {
        perror(path);
        return 0;
    }
    size_t size = S_ISREG(facts.st_mode) ? (size_t)facts.st_size : 0;
    /* No byte more than there are: a sanitizer sees a read beyond the end. */
    uint8_t *data = malloc(size > 0 ? size : 1);
    int ok = data != NULL && fread(data, 1, size, file) == size;
    if (ok)
        (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    fclose(file);
    return ok;
}

int main(void)
{
    const char *top = getenv("SRCDIR");
    char folder[1024], path[2048];
    struct dirent *entry;
    int good = 0, bad = 0;

    snprintf(folder, sizeof folder, "%s/%s", top == NULL ? "." : top, CORPUS);
    DIR *list = opendir(folder);
    if (list == NULL) {
        perror(folder);
        return 1;
    }
    while ((entry = readdir(list)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        printf("%s\n", entry->d_name); /* the last one named is the one that crashed */
        fflush(stdout);
        if (replay(path))
            good++;
        else
            bad++;
    }
    closedir(list);
    printf("%d passed, %d failed\n", good, bad);
    return bad == 0 && good > 0 ? 0 : 1;
}
