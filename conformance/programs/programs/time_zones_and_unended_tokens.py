"""Time zones by name, their repr and errors; where texts end for the tokenizer."""
import zoneinfo, datetime, pickle, copy, io
Z=zoneinfo.ZoneInfo
z=Z('Europe/Berlin'); print(z,repr(z),z is Z('Europe/Berlin'),Z.no_cache('Europe/Berlin') is z,pickle.loads(pickle.dumps(z)) is z,copy.copy(z) is z,z.key,type(z),Z.__module__,Z.__name__)
class Sub(Z): pass
print(repr(Sub('UTC')),Sub('UTC') is Sub('UTC'))
for k in ('No/Where','../x','/etc/passwd',''):
    try: Z(k)
    except Exception as e: print(type(e).__name__,e)
d=datetime.datetime(2024,10,27,2,30,tzinfo=z)
print(d,d.replace(fold=1),d.utcoffset(),d.replace(fold=1).utcoffset(),d.tzname(),d.dst(),d.astimezone(Z('America/New_York')),datetime.datetime(2024,3,31,1,0,tzinfo=datetime.timezone.utc).astimezone(z),z.utcoffset(None))
print(repr(d), 'Europe/Berlin' in zoneinfo.available_timezones())
import tokenize
for bad in ('x = (','[\n\n\n','if (a,\n b'):
    try: list(tokenize.generate_tokens(io.StringIO(bad).readline))
    except tokenize.TokenError as e: print(e)
for bad in ('x \\', 'x = (\\\n'):
    try: list(tokenize.generate_tokens(io.StringIO(bad).readline))
    except tokenize.TokenError as e: print(e)
