import atexit
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
@atexit.register
def bye(): print("bye", x.n)
x = A("x")
def f(y):
    z = A("z")
    assert y > 5, f"bad {y}"
try:
    f(1)
finally:
    print("finally")
    w = A("w")
