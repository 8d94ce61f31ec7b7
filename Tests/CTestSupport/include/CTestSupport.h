// What the tests need of the system and Swift's Glibc module does not show.
#ifndef CTESTSUPPORT_H
#define CTESTSUPPORT_H

#include <spawn.h>

// Has a process that is spawned begin with no descriptor from `first` on.
int spawn_close_from(posix_spawn_file_actions_t *actions, int first);

#endif
