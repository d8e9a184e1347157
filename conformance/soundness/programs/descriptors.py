def test():
    class D:
        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, obj, owner=None):
            return self if obj is None else obj.__dict__.get(self.name)

        def __set__(self, obj, value):
            obj.__dict__[self.name] = value

        def __delete__(self, obj):
            del obj.__dict__[self.name]

    class X:
        a = D()

        def f(self):
            "doc"

        p = property(lambda self: 1, doc="p")
        s = staticmethod(len)
        c = classmethod(lambda cls: cls)

    x = X()
    x.a = [1]
    assert x.a and X.a and x.p and x.s("ab") == 2 and x.c() is X and x.f.__self__ is x and x.f.__doc__ and repr(x.f)
    del x.a
    q = X.p.getter(lambda self: 2).setter(lambda self, v: None).deleter(lambda self: None)
    m = X.__dict__["f"].__get__(x, X)
    assert repr(X.__dict__["s"]) and q.fget and m == x.f and hash(m) and str.upper.__get__("a")() == "A" and list.append.__objclass__ and repr([].append)
    try:
        x.p = 3
    except AttributeError as e:
        str(e)
    assert super(X, x).__repr__() and repr(super(X, x)) and X.__dict__.copy() and repr(X.__dict__) and object.__init__.__call__ and (1).__add__(2)
