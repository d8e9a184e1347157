import gc

rescued = []


class Phoenix:
    def __init__(self, name):
        self.name = name
        self.me = self  # a cycle: only the collector finds it

    def __del__(self):
        print(self.name, "burns")
        rescued.append(self)


Phoenix("Fawkes")
print("collected:", gc.collect())
print("alive again:", rescued[0].name, gc.is_finalized(rescued[0]))

rescued.clear()
print("collected:", gc.collect())  # no second finalizer
print("rescued:", rescued)
