"""What is held while trace functions, `__init_subclass__` and `__set_name__` run."""
import sys


def tracer(frame, event, arg):
    print(event, frame.f_code.co_name, sys.getrefcount(frame), sys.getrefcount(arg) if event == "exception" else "")
    return tracer


def traced():
    for i in (1, 2):
        try:
            i / 0
        except ZeroDivisionError:
            pass


def generated():
    yield 1


for install in (sys.settrace, sys.setprofile):
    install(tracer)
    traced()
    for _ in generated():
        pass
    install(None)


class Base:
    def __init_subclass__(cls, **kwargs):
        print("subclass", sorted(kwargs), sys.getrefcount(cls))


class Descriptor:
    def __set_name__(self, owner, name):
        print("named", name, sys.getrefcount(owner), sys.getrefcount(self))


class Plain(Base, key=1):
    field = Descriptor()


class WithCell(Base):
    def method(self):
        return __class__


type("Made", (Base,), {}, other=2)
