import sys


class Out:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass


class Angry:
    def __repr__(self):
        raise RuntimeError("no repr")


def test():
    out = Out()
    print("a", 1, [2.5], sep="-", end="!\n", file=out, flush=True)
    print("to standard output", {"k": [1]}, 10**30)
    sys.stderr.write("to standard error\n")
    old = sys.stdout
    sys.stdout = out
    try:
        print("redirected"), help is not None
    finally:
        sys.stdout = old
    try:
        print(Angry(), file=out)
    except RuntimeError as e:
        str(e)

    class Dies:
        def __del__(self):
            raise ValueError("unraisable")

    Dies()
    return out.parts
