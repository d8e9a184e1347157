# Code objects whose parts do not fit are refused where they are made.
def f(a, b=1):
    return [a, b]


def g(n):
    try:
        yield n
    finally:
        n = 0


code = f.__code__
parts = [('co_argcount', 5), ('co_kwonlyargcount', 9), ('co_flags', code.co_flags | 4), ('co_code', b'a'), ('co_posonlyargcount', 3), ('co_nlocals', 1)]
for name, value in parts:
    try:
        code.replace(**{name: value})
    except (ValueError, SystemError) as e:
        print(name, type(e).__name__, str(e).split(': ', 1)[-1])
print(f(1), f.__code__.replace(co_name='h').co_name, list(g(3)))
