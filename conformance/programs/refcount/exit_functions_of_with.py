"""What is held while `__exit__` runs."""
import sys
from contextlib import ExitStack


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        print(error and sys.getrefcount(error), traceback and sys.getrefcount(traceback), sys.getrefcount(self))
        return True


class Packed(Manager):
    def __exit__(self, *args):
        print(sys.getrefcount(args[1]), sys.getrefcount(args[2]), sys.getrefcount(args))
        return True


class Forgets(Manager):
    def __exit__(self, kind, error, traceback):
        error.__traceback__ = None
        print(sys.getrefcount(traceback), traceback.tb_lineno)
        return True


def fails():
    raise KeyError("k")


def inside(manager):
    with manager:
        fails()
    with manager as m:
        raise ValueError(1)


for kind in (Manager, Packed, Forgets):
    with kind() as m:
        raise ValueError(1)
    inside(kind())
with Manager():
    pass
with ExitStack() as stack:
    stack.enter_context(Manager())
    stack.push(lambda *args: print(sys.getrefcount(args[1]), sys.getrefcount(args[2])))
    fails()
