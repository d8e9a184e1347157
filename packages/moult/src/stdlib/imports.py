names = """abc argparse ast atexit bisect codecs collections collections.abc concurrent.futures contextlib contextvars copy
copyreg dataclasses datetime difflib dis enum fnmatch functools glob graphlib heapq html inspect io itertools json keyword linecache logging
math numbers operator os os.path pathlib platform pprint queue random re reprlib sched shlex signal stat string struct textwrap threading
time timeit token tokenize traceback types typing unittest uuid warnings weakref"""
for name in names.split():
    __import__(name)
    print(name)
