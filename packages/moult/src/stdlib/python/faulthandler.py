"""Tracebacks written when they are asked for. There are no faults to be handled: `enable` only remembers that it was called."""
import sys as _sys
import threading as _threading

_enabled = False
_later = None
_FRAMES = 100


def enable(file=None, all_threads=True):
    """Enable the fault handler."""
    global _enabled
    _stream(file)
    _enabled = True


def disable():
    """Disable the fault handler."""
    global _enabled
    was, _enabled = _enabled, False
    return was


def is_enabled():
    """Check if the handler is enabled."""
    return _enabled


def dump_traceback(file=None, all_threads=True):
    """Dump the traceback of the current thread, or of all threads, into file."""
    file = _stream(file)
    here = _sys._getframe(1)
    if not all_threads:
        _write(file, ['Stack (most recent call first):', *_lines(here)])
        return
    current = _threading.get_ident()
    parts = []
    for ident, frame in _sys._current_frames().items():
        if ident != current:
            parts += [f'Thread 0x{ident:016x} (most recent call first):', *_lines(frame), '']
    _write(file, [*parts, f'Current thread 0x{current:016x} (most recent call first):', *_lines(here)])


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    """Dump the traceback of all threads in timeout seconds, if they run other Python code by then."""
    global _later
    if timeout <= 0:
        raise ValueError('timeout must be greater than 0')
    file = _stream(file)
    cancel_dump_traceback_later()

    def dump():
        _write(file, [f'Timeout ({_span(timeout)})!'])
        parts = []
        for ident, frame in _sys._current_frames().items():
            if ident != _threading.get_ident():
                parts += [f'Thread 0x{ident:016x} (most recent call first):', *_lines(frame)]
        _write(file, parts)
        if exit:
            import os

            os._exit(1)
        if repeat:
            start()

    def start():
        global _later
        _later = _threading.Timer(timeout, dump)
        _later.daemon = True
        _later.start()

    start()


def cancel_dump_traceback_later():
    """Cancel the previous call to dump_traceback_later()."""
    global _later
    if _later is not None:
        _later.cancel()
        _later = None


def register(signum, file=None, all_threads=True, chain=False):
    """Register a handler for the signal 'signum': dump the traceback of the current thread."""
    import signal

    stream = _stream(file)
    before = signal.getsignal(signum)

    def handler(number, frame):
        _write(stream, ['Current thread 0x%016x (most recent call first):' % _threading.get_ident(), *_lines(frame)])
        if chain and callable(before):
            before(number, frame)

    _registered.setdefault(signum, before)
    signal.signal(signum, handler)


def unregister(signum):
    """Unregister the handler of the signal 'signum' registered by register()."""
    if signum not in _registered:
        return False
    import signal

    signal.signal(signum, _registered.pop(signum))
    return True


_registered = {}


def _stream(file):
    if file is None:
        file = _sys.stderr
        if file is None:
            raise RuntimeError('unable to get sys.stderr')
    if isinstance(file, int):
        if file < 0:
            raise ValueError('file is not a valid file descripter')
        return file
    file.fileno()
    file.flush()
    return file


def _write(file, lines):
    import os

    number = file if isinstance(file, int) else file.fileno()
    os.write(number, ''.join(f'{line}\n' for line in lines).encode('ascii', 'backslashreplace'))


def _lines(frame):
    count = 0
    while frame is not None:
        if count == _FRAMES:
            yield '  ...'
            return
        code = frame.f_code
        yield f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}'
        frame = frame.f_back
        count += 1


def _span(seconds):
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    text = f'{hours}:{minutes:02d}:{int(seconds):02d}'
    micros = round(seconds % 1 * 1e6)
    return f'{text}.{micros:06d}' if micros else text
