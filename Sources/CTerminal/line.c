#define _GNU_SOURCE
#include "CTerminal.h"
#include <errno.h>
#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct line_editor {
    EditLine *edit;
    History *history;
    FILE *input, *output, *error;
    char *prompt;
    line_reader reader;
    void *context;
    bool terminal_unknown;
};

static line_editor *owner(EditLine *edit) {
    line_editor *editor = NULL;
    el_get(edit, EL_CLIENTDATA, &editor);
    return editor;
}

static char *give_prompt(EditLine *edit) {
    static char none[1];
    char *prompt = owner(edit)->prompt;
    return prompt ? prompt : none;
}

static int give_character(EditLine *edit, wchar_t *character) {
    line_editor *editor = owner(edit);
    uint32_t scalar = 0;
    int result = editor->reader(editor->context, &scalar);
    *character = (wchar_t)scalar;
    if (result < 0) errno = EINTR;
    return result;
}

static FILE *stream(int descriptor, const char *mode) {
    int copy = dup(descriptor);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (!file) close(copy);
    return file;
}

// libedit says on its error stream, while it opens, that it does not know the terminal: it is
// heard here, so that the program can say it in its own words.
static EditLine *open_edit(const char *program, line_editor *editor) {
    char *said = NULL;
    size_t length = 0;
    FILE *ear = open_memstream(&said, &length);
    if (!ear) return NULL;
    EditLine *edit = el_init(program, editor->input, editor->output, ear);
    if (edit) el_set(edit, EL_SETFP, 2, editor->error);
    fclose(ear);
    editor->terminal_unknown = length > 0;
    free(said);
    return edit;
}

line_editor *line_open(const char *program, int input, int output, int error, int history_limit) {
    line_editor *editor = calloc(1, sizeof *editor);
    if (!editor) return NULL;
    editor->input = stream(input, "r");
    editor->output = stream(output, "w");
    editor->error = stream(error, "w");
    editor->history = history_init();
    if (editor->input && editor->output && editor->error)
        editor->edit = open_edit(program, editor);
    if (!editor->edit || !editor->history) {
        line_close(editor);
        return NULL;
    }
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, history_limit);
    el_set(editor->edit, EL_CLIENTDATA, editor);
    el_set(editor->edit, EL_SIGNAL, 0);
    el_set(editor->edit, EL_EDITOR, "emacs");
    el_set(editor->edit, EL_PROMPT, give_prompt);
    el_set(editor->edit, EL_HIST, history, editor->history);
    el_wset(editor->edit, EL_GETCFN, give_character);
    return editor;
}

void line_close(line_editor *editor) {
    if (editor->edit) el_end(editor->edit);
    if (editor->history) history_end(editor->history);
    if (editor->input) fclose(editor->input);
    if (editor->output) fclose(editor->output);
    if (editor->error) fclose(editor->error);
    free(editor->prompt);
    free(editor);
}

bool line_terminal_unknown(const line_editor *editor) { return editor->terminal_unknown; }

const char *line_read(
    line_editor *editor, const char *prompt, line_reader reader, void *context, int *count) {
    free(editor->prompt);
    editor->prompt = strdup(prompt);
    editor->reader = reader;
    editor->context = context;
    *count = 0;
    return el_gets(editor->edit, count);
}

const int32_t *line_text(line_editor *editor, size_t *count, size_t *cursor) {
    _Static_assert(sizeof(wchar_t) == sizeof(int32_t), "a wide character is 32 bits");
    const LineInfoW *line = el_wline(editor->edit);
    *count = (size_t)(line->lastchar - line->buffer);
    *cursor = (size_t)(line->cursor - line->buffer);
    return (const int32_t *)line->buffer;
}

void line_refresh(line_editor *editor) { el_set(editor->edit, EL_REFRESH); }

void line_resize(line_editor *editor) { el_resize(editor->edit); }

void line_prepare(line_editor *editor, bool raw) { el_set(editor->edit, EL_PREP_TERM, (int)raw); }

void line_bind(line_editor *editor, const char *key, const char *command) {
    el_set(editor->edit, EL_BIND, key, command, NULL);
}

void line_remember(line_editor *editor, const char *entry) {
    HistEvent event;
    history(editor->history, &event, H_ENTER, entry);
}
