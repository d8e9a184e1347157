import gc, sys
print(sorted(x for x in dir(gc) if not x.startswith('__')))
for f in ('collect', 'get_count', 'get_threshold', 'set_threshold', 'enable', 'disable', 'isenabled', 'get_debug', 'set_debug', 'get_objects', 'get_referrers', 'get_referents', 'get_stats', 'is_tracked', 'is_finalized', 'freeze', 'unfreeze', 'get_freeze_count'):
    print(f, getattr(getattr(gc, f), '__text_signature__', None), repr(getattr(gc, f))[:30])
def e(f):
    try: print(f())
    except BaseException as x: print(type(x).__name__, x)
e(lambda: gc.collect(3)); e(lambda: gc.collect(-1)); e(lambda: gc.collect('a')); e(lambda: gc.collect(generation=1)); e(lambda: gc.collect(1, 2)); e(lambda: gc.collect(1.0)); e(lambda: gc.collect(True)); e(lambda: gc.collect(None))
e(lambda: gc.set_threshold()); e(lambda: gc.set_threshold('a')); e(lambda: gc.set_threshold(1, 2, 3, 4)); e(lambda: gc.set_threshold(1.5)); e(lambda: gc.set_threshold(2**40)); e(lambda: gc.set_threshold(700, 10, 10)); e(lambda: gc.set_threshold(-5)); e(gc.get_threshold); e(lambda: gc.set_threshold(700)); e(gc.get_threshold)
e(lambda: gc.get_objects(3)); e(lambda: len(gc.get_objects(-1)) > 1000); e(lambda: gc.get_objects(-2)); e(lambda: gc.get_objects('a')); e(lambda: gc.get_objects(1, 2)); e(lambda: gc.get_objects(1.5))
e(lambda: gc.set_debug('a')); e(lambda: gc.set_debug()); e(lambda: gc.get_debug()); e(lambda: gc.set_debug(gc.DEBUG_LEAK)); e(gc.get_debug); e(lambda: gc.set_debug(0))
e(lambda: gc.is_tracked()); e(lambda: gc.is_tracked(1, 2)); e(lambda: gc.is_finalized(1)); e(lambda: gc.get_referrers()); e(lambda: gc.get_referents()); e(lambda: gc.get_referents(1, 'a', None)); e(lambda: gc.freeze(1)); e(lambda: gc.enable(1)); e(lambda: gc.get_count(1)); e(lambda: gc.get_stats(1))
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK, gc.garbage, gc.callbacks)
print([sorted(s) for s in gc.get_stats()], type(gc.get_count()), len(gc.get_count()))
gc.callbacks.append(1)
gc.collect()
gc.callbacks.clear()
gc.callbacks.append(lambda p, i: 1/0)
gc.collect(); gc.callbacks.clear()
class R:
    def __del__(self): pass
r = R(); r.r = r; print(gc.is_finalized(r)); 
class K:
    keep = None
    def __del__(self): K.keep = self
k = K(); del k; print(gc.is_finalized(K.keep)); K.keep = None
k = K(); k.k = k; del k; print(gc.collect(), gc.is_finalized(K.keep)); kk = K.keep; K.keep = None; del kk; print(gc.collect(), gc.is_finalized(K.keep) if K.keep else None)
gc.freeze(); n = gc.get_freeze_count(); print(n > 100, gc.collect()); l = []; l.append(l); gc.freeze(); del l; print(gc.collect()); gc.unfreeze(); print(gc.get_freeze_count(), gc.collect())
class InGC:
    def __del__(self): print('nested collect', gc.collect(), gc.isenabled())
x = InGC(); x.x = x; del x; print(gc.collect())
