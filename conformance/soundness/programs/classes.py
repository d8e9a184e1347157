def test():
    class Base:
        kind = "base"

        def __init__(self, x):
            self.x = x

        def method(self):
            return self.x

        @classmethod
        def make(cls, x):
            return cls(x)

        @staticmethod
        def double(x):
            return x * 2

        @property
        def y(self):
            return self._y

        @y.setter
        def y(self, value):
            self._y = value

        def __repr__(self):
            return f"<{type(self).__name__} {self.x}>"

        def __eq__(self, other):
            return self.x == other.x

        def __hash__(self):
            return hash(self.x)

        def __init_subclass__(cls, **kwargs):
            super().__init_subclass__()
            cls.given = kwargs

    class Derived(Base, color="red"):
        def method(self):
            return super().method() + 1

    d = Derived.make(5)
    d.y = 7
    assert d.method() == 6 and d.y == 7 and Derived.double(3) and repr(d) and d == Base(5) and hash(d) and {d: 1} and Derived.mro() and dir(d)
    assert isinstance(d, Base) and issubclass(Derived, Base) and vars(d) and getattr(d, "zz", 1) and hasattr(d, "x") and Base.__subclasses__()
    setattr(d, "dynamic", [1])
    del d.dynamic
    Derived.added = lambda self: self.x
    assert d.added() == 5 and type("T", (Base,), {"z": 1})(3).z == 1
    Base.kind = "changed"
    bound = d.method
    d.self = d
    return bound(), Base.method(d)
