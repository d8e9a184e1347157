/** The module `_blake2`. */
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { newRef, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { overflowError, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { strText } from '../../core/str.ts';
import { asCInt, integerOf, simpleBuffer } from '../buffers.ts';
import { setTake } from '../make.ts';
import type { Digester } from './algorithms.ts';
import { Blake2Tree } from './blake2-tree.ts';
import type { TreeParameters } from './blake2-tree.ts';
import { deallocHash, hashAttributes, hashInput, hashMethods, newHash } from './objects.ts';

interface Kind {
  readonly name: 'blake2b' | 'blake2s';
  readonly block: number;
  readonly maxDigest: number;
  readonly maxKey: number;
  readonly salt: number;
  readonly person: number;
  readonly offsetBits: bigint;
  readonly bytes: number;
}

const KINDS: readonly Kind[] = [
  { name: 'blake2b', block: 128, maxDigest: 64, maxKey: 64, salt: 16, person: 16, offsetBits: 64n, bytes: 448 },
  { name: 'blake2s', block: 64, maxDigest: 32, maxKey: 32, salt: 8, person: 8, offsetBits: 48n, bytes: 240 },
];

const NAMES =
  'digest_size key salt person fanout depth leaf_size node_offset node_depth inner_size last_node usedforsecurity'.split(
    ' ',
  );

function checkNames(rt: Runtime, kind: Kind, kwargs: Ref): void {
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) return;
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const name = strText(rt, dictKeyAt(rt, kwargs, i));
    if (!NAMES.includes(name)) typeError(rt, `'${name}' is an invalid keyword argument for ${kind.name}()`);
  }
}

/** Reads the options in CPython's order. @runsPython */
class Options {
  constructor(
    private readonly rt: Runtime,
    private readonly kwargs: Ref,
  ) {}

  get(name: string): Ref {
    return this.kwargs === 0 ? 0 : dictGetText(this.rt, this.kwargs, name);
  }

  int(name: string, absent: number): number {
    const o = this.get(name);
    return o === 0 ? absent : asCInt(this.rt, o);
  }

  big(name: string): bigint {
    const o = this.get(name);
    const value = o === 0 ? 0n : integerOf(this.rt, o);
    if (value < 0n) valueError(this.rt, 'value must be positive');
    return value;
  }

  bytes(name: string): Uint8Array {
    const o = this.get(name);
    return o === 0 ? new Uint8Array(0) : simpleBuffer(this.rt, o).slice();
  }
}

function between(rt: Runtime, name: string, value: number, low: number, high: number, suffix = ''): void {
  if (value < low || value > high) valueError(rt, `${name} must be between ${low} and ${suffix}${high}`);
}

function readParameters(rt: Runtime, kind: Kind, options: Options): TreeParameters {
  const p = {
    digestSize: options.int('digest_size', kind.maxDigest),
    key: options.bytes('key'),
    salt: options.bytes('salt'),
    person: options.bytes('person'),
    fanout: options.int('fanout', 1),
    depth: options.int('depth', 1),
    leafSize: options.big('leaf_size'),
    nodeOffset: options.big('node_offset'),
    nodeDepth: options.int('node_depth', 0),
    innerSize: options.int('inner_size', 0),
    lastNode: options.get('last_node') !== 0 && isTrue(rt, options.get('last_node')),
  };
  if (p.digestSize < 1 || p.digestSize > kind.maxDigest)
    valueError(rt, `digest_size must be between 1 and ${kind.maxDigest} bytes`);
  if (p.salt.length > kind.salt) valueError(rt, `maximum salt length is ${kind.salt} bytes`);
  if (p.person.length > kind.person) valueError(rt, `maximum person length is ${kind.person} bytes`);
  between(rt, 'fanout', p.fanout, 0, 255);
  between(rt, 'depth', p.depth, 1, 255);
  if (p.leafSize >= 1n << 32n) overflowError(rt, 'leaf_size is too large');
  if (p.nodeOffset >= 1n << 64n && kind.offsetBits === 64n) overflowError(rt, 'int too big to convert');
  if (p.nodeOffset >= 1n << kind.offsetBits) overflowError(rt, 'node_offset is too large');
  between(rt, 'node_depth', p.nodeDepth, 0, 255);
  between(rt, 'inner_size', p.innerSize, 0, kind.maxDigest, 'is ');
  if (p.key.length > kind.maxKey) valueError(rt, `maximum key length is ${kind.maxKey} bytes`);
  return { ...p, leafSize: Number(p.leafSize) };
}

function isPlain(p: TreeParameters): boolean {
  return (
    p.fanout === 1 &&
    p.depth === 1 &&
    p.leafSize === 0 &&
    p.nodeOffset === 0n &&
    p.nodeDepth === 0 &&
    p.innerSize === 0 &&
    !p.lastNode
  );
}

/** Fills up with zeros, as the parameter block has them. */
function padded(data: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(size);
  result.set(data);
  return result;
}

function newDigester(kind: Kind, p: TreeParameters): Digester {
  if (!isPlain(p)) return new Blake2Tree(kind.name, p);
  const create = kind.name === 'blake2b' ? blake2b : blake2s;
  return create.create({
    dkLen: p.digestSize,
    ...(p.key.length > 0 ? { key: p.key } : {}),
    salt: padded(p.salt, kind.salt),
    personalization: padded(p.person, kind.person),
  });
}

function makeNew(kind: Kind) {
  return (rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned => {
    const H = rt.words;
    const nargs = H[args + TupleWord.Size];
    checkNames(rt, kind, kwargs);
    if (nargs > 1) typeError(rt, `${kind.name}() takes at most 1 positional argument (${nargs} given)`);
    const p = readParameters(rt, kind, new Options(rt, kwargs));
    const state = {
      algorithm: { name: kind.name, block: kind.block, size: p.digestSize, create: () => newDigester(kind, p) },
      digester: newDigester(kind, p),
    };
    return newHash(rt, type, state, nargs === 0 ? null : hashInput(rt, H[args + TupleWord.Items]));
  };
}

const types = KINDS.map((kind) => {
  const ref = moduleType();
  defineType({
    ref,
    name: `_blake2.${kind.name}`,
    heapType: 'immutable',
    basicSize: kind.bytes,
    words: 3,
    dealloc: deallocHash,
    doc: 'Return a new BLAKE2 hash object.',
    slots: { new: makeNew(kind) },
    methods: hashMethods('data, /', '/'),
    getset: hashAttributes(),
    populate(rt, dict) {
      setTake(rt, dict, 'SALT_SIZE', newInt(rt, kind.salt));
      setTake(rt, dict, 'PERSON_SIZE', newInt(rt, kind.person));
      setTake(rt, dict, 'MAX_KEY_SIZE', newInt(rt, kind.maxKey));
      setTake(rt, dict, 'MAX_DIGEST_SIZE', newInt(rt, kind.maxDigest));
    },
  });
  return { kind, ref };
});

defineModule({
  name: '_blake2',
  doc: '_blake2b provides BLAKE2b for hashlib\n',
  populate(rt, dict) {
    for (const { kind, ref } of types) {
      const prefix = kind.name.toUpperCase();
      setTake(rt, dict, kind.name, newRef(rt, ref));
      setTake(rt, dict, `${prefix}_SALT_SIZE`, newInt(rt, kind.salt));
      setTake(rt, dict, `${prefix}_PERSON_SIZE`, newInt(rt, kind.person));
      setTake(rt, dict, `${prefix}_MAX_KEY_SIZE`, newInt(rt, kind.maxKey));
      setTake(rt, dict, `${prefix}_MAX_DIGEST_SIZE`, newInt(rt, kind.maxDigest));
    }
  },
});
