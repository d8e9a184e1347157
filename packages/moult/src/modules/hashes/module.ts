/** The modules `_md5`, `_sha1`, `_sha2` and `_sha3`. */
import { LayoutKind, newRef, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { parseArguments } from '../arguments.ts';
import { setTake } from '../make.ts';
import { algorithm } from './algorithms.ts';
import type { Algorithm } from './algorithms.ts';
import './blake2.ts';
import './openssl.ts';
import { deallocHash, hashAttributes, hashInput, hashMethods, newHash, shakeLength } from './objects.ts';

/** Modules with a function for each algorithm: the type's name in the module and its own, the function, the type's size. */
const SIMPLE: readonly (readonly [module: string, type: string, typeName: string, name: string, nbytes: number])[] = [
  ['_md5', 'MD5Type', 'md5', 'md5', 32],
  ['_sha1', 'SHA1Type', 'sha1', 'sha1', 32],
  ['_sha2', 'SHA224Type', 'SHA224Type', 'sha224', 40],
  ['_sha2', 'SHA256Type', 'SHA256Type', 'sha256', 40],
  ['_sha2', 'SHA384Type', 'SHA384Type', 'sha384', 40],
  ['_sha2', 'SHA512Type', 'SHA512Type', 'sha512', 40],
];

/** A new hash object, which has read `data` (0: nothing). */
function start(rt: Runtime, type: Ref, kind: Algorithm, data: Ref): Owned {
  return newHash(rt, type, { algorithm: kind, digester: kind.create() }, data === 0 ? null : hashInput(rt, data));
}

interface Parts {
  readonly functions: NativeDefinition[];
  readonly types: (readonly [name: string, ref: Ref])[];
}

const modules = new Map<string, Parts>();

for (const [module, type, typeName, name, nbytes] of SIMPLE) {
  const ref = moduleType();
  const kind = algorithm(name);
  defineType({
    ref,
    name: `${module}.${typeName}`,
    heapType: 'immutable',
    basicSize: nbytes,
    flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
    layout: LayoutKind.Fixed,
    dealloc: deallocHash,
    methods: hashMethods('obj, /', '/'),
    getset: hashAttributes(),
  });
  const make = native(
    `${name}($module, /, string=b'', *, usedforsecurity=True)`,
    (rt, _module, data = 0) => start(rt, ref, kind, data),
    {
      doc: `Return a new ${name.toUpperCase()} hash object; optionally initialized with a string.`,
    },
  );
  const parts = modules.get(module) ?? { functions: [], types: [] };
  parts.functions.push(make);
  parts.types.push([type, ref]);
  modules.set(module, parts);
}

for (const [name, { functions, types }] of modules) {
  defineModule({
    name,
    functions,
    populate(rt, dict) {
      for (const [typeName, ref] of types) setTake(rt, dict, typeName, newRef(rt, ref));
    },
  });
}

const SHA3 = ['sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256'].map((name) => {
  const ref = moduleType();
  const kind = algorithm(name);
  const isShake = kind.size === 0;
  defineType({
    ref,
    name: `_sha3.${name}`,
    heapType: 'immutable',
    basicSize: 32,
    dealloc: deallocHash,
    doc: `${name}([data], *, usedforsecurity=True) -> ${isShake ? 'SHAKE' : 'SHA3'} object`,
    slots: {
      new: (rt, type, args, kwargs) => {
        const [data = 0] = parseArguments(rt, name, ['data', 'usedforsecurity'], 0, args, kwargs);
        return start(rt, type, kind, rt.words[args + TupleWord.Size] > 0 ? data : 0);
      },
    },
    methods: isShake ? hashMethods('data, /', 'length, /', shakeLength) : hashMethods('data, /', '/'),
    getset: [
      ...hashAttributes(),
      getset('_capacity_bits', (rt) => newInt(rt, 1600 - 8 * kind.block)),
      getset('_rate_bits', (rt) => newInt(rt, 8 * kind.block)),
      getset('_suffix', (rt) => newBytes(rt, Uint8Array.of(isShake ? 0x1f : 0x06))),
    ],
  });
  return { name, ref };
});

defineModule({
  name: '_sha3',
  populate(rt, dict) {
    for (const { name, ref } of SHA3) setTake(rt, dict, name, newRef(rt, ref));
    setTake(rt, dict, 'implementation', newStr(rt, 'HACL'));
  },
});
