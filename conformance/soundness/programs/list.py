def test():
    a = [3, 1, 2]
    a.append(4), a.extend((5, 6)), a.extend(x for x in "ab"), a.insert(1, "z"), a.pop(), a.pop(0), a.reverse()
    a[1:3] = [10, 11, 12, 13]
    a[::2] = [None] * len(a[::2])
    del a[0], a[1:3]
    b = a.copy() + [1.5] * 20
    b += (1, 2)
    b *= 2
    assert sorted([5, 3, 8, 1] * 10, key=lambda x: -x, reverse=True) and sorted(["b", "a"]) and [[1, 2], [3]] < [[1, 3]] and 1.5 in b
    c = [x * y for x in range(4) for y in range(3) if x != y]
    c.sort(key=str)
    assert repr([c, b]) and c.index(2) and c.count(2) and list(reversed(c)) and list(iter(c)) and [*c, *b] and c[1:3] == c[1:3]
    first, *rest, last = c
    r = []
    r.append(r)
    assert repr(r)
    r.clear()
    try:
        [].pop()
    except IndexError as e:
        str(e)
    try:
        [1, "a"].sort()
    except TypeError as e:
        str(e)
    return rest, zip(c, b), list(map(str, c))
