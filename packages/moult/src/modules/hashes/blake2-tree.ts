/** BLAKE2 in tree mode (RFC 7693 leaves it out, and so does the library of hashes): the whole parameter block and the last
 *  node's flag. Slow, for what is rare. */
import type { Digester } from './algorithms.ts';

export interface TreeParameters {
  readonly digestSize: number;
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
  readonly person: Uint8Array;
  readonly fanout: number;
  readonly depth: number;
  readonly leafSize: number;
  readonly nodeOffset: bigint;
  readonly nodeDepth: number;
  readonly innerSize: number;
  readonly lastNode: boolean;
}

/** What the two variants differ in: BLAKE2b has 64-bit words, BLAKE2s 32-bit ones. */
interface Variant {
  readonly bits: number;
  readonly rounds: number;
  readonly rotations: readonly [bigint, bigint, bigint, bigint];
  readonly start: readonly bigint[];
}

const START_B = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
const B: Variant = { bits: 64, rounds: 12, rotations: [32n, 24n, 16n, 63n], start: START_B };
const S: Variant = { bits: 32, rounds: 10, rotations: [16n, 12n, 8n, 7n], start: START_B.map((word) => word >> 32n) };

/** The order of message words in each round, in hexadecimal. */
const SIGMA = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '9057fc24e1a6b3d8',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
].map((row) => Array.from(row, (digit) => parseInt(digit, 16)));

/** Which words each of the eight mixings of a round takes. */
const MIXES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

function parameterBlock(variant: Variant, p: TreeParameters): Uint8Array {
  const block = new Uint8Array(variant.bits);
  const view = new DataView(block.buffer);
  block.set([p.digestSize, p.key.length, p.fanout, p.depth]);
  view.setUint32(4, p.leafSize, true);
  if (variant === B) {
    view.setBigUint64(8, p.nodeOffset, true);
    block.set([p.nodeDepth, p.innerSize], 16);
    block.set(p.salt, 32);
    block.set(p.person, 48);
  } else {
    view.setUint32(8, Number(p.nodeOffset & 0xffffffffn), true);
    view.setUint16(12, Number(p.nodeOffset >> 32n), true);
    block.set([p.nodeDepth, p.innerSize], 14);
    block.set(p.salt, 16);
    block.set(p.person, 24);
  }
  return block;
}

function readWord(variant: Variant, view: DataView, i: number): bigint {
  return variant === B ? view.getBigUint64(8 * i, true) : BigInt(view.getUint32(4 * i, true));
}

function compress(
  variant: Variant,
  h: bigint[],
  block: Uint8Array,
  count: bigint,
  last: boolean,
  lastNode: boolean,
): void {
  const { bits, rounds, rotations, start } = variant;
  const mask = (1n << BigInt(bits)) - 1n;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const m = Array.from({ length: 16 }, (_, i) => readWord(variant, view, i));
  const v = [...h, ...start];
  const flip = (i: number, by: bigint): void => {
    v[i] = (v[i] ?? 0n) ^ by;
  };
  flip(12, count & mask);
  flip(13, (count >> BigInt(bits)) & mask);
  if (last) flip(14, mask);
  if (last && lastNode) flip(15, mask);
  const rotate = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (BigInt(bits) - n))) & mask;
  for (let round = 0; round < rounds; round++) {
    const order = SIGMA[round % 10] ?? [];
    MIXES.forEach(([a, b, c, d], i) => {
      for (const half of [0, 1]) {
        const word = m[order[2 * i + half] ?? 0] ?? 0n;
        v[a] = ((v[a] ?? 0n) + (v[b] ?? 0n) + word) & mask;
        v[d] = rotate((v[d] ?? 0n) ^ (v[a] ?? 0n), rotations[2 * half] ?? 0n);
        v[c] = ((v[c] ?? 0n) + (v[d] ?? 0n)) & mask;
        v[b] = rotate((v[b] ?? 0n) ^ (v[c] ?? 0n), rotations[2 * half + 1] ?? 0n);
      }
    });
  }
  h.forEach((word, i) => (h[i] = word ^ (v[i] ?? 0n) ^ (v[i + 8] ?? 0n)));
}

function digestOf(variant: Variant, p: TreeParameters, data: Uint8Array): Uint8Array {
  const size = 2 * variant.bits;
  const parameters = new DataView(parameterBlock(variant, p).buffer);
  const h = variant.start.map((word, i) => word ^ readWord(variant, parameters, i));
  const keyBytes = p.key.length > 0 ? size : 0;
  const input = new Uint8Array(keyBytes + data.length);
  input.set(p.key);
  input.set(data, keyBytes);
  let at = 0;
  for (; at + size < input.length; at += size)
    compress(variant, h, input.subarray(at, at + size), BigInt(at + size), false, false);
  const block = new Uint8Array(size);
  block.set(input.subarray(at));
  compress(variant, h, block, BigInt(input.length), true, p.lastNode);
  const out = new DataView(new ArrayBuffer(variant.bits));
  h.forEach((word, i) => {
    if (variant === B) out.setBigUint64(8 * i, word, true);
    else out.setUint32(4 * i, Number(word), true);
  });
  return new Uint8Array(out.buffer, 0, p.digestSize);
}

/** A hash in tree mode: it keeps the data. */
export class Blake2Tree implements Digester {
  private data = new Uint8Array(0);

  constructor(
    private readonly name: 'blake2b' | 'blake2s',
    private readonly parameters: TreeParameters,
  ) {}

  update(more: Uint8Array): this {
    const all = new Uint8Array(this.data.length + more.length);
    all.set(this.data);
    all.set(more, this.data.length);
    this.data = all;
    return this;
  }

  clone(): Blake2Tree {
    return new Blake2Tree(this.name, this.parameters).update(this.data);
  }

  digest(): Uint8Array {
    return digestOf(this.name === 'blake2b' ? B : S, this.parameters, this.data);
  }
}
