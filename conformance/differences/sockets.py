"""The network cannot be reached: sockets other than `socketpair` are refused."""

import socket

try:
    socket.socket().close()
    print('made')
except OSError as error:
    print(type(error).__name__)
