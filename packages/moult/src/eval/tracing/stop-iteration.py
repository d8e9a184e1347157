import sys
def test_gen():
    yield 0
    lno = 4
    return 123
def main():
    for i in test_gen():
        lno = 8
    lno = 9
def sub():
    x = yield from test_gen()
    lno = 1
def main2():
    for i in sub():
        lno = 3
    lno = 4
ev = []
def tr(f,e,a):
    ev.append((f.f_code.co_name,e,f.f_lineno, type(a).__name__ if e!='exception' else a[0].__name__)); return tr
for fn in (main, main2, main, main2):
    sys.settrace(tr); fn(); sys.settrace(None)
    print(fn.__name__)
    for x in ev: print(*x)
    ev.clear()
