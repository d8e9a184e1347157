"""Warnings about source text that a filter makes errors."""
import warnings
warnings.simplefilter('error')
for s in ['assert(x, "msg")', 'x is 1', 'y=3\n [1,2] (3)', 'a = 0xfor x', '"\\z"', 'f"{x}\\z"', "a=3;  '''\n\\z'''", "b'\\407'", "'\\407'", '1if 2else 3', 'a = [(1,2) (3,4)]','x="a"; y = ["abc" "\\d"]', '0or 1', '1_0.if x else 2', '1jor 2']:
    try: compile(s, 'FILE', 'exec')
    except SyntaxError as e: print(repr(s), e.msg, e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text), e.__cause__, repr(e.__context__))
warnings.simplefilter('always')
with warnings.catch_warnings(record=True) as w:
    try: compile("'\\e' $", 'FILE', 'exec')
    except SyntaxError as e: print(e, [str(x.message) for x in w])
print(eval(b'# coding: latin9\n"\xa4"'))
