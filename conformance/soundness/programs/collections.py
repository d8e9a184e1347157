from collections import Counter, ChainMap, OrderedDict, defaultdict, deque, namedtuple


def test():
    d = deque(range(200), maxlen=150)
    d.append(1), d.appendleft(2), d.extend([3, 4]), d.extendleft([5]), d.rotate(7), d.pop(), d.popleft(), d.reverse(), d.insert(3, "x") if len(d) < 150 else None
    assert list(d) and d[5] is not None and d.copy() and d + deque([1]) and deque([1]) * 70 and repr(deque("ab", 3)) and d.index(3) is not None and list(reversed(d)) and deque([1]) < deque([2])
    d.remove(100)
    del d[3]
    dd = defaultdict(list, {"a": [1]})
    dd["b"].append(2)
    assert repr(dd) and dd.copy() and dd | {"c": 1} and dd.__reduce__()
    o = OrderedDict(a=1, b=2, c=3)
    o.move_to_end("a"), o.move_to_end("c", last=False), o.popitem(), o.popitem(last=False)
    o["z"] = o
    assert repr(o) and o.copy() and list(reversed(o)) and list(o.items()) and list(o.keys()) and OrderedDict(a=1) == OrderedDict(a=1) and o | {"k": 1}
    o.clear()
    c = Counter("hello") + Counter(a=1)
    c.update("xyz"), c.subtract("l")
    assert c.most_common(2) and c & c and c - Counter("h") and list(c.elements()) and repr(c)
    P = namedtuple("P", "x y", defaults=[5])
    p = P(1)
    assert p._replace(x=2) and p._asdict() and repr(p) and P._make([1, 2]) and p.x == 1
    m = ChainMap({"a": 1}, {"b": 2})
    assert m["b"] and list(m) and m.new_child({"c": 3}) and repr(m)
    x = deque()
    x.append(x)
    assert repr(x)
    try:
        for i in d:
            d.append(i)
    except RuntimeError as e:
        str(e)
