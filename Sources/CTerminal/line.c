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
    line_callbacks callbacks;
    void *context;
    bool terminal_unknown;
};

static line_editor *owner(EditLine *edit) {
    line_editor *editor = NULL;
    el_get(edit, EL_CLIENTDATA, &editor);
    return editor;
}

// libedit asks for it whenever it draws the whole line, and at no other time.
static char *give_prompt(EditLine *edit) {
    static char none[1];
    line_editor *editor = owner(edit);
    if (editor->callbacks.drawn) editor->callbacks.drawn(editor->context);
    return editor->prompt ? editor->prompt : none;
}

static int give_character(EditLine *edit, wchar_t *character) {
    line_editor *editor = owner(edit);
    uint32_t scalar = 0;
    int result = editor->callbacks.read(editor->context, &scalar);
    *character = (wchar_t)scalar;
    if (result < 0) errno = EINTR;
    return result;
}

static unsigned char act(EditLine *edit, line_action action) {
    line_editor *editor = owner(edit);
    switch (editor->callbacks.act(editor->context, action)) {
    case LINE_UNCHANGED: return CC_NORM;
    case LINE_CHANGED: return CC_REFRESH;
    case LINE_REFUSED: break;
    }
    return CC_ERROR;
}

static unsigned char complete(EditLine *edit, int key) {
    (void)key;
    return act(edit, LINE_COMPLETE);
}

static unsigned char paste(EditLine *edit, int key) {
    (void)key;
    return act(edit, LINE_PASTE);
}

// libedit's own takes an empty line for the end of the input where the keys are vi's.
static unsigned char delete_next(EditLine *edit, int key) {
    (void)key;
    const LineInfoW *line = el_wline(edit);
    if (line->cursor == line->lastchar) return CC_ERROR;
    el_cursor(edit, 1);
    el_deletestr(edit, 1);
    return CC_REFRESH;
}

// libedit's own stays before the last character where the keys are vi's.
static unsigned char move_to_end(EditLine *edit, int key) {
    (void)key;
    const LineInfoW *line = el_wline(edit);
    el_cursor(edit, (int)(line->lastchar - line->cursor));
    return CC_CURSOR;
}

static void add(EditLine *edit, const char *name, unsigned char (*command)(EditLine *, int)) {
    el_set(edit, EL_ADDFN, name, name, command);
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
    el_set(editor->edit, EL_PROMPT_ESC, give_prompt, LINE_PROMPT_MARK);
    add(editor->edit, "complete", complete);
    add(editor->edit, "paste", paste);
    add(editor->edit, "delete-next-char", delete_next);
    add(editor->edit, "move-to-end", move_to_end);
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
    line_editor *editor,
    const char *prompt,
    line_callbacks callbacks,
    void *context,
    int *count) {
    free(editor->prompt);
    editor->prompt = strdup(prompt);
    editor->callbacks = callbacks;
    editor->context = context;
    *count = 0;
    const char *line = el_gets(editor->edit, count);
    editor->callbacks = (line_callbacks){0};
    return line;
}

const int32_t *line_text(line_editor *editor, size_t *count, size_t *cursor) {
    _Static_assert(sizeof(wchar_t) == sizeof(int32_t), "a wide character is 32 bits");
    const LineInfoW *line = el_wline(editor->edit);
    *count = (size_t)(line->lastchar - line->buffer);
    *cursor = (size_t)(line->cursor - line->buffer);
    return (const int32_t *)line->buffer;
}

void line_insert(line_editor *editor, const int32_t *characters) {
    el_winsertstr(editor->edit, (const wchar_t *)characters);
}

void line_refresh(line_editor *editor) { el_set(editor->edit, EL_REFRESH); }

void line_resize(line_editor *editor) { el_resize(editor->edit); }

void line_prepare(line_editor *editor, bool raw) { el_set(editor->edit, EL_PREP_TERM, (int)raw); }

void line_bind(line_editor *editor, const char *key, const char *command) {
    el_set(editor->edit, EL_BIND, key, command, NULL);
}

void line_bind_command_mode(line_editor *editor, const char *key, const char *command) {
    el_set(editor->edit, EL_BIND, "-a", key, command, NULL);
}

void line_source(line_editor *editor) {
    el_source(editor->edit, NULL);
    el_set(editor->edit, EL_EDITMODE, 1);
}

bool line_is_vi(line_editor *editor) {
    const char *name = NULL;
    return el_get(editor->edit, EL_EDITOR, &name) == 0 && name && strcmp(name, "vi") == 0;
}

void line_remember(line_editor *editor, const char *entry) {
    HistEvent event;
    history(editor->history, &event, H_ENTER, entry);
}
