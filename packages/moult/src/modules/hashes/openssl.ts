/** The module `_hashlib`, which CPython has from OpenSSL: hashes by name, HMAC, and keys from passwords. */
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import type { CHash } from '@noble/hashes/utils.js';
import { newRef, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { overflowError, raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { hexAddress } from '../../core/protocol/text.ts';
import { getItem } from '../../core/protocol/item.ts';
import { hasAttrText, getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { argumentName, isInt, isStr, kindName } from '../../core/types.ts';
import { hasBuffer } from '../../objects/bytes/buffer.ts';
import { integerOf, simpleBuffer } from '../buffers.ts';
import { exceptionClass } from '../exceptions.ts';
import { setTake } from '../make.ts';
import { ALGORITHM_NAMES, findAlgorithm } from './algorithms.ts';
import type { Algorithm } from './algorithms.ts';
import { deallocHash, hashAttributes, hashInput, hashMethods, hashState, newHash } from './objects.ts';
import { listAppendTake, newList } from '../../core/list.ts';

const HASH = moduleType();
const HASH_XOF = moduleType();
const HMAC = moduleType();
const UNSUPPORTED = exceptionClass('_hashlib.UnsupportedDigestmodError', T.ValueError);

const NOT_FOUND = '[digital envelope routines] unsupported';

/** The algorithms that have a constructor of their own. */
const CONSTRUCTORS =
  'md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 shake_128 shake_256'.split(' ');

function start(rt: Runtime, kind: Algorithm, data: Ref): Owned {
  const type = kind.size === 0 ? HASH_XOF : HASH;
  return newHash(rt, type, { algorithm: kind, digester: kind.create() }, data === 0 ? null : hashInput(rt, data));
}

function newByName(rt: Runtime, _module: Ref, name: Ref, data: Ref): Owned {
  if (!isStr(rt, name)) typeError(rt, 'name must be a string');
  if (data !== 0) hashInput(rt, data);
  const kind = findAlgorithm(strText(rt, name));
  return kind === undefined ? raise(rt, UNSUPPORTED, 'unsupported hash type') : start(rt, kind, data);
}

const constructors = CONSTRUCTORS.map((name) =>
  native(
    `openssl_${name}($module, /, string=b'', *, usedforsecurity=True)`,
    (rt, _module, data = 0) => start(rt, findAlgorithm(name) as Algorithm, data),
    { doc: `Returns a ${name.replace('_', '-')} hash object; optionally initialized with a string` },
  ),
);

defineType({
  ref: HASH,
  name: '_hashlib.HASH',
  heapType: 'immutable',
  basicSize: 32,
  flags: TypeFlag.DisallowInstantiation | TypeFlag.BaseType,
  dealloc: deallocHash,
  doc: "HASH(name, string=b'')\n--\n\nA hash is an object used to calculate a checksum of a string of information.",
  slots: {
    repr: (rt, self) =>
      newStr(rt, `<${hashState(rt, self).algorithm.name} _hashlib.HASH object @ ${hexAddress(self)}>`),
  },
  methods: hashMethods('obj, /', '/'),
  getset: hashAttributes(),
});

defineType({
  ref: HASH_XOF,
  name: '_hashlib.HASHXOF',
  heapType: 'immutable',
  base: HASH,
  basicSize: 32,
  flags: TypeFlag.DisallowInstantiation | TypeFlag.BaseType,
  dealloc: deallocHash,
  doc: "HASHXOF(name, string=b'')\n--\n\nA hash is an object used to calculate a checksum of a string of information.",
  slots: {
    repr: (rt, self) =>
      newStr(rt, `<${hashState(rt, self).algorithm.name} _hashlib.HASHXOF object @ ${hexAddress(self)}>`),
  },
  methods: hashMethods('obj, /', '/, length').slice(1, 3),
});

defineType({
  ref: HMAC,
  name: '_hashlib.HMAC',
  heapType: 'immutable',
  basicSize: 32,
  flags: TypeFlag.DisallowInstantiation,
  dealloc: deallocHash,
  doc: 'The object used to calculate HMAC of a message.',
  slots: {
    repr: (rt, self) =>
      newStr(rt, `<${hashState(rt, self).algorithm.name.slice(5)} HMAC object @ ${hexAddress(self)}>`),
  },
  methods: hashMethods('/, msg', '/'),
  getset: hashAttributes(),
});

/** The algorithm as the library of HMAC and key derivation wants it. */
function asFactory({ block, size, create }: Algorithm): CHash {
  const factory = (data: Uint8Array): Uint8Array => create().update(data).digest();
  return Object.assign(factory, { outputLen: size, blockLen: block, canXOF: false, create }) as unknown as CHash;
}

/** The algorithm that a name or one of the module's constructors stands for. @runsPython */
function algorithmOf(rt: Runtime, module: Ref, digestmod: Ref): Algorithm {
  if (isStr(rt, digestmod)) {
    return findAlgorithm(strText(rt, digestmod)) ?? raise(rt, UNSUPPORTED, NOT_FOUND);
  }
  const name = hasAttrText(rt, digestmod, '__name__') ? temp(rt, getAttrText(rt, digestmod, '__name__')) : 0;
  const text = name !== 0 && isStr(rt, name) ? strText(rt, name) : '';
  const kind = text.startsWith('openssl_') ? findAlgorithm(text.slice(8)) : undefined;
  if (kind === undefined || module === 0) raise(rt, UNSUPPORTED, `Unsupported digestmod ${kindName(rt, digestmod)}`);
  return kind;
}

function hmacNew(rt: Runtime, module: Ref, key: Ref, message: Ref, digestmod: Ref): Owned {
  const secret = simpleBuffer(rt, key).slice();
  if (digestmod === 0 || digestmod === S.None) typeError(rt, "Missing required parameter 'digestmod'.");
  const kind = algorithmOf(rt, module, digestmod);
  if (kind.size === 0) raise(rt, UNSUPPORTED, NOT_FOUND);
  const digester = hmac.create(asFactory(kind), secret);
  const named = { ...kind, name: `hmac-${kind.name}` };
  return newHash(
    rt,
    HMAC,
    { algorithm: named, digester },
    message === 0 || message === S.None ? null : hashInput(rt, message),
  );
}

function hmacDigest(rt: Runtime, module: Ref, key: Ref, message: Ref, digest: Ref): Owned {
  const secret = simpleBuffer(rt, key).slice();
  const data = simpleBuffer(rt, message).slice();
  const kind = algorithmOf(rt, module, digest);
  if (kind.size === 0) raise(rt, UNSUPPORTED, NOT_FOUND);
  return newBytes(rt, hmac(asFactory(kind), secret, data).slice());
}

function positive(rt: Runtime, o: Ref, message: string): number {
  const value = integerOf(rt, o);
  if (value >= 1n << 63n || value < -(1n << 63n)) overflowError(rt, 'Python int too large to convert to C long');
  if (value < 1n) valueError(rt, message);
  return Number(value);
}

function pbkdf2Hmac(
  rt: Runtime,
  _module: Ref,
  name: Ref,
  password: Ref,
  salt: Ref,
  iterations: Ref,
  length: Ref,
): Owned {
  if (!isStr(rt, name)) typeError(rt, `pbkdf2_hmac() argument 'hash_name' must be str, not ${argumentName(rt, name)}`);
  const secret = simpleBuffer(rt, password).slice();
  const seed = simpleBuffer(rt, salt).slice();
  const kind = findAlgorithm(strText(rt, name)) ?? raise(rt, UNSUPPORTED, NOT_FOUND);
  const c = positive(rt, iterations, 'iteration value must be greater than 0.');
  const dkLen =
    length === 0 || length === S.None ? kind.size : positive(rt, length, 'key length must be greater than 0.');
  return newBytes(rt, pbkdf2(asFactory(kind), secret, seed, { c, dkLen }).slice());
}

/** Raises TypeError unless `o` is an `int`, or missing. */
function checkScryptNumber(rt: Runtime, o: Ref, name: string): void {
  if (o !== 0 && !isInt(rt, o)) typeError(rt, `scrypt() argument '${name}' must be int, not ${noneOrKind(rt, o)}`);
}

/** An argument as the number that it is; one that no unsigned long holds is refused as a missing one is. */
function scryptNumber(rt: Runtime, o: Ref, name: string): number {
  const value = o === 0 ? -1 : Number(integerOf(rt, o));
  if (value < 0 || value >= 2 ** 64) typeError(rt, `${name} is required and must be an unsigned int`);
  return value;
}

function noneOrKind(rt: Runtime, o: Ref): string {
  return o === S.None ? 'None' : kindName(rt, o);
}

function scryptKey(
  rt: Runtime,
  _module: Ref,
  password: Ref,
  salt: Ref,
  n: Ref,
  r: Ref,
  p: Ref,
  maxmem: Ref,
  length: Ref,
): Owned {
  const secret = simpleBuffer(rt, password).slice();
  const seed = salt === 0 ? null : simpleBuffer(rt, salt).slice();
  checkScryptNumber(rt, n, 'n');
  checkScryptNumber(rt, r, 'r');
  checkScryptNumber(rt, p, 'p');
  if (seed === null) typeError(rt, 'salt is required');
  const N = scryptNumber(rt, n, 'n');
  if (N < 2 || !Number.isInteger(Math.log2(N))) valueError(rt, 'n must be a power of 2.');
  const blocks = scryptNumber(rt, r, 'r');
  const lanes = scryptNumber(rt, p, 'p');
  const memory = maxmem === 0 ? 0 : asSsize(rt, maxmem);
  if (memory < 0 || memory > 0x7fffffff) valueError(rt, 'maxmem must be positive and smaller than 2147483647');
  const dkLen = length === 0 ? 64 : asSsize(rt, length);
  if (dkLen < 1 || dkLen > 0x7fffffff) valueError(rt, 'dklen must be greater than 0 and smaller than 2147483647');
  if (blocks === 0 || lanes === 0) valueError(rt, 'Invalid parameter combination for n, r, p, maxmem.');
  const limit = memory === 0 ? 32 * 1024 * 1024 : memory;
  if (128 * blocks * (N + lanes + 2) > limit) valueError(rt, '[digital envelope routines] memory limit exceeded');
  return newBytes(rt, scrypt(secret, seed, { N, r: blocks, p: lanes, dkLen, maxmem: 2 * limit + 4096 }).slice());
}

function comparable(rt: Runtime, o: Ref): Uint8Array {
  return hasBuffer(rt, o)
    ? simpleBuffer(rt, o)
    : typeError(rt, `a bytes-like object is required, not '${kindName(rt, o)}'`);
}

function compareDigest(rt: Runtime, _module: Ref, a: Ref, b: Ref): Owned {
  if (isStr(rt, a) && isStr(rt, b)) {
    const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
    if (!isAscii(strText(rt, a)) || !isAscii(strText(rt, b))) {
      typeError(rt, 'comparing strings with non-ASCII characters is not supported');
    }
    return pyBool(strText(rt, a) === strText(rt, b)) as Owned;
  }
  const x = comparable(rt, a);
  const y = comparable(rt, b);
  return pyBool(x.length === y.length && x.every((byte, i) => byte === y[i])) as Owned;
}

const COMPARE_DIGEST: NativeDefinition = native('compare_digest($module, a, b, /)', compareDigest, {
  doc: "Return 'a == b'.",
});

/** The names by constructor. @runsPython */
function addConstructors(rt: Runtime, dict: Ref): void {
  const table = temp(rt, newDict(rt));
  for (const name of CONSTRUCTORS) {
    const constructor = temp(rt, getItem(rt, dict, temp(rt, newStr(rt, `openssl_${name}`))));
    dictSet(rt, table, constructor, temp(rt, newStr(rt, name)));
  }
  setTake(rt, dict, '_constructors', newRef(rt, table));
}

function methodNames(rt: Runtime): Owned {
  const list = temp(rt, newList(rt, 0));
  for (const name of ALGORITHM_NAMES) listAppendTake(rt, list, newStr(rt, name));
  const set = rt.newFrozenSet(list);
  temp(rt, set);
  return newRef(rt, set);
}

defineModule({
  name: '_hashlib',
  doc: 'OpenSSL interface for hashlib module',
  functions: [
    native("new($module, /, name, string=b'', *, usedforsecurity=True)", newByName, {
      doc: 'Return a new hash object using the named algorithm.',
    }),
    ...constructors,
    native("hmac_new($module, /, key, msg=b'', digestmod=None)", hmacNew, { doc: 'Return a new hmac object.' }),
    native('hmac_digest($module, /, key, msg, digest)', hmacDigest, { doc: 'Single-shot HMAC.' }),
    native('pbkdf2_hmac($module, /, hash_name, password, salt, iterations,\n            dklen=None)', pbkdf2Hmac, {
      doc: 'Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.',
    }),
    native(
      'scrypt($module, /, password, *, salt=None, n=None, r=None, p=None,\n       maxmem=0, dklen=64)',
      scryptKey,
      { doc: 'scrypt password-based key derivation function.' },
    ),
    native('get_fips_mode($module, /)', (rt) => newInt(rt, 0), {
      doc: 'Determine the OpenSSL FIPS mode of operation.',
    }),
    COMPARE_DIGEST,
  ],
  populate(rt, dict) {
    setTake(rt, dict, 'HASH', newRef(rt, HASH));
    setTake(rt, dict, 'HASHXOF', newRef(rt, HASH_XOF));
    setTake(rt, dict, 'HMAC', newRef(rt, HMAC));
    setTake(rt, dict, 'UnsupportedDigestmodError', newRef(rt, UNSUPPORTED));
    setTake(rt, dict, 'openssl_md_meth_names', methodNames(rt));
    addConstructors(rt, dict);
  },
});
