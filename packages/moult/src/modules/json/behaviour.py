"""Reading and writing JSON: results, errors, hooks, limits."""
import json,_json,re,sys
from json import encoder
def t(f):
    try: print(re.sub('0x[0-9a-f]+','0x',repr(f())))
    except BaseException as e: print(type(e).__name__, e, repr(getattr(e,'value',None)))
t(lambda: json.dumps(float('nan'), allow_nan=False))
t(lambda: json.dumps({1:float('inf')}, allow_nan=False))
d={}
class X: pass
def default(o):
    if len(d)<8: d[len(d)]=5
    return sys.getrefcount(o)
d['a']=X(); d['b']=X(); d['c']=1
t(lambda: json.dumps(d,default=default))
t(lambda: json.dumps(dict(a=X()),default=default,sort_keys=True))
class D(dict):
    def items(self): return [1,2]
class D2(dict):
    def items(self): return ((1,2),)
class D3(dict):
    def items(self): return 5
t(lambda: json.dumps(D(a=1))); t(lambda: json.dumps(D2(a=1))); t(lambda: json.dumps(D3(a=1)))
t(lambda: json.dumps({1:2,'a':3},sort_keys=True))
mk=_json.make_encoder
t(lambda: mk()); t(lambda: mk(1,2,3,4,5,6,7,8,9)); t(lambda: mk(None,2,3,4,5,6,7,8,9)); t(lambda: mk(None,2,3,4,'5','6',7,8,9)); t(lambda: mk(None,2,3,4,'5','6',7,8))
t(lambda: mk(None,2,3,4,'5','6',7,8,9,10)); t(lambda: mk(5,2,3,4,'5','6',7,8,9))
t(lambda: mk(markers=None,default=None,encoder=None,indent=None,key_separator=':',item_separator=',',sort_keys=0,skipkeys=0,allow_nan=0))
e=mk(None,str,lambda s:5,None,':',',',False,False,True)
t(lambda: e('a',0)); t(lambda: e(1,0)); t(lambda: e([1],0)); t(lambda: e()); t(lambda: e(1)); t(lambda: e(1,'a')); t(lambda: e(obj=1,_current_indent_level=4)); t(lambda: e(1,2,3)); t(lambda: e(X(),0)); t(lambda: e(_json,0)); t(lambda: e({X():1},0)); t(lambda: (e.markers,e.default,e.encoder,e.indent,e.key_separator,e.item_separator,e.sort_keys,e.skipkeys)); t(lambda: setattr(e,'indent',5)); t(lambda: e.x)
e=mk({},str,_json.encode_basestring_ascii,3,':',',',True,True,True)
t(lambda: e([1,[2,{'a':3,(1,2):5}]],0)); t(lambda: e.indent)
l=[];l.append(l); t(lambda: e(l,0)); t(lambda: json.dumps(l))
t(lambda: _json.scanstring('abc"',0)); t(lambda: _json.scanstring('abc"',0,5)); t(lambda: _json.scanstring(b'abc"',0)); t(lambda: _json.scanstring()); t(lambda: _json.scanstring('a')); t(lambda: _json.scanstring('a','b')); t(lambda: _json.scanstring('a',2**64)); t(lambda: _json.scanstring('a',1,2,3)); t(lambda: _json.scanstring('a',end=1)); t(lambda: _json.scanstring('a',-1)); t(lambda: _json.scanstring('a',5))
for s in ('abc','a\x01"','a\\','a\\x"','a\\u12','a\\u123x"','a\\u1234"','\\ud83d\\ude00"','\\ud83d\\u1234"','\\ud83d\\uzzzz"','\\ud83d"','😀\\x"','😀\\u12','"','','\\ud83d\\ude00','a\\"b\\/\\b\\f\\n\\r\\t"x','é"','\\ud83d\\n"    ','\\ud83dx      "'):
    t(lambda: _json.scanstring(s,0)); t(lambda: _json.scanstring('x😀'+s,2)); t(lambda: _json.scanstring(s,0,False))
t(lambda: _json.encode_basestring(5)); t(lambda: _json.encode_basestring_ascii(5)); t(lambda: _json.encode_basestring()); 
for s in ('','abc','a"b\\c\n\r\t\f\b\x00\x1f\x7f\x80é\u2028😀\ud800x/'): t(lambda: _json.encode_basestring(s)); t(lambda: _json.encode_basestring_ascii(s))
class C:
    strict=1; object_hook=None; object_pairs_hook=None; parse_float=float; parse_int=int; parse_constant=staticmethod(lambda s: ('C',s))
ms=_json.make_scanner
t(lambda: ms()); t(lambda: ms(5)); t(lambda: ms(C,1)); t(lambda: ms(context=C)); t(lambda: ms(ctx=C))
s=ms(C); t(lambda: (s.strict,s.object_hook,s.parse_float,s.parse_int)); t(lambda: s.memo)
t(lambda: s()); t(lambda: s(b'1',0)); t(lambda: s('1',-1)); t(lambda: s('1',1)); t(lambda: s('1','x')); t(lambda: s(string='12',idx=1)); t(lambda: s('1',0,0))
for x in ('1','-','-1','0','01','-0','1.5','1.','1.e5','1e5','1e','1e+','1E-5','-x','1e400','123456789012345678901234567890','null','nul','true','tru','false','fals','NaN','Na','Infinity','-Infinity','-Inf','"a"','"a','[]','[1]','[1,2]','[1,','[1','[','[1 2]','[,1]','[1,]','{}','{','{"a"','{"a":','{"a":1','{"a":1,','{"a":1,}','{"a" : 1 , "b":[{}]}','{a','{"a" 1}','{"a":1 "b"}',' 1','\u00a01','[ \n\t\r1 ]','{"a":1,"a":2}','1'*5000,'😀','["😀",x','["😀" 1','-0.0','1.5E+3x','[1\n,\n\n2 3]'):
    print(x[:30], end=' '); t(lambda: s(x,0)); t(lambda: json.loads(x)); t(lambda: json.loads(x, object_hook=lambda d:('h',d), parse_float=lambda s:'f'+s, parse_int=lambda s:'i'+s)); t(lambda: json.loads(x, object_pairs_hook=lambda d:('p',d),strict=False))
class I(int):
    def __repr__(self): return 'I'
class F(float):
    def __repr__(self): return 'F'
class S(str): pass
class L(list):
    def __iter__(self): return iter([7,8])
class T(tuple):
    def __iter__(self): return iter([9])
t(lambda: json.dumps([I(5),F(2.5),S('a"b'),True,None,L([1]),T((1,)),L(),{I(1):1,F(2.0):2,True:3,None:4,S('q'):5},{2.5:1,float('nan'):2}]))
x=json.loads('[{"key":1},{"key":2}]'); a,b=[list(i)[0] for i in x]; print(a is b)
t(lambda: json.dumps(L([5]))); t(lambda: json.dumps(10**5000)); t(lambda: json.dumps({10**5000:1})); t(lambda: json.loads('[1e5, 1E5, 1.0, 100000000000000000000.5]'))
import gc; print(gc.is_tracked(e),gc.is_tracked(s),len(gc.get_referents(s))>5); print(sys.getsizeof(e),sys.getsizeof(s))
t(lambda: type('Q',(ms,),{})); t(lambda: type('Q',(mk,),{}))
class Sub(str): pass
t(lambda: json.loads(Sub('{"a":1}')))
t(lambda: json.dumps({"a":X()},default=lambda o:o)); t(lambda: json.dumps({"a":X()},default=lambda o:X()) if 0 else 0); t(lambda: json.dumps(X()))
