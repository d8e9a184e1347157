class D:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n)
    def __repr__(s): return f"D({s.n})"
    def __add__(s, o): return D(f"{s.n}+{o.n}")
    def __lt__(s, o): return s.n < o.n
    def __eq__(s, o): return isinstance(o, D) and s.n == o.n
    def __hash__(s): return hash(s.n)
    def __enter__(s): print("enter", s.n); return D(s.n+"'")
    def __exit__(s, *a): print("exit", s.n)
    def m(s): return s
    def __getitem__(s, i): return D(f"{s.n}[{i}]")
    def __call__(s, *a): return D(f"{s.n}()")
print("1"); D("a") + D("b") + D("c")
print("2"); x = D("x"); x = D("y"); print('--'); x = x + D("z"); print('--')
print("3"); l = [D("l1"), D("l2"), D("l3")]; l[1] = None; print("--"); l = None
print("4"); t = (D("t1"), D("t2")); del t
print("5"); d = {1: D("d1"), 2: D("d2"), 3: D('d3')}; d[2] = 0; print("--"); del d[1]; d.clear()
print("6"); s = {D("s")}; s.add(D("s")); s.discard(D("s"));
print("7")
with D("w") as w: print("body")
print("--"); del w
print("8")
with D("w"): pass
print("9")
def f(a, b=D("dflt")): print("in f"); return None
f(D("arg")); f(D("arg1"), D("arg2")); f(b=D("kb"), a=D("ka")); f(*[D("s1"), D("s2")]); f(**{'a': D("kw")})
del f
print("10"); D("m").m().m()
print("11"); D("i")[1][2]; D("c")()()
print("12"); a, b = D("u1"), D("u2"); a, b = b, a; print("--"); a = b = None
print("13"); [D(str(i)) for i in range(3)]
print("14"); {D("k"): D("v")}
print("15"); {i: D(str(i)) for i in range(2)}
print("16"); D("p").n + "q"; D("c1") < D("c2") < D("c3"); D("c1") == D("c2")
print("17"); D("x") if D("t") else D("f")
print("18"); D("o1") or D("o2"); D("a1") and D("a2"); not D("n1")
print("19"); f"{D('fs')} {D('fs2')!r}"
print("20")
for i in [D("e1"), D("e2"), D("e3")]: print("loop", i)
print("--"); del i
for i in (D(c) for c in "ab"): print("g", i)
del i
print("21")
def g():
    a = D("ga")
    try:
        yield a
        b = D("gb")
        yield b
    finally:
        print("fin")
        c = D("gc")
it = g(); next(it); next(it); del it
it = g(); del it
it = g(); next(it); it.close(); print('--')
it = g(); next(it)
try: it.throw(ValueError("v"))
except ValueError: print("caught")
print('--'); del it
print("22")
try:
    a = D("ta"); raise KeyError(D("exc"))
except KeyError as e: print("handler")
print("--"); del a
print("23")
def h():
    a = D("1"); b = D("2"); c = D("3"); a = None
    return b
h()
print("24")
def k():
    loc = D("loc")
    raise ValueError
try: k()
except ValueError: print("caught")
print('--')
try: k()
except ValueError as e: print("caught"); e = None; print("cleared")
print("25"); x = [D("q1"), D("q2"), D("q3"), D("q4")]; x[1:3] = [D("r")]; print("--"); del x[0]; print('--'); x.pop(); x.clear()
print("26"); x = D("o"); x.self2 = D("attr"); x.self3 = D("attr2"); x.self2 = None; print("--"); del x
print("27"); x = D("o"); x.__dict__['z'] = D("zz"); x.y = D("yy"); del x
print("28"); x = D("o"); del x.n; x.n = D("nn").n; del x
print("29"); sorted([D("b"), D("a"), D("c")]); print("--"); max(D("a"), D("b")); print('--'); sum([D("b")], D("a"))
print("30"); list(map(D, "ab")); list(zip([D("1")], [D("2")])); 
print("31"); *a, = D("s1"), D("s2"); del a; (a, *b), c = (D("a"), D("b"), D("c")), D("d"); del a; del b; del c
print("32"); assert D("as"), D("msg")
try: assert None, D("msg")
except AssertionError as e: print(e)
print("33"); lam = lambda z=D("def"): z; lam(); lam(D("x")); del lam
print("34"); x = D("r"); y = [x, x]; del x; y.remove(D("r")); del y
print("35"); x = D("1"); x += D("2"); del x
print("36"); (lambda a, b: None)(D("A"), D("B"))
print("37"); print(D("P"), D("Q"))
print("38"); isinstance(D("I"), D); len([D("L")]); id(D("id")); str(D("S")); repr(D("R")); hash(D("H")); bool(D("B")); type(D("T"))
print("end")
