# Frames of one code at a time: each is told of, whatever the others have opened.
import sys
ev=[]
def f(n):
    return n if n == 0 else f(n-1)
def g(n):
    if n: yield from g(n-1); yield n
class A:
    def __init__(self,n): self.n=n
    def __add__(self,o):
        return self.n and A(self.n-1)+o
def tr(fr,e,a):
    ev.append((fr.f_code.co_name,e,fr.f_lineno)); return tr
def pr(fr,e,a): ev.append((fr.f_code.co_name,e,fr.f_lineno))
for h,n in ((sys.settrace,tr),(sys.setprofile,pr)):
    h(n)
    f(3); list(g(3)); A(3)+1
    h(None)
    print(len(ev))
    for x in ev: print(*x)
    ev.clear()
import sys
ev=[]
def f(n): return n and f(n-1)
def g(n):
    return (n and
      g(n-1))
def gen(): yield 1; yield 2
def h():
    x = [y for y in gen() if y] or f(0) or f(1)
    for q in gen(): x = q and f(1); f(0) or f(0)
    return x if f(0) else f(0)
def tr(fr,e,a):
    ev.append((fr.f_code.co_name,e,fr.f_lineno)); return tr
sys.settrace(tr)
f(2); g(2); h()
sys.settrace(None)
for x in ev: print(*x)
