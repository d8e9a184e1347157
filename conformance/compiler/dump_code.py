"""Compiles Python files and prints their code objects as JSON, one file per line.

Usage: python dump_code.py [-O LEVEL] FILE...
A file that does not compile gives {"error": [type, message, lineno, offset, end_lineno, end_offset]}.
"""

import json
import sys
import types
import warnings


def constant(value):
    if isinstance(value, types.CodeType):
        return code_fields(value)
    if isinstance(value, tuple):
        return ["tuple", [constant(item) for item in value]]
    if isinstance(value, frozenset):
        return ["frozenset", sorted(json.dumps(constant(item)) for item in value)]
    if isinstance(value, bytes):
        return ["bytes", value.hex()]
    if isinstance(value, str):
        return ["str", value.encode("utf-16-be", "surrogatepass").hex()]
    if isinstance(value, float):
        return ["float", value.hex()]
    if isinstance(value, complex):
        return ["complex", value.real.hex(), value.imag.hex()]
    if isinstance(value, int) and not isinstance(value, bool):
        return ["int", hex(value)]
    return [type(value).__name__, repr(value)]


def code_fields(code):
    return {
        "name": code.co_name,
        "qualname": code.co_qualname,
        "firstlineno": code.co_firstlineno,
        "flags": code.co_flags,
        "argcount": code.co_argcount,
        "posonlyargcount": code.co_posonlyargcount,
        "kwonlyargcount": code.co_kwonlyargcount,
        "stacksize": code.co_stacksize,
        "nlocals": code.co_nlocals,
        "varnames": code.co_varnames,
        "cellvars": code.co_cellvars,
        "freevars": code.co_freevars,
        "names": code.co_names,
        "code": code.co_code.hex(),
        "linetable": code.co_linetable.hex(),
        "exceptiontable": code.co_exceptiontable.hex(),
        "consts": [constant(value) for value in code.co_consts],
    }


def describe(error):
    if isinstance(error, SyntaxError):
        place = [error.lineno, error.offset, error.end_lineno, error.end_offset]
        return [type(error).__name__, error.msg, *place]
    return [type(error).__name__, str(error)]


def dump(path, level):
    with open(path, "rb") as file:
        source = file.read()
    caught = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            code = compile(source, path, "exec", dont_inherit=True, optimize=level)
        result = code_fields(code)
    except Exception as error:
        result = {"error": describe(error)}
    result["warnings"] = [[w.category.__name__, str(w.message), w.lineno] for w in caught]
    return result


def main(args):
    level = 0
    if args and args[0] == "-O":
        level = int(args[1])
        args = args[2:]
    sys.setrecursionlimit(100000)
    for path in args:
        print(json.dumps(dump(path, level)), flush=True)


main(sys.argv[1:])
