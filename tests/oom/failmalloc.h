/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A malloc for the whole process, loaded with LD_PRELOAD, that fails when told. Also
 * libraries that allocate, such as GSL, get their memory here: what `ld --wrap` does
 * not reach.
 *
 * Another program than ours is armed by its environment: FAILMALLOC_AT=N fails the Nth
 * allocation, FAILMALLOC_ON=1 all after it too, and "!" is written to the descriptor
 * FAILMALLOC_FD when that happens; at its end, the number of blocks that are live.
 */
#ifndef FAILMALLOC_H
#define FAILMALLOC_H

/* Weak: NULL in a program that runs without the module. */

/* Fail the nth allocation from now on, and all that follow if `on`. */
void failmalloc_arm(long nth, int on) __attribute__((weak));
/* Stop failing; whether an allocation did fail. */
int failmalloc_disarm(void) __attribute__((weak));
/* Blocks allocated and not yet freed. */
long failmalloc_live(void) __attribute__((weak));

#endif
