"""`datetime` has no interface for C extensions."""

import _datetime

print(hasattr(_datetime, 'datetime_CAPI'))
