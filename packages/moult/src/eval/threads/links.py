# Threads that wait below generators, context managers and with blocks.
import _thread
import time

running = 0
done = _thread.allocate_lock()


def gen(n, step):
    for i in range(n):
        time.sleep(step)
        yield i
    return 'returned'


def loop(name, step):
    for i in gen(2, step):
        print(name, i)


def delegated(name, step):
    def outer():
        print(name, (yield from gen(2, step)))

    for x in outer():
        print(name, x)


def sent(name, step):
    g = gen(1, step)
    print(name, g.send(None))
    try:
        g.send(None)
    except StopIteration as e:
        print(name, 'stop', e.value)
    print(name, next(g, 'default'), next(gen(1, step)))


class Manager:
    def __init__(self, name, step):
        self.name = name
        self.step = step

    def __enter__(self):
        time.sleep(self.step)
        return self

    def __exit__(self, kind, value, traceback):
        time.sleep(self.step)
        print(self.name, 'leaves', kind)
        return True


def managed(name, step):
    with Manager(name, step) as m:
        print(name, 'in', m.name)
        1 / 0
    print(name, 'out')


def raising(name, step):
    def fails():
        time.sleep(step)
        yield 1
        time.sleep(step)
        raise KeyError(name)

    try:
        for x in fails():
            print(name, x)
    except KeyError as e:
        print(name, 'caught', e)


def run(f):
    global running

    def thread(name, step):
        global running
        f(name, step)
        running -= 1

    running = 2
    _thread.start_new_thread(thread, ('a', 0.06))
    _thread.start_new_thread(thread, ('b', 0.10))
    while running:
        time.sleep(0.005)
    print('--')


for f in (loop, delegated, sent, managed, raising):
    run(f)
