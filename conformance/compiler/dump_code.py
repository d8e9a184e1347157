"""Compiles Python files and prints their code objects as JSON, one file per line.

Usage: python dump_code.py [-O LEVEL] [--mode MODE] [--flags FLAGS] FILE...
A .json file is a list of sources; it gives one line for each.
A file that does not compile gives {"error": [type, message, lineno, offset, end_lineno, end_offset]}.
"""

import argparse
import json
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


def sources(path):
    with open(path, "rb") as file:
        data = file.read()
    return json.loads(data) if path.endswith(".json") else [data]


def dump(source, path, level, mode, flags):
    caught = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            code = compile(source, path, mode, flags, dont_inherit=True, optimize=level)
        result = code_fields(code)
    except Exception as error:
        result = {"error": describe(error)}
    result["warnings"] = [[w.category.__name__, str(w.message), w.lineno] for w in caught]
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-O", dest="level", type=int, default=0)
    parser.add_argument("--mode", default="exec")
    parser.add_argument("--flags", type=int, default=0)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    for path in options.files:
        for source in sources(path):
            result = dump(source, path, options.level, options.mode, options.flags)
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
