import sys
print(sys.getrefcount(__name__))
class A: pass
print(sys.getrefcount(__name__), A.__module__ is __name__, [k is __name__ for k in sys.modules if k == "__main__"], sys.modules["__main__"].__spec__, __name__ is "__main__", sys._getframe().f_globals["__name__"] is __name__)
def f(): pass
print(sys.getrefcount(__name__))
