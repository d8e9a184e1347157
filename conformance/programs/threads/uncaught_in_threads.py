# A thread's uncaught exception is shown without importing anything; SystemExit, lost streams and odd names are not in the way.
import io
import sys
import threading

before = set(sys.modules)


def fail(kind, cause=None):
    raise kind('what') from cause


def run(*args, name=None, **attributes):
    thread = threading.Thread(target=fail, args=args, name=name)
    for key, value in attributes.items():
        setattr(thread, key, value)
    sys.stderr = stream = io.StringIO()
    try:
        thread.start()
        thread.join()
    finally:
        sys.stderr = sys.__stderr__
    lines = stream.getvalue().splitlines()
    print([line for line in lines if not line.startswith(('  File', '    '))])


run(ValueError)
run(ValueError, KeyError('k'), name='named')
run(SystemExit)
run(OSError)
print(set(sys.modules) - before)
args = threading.ExceptHookArgs((ValueError, ValueError(1), None, None))
sys.stderr = None
print(threading.excepthook(args))
sys.stderr = stream = io.StringIO()
threading.excepthook(args)
sys.stderr = sys.__stderr__
lines = stream.getvalue().splitlines()
print(lines[0].split()[:3], lines[1:])
for wrong in ((ValueError, ValueError(1), None, None), None):
    try:
        threading.excepthook(wrong)
    except TypeError as e:
        print(e)
