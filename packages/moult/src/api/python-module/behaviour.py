import gc, sys, moult

class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)

cache = {}
alone = Node()
cache['alone'] = alone

# Asking changes no count.
before = sys.getrefcount(alone)
text = moult.why(alone)
print(sys.getrefcount(alone) == before, text.splitlines()[0].split(':')[1].split(',')[0])
print([line.strip().split(' -> ')[0] for line in text.splitlines()[1:]])
try:
    moult.why(alone, limit=0)
except ValueError as e:
    print(e)

# Snapshots.
first = moult.snapshot()
more = [Node() for _ in range(3)]
print(moult.diff(first)['Node'])
second = moult.snapshot()
del more
print(moult.diff(second, moult.snapshot())['Node'], moult.diff(first, first))
with moult.track() as t:
    more = [Node() for _ in range(5)]
print(t.diff['Node'])
del more

# Cycles.
print(len(moult.cycles()))
tree = Node()
leaf = Node(tree)
found = moult.cycles()
print(len(found), 'with Node.parent as a weak reference none' in found[0])
del tree, leaf
print(len(moult.cycles()), gc.collect(), len(moult.cycles()))

# Leaks.
def tidy():
    Node(Node())
def leaky():
    cache['new'] = Node(Node())
with moult.expect_no_leaks():
    tidy()
try:
    with moult.expect_no_leaks():
        leaky()
except AssertionError as e:
    lines = str(e).splitlines()
    print(lines[0])
    print([line for line in lines if 'allocated' in line])
    print([line.strip().split(' -> ')[0] for line in lines[2:6]])
else:
    print('not found')
import tracemalloc
print(tracemalloc.is_tracing())

# Cycles in a block.
gc.collect()
with moult.expect_no_cycles():
    Node()
try:
    with moult.expect_no_cycles():
        tidy()
except AssertionError as e:
    print(str(e).splitlines()[0], 'allocated at behaviour.py:' in str(e), 'weak reference' in str(e))
gc.collect()
try:
    with moult.expect_no_cycles():
        tidy()
        gc.collect()
except AssertionError as e:
    print(str(e).splitlines()[-1])
try:
    with moult.expect_no_leaks():
        1 / 0
except ZeroDivisionError as e:
    print(type(e).__name__, tracemalloc.is_tracing())
print(moult.__doc__.split('.')[0])
