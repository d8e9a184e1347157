import bisect
import heapq


class K:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n


def test():
    a = [1, 3, 5]
    bisect.insort(a, 4), bisect.insort_left(a, 0), bisect.insort(a, 6, key=lambda x: x)
    assert bisect.bisect_left(a, 3) and bisect.bisect_right(a, 3, 0, 4) and bisect.bisect([K(1), K(3)], K(2))
    h = []
    for x in [5, 3, 8, 1, 9, 2] * 3:
        heapq.heappush(h, K(x))
    heapq.heapreplace(h, K(4)), heapq.heappushpop(h, K(0)), [heapq.heappop(h) for _ in range(5)]
    q = [5, 3, 8]
    heapq.heapify(q), heapq._heapify_max(q)
    assert heapq.nlargest(2, [1, 5, 3], key=lambda v: -v) and heapq.nsmallest(2, [3, 1, 2]) and list(heapq.merge([1, 4], [2, 3], reverse=False))
    try:
        heapq.heappop([])
    except IndexError as e:
        str(e)
    try:
        heapq.heapify([1, "a"])
    except TypeError as e:
        str(e)
