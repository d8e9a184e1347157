"""Runs a program again and again in one interpreter, as `regrtest -R` does.

Executed in `__main__`: `repeat(path)` runs the program of a file, `repeat_tests(name)` a module of tests. Both leave behind what
the program itself leaves in modules that stay; so the first runs are not counted.
"""

import atexit
import gc
import os
import sys
import types
import warnings


def restore(modules, filters, thresholds):
    atexit._run_exitfuncs()
    atexit._clear()
    sys.settrace(None), sys.setprofile(None)
    gc.enable(), gc.set_debug(0), gc.set_threshold(*thresholds)
    gc.callbacks.clear(), gc.garbage.clear(), gc.unfreeze()
    warnings.filters[:] = filters
    warnings._filters_mutated()
    for name in set(sys.modules) - modules:
        if name.startswith("__mp") or name == "__main__":
            del sys.modules[name]
    for module in list(sys.modules.values()):
        getattr(module, "__warningregistry__", {}).clear()
    if "re" in sys.modules:
        sys.modules["re"].purge()
    if "linecache" in sys.modules:
        sys.modules["linecache"].clearcache()
    if "typing" in sys.modules:
        for cleanup in sys.modules["typing"]._cleanups:
            cleanup()
    if "functools" in sys.modules:
        for value in list(vars(sys.modules.get("fnmatch", os)).values()) + list(vars(sys.modules.get("tokenize", os)).values()):
            getattr(value, "cache_clear", int)()
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        setattr(sys, name, None)
    for hook in ("excepthook", "unraisablehook", "displayhook"):
        setattr(sys, hook, getattr(sys, f"__{hook}__"))
    sys.stdout, sys.stderr, sys.stdin = sys.__stdout__, sys.__stderr__, sys.__stdin__
    sys.stdout.flush(), sys.stderr.flush()
    for value in list(sys.modules.values()):
        abc = getattr(value, "_abc_caches_clear", None)
    sys._clear_type_cache()


def repeat(path):
    modules, filters, thresholds = set(sys.modules), warnings.filters[:], gc.get_threshold()
    own = sys.modules["__main__"]
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__builtins__ = __builtins__
    sys.modules["__main__"] = module
    limit, hooks, path = sys.getrecursionlimit(), sys.meta_path[:], sys.path[:]
    try:
        with open(path, "rb") as file:
            code = compile(file.read(), path, "exec", dont_inherit=True)
        exec(code, module.__dict__)
    except SystemExit:
        pass
    except BaseException:
        sys.__excepthook__(*sys.exc_info())
    finally:
        sys.modules["__main__"] = own
        sys.setrecursionlimit(limit)
        sys.meta_path[:] = hooks
        if sys.path != path:
            sys.path[:] = path
            sys.path_importer_cache.clear()
        module.__dict__.clear()
        del module
        restore(modules, filters, thresholds)


def repeat_tests(name):
    import copyreg
    import unittest

    modules, filters, thresholds = set(sys.modules), warnings.filters[:], gc.get_threshold()
    table = copyreg.dispatch_table.copy()
    importers = sys.path_importer_cache.copy()
    suite = unittest.defaultTestLoader.loadTestsFromName(name)
    result = unittest.TestResult()
    suite.run(result)
    copyreg.dispatch_table.clear(), copyreg.dispatch_table.update(table)
    sys.path_importer_cache.clear(), sys.path_importer_cache.update(importers)
    print(name, result.testsRun, len(result.failures), len(result.errors))
    del suite, result
    restore(modules, filters, thresholds)
