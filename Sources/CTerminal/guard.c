#include "CTerminal.h"
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

// SIGQUIT is here too: Ctrl-\ ends the program while the terminal is raw.
static const int fatal[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
enum { fatal_count = sizeof fatal / sizeof *fatal };

// `guarded` is 1 above the descriptor, so that 0 is none.
static _Atomic int guarded;
static _Atomic bool pastes_enclosed;
static struct termios attributes;
static struct sigaction before[fatal_count];

// Where a line is being edited, what follows begins below it.
static void restore(void) {
    static const char ordinary_pastes[] = "\033[?2004l";
    int terminal = atomic_load(&guarded) - 1;
    struct termios present;
    ssize_t written = 0;
    if (terminal < 0 || tcgetattr(terminal, &present) != 0) return;
    tcsetattr(terminal, TCSANOW, &attributes);
    if (atomic_exchange(&pastes_enclosed, false))
        written = write(terminal, ordinary_pastes, sizeof ordinary_pastes - 1);
    if (!(present.c_lflag & ICANON)) written = write(terminal, "\r\n", 2);
    (void)written;
}

void terminal_pastes_enclosed(bool enclosed) { atomic_store(&pastes_enclosed, enclosed); }

// Raised again, the signal waits until this handler returns, then does what it did before.
static void restore_and_raise(int number) {
    restore();
    for (int i = 0; i < fatal_count; i++)
        if (fatal[i] == number) sigaction(number, &before[i], NULL);
    raise(number);
}

bool terminal_guard(int terminal) {
    static _Atomic bool registered;
    struct termios found;
    if (tcgetattr(terminal, &found) != 0 || atomic_load(&guarded) != 0) return false;
    attributes = found;
    int none = 0;
    if (!atomic_compare_exchange_strong(&guarded, &none, terminal + 1)) return false;
    if (!atomic_exchange(&registered, true)) atexit(restore);
    struct sigaction action = {.sa_handler = restore_and_raise, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &before[i]);
    return true;
}

void terminal_unguard(void) {
    for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &before[i], NULL);
    atomic_store(&guarded, 0);
}
