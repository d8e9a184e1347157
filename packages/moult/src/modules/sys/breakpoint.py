"""breakpoint() calls what PYTHONBREAKPOINT names; print >> stream is explained."""
import os, sys, warnings


def hook(*args, **kwargs):
    print('hook', args, kwargs)


for name in ('0', 'builtins.print', 'print', 'no.such.module', 'sys.nothing', '.x', '__main__.hook'):
    os.environ['PYTHONBREAKPOINT'] = name
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        breakpoint(1, 2, **({'key': 3} if name == '__main__.hook' else {}))
    print(name, [str(w.message) for w in caught])
try:
    print >> sys.stderr
except TypeError as error:
    print(str(error).partition('. ')[2])
