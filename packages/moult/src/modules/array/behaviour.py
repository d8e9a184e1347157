"""Arrays of every typecode: values, errors, slices, growth, pickling."""
from array import array
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for c in 'bBuhHiIlLqQfd':
    for v in (1.5,'x',None,-1,300,70000,2**31,2**32,2**63,2**64,2**100,-2**31-1,-2**63-1,-2**100):
        print(c,v,end=' ')
        t(lambda: array(c,[v]))
for a in [(),('i',),('i',[1],2),(1,),('ii',),('z',),('i','ab'),('i',array('u','ab')),('u',[1]),('u','abc'),('i',b'abc'),('i',5),('f',array('i',[1,2]))]:
    print(a,end=' '); t(lambda: array(*a))
t(lambda: array('i',x=1))
a=array('i',[1,2,3])
for n in []:
    o=getattr(array,n)
    if hasattr(o,'__text_signature__') and (not n.startswith('__') or n in('__copy__','__deepcopy__','__reduce_ex__','__sizeof__')): print(n, o.__text_signature__, '|', (o.__doc__ or '')[:200].replace('\n','\\n'))
import sys
t(lambda: a[5]); t(lambda: a['x']); t(lambda: a[:1.5])
def d(s):
    try: exec(s,{'a':array('i',[1,2,3]),'array':array}); print('ok')
    except Exception as e: print(s,type(e).__name__, e)
for s in ["a[5]=1","a['x']=1","a[0]='x'","a[0:2]=[1]","a[0:2]=array('d',[1])","a[::2]=array('i',[1])","del a[10]","del a['x']","a+[1]","a+=[1]","a*'x'","a.pop(10)","array('i').pop()","a.remove(9)","a.index(9)","a.index(1,5)","a.extend(5)","a.extend(array('d',[1]))","a.fromlist((1,))","a.fromlist(['x'])","a.frombytes(b'abc')","a.frombytes('x')","a.tounicode()","a.fromunicode('x')","array('u').fromunicode(1)","a.insert('x',1)","a.byteswap(1)","a<array('i',[2])","a<5","hash(a)","a.fromfile(1,1)","import io; a.fromfile(io.BytesIO(b'12'),1)","m=memoryview(a); a.append(1)","m=memoryview(a); del a[0]","m=memoryview(a); a[0:2]=array('i',[1])","m=memoryview(a); a.fromlist([1])","m=memoryview(a); a*=2","m=memoryview(a);a.extend([1])","m=memoryview(a);a.pop()","m=memoryview(a);a.frombytes(b'1234')","a+array('d',[1])","a+=array('d',[1])","a.tofile(5)","1 in a","a.count()","a.__reduce_ex__('x')"]: d(s)
for p in range(5): print(a.__reduce_ex__(p))
print(array('u','ab').__reduce_ex__(4), array('d',[1]).__reduce_ex__(2))
print(iter(a).__reduce__(), type(iter(a)))
print(sys.getsizeof(a), a.__sizeof__(), array.__basicsize__, array.__itemsize__, array.__weakrefoffset__)
x=array('i')
for i in range(40): x.append(i); print(sys.getsizeof(x),end=' ')
print()
print(a.buffer_info()[1], a.typecode,a.itemsize, repr(array('u','a\'b')), repr(array('u')),repr(array('f',[0.1,1e10])))
class S(array): pass
print(S('i',[1]), S('i',[1]).__reduce_ex__(2))
import array as m; print(m.typecodes, m._array_reconstructor(array,'i',1,b'a'))
