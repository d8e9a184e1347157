from array import array


def test():
    for code, values in (("b", [1, -2]), ("B", [1, 2]), ("u", "hé"), ("h", [1]), ("I", [2**32 - 1]), ("q", [-(2**63)]), ("Q", [2**64 - 1]), ("f", [1.5]), ("d", [2.5, 3.5])):
        a = array(code, values)
        a.append(values[0]), a.extend(a), a.extend(list(values)), a.insert(0, values[-1])
        a[1:2] = a[:3]
        a += a
        b = a * 2 + a
        assert repr(a) and a.tolist() and a.tobytes() and a.buffer_info() and a.index(values[0]) is not None and list(b) and b[::2] and a == a and a.__reduce_ex__(3)
        b.reverse(), b.pop(), b.frombytes(a.tobytes()), b.fromlist(list(values))
        del b[1], b[::2]
        if code != "u":
            b.byteswap()
    try:
        array("b", [300])
    except OverflowError as e:
        str(e)
    try:
        array("i", ["x"])
    except TypeError as e:
        str(e)
    return array("u", "abc").tounicode()
