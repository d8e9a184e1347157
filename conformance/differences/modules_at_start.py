"""CPython has imported `site` and its helpers when a program begins."""

import sys

print('site' in sys.modules, 'os' in sys.modules)
