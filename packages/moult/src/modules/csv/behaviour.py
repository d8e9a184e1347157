"""Reading and writing separated values in all dialects."""
import csv,_csv,io
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__module__,type(e).__name__, e)
print(_csv.Dialect, type(_csv.reader([])), type(_csv.writer(io.StringIO())), _csv.Dialect.__basicsize__, _csv.Reader.__basicsize__, _csv.Writer.__basicsize__, _csv.Dialect.__flags__&(1<<14), _csv.Reader.__flags__&(1<<14))
for k in ('delimiter','quotechar','escapechar','lineterminator','quoting','doublequote','skipinitialspace','strict'):
    for v in ('', 'ab', 5, None, 'x', '\n', 99, b'x', True):
        print(k,repr(v),end=' '); t(lambda: getattr(_csv.Dialect(**{k:v}),k))
t(lambda: _csv.Dialect(quoting=csv.QUOTE_ALL,quotechar=None)); t(lambda: _csv.Dialect('nope'));  t(lambda: _csv.Dialect(bogus=1)); 
d=_csv.Dialect(); t(lambda: setattr(d,'delimiter','x')); t(lambda: delattr(d,'delimiter')); t(lambda: setattr(d,'foo',1)); t(lambda: _csv.Dialect(d) is d)
t(lambda: csv.get_dialect('nope')); t(lambda: csv.register_dialect(5)); t(lambda: csv.register_dialect('a',delimiter='xx')); t(lambda: csv.unregister_dialect('nope')); t(csv.list_dialects); t(lambda: csv.field_size_limit()); t(lambda: csv.field_size_limit('x')); t(lambda: csv.field_size_limit(10)); t(lambda: list(csv.reader(['a'*11]))); csv.field_size_limit(131072)
t(lambda: csv.reader(5)); t(lambda: csv.reader()); t(lambda: list(csv.reader([b'x']))); t(lambda: csv.writer(5)); t(lambda: csv.writer(io.StringIO(),bogus=1))
for src in (['a,b,c'],['"a,b",c'],['a,"b','c",d'],['"a""b"'],['a""b'],['"a"b'],['a\r\nb'],['a\nb'],[''],['','a'],['a,'],[','],['"'],['\\,a'],['1,2.5,"x"'],[' a, b'],['"a" ,b'],['a\0b'],['\r\n'],["'a,b'"]):
    for kw in ({},{'strict':True},{'escapechar':'\\'},{'quoting':csv.QUOTE_NONE},{'quoting':csv.QUOTE_NONNUMERIC},{'skipinitialspace':True},{'doublequote':False},{'quotechar':"'"},{'quoting':csv.QUOTE_STRINGS},{'quoting':csv.QUOTE_NOTNULL},{'delimiter':';'}):
        print(src,kw,end=' '); t(lambda: list(csv.reader(src,**kw)))
def w(row,**kw):
    s=io.StringIO(); r=csv.writer(s,**kw).writerow(row); return s.getvalue(), r
for row in (['a','b'],[1,2.5,None,'x'],['a,b','c"d','e\nf'],[''],[],[None],['',''],['a b'],['\\'],['"'],["it's"],[' a'],['a\r'],'abc',(i for i in 'xy'),5,[float('nan'),1e300,True],['é😀'],['\0'],['x;y']):
    for kw in ({},{'quoting':csv.QUOTE_ALL},{'quoting':csv.QUOTE_NONE},{'quoting':csv.QUOTE_NONE,'escapechar':'\\'},{'quoting':csv.QUOTE_NONNUMERIC},{'doublequote':False},{'doublequote':False,'escapechar':'\\'},{'quotechar':"'"},{'quoting':csv.QUOTE_STRINGS},{'quoting':csv.QUOTE_NOTNULL},{'lineterminator':'!'},{'delimiter':' ','skipinitialspace':True},{'quotechar':None,'quoting':csv.QUOTE_NONE},{'delimiter':';'}):
        print(row if not hasattr(row,'send') else 'gen',kw,end=' '); t(lambda: w(row,**kw))
s=io.StringIO(); wr=csv.writer(s); t(lambda: wr.writerows([[1,2],[3]])); t(s.getvalue); t(lambda: wr.writerows(5)); t(lambda: wr.dialect.delimiter); t(lambda: wr.writerows([5]))
r=csv.reader(['a','b']); t(lambda: (next(r),r.line_num,r.dialect.delimiter)); t(lambda: next(r)); t(lambda: next(r)); t(lambda: setattr(r,'line_num',5))
class B:
    def write(self,x): return 42
t(lambda: csv.writer(B()).writerow('a')); t(lambda: list(csv.DictReader(io.StringIO('a,b\n1,2\n')))); t(lambda: csv.Sniffer().sniff('a;b;c\n1;2;3\n').delimiter)
import pickle,copy; t(lambda: pickle.dumps(d)); t(lambda: copy.copy(d))
