/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/threads.h"

#include <pthread.h>
#include <unistd.h>

typedef struct part {
    tflow_i_work *work;
    void *context;
    size_t thread;
    pthread_t id;
} part;

static void *run(void *argument)
{
    const part *p = argument;
    p->work(p->context, p->thread);
    return NULL;
}

void tflow_i_parallel(size_t n, tflow_i_work *work, void *context)
{
    part parts[TFLOW_I_MOST_THREADS];
    size_t started = 1;

    for (; started < n && started < TFLOW_I_MOST_THREADS; started++) {
        part *p = &parts[started];
        p->work = work;
        p->context = context;
        p->thread = started;
        if (pthread_create(&p->id, NULL, run, p) != 0)
            break;
    }
    work(context, 0);
    while (started-- > 1)
        pthread_join(parts[started].id, NULL);
}

size_t tflow_i_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > TFLOW_I_MOST_THREADS ? TFLOW_I_MOST_THREADS : (size_t)n;
}
