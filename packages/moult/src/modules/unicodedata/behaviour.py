"""Names, properties and normal forms of characters, in two versions of Unicode."""
import unicodedata as u


def show(call):
    try:
        print(ascii(call()))
    except Exception as e:
        print(type(e).__name__, e)


def digest(values):
    x = 0
    for v in values:
        for c in str(v):
            x = (x * 31 + ord(c)) & 0xFFFFFFFF
    return x


questions = "category bidirectional combining mirrored east_asian_width decomposition".split()
for ucd in (u, u.ucd_3_2_0):
    print(ucd.unidata_version)
    for start in (0, 0x300, 0xAC00, 0xF900, 0xFB00, 0x1D100, 0x2F800):
        chars = [chr(c) for c in range(start, start + 0x60)]
        for name in questions:
            print(hex(start), name, digest(getattr(ucd, name)(c) for c in chars))
        for name in ("decimal", "digit", "numeric", "name"):
            print(hex(start), name, digest(getattr(ucd, name)(c, None) for c in chars))
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            print(hex(start), form, digest(ascii(ucd.normalize(form, c + "\u0301\u0323" + c)) for c in chars))
        print(all(ucd.lookup(ucd.name(c)) == c for c in chars if ucd.name(c, None)))
for name in (
    "cjk unified ideograph-4e00", "CJK UNIFIED IDEOGRAPH-4E00", "HANGUL SYLLABLE GAG", "HANGUL SYLLABLE gag",
    "latin small letter a", "CJK UNIFIED IDEOGRAPH-04E00", "x" * 300, "LF", "BELL", "ALERT", "KEYCAP DIGIT ONE", "",
):
    show(lambda: u.lookup(name))
    show(lambda: u.ucd_3_2_0.lookup(name))
for name in questions + ["decimal", "digit", "numeric", "name"]:
    ask = getattr(u, name)
    for args in (("ab",), (1,), (), ("a", "x", "y"), ("\u0378",), ("\u0378", "q")):
        show(lambda: ask(*args))
for args in (("NFX", "a"), ("NFX", ""), (1, "a"), ("NFC", 1), ("NFKC", "\ufb01")):
    show(lambda: u.normalize(*args))
    show(lambda: u.is_normalized(*args))
show(u.UCD)
show(lambda: "caf\xe9 \u20ac".encode("ascii", "namereplace"))
show(lambda: rb"\N{EURO SIGN}\N{no such}".decode("unicode_escape", "replace"))
print(ascii("\N{EURO SIGN}\N{latin small letter sharp s}"))
