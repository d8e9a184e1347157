"""What the iterators of itertools hold, in the order in which the collector visits it."""
import gc, itertools
def t(o): print([getattr(x,'__name__',type(x).__name__) for x in gc.get_referents(o)])
def f(p,q): return q
a=itertools.accumulate([1,2],f); t(a); next(a); t(a)
a=itertools.accumulate([1,2]); t(a); next(a); t(a)
a=itertools.accumulate([1,2],f,initial=3); t(a); next(a); t(a)
t(itertools.groupby([1],f)); t(itertools.islice([1],1)); t(itertools.count(2.5,1.5)); t(itertools.compress([1],[1]))
t(itertools.zip_longest([1],(2,),fillvalue=[])); t(itertools.product([1],[2])); t(map(f,[1],[2])); t(zip([1],(2,))); t(enumerate([1])); t(itertools.batched([1],2)); t(itertools.pairwise([1])); t(itertools.repeat([],2)); t(itertools.cycle([1])); t(itertools.permutations([1],1)); t(itertools.tee([1])[0]); t(itertools.starmap(f,[(1,2)])); t(itertools.chain([1],[2])); t(reversed([1])); t(iter(f,1))
c=itertools.chain([1],[2]); next(c); t(c)
c=itertools.cycle([1]); next(c); t(c)
c=itertools.groupby([1],str); k,g=next(c); t(c); t(g)
c=itertools.pairwise([[1],[2]]); next(c); t(c)
c=itertools.product([1],[2]); next(c); t(c)
c=itertools.permutations([1],1); next(c); t(c)
