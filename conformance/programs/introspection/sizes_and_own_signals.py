import os, signal, sys, weakref

class Sized(int):
    def __sizeof__(self):
        return int(self)
for size in (sys.maxsize, sys.maxsize + 1, -1):
    try:
        print(sys.getsizeof(Sized(size)))
    except Exception as error:
        print(type(error).__name__, error)

class Slots(bytearray):
    __slots__ = 'a', 'b', 'c'
print(sys.getsizeof(Slots()) - sys.getsizeof(bytearray()))

try:
    sys.call_tracing(type, 2)
except TypeError as error:
    print(error)

class Attributes(dict):
    def __getattr__(self, name):
        return self[name]
held = Attributes(offset=5)
print('Attributes' in repr(weakref.ref(held)), '(Slots)' in repr(weakref.ref(Slots)))

told = []
signal.signal(signal.SIGINT, lambda number, frame: told.append(number))
os.kill(os.getpid(), signal.SIGINT)
print(told)
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    print('interrupted')
