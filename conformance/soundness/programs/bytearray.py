def test():
    a = bytearray(b"hello")
    a += b" world"
    a.extend(b"abc"), a.extend([1, 2, 3]), a.append(5), a.insert(0, 7), a.pop(), a.remove(7), a.reverse(), a.reverse()
    a[0:2] = b"HELLO"
    a[::2] = bytes(len(a[::2]))
    del a[0:3], a[0]
    b = a.copy() * 10
    b *= 2
    assert b.split(b"l") and b.replace(b"o", b"000") and repr(a) and a.hex() and a.decode("latin-1") and a + b and b.translate(None, b"l")
    with memoryview(b) as view:
        view[0:2] = b"zz"
        try:
            b.append(1)
        except BufferError as e:
            str(e)
    b.clear()
    return list(a), bytearray(20), bytearray("é", "utf-8"), a.__reduce_ex__(2), bytes(a)
