"""Lines that a trace function makes run next: over loops, with blocks, handlers; what is refused, and what dies on the way."""
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("   enter", self.name)
        return self

    def __exit__(self, *args):
        print("   exit", self.name, args[0].__name__ if args[0] else None)

    def __iter__(self):
        return iter([Loud(f"{self.name}.{i}") for i in range(2)])

    def __del__(self):
        print("   gone", self.name)


def run(function, start, to):
    """Calls function; before its line `start` (counted from def) first runs, the next line becomes `to`."""
    code = function.__code__
    done = []

    def trace(frame, event, arg):
        if frame.f_code is not code:
            return None
        if event == "line" and frame.f_lineno - code.co_firstlineno == start and not done:
            done.append(1)
            try:
                frame.f_lineno = code.co_firstlineno + to
            except ValueError as error:
                print("   ValueError:", error)
        return trace

    seen = []
    sys.settrace(trace)
    try:
        result = function(seen)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    finally:
        sys.settrace(None)
    print(function.__name__, start, "->", to, seen, result)


def loops(seen):
    seen.append(1)
    for x in Loud("outer"):
        seen.append(3)
        for y in Loud("inner"):
            seen.append(5)
        seen.append(6)
    seen.append(7)
    while len(seen) < 12:
        seen.append(9)
    else:
        seen.append(11)
    return "end"


for start, to in [(1, 7), (3, 7), (5, 7), (5, 6), (5, 3), (7, 3), (7, 5), (3, 5), (1, 3), (5, 1), (7, 1), (9, 1), (9, 11), (1, 99), (1, -5), (7, 2), (11, 9)]:
    run(loops, start, to)


def withs(seen):
    seen.append(1)
    with Loud("a") as a:
        seen.append(3)
        with Loud("b"), Loud("c"):
            seen.append(5)
        seen.append(6)
    seen.append(7)


for start, to in [(3, 7), (5, 7), (5, 6), (1, 3), (7, 3), (5, 3), (3, 5), (5, 1), (6, 1)]:
    run(withs, start, to)


def tries(seen):
    seen.append(1)
    try:
        seen.append(3)
        if len(seen) < 9:
            raise KeyError("k")
        seen.append(6)
    except KeyError as error:
        seen.append(8)
        seen.append(type(sys.exception()).__name__)
    except ValueError:
        seen.append(11)
    else:
        seen.append(13)
    finally:
        seen.append(15)
        seen.append(16)
    seen.append(17)
    return sys.exception()


for start, to in [(3, 17), (3, 6), (8, 17), (8, 3), (9, 1), (1, 8), (1, 15), (15, 17), (15, 3), (16, 1), (17, 15), (17, 8), (3, 15), (8, 11), (8, 15), (3, 13), (5, 6), (11, 17)]:
    run(tries, start, to)


def groups(seen):
    seen.append(1)
    try:
        seen.append(3)
        raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError:
        seen.append(6)
    except* KeyError:
        seen.append(8)
    seen.append(9)


for start, to in [(3, 9), (6, 9), (6, 8), (8, 6), (1, 6), (9, 3), (8, 1)]:
    run(groups, start, to)


def values(seen):
    kept = Loud("kept")
    seen.append(2)
    other = [Loud("in list"), seen.append(3),
             seen.append(4),
             Loud("last")]
    del other
    try:
        seen.append(kept.name)
        del kept
        seen.append(kept.name)
    except UnboundLocalError as error:
        seen.append(type(error).__name__)
    return "end"


for start, to in [(2, 6), (4, 6), (4, 2), (5, 6), (2, 9), (1, 8), (9, 11), (10, 2)]:
    run(values, start, to)


def generator(seen):
    seen.append(1)
    got = yield 2
    seen.append(3)
    yield 4
    seen.append(5)


def consume(seen):
    pass


for start, to in [(1, 3), (3, 1), (3, 5), (5, 1)]:
    code = generator.__code__
    done = []

    def trace(frame, event, arg):
        if frame.f_code is code and event == "line" and frame.f_lineno - code.co_firstlineno == start and not done:
            done.append(1)
            frame.f_lineno = code.co_firstlineno + to
        return trace

    seen = []
    sys.settrace(trace)
    g = generator(seen)
    values_ = []
    try:
        for v in g:
            values_.append(v)
            if len(values_) > 5:
                break
    finally:
        sys.settrace(None)
    print("generator", start, to, seen, values_)


def refused(event_wanted, opcodes=False):
    told = []

    def target():
        x = 1
        return x

    def trace(frame, event, arg):
        if frame.f_code is target.__code__:
            if opcodes:
                frame.f_trace_opcodes = True
            if event == event_wanted and not told:
                try:
                    frame.f_lineno = frame.f_code.co_firstlineno + 2
                    told.append("set")
                except ValueError as error:
                    told.append(str(error))
                for wrong in ("x", None, 10**30, 1.5):
                    try:
                        frame.f_lineno = wrong
                    except Exception as error:
                        told.append(f"{type(error).__name__}: {error}")
                try:
                    del frame.f_lineno
                except Exception as error:
                    told.append(f"{type(error).__name__}: {error}")
        return trace

    sys.settrace(trace)
    try:
        target()
    finally:
        sys.settrace(None)
    print(event_wanted, told)


for event in ("call", "line", "return", "opcode"):
    refused(event, event == "opcode")
