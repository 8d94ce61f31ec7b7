#define _GNU_SOURCE
#include "CTerminal.h"
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
