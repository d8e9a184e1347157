# The interpreter's end: other threads are waited for, daemons are not.
import atexit
import threading
import time


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def daemon():
    kept = Noted('daemon local')
    while True:
        time.sleep(0.01)


def below_native():
    kept = Noted('daemon local below a native')
    sorted([1, 2], key=lambda x: time.sleep(1000))


def worker():
    local = Noted('worker local')
    time.sleep(0.05)
    print('worker done')


atexit.register(print, 'exit callback')
threading._register_atexit(print, 'threading callback')
module_level = Noted('global')
threading.Thread(target=daemon, daemon=True).start()
threading.Thread(target=below_native, daemon=True).start()
threading.Thread(target=worker).start()
time.sleep(0.02)
print('main ends')
