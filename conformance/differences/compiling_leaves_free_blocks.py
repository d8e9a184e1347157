"""CPython compiles with dicts, lists and tuples of its own heap, which wait in the free lists afterwards; the compiler
here is TypeScript. So generation 0 counts less after `compile`, `exec` of text, `namedtuple` and `dataclass`, until a
full collection."""

import gc

compile('a + b', 'file', 'eval')
gc.collect()
compile('a + b', 'file', 'eval')
print(gc.get_count()[0])
