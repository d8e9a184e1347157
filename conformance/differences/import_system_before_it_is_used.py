"""`importlib` is loaded when somebody asks for it; until then its lists are empty."""

import sys

print(len(sys.meta_path) > 0, len(sys.path_hooks) > 0)
