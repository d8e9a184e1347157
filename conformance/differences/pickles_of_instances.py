"""The pickler in C keeps a memo table and a list of its own, which leaves other blocks free."""

import gc
import pickle


class Plain:
    pass


plain = Plain()
pickle.dumps(plain)
gc.collect()
pickle.dumps(plain)
print(gc.get_count()[0])
