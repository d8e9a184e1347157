import os


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


for arguments in ({}, {"before": 1}, {"other": 1}):
    try:
        os.register_at_fork(**arguments)
    except TypeError as error:
        print(error)
try:
    os.register_at_fork(1)
except TypeError as error:
    print(error)
print(os.register_at_fork(before=lambda: None, after_in_child=print))
x = D("reached from a handler's globals: too late to print")
arguments = error = D("dropped before")
arguments = error = None
print("end")
