# Hooks of sys.addaudithook are told of what the program does, and can prevent it.
import gc
import os
import sys
import tempfile
import threading

told = []
shown = {'sys.addaudithook', 'sys.settrace', 'sys.setprofile', 'sys._getframe', 'sys.monitoring.register_callback',
         'gc.get_referrers', 'gc.get_referents', 'gc.get_objects', 'my.event', 'exec', '_thread.start_new_thread', 'open', 'import'}
forbidden = set()


def hook(event, args):
    if event in forbidden:
        raise RuntimeError(f'no {event}')
    if event == 'open' and not str(args[0]).endswith('.audited'):
        return
    if event == 'import' and args[0] != 'this_is_not_there':
        return
    if event == 'exec' and args[0].co_filename != 'audited':
        return
    if event in shown:
        told.append((event, [type(arg).__name__ for arg in args]))


def report():
    for event, kinds in told:
        print(event, kinds)
    told.clear()


sys.addaudithook(hook)
sys.audit('my.event', 1, 'two', None)
sys.audit('my.event')
sys.settrace(None)
sys.setprofile(None)
sys._getframe()
sys.monitoring.register_callback(1, 1, None)
gc.get_referrers(hook)
gc.get_referents(hook)
gc.get_objects(0)
exec(compile('x = 1', 'audited', 'exec'))
thread = threading.Thread(target=print, args=('in thread',))
thread.start()
thread.join()
name = os.path.join(tempfile.gettempdir(), 'a.audited')
with open(name, 'w') as file:
    file.write('x')
os.remove(name)
try:
    import this_is_not_there
except ImportError:
    pass
report()
print(any(isinstance(o, list) and hook in o for o in gc.get_objects()))
for wrong in ((), (5,)):
    try:
        sys.audit(*wrong)
    except TypeError as error:
        print(error)
forbidden |= {'sys.addaudithook', 'my.event', 'open', 'sys._getframe'}
sys.addaudithook(lambda *args: print('never'))
for action in (lambda: sys.audit('my.event'), lambda: open('/dev/null'), lambda: sys._getframe()):
    try:
        action()
    except RuntimeError as error:
        print(error)
forbidden.clear()
sys.audit('my.event', 7)
report()
