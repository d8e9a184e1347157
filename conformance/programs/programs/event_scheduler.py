"""A cache with weak values, an event bus and a scheduler."""
import gc, sys, weakref, heapq, functools, itertools, contextlib
from collections import deque, defaultdict, namedtuple, Counter, OrderedDict
from dataclasses import dataclass, field
from enum import Enum, auto
class State(Enum):
    NEW = auto(); RUNNING = auto(); DONE = auto()
@dataclass(order=True)
class Job:
    when: float
    name: str = field(compare=False)
    action: object = field(compare=False, repr=False)
    state: State = field(default=State.NEW, compare=False)
class Bus:
    def __init__(self): self.handlers = defaultdict(weakref.WeakSet)
    def on(self, ev, h): self.handlers[ev].add(h); return h
    def emit(self, ev, *a):
        for h in sorted(self.handlers[ev], key=lambda h: h.name): h(*a)
class Handler:
    live = weakref.WeakValueDictionary()
    def __init__(self, name): self.name = name; self.log = []; Handler.live[name] = self
    def __call__(self, *a): self.log.append(a)
    def __repr__(self): return f'<{self.name}>'
class Scheduler:
    def __init__(self): self.q = []; self.now = 0; self.bus = Bus()
    def at(self, when, name, action):
        j = Job(when, name, action); heapq.heappush(self.q, j); return weakref.proxy(j)
    def run(self):
        while self.q:
            j = heapq.heappop(self.q); self.now = j.when; j.state = State.RUNNING
            try: r = j.action(self, j)
            except Exception as e: self.bus.emit('error', j.name, type(e).__name__, str(e))
            else: self.bus.emit('done', j.name, r)
            j.state = State.DONE
def main():
    s = Scheduler(); h1 = Handler('log'); h2 = Handler('err')
    s.bus.on('done', h1); s.bus.on('error', h2)
    def tick(s, j):
        if s.now < 5: s.at(s.now + 1, f'tick{int(s.now) + 1}', tick)
        return s.now * 2
    p = s.at(1, 'tick1', tick); s.at(2.5, 'bad', lambda s, j: {}['missing']); s.at(3, 'zero', lambda s, j: 1 / 0)
    print(p.state, p.name)
    s.run()
    print(h1.log); print(h2.log)
    try: p.name
    except ReferenceError as e: print(e)
    print(sorted(Handler.live), len(s.bus.handlers['done']))
    del h1; print(sorted(Handler.live), len(s.bus.handlers['done']))
    h2.self = h2; del h2; print(sorted(Handler.live)); print(gc.collect(), sorted(Handler.live))
    return s
s = main(); print(sys.getrefcount(s) - 1, gc.collect(), gc.collect())
P = namedtuple('P', 'x y'); ps = [P(i, j) for i, j in itertools.product(range(3), repeat=2)]
print(Counter(p.x for p in ps), max(ps), sorted(ps, key=lambda p: (p.y, -p.x))[:3], P._make([1, 2])._replace(x=9))
od = OrderedDict.fromkeys('abcd'); od.move_to_end('a'); od.popitem(last=False); print(od, list(reversed(od)))
@contextlib.contextmanager
def tag(n):
    print('<', n)
    try: yield n.upper()
    except ValueError as e: print('caught', e)
    finally: print('>', n)
with tag('a') as t, tag('b'): print(t); raise ValueError('x')
@functools.lru_cache(maxsize=3)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20), fib.cache_info()); print(functools.reduce(lambda a, b: a * b, range(1, 10)))
q = deque(range(10), maxlen=4); q.rotate(1); print(q, list(itertools.islice(itertools.cycle(q), 6)))
print([list(g) for k, g in itertools.groupby('aabbbc')], list(itertools.accumulate([1, 2, 3])))
gc.collect(); print(gc.garbage, gc.isenabled())
