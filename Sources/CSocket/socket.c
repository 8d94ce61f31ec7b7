#define _GNU_SOURCE
#include "CSocket.h"

#include <sys/socket.h>

int socket_accept(int listening, void *peer) {
    socklen_t length = sizeof(struct sockaddr_storage);
    return accept4(listening, peer, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}
