# Threads that wait below natives: generators, context managers, partial objects, Context.run.
import contextlib
import contextvars
import functools
import queue
import threading
import time

say = print
def gen(n):
    for i in range(n):
        time.sleep(0.03 * (n - i))
        yield i
    return 'done'
def loop(name, n):
    for i in gen(n): say(name, i)
def yf(name):
    def outer():
        r = yield from gen(2)
        say(name, 'returned', r)
    say(name, list(outer()) if name == 'list' else [next(g) for g in [outer()]])
def sender(name):
    g = gen(1)
    say(name, g.send(None))
    try: g.send(None)
    except StopIteration as e: say(name, 'stop', e.value)
    say(name, next(g, 'default'))
@contextlib.contextmanager
def cm(name):
    time.sleep(0.045); say(name, 'enter')
    try: yield name
    finally: time.sleep(0.045); say(name, 'exit')
def with_cm(name):
    with cm(name) as x: say('in', x)
v = contextvars.ContextVar('v', default=0)
def in_ctx(name, k):
    v.set(k); time.sleep(0.06 * k); say(name, v.get())
    if k == 2: raise ValueError(name)
def ctx_run(name, k):
    ctx = contextvars.copy_context()
    try: ctx.run(in_ctx, name, k)
    except ValueError as e: say('raised', e)
    say(name, 'after', v.get(), ctx[v])
    try: functools.partial(ctx.run, functools.partial(in_ctx, name), k=k)()
    except ValueError as e: say('raised', e, v.get())
    say(name, functools.partial(ctx.run, time.sleep, 0.001)(), ctx.run(time.sleep, 0.001), v.get())
class E:
    def __enter__(self): time.sleep(0.09); return self
    def __exit__(self, *a): time.sleep(0.03); return True
def with_e(name):
    with E(): say(name, 'in'); 1/0
    say(name, 'out')
def run(*fs):
    ts = [threading.Thread(target=f, args=a) for f, *a in fs]
    for t in ts:
        t.start()
        time.sleep(0.013)
    for t in ts:
        t.join()
    say('--')
run((loop, 'a', 3), (loop, 'b', 2))
run((yf, 'x'), (sender, 's'))
run((with_cm, 'p'), (with_cm, 'q'))
run((ctx_run, 'c1', 1), (ctx_run, 'c2', 2))
run((with_e, 'e'), (with_e, 'f'))
q = queue.Queue(1)
def produce():
    for i in gen(3): q.put(i)
    q.put(None)
def consume():
    for x in iter(q.get, None): say('got', x)
run((produce,), (consume,))
def gen_lock(lock, name):
    with lock:
        yield name
        time.sleep(0.03)
lock = threading.Lock()
run(*[((lambda n: [say(n, x) for x in gen_lock(lock, n)]), n) for n in 'uvw'])
