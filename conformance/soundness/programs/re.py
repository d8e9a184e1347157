import re


def test():
    p = re.compile(r"(?P<word>\w+)[ ,]+(\d{1,3})?(?=x|$)|(?<!a)b*?c\b", re.I)
    s = "hello 123x, World, 45 bbc " * 2
    assert [m.groups() for m in p.finditer(s)] and p.findall(s) and p.split(s) and p.sub(lambda m: m[0].upper(), s) and p.subn(r"<\g<0>>", s)
    m = p.search(s)
    assert m.group(0, "word") and m.groupdict() is not None and m.span() and m.start(1) >= 0 and m.expand(r"\1-\g<word>") and repr(m) and m.regs and m["word"] and m.lastindex
    assert repr(p) and p.groupindex and p.fullmatch("b") is None and p.match("zz") is None and hash(p) and p == re.compile(p.pattern, re.I)
    re.purge()
    assert re.compile(r"((a|b)*c)+[^x-z\d]{2,}$", re.S | re.M | re.X).search("abcabc--") and re.sub(b"a", b"b", b"aaa") and re.escape("a.b*c") and re.findall("(a)(b)", "abab")
    scanner = p.scanner(s)
    assert scanner.search() and scanner.match() is None or True
    for bad in ("(", "[a", "*", "(?P<n>a)(?P<n>b)", "a{2,1}", r"\q", "(?<=a*)"):
        try:
            re.compile(bad)
        except re.error as e:
            str(e)
    re.purge()
    re.compile("x")
