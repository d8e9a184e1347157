/** The part of the module `moult` that is written in Python: context managers around the natives of `module.ts`. */
export const SOURCE = `
class track:
    """with track() as t: ...   then t.diff tells what came and went, by type."""

    diff = None

    def __enter__(self):
        self._before = snapshot()
        return self

    def __exit__(self, kind, value, traceback):
        self.diff = diff(self._before)
        del self._before


class _Expectation:
    def __init__(self, *, limit=5):
        self.limit = limit
        self._mark = None

    def __enter__(self):
        self._began = _begin_places()
        self._mark = _mark()
        return self

    def __exit__(self, kind, value, traceback):
        try:
            if kind is None:
                message = self._complaint()
                if message:
                    raise AssertionError(message)
        finally:
            self._mark = None
            if self._began:
                _end_places()


class expect_no_leaks(_Expectation):
    """with expect_no_leaks(): ...   raises AssertionError if objects that the block made are alive after it."""

    def __enter__(self):
        from gc import collect
        self._collect = collect
        collect()
        return super().__enter__()

    def _complaint(self):
        self._collect()
        return _leaks(self._mark, self.limit)


class expect_no_cycles(_Expectation):
    """with expect_no_cycles(): ...   raises AssertionError if objects that the block made are in reference cycles."""

    def __enter__(self):
        self._collected = _collected()
        return super().__enter__()

    def _complaint(self):
        return _cycles_since(self._mark, _collected() - self._collected, self.limit)
`;
