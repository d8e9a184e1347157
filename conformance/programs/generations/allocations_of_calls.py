import functools
import gc
import operator
import sys

gc.disable()


class Plain:
    def __init__(self, n=0):
        self.n = n

    def __str__(self):
        return "plain"


class Other:
    pass


def takes(*args, **keywords):
    return args


plain = Plain()
items = [3, 1, 2]
table = {"x": 1, "y": []}
expressions = """
print()
print(1)
print(1, 2, sep='-')
int('3')
int(2.5)
list(map(int, '12'))
repr(items)
repr(table)
sys.getsizeof(items)
sys.getsizeof(items, 0)
sys.getrefcount(items)
functools.reduce(operator.add, items)
functools.reduce(operator.add, items, 0)
type('X', (Plain, Other), {})
type('X', (list,), {})
Plain.__new__(Plain)
Plain.__new__(Plain, *())
Plain.__subclasshook__(1)
takes(*items)
takes(**table)
takes(1, *items, x=2)
'a,b'.find(',')
'a,b'.split(',')
'{} {}'.format(1, 2)
{1}.union(items)
table.update(x=1)
max(items)
max(items, key=lambda q: -q)
sorted(items, key=str)
""".strip().split("\n")
codes = [(text, eval(f"lambda: {text}")) for text in expressions]


def counted(code):
    gc.collect()
    before = gc.get_count()[0]
    code()
    return gc.get_count()[0] - before


for text, code in codes:
    first = counted(code)
    print(f"{text:<45}{first:>3}{counted(code):>3}")
gc.collect()
before = gc.get_count()[0]


class Derived(list):
    pass


print("a class that is derived from list", gc.get_count()[0] - before)
known = {id(o) for o in gc.get_objects()}
repr([items])
print("after more reprs", sum(id(o) not in known for o in gc.get_objects() if type(o) is dict))


class Counted:
    def __repr__(self):
        return f"<{sys.getrefcount(holder)}>"


holder = [Counted()]
print(holder, sys.getrefcount(holder))
holder = {"k": Counted()}
print(holder, sys.getrefcount(holder))
