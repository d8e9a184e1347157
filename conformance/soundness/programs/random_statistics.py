import _random
import random
import statistics


def test():
    r = random.Random(42)
    r.setstate(r.getstate())
    assert r.random() and r.randint(1, 10**20) and r.choice("abc") and r.sample(range(100), 5) and r.getrandbits(200) and r.gauss(0, 1) is not None and r.choices("abc", [1, 2, 3], k=4) and r.randbytes(10)
    x = list(range(20))
    r.shuffle(x)
    assert statistics.NormalDist(0, 1).inv_cdf(0.3) and statistics.mean([1, 2, 4]) and statistics.stdev([1.5, 2.5, 4]) and statistics.median([3, 1, 2])
    q = _random.Random("seed")
    q.seed(10**50)
    return q.getrandbits(64), x
