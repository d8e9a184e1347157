/** Hash objects of all modules: a word with the host-table index of a `HashState`. */
import { freeObject, genericAlloc, hostAdd, hostFree, hostGet, isTracked, ObjectWord, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, overflowError, systemError, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import type { GetSetDefinition, NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { isInt, isStr } from '../../core/types.ts';
import { hasBuffer } from '../../objects/bytes/buffer.ts';
import { hexText } from '../../objects/bytes/hex.ts';
import { simpleBuffer } from '../buffers.ts';
import type { Algorithm, Digester } from './algorithms.ts';

const enum HashWord {
  State = 2,
}

/** What a hash object has. Immutable. */
interface HashState {
  readonly algorithm: Algorithm;
  readonly digester: Digester;
}

export function hashState(rt: Runtime, self: Ref): HashState {
  return hostGet(rt, rt.words[self + HashWord.State]) as HashState;
}

/** A hash object of `type` that has read `data`. */
export function newHash(rt: Runtime, type: Ref, state: HashState, data: Uint8Array | null): Owned {
  const self = genericAlloc(rt, type);
  const digester = data === null || data.length === 0 ? state.digester : state.digester.clone().update(data);
  rt.words[self + HashWord.State] = hostAdd(rt, { algorithm: state.algorithm, digester });
  return self;
}

/** The bytes to hash. Raises TypeError. */
export function hashInput(rt: Runtime, data: Ref): Uint8Array {
  if (isStr(rt, data)) typeError(rt, 'Strings must be encoded before hashing');
  if (!hasBuffer(rt, data)) typeError(rt, 'object supporting the buffer API required');
  return simpleBuffer(rt, data);
}

export function deallocHash(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (isTracked(rt, self)) untrack(rt, self);
  if (H[self + HashWord.State] !== 0) hostFree(rt, H[self + HashWord.State]);
  freeObject(rt, self);
}

function update(rt: Runtime, self: Ref, data: Ref): Owned {
  const { algorithm, digester } = hashState(rt, self);
  const next = digester.clone().update(hashInput(rt, data));
  const H = rt.words;
  hostFree(rt, H[self + HashWord.State]);
  H[self + HashWord.State] = hostAdd(rt, { algorithm, digester: next });
  return none();
}

/** Reads how long a digest is to be. Raises what the module raises for a length that cannot be. */
export type LengthReader = (rt: Runtime, length: Ref) => number;

/** Lengths as OpenSSL's objects take them. */
const signedLength: LengthReader = (rt, length) => {
  const size = asSsize(rt, length);
  return size < 0 ? systemError(rt, 'Negative size passed to PyBytes_FromStringAndSize') : size;
};

/** Lengths as the objects of `_sha3` take them. Source: CPython 3.12 _SHAKE_digest. */
export const shakeLength: LengthReader = (rt, length) => {
  if (!isInt(rt, length)) typeError(rt, 'an integer is required');
  const size = bigIntValue(rt, length);
  if (size < 0n) valueError(rt, 'value must be positive');
  if (size >= 1n << 64n) overflowError(rt, 'Python int too large to convert to C unsigned long');
  return size >= 1n << 29n ? valueError(rt, 'length is too large') : Number(size);
};

/** The digest; of `length` bytes where the algorithm lets the caller say. */
function digestBytes(rt: Runtime, self: Ref, length: Ref, read: LengthReader): Uint8Array {
  const digester = hashState(rt, self).digester.clone();
  if (length === 0) return digester.digest();
  const size = read(rt, length);
  return size === 0 ? new Uint8Array(0) : (digester.xof?.(size) ?? digester.digest());
}

const digest =
  (read: LengthReader) =>
  (rt: Runtime, self: Ref, length = 0): Owned =>
    newBytes(rt, digestBytes(rt, self, length, read).slice());
const hexdigest =
  (read: LengthReader) =>
  (rt: Runtime, self: Ref, length = 0): Owned =>
    newStr(rt, hexText(digestBytes(rt, self, length, read), '', 0));
const copy = (rt: Runtime, self: Ref): Owned =>
  newHash(rt, rt.words[self + ObjectWord.Type], hashState(rt, self), null);

/** The methods that all hash objects have, with the names that arguments have in CPython. */
export function hashMethods(argument: string, length: string, read: LengthReader = signedLength): NativeDefinition[] {
  return [
    native(`update($self, ${argument})`, update, { doc: "Update this hash object's state with the provided string." }),
    native(`digest($self, ${length})`, digest(read), { doc: 'Return the digest value as a bytes object.' }),
    native(`hexdigest($self, ${length})`, hexdigest(read), {
      doc: 'Return the digest value as a string of hexadecimal digits.',
    }),
    native('copy($self, /)', copy, { doc: 'Return a copy of the hash object.' }),
  ];
}

export function hashAttributes(): GetSetDefinition[] {
  return [
    getset('name', (rt, self) => newStr(rt, hashState(rt, self).algorithm.name)),
    getset('block_size', (rt, self) => newInt(rt, hashState(rt, self).algorithm.block)),
    getset('digest_size', (rt, self) => newInt(rt, hashState(rt, self).algorithm.size)),
  ];
}
