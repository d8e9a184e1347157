"""A trace function sends a generator elsewhere from the return event of a yield."""
import sys
def gen(output):
    output.append(1)
    yield 2
    output.append(3)
    yield 4
    output.append(5)
first = gen.__code__.co_firstlineno
def run(target):
    out = []
    done = [False]
    def trace(frame, event, arg):
        if frame.f_code is gen.__code__ and event == 'return' and not done[0]:
            done[0] = True
            frame.f_lineno = first + target
        return trace
    g = gen(out)
    sys.settrace(trace)
    try:
        r = next(g)
    finally:
        sys.settrace(None)
    print(target, r, out, g.gi_frame and (g.gi_frame.f_lineno - first, g.gi_frame.f_lasti), g.gi_running, g.gi_suspended)
    try:
        print(list(g), out)
    except Exception as e: print(repr(e), out)
    del g, trace
    print(sys.getrefcount(out))
for t in (1,2,3,4,5): run(t)
