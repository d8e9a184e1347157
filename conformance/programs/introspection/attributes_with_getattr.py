"""Attributes of instances with `__getattr__`, from one place that sees them come, go, and be answered for."""
import sys


class Hooked:
    shared = 'shared'

    def __init__(self):
        self.own = 'own'

    def __getattr__(self, name):
        return 'hook ' + name

    def method(self):
        return 'method', sys.getrefcount(self)

    @property
    def prop(self):
        return 'prop'

    @property
    def broken(self):
        raise AttributeError('broken')


class Slotted:
    __slots__ = ('own',)

    def __getattr__(self, name):
        return 'slot hook ' + name


class Child(Hooked):
    pass


def own(o):
    return o.own


def shared(o):
    return o.shared


def method(o):
    return o.method()


def prop(o):
    return o.prop


def broken(o):
    return o.broken


def absent(o):
    return o.absent


for cls in (Hooked, Child):
    o = cls()
    for f in own, shared, method, prop, broken, absent:
        print(cls.__name__, f.__name__, [f(o) for i in range(4)])
o = Hooked()
del o.own
print([own(o) for i in range(3)])
o.own = 'again'
print([own(o) for i in range(3)])
o.shared = 'mine'
print([shared(o) for i in range(3)])
o.method = lambda: 'my method'
print([method(o) for i in range(3)])
s = Slotted()
print([own(s) for i in range(3)])
s.own = 1
print([own(s) for i in range(3)], [own(Hooked()) for i in range(3)])
del s.own
print([own(s) for i in range(3)])
del Hooked.shared
print([shared(Hooked()) for i in range(3)])
Hooked.__getattribute__ = lambda self, name: 'all ' + name
print([own(Hooked()) for i in range(3)], [shared(Child()) for i in range(3)], [prop(Child()) for i in range(3)])
del Hooked.__getattribute__
print([own(Hooked()) for i in range(3)], [own(Child()) for i in range(3)])
del Hooked.__getattr__
for f in shared, absent, own:
    try:
        print([f(Child()) for i in range(3)])
    except AttributeError as error:
        print(error)
Child.__getattr__ = lambda self, name: 'child ' + name
print([absent(Child()) for i in range(3)], [own(Child()) for i in range(3)])
