/** `compile`, `eval`, `exec`, `globals`, `locals`. */
import { decref, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';

import { newDict } from '../../core/dict/index.ts';
import { none, raise, systemError, typeError, valueError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import { indexNumber, isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { argumentName, isBytes, isDict, isStr, kindName, slotOf } from '../../core/types.ts';
import { executable } from '../../frames/frames.ts';
import { hasBuffer } from '../../objects/bytes/buffer.ts';
import type { ParseMode } from '../../syntax/parse.ts';
import { checkObject, compileObject, isNode, sourceToObject } from '../ast/compile.ts';
import { compileProgram, compileSource, dialectOf, inheritedFlags, SOURCE_FLAGS } from './compile.ts';
import type { CompileMode } from './compile.ts';
import { currentGlobals, currentLocals } from './namespaces.ts';
import { askUtf8 } from '../../objects/str/c-text.ts';
import { ensureBuiltins, evalCode } from './run-code.ts';
import { simpleBuffer } from '../buffers.ts';
import { pathText } from '../posix/paths.ts';

const enum Flag {
  OnlyAst = 0x400,
  DontImplyDedent = 0x200,
  TypeComments = 0x1000,
  TopLevelAwait = 0x2000,
  AllowIncomplete = 0x4000,
}
const KNOWN_FLAGS =
  Flag.OnlyAst | Flag.DontImplyDedent | Flag.TypeComments | Flag.TopLevelAwait | Flag.AllowIncomplete | 0x10;

function compile(
  rt: Runtime,
  _module: Ref,
  source: Ref,
  filename: Ref,
  mode: Ref,
  flagsArg: Ref,
  dontInherit: Ref,
  optimizeArg: Ref,
  versionArg: Ref,
): Owned {
  const name = isStr(rt, filename)
    ? strText(rt, filename)
    : pathText(rt, filename, 'expected str, bytes or os.PathLike object');
  if (!isStr(rt, mode)) typeError(rt, `compile() argument 'mode' must be str, not ${argumentName(rt, mode)}`);
  let flags = flagsArg === 0 ? 0 : indexNumber(rt, flagsArg, T.OverflowError);
  if ((flags & ~(SOURCE_FLAGS | KNOWN_FLAGS)) !== 0) valueError(rt, 'compile(): unrecognised flags');
  const optimize = optimizeArg === 0 ? -1 : indexNumber(rt, optimizeArg, T.OverflowError);
  if (optimize < -1 || optimize > 2) valueError(rt, 'compile(): invalid optimize value');
  if (dontInherit === 0 || !isTrue(rt, dontInherit)) flags |= inheritedFlags(rt);
  const modeText = checkMode(rt, strText(rt, mode), flags);
  const dontImplyDedent = (flags & Flag.DontImplyDedent) !== 0;
  const node = isNode(rt, source);
  if ((flags & Flag.OnlyAst) !== 0) {
    if (!node) {
      const text = sourceText(rt, source, 'compile', 'string, bytes or AST');
      const dialect = { ...dialectOf(rt, flags), ...versionOf(rt, versionArg) };
      const allowIncompleteInput = (flags & Flag.AllowIncomplete) !== 0;
      return sourceToObject(rt, text, {
        filename: name,
        mode: modeText,
        dontImplyDedent,
        allowIncompleteInput,
        dialect,
      });
    }
    checkObject(rt, source, modeText);
    return newRef(rt, source);
  }
  const options = {
    filename: name,
    mode: modeText as CompileMode,
    flags,
    dontImplyDedent,
    ...(optimize >= 0 ? { optimize: optimize as 0 | 1 | 2 } : {}),
  };
  if (node) return compileObject(rt, source, options);
  return compileSource(rt, sourceText(rt, source, 'compile', 'string, bytes or AST'), options);
}

/** `_feature_version`: a minor version of the language, −1 for this one. */
function versionOf(rt: Runtime, version: Ref): { featureVersion?: number } {
  const minor = version === 0 ? -1 : indexNumber(rt, version, T.OverflowError);
  return minor < 0 ? {} : { featureVersion: minor };
}

function checkMode(rt: Runtime, mode: string, flags: number): ParseMode {
  if (mode === 'exec' || mode === 'eval' || mode === 'single') return mode;
  if (mode === 'func_type') {
    if ((flags & Flag.OnlyAst) === 0) valueError(rt, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    return mode;
  }
  const known = (flags & Flag.OnlyAst) === 0 ? "'exec', 'eval' or 'single'" : "'exec', 'eval', 'single' or 'func_type'";
  return valueError(rt, `compile() mode must be ${known}`);
}

/** The source in a str or bytes-like object. */
export function sourceText(rt: Runtime, source: Ref, where: string, expected: string): string | Uint8Array {
  let text: string | Uint8Array;
  if (isStr(rt, source)) text = encodableText(rt, source);
  else if (isBytes(rt, source)) text = bytesData(rt, source);
  else if (hasBuffer(rt, source)) text = simpleBuffer(rt, source).slice();
  else typeError(rt, `${where}() arg 1 must be a ${expected} object`);
  const hasNull = typeof text === 'string' ? text.includes('\0') : text.includes(0);
  if (hasNull) raise(rt, T.SyntaxError, 'source code string cannot contain null bytes');
  return text;
}

/** Text of a str, which must have a form in UTF-8. Raises UnicodeEncodeError. */
function encodableText(rt: Runtime, source: Ref): string {
  const text = strText(rt, source);
  if (/[\ud800-\udfff]/u.test(text)) temp(rt, rt.encodeUtf8(source));
  askUtf8(rt, source);
  return text;
}

interface Scope {
  globals: Ref;
  locals: Ref;
}

/** The namespaces that `eval` or `exec` runs in; those that are not owned elsewhere are on the temporaries. */
function chooseScope(rt: Runtime, where: string, globals: Ref, locals: Ref): Scope {
  const givenGlobals = globals === S.None ? 0 : globals;
  const givenLocals = locals === S.None ? 0 : locals;
  if (givenGlobals !== 0) return { globals: givenGlobals, locals: givenLocals || givenGlobals };
  const current = currentGlobals(rt);
  if (current === 0) {
    if (where === 'eval') typeError(rt, 'eval must be given globals and locals when called without a frame');
    systemError(rt, 'globals and locals cannot be NULL');
  }
  return { globals: current, locals: givenLocals || temp(rt, newRef(rt, currentLocals(rt))) };
}

function isMapping(rt: Runtime, o: Ref): boolean {
  return slotOf(rt, o, TypeWord.MpSubscript) !== 0;
}

function evalFunction(rt: Runtime, _module: Ref, source: Ref, globals: Ref, locals: Ref): Owned {
  if (locals !== 0 && locals !== S.None && !isMapping(rt, locals)) typeError(rt, 'locals must be a mapping');
  if (globals !== 0 && globals !== S.None && !isDict(rt, globals)) {
    typeError(
      rt,
      isMapping(rt, globals) ? 'globals must be a real dict; try eval(code, {}, mapping)' : 'globals must be a dict',
    );
  }
  const scope = chooseScope(rt, 'eval', globals, locals);
  ensureBuiltins(rt, scope.globals);
  if (rt.words[source + ObjectWord.Type] === T.code) {
    if (freeCount(rt, source) > 0) typeError(rt, 'code object passed to eval() may not contain free variables');
    return evalCode(rt, source, scope.globals, scope.locals);
  }
  const text = sourceText(rt, source, 'eval', 'string, bytes or code');
  const code = temp(
    rt,
    compileProgram(rt, trimmed(text), { filename: '<string>', mode: 'eval', flags: inheritedFlags(rt) }),
  );
  return evalCode(rt, code, scope.globals, scope.locals);
}

/** Without the leading blanks, which `eval` allows. */
function trimmed(text: string | Uint8Array): string | Uint8Array {
  if (typeof text === 'string') return text.replace(/^[ \t]+/, '');
  let start = 0;
  while (text[start] === 0x20 || text[start] === 0x09) start++;
  return text.subarray(start);
}

function freeCount(rt: Runtime, code: Ref): number {
  return executable(rt, code).data.nfreevars;
}

function exec(rt: Runtime, _module: Ref, source: Ref, globals: Ref, locals: Ref, closure: Ref): Owned {
  if (globals !== 0 && globals !== S.None && !isDict(rt, globals)) {
    typeError(rt, `exec() globals must be a dict, not ${kindName(rt, globals)}`);
  }
  if (locals !== 0 && locals !== S.None && !isMapping(rt, locals)) {
    typeError(rt, `locals must be a mapping or None, not ${kindName(rt, locals)}`);
  }
  const scope = chooseScope(rt, 'exec', globals, locals);
  ensureBuiltins(rt, scope.globals);
  const cells = closure === S.None ? 0 : closure;
  if (rt.words[source + ObjectWord.Type] === T.code) {
    checkClosure(rt, source, cells);
    temp(rt, evalCode(rt, source, scope.globals, scope.locals, cells));
    return none();
  }
  if (cells !== 0) typeError(rt, 'closure argument requires a code object');
  const text = sourceText(rt, source, 'exec', 'string, bytes or code');
  const code = temp(rt, compileProgram(rt, text, { filename: '<string>', mode: 'exec', flags: inheritedFlags(rt) }));
  temp(rt, evalCode(rt, code, scope.globals, scope.locals));
  return none();
}

function checkClosure(rt: Runtime, code: Ref, closure: Ref): void {
  const wanted = freeCount(rt, code);
  if (wanted === 0) {
    if (closure !== 0) typeError(rt, 'cannot use a closure with this code object');
    return;
  }
  let good = closure !== 0 && rt.words[closure + ObjectWord.Type] === T.tuple && tupleSize(rt, closure) === wanted;
  for (let i = 0; good && i < wanted; i++) good = rt.words[tupleItem(rt, closure, i) + ObjectWord.Type] === T.cell;
  if (!good) typeError(rt, `code object requires a closure of exactly length ${wanted}`);
}

function globalsFunction(rt: Runtime): Owned {
  return newRef(rt, currentGlobals(rt) || S.None);
}

/** CPython collects hidden variables of comprehensions apart, in a dict of its own: it is left for reuse. */
function localsFunction(rt: Runtime): Owned {
  const locals = temp(rt, newRef(rt, currentLocals(rt)));
  decref(rt, newDict(rt));
  return untemp(rt, locals);
}

export const CODE_FUNCTIONS = [
  native(
    'compile($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)',
    compile,
    { doc: 'Compile source into a code object that can be executed by exec() or eval().' },
  ),
  native('eval($module, source, globals=None, locals=None, /)', evalFunction, {
    doc: 'Evaluate the given source in the context of globals and locals.',
  }),
  native('exec($module, source, globals=None, locals=None, /, *, closure=None)', exec, {
    doc: 'Execute the given source in the context of globals and locals.',
  }),
  native('globals($module, /)', globalsFunction, {
    doc: "Return the dictionary of the current scope's global variables.",
  }),
  native('locals($module, /)', localsFunction, { doc: "Return a dictionary of the current scope's local variables." }),
];
