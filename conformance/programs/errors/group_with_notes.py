try:
    1/0
except ZeroDivisionError as e:
    e.add_note("note one\nline two")
    raise ExceptionGroup("eg", [e, ValueError("v"), ExceptionGroup("inner", [KeyError("k")])])
