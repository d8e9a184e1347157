import operator as op


def test():
    assert op.itemgetter(1)([1, 2]) and op.itemgetter(0, "x")({0: 1, "x": 2}) and op.attrgetter("real", "imag")(5) and op.attrgetter("__class__.__name__")(5) and op.methodcaller("split", ",", maxsplit=1)("a,b,c")
    assert repr(op.itemgetter(1, 2)) and repr(op.attrgetter("a.b")) and repr(op.methodcaller("f", 1, a=2)) and op.methodcaller("f", 1).__reduce__() and op.itemgetter(3).__reduce__()
    assert op.add([1], [2]) and op.concat("a", "b") and op.index(5) and op.length_hint(iter([1])) is not None and op.contains([1], 1) and op.countOf([1, 1], 1) and op.indexOf([1, 2], 2)
    a = [1, 2, 3]
    op.setitem(a, 0, [9]), op.delitem(a, 1), op.iadd(a, [4]), op.imul(a, 2)
    assert op.pow(3, 100) and op.truediv(1, 3) and op.matmul is not None and op.call(len, "ab") and op.is_(a, a) and op.lshift(1, 100) and op.inv(10**20)
    try:
        op.attrgetter(1)
    except TypeError as e:
        str(e)
