"""What an AttributeError knows: a look-up tells name and object, an assignment or deletion does not."""
import gc
class S: __slots__=('a',)
class D:
    @property
    def p(self): return 1
def t(f):
    try: f()
    except Exception as e: print(type(e).__name__, e, getattr(e,'name',0), getattr(e,'obj',0) is None, type(getattr(e,'obj',0)).__name__)
def a1(): None.left=1
def a2(): None.left
def a3(): del None.left
def a4(): S().b=1
def a5(): del S().a
def a6(): D().p=2
def a7(): object().x=1
def a8(): del object().x
def a9(): del D().zz
def b1(): (5).real=3
def b2(): int.x=3
def b3(): del D.zz
def b4(): (5).q=3
for f in (a1,a2,a3,a4,a5,a6,a7,a8,a9,b1,b2,b3,b4): t(f)
