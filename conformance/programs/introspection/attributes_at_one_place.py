"""Attributes of modules, classes and instances from one place that sees owners change; properties and __getitem__ in Python."""
import sys
import types


class A:
    value = 'A.value'
    other = 1

    @property
    def prop(self):
        return 'prop', sys.getrefcount(self), sys._getframe(1).f_code.co_name

    @property
    def fails(self):
        raise ValueError('getter')

    def __getitem__(self, key):
        if key == 'bad':
            raise KeyError(key)
        return 'item', key, sys.getrefcount(self)

    def method(self):
        return 'method'

    @staticmethod
    def static():
        return 'static'

    @classmethod
    def klass(cls):
        return cls.__name__


class B(A):
    __slots__ = ('s',)


class C:
    __slots__ = ('s',)
    value = 'C.value'
    method = staticmethod(lambda: 'C.method')


class Meta(type):
    value = 'Meta.value'

    @property
    def prop(cls):
        return 'Meta.prop'


class D(metaclass=Meta):
    pass


module = types.ModuleType('module')
module.value = 'module.value'
module.method = lambda: 'module.method'


def get(o):
    try:
        return o.value
    except AttributeError as error:
        return str(error)


def call(o):
    try:
        return o.method()
    except (AttributeError, TypeError) as error:
        return str(error)


def prop(o):
    try:
        return o.prop
    except AttributeError as error:
        return str(error)


def called_prop(o):
    try:
        return o.prop()
    except (AttributeError, TypeError) as error:
        return str(error)


def item(o, key):
    try:
        return o[key]
    except (TypeError, KeyError) as error:
        return repr(error)


owners = [A(), B(), C(), A, B, C, D, D(), module, 5, None]
for f in get, call, prop, called_prop:
    for o in owners:
        if not isinstance(f(o), property): print(f.__name__, [f(o) for i in range(4)])
    for i in range(2):
        print(f.__name__, [f(o) for o in owners if o not in (A, B) or f not in (prop, called_prop)])
for o in [A(), B(), [1, 2], {1: 2}, 'ab', A]:
    print([item(o, key) for key in (1, 'bad', 1, 0)])

a = A()
print([get(a) for i in range(3)])
a.value = 'own'
print([get(a) for i in range(3)])
del a.value
print([get(a) for i in range(3)])
A.value = 'changed'
print([get(a) for i in range(3)], [get(A) for i in range(3)])
del A.value
print([get(a) for i in range(3)], [get(B) for i in range(3)])
A.prop = 'no property any more'
print([prop(a) for i in range(3)])
A.__getitem__ = lambda self, key: ('new', key)
print([item(a, 1) for i in range(3)])
A.__getitem__ = len
print([item(a, 1) for i in range(3)])
del A.__getitem__
print([item(a, 1) for i in range(3)])

print([get(module) for i in range(3)])
module.value = 2
print(get(module))
del module.value
print(get(module))
module.__getattr__ = lambda name: 'made ' + name
print([get(module) for i in range(3)])
module.__dict__[5] = 6
module.value = 3
print([get(module) for i in range(3)])


class P:
    def getter(self):
        return 'first'

    prop = property(getter)


p = P()
print([prop(p) for i in range(3)])


def failing(o):
    return o.fails


for i in range(3):
    try:
        failing(A())
    except ValueError as error:
        tb = error.__traceback__
        lines = []
        while tb is not None:
            lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        print(lines)


class Deep:
    @property
    def again(self):
        return self.again

    def __getitem__(self, key):
        return self[key]


for f in lambda: Deep().again, lambda: Deep()[1]:
    try:
        f()
    except RecursionError as error:
        print(str(error)[:32])


class Gone:
    @property
    def last(self):
        return 'result'

    def __getitem__(self, key):
        return key

    def __del__(self):
        print('gone', sys._getframe(1).f_code.co_name)


def last():
    return Gone().last


def last_item():
    return Gone()[3]


for i in range(3):
    print(last(), last_item())


def generators():
    class G:
        @property
        def g(self):
            yield 1
            yield self

    o = G()
    for i in range(3):
        print(len(list(o.g)), sys.getrefcount(o))


generators()
