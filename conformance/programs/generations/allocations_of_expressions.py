import gc, sys
gc.disable()
def c(f):
    gc.collect(); a = gc.get_count(); r = f(); b = gc.get_count()
    return b[0] - a[0], b[1] - a[1], b[2] - a[2]
class A: pass
class S: __slots__ = ('a', 'b')
class L(list): pass
class D: 
    def __init__(self): self.x = 1; self.y = []
def ff(): pass
def gen(): yield 1
async def co(): pass
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): pass
    def m(self): pass
tests = {
 'list': lambda: [], 'list3': lambda: [1, 2, 3], 'dict': lambda: {}, 'dict1': lambda: {1: 1}, 'tuple': lambda: (ff,), 'set': lambda: {1}, 'A': lambda: A(), 'S': lambda: S(), 'L': lambda: L(), 'D': lambda: D(), 'A.__dict__': lambda: A().__dict__,
 'func': lambda: (lambda: 0), 'gen': lambda: gen(), 'genexp': lambda: (x for x in ()), 'coro': lambda: co().close(), 'bound': lambda: CM().m, 'exc': lambda: ValueError(1), 'iter': lambda: iter([]), 'lc': lambda: [[] for x in range(10)], 'dc': lambda: {i: [] for i in range(10)}, 'sc': lambda: {(i, ff) for i in range(10)}, 'class': lambda: type('X', (), {}), 'class2': lambda: type('X', (A,), {'a': 1, 'f': ff}), 'slotclass': lambda: type('X', (), {'__slots__': ('a',)}), 'range': lambda: range(5), 'slice': lambda: slice(1, 2), 'zip': lambda: zip([], []), 'map': lambda: map(ff, []), 'enum': lambda: enumerate([]), 'sorted': lambda: sorted([3, 1, 2]), 'reversed': lambda: reversed([]), 'list(range)': lambda: list(range(10)), 'tuple(range)': lambda: tuple(range(10)), 'dict.items': lambda: list({1: 2, 3: 4}.items()), 'split': lambda: 'a b c'.split(), 'prop': lambda: property(ff), 'sm': lambda: staticmethod(ff), 'cell': lambda: (lambda x: lambda: x)(1), 'kw': lambda: (lambda **k: k)(a=1), 'va': lambda: (lambda *a: a)(1, 2), 'partition': lambda: 'a,b'.partition(','), 'divmod': lambda: divmod(7, 2), 'copy': lambda: [1].copy(), 'slice[]': lambda: [1, 2, 3][1:], 'add': lambda: [1] + [2], 'tupadd': lambda: (1,) + (2,), 'frozenset': lambda: frozenset([1]), 'fset0': lambda: frozenset(), 'locals': lambda: locals(), 'globals': lambda: globals(), 'dir': lambda: dir(S), 'vars': lambda: vars(A()), 'super': lambda: super(A, A()), 'mod': lambda: type(sys)('x'), 'ga': lambda: list[int], 'union': lambda: int | str, 'try': lambda: tr(), 'with': lambda: wi(), 'fmt': lambda: '%s %s' % (1, 2), 'fstr': lambda: f'{1}{2}', 'unpack': lambda: un(), 'star': lambda: st(1, 2, *[3], **{'a': 1}), 'dictview': lambda: {}.keys(), 'any': lambda: any(x for x in range(3)), 'nested': lambda: [[[]]], 'map list': lambda: list(map(lambda x: [x], range(3))), 'frame': lambda: sys._getframe(), 'tb': lambda: tr2(), 'ga2': lambda: getattr(A(), 'zz', None), 'setattr': lambda: setattr(A(), 'x', []), 'cmp': lambda: [1, 2] == [1, 2], 'setops': lambda: {1} | {2}, 'dictor': lambda: {1: 1} | {2: 2}, 'int': lambda: 10**50, 'sum': lambda: sum([[1], [2]], []), 'max': lambda: max([1], [2], key=len), 'min': lambda: min(x for x in (1, 2)), 'list.sort key': lambda: [[2], [1]].sort(key=lambda x: x[0]), 'next': lambda: next(gen()), 'dec': lambda: deco(), 'cls': lambda: mk(), 'match': lambda: ma({'a': [1, 2]}), 'zip list': lambda: list(zip([1, 2], [3, 4])), 'enum list': lambda: list(enumerate('ab')), 'od items': lambda: list({1: 2}.items()),
}
def tr():
    try: raise ValueError(1)
    except ValueError as e: pass
def tr2():
    try: raise ValueError(1)
    except ValueError as e: return e
def wi():
    with CM() as x: pass
def un():
    a, *b = [1, 2, 3]; (c, d), e = (1, 2), 3
def st(*a, **k): return a, k
def deco():
    @staticmethod
    def f(): pass
    return f
def mk():
    class X:
        a = 1
        def f(self): pass
        @property
        def p(self): return 1
    return X
def ma(v):
    match v:
        case {'a': [x, *y], **r}: return x, y, r
for k, f in tests.items(): print(k, c(f), c(f))
print(gc.get_count()[1:], gc.get_stats()[0]['collections'] if 0 else '')
gc.enable()
