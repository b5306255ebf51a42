/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word to those who wait at a terminal. Reading has no callbacks, so an alarm says
 * what is true: that it is still reading. */
#include "cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static char message[320];

static void still_reading(int signal)
{
    (void)signal;
    ssize_t done = write(STDERR_FILENO, message, strlen(message));
    (void)done;
}

void progress_start(const char *file)
{
    struct sigaction action;

    if (!isatty(STDERR_FILENO))
        return;
    snprintf(message, sizeof message, "tradeflow: reading %.256s ...\n",
             strcmp(file, "-") == 0 ? "standard input" : file);
    memset(&action, 0, sizeof action);
    action.sa_handler = still_reading;
    action.sa_flags = SA_RESTART;
    if (sigaction(SIGALRM, &action, NULL) == 0)
        alarm(1);
}

void progress_stop(void)
{
    alarm(0);
}
