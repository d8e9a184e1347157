"""Pickling protocol of the iterators: what they reduce to at every step, and which states they take."""
import operator
import re
import warnings
from itertools import *

warnings.simplefilter('ignore')


def say(*values):
    print(re.sub('0x[0-9a-f]+', '0x', ' '.join(map(str, values))))


def show(it, n=(0,1,2,9)):
    r=[]
    for k in range(3):
        try: say('  ', type(it).__name__, k, it.__reduce__())
        except Exception as e: say('   ', type(e), e)
        try: next(it)
        except StopIteration: say('   stop')
show(accumulate([1,2])); show(accumulate([1,2],operator.add,initial=5)); show(accumulate([None,2], lambda a,b:None)); 
show(chain('ab','c')); show(chain()); show(compress('ab',[1,1])); show(count(3)); show(count(3,2)); show(count(2**70))
show(cycle('ab')); c=cycle('ab'); next(c);next(c);next(c); say(c.__reduce__()); c=cycle(''); say(next(c,0), c.__reduce__())
show(dropwhile(bool,[1,0,2])); show(takewhile(bool,[1,0,2])); show(filterfalse(None,[1,0,0])); show(starmap(pow,[(1,2),(3,4)]))
show(islice('abcdef',1,4,2)); show(islice('ab',None)); i=islice('ab',1); list(i); say(i.__reduce__())
show(product('ab','c')); p=product(''); show(p); show(combinations('abc',2)); show(combinations('a',2)); show(combinations_with_replacement('ab',2)); show(permutations('abc',2)); show(permutations('a',2))
show(repeat('x')); show(repeat('x',2)); show(zip_longest('ab','c',fillvalue=0)); show(groupby('aab')); 
g=groupby('aab'); k,gr=next(g); say(gr.__reduce__()); next(g); say(gr.__reduce__())
a,b=tee('abc'); next(a); say(a.__reduce__()); td=a.__reduce__()[2][0]; say(td.__reduce__(), type(td).__new__)
for t,bad in ((chain(),()),(chain(),(1,)),(cycle('a'),()),(cycle('ab'),([],)),(cycle('a'),([1],'x')),(product('ab'),(9,)),(product('ab'),[9]),(combinations('abc',2),(1,)),(combinations('abc',2),[1,2]),(permutations('ab'),(1,2)),(permutations('ab'),((1,),(2,))),(groupby('a'),(1,)),(groupby('a'),1),(islice('a',1),'x'),(dropwhile(bool,'a'),'x'),(takewhile(bool,'a'),[]),(tee('a')[0],1),(tee('a')[0],(1,2)),(zip_longest('a'),5)):
    try: say(type(t).__name__, bad, t.__setstate__(bad), list(islice(t,3)))
    except Exception as e: say(type(t).__name__, bad, type(e).__name__, e)
p=product('abc','de'); p.__setstate__((5,-3)); say(list(p)); 
c=combinations('abcd',2); c.__setstate__((9,-9)); say(list(c))
c=combinations_with_replacement('abc',2); c.__setstate__((9,-9)); say(list(c))
c=permutations('abc',2); c.__setstate__(((9,-9,1),(9,0))); say(list(c))
warnings.simplefilter('error')
try: count().__reduce__()
except DeprecationWarning as e: say(e)
try: cycle('a').__setstate__(())
except Exception as e: say(type(e),e)
