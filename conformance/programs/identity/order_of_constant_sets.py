"""The order of constant sets, which the compiler makes twice."""
print(list({1, 2.5, 15, b'abc', True}))
print(list({1, 2.5, 15, b'abc'}))
print([*{1, 2.5, 15, b'abc', True}])
s = {1, 2.5, 15, b'abc', True}
print(list(s), list(frozenset((1, 2.5, 15, b'abc', True))), list(frozenset([1, 2.5, 15, b'abc'])), list(set([1, 2.5, 15, b'abc'])))
x = 1 in {1, 2.5, 15, b'abc', True}
def f(): return 7 in {1, 2.5, 15, b'abc', True}
print([list(c) for c in f.__code__.co_consts if isinstance(c, frozenset)])
