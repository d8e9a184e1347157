import sys
import warnings


def careful(level, text="careful", category=UserWarning):
    warnings.warn(text, category, stacklevel=level)


for level in (1, 2, 3, 1, 2):
    careful(level)
warnings.warn("shown in the main module", DeprecationWarning)
warnings.warn(RuntimeWarning("an instance"))
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    careful(1)
    careful(1)
    print([(str(w.message), w.category.__name__, w.lineno, w.source) for w in seen])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        careful(1)
    except UserWarning as e:
        print("raised", e)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    careful(1)
with warnings.catch_warnings():
    warnings.filterwarnings("once", message="care")
    for _ in range(3):
        careful(1)
    careful(2)
with warnings.catch_warnings():
    warnings.simplefilter("module")
    for _ in range(2):
        careful(1)
    careful(2, "another")
for category in (int, 3, "text"):
    try:
        warnings.warn("x", category)
    except TypeError as e:
        print(e)
warnings.warn_explicit("explicit", UserWarning, "elsewhere.py", 7)
registry = {}
for _ in range(2):
    warnings.warn_explicit("explicit", UserWarning, "elsewhere.py", 8, module="m", registry=registry)
print(list(registry))
print(len(warnings.filters), warnings.filters[-1])
print([key for key in __warningregistry__ if key != "version"])
warnings.showwarning = lambda message, category, *rest: print("shown by the program:", message, category.__name__)
careful(1, "at last")
warnings.warn("out", ResourceWarning)
print(len(sys.warnoptions))
