/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a command and says what it took: measure FILE COMMAND ARGUMENT...
 *
 * FILE gets the exit status, the wall and the processor seconds, and the peak of the
 * resident memory in KiB. A program of its own, because Linux counts what the parent
 * holds when it starts a process into the child's peak: this one holds next to nothing.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
    struct timespec start, end;
    struct rusage used;
    int status;

    if (argc < 3) {
        fputs("usage: measure FILE COMMAND ARGUMENT...\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) < 0) {
        perror("measure");
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);

    FILE *file = fopen(argv[1], "w");
    if (file == NULL ||
        fprintf(file, "%d %.6f %.6f %ld\n",
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
                (double)(end.tv_sec - start.tv_sec) +
                    (double)(end.tv_nsec - start.tv_nsec) * 1e-9,
                seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss) < 0 ||
        fclose(file) != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
