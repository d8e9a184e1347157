import sys, weakref, atexit, gc
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
a = D('a'); _b = D('_b'); c = D('c'); __d = D('__d'); _e = D('_e')
class Cls:
    x = D('class attr')
    def __del__(self): print('del Cls instance')
inst = Cls(); inst.self = inst; inst.d = D('in cycle')
def f(x=D('default')): pass
f.attr = D('func attr')
sys.mine = D('sys attr')
import builtins
builtins.mine = D('builtins attr')
weakref.finalize(a, print, 'finalize a')
fin = weakref.finalize(inst, print, 'finalize inst'); fin.atexit = False
atexit.register(print, 'atexit 1'); atexit.register(lambda: print('atexit 2'))
r = weakref.ref(c, lambda r: print('ref to c died'))
def gen():
    try: yield 1
    finally: print('gen closed')
g = gen(); next(g)
h = gen(); next(h); hold = [h]; hold.append(hold)
l = [D('list0'), D('list1')]
d = {'k': D('dict0'), 'j': D('dict1')}
t = (D('t0'), D('t1')); s = {D('s0')}
import types
m = types.ModuleType('m'); m.x = D('module attr'); m.y = D('module attr2')
sys.modules['m'] = m
class Late:
    def __del__(self):
        print('late', a is None if 'a' in globals() else 'gone', sys is not None, print is not None)
z = Late()
gc.freeze
print('end of main')
