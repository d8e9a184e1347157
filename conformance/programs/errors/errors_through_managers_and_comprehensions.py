class Stack:
    def __init__(self): self._items = []
    def pop(self):
        if not self._items:
            raise IndexError("pop from empty stack")
        return self._items.pop()
def process(s, depth):
    if depth == 0:
        return s.pop()
    return process(s, depth - 1)
def gen(s):
    for i in range(3):
        yield process(s, i)
class Ctx:
    def __enter__(self): return self
    def __exit__(self, et, ev, tb):
        print("cleanup", et.__name__)
        raise RuntimeError("cleanup failed")
    def __del__(self): print("ctx gone")
def run():
    s = Stack()
    with Ctx() as c:
        result = [x
                  for x in gen(s)
                  if x is not None]
try:
    run()
except RuntimeError as e:
    import sys
    sys.excepthook(type(e), e, e.__traceback__)
    print(type(e.__context__))
class P:
    @property
    def val(self):
        return self._helper(1,
                            b=2)
    def _helper(self, a, b):
        return {"a": a}["b"]
def table():
    return {
        "x": P().val,
    }
data = (lambda f: f())(table)
