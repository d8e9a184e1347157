def test():
    t = (1, 2.5, "x", (3,), None)
    u = t + (4, 5) + tuple(range(10)) + t * 3
    a, *b, c = u
    assert u[2:8] and u[::3] and hash(t) and repr(u) and t.index("x") and t.count(1) and t < (2,) and (1, 2) == (1, 2) and 2.5 in t
    assert tuple(x for x in range(30)) and tuple([1, 2]) and (*t, *b) and list(t) and t.__getnewargs__() and tuple("abc")

    class T(tuple):
        x = 1

    v = T((1, 2, 3))
    v.y = v
    assert v + (1,) and v[1:] and repr(v) and v * 2
    v.y = None
    try:
        t[9]
    except IndexError as e:
        str(e)
    try:
        hash(([],))
    except TypeError as e:
        str(e)
