"""Datetimes and time zones: arithmetic, folds, subclasses, pickles, errors."""
import sys,pickle,copy
from datetime import *
import datetime as m
import re
def t(f):
    try: print(re.sub('0x[0-9a-f]+','0x',repr(f())))
    except BaseException as e: print(type(e).__name__, e)
def ts(*fs):
    for f in fs: t(f)
D=timedelta
for a in ((),(D(0),),(D(hours=1),),(D(hours=-1),'X'),(D(0),'UTC'),(D(1),),(D(-1),),(D(hours=23,minutes=59,seconds=59,microseconds=999999),),(5,),(D(1),5),(None,),(D(0),None),(D(minutes=90,seconds=3),),(D(microseconds=1),),(D(0),'a','b')):
    t(lambda: timezone(*a)); t(lambda: str(timezone(*a)))
u=timezone.utc; e=timezone(D(hours=-5),'EST')
ts(lambda: timezone(offset=D(1,-1),name='q'), lambda: timezone(D(0)) is u, lambda: timezone(D(0),'UTC') is u, lambda: timezone(D(0),'UTC')==u, lambda: hash(u),lambda:hash(e),lambda:hash(u)==hash(D(0)), lambda: u<e, lambda: u==5, lambda: u!=e, lambda: e.__getinitargs__(), lambda: e.__reduce__(), lambda: u.__reduce__(), lambda: e.tzname(None), lambda: e.utcoffset(None), lambda: e.dst(None), lambda: e.tzname(5), lambda: e.utcoffset(), lambda: e.fromutc(5), lambda: e.fromutc(datetime(2000,1,1)), lambda: e.fromutc(datetime(2000,1,1,tzinfo=e)), lambda: type('Q',(timezone,),{}), lambda: repr(u), lambda: pickle.loads(pickle.dumps(u)) is u, lambda: pickle.loads(pickle.dumps(e)), lambda: copy.copy(u), lambda: copy.deepcopy(e)==e, lambda: timezone.min, lambda: timezone.max, lambda: m.UTC is u, lambda: u.tzname(datetime(1,1,1)))
b=tzinfo()
ts(lambda:b.tzname(None),lambda:b.utcoffset(None),lambda:b.dst(None),lambda:b.fromutc(None),lambda:b.fromutc(datetime(1,1,1,tzinfo=b)),lambda:tzinfo(1,2,a=3),lambda:b.__reduce__(),lambda: b.tzname())
class Z(tzinfo):
    def __init__(s,o=0,d=0,n=None): s.o=o;s.d=d;s.n=n
    def utcoffset(s,dt): return None if s.o is None else D(minutes=s.o)
    def dst(s,dt): return None if s.d is None else D(minutes=s.d)
    def tzname(s,dt): return s.n
class F(tzinfo):
    def utcoffset(s,dt): return D(hours=dt.fold)
    def dst(s,dt): return D(0)
    def tzname(s,dt): return 'F%d'%dt.fold
for args in ((),(1,),(2000,1,1),(2000,1,1,24),(2000,1,1,1,60),(2000,1,1,1,1,60),(2000,1,1,1,1,1,10**6),(2000,1,1,1,2,3,4,u),(2000,1,1,1,2,3,4,5),(2000,1,1,1,2,3,4,None,1),('a',1,1),(0,1,1),(2000,2,30),(2000,1,1,1,2,3)):
    t(lambda: datetime(*args)); t(lambda: str(datetime(*args)))
ts(lambda:datetime(2000,1,1,fold=1),lambda:datetime(2000,1,1,fold=2),lambda:datetime(2000,1,1,tzinfo=u,fold=1),lambda:datetime(2000,month=1,day=2,foo=3),lambda:datetime(year=1,month=2,day=3,hour=4))
x=datetime(2024,2,29,13,14,15,123456); y=x.replace(tzinfo=u); z=x.replace(tzinfo=Z(90,60,'ZZ%z'))
for v in (x,y,z,datetime(1,1,1),datetime(9999,12,31,23,59,59,999999),datetime(2024,11,3,1,30,fold=1)):
    ts(lambda:str(v),lambda:hash(v),lambda:v.isoformat(),lambda:v.isoformat(' '),lambda:v.isoformat('😀','hours'),lambda:v.isoformat(sep='ab'),lambda:v.isoformat(timespec='milliseconds'),lambda:v.isoformat('T','x'),lambda:v.isoformat(5),lambda:v.ctime(),lambda:v.timetuple(),lambda:v.utctimetuple(),lambda:v.timestamp(),lambda:v.date(),lambda:v.time(),lambda:v.timetz(),lambda:v.utcoffset(),lambda:v.dst(),lambda:v.tzname(),lambda:v.astimezone(timezone(D(hours=2))),lambda:v.astimezone(),lambda:v.astimezone(5),lambda:v.astimezone(tz=u),lambda:v.replace(2000),lambda:v.replace(tzinfo=None),lambda:v.replace(minute=5,fold=1),lambda:v.replace(foo=1),lambda:v.replace(1,2,3,4,5,6,7,None,0),lambda:v.strftime('%Y %m %d %H %M %S %f %z %:z %Z %j %a %b %c %x %X %p %I %y %U %W %w %u %G %V %e %D %F %T %R %%f'),lambda:format(v,'%H'),lambda:format(v,''),lambda:v.__reduce__(),lambda:v.__reduce_ex__(4),lambda:v.__reduce_ex__('a'),lambda:v.isocalendar(),lambda:v.weekday(),lambda:v.toordinal(),lambda:pickle.loads(pickle.dumps(v,2))==v,lambda:pickle.loads(pickle.dumps(v)).fold,lambda:copy.copy(v)==v,lambda:v+D(1),lambda:v-D(1),lambda:D(1)+v,lambda:D(1)-v,lambda:v-x,lambda:x-v,lambda:v-5,lambda:v+5,lambda:v<x,lambda:v==x,lambda:v<y,lambda:v==y,lambda:v==z,lambda:v!=z,lambda:v>=z,lambda:v<date(2000,1,1),lambda:v==5,lambda:v<5,lambda:v-D.max,lambda: v.microsecond)
f0=datetime(2000,1,1,tzinfo=F()); f1=f0.replace(fold=1)
ts(lambda: f0==f1,lambda: f0==datetime(2000,1,1,tzinfo=u),lambda: f0<datetime(2000,1,1,tzinfo=u),lambda: hash(f0)==hash(f1),lambda:f0.utcoffset(),lambda:f1.utcoffset(),lambda: f1-f0, lambda: f1-datetime(2000,1,1,tzinfo=u), lambda: f1, lambda: f1.tzname(), lambda: f1.astimezone(u), lambda: (f1+D(1)).fold, lambda: datetime.combine(date(1,1,1),time(1,fold=1)).fold)
for o,d in ((None,0),(0,None),(60,0),(60,60),(-600,30)):
    q=Z(o,d,'n'); v=datetime(2000,1,1,tzinfo=q); w=datetime(2000,1,1,tzinfo=u)
    ts(lambda:q.fromutc(v),lambda:w.astimezone(q),lambda:v.astimezone(u),lambda:v.timetuple().tm_isdst,lambda:v.utctimetuple(),lambda:hash(v)==hash(datetime(2000,1,1)),lambda:v==w,lambda:v<w,lambda:v-w,lambda:v==datetime(2000,1,1),lambda:v<datetime(2000,1,1),lambda: v.timestamp())
ts(lambda:datetime.combine(date(2000,1,2),time(3,4,5,6,u)),lambda:datetime.combine(date(2000,1,2),time(3,4,5,6,u),None),lambda:datetime.combine(date(2000,1,2),time(3),tzinfo=e),lambda:datetime.combine(x,time(3)),lambda:datetime.combine(5,time()),lambda:datetime.combine(date(1,1,1),5),lambda:datetime.combine(),lambda:datetime.combine(date(1,1,1),time(),5),lambda:datetime.combine(date=date(1,1,1),time=time(),tzinfo=u))
for v in (0,1.5,-1.5,1e9,1e-7,0.9999999,-0.0000001,253402300799,253402300800,-62135596800,-62135596801,1e15,1e18,1e20,10**20,float('nan'),float('inf'),'a',None,2.5e-6,1.5e-6,1234567890.1234565):
    print(v,end=' '); t(lambda:datetime.fromtimestamp(v)); t(lambda:datetime.fromtimestamp(v,u)); t(lambda:datetime.fromtimestamp(v,tz=e)); 
ts(lambda:datetime.fromtimestamp(),lambda:datetime.fromtimestamp(1,2),lambda:datetime.fromtimestamp(1,u,3),lambda:datetime.fromtimestamp(timestamp=5),lambda:datetime.fromtimestamp(1,None))
ts(lambda:datetime.now(5),lambda:datetime.now(u).tzinfo,lambda:datetime.now(tz=e).tzinfo,lambda:datetime.now().tzinfo,lambda:datetime.now(1,2),lambda:abs(datetime.now(u).timestamp()-__import__('time').time())<5,lambda:type(date.today()),lambda:type(datetime.today()),lambda:datetime.strptime('2024-02-29 01:02:03','%Y-%m-%d %H:%M:%S'),lambda:datetime.strptime('x','%Y'),lambda:datetime.strptime(5,'a'),lambda:datetime.strptime('a'),lambda:datetime.strptime('2024-01-01 +0130 EST','%Y-%m-%d %z %Z'))
import warnings
warnings.simplefilter('error'); ts(lambda:datetime.utcnow(),lambda:datetime.utcfromtimestamp(0)); warnings.simplefilter('ignore'); ts(lambda:datetime.utcnow().tzinfo,lambda:datetime.utcfromtimestamp(1.5),lambda:datetime.utcfromtimestamp(),lambda:datetime.utcfromtimestamp('a'))
class SD(date):
    def __new__(cls,*a,**k): print('new',a,k); return date.__new__(cls,*a,**k)
    x=5
class SDT(datetime):
    def __new__(cls,*a,**k): print('newdt',a,k); return datetime.__new__(cls,*a,**k)
class ST(time):
    def __new__(cls,*a,**k): print('newt',a,k); return time.__new__(cls,*a,**k)
s=SD(2000,1,2); d=SDT(2000,1,2,3,tzinfo=u,fold=1); tt=ST(1,2,fold=1)
ts(lambda:s,lambda:s+D(1),lambda:s.replace(day=3),lambda:type(s.replace(day=3)),lambda:SD.fromordinal(5),lambda:SD.fromisoformat('2000-01-01'),lambda:SD.fromisocalendar(2000,1,1),lambda:pickle.loads(pickle.dumps(date(1,2,3))),lambda:s.__reduce__(),lambda:d,lambda:d+D(1),lambda:type(d+D(1)),lambda:d.replace(hour=5),lambda:SDT.fromtimestamp(5),lambda:SDT.combine(date(1,1,1),time(1,fold=1)).fold,lambda:d.astimezone(e),lambda:SDT.fromisoformat('2000-01-01T01:02'),lambda:d.date(),lambda:d.time(),lambda:tt,lambda:tt.replace(hour=5),lambda:ST.fromisoformat('01:02'),lambda:s.__dict__,lambda:s==date(2000,1,2),lambda:hash(s)==hash(date(2000,1,2)),lambda:sys.getsizeof(s),lambda:sys.getsizeof(d),lambda:str(d),lambda:s-date(2000,1,1))
for c,st in ((date,b'\x07\xd0\x01\x02'),(date,'\x07\xd0\x01\x02'),(date,b'\x07\xd0\x0d\x02'),(date,b'\x07\xd0\x01'),(date,'\u07d0\xd0\x01\x02'),(date,b'\x00\x00\x01\x02'),(date,b'\xff\xff\x01\xff'),(datetime,b'\xff\xff\x01\xff\xff\xff\xff\xff\xff\xff'),(time,b'\x01\xff\xff\xff\xff\xff'),(time,b'\x01\x02\x03\x00\x00\x04'),(time,b'\x81\x02\x03\x00\x00\x04'),(time,'\x01\x02\x03\x00\x00\x04'),(time,b'\x99\x02\x03\x00\x00\x04'),(time,'\x01\u1234\x03\x00\x00\x04'),(datetime,b'\x07\xd0\x01\x02\x03\x04\x05\x00\x00\x06'),(datetime,b'\x07\xd0\x81\x02\x03\x04\x05\x00\x00\x06'),(datetime,'\x07\xd0\x01\x02\x03\x04\x05\x00\x00\x06'),(datetime,'\x07\xd0\x01\u1234\x03\x04\x05\x00\x00\x06'),(datetime,b'\x07\xd0\x0e\x02\x03\x04\x05\x00\x00\x06')):
    t(lambda: c(st)); t(lambda: c(st,u)); t(lambda: c(st,5)); t(lambda: c(st,None)); t(lambda: getattr(c(st),'fold',None))
print([hash(datetime(2000,1,1,tzinfo=timezone(D(hours=h)))) for h in range(-3,3)], [hash(date(y,1,1)) for y in (1,1999,2024)])
cnt=[]
class C(tzinfo):
    def utcoffset(s,dt): cnt.append(1); return D(hours=1)
v=datetime(2000,1,1,tzinfo=C()); hash(v); hash(v); w=time(1,tzinfo=C()); hash(w); hash(w); print(len(cnt))
