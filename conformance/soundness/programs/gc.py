import gc


class N:
    pass


def test():
    calls = []
    hook = lambda phase, info: calls.append((phase, info["generation"]))
    gc.callbacks.append(hook)
    try:
        for _ in range(20):
            n = N()
            n.me = [n, {"n": n}]
        gc.collect(0), gc.collect(1), gc.collect()
    finally:
        gc.callbacks.remove(hook)
    x = [1]
    y = {"x": x}
    assert gc.get_referrers(x) and gc.get_referents(y) and gc.is_tracked(y) and gc.get_count() and gc.get_stats() and gc.get_threshold()
    assert len(gc.get_objects()) and len(gc.get_objects(0)) is not None
    try:
        gc.freeze()
        frozen = gc.get_freeze_count()
    finally:
        gc.unfreeze()
    gc.set_debug(0)
    return calls, frozen
