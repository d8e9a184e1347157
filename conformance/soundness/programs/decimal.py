from decimal import Context, Decimal, DivisionByZero, InvalidOperation, getcontext, localcontext
from fractions import Fraction


def test():
    a, b = Decimal("123.456"), Decimal("-7.89e10")
    assert a + b and a * b and a / b and a // 3 and a % 7 and a**3 and -a and abs(b) and divmod(a, Decimal(5)) and a.sqrt() and a.ln() and a.exp() and a.log10() and a.quantize(Decimal("0.1"))
    assert str(a) and repr(b) and f"{a:.2f} {b:,}" and a.as_tuple() and a.to_eng_string() and int(b) and float(a) and hash(a) and a.normalize() and a.as_integer_ratio() and Decimal(1.1) and Decimal((0, (1, 2), -1)) and round(a, 1)
    with localcontext() as ctx:
        ctx.prec = 50
        assert Decimal(2).sqrt() and ctx.copy() and repr(ctx) and ctx.flags and ctx.create_decimal("1.5") and ctx.multiply(a, b)
    c = Context(prec=5, traps=[])
    assert c.divide(1, 3) and c.divide(1, 0) and a.compare(b) and max(a, b) and a == Decimal("123.456") and a > 5 and a.fma(2, 3) and Decimal("NaN").is_nan() and a.__reduce__()
    for bad in (lambda: Decimal("x"), lambda: a / 0, lambda: Decimal(0) / 0, lambda: a + 1.5, lambda: Decimal("sNaN") + 1):
        try:
            bad()
        except (InvalidOperation, DivisionByZero, TypeError) as e:
            repr(e)
    getcontext().clear_flags()
    return Fraction(3, 7) + Fraction("1.25") * 2, Fraction(10**20, 3) // 7, repr(Fraction(1.5))
