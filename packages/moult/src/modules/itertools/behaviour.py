"""The iterators of itertools: results, messages, sizes, reuse of result tuples."""
import itertools
from itertools import *
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
for n in sorted(dir(itertools)):
    o=getattr(itertools,n)
    if not isinstance(o,type) or n.startswith('_'): continue
    print('==',n, o.__basicsize__)
    q=lambda f: t(lambda: type(f()))
    q(lambda:o()); q(lambda:o(1)); q(lambda:o([],1,2,3,4)); q(lambda:o(a=1)); q(lambda: o([],a=1)); q(lambda: o([],[],a=1)); q(lambda:o([],'a'))
t(lambda: islice([],-1)); t(lambda: islice([],1,-1)); t(lambda: islice([],1,2,0)); t(lambda: islice([],'a')); t(lambda: islice([],'a',2)); t(lambda: islice([],1,2,'a')); t(lambda: islice([],1,2**70)); t(lambda:islice([],2**70))
t(lambda: combinations([],-1)); t(lambda: permutations([],-1)); t(lambda: product([],repeat=-1)); t(lambda: combinations_with_replacement([1],-1)); t(lambda: batched([],0)); t(lambda: count('a')); t(lambda: count(1,'a')); t(lambda: repeat(1,'a')); t(lambda: tee(1)); t(lambda: tee([],-1)); t(lambda: tee([],'a')); t(lambda: permutations([],'a')); t(lambda: product([],repeat='a')); t(lambda: product([],foo=1)); t(lambda: chain(a=1)); t(lambda: zip_longest([],foo=1)); t(lambda: list(chain(1))); t(lambda: list(chain.from_iterable([1])))
t(lambda: repeat(1,-5)); t(lambda: count(5,1)); t(lambda: count(5,2)); t(lambda: count(1.5)); t(lambda: repeat('a',3)); t(lambda: repeat('a')); t(lambda: count()); t(lambda: repeat(1).__length_hint__()); t(lambda: list(starmap(pow,[1]))); t(lambda: list(starmap(pow,[(2,3)])));t(lambda: list(repeat(object=1,times=2)))
print(list(product('ab',[1,2],repeat=2))[:5], len(list(product('ab',[1,2],repeat=2))), list(product()), list(product('ab',[])))
print(list(permutations('abcd',2)), list(permutations([])), list(permutations('abc')), list(permutations('ab',3)))
print(list(combinations('abcd',2)), list(combinations('ab',3)), list(combinations('ab',0)))
print(list(combinations_with_replacement('abc',2)), list(combinations_with_replacement('',2)))
print(list(islice('abcdefg',2)), list(islice('abcdefg',2,None)), list(islice('abcdefg',1,6,2)), list(islice(count(),5,8)))
print(list(pairwise('abcd')), list(pairwise('a')), list(batched('abcdefg',3)), list(batched('',2)))
print(list(zip_longest('abc',[1],fillvalue='-')), list(zip_longest()), list(zip_longest('ab',[1,2,3])))
print([(k,list(g)) for k,g in groupby('aaabbc')], [(k,list(g)) for k,g in groupby([1,3,2,4,5],key=lambda x:x%2)])
g=groupby('aab'); a=next(g); b=next(g); print(list(a[1]), list(b[1]), list(g))
a,b,c=tee(range(200),3); print(sum(a), sum(islice(b,100)), sum(b), sum(c), tee([],0))
a,b=tee('abc'); c=a.__copy__(); print(next(a),next(b),list(c),list(a),list(b))
print(list(accumulate([1,2,3,4])), list(accumulate([1,2,3],lambda a,b:a*b,initial=10)), list(accumulate([])), list(accumulate([],initial=1)))
print(list(chain('ab',[1],(2,))), list(chain.from_iterable(['ab','cd'])), list(compress('abcd',[1,0,1])), list(dropwhile(lambda x:x<3,[1,2,3,1])), list(takewhile(lambda x:x<3,[1,2,3,1])), list(filterfalse(None,[0,1,2])), list(starmap(lambda *a:a,[(1,2),[3]])))
print(list(islice(cycle('ab'),5)), list(islice(cycle(''),5)), list(islice(count(2**31-3),5)), list(islice(count(1,-2),3)), list(islice(count(1.5,.5),3)), list(islice(count(2**70),2)))
import sys
print(sys.getsizeof(product('ab','c')), sys.getsizeof(permutations('abcd',2)), sys.getsizeof(combinations('abc',2)))
p=product('ab','cd'); x=next(p); i=id(x); del x; x=next(p); print(id(x)==i, x); y=next(p); print(x,y)
class C(chain): pass
print(list(C('a','b')), chain[int])
def gen():
    yield 1
    raise ValueError
ch=chain(gen(),[2])
print(next(ch)); t(lambda: next(ch)); t(lambda: next(ch))
def re():
    yield next(r[0])
r=tee(re()); t(lambda: next(r[1]))
t(lambda: list(map(lambda *a:a, *tee('ab'))))
