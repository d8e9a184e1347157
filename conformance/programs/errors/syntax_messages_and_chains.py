import sys
class MyErr(Exception):
    def __init__(self, code, msg): super().__init__(code, msg); self.code = code
    def __str__(self): return f"[{self.code}]"
class Base(BaseException): pass
def lvl3(d):
    items = [1, 2, 3]
    return {k: v / items[k] for k, v in d.items()}
def lvl2(d):
    with CM(): return lvl3(d)
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print("exit", t.__name__, v); return False
for case in [{5: 1}, {1: "x"}]:
    try: lvl2(case)
    except (IndexError, TypeError) as e:
        tb = e.__traceback__
        while tb:
            c = tb.tb_frame.f_code
            print(c.co_name, tb.tb_lineno, c.co_qualname); tb = tb.tb_next
try: raise MyErr(3, "hello")
except MyErr as e: print(e, repr(e), e.args, e.code)
try:
    try: raise MyErr(1, "a")
    finally: print("fin")
except MyErr as e: print("c", e)
e = ValueError("x").with_traceback(None); e.add_note("n"); print(e.__notes__)
try: raise e from MyErr(2, "cause")
except ValueError as q: print(q.__cause__, q.__suppress_context__, q.__context__)
def f():
    try: return 1
    finally: raise KeyError("override")
try: f()
except KeyError as k: print(k, k.__context__)
def g():
    while True:
        try: raise ValueError
        except ValueError: break
        finally: print("brk")
    return sys.exc_info()
print(g())
try:
    try: raise ValueError(1)
    except ValueError as e1:
        try: raise TypeError(2)
        except TypeError as e2:
            raise KeyError(3)
except KeyError as e3: print(repr(e3.__context__), repr(e3.__context__.__context__))
print(sys.exc_info(), "e1" in globals(), "e3" in globals())
try: raise ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [TypeError(2), ValueError(3)])])
except* ValueError as eg: print(eg, eg.exceptions, [x for x in eg.exceptions])
except* TypeError as eg: print(repr(eg))
eg = ExceptionGroup("top", [ValueError(1), KeyError(2)]); print(eg.subgroup(ValueError), eg.split(KeyError), eg.derive([OSError()]).message)
for t in (OSError(2, "no"), OSError(2, "no", "f"), FileNotFoundError(2, "x"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), SystemExit(3), StopIteration(4), KeyError("k"), KeyError(), AttributeError("m", name="n", obj=1), ImportError("i", name="nm", path="p"), SyntaxError("s", ("f", 1, 2, "text")), NameError("q", name="q")):
    print(type(t).__name__, str(t), repr(t), t.args)
print(issubclass(ConnectionError, OSError), OSError(2, "x").__class__, IOError is OSError)
def rec(n): return rec(n + 1)
try: rec(0)
except RecursionError as r: print(r); 
def deep_repr():
    l = []; 
    for i in range(100000): l = [l]
    try: repr(l)
    except RecursionError as r: print(r)
deep_repr()
a = []; a.append(a); print(a, {1: a}); d = {}; d["d"] = d; print(d)
class R:
    def __repr__(self): return repr(self.x)
r = R(); r.x = r
try: repr(r)
except RecursionError as q: print(q)
class B:
    def __bool__(self): return 5
try: bool(B())
except TypeError as q: print(q)
class L:
    def __len__(self): return -1
try: len(L())
except ValueError as q: print(q)
try: raise Base("base")
except Exception: print("no")
except BaseException as q: print("base", q)
try: eval("f(", {}, {})
except SyntaxError as s: print(s.msg, s.lineno, s.offset, s.text, s.filename)
try: exec("x = 1\n  y = 2")
except IndentationError as s: print(s.msg, s.lineno, s)
for src in ["1 +", "def f(:", "x = = 1", "print 1", "if x", "for", "a b", "'abc", "(1, 2", "return 1", "break", "x = yield", "f(a=1, 2)", "f(**a, *b)", "def f(a, a): pass", "1 = x", "del f()", "nonlocal x", "class", "lambda: (yield", "{1: 2, 3}", "[x for", "import", "from x import", "a = 5 if 1", "else: pass", "x++", "a.b:int = ", "async def f(): yield from x", "def f():\npass", "with open(x) as 1: pass", "f'{'", "f'{a b}'", "0777", "1_", "\x00", "é = €", "global x; x = 1; def g(): pass", "assert", "raise from x", "try: pass", "not", "*a", "a, *b, *c = d", "x: int: 5", "match x:\n case 1", "(a=1)", "f(x for x in y, 1)", "def f(x=1, y): pass", "import a.b as c.d", "@", "if 1:\n\tx\n        y"]:
    try: compile(src, "<s>", "exec"); print("ok", src)
    except SyntaxError as s: print(repr(src), "->", type(s).__name__, s.msg, s.lineno, s.offset, s.end_lineno, s.end_offset)
    except ValueError as s: print(s)
def final():
    items = {"a": [1, 2]}
    return items["a"][5]["b"].c(1)
final()
