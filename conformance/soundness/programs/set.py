def test():
    s = set(range(20)) | {"a", (1, 2), 2.5}
    t = {1, 2, 3, "b"}
    assert s | t and s & t and s - t and s ^ t and s.union(t, "xyz") and s.intersection(t, [1, 2]) and s.difference([1], (2,)) and s.symmetric_difference("ab")
    u = s.copy()
    u |= t
    u &= s
    u -= {5}
    u ^= {6, "new"}
    u.update("hello"), u.intersection_update(list(u)[:5]), u.difference_update([1]), u.symmetric_difference_update([7])
    u.add(99), u.discard(99), u.discard(100)
    f = frozenset(s)
    assert hash(f) and f | t and f <= s and {f} and repr(f) and repr(t) and sorted(t - {"b"}) and s > {1} and s.isdisjoint({"zz"}) and frozenset([f, 1])
    assert len([x for x in s]) and {x * 2 for x in t} and 3 in s and {1} in {frozenset([1])} and s.__reduce__() and t.pop() is not None
    try:
        {1}.remove(2)
    except KeyError as e:
        str(e)
    try:
        {[]}
    except TypeError as e:
        str(e)
    u.clear()
