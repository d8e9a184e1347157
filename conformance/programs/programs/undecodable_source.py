# Bytes of a source that are no UTF-8, and where errors stand in a source of bytes.
def show(s):
    try: c=compile(s,'s','exec'); print('ok')
    except (SyntaxError,ValueError) as e: print(type(e).__name__, e, getattr(e,'lineno',None), getattr(e,'offset',None), getattr(e,'end_lineno',None), getattr(e,'end_offset',None), repr(getattr(e,'text',None)))
for s in [b'# \xf6\nx=1', b'x = "a\xf6b"', b'x = "a\\n\xf6b"', b'x\xf6 = 1', b'x = b"\xf6"', b'x = 1 \xf6', b'x = "a\xf6b" +', b'x = "a" +\n"\xf6"', b'Python = "\xcf\xb3\xf2\xee\xed" +', b'print("b\xf6se")', b'x = "\xe9\xe9a\xf6"', b'"""a\n\xf6"""', b'# \xf6\nx = = 1', b'x = = 1 # \xf6', b'x = = 1\n# \xf6', b'x = = "\xf6"', b'r"\xf6"', b'u"\xf6"', b'x = "\xc3"', b'x = "\xe2\x82"', b'x = "\xe2\x82a"', b'x="\xed\xa0\x80"', b'x = "\xc3\xa9\xf6"', b'x = "\\u00e9\xc3\xa9\xf6"',b'\xf6', b'a\xf6\xf6b', b'd\xc3\xa9\xf6 = 1', b'"a" "\xf6"', b'"ok" b"\xf6"', b'if 1:\n  "\xf6"', b"x = '\xf6", b"x = '''\xf6", b'(\xf6', b'# coding: utf-8\n# \xf6\n', b'# coding: latin-1\nx = "\xf6"; print(x)', b'# coding: ascii\nx = "\xf6"', b'# coding: foo\nx', b'lambda "\xf6": 1', b'"\xf6" = 1', b'f(a for "\xf6")']:
    print(repr(s)); show(s)
for s in [b'\xc3\xa9 = "\xf6"', b'\xc3\xa9 = d\xf6', b'x = 1; "\xc3\xa9"; "b\xf6" "c"', '"\udc80"', 'x = "\ud800"', '# \udc80', b'\xc3\xa9 = 1 + 1 + # \xf6', b'"\xf6"; \xc3\xa9 = = 1', b'x = 1 \xc3\xa9\xf6(', b'"\xf0\x9f\x90\x8d\xf6"', b'x."\xf6"', b'x.\xf6', b'import \xf6', b'def f(a, \xf6): pass', b'#\xf6 \nx!', b'"""\xf6\n"""; x x']:
    print(repr(s)); show(s)
for s in [b'\xc3\xa9 = = 1', 'é = = 1', b'# coding: utf-8\n\xc3\xa9 = = 1', b'\xef\xbb\xbf\xc3\xa9 = = 1', b'\xc3\xa9 = (a for', b'\xc3\xa9 = (\xc3\xa9 b)', b'"\xc3\xa9" = 1', b'"\xc3\xa9" 0xI', b'\xc3\xa9(x=1, 2)', b'def f():\n\xc3\xa9', b'\xc3\xa9 = "abc', b'\xc3\xa9 + 1 = 2', b'"\xc3\xa9", del', b'return "\xc3\xa9"', b'"\xc3\xa9"; return', b'"\xc3\xa9"; break', b'"\xc3\xa9"; f = lambda a, a: 1']:
    print(repr(s)); show(s)
