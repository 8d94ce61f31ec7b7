#include "CTerminal.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { watch_count = 16, signal_count = 32 };

// `wake` is 1 above the descriptor, so that 0 is a free place.
static struct {
    _Atomic int wake;
    _Atomic uint32_t mask;
    _Atomic uint32_t arrived;
} watches[watch_count];

static _Atomic int handlers_running;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int users[signal_count];
static struct sigaction before[signal_count];

static void note(int number) {
    int saved = errno;
    atomic_fetch_add(&handlers_running, 1);
    for (int i = 0; i < watch_count; i++) {
        int wake = atomic_load(&watches[i].wake);
        if (wake == 0 || !(atomic_load(&watches[i].mask) & 1u << number)) continue;
        atomic_fetch_or(&watches[i].arrived, 1u << number);
        uint64_t one = 1;
        ssize_t written = write(wake - 1, &one, sizeof one);
        (void)written;
    }
    atomic_fetch_sub(&handlers_running, 1);
    errno = saved;
}

static void take_over(int number) {
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (users[number]++ == 0) sigaction(number, &action, &before[number]);
}

static void give_back(int number) {
    if (--users[number] == 0) sigaction(number, &before[number], NULL);
}

int signal_watch_add(int wake, uint32_t mask) {
    int found = -1;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < watch_count && found < 0; i++)
        if (atomic_load(&watches[i].wake) == 0) found = i;
    if (found >= 0) {
        atomic_store(&watches[found].arrived, 0);
        atomic_store(&watches[found].mask, mask);
        atomic_store(&watches[found].wake, wake + 1);
        for (int number = 1; number < signal_count; number++)
            if (mask & 1u << number) take_over(number);
    }
    pthread_mutex_unlock(&lock);
    return found;
}

uint32_t signal_watch_take(int watch) { return atomic_exchange(&watches[watch].arrived, 0); }

void signal_watch_remove(int watch) {
    pthread_mutex_lock(&lock);
    uint32_t mask = atomic_load(&watches[watch].mask);
    for (int number = 1; number < signal_count; number++)
        if (mask & 1u << number) give_back(number);
    atomic_store(&watches[watch].wake, 0);
    // A handler on another thread may have read the descriptor and not written it yet.
    while (atomic_load(&handlers_running) > 0) sched_yield();
    pthread_mutex_unlock(&lock);
}

bool signal_is_ignored(int number) {
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void signal_ignore_pipe(void) { signal(SIGPIPE, SIG_IGN); }

void signal_suspend(void) {
    struct sigaction ours, normal = {.sa_handler = SIG_DFL};
    sigset_t stop, before_now;
    sigemptyset(&normal.sa_mask);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaction(SIGTSTP, &normal, &ours);
    // A thread of the pool, which began this one, has nearly all signals blocked.
    pthread_sigmask(SIG_UNBLOCK, &stop, &before_now);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &before_now, NULL);
    sigaction(SIGTSTP, &ours, NULL);
}
