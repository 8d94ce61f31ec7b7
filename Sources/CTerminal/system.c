#define _GNU_SOURCE
#include "CTerminal.h"
#include <fcntl.h>
#include <unistd.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/eventfd.h>
#include <wchar.h>

int wake_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static bool locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

bool locale_use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (!locale_is_utf8()) setlocale(LC_CTYPE, "C.UTF-8");
    return locale_is_utf8();
}

int character_width(uint32_t character) { return wcwidth((wchar_t)character); }

// Before anything else opens a descriptor, so that no connection is ever taken for a standard
// stream that was closed. Reading one gives its end, writing to standard output an error.
__attribute__((constructor)) static void fill_standard_descriptors(void) {
    int descriptor = open("/dev/null", O_RDWR);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO) {
        if (descriptor == STDOUT_FILENO) {
            close(descriptor);
            if (open("/dev/null", O_RDONLY) != STDOUT_FILENO) return;
        }
        descriptor = open("/dev/null", O_RDWR);
    }
    if (descriptor >= 0) close(descriptor);
}
