import io
import traceback


def f(n):
    return g(n - 1) if n else 1 / 0


def g(n):
    try:
        return f(n)
    except ZeroDivisionError as e:
        if n == 1:
            raise ValueError("second") from e
        raise


def test():
    out = io.StringIO()
    try:
        f(4)
    except ValueError as e:
        traceback.print_exception(e, file=out)
        te = traceback.TracebackException.from_exception(e, capture_locals=True)
        assert "".join(te.format())
        tb = e.__traceback__
        frame = tb.tb_frame
        assert frame.f_code and frame.f_lineno and frame.f_globals and frame.f_locals and tb.tb_next
        e.__traceback__ = None
    assert out.getvalue() and traceback.format_stack(limit=2)
