/** The modules `_md5`, `_sha1` and `_sha2`. A hash object keeps the data that it was given. */
import { freeObject, genericAlloc, hostAdd, hostFree, hostGet } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isStr, kindName } from '../../core/types.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { md5, sha1, sha224, sha256, sha384, sha512 } from './digests.ts';

const enum HashWord {
  Payload = 2,
  Words = 3,
}

interface Algorithm {
  readonly name: string;
  readonly block: number;
  readonly size: number;
  readonly digest: (data: Uint8Array) => Uint8Array;
}

const ALGORITHMS: readonly (readonly [module: string, type: string, Algorithm])[] = [
  ['_md5', 'md5', { name: 'md5', block: 64, size: 16, digest: md5 }],
  ['_sha1', 'sha1', { name: 'sha1', block: 64, size: 20, digest: sha1 }],
  ['_sha2', 'SHA224Type', { name: 'sha224', block: 64, size: 28, digest: sha224 }],
  ['_sha2', 'SHA256Type', { name: 'sha256', block: 64, size: 32, digest: sha256 }],
  ['_sha2', 'SHA384Type', { name: 'sha384', block: 128, size: 48, digest: sha384 }],
  ['_sha2', 'SHA512Type', { name: 'sha512', block: 128, size: 64, digest: sha512 }],
];

function dataOf(rt: Runtime, self: Ref): Uint8Array {
  return hostGet(rt, rt.words[self + HashWord.Payload]) as Uint8Array;
}

function newHash(rt: Runtime, type: Ref, data: Uint8Array): Owned {
  const o = genericAlloc(rt, type);
  rt.words[o + HashWord.Payload] = hostAdd(rt, data);
  return o;
}

function argumentOf(rt: Runtime, data: Ref): Uint8Array {
  if (isStr(rt, data)) typeError(rt, 'Strings must be encoded before hashing');
  return bufferOf(rt, data) ?? typeError(rt, `object supporting the buffer API required, not '${kindName(rt, data)}'`);
}

function update(rt: Runtime, self: Ref, data: Ref): Owned {
  const H = rt.words;
  const old = dataOf(rt, self);
  const more = argumentOf(rt, data);
  const all = new Uint8Array(old.length + more.length);
  all.set(old);
  all.set(more, old.length);
  hostFree(rt, H[self + HashWord.Payload]);
  H[self + HashWord.Payload] = hostAdd(rt, all);
  return none();
}

function hex(data: Uint8Array): string {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function dealloc(rt: Runtime, self: Ref): void {
  hostFree(rt, rt.words[self + HashWord.Payload]);
  freeObject(rt, self);
}

const functions = new Map<string, NativeDefinition[]>();
for (const [module, typeName, algorithm] of ALGORITHMS) {
  const ref = moduleType();
  const { name, block, size, digest } = algorithm;
  defineType({
    ref,
    name: `${module}.${typeName}`,
    basicSize: 8 * HashWord.Words,
    dealloc,
    methods: [
      native('update($self, obj, /)', update),
      native('digest($self, /)', (rt, self) => newBytes(rt, digest(dataOf(rt, self)).slice())),
      native('hexdigest($self, /)', (rt, self) => newStr(rt, hex(digest(dataOf(rt, self))))),
      native('copy($self, /)', (rt, self) => newHash(rt, ref, dataOf(rt, self))),
    ],
    getset: [
      getset('name', (rt) => newStr(rt, name)),
      getset('block_size', (rt) => newInt(rt, block)),
      getset('digest_size', (rt) => newInt(rt, size)),
    ],
  });
  const make = native(`${name}($module, /, string=b'', *, usedforsecurity=True)`, (rt, _module, data) =>
    newHash(rt, ref, data === 0 ? new Uint8Array(0) : argumentOf(rt, data).slice()),
  );
  functions.set(module, [...(functions.get(module) ?? []), make]);
}

for (const [name, list] of functions) defineModule({ name, functions: list });
