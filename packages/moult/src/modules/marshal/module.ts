/** The module `marshal`. */
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newBytes } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { asCInt, simpleBuffer } from '../buffers.ts';
import { setTake } from '../make.ts';
import { fromBytes, fromFile, MarshalReader, SHORT_FILE } from './read.ts';
import { MarshalWriter } from './write.ts';

const VERSION = 4;

const versionOf = (rt: Runtime, version: Ref): number => (version === 0 ? VERSION : asCInt(rt, version));

function dumps(rt: Runtime, _module: Ref, value: Ref, version: Ref): Owned {
  return newBytes(rt, new MarshalWriter(rt, versionOf(rt, version)).write(value));
}

function dump(rt: Runtime, module: Ref, value: Ref, file: Ref, version: Ref): Owned {
  const data = temp(rt, dumps(rt, module, value, version));
  return call1(rt, temp(rt, getAttrText(rt, file, 'write')), data);
}

function loads(rt: Runtime, _module: Ref, data: Ref): Owned {
  return new MarshalReader(rt, fromBytes(simpleBuffer(rt, data).slice())).read();
}

const load = (rt: Runtime, _module: Ref, file: Ref): Owned =>
  new MarshalReader(rt, fromFile(rt, file), SHORT_FILE).read();

defineModule({
  name: 'marshal',
  doc: 'This module contains functions that can read and write Python values in\na binary format.',
  functions: [
    native('dump($module, value, file, version=version, /)', dump, { doc: 'Write the value on the open file.' }),
    native('load($module, file, /)', load, { doc: 'Read one value from the open file and return it.' }),
    native('dumps($module, value, version=version, /)', dumps, {
      doc: 'Return the bytes object that would be written to a file by dump(value, file).',
    }),
    native('loads($module, bytes, /)', loads, { doc: 'Convert the bytes-like object to a value.' }),
  ],
  populate(rt, dict) {
    setTake(rt, dict, 'version', newInt(rt, VERSION));
  },
});
