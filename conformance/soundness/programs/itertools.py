import itertools as it


def test():
    assert list(it.chain([1], (2,), it.chain.from_iterable(["ab", [3]]))) and list(it.islice(it.count(5, 2), 1, 8, 2)) and list(it.islice(it.cycle([1, 2]), 5))
    assert list(it.repeat([1], 3)) and list(it.accumulate([1, 2, 3], lambda a, b: a * b, initial=5)) and list(it.compress("abc", [1, 0, 1])) and list(it.pairwise([1, 2, 3]))
    assert list(it.combinations("abcd", 2)) and list(it.combinations_with_replacement("abc", 2)) and list(it.permutations("abc", 2)) and list(it.product("ab", [1, 2], repeat=2))
    assert list(it.starmap(pow, [(2, 3), (3, 200)])) and list(it.takewhile(lambda x: x < 3, range(9))) and list(it.dropwhile(lambda x: x < 3, range(5))) and list(it.filterfalse(None, [0, 1]))
    assert list(it.zip_longest("ab", [1], fillvalue=[0])) and [(k, list(g)) for k, g in it.groupby("aabbc", key=str.upper)] and list(it.batched("abcdefg", 3))
    a, b, c = it.tee(iter(range(100)), 3)
    assert next(a) == 0 and list(b) and it.tee(c) and next(c) == 0 and repr(it.count(1)) and it.count(10**30).__reduce__() and repr(it.repeat(1, 2))
    half = it.groupby([1, 1, 2])
    key, group = next(half)
    cyc = it.cycle([[]])
    next(cyc).append(cyc)
    del cyc
    try:
        list(it.batched([1], 0))
    except ValueError as e:
        str(e)
    return next(group), it.product([1], [2]).__reduce__() if False else it.chain()
