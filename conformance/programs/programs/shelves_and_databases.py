"""Shelves and databases in files, and what is wrong with bad keys, values and flags."""
import shelve, dbm, tempfile, os, dbm.dumb
d=tempfile.mkdtemp(); f=os.path.join(d,'db')
with shelve.open(f) as s:
    s['a']=[1,2,{'x':3}]; s['b']='text'; s['a'].append(9); print(s['a'],sorted(s),len(s),'a' in s,s.get('zz',5))
    try: s['nope']
    except KeyError as e: print(repr(e))
    t=s['a']; t.append(4); s['a']=t; del s['b']
with shelve.open(f,'r') as s:
    print(dict(s))
    try: s['q']=1
    except Exception as e: print(type(e).__name__,e)
with shelve.open(f,writeback=True) as s: s['a'].append('wb'); s['n']={}; s['n']['k']=1
with shelve.open(f) as s: print(sorted(s.items()))
print(sorted(os.listdir(d)),dbm.whichdb(f),dbm.whichdb(d+'/zz'),open(f+'.dir').read())
try: s['a']
except ValueError as e: print(e)
try: dbm.open(d+'/none','r')
except dbm.error as e: print(type(e),e)
with dbm.dumb.open(f+'2','n') as db:
    db['k']='v'*600; db[b'j']=b'2'; db['k']='s'; print(db.keys(),db['k'],db.get('x'),list(db.items()),len(db),b'k' in db, db.setdefault('new',b'n'),db.pop('new'))
    try: db[5]=1
    except TypeError as e: print(e)
    try: db['a']=1
    except TypeError as e: print(e)
try: db['k']
except OSError as e: print(e)
try: dbm.dumb.open(f,'q')
except ValueError as e: print(e)
print(open(f+'2.dir').read(),os.path.getsize(f+'2.dat'))
