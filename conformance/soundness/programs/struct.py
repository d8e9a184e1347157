import struct


def test():
    s = struct.Struct("<iIhHbBqQfd?10s5pxc")
    data = s.pack(1, 2, 3, 4, 5, 6, 7, 2**63, 1.5, 2.5, True, b"ten", b"pas", b"c")
    assert s.unpack(data) and list(struct.iter_unpack("<h", b"abcdef")) and struct.calcsize("@iq") and repr(s) and s.format and struct.pack(">e", 1.0)
    buf = bytearray(100)
    s.pack_into(buf, 10, 1, 2, 3, 4, 5, 6, 7, 8, 1.5, 2.5, False, b"", b"", b"d")
    assert s.unpack_from(buf, 10) and struct.unpack("!2i", bytes(8))
    for bad in (lambda: struct.pack("i", "x"), lambda: struct.pack("b", 300), lambda: struct.unpack("i", b"x"), lambda: struct.Struct("y"), lambda: struct.pack("ii", 1)):
        try:
            bad()
        except struct.error as e:
            str(e)
