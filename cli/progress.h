/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word to those who wait for a reading. */
#ifndef TRADEFLOW_PROGRESS_H
#define TRADEFLOW_PROGRESS_H

#include "tradeflow.h"

#include <signal.h>

typedef struct progress {
    int shown; /* is there a terminal to show it on? */
    int said;  /* is there a line to take away? */
    double start, last;
    void (*before)(int); /* what an interrupt did */
} progress;

/* From here on an interrupt (Ctrl-C) says that nothing was written. */
void progress_begin(progress *p, int quiet);
void progress_say(progress *p, const tflow_reader *reader);
/* Take the line away. */
void progress_end(const progress *p);

#endif
