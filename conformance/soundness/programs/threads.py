import queue
import threading


def test():
    lock = threading.Lock()
    total = []
    local = threading.local()

    def work(n):
        local.value = [n]
        for i in range(5):
            with lock:
                total.append(local.value[0] + i)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    q = queue.Queue()
    s = queue.SimpleQueue()
    q.put(1), s.put([2]), q.get(), s.get(), s.empty()
    event, cond, sem, r = threading.Event(), threading.Condition(), threading.Semaphore(2), threading.RLock()
    event.set(), event.wait()
    with cond, sem, r, r:
        cond.notify_all()
    assert repr(lock) and repr(r) and repr(threading.current_thread()) and threading.enumerate() and local.__dict__ == {}
    try:
        s.get_nowait()
    except queue.Empty as e:
        repr(e)
    try:
        lock.release()
    except RuntimeError as e:
        str(e)
    local.me = local
    del local.me
