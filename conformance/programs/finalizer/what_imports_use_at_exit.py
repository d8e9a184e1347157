import sys
class T:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n, getattr(sys, "path_importer_cache", "missing"), getattr(sys, "meta_path", 1) and 5, __builtins__ is not None and "_" in vars(__builtins__), sys.modules is None)
sys.path.append(T("path")); sys.meta_path.append(T("meta")); sys.path_hooks.append(T("hook")); sys.path_importer_cache["a"] = T("pic"); sys.__interactivehook__ = T("ih"); sys.last_exc = T("last"); 
