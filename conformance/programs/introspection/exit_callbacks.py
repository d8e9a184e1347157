"""Exit callbacks are no objects of the collector; those that were unregistered are still counted."""
import atexit
import gc

gc.collect()
before = len(gc.get_objects())
atexit.register(print, 'bye', 1)
print(len(gc.get_objects()) - before)
atexit.register(print)
print(atexit._ncallbacks())
atexit.unregister(print)
print(atexit._ncallbacks())
atexit.register(print, 'end')
