import codecs


def handler(error):
    return ("?", error.end)


codecs.register_error("soundness", handler)


def test():
    for name in ("utf-8", "utf-16", "utf-32", "utf-7", "latin-1", "cp1252", "unicode-escape", "utf-8-sig", "rot13", "hex", "base64", "idna", "punycode", "raw_unicode_escape"):
        text = b"abc" if name in ("hex", "base64") else "abc"
        assert codecs.decode(codecs.encode(text, name), name) == text
    assert codecs.lookup("utf-8") and "aé\ud800".encode("ascii", "soundness") and b"a\xff".decode("ascii", "soundness") and b"\xff".decode("utf-8", "backslashreplace")
    d = codecs.getincrementaldecoder("utf-8")("replace")
    assert d.decode(b"\xc3") + d.decode(b"\xa9") + d.decode(b"\xff", True) and d.getstate() is not None
    e = codecs.getincrementalencoder("utf-16")()
    assert e.encode("a") + e.encode("b", True)
    assert codecs.escape_decode(b"\\x41\\n") and codecs.charmap_encode("ab", "strict", {97: 98, 98: b"zz"}) and codecs.charmap_decode(b"ab", "strict", "x" * 100) and codecs.charmap_build("abc" * 80)
    for bad in (lambda: codecs.lookup("nope"), lambda: "é".encode("cp437x"), lambda: b"\xff".decode("utf-8"), lambda: "\u1234".encode("latin-1"), lambda: b"\xd8".decode("utf-16"), lambda: b"\\x".decode("unicode-escape"), lambda: codecs.lookup_error("nope")):
        try:
            bad()
        except (LookupError, UnicodeError) as e:
            str(e)
