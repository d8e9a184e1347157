"""Hooks are not told of `id`, of attributes of natives and of the functions of `os`, `time`, `marshal` and `ctypes`:
asking would slow down every call."""

import sys

sys.addaudithook(lambda event, args: print(event) if event == 'builtins.id' else None)
id(1)
print('end')
