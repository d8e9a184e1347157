"""Fast profiler"""
import sys
import time
from collections import namedtuple

_entry_fields = 'code callcount reccallcount totaltime inlinetime'


class profiler_entry(namedtuple('profiler_entry', _entry_fields + ' calls')):
    __slots__ = ()

    def __repr__(self):
        return f'_lsprof.{super().__repr__()}'


class profiler_subentry(namedtuple('profiler_subentry', _entry_fields)):
    __slots__ = ()

    def __repr__(self):
        return f'_lsprof.{super().__repr__()}'


class _Counts:
    """What is known of a function, or of a function as it is called by one other. `depth` counts its open calls."""

    __slots__ = 'calls', 'recursive', 'total', 'inline', 'depth', 'callees'

    def __init__(self):
        self.calls = self.recursive = self.depth = 0
        self.total = self.inline = 0.0
        self.callees = {}

    def end(self, total, inline):
        self.depth -= 1
        self.inline += inline
        if self.depth == 0:
            self.total += total
            self.calls += 1
        else:
            self.calls += 1
            self.recursive += 1


class _Call:
    """A call that has not ended; `inner` is the time that calls made by it took."""

    __slots__ = 'key', 'counts', 'by_caller', 'start', 'inner'

    def __init__(self, key, counts, by_caller, start):
        self.key = key
        self.counts = counts
        self.by_caller = by_caller
        self.start = start
        self.inner = 0.0


class Profiler:
    """Profiler(timer=None, timeunit=None, subcalls=True, builtins=True)

    Builds a profiler object using the specified timer function.
    The default timer is a fast built-in one based on real time.
    For custom timer functions returning integers, 'timeunit' can
    be a float specifying a scale (that is, how long each integer unit
    is, in seconds)."""

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = timer or time.perf_counter
        self._unit = (timeunit or 1.0) if timer is not None else 1.0
        self._subcalls = subcalls
        self._builtins = builtins
        self._entries = {}
        self._open = []

    def enable(self, subcalls=True, builtins=True):
        """enable(subcalls=True, builtins=True)

        Start collecting profiling information.
        If 'subcalls' is True, also records for each function
        statistics separated according to its current caller.
        If 'builtins' is True, records the time spent in
        built-in functions separately from their caller."""
        if sys.getprofile() is not None:
            raise ValueError('Another profiling tool is already active')
        self._subcalls = subcalls
        self._builtins = builtins
        sys.setprofile(self._event)

    def disable(self):
        """disable()

        Stop collecting profiling information."""
        sys.setprofile(None)
        while self._open:
            self._leave()

    def clear(self):
        """clear()

        Clear all profiling information collected so far."""
        self._entries = {}
        self._open = []

    def getstats(self):
        """getstats() -> list of profiler_entry objects

        Return all information collected by the profiler."""
        while self._open:
            self._leave()
        unit = self._unit
        stats = []
        for key, counts in self._entries.items():
            if counts.calls == 0:
                continue
            calls = [
                profiler_subentry(callee, of.calls, of.recursive, of.total * unit, of.inline * unit)
                for callee, of in counts.callees.items()
                if of.calls
            ]
            stats.append(
                profiler_entry(
                    key, counts.calls, counts.recursive, counts.total * unit, counts.inline * unit, calls or None
                )
            )
        return stats

    def _event(self, frame, event, arg):
        if event == 'call':
            code = frame.f_code
            self._enter(_OWN.get(code, code))
        elif event == 'c_call':
            if self._builtins and arg is not sys.setprofile:
                self._enter(_name_of(arg))
        elif event == 'return':
            self._leave()
        elif self._builtins and arg is not sys.setprofile:
            self._leave()

    def _enter(self, key):
        counts = self._entries.get(key)
        if counts is None:
            counts = self._entries[key] = _Counts()
        counts.depth += 1
        by_caller = None
        if self._subcalls and self._open:
            callees = self._open[-1].counts.callees
            by_caller = callees.get(key)
            if by_caller is None:
                by_caller = callees[key] = _Counts()
            by_caller.depth += 1
        self._open.append(_Call(key, counts, by_caller, self._timer()))

    def _leave(self):
        if not self._open:
            return
        now = self._timer()
        call = self._open.pop()
        total = now - call.start
        inline = total - call.inner
        call.counts.end(total, inline)
        if call.by_caller is not None:
            call.by_caller.end(total, inline)
        if self._open:
            self._open[-1].inner += total


#: The profiler's own functions have a type's name, as if they were native.
_OWN = {
    getattr(Profiler, name).__code__: f"<method '{name}' of '_lsprof.Profiler' objects>"
    for name in ('enable', 'disable', 'clear', 'getstats')
}


def _name_of(function):
    """What a native function is called in the statistics."""
    owner = getattr(function, '__self__', None)
    name = getattr(function, '__name__', None)
    if owner is None or isinstance(owner, type(sys)):
        module = getattr(function, '__module__', None) or getattr(owner, '__name__', None)
        return f'<built-in method {module}.{name}>' if module else f'<{name}>'
    method = getattr(type(owner), name, None)
    if method is not None and not isinstance(owner, type):
        return repr(method)
    return f'<built-in method {name}>'
