import sys


def tracer(frame, event, arg):
    return tracer


def traced(n):
    for i in range(n):
        x = [i]
    return x


def test():
    sys.settrace(tracer)
    traced(3)
    sys.settrace(None)
    sys.setprofile(lambda f, e, a: None)
    traced(2)
    sys.setprofile(None)
    assert sys.getsizeof([1]) and sys.getrefcount(sys) and sys._getframe().f_code and sys.intern("some" + "thing") and sys.version_info[:2] and repr(sys.flags)
    assert sys.exc_info() == (None, None, None) and sys.getrecursionlimit() and sys.implementation and repr(sys.float_info) and sys.hash_info and sys._current_frames()
    events = []
    sys.monitoring.use_tool_id(3, "t")
    sys.monitoring.register_callback(3, sys.monitoring.events.LINE, lambda code, line: events.append(line))
    sys.monitoring.set_events(3, sys.monitoring.events.LINE)
    traced(2)
    sys.monitoring.set_events(3, 0)
    sys.monitoring.register_callback(3, sys.monitoring.events.LINE, None)
    sys.monitoring.free_tool_id(3)
    old = sys.displayhook
    sys.displayhook = lambda v: events.append(v)
    try:
        exec(compile("1 + 1000", "s", "single"))
    finally:
        sys.displayhook = old
    return events
