import io
import token
import tokenize
import _tokenize
def show(src, **k):
    try:
        it=_tokenize.TokenizerIter(io.StringIO(src).readline, **k)
        for t in it: print(token.tok_name[t[0]], t[1:4] , repr(t[4]))
    except Exception as e: print(type(e).__name__, e.args)
for extra in (False, True):
    for src in ('async = 1\n','async def f(): await x\n','2sin(x)\n','0_7\n','012\n','1_000 09.5 0777\n','0b12 0xg 0o8\n','1__0\n', '5in x 5or 5if\n','await = 3\n'):
        print('==', extra, repr(src)); show(src, extra_tokens=extra)
def py(src):
    try:
        for t in tokenize.generate_tokens(io.StringIO(src).readline): print(t)
    except Exception as e: print(type(e).__name__, e.args)
py('2sin(x)'); py('0777\n')
