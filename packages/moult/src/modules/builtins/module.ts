/** The module `builtins`: its functions in CPython's order, the constants, the types, the exceptions. */
import { TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { defineModule } from '../../core/module-spec.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { TYPE_SPECS } from '../../core/type-spec.ts';
import { ATTRIBUTE_FUNCTIONS } from './attributes.ts';
import { CLASS_FUNCTIONS } from './classes.ts';
import { CODE_FUNCTIONS } from './code.ts';
import { EXTREME_FUNCTIONS } from './extremes.ts';
import { IMPORT_FUNCTION } from './import.ts';
import { IO_FUNCTIONS } from './io.ts';
import { ITERATION_FUNCTIONS } from './iteration.ts';
import { SUM_FUNCTIONS } from './sum.ts';
import { VALUE_FUNCTIONS } from './values.ts';

const ORDER =
  '__build_class__ __import__ abs all any ascii bin breakpoint callable chr compile delattr dir divmod eval exec format ' +
  'getattr globals hasattr hash hex id input isinstance issubclass iter aiter len locals max min next anext oct ord pow ' +
  'print repr round setattr sorted sum vars';

const FUNCTIONS: readonly NativeDefinition[] = inOrder([
  ...ATTRIBUTE_FUNCTIONS,
  ...CLASS_FUNCTIONS,
  ...CODE_FUNCTIONS,
  ...EXTREME_FUNCTIONS,
  IMPORT_FUNCTION,
  ...IO_FUNCTIONS,
  ...ITERATION_FUNCTIONS,
  ...SUM_FUNCTIONS,
  ...VALUE_FUNCTIONS,
]);

function inOrder(functions: readonly NativeDefinition[]): NativeDefinition[] {
  const names = ORDER.split(' ');
  return [...functions].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

const TYPES: Readonly<Record<string, Ref>> = {
  bool: T.bool,
  memoryview: T.memoryview,
  bytearray: T.bytearray,
  bytes: T.bytes,
  classmethod: T.classmethod,
  complex: T.complex,
  dict: T.dict,
  enumerate: T.enumerate,
  filter: T.filter,
  float: T.float,
  frozenset: T.frozenset,
  property: T.property,
  int: T.int,
  list: T.list,
  map: T.map,
  object: T.object,
  range: T.range,
  reversed: T.reversed,
  set: T.set,
  slice: T.slice,
  staticmethod: T.staticmethod,
  str: T.str,
  super: T.super,
  tuple: T.tuple,
  type: T.type,
  zip: T.zip,
};

function populate(rt: Runtime, dict: Ref): void {
  dictSetText(rt, dict, 'None', S.None);
  dictSetText(rt, dict, 'Ellipsis', S.Ellipsis);
  dictSetText(rt, dict, 'NotImplemented', S.NotImplemented);
  dictSetText(rt, dict, 'False', S.False);
  dictSetText(rt, dict, 'True', S.True);
  for (const [name, type] of Object.entries(TYPES)) {
    if ((rt.words[type + TypeWord.Flags] & TypeFlag.Ready) !== 0) dictSetText(rt, dict, name, type);
  }
  dictSetText(rt, dict, '__debug__', pyBool((rt.options.optimize ?? 0) === 0));
  addExceptions(rt, dict);
  // The start of an interpreter puts `_io.open` here.
  dictSetText(rt, dict, 'open', S.None);
}

/** All exception types; two more names for OSError, as on a Unix. */
function addExceptions(rt: Runtime, dict: Ref): void {
  for (const spec of TYPE_SPECS) {
    if (spec.ref < T.BaseException || spec.ref > T.UserWarning) continue;
    dictSetText(rt, dict, spec.name, spec.ref);
    if (spec.ref !== T.OSError) continue;
    dictSetText(rt, dict, 'EnvironmentError', spec.ref);
    dictSetText(rt, dict, 'IOError', spec.ref);
  }
}

defineModule({
  name: 'builtins',
  doc: 'Built-in functions, types, exceptions, and other objects.',
  functions: FUNCTIONS,
  populate,
});
