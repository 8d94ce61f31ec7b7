#define _GNU_SOURCE
#include "CMemory.h"
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// It has no effect once a second thread has allocated anything.
__attribute__((constructor)) static void keep_together(void) { mallopt(M_ARENA_MAX, 1); }

void memory_give_back(void) { malloc_trim(0); }

// What is called from here takes less of the stack than this.
static const size_t stack_margin = 64 << 10;

static void give_back_stack(void) {
    pthread_attr_t attributes;
    void *lowest;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
    int status = pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), bottom = (uintptr_t)lowest;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (status != 0 || here < bottom || here - bottom > size || here - bottom < stack_margin) return;
    madvise(lowest, (here - bottom - stack_margin) / page * page, MADV_DONTNEED);
}

// glibc keeps so many free blocks of each of these sizes for every thread, and each of them holds the page that
// it lies in.
enum { smallest = 24, largest = 1032, step = 16, kept = 7, count = ((largest - smallest) / step + 1) * kept };

static void *free_all(void *argument) {
    void **blocks = argument;
    for (int i = 0; i < count; i++) free(blocks[i]);
    return NULL;
}

// Allocating takes from what the thread has first; what was freed by a thread that has ended is nobody's.
static void empty_cache(void) {
    void *blocks[count];
    for (int i = 0; i < count; i++) blocks[i] = malloc(smallest + i / kept * step);
    pthread_t thread;
    if (pthread_create(&thread, NULL, free_all, blocks) == 0)
        pthread_join(thread, NULL);
    else
        free_all(blocks);
}

void memory_give_back_thread(void) {
    give_back_stack();
    empty_cache();
}
