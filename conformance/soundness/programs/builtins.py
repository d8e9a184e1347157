def test():
    assert list(map(lambda a, b: a + b, [1, 2], [300, 400])) and list(filter(None, [0, 1, 2])) and list(zip("ab", [1, 2], strict=True)) and list(reversed([1, 2]))
    assert max(3, 1, key=lambda v: -v) and min([5, 4], default=None) and sum([[1], [2]], []) and sum([1.5, 2]) and any([0, 1]) and all([]) and sorted("ba")
    assert eval("1 + x", {"x": 1000}) and isinstance(compile("a = 1", "f", "exec"), object) and callable(len) and chr(1000) and ord("é") and divmod(1000, 7)
    ns = {}
    exec("def f(a): return [a]\nresult = f(2000)", ns)
    assert ns["result"] and dir([]) and vars(type) and globals() and locals() and round(1234.5678, 2) and pow(2, 100) and hash("x") is not None and id(ns)
    it = iter([1, 2].pop, 5) if False else iter(lambda s=[3, 2, 1]: s.pop(), 3)
    assert list(it) and next(iter([]), "d") and repr(object()) and format(5000, "x") and input is not None and iter({}) and enumerate([])
    assert list(__import__("itertools").count(1).__reduce__()) and bin(1000) and oct(1000) and hex(1000) and ascii("é") and slice(1).indices(5)
    for bad in (lambda: int("x"), lambda: len(5), lambda: ord("ab"), lambda: next(iter([])), lambda: max([]), lambda: list(zip([1], [], strict=True)), lambda: getattr(1, "nope"), lambda: __import__("nope_nope")):
        try:
            bad()
        except Exception as e:
            repr(e)
