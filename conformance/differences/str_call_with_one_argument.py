"""`str(x)` needs no tuple of arguments once CPython has specialised the call; here it always makes one."""

import gc


def text():
    str(ValueError(1))


text()
gc.collect()
text()
print(gc.get_count()[0])
