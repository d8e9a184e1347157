import array


def test():
    a = array.array("i", range(12))
    m = memoryview(a)
    c = m.cast("B").cast("i", [3, 4])
    assert c.tolist() and m.tolist() and c[1, 2] == 6 and m[2:5].tobytes() and m.hex() and m.nbytes and c.shape and c.strides and c.format
    m[0] = 5
    m[1:3] = array.array("i", [8, 9])
    assert m == a and list(m) and m[::2].tolist() and repr(m) and m.toreadonly().readonly and hash(memoryview(b"ab")) and m[::-1].tobytes()
    try:
        m[0] = "x"
    except TypeError as e:
        str(e)
    try:
        memoryview(5)
    except TypeError as e:
        str(e)
    m.release(), c.release()
    try:
        m[0]
    except ValueError as e:
        str(e)
