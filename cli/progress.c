/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 1.0 /* seconds before a word is said */
#define PAUSE 0.2    /* seconds between words */
#define LINE 78      /* columns of the line that is written over */

/* Nothing is written while files are read, so there is nothing to take back; those who
 * wait for this process should see what ended it. */
static void interrupt(int number)
{
    static const char said[] = "\rtradeflow: interrupted; nothing was written\n";
    if (write(STDERR_FILENO, said, sizeof said - 1) < 0)
        number = SIGINT;
    signal(number, SIG_DFL);
    raise(number);
}

static double now(void)
{
    struct timespec time;

    return clock_gettime(CLOCK_MONOTONIC, &time) == 0
               ? (double)time.tv_sec + 1e-9 * (double)time.tv_nsec
               : 0;
}

void progress_begin(progress *p, int quiet)
{
    memset(p, 0, sizeof *p);
    p->shown = !quiet && isatty(STDERR_FILENO);
    p->start = now();
    /* Who runs in the background has interrupts ignored, and keeps it so. */
    p->before = signal(SIGINT, interrupt);
    if (p->before == SIG_IGN)
        signal(SIGINT, SIG_IGN);
}

/* "1:05" */
static void as_time(double seconds, char *out, size_t size)
{
    long whole = seconds < 360000 ? (long)(seconds + 0.5) : 360000;
    snprintf(out, size, "%ld:%02ld", whole / 60, whole % 60);
}

void progress_say(progress *p, const tflow_reader *reader)
{
    double time = p->shown ? now() : 0;
    double bytes = (double)tflow_reader_bytes(reader);
    double size = (double)tflow_reader_size(reader);
    double spent = time - p->start;
    char line[160], left[32];

    if (!p->shown || spent < PATIENCE || time - p->last < PAUSE)
        return;
    int n = snprintf(line, sizeof line, "tradeflow: %.1f million rows, %.0f MB/s, ",
                     (double)tflow_reader_rows(reader) / 1e6, bytes / 1e6 / spent);
    if (size > 0 && bytes > 0 && n > 0 && (size_t)n < sizeof line) {
        as_time(spent * (size - bytes) / bytes, left, sizeof left);
        snprintf(line + n, sizeof line - (size_t)n, "%.0f %% of %.1f MB, %s left",
                 100 * bytes / size, size / 1e6, left);
    } else if (n > 0 && (size_t)n < sizeof line)
        snprintf(line + n, sizeof line - (size_t)n, "%.1f MB", bytes / 1e6);
    fprintf(stderr, "\r%-*.*s", LINE, LINE, line);
    fflush(stderr);
    p->said = 1;
    p->last = time;
}

void progress_end(const progress *p)
{
    if (p->said)
        fprintf(stderr, "\r%*s\r", LINE, "");
    signal(SIGINT, p->before == SIG_IGN ? SIG_IGN : SIG_DFL);
}
