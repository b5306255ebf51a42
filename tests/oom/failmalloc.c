/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failmalloc.h"

#include <errno.h>
#include <features.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

static atomic_long live;
static atomic_long left; /* allocations until one fails; 0: not armed */
static atomic_int sticky, hit;
static int report = -1;

void failmalloc_arm(long nth, int on)
{
    hit = 0;
    sticky = on;
    left = nth;
}

int failmalloc_disarm(void)
{
    left = 0;
    return hit;
}

long failmalloc_live(void)
{
    return live;
}

static int fails(void)
{
    if (left == 0 || (left > 1 && atomic_fetch_sub(&left, 1) > 1))
        return 0;
    if (!hit && report >= 0 && write(report, "!", 1) < 0)
        report = -1;
    hit = 1;
    left = sticky ? 1 : 0;
    errno = ENOMEM;
    return 1;
}

static void *counted(void *memory)
{
    if (memory != NULL)
        live++;
    return memory;
}

void *malloc(size_t size)
{
    return fails() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : counted(__libc_calloc(n, size));
}

void *realloc(void *old, size_t size)
{
    if (fails())
        return NULL;
    void *memory = __libc_realloc(old, size);
    if (old == NULL && memory != NULL)
        live++;
    else if (old != NULL && memory == NULL && size == 0)
        live--;
    return memory;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : counted(__libc_memalign(alignment, size));
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *memory = aligned_alloc(alignment, size);
    if (memory == NULL)
        return ENOMEM;
    *out = memory;
    return 0;
}

void free(void *memory)
{
    if (memory != NULL)
        live--;
    __libc_free(memory);
}

__attribute__((constructor)) static void arm_by_environment(void)
{
    const char *at = getenv("FAILMALLOC_AT");
    const char *on = getenv("FAILMALLOC_ON");
    const char *fd = getenv("FAILMALLOC_FD");

    if (fd != NULL)
        report = (int)strtol(fd, NULL, 10);
    if (at != NULL)
        failmalloc_arm(strtol(at, NULL, 10), on != NULL);
}

__attribute__((destructor)) static void report_live(void)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%ld", (long)live);

    if (report >= 0 && write(report, text, (size_t)n) < 0)
        report = -1;
}

#endif
