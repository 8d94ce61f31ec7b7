// What Swift cannot reach by itself: the variadic calls of libedit, the signal handlers, and a few
// calls of the system that Swift's Glibc module lacks. There is no logic here; LineEditing has it.

#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: libedit (line.c)

/// An EditLine with its history, its streams and its prompt. Used by one thread at a time.
typedef struct line_editor line_editor;

/// What a key that is bound here, and not in libedit, asks for.
typedef enum { LINE_COMPLETE, LINE_PASTE } line_action;
/// What came of it: LINE_REFUSED beeps.
typedef enum { LINE_UNCHANGED, LINE_CHANGED, LINE_REFUSED } line_effect;

typedef struct {
    /// Gives the next character. Returns 1, or -1 to give the line up.
    int (*read)(void *context, uint32_t *character);
    line_effect (*act)(void *context, line_action action);
    /// Told when the whole line is drawn.
    void (*drawn)(void *context);
} line_callbacks;

/// Encloses an escape sequence in a prompt.
enum { LINE_PROMPT_MARK = 1 };

/// NULL where memory or descriptors are short. The descriptors stay the caller's.
line_editor *line_open(const char *program, int input, int output, int error, int history_limit);
/// Restores the terminal as libedit found it and releases everything.
void line_close(line_editor *editor);
/// Whether libedit has no description of the terminal that TERM names.
bool line_terminal_unknown(const line_editor *editor);

/// Reads a line, edited; `count` is its bytes with the line end, or what libedit says instead.
/// The result, NULL where there is no line, lasts until the next call.
const char *line_read(
    line_editor *editor,
    const char *prompt,
    line_callbacks callbacks,
    void *context,
    int *count);
/// The characters being edited and the cursor's place among them; lasts until libedit runs again.
const int32_t *line_text(line_editor *editor, size_t *count, size_t *cursor);
/// Inserts characters, ended by 0, at the cursor.
void line_insert(line_editor *editor, const int32_t *characters);
void line_refresh(line_editor *editor);
void line_resize(line_editor *editor);
/// Makes the terminal raw, as for editing, or puts it back as libedit found it.
void line_prepare(line_editor *editor, bool raw);
void line_bind(line_editor *editor, const char *key, const char *command);
/// The same for vi's command mode.
void line_bind_command_mode(line_editor *editor, const char *key, const char *command);
/// Reads the user's $EDITRC or ~/.editrc, which cannot switch the editing off.
void line_source(line_editor *editor);
bool line_is_vi(line_editor *editor);
void line_remember(line_editor *editor, const char *entry);

// MARK: Signals (signals.c)

/// Has `wake`, an event descriptor, written when a signal of `mask` (bit n is signal n) arrives.
/// Returns a watch for the calls below, or -1 where too many are in use.
int signal_watch_add(int wake, uint32_t mask);
/// The signals that arrived since the last call, as such a mask.
uint32_t signal_watch_take(int watch);
/// After it `wake` is not written any more, and the signals do what they did before.
void signal_watch_remove(int watch);
bool signal_is_ignored(int number);
void signal_ignore_pipe(void);
/// Stops the process as SIGTSTP does by default; returns when it goes on.
void signal_suspend(void);

// MARK: Leaving the terminal as it was (guard.c)

/// Remembers the attributes of `terminal`, for exit() and for crashes. False where it has none, or
/// another terminal is guarded.
bool terminal_guard(int terminal);
void terminal_unguard(void);
/// Notes whether the terminal has been told to enclose pastes, which is undone then too.
void terminal_pastes_enclosed(bool enclosed);

// MARK: The system (system.c)

/// A non-blocking event descriptor, or -1 and errno.
int wake_open(void);
/// Makes the character type of the process's locale UTF-8. False where the system has none.
bool locale_use_utf8(void);
/// Columns that libc gives the character, which is what libedit goes by; -1: unprintable.
int character_width(uint32_t character);

#endif
