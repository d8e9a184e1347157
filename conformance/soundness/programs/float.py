def test():
    values = [1.5 + 2, 7.25 / 3, 2.0**0.5, 7.5 // 2, 7.5 % 2, -1.5, float("1e300"), float(10**20), round(2.567, 2), round(1e20)]
    assert (1.5).hex() and float.fromhex("0x1.8p3") and (0.1).as_integer_ratio() and divmod(7.5, 2.0) and (2.5).is_integer() is False
    assert repr(1e-7) and "%.3f %e %g" % (1.0, 2.0, 3.0) and format(1234567.891, ",.2f") and str(1 / 3) and hash(1.5)
    try:
        1.0 / 0.0
    except ZeroDivisionError as e:
        str(e)
    return sum(values)
