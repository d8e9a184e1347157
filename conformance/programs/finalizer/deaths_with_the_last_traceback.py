"""What dies with the last traceback still shows its source."""
class C:
    def __del__(self):
        raise ValueError('in del')
def f():
    c = C()
    1 / 0
f()
