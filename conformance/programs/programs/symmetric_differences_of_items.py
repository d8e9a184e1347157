"""The order in which ^ of two views of items looks at their items, and what it calls."""
class K:
    def __init__(s,n): s.n=n
    def __hash__(s): print('h',s.n); return s.n
    def __eq__(s,o): print('eq',s.n,o.n); return s.n==o.n
    def __repr__(s): return f'K{s.n}'
import sys
def show(a,b): print(a.items()^b.items(), b.items()^a.items())
a={K(1):K(5),K(2):K(6)}; b={K(1):K(5),K(3):K(7),K(4):K(8)}
print('--'); show(a,b); show({1: 2, 3: 4, 9: 9}, {}); show({},{1:2})
try: {1:[]}.items() ^ {1:[2]}.items()
except TypeError as e: print(e)

k1 = {1:False, 2:2}.items()
k3 = {4:4}.items()
k4={4:4,7:7,8:8}.items()
print(k1 ^ k3, k3 ^ k1, k1 ^ k4, k4 ^ k1, k4 ^ k3)
print(hash((1,False))&7, hash((4,4))&7, hash((2,2))&7)
a=set(); a.add((4,4)); a.update({1:False,2:2}.items()); print(a)
a=set(); a.add((4,4)); a.add((1,False)); a.add((2,2)); print(a)
print({(1,False),(2,2),(4,4)}, {(4,4),(1,False),(2,2)})
