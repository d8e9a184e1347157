"""What a finalizer or callback raises is written to sys.stderr, and to nobody where that is gone: deleted, None, or after the last module."""
import gc
import sys
import weakref


def gone(reference):
    print("gone", reference() is None)


class Failing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)
        raise ValueError(self.name)


Failing("with stderr")
kept = sys.stderr
sys.stderr = None
Failing("with None")
del sys.stderr
Failing("without stderr")
sys.stderr = kept
Failing("with stderr again")

# What the frozen namespace still holds at the end is not collected: the callback comes when builtins have lost their names.
gc.freeze()
gc.collect()
reference = weakref.ref(sorted, gone)
