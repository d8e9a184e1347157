"""What counts an instance, its class and the arguments while __init__ runs, and when they die if it fails."""
import gc
import sys
import weakref

gc.disable()


class Arg:
    pass


class Plain:
    def __init__(self, a, b=None, *rest):
        print("self", sys.getrefcount(self), "a", sys.getrefcount(a), "rest", len(rest))
        self.a = a


class Loud:
    def __init__(self, fail):
        if fail == "value":
            return 5
        if fail:
            raise ValueError(fail)

    def __del__(self):
        print("dies", type(self).__name__)


class Child(Loud):
    def __init__(self, *args):
        super().__init__(*args)
        print("child made")


def count_class(cls):
    before = sys.getrefcount(cls)

    class Probe:
        def __init__(self):
            self.seen = sys.getrefcount(cls) - before

    return Probe().seen


for _ in range(3):
    a = Arg()
    p = Plain(a)
    p = Plain(a, 2)
    p = Plain(a, 2, 3, 4)
    print("after", sys.getrefcount(a), sys.getrefcount(p))
    del p

print("class", count_class(Arg))

for how in (False, "no", "value", False):
    for cls in Loud, Child:
        try:
            o = cls(how)
            print("made", sys.getrefcount(o))
            del o
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e, [t for t in (e.__traceback__.tb_lineno,)][0] > 0)
        print("--")

for call in (lambda: Plain(), lambda: Plain(1, 2, x=3), lambda: Loud()):
    try:
        call()
    except TypeError as e:
        print(e)


def generator():
    while True:
        made = Loud((yield))
        print("in generator", sys.getrefcount(made))
        del made


g = generator()
next(g)
g.send(0)
try:
    g.send("stop")
except ValueError as e:
    print("left by", e)


class Slots:
    __slots__ = ("x", "__weakref__")

    def __init__(self, x):
        self.x = x
        self.__class__ = Slots
        r.append(weakref.ref(self))


r = []
print(Slots(Slots(1)).x.x, [ref() for ref in r])


class Deep:
    def __init__(self, n):
        self.child = Deep(n - 1) if n else None
        self.frame = sys._getframe().f_back.f_code.co_name


d = Deep(30)
print(d.frame, d.child.frame, sys.getrefcount(d), sys.getrefcount(d.child))


class Endless:
    def __init__(self):
        self.next = Endless()


try:
    Endless()
except RecursionError as e:
    print("RecursionError", e)


class Meta(type):
    def __call__(cls, *args):
        print("meta", args)
        return super().__call__(*args)


class Made(metaclass=Meta):
    def __init__(self, v):
        self.v = v


print(Made(3).v)
Made.__init__ = lambda self, v: setattr(self, "v", v * 2)
Plain.__init__ = lambda self, v: setattr(self, "v", v * 3)
print(Made(3).v, Plain(4).v)
for cls in (Plain, Made):
    cls.__new__ = lambda c, v: object.__new__(c)
print(Made(5).v, Plain(6).v)
gc.enable()
before = gc.get_count()[0]
gc.disable()
