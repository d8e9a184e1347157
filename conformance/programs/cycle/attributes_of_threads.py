import gc, threading, sys, weakref
gc.disable(); gc.collect()
l = threading.local(); print([type(o).__name__ for o in gc.get_referents(l)], sys.getrefcount(l), weakref.getweakrefcount(l)); l.l = l; print([type(o).__name__ for o in gc.get_referents(l)]); 
print(len(weakref.getweakrefs(l)), [r.__callback__ for r in weakref.getweakrefs(l)])
del l; print(gc.collect())
gc.set_debug(gc.DEBUG_SAVEALL); l = threading.local(); l.l = l; del l; print(gc.collect(), [type(o).__name__ for o in gc.garbage]); gc.set_debug(0); gc.garbage.clear(); gc.collect()
def f():
    print(l.__dict__); l.z = [l]
l = threading.local(); t = threading.Thread(target=f); t.start(); t.join(); t = None; print(sys.getrefcount(l), weakref.getweakrefcount(l)); del l; print(gc.collect())
k = threading.Lock(); k2 = [k]; k2.append(k2); del k2, k; print(gc.collect())
