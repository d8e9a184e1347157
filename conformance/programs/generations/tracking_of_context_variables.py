import contextvars, gc
for v in (contextvars.ContextVar("a"), contextvars.ContextVar("b", default=1), contextvars.ContextVar("c", default=(1,)), contextvars.ContextVar("d", default=[]), contextvars.ContextVar("e", default={}), contextvars.ContextVar("f", default=print)): print(v.name, gc.is_tracked(v))
gc.disable(); gc.collect()
v = contextvars.ContextVar("v", default=[]); v.get().append(v); del v; print(gc.collect())
