/** The hash algorithms by name. */
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';

/** A hash being computed. What is kept in the heap is never updated, only its clones. */
export interface Digester {
  update(data: Uint8Array): this;
  clone(): Digester;
  digest(): Uint8Array;
  xof?(length: number): Uint8Array;
}

export interface Algorithm {
  readonly name: string;
  readonly block: number;
  /** Bytes of the digest; 0 where the caller says how many. */
  readonly size: number;
  readonly create: () => Digester;
}

/** MD5 and SHA-1 side by side, as TLS once wanted them. */
class Md5Sha1 implements Digester {
  constructor(
    private readonly a: Digester = md5.create(),
    private readonly b: Digester = sha1.create(),
  ) {}

  update(data: Uint8Array): this {
    this.a.update(data);
    this.b.update(data);
    return this;
  }

  clone(): Md5Sha1 {
    return new Md5Sha1(this.a.clone(), this.b.clone());
  }

  digest(): Uint8Array {
    return Uint8Array.from([...this.a.digest(), ...this.b.digest()]);
  }
}

const list: readonly Algorithm[] = [
  { name: 'md5', block: 64, size: 16, create: () => md5.create() },
  { name: 'sha1', block: 64, size: 20, create: () => sha1.create() },
  { name: 'sha224', block: 64, size: 28, create: () => sha224.create() },
  { name: 'sha256', block: 64, size: 32, create: () => sha256.create() },
  { name: 'sha384', block: 128, size: 48, create: () => sha384.create() },
  { name: 'sha512', block: 128, size: 64, create: () => sha512.create() },
  { name: 'sha3_224', block: 144, size: 28, create: () => sha3_224.create() },
  { name: 'sha3_256', block: 136, size: 32, create: () => sha3_256.create() },
  { name: 'sha3_384', block: 104, size: 48, create: () => sha3_384.create() },
  { name: 'sha3_512', block: 72, size: 64, create: () => sha3_512.create() },
  { name: 'shake_128', block: 168, size: 0, create: () => shake128.create({}) },
  { name: 'shake_256', block: 136, size: 0, create: () => shake256.create({}) },
  { name: 'blake2b', block: 128, size: 64, create: () => blake2b.create({}) },
  { name: 'blake2s', block: 64, size: 32, create: () => blake2s.create({}) },
  { name: 'ripemd160', block: 64, size: 20, create: () => ripemd160.create() },
  { name: 'sha512_224', block: 128, size: 28, create: () => sha512_224.create() },
  { name: 'sha512_256', block: 128, size: 32, create: () => sha512_256.create() },
  { name: 'md5-sha1', block: 64, size: 36, create: () => new Md5Sha1() },
];

const BY_NAME = new Map(list.map((algorithm) => [algorithm.name, algorithm]));

/** Other spellings that OpenSSL takes. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'sha3-224': 'sha3_224',
  'sha3-256': 'sha3_256',
  'sha3-384': 'sha3_384',
  'sha3-512': 'sha3_512',
  shake128: 'shake_128',
  shake256: 'shake_256',
  'sha-1': 'sha1',
  'sha-224': 'sha224',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
  'sha512-224': 'sha512_224',
  'sha512-256': 'sha512_256',
  'sha-512/224': 'sha512_224',
  'sha-512/256': 'sha512_256',
  blake2b512: 'blake2b',
  blake2s256: 'blake2s',
  ripemd: 'ripemd160',
  rmd160: 'ripemd160',
};

/** The algorithm of that name; undefined if there is none. */
export function findAlgorithm(name: string): Algorithm | undefined {
  const lower = name.toLowerCase();
  return BY_NAME.get(SPELLINGS[lower] ?? lower);
}

/** The algorithm of a name known to exist. */
export function algorithm(name: string): Algorithm {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new RangeError(`no hash algorithm ${name}`);
  return found;
}

export const ALGORITHM_NAMES: readonly string[] = [...BY_NAME.keys()];
