# Comments about types in syntax trees, older versions of the language, and `<>`.
import ast

SOURCES = [
    'x = 1 # type: int\n',
    'x = y = 1 #type:int \n# comment\n',
    'x = [  # type: ignore\n 1]\n',
    'x = 1  # type: ignore[a, b] c\n# type: ignore@x\n',
    'x = 1  # type: ignored\n',
    'for a in b:  # type: int\n  pass\n',
    'async def f():\n  async for a in b: # type: int\n    pass\n  async with a as b: # type: str\n    pass\n',
    'with a as b: # type: int\n  pass\n',
    'with (a, b): # type: int\n  pass\n',
    'with (a as b): # type: int\n  pass\n',
    'with (a as b):\n  pass\n',
    'def f(): # type: () -> int\n  pass\n',
    'def f():\n  # type: () -> int\n  pass\n',
    'def f(): # type: () -> int\n  # type: () -> str\n  pass\n',
    'def f(): pass # type: () -> int\n',
    'def f():\n  # comment\n  # type: () -> int\n\n  # other\n  pass\n',
    'def f(a,  # type: int\n  b, # type: str\n  *c, # type: C\n  d=1, # type: D\n  **e # type: E\n  ):\n  # type: (...) -> int\n  pass\n',
    'def f(a, # type: A\n  /, b # type: B\n  ): pass\n',
    'def f(a, *, # type: A\n  b): pass\n',
    'def f(a # type: A\n  , b): pass\n',
    'def f(a, b=2, # type: A\n  # type: B\n  ): pass\n',
    'def f(a, /, # type: A\n  b): pass\n',
    'def f(*args # type: A\n ): pass\n',
    'def f(*, a # type: A\n , b=1, # type: B\n): pass\n',
    'def f(*, a, # type: A\n b=1, # type: B\n): pass\n',
    '# type: int\nx = 1\n',
    'x = 1\n# type: int\n',
    'x += 1 # type: int\n',
    'x # type: int\n',
    'x: int = 1 # type: int\n',
    'x = (1 # type: int\n)\n',
    'class C: # type: int\n  pass\n',
    'if x: # type: int\n  pass\n',
    'x = 1; # type: int\n',
    'x = 1; y = 2 # type: int\n',
    'lambda a, # type: int\n  b: 1\n',
    'x = 1 # type: int\ny = = 2\n',
    'é = "日本" # type: é日\n',
    'z = é # type: é日 q q\nz # type: x\n',
    '# type: ignore\n',
    'if 1:\n    # type: ignore\n    pass\n  # type: ignore[2]\n',
]


def show(source, **options):
    try:
        tree = ast.parse(source, **options)
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, repr(error.text))
    else:
        print(ast.dump(tree, include_attributes=len(source) < 30))


for source in SOURCES:
    print(repr(source))
    show(source, type_comments=True)
    show(source)

print(ast.dump(ast.parse('(int, *str, **Any) -> float', mode='func_type')))

FEATURES = [
    ('a @ b', 5), ('a @= b', 5), ('async def f(): pass', 5), ('x: int = 1', 6), ('x: int', 6), ('(x): int = 1', 6), ('1_000', 6),
    ('async def f(): [i async for i in x]', 6), ('async def f(): await x', 5), ('async def f():\n async for a in b: pass', 5),
    ('async def f():\n async with a: pass', 5), ('(x := 1)', 8), ('def f(a, /): pass', 8), ('lambda a, /: 1', 8),
    ('with (a, b as c): pass', 9), ('match x:\n case 1: pass', 10), ('try: pass\nexcept* E: pass', 11), ('type X = int', 12),
    ('class C[T]: pass', 12), ('def f[T](): pass', 12), ('with (a, b): pass', 9), ('with (a): pass', 9),
]
for source, version in FEATURES:
    for minor in (version - 1, version):
        if version > 7 or minor >= 7:
            show(source, feature_version=(3, minor))
        else:
            try:
                ast.parse(source, feature_version=minor and (3, minor))
            except SyntaxError as error:
                print(error.msg)
            else:
                print('good')

for source in ['1 <> 2', '1 != 2', 'from __future__ import barry_as_FLUFL\n1 <> 2', 'from __future__ import barry_as_FLUFL\n1 != 2']:
    show(source)
barry = __import__('__future__').barry_as_FLUFL.compiler_flag
print(eval(compile('1 <> 2', '', 'eval', barry)))
