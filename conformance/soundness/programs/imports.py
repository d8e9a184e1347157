import sys
import types


def test():
    for name in ("bisect", "colorsys", "_bisect"):
        sys.modules.pop(name, None)
    import bisect
    import colorsys
    from collections import abc, OrderedDict as O

    assert bisect.bisect([1, 2], 2) and repr(colorsys) and colorsys.__spec__ and O
    m = types.ModuleType("made", "doc")
    m.x = m
    sys.modules["made"] = m
    import made

    del sys.modules["made"], m.x
    made.__getattr__ = lambda name: [name]
    assert made.anything
    del made.__dict__["__getattr__"]
    for bad in ("import nope_at_all", "from sys import nope", "import sys.nope", "from . import x"):
        try:
            exec(bad, {"__name__": "n", "__package__": ""})
        except ImportError as e:
            str(e), e.name
    for name in ("bisect", "colorsys"):
        del sys.modules[name]
