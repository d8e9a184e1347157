# A text that ends too early is told apart from a wrong one.
import codeop
for s in ('(','x=1','if 1:\n  x','"""a','x (','def f():', 'a = """', 'x = [', '@d', '1 +', 'print(1','f(\n', 'if 1:\n  x\n'):
    try: print(repr(s), codeop.compile_command(s) is not None)
    except SyntaxError as e: print(repr(s), e)
    try: print(compile(s,'s','single',0x4000) is None)
    except SyntaxError as e: print(e, e.args[1][1:])
    try: print(compile(s,'s','exec',0x4200) is None)
    except SyntaxError as e: print(type(e),e, e.args[1][1:])
