def test():
    r = range(3, 10**20, 7)
    assert r[10**15] and len(range(0, 100, 3)) and r[2:1000:5] and list(range(5)) and list(reversed(range(300, 310))) and repr(r) and hash(r) and r == range(3, 10**20, 7)
    assert r.index(10) == 1 and r.count(5) == 0 and 10 in r and range(0) == range(2, 2) and list(iter(range(1000, 1005)))
    s = slice(1, 10**20, None)
    assert s.indices(50) and repr(s) and s == slice(1, 10**20) and [1, 2, 3][slice(0, 2)] and hash(slice(1, 2, 3)) and s.__reduce__()
    try:
        range(1, 2, 0)
    except ValueError as e:
        str(e)
    try:
        [1]["a"]
    except TypeError as e:
        str(e)
    return sum(range(300)), enumerate(r), [(i, x) for i, x in enumerate("abc", 10**20)]
