import ast

SOURCE = "def f(a, b=1):\n    return [a + b * 2 for x in y if x]\nclass C:\n    z: int = f'{a!r}'\nmatch a:\n    case {'k': [1, *r]}: pass\n"


def test():
    tree = ast.parse(SOURCE)
    assert ast.dump(tree, indent=1) and ast.unparse(tree) and compile(tree, "tree", "exec")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.kind = None
    ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(1), ast.Add(), ast.Constant(2))))
    assert ast.literal_eval("[1, {'a': (2, 3)}, {4}, -5, b'x']") and repr(ast.Name("x", ast.Load()))
    try:
        compile(ast.Module([ast.Expr(5)], []), "bad", "exec")
    except TypeError as e:
        str(e)
    try:
        ast.parse("x +")
    except SyntaxError as e:
        str(e)
