import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("    died:", self.name)


keep = Loud("keep")
base = sys.getrefcount(keep)


def tell(frame, event, arg):
    name = frame.f_code.co_name
    if name in ("work", "__del__", "looked_at", "changed", "cell_emptied"):
        print(name, event, frame.f_lineno - frame.f_code.co_firstlineno, sys.getrefcount(keep) - base)
    return tell


def look(frame, event, arg):
    if frame.f_code.co_name == "looked_at":
        print("looked_at", event, sorted(frame.f_locals), sys.getrefcount(keep) - base)
    return look


def work():
    a = Loud("a")
    del a
    b = Loud("b")
    b = None
    c = keep
    c = d = Loud("c")
    del c, d


def looked_at(value):
    x = value
    del x
    y = Loud("y")
    del y
    return value


sys.settrace(tell)
work()
sys.settrace(look)
looked_at(keep)
sys.settrace(None)


def drop(frame, event, arg):
    if event == "line" and frame.f_code.co_name in ("changed", "cell_emptied"):
        for name in ("gone", "cell"):
            frame.f_locals.pop(name, None)
        if frame.f_code.co_name == "changed":
            frame.f_locals["other"] = 3
    return drop


def changed():
    gone = 1
    other = 2
    return gone, other, locals()


def cell_emptied():
    cell = 1

    def inner():
        return cell

    try:
        return inner()
    except NameError as error:
        return error


import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    sys.settrace(drop)
    print(changed())
    print(cell_emptied())
    sys.settrace(None)
print([str(w.message) for w in caught])


def suspended():
    inside = Loud("inside")
    frame = sys._getframe()
    frame.f_locals
    return frame


frame = suspended()
frame.clear()
print("cleared, but asked for its variables before")
print(frame.f_locals)
