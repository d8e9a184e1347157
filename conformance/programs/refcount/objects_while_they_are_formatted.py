import sys


def refs(x):
    return sys.getrefcount(x) - 1


class P:

    def __format__(self, s):
        return str(refs(self))

    def __str__(self):
        return str(refs(self))

    def __repr__(self):
        return str(refs(self))


p = P()
print('{}'.format(p))
print('{0}'.format(p))
print('{x}'.format(x=p))
print('{0.a}'.format(type('Q', (), {'a': p})))
print('{!s}'.format(p), '{!r}'.format(p), format(p), format(p, 'x'), '{:>3}'.format(p), '{x}'.format_map({'x': p}))
print('%s %r' % (p, p), '%(a)s' % {'a': p}, f'{p!s} {p!r} {p:x}')
print(str.join(',', [str(p)]), repr([p]), str((p,)), repr({1: p}), str({p}))
