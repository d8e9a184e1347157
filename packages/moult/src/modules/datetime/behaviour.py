"""Timedeltas, dates and times: fields, results, errors, ISO forms."""
import sys,pickle,copy,math,re
import _datetime
from datetime import *
import datetime as m
def t(f):
    try: print(re.sub('0x[0-9a-f]+','0x',repr(f())))
    except BaseException as e: print(type(e).__name__, e)
def ts(*fs):
    for f in fs: t(f)
print(datetime.__module__, date.__basicsize__, time.__basicsize__, datetime.__basicsize__, timedelta.__basicsize__, tzinfo.__basicsize__, timezone.__basicsize__, timezone.__mro__)
print([n for n in vars(_datetime) if not n.startswith('__') and n!='datetime_CAPI'])
for c in (date,time,datetime,timedelta,tzinfo,timezone):
    print(c.__name__, list(vars(c)), c.__flags__&(1<<14), c.__doc__, c.__dictoffset__)
    for n,v in vars(c).items():
        if type(v).__name__ in('method_descriptor','classmethod_descriptor','getset_descriptor','member_descriptor'): print(n, type(v).__name__, v.__doc__, getattr(v,'__text_signature__',None))
        elif not n.startswith('__'): print(n,repr(v))
print(sys.getsizeof(date(1,1,1)),sys.getsizeof(time()),sys.getsizeof(datetime(1,1,1)),sys.getsizeof(timedelta()),sys.getsizeof(timezone.utc),sys.getsizeof(tzinfo()))
# timedelta
D=timedelta
for a in ((),(1,),(0,1),(0,0,1),(1.5,),(0,0,0.5),(0,0,1.5),(0,0,2.5),(0,0,-0.5),(1,2,3,4,5,6,7),(-1,),(0,-1),(0,0,-1),(999999999,86399,999999),(999999999,86400),(1000000000,),(-999999999,),(-999999999,0,-1),(1e10,),(float('nan'),),(float('inf'),),('a',),(None,),(True,),(10**30,),(2**31,),(0.1,0.1,0.1),(1,2,3,4,5,6,7,8),(1j,),(1e-7,1e-7,0.4999999999999999)):
    t(lambda: D(*a)); t(lambda: str(D(*a)))
ts(lambda: D(hours=1.5), lambda: D(foo=1), lambda: D(1,days=2), lambda: D(weeks=1,milliseconds=0.0005), lambda: D(milliseconds=0.0015), lambda: D(seconds=1e-6*0.5,microseconds=3))
A=D(3,7,11); 
for x in (A,D(0),D(-1,5),2,0,-3,2.5,0.0,float('nan'),float('inf'),'a',None,True,1j,date(2000,1,1),datetime(2000,1,1),10**20):
    for y in (A,D(5),3):
        for op in ('+','-','*','/','//','%','==','<','!='):
            try: print(op,eval('repr(y%sx)'%op), end=' ')
            except BaseException as e: print(op,type(e).__name__,e,end=' ')
            try: print(eval('repr(x%sy)'%op))
            except BaseException as e: print(type(e).__name__,e)
        t(lambda: divmod(x,y)); t(lambda: divmod(y,x))
ts(lambda:-A,lambda:+A,lambda:abs(-A),lambda:abs(A),lambda:bool(A),lambda:bool(D()),lambda:hash(A),lambda:hash(D()),lambda:A.total_seconds(),lambda:A.days,lambda:A.__reduce__(),lambda:setattr(A,'days',3),lambda: D.max+D(0,0,1), lambda:-D.min, lambda: D.min-D(1), lambda: A*10**10, lambda: D.max*2, lambda: A.total_seconds(1), lambda: A.foo, lambda: D.resolution, lambda: D(microseconds=1)/2, lambda: D(microseconds=3)/2, lambda: D(microseconds=-1)/2,lambda: D(microseconds=5)*0.5)
class BF(float):
    def as_integer_ratio(self): return self.r
for r in (None,(1,),(1,2,3),(1,0),(1.0,2),(3,2)):
    b=BF(); b.r=r; t(lambda: A*b); t(lambda: A/b)
class DS(D):
    def __new__(cls,*a): return D.__new__(cls,*a)
ts(lambda: DS(1),lambda: DS(1)+DS(2),lambda: repr(DS(1)),lambda: abs(DS(1)),lambda:DS(1)==D(1),lambda: hash(DS(1))==hash(D(1)))
# date
for a in ((),(1,),(1,2),(2000,2,29),(1900,2,29),(0,1,1),(10000,1,1),(2000,13,1),(2000,0,1),(2000,1,0),(2000,1,32),(1,2,3,4),('a',1,1),(1.5,1,1),(2**31,1,1),(2**64,1,1),(True,True,True)):
    t(lambda: date(*a))
ts(lambda: date(year=2000,month=2,day=3), lambda: date(2000,month=2), lambda: date(2000,1,1,foo=3), lambda: date(2000,1,day=1,month=2), lambda: date(foo=1,year=2,month=3), lambda: date(year=1,month=2,day=3,foo=4))
x=date(2024,2,29)
ts(lambda:str(x),lambda:hash(x),lambda:x.isoformat(),lambda:x.ctime(),lambda:x.timetuple(),lambda:x.isocalendar(),lambda:tuple(x.isocalendar()),lambda:x.weekday(),lambda:x.isoweekday(),lambda:x.toordinal(),lambda:x.replace(2023,3),lambda:x.replace(day=5),lambda:x.replace(2023),lambda:x.replace(1,2,3,4),lambda:x.replace(foo=1),lambda:x.replace('a'),lambda:x.__reduce__(),lambda:x.year,lambda:x.strftime('%Y-%m-%d %H:%f %% %z|%Z|%:z %A %B %j %U %q %'),lambda:x.strftime(format='%d'),lambda:x.strftime(),lambda:x.strftime(5),lambda:format(x),lambda:format(x,'%d'),lambda:x.__format__(5),lambda:x.__format__(),lambda:'{:%Y}'.format(x))
ts(lambda:x+D(1),lambda:D(1)+x,lambda:x-D(1,86399),lambda:x-date(2000,1,1),lambda:x+x,lambda:x-5,lambda:5-x,lambda:x+5,lambda:D(1)-x,lambda:x+D(10**8),lambda:date.min-D(1),lambda:x<date(2025,1,1),lambda:x<5,lambda:x==5,lambda:x==date(2024,2,29),lambda:x<datetime(2024,1,1),lambda:x==datetime(2024,2,29),lambda:x!=datetime(2024,2,29),lambda: datetime(2024,1,1)<x,lambda: x-datetime(2024,1,1), lambda: datetime(2024,1,1)-x,lambda: x<None)
ts(lambda:date.fromordinal(1),lambda:date.fromordinal(0),lambda:date.fromordinal(3652060),lambda:date.fromordinal('a'),lambda:date.fromordinal(),lambda:date.fromordinal(737000),lambda:date.fromtimestamp(0),lambda:date.fromtimestamp(1e9),lambda:date.fromtimestamp(1e20),lambda:date.fromtimestamp(1e15),lambda:date.fromtimestamp('a'),lambda:date.fromtimestamp(float('nan')),lambda:date.fromtimestamp(-1),lambda:date.fromtimestamp(),lambda: date.fromtimestamp(1e11*3))
for s in ('2024-02-29','20240229','2024-02-30','2024-W09-4','2024W094','2024-W09','2024W09','2024-W54','2024-W09-8','2024-2-29','','abc','2024-02-29T','2024/02/29','２024-02-29','2024-02-2a','20240229xx','2024-0229','2024W0904', '2020W53','2021W53','0000-01-01','2024-13-01','2024-W00-1','\ud80002-01-01',5,None,b'2024-02-29'):
    print(repr(s),end=' '); t(lambda: date.fromisoformat(s)); t(lambda: datetime.fromisoformat(s)); t(lambda: time.fromisoformat(s))
for a in ((2024,9,4),(2024,53,1),(2020,53,7),(0,1,1),(10000,1,1),(2024,0,1),(2024,1,0),(2024,1,8),(9999,53,1),('a',1,1),(1,1),(2**40,1,1),(1,1,1),(9999,52,7)):
    t(lambda: date.fromisocalendar(*a))
ts(lambda: date.fromisocalendar(year=2024,week=1,day=2), lambda: date.fromisocalendar(2024,1,2,3), lambda: x.isocalendar().week, lambda: x.isocalendar().__reduce__(), lambda: type(x.isocalendar())(1,2,3), lambda: type(x.isocalendar())(1,2), lambda: type(x.isocalendar()), lambda: x.isocalendar()==(2024,9,4), lambda: x.isocalendar()[1:], lambda: pickle.loads(pickle.dumps(x.isocalendar())))
for y in (2019,2020,2021,2024,2026,1,9999): print([date(y,mm,dd).isocalendar()[:] for mm,dd in ((1,1),(1,2),(1,3),(1,4),(12,28),(12,29),(12,30),(12,31))])
# time
for a in ((),(1,),(24,),(0,60),(0,0,60),(0,0,0,1000000),(-1,),(1,2,3,4),(1,2,3,4,timezone.utc),(1,2,3,4,5),('a',),(1,2,3,4,None,1),(0,0,0,5),(0,0,5)):
    t(lambda: time(*a)); t(lambda: str(time(*a)))
ts(lambda: time(fold=1), lambda: time(fold=2), lambda: time(1,fold=1,tzinfo=timezone.utc), lambda: time(hour=1,foo=2),lambda: time(1,2,tzinfo=3), lambda: time(1.5))
class TZ(tzinfo):
    def __init__(s,off=60,name='TZ%',dst=0): s.o=off; s.n=name; s.d=dst
    def utcoffset(s,dt): return D(minutes=s.o) if isinstance(s.o,(int,float)) else s.o
    def tzname(s,dt): return s.n
    def dst(s,dt): return D(minutes=s.d) if isinstance(s.d,(int,float)) else s.d
z=TZ(); y=time(1,2,3,4,z)
ts(lambda: y.utcoffset(),lambda:y.tzname(),lambda:y.dst(),lambda:str(y),lambda:y.isoformat('hours'),lambda:y.isoformat('minutes'),lambda:y.isoformat('seconds'),lambda:y.isoformat('milliseconds'),lambda:y.isoformat('microseconds'),lambda:y.isoformat('foo'),lambda:y.isoformat(5),lambda:y.isoformat(timespec='auto'),lambda:y.isoformat(None),lambda:y.strftime('%H:%M:%S.%f %z %:z %Z %Y'),lambda:format(y,'%H'),lambda:hash(y)==hash(time(0,2,3,4,timezone.utc)),lambda:hash(y),lambda:hash(time()),lambda:hash(time(23,59,59,999999)),lambda:y==time(0,2,3,4,timezone.utc),lambda:y<time(1),lambda:y==time(1),lambda:y!=time(1),lambda:y<time(2,tzinfo=timezone.utc),lambda:y<5,lambda:y==5,lambda:y.replace(hour=5),lambda:y.replace(tzinfo=None),lambda:y.replace(fold=1).fold,lambda:y.replace(fold=5),lambda:y.replace(tzinfo=5),lambda:y.replace(1,2,3,4,None,0),lambda:time(1,2).__reduce__(),lambda:time(1,2,fold=1).__reduce_ex__(4),lambda:time(1,2,fold=1).__reduce_ex__(3),lambda:time(1,2,tzinfo=timezone.utc).__reduce_ex__(2),lambda:time().__reduce_ex__(),lambda:y.hour,lambda:y.tzinfo is z,lambda:time().tzname(),lambda:bool(time()))
for bad in (D(1),D(-1),1440,'x',5j,D(0,0,-1),D(microseconds=1),None):
    zz=TZ(bad,5,bad); w=time(1,tzinfo=zz); dd=datetime(2000,1,1,tzinfo=zz)
    ts(lambda:w.utcoffset(),lambda:w.tzname(),lambda:w.dst(),lambda:str(w),lambda:hash(w),lambda:dd.utcoffset(),lambda:dd.dst(),lambda:str(dd),lambda:hash(dd),lambda:dd==datetime(2000,1,1,tzinfo=timezone.utc),lambda:dd-datetime(2000,1,1,tzinfo=timezone.utc),lambda:dd.astimezone(timezone.utc),lambda:dd.timetuple(),lambda:dd.utctimetuple(),lambda: w==time(1,tzinfo=timezone.utc), lambda: zz.fromutc(dd))
for s in ('01','01:02','0102','01:02:03','010203','01:02:03.5','01:02:03,123456','01:02:03.1234567','01:02:03.','T01','24','01:60','01:02:','1:2','01:02+01','01:02+01:30','01:02:03.5-0130','01Z','01:02Zx','01:02+','01:02+24:00','01:02+01:30:15.5','01-00','01:02:03+00:00:00.000001','010203.5+0130','01:0203','0102:03','01.5','01:02.5','TT01','01:02:03.12a','01+25','12:30:45\u0661','Z','+01:00'):
    print(s,end=' '); t(lambda: time.fromisoformat(s)); t(lambda: datetime.fromisoformat('2024-01-02T'+s)); t(lambda: datetime.fromisoformat('20240102 '+s)); t(lambda: datetime.fromisoformat('2024-W01-2😀'+s)); t(lambda: datetime.fromisoformat('2024W01'+s)); t(lambda: datetime.fromisoformat('2024-W01-'+s));t(lambda: datetime.fromisoformat('2024-01-02\ud800'+s))
