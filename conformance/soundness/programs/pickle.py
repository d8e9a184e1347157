import copy
import pickle


class C:
    def __init__(self):
        self.a = [1]


class S:
    __slots__ = ("x",)


def test():
    c = C()
    c.me = c
    s = S()
    s.x = {1: frozenset([2])}
    data = [c, s, (1, 2, 3, 4), {"a": {1, 2}}, 10**30, 1.5, b"x" * 300, "é" * 300, None, bytearray(b"q"), complex(1, 2), range(5), C, len, slice(1, 2)]
    data.append(data)
    for protocol in range(2, 6):
        loaded = pickle.loads(pickle.dumps(data[:-2], protocol))
        assert len(loaded)
        loaded[0].me = None
    pickle.loads(pickle.dumps([c, "text"], 0))[0].me = None
    d = copy.deepcopy(data[:5])
    d[0].me = None
    assert copy.copy(c) and copy.copy([1]) and copy.copy({1: 2})
    for bad in (b"", b"garbage", b"\x80\x04\x95", b"(lp0\nI1\n", b"cnope\nnope\n."):
        try:
            pickle.loads(bad)
        except Exception as e:
            str(e)
    try:
        pickle.dumps(lambda: 1)
    except Exception as e:
        str(e)
    c.me = None
    data.clear()
