"""Runs one of CPython's test modules and tells on standard error, test by test, how each went.

    python runner.py MODULE FIRST [PATTERN]

Tests are numbered in the order in which unittest loads them; those before FIRST are left out, so that a run that ended in the
middle of a test can be taken up after it. Each line of the protocol starts with a record separator (U+001E); its fields are
parted by tabs:

    tests COUNT           start NUMBER ID           end NUMBER ID STATUS DETAIL           done
"""

import io
import re
import sys
import types
import unittest

stderr = sys.__stderr__
WIDEST = 300

# Modules that only test CPython's C API.
ABSENT = {"_testcapi", "_testinternalcapi", "_testclinic", "_testmultiphase", "_testbuffer", "_xxsubinterpreters"}


def say(*fields):
    """Write one line at once: whatever ends this process must not take it along."""
    text = "\t".join(str(field).replace("\t", " ").replace("\n", " | ") for field in fields)
    stderr.write("\n\x1e" + text.encode("ascii", "backslashreplace").decode("ascii") + "\n")
    stderr.flush()


def describe(error):
    """The exception in one line, with the place in the test that it came through."""
    kind, value, tb = error
    try:
        text = str(value)
    except BaseException as failure:
        text = f"<no text: {failure!r}>"
    text = text[:WIDEST]
    place = ""
    while tb is not None:
        filename = tb.tb_frame.f_code.co_filename
        if "unittest" not in filename or not place:
            name = filename.rpartition("/")[2]
            if name.startswith("test") or not place:
                place = f" ({name}:{tb.tb_lineno})"
        tb = tb.tb_next
    return f"{kind.__name__}: {text}{place}"


def wants_c_tests(error):
    """True if a test gave up because one of CPython's modules for testing its C API is not there."""
    value = error[1]
    if isinstance(value, ModuleNotFoundError):
        return value.name in ABSENT
    return isinstance(value, TypeError) and str(value).startswith("requires _testcapi.")


def stand_in(name):
    """A module that can be imported from; a test that calls what it got is skipped."""
    module = types.ModuleType(name)

    def __getattr__(attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)

        def skip(*args, **kwargs):
            raise unittest.SkipTest(f"needs {name}.{attribute}")

        return skip

    module.__getattr__ = __getattr__
    # What test.support wants to know when it is imported, and the size of the collector's head.
    module.get_config = lambda: {"code_debug_ranges": True}
    module.SIZEOF_PYGC_HEAD = 16
    module.get_recursion_depth = recursion_depth
    return module


def recursion_depth():
    """The number of Python frames."""
    depth = 0
    frame = sys._getframe(1)
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth


def exception_print(exception, legacy=False):
    """What the interpreter itself prints of an exception."""
    sys.__excepthook__(type(exception), exception, getattr(exception, "__traceback__", None))


def traceback_print(traceback, file):
    """What the interpreter itself prints of a traceback: all but the exception's own line."""
    kept, sys.stderr = sys.stderr, io.StringIO()
    try:
        sys.__excepthook__(Exception, Exception(), traceback)
        text = sys.stderr.getvalue()
    finally:
        sys.stderr = kept
    file.write(text.removesuffix("Exception\n"))


# What a module of tests wants of _testcapi, where Python can do the same by other ways.
PARTS = {"test_traceback": [exception_print, traceback_print]}


def add_parts(module):
    """A stand-in for _testcapi that has only these."""
    if module not in PARTS:
        return
    try:
        import _testcapi
    except ImportError:
        stand_in = sys.modules["_testcapi"] = types.ModuleType("_testcapi")
        for function in PARTS[module]:
            setattr(stand_in, function.__name__, function)


def add_absent():
    """Whole modules of tests import from this one; and a test may only want to name the classes of C's pickle."""
    for name, make in {"_testinternalcapi": stand_in, "_pickle": types.ModuleType}.items():
        try:
            __import__(name)
        except ImportError:
            sys.modules[name] = make(name)


class Reporter(unittest.TestResult):
    """Takes the worst of what a test (with its subtests) reports, and says it when the test stops."""

    def __init__(self, numbers):
        super().__init__()
        self.numbers = numbers
        self.status = "passed"
        self.details = []

    def startTest(self, test):
        super().startTest(test)
        say("start", self.numbers.get(id(test), -1), test.id())

    def stopTest(self, test):
        super().stopTest(test)
        say("end", self.numbers.get(id(test), -1), test.id(), self.status, " || ".join(self.details[:4]))
        self.status = "passed"
        self.details = []

    def note(self, status, detail):
        rank = ["passed", "skipped", "failed"]
        if rank.index(status) >= rank.index(self.status):
            self.status = status
        self.details.append(detail)

    def addError(self, test, err):
        status = "skipped" if wants_c_tests(err) else "failed"
        if isinstance(test, unittest.suite._ErrorHolder):
            say("end", -1, test.id(), status, describe(err))
        else:
            self.note(status, describe(err))

    def addFailure(self, test, err):
        self.note("failed", describe(err))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            status = "skipped" if wants_c_tests(err) else "failed"
            self.note(status, f"{subtest._subDescription()} {describe(err)}")

    def addSkip(self, test, reason):
        if isinstance(test, unittest.suite._ErrorHolder):
            say("end", -1, test.id(), "skipped", reason)
        else:
            self.note("skipped", reason)

    def addExpectedFailure(self, test, err):
        pass

    def addUnexpectedSuccess(self, test):
        self.note("failed", "passed, but the test is marked as an expected failure")


def leaves(suite):
    """The tests of a suite, one after the other."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from leaves(test)
        else:
            yield test


def load(loader, module):
    """The tests of a module. If it imports one that only CPython has, again with a stand-in for that."""
    for name in [*ABSENT, None]:
        tests, failure = attempt(loader, module)
        if failure is None or len(tests) > 1:
            return tests
        missing = re.search(r"No module named '(\w+)'$", str(failure).strip())
        if name is None or missing is None or missing[1] not in ABSENT:
            raise failure
        sys.modules[missing[1]] = stand_in(missing[1])


def attempt(loader, module):
    """The tests of a module, and what prevented loading it."""
    try:
        tests = list(leaves(loader.loadTestsFromName("test." + module)))
    except unittest.SkipTest as skip:
        return [], skip
    failed = next((test for test in tests if type(test).__name__ == "_FailedTest"), None)
    return tests, failed and failed._exception


def main(module, first, pattern=None):
    # Tests of CPython's own details are tests of what Moult promises.
    sys.implementation.name = "cpython"
    add_absent()
    add_parts(module)
    loader = unittest.TestLoader()
    if pattern:
        loader.testNamePatterns = [pattern if "*" in pattern else f"*{pattern}*"]
    tests = load(loader, module)
    say("tests", len(tests))
    numbers = {id(test): number for number, test in enumerate(tests)}
    unittest.TestSuite(tests[first:]).run(Reporter(numbers))
    say("done")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
