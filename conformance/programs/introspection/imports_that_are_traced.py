# A traced program sees the frames of importlib.
import os
import sys
import tempfile

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
with open(os.path.join(folder, 'tiny_mod.py'), 'w') as file:
    file.write('X = 1\ndef f(): return X\n')
sys.path_importer_cache.clear()
import importlib
try:
    import missing_before
except ImportError:
    pass
calls = []


def trace(frame, event, arg):
    if event == 'call':
        calls.append((os.path.basename(frame.f_code.co_filename), frame.f_code.co_name))
    return trace


sys.settrace(trace)
import tiny_mod
sys.settrace(None)
files = {name for name, _ in calls}
print(sorted(files - {'<frozen zipimport>', '<frozen abc>'}))
names = [name for _, name in calls]
for wanted in ('_find_and_load', '_find_and_load_unlocked', '_find_spec', '_load_unlocked', 'exec_module', 'get_code', '_call_with_frames_removed', '<module>'):
    print(wanted, wanted in names)
print(names.index('_find_and_load') < names.index('exec_module') < names.index('<module>'))
sys.setprofile(lambda frame, event, arg: None)
try:
    import nothing_here
except ImportError as error:
    trace_back = error.__traceback__
    while trace_back.tb_next:
        trace_back = trace_back.tb_next
    sys.setprofile(None)
    print(error, os.path.basename(trace_back.tb_frame.f_code.co_filename) == os.path.basename(__file__))
print(sys.gettrace(), sys.getprofile())
os.remove(os.path.join(folder, 'tiny_mod.py'))
