def test():
    s = "hello wörld " * 5
    parts = s.split() + s.rsplit(" ", 2) + s.partition("w")[0:2] + list(s.rpartition("o")) if False else s.split()
    parts = parts + s.rsplit(" ", 2) + list(s.partition("w")) + list(s.rpartition("o")) + s.splitlines()
    assert "-".join(parts) and s.replace("o", "00") and s.upper().lower().title().swapcase().casefold().capitalize()
    assert s.center(100, "*") and s.ljust(100) and s.rjust(100) and s.zfill(100) and s.strip() and s.expandtabs(3)
    assert s.translate({104: "H", 101: None, 108: 76}) and str.maketrans("abc", "xyz", "q") and s.encode() and s.encode("latin-1")
    assert s[::2] and s[3:8] and s * 3 and s + "x" and repr(s) and ascii(s) and s.count("o") and s.find("w") and "w" in s
    assert "{0!r:>10} {a} {b[0]} {c.real}".format(1, a=2, b=[3], c=4) and f"{s!r} {3:>5} {1.5:.2f}" and "%s %r %d" % (s, s, 3)
    assert "{x}".format_map({"x": 1}) and s.removeprefix("hello") and s.removesuffix("x") and "𝄞𝄢"[0] + "é" and sorted("zyx")
    return [c for c in s[:5]], s.isidentifier(), list(enumerate("ab")), "a,b".split(","), str(b"abc", "ascii")
