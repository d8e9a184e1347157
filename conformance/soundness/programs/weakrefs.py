import weakref


class C:
    def method(self):
        return self


def test():
    seen = []
    objs = [C() for _ in range(4)]
    refs = [weakref.ref(o, seen.append) for o in objs] + [weakref.ref(o) for o in objs]
    proxies = [weakref.proxy(o) for o in objs]
    wm = weakref.WeakMethod(objs[0].method)
    wv = weakref.WeakValueDictionary({i: o for i, o in enumerate(objs)})
    wk = weakref.WeakKeyDictionary({o: [o.method] if False else 1 for o in objs})
    ws = weakref.WeakSet(objs)
    fin = weakref.finalize(objs[1], seen.append, "end")
    assert wm()() is objs[0] and list(wv.items()) and list(wk.items()) and len(ws) and proxies[0].method() and repr(refs[0]) and hash(refs[0]) and fin.alive
    assert weakref.getweakrefs(objs[0]) and weakref.getweakrefcount(objs[0]) and refs[0] == refs[4] and ws | {objs[0]} and fin.peek()
    objs[2].cycle = objs[2]
    del objs[0], objs[0]
    objs.clear()
    fin()
    try:
        proxies[0].method
    except ReferenceError as e:
        str(e)
    import gc

    gc.collect()
    return seen
