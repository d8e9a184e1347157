import heapq, sys, bisect
class Cm:
    def __init__(s, v): s.v = v
    def __lt__(s, o): print("lt", s.v, o.v, sys.getrefcount(s), sys.getrefcount(o)); return s.v < o.v
h = [Cm(v) for v in (2, 3)]
print("insort"); bisect.insort(h, Cm(5)); 
print("insort_left"); bisect.insort_left(h, Cm(4)); 
a = Cm(3)
print("bis"); bisect.bisect(h, Cm(5)); bisect.bisect_left(h, a); bisect.bisect_right(h, x=a)
print("key"); bisect.insort(h, Cm(7), key=lambda c: c); bisect.bisect(h, a, key=lambda c: c)
print("min"); min(h), max(h), min(a, Cm(1)), sorted(h)
print("cmp"); Cm(1) < Cm(2); a < a; [a] < [Cm(4)]; (a,) < (Cm(9),); [Cm(1), Cm(0)].sort()
