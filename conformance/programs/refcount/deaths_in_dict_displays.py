"""In which order the items of a dict display die when it replaces them."""
class C:
    def __init__(self, n, k=1): self.n, self.k = n, k
    def __eq__(self, o): return self.k == o.k
    def __hash__(self): return 1
    def __del__(self): print('del', self.n)
d = {C(1): C(2), C(3): C(4)}
print(len(d))
del d
{C(5): 1, C(6): 2, C(7): C(8)}
d = {'a': C(9), 'b': C(10), **{'a': 3}}
del d
