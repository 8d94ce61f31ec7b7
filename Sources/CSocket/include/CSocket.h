// What Swift's Glibc module lacks of the system's sockets: epoll, eventfd, accept4. There is no logic
// here; Net has it.

#ifndef CSOCKET_H
#define CSOCKET_H

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

/// Takes a connection that waits, as a socket that never blocks; its peer's address is written to room
/// for a struct sockaddr_storage. Returns -1 and errno where none does.
int socket_accept(int listening, void *peer);

#endif
