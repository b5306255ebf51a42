/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work shared by threads that live no longer than the call. */
#ifndef TFLOW_CORE_THREADS_H
#define TFLOW_CORE_THREADS_H

#include <stddef.h>

#define TFLOW_I_MOST_THREADS 64

/* Run work(context, t) for t = 0 .. n - 1 at the same time, 0 by the caller itself, and
 * wait for all. Where a thread cannot be had its t does not run: work must be drawn
 * from what all share, so that the others do it. */
typedef void tflow_i_work(void *context, size_t thread);
void tflow_i_parallel(size_t n, tflow_i_work *work, void *context);

/* Processors that can be used; at least 1. */
size_t tflow_i_processors(void);

#endif
