import concurrent.futures as cf
import queue
import threading
import time


def work(n):
    time.sleep(0.02 * n)
    return n * n


with cf.ThreadPoolExecutor(3, thread_name_prefix='pool') as ex:
    print(list(ex.map(work, [3, 1, 2])))
    fs = [ex.submit(work, n) for n in (3, 1, 2)]
    print([f.result() for f in cf.as_completed(fs)])

    def bad():
        raise ValueError(threading.current_thread().name.split('_')[0])

    f = ex.submit(bad)
    print(repr(f.exception()))
    slow = ex.submit(work, 5)
    try:
        slow.result(timeout=0.01)
    except TimeoutError as e:
        print('timeout', repr(e))
    done, pending = cf.wait([slow, f], return_when=cf.FIRST_COMPLETED)
    print(len(done), len(pending))
    slow.add_done_callback(lambda f: print('callback', f.result()))
print(slow.done())

q = queue.Queue(2)
seen = []


def consumer():
    while (item := q.get()) is not None:
        seen.append(item)
        q.task_done()
    q.task_done()


t = threading.Thread(target=consumer)
t.start()
for i in range(10):
    q.put(i)
q.put(None)
q.join()
t.join()
print(seen, q.empty())
try:
    q.get(timeout=0.01)
except queue.Empty as e:
    print(repr(e))
for i in range(2):
    q.put_nowait(i)
try:
    q.put(9, timeout=0.01)
except queue.Full as e:
    print(repr(e))

s = queue.SimpleQueue()
out = []


def taker(name):
    for x in iter(s.get, None):
        out.append((name, x))


ts = [threading.Thread(target=taker, args=(n,)) for n in 'ab']
for t in ts:
    t.start()
for i in range(4):
    s.put(i)
    time.sleep(0.01)
for t in ts:
    s.put(None)
for t in ts:
    t.join()
print([x for _, x in out], s.qsize())

barrier = threading.Barrier(3, action=lambda: print('all there'))
order = []


def arrive(n):
    time.sleep(0.02 * n)
    order.append(n)
    barrier.wait()


ts = [threading.Thread(target=arrive, args=(i,)) for i in range(3)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(order, barrier.broken)

count = 0


def spin():
    global count
    for _ in range(20000):
        with lock:
            count += 1


lock = threading.Lock()
ts = [threading.Thread(target=spin) for _ in range(4)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(count)
