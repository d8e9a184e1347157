"""A runtime lives in a host process that cannot be copied: there is no `os.fork` and nothing that follows it."""

import os

print(hasattr(os, 'fork'), hasattr(os, 'execv'))
