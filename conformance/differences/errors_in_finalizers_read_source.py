"""To show a line of source, CPython opens a text stream, whose codec leaves dicts, lists and tuples in the free lists;
here the host reads the file."""

import gc


class Fails:
    def __del__(self):
        raise ValueError


gc.collect()
Fails()
print(gc.get_count()[0])
