def test():
    for action in (
        lambda: "a" + 1,
        lambda: "%d" % "x",
        lambda: "%s %s" % (1,),
        lambda: "{}".format(),
        lambda: "{a}".format(),
        lambda: "abc".index("q"),
        lambda: "ab"[9],
        lambda: "\ud800".encode(),
        lambda: b"\xff".decode(),
        lambda: "é".encode("ascii"),
        lambda: format("a", "d"),
        lambda: "a".join([1]),
        lambda: "abc".split(""),
        lambda: str(b"\xff", "utf-16"),
    ):
        try:
            action()
        except (TypeError, ValueError, LookupError) as e:
            str(e), repr(e)
    assert b"\xff\xfeab".decode("utf-8", "replace") and "é\ud800".encode("ascii", "backslashreplace") and "é".encode("ascii", "xmlcharrefreplace")
    assert b"\xff".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape") == b"\xff" and "é".encode("ascii", "namereplace")
