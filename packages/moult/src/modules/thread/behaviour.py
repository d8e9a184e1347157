# _thread, _queue, _signal and contexts without the library's Python modules.
import _contextvars
import _queue
import _signal
import _thread
import sys
import time


def shown(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


lock = _thread.allocate_lock()
shown(lock.acquire)
shown(lambda: lock.acquire(False))
shown(lambda: lock.acquire(timeout=0.01))
shown(lambda: lock.acquire(False, 1))
shown(lambda: lock.acquire(timeout=-5))
shown(lambda: lock.acquire(timeout=1e30))
shown(lambda: _thread.start_new_thread(1, ()))
shown(lambda: _thread.start_new_thread(print, []))
shown(lambda: _thread.start_new_thread(print, (), 1))
shown(lock.release)
shown(lock.release)
print(_thread._count(), _thread.daemon_threads_allowed())

log = []
_thread.start_new_thread(log.append, ('builtin',))
_thread.start_new_thread(lambda *a, **k: log.append((a, k)), (1,), {'b': 2})


class Callable:
    def __call__(self, *args):
        log.append(args)
        raise SystemExit


_thread.start_new_thread(Callable(), (3,))
time.sleep(0.05)
print(log, _thread._count())

local = _thread._local()
local.x = 1


def look():
    log.append(hasattr(local, 'x'))
    local.x = 2
    log.append(local.__dict__)


log.clear()
_thread.start_new_thread(look, ())
time.sleep(0.05)
print(log, local.x)

queue = _queue.SimpleQueue()
shown(queue.get_nowait)
shown(lambda: queue.get(timeout=0.01))
shown(lambda: queue.get(timeout=-1))
shown(lambda: _queue.SimpleQueue(1))


def take(name):
    while (item := queue.get()) is not None:
        log.append((name, item))


log.clear()
for name in 'ab':
    _thread.start_new_thread(take, (name,))
for i in range(4):
    queue.put(i)
    time.sleep(0.02)
queue.put(None)
queue.put(None)
time.sleep(0.02)
print([item for _, item in log], queue.qsize(), queue.empty())


def interrupted():
    try:
        _thread.interrupt_main()
        time.sleep(5)
        print('not reached')
    except KeyboardInterrupt as e:
        print(repr(e))


interrupted()
_signal.signal(10, lambda number, frame: print('signal', number, frame.f_code.co_name))


def raises():
    _signal.raise_signal(10)


raises()
_thread.start_new_thread(_thread.interrupt_main, (10,))
time.sleep(0.05)
shown(lambda: _signal.signal(2, 5))
shown(lambda: _signal.signal(0, 0))
shown(lambda: _signal.getsignal(13))
shown(lambda: _signal.strsignal(11))
log.clear()
_thread.start_new_thread(lambda: log.append(shown(lambda: _signal.signal(10, 0))), ())
time.sleep(0.05)

variable = _contextvars.ContextVar('variable', default='default')
variable.set('main')
_thread.start_new_thread(lambda: print(variable.get()), ())
time.sleep(0.05)
shown(lambda: _contextvars.Context(1))
shown(lambda: _contextvars.ContextVar())
shown(lambda: _contextvars.Token())
shown(lambda: _contextvars.copy_context()[1])
print(_contextvars.copy_context() == _contextvars.copy_context(), variable.set(1).old_value, _contextvars.Token.MISSING)

ready, go = _thread.allocate_lock(), _thread.allocate_lock()
ready.acquire()
go.acquire()


def handling():
    try:
        1 / 0
    except ZeroDivisionError:
        ready.release()
        with go:
            pass


ident = _thread.start_new_thread(handling, ())
ready.acquire()
time.sleep(0.01)
print(sys._current_frames()[ident].f_code.co_name, repr(sys._current_exceptions()[ident]), len(sys._current_frames()))
go.release()
time.sleep(0.01)
print(_thread._count(), sys.getswitchinterval())
