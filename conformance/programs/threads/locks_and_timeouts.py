# Locks, their timeouts and the order in which waiting threads get them.
import _thread
import threading
import time


def holder(lock, held, release):
    with lock:
        held.set()
        release.wait()


lock = threading.Lock()
held, release = threading.Event(), threading.Event()
t = threading.Thread(target=holder, args=(lock, held, release))
t.start()
held.wait()
print(lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), lock.acquire(True, 0.01))
got = []


def wait_for(name, lock):
    with lock:
        got.append(name)


waiting = []
for name in 'abc':
    w = threading.Thread(target=wait_for, args=(name, lock))
    w.start()
    time.sleep(0.02)
    waiting.append(w)
release.set()
for w in waiting:
    w.join()
t.join()
print(got, lock.locked())
for bad in (lambda: lock.release(), lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2), lambda: lock.acquire(timeout=1e20)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)

r = threading.RLock()
r.acquire()
print(r.acquire(), r._is_owned(), r._recursion_count())
results = []


def other():
    results.append(r.acquire(False))
    results.append(r.acquire(timeout=0.01))
    try:
        r.release()
    except RuntimeError as e:
        results.append(str(e))


t = threading.Thread(target=other)
t.start()
t.join()
print(results)
r.release()
r.release()
print(r._is_owned())

cond = threading.Condition()
turn = 0
log = []


def player(me, other):
    global turn
    for i in range(3):
        with cond:
            cond.wait_for(lambda: turn == me)
            log.append((me, i))
            turn = other
            cond.notify_all()


ts = [threading.Thread(target=player, args=pair) for pair in ((0, 1), (1, 0))]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(log)
with cond:
    print(cond.wait(0.01), cond.wait_for(lambda: False, 0.01))

e = threading.Event()
print(e.wait(0.01), e.is_set())
sem = threading.BoundedSemaphore(1)
print(sem.acquire(), sem.acquire(blocking=False), sem.acquire(timeout=0.01))
sem.release()
try:
    sem.release()
except ValueError as error:
    print(error)
done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(lambda: done.release(), ())
print(done.acquire(timeout=5))
