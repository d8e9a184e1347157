"""What hashlib.scrypt refuses, and with which words."""
import hashlib

for kw in (dict(r=-1),dict(p=-1),dict(n=-1),dict(r=0),dict(p=0),dict(n=0),dict(n=1),dict(n=3),dict(maxmem=-1),dict(maxmem=1<<40),dict(dklen=-1),dict(dklen=0),dict(r=None),dict(n=1.5),dict(salt=None),dict(n=1<<70),dict(dklen=1<<40)):
    a=dict(salt=b's',n=2,r=8,p=1); a.update(kw)
    try: hashlib.scrypt(b'p',**a); print(kw,'ok')
    except Exception as e: print(kw,type(e).__name__,e)
