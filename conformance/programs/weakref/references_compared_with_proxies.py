import weakref


class N:
    def __eq__(self, other):
        return isinstance(other, N)

    __hash__ = None


a, b = N(), N()
ref, proxy, other = weakref.ref(a), weakref.proxy(a), weakref.proxy(b)
print(ref == proxy, proxy == ref, ref != proxy, ref == other)
print(weakref.getweakrefs(a).index(proxy))
del a
print(ref == other, ref != other, ref == weakref.ref(b))
