/** The module `_pickle`, which `pickle` takes its fast forms from. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newBytes } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { requireBuffer } from '../../objects/bytes/buffer.ts';
import { setTake } from '../make.ts';
import { ModuleRef } from '../module-roots.ts';
import { PICKLE_ERROR, PICKLER, PICKLING_ERROR, UNPICKLER, UNPICKLING_ERROR } from './layout.ts';
import { PICKLE_BUFFER } from './pickle-buffer.ts';
import * as pickler from './pickler.ts';
import { collectShared } from './shared.ts';
import * as unpickler from './unpickler.ts';

function dump(rt: Runtime, _module: Ref, obj: Ref, file: Ref, protocol: Ref, fixImports: Ref, callback: Ref): Owned {
  const self = temp(rt, pickler.newPickler(rt));
  pickler.configure(rt, self, protocol, fixImports, 0);
  pickler.setFile(rt, self, file);
  pickler.configure(rt, self, protocol, fixImports, callback);
  pickler.run(rt, self, obj);
  return none();
}

function dumps(rt: Runtime, _module: Ref, obj: Ref, protocol: Ref, fixImports: Ref, callback: Ref): Owned {
  const self = temp(rt, pickler.newPickler(rt));
  pickler.configure(rt, self, protocol, fixImports, callback);
  return newBytes(rt, pickler.run(rt, self, obj));
}

function load(rt: Runtime, _module: Ref, file: Ref, fixImports: Ref, encoding: Ref, errors: Ref, buffers: Ref): Owned {
  const self = temp(rt, unpickler.newUnpickler(rt));
  unpickler.setFile(rt, self, file);
  unpickler.configure(rt, self, 'load', { fixImports, encoding, errors, buffers });
  return unpickler.run(rt, self);
}

function loads(rt: Runtime, _module: Ref, data: Ref, fixImports: Ref, encoding: Ref, errors: Ref, buffers: Ref): Owned {
  const self = temp(rt, unpickler.newUnpickler(rt));
  const bytes = requireBuffer(rt, data).slice();
  unpickler.configure(rt, self, 'loads', { fixImports, encoding, errors, buffers });
  return unpickler.run(rt, self, bytes);
}

defineModule({
  name: '_pickle',
  doc: 'Optimized C implementation for the Python pickle module.',
  functions: [
    native('dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)', dump, {
      doc: 'Write a pickled representation of obj to the open file object file.',
    }),
    native('dumps($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)', dumps, {
      doc: 'Return the pickled representation of the object as a bytes object.',
    }),
    native("load($module, /, file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=())", load, {
      doc: 'Read and return an object from the pickle data stored in a file.',
    }),
    native(
      "loads($module, data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', buffers=())",
      loads,
      { doc: 'Read and return an object from the given pickle data.' },
    ),
  ],
  populate(rt, dict) {
    if (rt.words[ModuleRef.PickleShared] === 0) collectShared(rt);
    setTake(rt, dict, 'PickleError', newRef(rt, PICKLE_ERROR));
    setTake(rt, dict, 'PicklingError', newRef(rt, PICKLING_ERROR));
    setTake(rt, dict, 'UnpicklingError', newRef(rt, UNPICKLING_ERROR));
    setTake(rt, dict, 'Pickler', newRef(rt, PICKLER));
    setTake(rt, dict, 'Unpickler', newRef(rt, UNPICKLER));
    setTake(rt, dict, 'PickleBuffer', newRef(rt, PICKLE_BUFFER));
  },
});
