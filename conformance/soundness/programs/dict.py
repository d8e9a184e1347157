def test():
    d = {i: str(i) for i in range(20)}
    d.update(a=1, b=2), d.update({"c": 3}), d.update([("d", 4), (5.5, 6)])
    e = {**d, "z": [1]}
    assert d | {"q": 1} and d.copy() and dict(d) and dict(a=1) and dict.fromkeys("abc", 0) and dict(zip("ab", [1, 2]))
    d |= {"r": 2}
    d.setdefault("s", []).append(1)
    assert list(d) and list(d.keys()) and list(d.values()) and list(d.items()) and list(reversed(d)) and repr(d) and d.get("nope") is None
    assert d.keys() & e.keys() and d.keys() | e.keys() and d.keys() - {"a"} and d.keys() ^ e.keys() and d.items() & e.items() and {"a": 1}.items() <= d.items()
    d.pop("a"), d.pop("nope", None), d.popitem()
    del d["b"]
    for k in list(d)[:10]:
        del d[k]
    d["new"] = d
    assert repr(d) and repr(d.keys()) and d == d.copy()
    d.clear()
    try:
        d["missing"]
    except KeyError as k:
        str(k)
    try:
        {[]: 1}
    except TypeError as t:
        str(t)
    try:
        for k in e:
            e[object()] = 1
    except RuntimeError as r:
        str(r)
    return {(i, j): i * j for i in range(5) for j in range(5)}, dict([(1, 2)]), e
