# Pairs of sockets, and waiting for them.
import _socket
import _thread
import select
import time


def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e, e.args)
a,b=_socket.socketpair()
print(a.family, a.type, a.proto, a.gettimeout(), repr(a.getsockname()))
a.setblocking(False); print(a.timeout, a.getblocking())
t(lambda: a.recv(10))
b.settimeout(.01)
t(lambda: b.recv(10))
t(lambda: b.recv(-1)); t(lambda: b.send('x')); t(lambda: b.recv_into(bytearray(3)))
a.send(b'hello'); print(b.recv(2), b.recv(9, _socket.MSG_PEEK), b.recv(8))
bb = bytearray(4); a.send(b'hel'); print(b.recv_into(bb), bb)
a.close(); t(lambda: b.recv(3)); t(lambda: b.send(b'x')); t(lambda: a.recv(1)); t(lambda: a.fileno()); print(a)
t(lambda: a.close()); t(lambda: a.detach())
p,q=_socket.socketpair(); p.shutdown(1); t(lambda: q.recv(1)); t(lambda: p.send(b'1')); t(lambda: p.shutdown(7)); t(lambda: q.send(b'2')); t(lambda: p.recv(4))
e=select.epoll(); 
e.register(p, 1|4); t(lambda: e.register(p)); print(e.poll(0)==[(p.fileno(),4)])
q.close(); print([m for f,m in e.poll(0)])
t(lambda: e.poll('x')); t(lambda: e.modify(99,1)); t(lambda: e.unregister(99)); t(lambda:e.register(-1)); t(lambda:e.register(object()))
t(lambda: e.poll(0, 0)); t(lambda: e.poll(0,-2)); 
print(e.closed); e.close(); t(lambda: e.poll(0)); t(lambda: e.fileno()); print(e.closed)
po=select.poll(); po.register(p); print([m for f,m in po.poll(0)]); t(lambda: po.poll('a')); t(lambda: po.unregister(1000)); t(lambda: po.modify(1000,1))
t(lambda: [len(x) for x in select.select([p],[p],[p],0)]); t(lambda: select.select([],[],[],0.01)); t(lambda: select.select([99999],[],[],0)); t(lambda: select.select([-1],[],[],0)); t(lambda: select.select(1,[],[],0)); t(lambda: select.select([],[],[],-1)); t(lambda: select.select(['a'],[],[],0))
t(lambda: _socket.socket(99)); t(lambda: _socket.socketpair(2)); t(lambda: a.settimeout(-1)); t(lambda: a.settimeout('x'))
t(lambda: _socket.socket(1,1,0,12345)); t(lambda: _socket.socket(fileno=-5)); t(lambda: _socket.socket(fileno=1))
print(_socket.getdefaulttimeout())
x=_socket.socketpair(1,2)
x[0].send(b'abc'); x[0].send(b'de'); print(x[1].recv(2), x[1].recv(10))
p.close(); del p
c, d = _socket.socketpair()
_thread.start_new_thread(lambda: (time.sleep(0.02), c.sendall(b'from a thread')), ())
print(d.recv(100))
e = select.epoll()
e.register(d, select.EPOLLIN)
_thread.start_new_thread(lambda: (time.sleep(0.02), c.send(b'again')), ())
print(len(e.poll(5)), d.recv(100), e.poll(0.01))
_thread.start_new_thread(lambda: (time.sleep(0.02), c.close()), ())
print([len(x) for x in select.select([d], [], [], 5)], d.recv(1))
for s in (b, d, e, *x):
    s.close()
