# When what a thread owns dies: its target, arguments, locals, thread-locals, result.
import gc
import sys
import threading
import time
import weakref


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def work(arg, *, key):
    local = Noted('local')
    print('works with', arg.name, key.name)


t = threading.Thread(target=work, args=(Noted('arg'),), kwargs={'key': Noted('key')})
t.start()
t.join()
print('joined')


class Target:
    def __call__(self):
        print('called')

    def __del__(self):
        print('target dies')


t = threading.Thread(target=Target())
t.start()
t.join()
print('after target')

store = threading.local()


def with_local():
    store.value = Noted('thread-local')
    store.cycle = [store]
    print('set')


t = threading.Thread(target=with_local)
t.start()
t.join()
print('local gone', hasattr(store, 'value'))


class Own(threading.local):
    made = 0

    def __init__(self, start):
        Own.made += 1
        self.n = start


own = Own(5)
seen = []


def look():
    seen.append(own.n)
    own.n = 6


for _ in range(2):
    t = threading.Thread(target=look)
    t.start()
    t.join()
print(seen, own.n, Own.made)


def fails():
    held = Noted('held by the traceback')
    raise ValueError('in thread')


kept = []
threading.excepthook = lambda args: kept.append(args.exc_value)
t = threading.Thread(target=fails)
t.start()
t.join()
print(repr(kept[0]))
del t
kept.clear()
gc.collect()
print('collected')

ref = None


def watched():
    global ref
    o = Noted('watched')
    ref = weakref.ref(o, lambda _: print('callback in', threading.current_thread().name))
    ready.set()
    go.wait()


ready, go = threading.Event(), threading.Event()
t = threading.Thread(target=watched, name='watcher')
t.start()
ready.wait()
o = ref()
print(sys.getrefcount(o) - 1, gc.get_referrers(o) is not None)
del o
go.set()
t.join()
print(ref())


def cycle():
    a = Noted('in a cycle')
    a.me = a


t = threading.Thread(target=cycle)
t.start()
t.join()
print(gc.collect())
before = sys.getrefcount(work)
ts = [threading.Thread(target=work, args=(Noted('x'),), kwargs={'key': Noted('y')}) for _ in range(3)]
print(sys.getrefcount(work) - before)
ts.clear()
print(sys.getrefcount(work) - before)
