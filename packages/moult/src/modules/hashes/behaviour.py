"""Hashes by all their modules, HMAC, and keys from passwords."""
import _sha3,_blake2,_sha2,_md5,_sha1,_hashlib,hashlib,hmac
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for o in (_sha3.sha3_256(),_sha3.shake_128(),_blake2.blake2b(),_sha2.sha256(),hashlib.sha256(),hashlib.shake_128(),hmac.new(b'k',b'm','sha256')._hmac):
    print(type(o), type(o).__basicsize__, [ (n, '' if callable(getattr(o,n)) else getattr(o,n)) for n in dir(o) if n[:2]!='__'])
    t(lambda: o.update('x')); t(lambda: o.update(5)); t(lambda: o.digest()); print(str(o).split(' at 0x')[0].split('@')[0])
t(lambda: hashlib.new('nope')); t(lambda: hashlib.new(5)); t(lambda: hashlib.sha256('x')); t(lambda: hashlib.sha256(5)); t(lambda: hashlib.shake_128(b'x').digest(5)); t(lambda: hashlib.shake_128(b'x').digest(-1)); t(lambda: hashlib.shake_128(b'x').hexdigest(3)); t(lambda: hashlib.shake_128().digest())
B=hashlib.blake2b
for kw in (dict(digest_size=0),dict(digest_size=65),dict(key=b'x'*65),dict(salt=b'x'*17),dict(person=b'x'*17),dict(fanout=256),dict(fanout=-1),dict(depth=0),dict(depth=256),dict(leaf_size=-1),dict(leaf_size=2**32),dict(node_offset=-1),dict(node_offset=2**64),dict(node_depth=256),dict(inner_size=65),dict(fanout=0,depth=2,leaf_size=3,node_offset=4,node_depth=1,inner_size=7,last_node=True),dict(key=b'k',salt=b's',person=b'p',digest_size=5),dict(data=b'x'),dict(bogus=1),dict(key='x'),dict(digest_size='x')):
    print(kw,end=' '); t(lambda: B(**kw).hexdigest() if 'data' not in kw else B(**kw)); t(lambda: hashlib.blake2s(**kw).hexdigest() if kw.get('node_offset',0)<2**48 else hashlib.blake2s(node_offset=2**48))
t(lambda: B(b'a',b'b')); t(lambda: B(b'abc').copy().name); t(lambda: (B.MAX_DIGEST_SIZE,B.MAX_KEY_SIZE,B.SALT_SIZE,B.PERSON_SIZE,hashlib.blake2s.SALT_SIZE,hashlib.blake2s.PERSON_SIZE))
t(lambda: hashlib.pbkdf2_hmac('sha256',b'p',b's',10)); t(lambda: hashlib.pbkdf2_hmac('sha1',b'p',b's',0)); t(lambda: hashlib.pbkdf2_hmac('nope',b'p',b's',1)); t(lambda: hashlib.pbkdf2_hmac('sha256',b'p',b's',3,dklen=0)); t(lambda: hashlib.pbkdf2_hmac('sha256',b'p',b's',3,dklen=70))
t(lambda: hashlib.scrypt(b'p',salt=b's',n=16,r=1,p=1,dklen=20)); t(lambda: hashlib.scrypt(b'p',salt=b's',n=15,r=1,p=1)); t(lambda: hashlib.scrypt(b'p'))
t(lambda: hmac.new(b'k',b'm','sha256').hexdigest()); t(lambda: hmac.digest(b'k',b'm','md5')); t(lambda: hmac.new(b'k',b'm','nope')); t(lambda: hmac.new(b'k',b'm',hashlib.sha3_256).hexdigest()); t(lambda: hmac.compare_digest('a','a')); t(lambda: hmac.compare_digest(b'a','a')); t(lambda: hmac.compare_digest('é','a')); t(lambda: hmac.compare_digest(b'a',b'b'))
t(lambda: hmac.new('k',b'm','sha256')); h=hmac.new(b'k',b'm','sha256'); t(lambda:(h.name,h.digest_size,h.block_size,repr(h)[:20])); h2=h.copy(); h2.update(b'x'); t(lambda: h.hexdigest()!=h2.hexdigest())
print(sorted(hashlib.algorithms_guaranteed))
import pickle; t(lambda: pickle.dumps(hashlib.sha256()))
for n in ('ripemd160','sha512_256','md5-sha1'): t(lambda: hashlib.new(n,b'a').hexdigest())
