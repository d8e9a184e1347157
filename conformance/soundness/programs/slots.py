def test():
    class Point:
        __slots__ = ("x", "y", "__weakref__")

        def __init__(self, x, y):
            self.x = x
            self.y = y

    class Named(Point):
        __slots__ = ("name",)

    class Free(Named):
        pass

    p, n, f = Point(1, [2]), Named("a", {}), Free(1, 2)
    n.name = n
    f.extra = f
    f.name = [f]
    del p.y
    try:
        p.y
    except AttributeError as e:
        str(e)
    try:
        p.z = 1
    except AttributeError as e:
        str(e)
    assert Point.x and repr(Point.x) and Point.x.__get__(p) == 1 and f.__dict__
    f.__class__ = Free
    try:

        class Bad(int):
            __slots__ = ("a",)

        class Worse(tuple):
            __slots__ = ("a",)

    except TypeError as e:
        str(e)
    return [Point(i, i) for i in range(20)]
