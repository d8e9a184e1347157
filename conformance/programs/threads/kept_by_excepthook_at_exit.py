import threading


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


local = threading.local()
local.value = D("never told")
threading.excepthook = lambda arguments: print("hook", arguments.exc_type.__name__)
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
print("end")
