"""The tokens that tokenize shows of all kinds of texts, and the errors."""
import tokenize, io, _tokenize
def t(src, extra=True):
    print('=====', repr(src)[:70])
    try:
        for x in _tokenize.TokenizerIter(io.StringIO(src).readline, extra_tokens=extra): print(x)
    except SyntaxError as e: print(type(e).__name__, e.args)
    except Exception as e: print(type(e).__name__, e)
S=["a = 1\n","a = 1","# c","# c\n","x # c\n","if x:\n  # c\n    y # d\n\n  z\n# e\n","if 1:\n  a\n","if 1:\n  a","(a,\n # c\n b)\n","'''a\nb''' + 1\n","f'a{x!r:>{w}}b' \n","f'''a\n{x}\n'''\n","\n\n\n","","a\\\n+b\n","é = 'é' # é\n","$ ? !\n","a\r\nb # c\r\n'''x\r\ny'''\r\n","(a","'abc","'''abc\nd","if 1:\n    a\n  b\n","\tif 1:\n        b\n","a \\ b\n","0x\n","1_\n","1if 2 else 3\n","async def f(): await x\n","a <> b := c ** -> ... ..\n","€ = 1\n","a\x01b\n","   \n  # c\n  x\n","def f():\n\n  x\n\n\n\ny\n",")\n","(]\n","f'{a'\n","f'}'\n","`a`\n","x = 1;  y\n\x0cz\n","if a:\n  b\n # c\nd\n", "a = '''x\n  y''' # q\nb\n", "if 1:\n x\n\\\n\n"]
for s in S: t(s)
for s in S[:14]: t(s,False)
for enc in ('utf-8','latin-1'):
    try:
        for x in tokenize.tokenize(io.BytesIO("# -*- coding: %s -*-\né = 1\n".__mod__(enc).encode(enc)).readline): print(x)
    except Exception as e: print(type(e).__name__, e)
def r(*a,**k):
    try: print(list(_tokenize.TokenizerIter(*a,**k)))
    except Exception as e: print(type(e).__name__, e)
r(); r(5); r(lambda: 5,extra_tokens=False); r(lambda: 1/0, extra_tokens=True); r(lambda: b'x', extra_tokens=True); r(lambda: 'x', encoding='utf-8',extra_tokens=True); r(lambda:'', extra_tokens=True)
r(lambda:'')
i=iter(['a\n','b\n']); r(i.__next__, extra_tokens=True)
