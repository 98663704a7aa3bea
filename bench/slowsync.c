/* LD_PRELOAD shim: counts fsync, fdatasync and sync_file_range and adds SLOWSYNC_US microseconds to each.
 *
 * SLOWSYNC_LOG names a file to which every sync appends one line: seconds, process, thread, kind and the synced path.
 * Built by bench/fsync.py:  gcc -O2 -shared -fPIC -o slowsync.so slowsync.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void note(const char *kind, int fd)
{
    const char *log = getenv("SLOWSYNC_LOG"), *delay = getenv("SLOWSYNC_US");
    if (delay && atoi(delay) > 0)
        usleep((useconds_t)atoi(delay));
    if (!log)
        return;
    char link[64], path[PATH_MAX], line[PATH_MAX + 128];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int size = snprintf(line, sizeof line, "%lld.%06ld %d %ld %s %s\n", (long long)now.tv_sec, now.tv_nsec / 1000,
                        getpid(), (long)syscall(SYS_gettid), kind, path);
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (out < 0)
        return;
    if (write(out, line, (size_t)size) < 0) {
        /* A lost line only makes the count smaller; the server must not fail for it. */
    }
    close(out);
}

#define REAL(name) \
    static int (*real)(int); \
    if (!real) \
        real = (int (*)(int))dlsym(RTLD_NEXT, name)

int fsync(int fd)
{
    REAL("fsync");
    note("fsync", fd);
    return real(fd);
}

int fdatasync(int fd)
{
    REAL("fdatasync");
    note("fdatasync", fd);
    return real(fd);
}
