# Keyword arguments that come twice, or are no strings.
def f(*a, **k): return k
class S(str): pass
for kw in ['**{1:3},**{1:5}', '**{(1,):3},**{(1,):5}', '**{1:3}', '**{"a":1},**{S("a"):2}', '**{1:3}, a=1', 'a=1,**{1:3}', '**[1]', '**{"a":1},**3','**{None:3},**{None:5}']:
    for fn in ('f','dict','len','print'):
        try: print(eval(f'{fn}({kw})'))
        except TypeError as e: print(fn, kw, e)
