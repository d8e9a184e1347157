FAILS = True


class Worse(Exception):
    def __str__(self):
        return "worse " * 3


def deep(n):
    if n == 0:
        raise Worse({"detail": [n]})
    try:
        deep(n - 1)
    except Worse as e:
        e.add_note(f"level {n}")
        raise


def test():
    try:
        deep(3)
    except Worse as e:
        raise ExceptionGroup("several", [e, ValueError("other")]) from e
