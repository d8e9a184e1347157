import _opcode
import _string
import atexit
import errno
import locale
import signal
import time
import uuid
import warnings


def test():
    assert time.time() and time.strftime("%Y-%m-%d", time.gmtime(0)) and time.localtime(1e9) and time.mktime(time.gmtime(1000000)) and time.asctime(time.gmtime(0)) and time.strptime("2020", "%Y") and time.get_clock_info("time") and time.monotonic_ns()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("careful"), warnings.warn_explicit("x", UserWarning, "f", 3), warnings.warn("again", DeprecationWarning, stacklevel=2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            warnings.warn("raised")
        except UserWarning as e:
            str(e)
    assert len(caught) == 3 and list(_string.formatter_parser("a{b!r:c}d")) and list(_string.formatter_field_name_split("a.b[c]")[1]) and _opcode.stack_effect(1) is not None and errno.errorcode[2]
    f = lambda: None
    atexit.register(f, 1), atexit.unregister(f)
    assert locale.localeconv() and uuid.UUID(int=5).hex and uuid.uuid5(uuid.NAMESPACE_DNS, "x") and signal.getsignal(2) is not None and signal.Signals(2) and signal.strsignal(2)
    old = signal.signal(signal.SIGUSR1, lambda *a: None)
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, old)
