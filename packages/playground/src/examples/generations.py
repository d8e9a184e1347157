import gc


class Pair:
    def __init__(self):
        self.other = None


def make_cycle():
    a, b = Pair(), Pair()
    a.other, b.other = b, a


gc.set_threshold(60, 3, 3)
for _ in range(400):
    make_cycle()

print("collections:", [g["collections"] for g in gc.get_stats()])
print("collected:", [g["collected"] for g in gc.get_stats()])
print("counts now:", gc.get_count())
