import marshal

SOURCE = "def f(a, b=[1, 2.5, 'x', b'y', None, 10**3, (1, (2,)), frozenset({3})]):\n    return lambda: a + b\n"


def test():
    code = compile(SOURCE, "m", "exec")
    back = marshal.loads(marshal.dumps(code))
    ns = {}
    exec(back, ns)
    data = [1, 2.5, 1j, "é", b"x", 10**40, (1, 2), {"k": [1]}, {1, 2}, frozenset([3]), None, True, ..., "ab" * 200, -5, bytearray(b"q")]
    for version in range(5):
        assert marshal.loads(marshal.dumps(data, version))
    for bad in (b"", b"i\x01", b"(\x05", b"zz", b"[\xff\xff\xff\x7f", b"r\x05\x00\x00\x00"):
        try:
            marshal.loads(bad)
        except (ValueError, EOFError, TypeError) as e:
            str(e)
    try:
        marshal.dumps(object())
    except ValueError as e:
        str(e)
    return ns["f"](1, 2)()
