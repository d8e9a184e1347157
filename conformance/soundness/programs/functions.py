def outer(a, b=2, *args, c, d=[4], **kwargs):
    def inner(x):
        nonlocal a
        a += x
        return a, b, args, c, kwargs

    return inner


def test():
    f = outer(1, 2, 3, 4, c=5, e=6, f=7)
    f(1)
    assert f(*[2]) and outer(**{"a": 1, "c": 2})(3) and (lambda *a, k=1, **kw: (a, k, kw))(1, 2, z=3)
    g = type(f)(f.__code__, globals(), "g", (1,), f.__closure__)
    g.attr = g
    g.__defaults__, g.__kwdefaults__, g.__annotations__ = (1,), {"q": 1}, {"x": int}
    assert repr(g) and g() and f.__code__.replace(co_name="renamed") and f.__closure__[0].cell_contents and f.__code__.co_varnames and vars(g)
    for call in (lambda: outer(), lambda: outer(1, 2, c=1, a=3), lambda: f(1, 2), lambda: outer(1, **{"c": 1}, **{"c": 2}), lambda: 5()):
        try:
            call()
        except TypeError as e:
            str(e)

    def recursive(n):
        return 0 if n == 0 else 1 + recursive(n - 1)

    def annotated(x: int, *, y: "str" = 1) -> list[int]:
        return locals()

    @lambda fn: (fn, fn)
    def decorated():
        global created
        created = 1

    decorated[0]()
    del globals()["created"]
    return recursive(20), annotated(1), max([1, 2], key=lambda v: -v)
