import tracemalloc


def test():
    tracemalloc.start(3)
    data = [bytes(100) for _ in range(5)]
    snap = tracemalloc.take_snapshot()
    assert tracemalloc.get_traced_memory() and tracemalloc.get_object_traceback(data[0]) and snap.statistics("lineno") and tracemalloc.get_traceback_limit() and tracemalloc.get_tracemalloc_memory() is not None
    tracemalloc.reset_peak(), tracemalloc.clear_traces()
    tracemalloc.stop()
