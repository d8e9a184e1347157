class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    a = A("in f")
    raise SystemExit(A("code"))
try: f()
except SystemExit as e: print(type(e.code).__name__)
print("next")
import sys
def g():
    try: sys.exit("message")
    finally: print("cleanup")
k = A("global")
g()
