"""A profile of calls (times masked), and what the process has used."""
import cProfile, pstats, io, re, profile
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
def work(): return sum(fib(i) for i in range(8)), sorted([3,1,2]), [].append(1), 'a'.upper()
pr=cProfile.Profile(); pr.enable(); work(); pr.disable()
s=io.StringIO(); ps=pstats.Stats(pr,stream=s).strip_dirs().sort_stats('name'); ps.print_stats(); ps.print_callers('fib')
print(re.sub(r'\d+\.\d{3}','T',s.getvalue()))
with cProfile.Profile() as p: fib(5)
print(sorted((k[2],v[0],v[1]) for k,v in pstats.Stats(p).stats.items()))
r=cProfile.Profile().runcall(fib,4); print(r); 
import resource; u=resource.getrusage(resource.RUSAGE_SELF); print(u.ru_maxrss>1000,len(u),type(u).__name__,u.ru_utime>=0,resource.getpagesize()); print(len(resource.getrlimit(resource.RLIMIT_NOFILE)))
for f in (lambda:resource.getrusage(99),lambda:resource.getrlimit(99),lambda:resource.setrlimit(7,5)):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)

