import gc
import sys

info = []


def cb(phase, i):
    info.append((phase, dict(i)))


gc.callbacks.append(cb)
gc.collect()


class A:
    pass


for g in (0, 1, 2):
    a = A()
    a.a = a
    del a
    print(gc.collect(g), info[-2:])
gc.callbacks.remove(cb)
gc.set_threshold(10, 2, 2)
n = []


def cb2(p, i):
    if p == 'start':
        n.append(i['generation'])


gc.collect()
gc.callbacks.append(cb2)
keep = []
for i in range(200):
    keep.append([i])
print(n)
gc.callbacks.clear()
gc.set_threshold(700, 10, 10)
st = gc.get_stats()
gc.collect()
for i in range(5000):
    x = []
    x.append(x)
st2 = gc.get_stats()
print([(b['collections'] - a['collections'], b['collected'] - a['collected']) for a, b in zip(st, st2)])
gc.disable()
gc.collect()
x = [[] for _ in range(1000)]
print(gc.get_count())
del x
print(gc.get_count())
gc.enable()
x = []
print(gc.get_count()[1:])
gc.freeze()
n = gc.get_freeze_count()
print(n > 0, len(gc.get_objects()) < 20)
gc.unfreeze()
print(gc.get_freeze_count())
gc.set_debug(gc.DEBUG_STATS)
gc.set_debug(0)
try:
    gc.collect(3)
except ValueError as e:
    print(e)
try:
    gc.set_threshold()
except TypeError as e:
    print(e)
try:
    gc.get_objects(5)
except ValueError as e:
    print(e)
try:
    gc.get_objects(-2)
except ValueError as e:
    print(e)
try:
    gc.set_debug('x')
except TypeError as e:
    print(e)
print(gc.get_referrers(), gc.get_referents(), gc.get_referents(1, 'a'))
print(gc.is_tracked(1), gc.is_tracked('a'), gc.is_tracked([]), gc.is_tracked({}), gc.is_tracked({'a': 1}), gc.is_tracked({'a': []}), gc.is_tracked(()), gc.is_tracked((1,)), gc.is_tracked(A()), gc.is_tracked(A), gc.is_tracked(len), gc.is_tracked(gc))
t = (1, 2, 'x')
print(gc.is_tracked(t))
gc.collect()
print(gc.is_tracked(t))
t = (1, [2])
gc.collect()
print(gc.is_tracked(t))
t = tuple([1, 'a'])
print(gc.is_tracked(t))
gc.collect()
print(gc.is_tracked(t))
d = dict(a=1)
d['b'] = (1, 2)
print(gc.is_tracked(d))
gc.collect()
print(gc.is_tracked(d))
d['c'] = []
print(gc.is_tracked(d))
del d['c']
gc.collect()
print(gc.is_tracked(d))
