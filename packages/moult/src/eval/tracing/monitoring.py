import sys
m=sys.monitoring; E=m.events
log=[]
for t in (0,2,5): m.use_tool_id(t,'t%d'%t)
names={v:k for k,v in vars(E).items() if v}
def show(x):
    import types
    if isinstance(x, types.CodeType): return x.co_name
    if x is m.MISSING: return 'MISSING'
    if isinstance(x,(int,str)) or x is None: return repr(x)
    if callable(x): return getattr(x,'__name__',type(x).__name__)
    return type(x).__name__
def mk(t,e):
    def cb(*a):
        log.append((t,names[e])+tuple(map(show,a)))
    return cb
for t in (0,2,5):
    for e in names: m.register_callback(t,e,mk(t,e))
def tr(f,e,a): log.append(('trace',e,f.f_code.co_name,f.f_lineno)); return tr
def pr(f,e,a): log.append(('profile',e,f.f_code.co_name,f.f_lineno))
def run(f,evs,tools=(0,),trace=False):
    for t in tools: m.set_events(t,evs)
    if trace: sys.setprofile(pr); sys.settrace(tr)
    try: f()
    except Exception as e: log.append(('exc',type(e).__name__,str(e)))
    if trace: sys.settrace(None); sys.setprofile(None)
    for t in tools: m.set_events(t,0)
    print('-----',f.__name__,evs)
    for x in log: print(*x)
    log.clear()
ALL=(1<<15)-1
NOI=ALL & ~64
def a():
    x = 1
    len([])
def b():
    for i in range(2):
        if i: pass
        else: int('3')
    while i<2: i+=1
def gen():
    yield 1
    return 5
def c():
    for x in gen(): pass
    for x in gen(): pass
    r = yield_from()
    list(r)
def yield_from():
    v = yield from gen()
    return v
class B:
    def __init__(self, x=1): self.x=x
    def m(self,*a,**k): return self
    def __enter__(self): pass
    def __exit__(self,*a): pass
class C(B):
    def __init__(self): super().__init__(x=3)
    def m(self,*a,**k): return super().m(*a,**k)
def d():
    c=C()
    c.m(1,z=2)
    f=c.m; f(1)
    args=(1,2)
    c.m(*args)
    print(*args, sep='|')
    print(end='')
    dict(a=1)
    int(*['7'])
    max(*[], **{'default':3,'key':None}) if 0 else None
    sorted([3,1],key=lambda x:-x)
    str.upper('x')
    f(*())
def e():
    try:
        1/0
    except ValueError: pass
    finally:
        x=1
def e2():
    try: e()
    except ZeroDivisionError as ex:
        try: raise
        except Exception: pass
    try: int('q')
    except ValueError: pass
    try: len(5)
    except TypeError: pass
    with B(): pass
    g=gen(); next(g)
    try: g.throw(KeyError)
    except KeyError: pass
    g2=gen(); next(g2); g2.close()
async def co(): return 3
async def agen():
    yield 1
async def main():
    await co()
    async for x in agen(): pass
def f():
    try: main().send(None)
    except StopIteration: pass
def rec(n=2): return n and rec(n-1)
def h():
    return [y for y in (1,2) if y] and {k:v for k,v in [(1,2)]} and any(q for q in (0,1))
def match(x=(1,2)):
    match x:
        case (1,y): return y
        case _: return 0
for fn in (a,b,c,d,e2,f,rec,h,match):
    run(fn,NOI)
run(a,NOI,(0,2,5))
run(a,ALL&~64,(0,2),True)
run(rec,4|1,(5,))
run(b,ALL)
run(lambda: eval('1+2'),ALL)
run(lambda: exec('x=1\ny=2'),ALL)
# disable
def mkd(t,e):
    def cb(*a):
        log.append((t,names[e])+tuple(map(show,a))); return m.DISABLE
    return cb
for e in names: m.register_callback(0,e,mkd(0,e))
def loop():
    for i in range(3):
        len([])
        if i == 1: str(i)
for ev in range(10):
    run(loop,1<<ev); run(loop,1<<ev); m.restart_events(); run(loop,1<<ev)
for e in (10,11,12,13,14): 
    m.register_callback(0,1<<e,mkd(0,1<<e))
    run(e2,1<<e)
m.register_callback(0,E.C_RETURN,mkd(0,E.C_RETURN)); m.register_callback(0,E.C_RAISE,mkd(0,E.C_RAISE)); m.register_callback(0,E.CALL,None)
run(a,16); run(e2,16)
# local
for e in names: m.register_callback(0,e,mk(0,e))
m.set_local_events(0,a.__code__,32|1)
a();b()
print(log); log.clear()
m.set_local_events(0,a.__code__,0)
a(); print(log)
# exceptions from callbacks
def bad(*a): raise ValueError('cb')
def innermost(ex):
    tb = ex.__traceback__
    while tb.tb_next: tb = tb.tb_next
    return tb.tb_frame.f_code.co_name
def all_of_them():
    a(); b(); c(); d()
for i in range(15):
    m.register_callback(0, 1 << i, bad)
    m.set_events(0, 0)
    try: m.set_local_events(0, a.__code__, 1 << i)
    except ValueError: continue
    try: all_of_them()
    except ValueError as ex: print(i, ex, innermost(ex))
    m.set_local_events(0, a.__code__, 0)
    m.register_callback(0, 1 << i, None)
