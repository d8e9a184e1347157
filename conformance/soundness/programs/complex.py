def test():
    z = complex(3, 4)
    values = [z + 1, z * z, z / (1 + 2j), z**2, z ** (0.5 + 1j), -z, z.conjugate(), complex("1+2j"), 2j - z, z.real, z.imag, abs(z)]
    assert repr(values) and str(z) and hash(z) and format(z, ".2f") and z == 3 + 4j and bool(z)
    try:
        z / 0
    except ZeroDivisionError as e:
        repr(e)
    try:
        complex("x")
    except ValueError as e:
        repr(e)
