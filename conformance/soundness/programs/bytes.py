def test():
    b = b"hello world " * 5
    parts = b.split() + b.rsplit(b" ", 2) + list(b.partition(b"w")) + list(b.rpartition(b"o")) + b.splitlines()
    assert b"-".join(parts) and b.replace(b"o", b"00") and b.upper().lower().title().swapcase().capitalize()
    assert b.center(100, b"*") and b.ljust(100) and b.rjust(100) and b.zfill(100) and b.strip() and b.expandtabs(3)
    assert b.translate(bytes(range(256)), b"o") and bytes.maketrans(b"abc", b"xyz") and b.decode() and b.hex("-") and bytes.fromhex("00 ff")
    assert b[::2] and b[3:8] and b * 3 and b + b"x" and repr(b) and b.count(b"o") and b.find(b"w") and 104 in b and b"w" in b
    assert b"%s %d %r %a" % (b, 3, "x", "é") and bytes([1, 2, 3]) and bytes(10) and bytes(memoryview(b)) and list(b) and hash(b)
    try:
        bytes([300])
    except ValueError as e:
        repr(e)
    return [bytes(str(i), "ascii") for i in range(3)]
