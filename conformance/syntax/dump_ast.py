"""Writes CPython's trees in the form that compare-ast.ts compares.

    python3.12 dump_ast.py DIRECTORY...     one line per .py file: digest of its tree, or '!' and the error; path
    python3.12 dump_ast.py --tree FILE      the tree itself, one node per line
    python3.12 dump_ast.py --names FILES    the Unicode names used in \\N{...}, with their characters
"""
import ast
import hashlib
import json
import pathlib
import re
import struct
import sys
import unicodedata
import warnings


def value_text(value):
    if value is None or isinstance(value, bool):
        return str(value)
    if value is ...:
        return '...'
    if isinstance(value, int):
        return f'{value:x}'
    if isinstance(value, float):
        return 'f' + struct.pack('>d', value).hex()
    if isinstance(value, complex):
        return 'c' + struct.pack('>dd', value.real, value.imag).hex()
    if isinstance(value, bytes):
        return 'b' + value.hex()
    return json.dumps(value)


def dump(node, out):
    if isinstance(node, list):
        out.append('[')
        for item in node:
            dump(item, out)
        out.append(']')
    elif isinstance(node, ast.AST):
        place = ''
        if 'end_lineno' in node._attributes:
            place = f'@{node.lineno},{node.col_offset},{node.end_lineno},{node.end_col_offset}'
        out.append(type(node).__name__ + place)
        for field in node._fields:
            dump(getattr(node, field), out)
    else:
        out.append(value_text(node))


def tree(path):
    out = []
    dump(ast.parse(pathlib.Path(path).read_bytes(), path), out)
    return '\n'.join(out)


def files(directories):
    for directory in directories:
        yield from sorted(pathlib.Path(directory).rglob('*.py'))


def main(arguments):
    warnings.simplefilter('ignore')
    sys.setrecursionlimit(20000)
    if arguments[0] == '--tree':
        print(tree(arguments[1]))
        return
    if arguments[0] == '--names':
        for path in files(arguments[1:]):
            for name in set(re.findall(rb'\\N\{([^}\n]*)\}', path.read_bytes())):
                try:
                    print(json.dumps([name.decode(), unicodedata.lookup(name.decode())]))
                except (KeyError, UnicodeDecodeError):
                    pass
        return
    for path in files(arguments):
        try:
            digest = hashlib.md5(tree(str(path)).encode()).hexdigest()
        except Exception as error:
            where = getattr(error, 'msg', error), getattr(error, 'lineno', None), getattr(error, 'offset', None)
            digest = '!' + json.dumps([type(error).__name__, *map(str, where)])
        print(digest, path, sep='\t', flush=True)


main(sys.argv[1:])
