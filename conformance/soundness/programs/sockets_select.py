import os
import select
import socket


def test():
    a, b = socket.socketpair()
    a.send(b"hello"), a.sendall(b"more")
    assert b.recv(5) and b.recv_into(bytearray(3)) and repr(a) and a.fileno() >= 0 and a.getsockname() is not None
    a.setblocking(False)
    try:
        a.recv(1)
    except BlockingIOError as e:
        str(e)
    assert select.select([b], [a], [], 0)
    p = select.poll()
    p.register(a, select.POLLIN | select.POLLOUT), p.poll(0), p.unregister(a)
    a.close(), b.close()
    try:
        socket.socket()
    except OSError as e:
        str(e)
    r, w = os.pipe()
    os.write(w, b"x"), os.read(r, 1), os.close(r), os.close(w)
    assert socket.AF_UNIX
