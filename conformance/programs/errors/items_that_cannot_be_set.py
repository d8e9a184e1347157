class Seq:
    def __len__(self): return 3
    def __getitem__(self, i): return i
class Slots:
    __slots__=('a',)

vals = [None, 5, 'abc', b'abc', (1,2), 1.5, {1}, frozenset(), range(3), len, object(), Seq(), Slots(), type, int, (x for x in ()), memoryview(b'ab'), slice(1), Ellipsis, iter([]), {}.keys(), lambda: 0, complex(1), Exception(), list[int], int|str]
for v in vals:
    for k in (0, 'x', slice(0,1), None):
        for op in ('del v[k]', 'v[k] = 1'):
            try: exec(op)
            except Exception as e: print(type(v).__name__, repr(k), op, type(e).__name__, e)
            else: print(type(v).__name__, repr(k), op, 'ok')
