/** Making the library pack from the files of CPython's `Lib`. */
import { compileModule } from '../compiler/compile.ts';
import { parse } from '../syntax/parse.ts';
import { CODE_FORMAT, encodeCode } from './code-format.ts';
import { moduleNameOf, PACK_HEAD_BYTES, PACK_MAGIC } from './pack.ts';
import type { PackIndex } from './pack.ts';

/** Folders of the archive that no program imports. */
const LEFT_OUT =
  /^(test|idlelib|lib2to3|turtledemo|tkinter|ensurepip|site-packages|_pyodide|pyodide|pyodide_js)(\/|$)|^(_pyodide\w*|pyodide\w*|pystone|turtle|_sysconfigdata\w*)\.py$/;

/** The bytes of a pack. `files` maps paths below `Lib` to their contents; others than `.py` are passed over. `own` is
 *  the same for modules that CPython has in C and Moult in Python. */
export function makePack(
  files: ReadonlyMap<string, Uint8Array>,
  version: string,
  own: ReadonlyMap<string, Uint8Array> = new Map(),
): Uint8Array {
  const modules: Record<string, [string, number, number, number, number]> = {};
  const parts: Uint8Array[] = [];
  let offset = 0;
  const add = (data: Uint8Array): number => {
    parts.push(data);
    offset += data.length;
    return offset - data.length;
  };
  const all = new Map([...files, ...own]);
  for (const path of [...all.keys()].sort()) {
    if (!path.endsWith('.py') || LEFT_OUT.test(path)) continue;
    const source = all.get(path) ?? new Uint8Array(0);
    const code = compileFile(path, source);
    modules[moduleNameOf(path)] = [path, add(code), code.length, add(source), source.length];
  }
  const index: PackIndex = { version, modules, own: [...own.keys()].map(moduleNameOf).sort() };
  return assemble(index, parts);
}

function compileFile(path: string, source: Uint8Array): Uint8Array {
  const { ast } = parse(source, { filename: path, mode: 'exec', dontImplyDedent: false });
  const lines = new TextDecoder().decode(source).split('\n');
  return encodeCode(
    compileModule(ast, {
      filename: path,
      mode: 'exec',
      optimize: 0,
      flags: 0,
      futureFlags: 0,
      onWarning: () => undefined,
      sourceLine: (line) => lines[line - 1] ?? null,
    }),
  );
}

function assemble(index: PackIndex, parts: readonly Uint8Array[]): Uint8Array {
  const indexBytes = new TextEncoder().encode(JSON.stringify(index));
  const length = PACK_HEAD_BYTES + indexBytes.length + parts.reduce((sum, part) => sum + part.length, 0);
  const pack = new Uint8Array(length);
  pack.set(new TextEncoder().encode(PACK_MAGIC));
  const view = new DataView(pack.buffer);
  view.setUint32(8, CODE_FORMAT, true);
  view.setUint32(12, indexBytes.length, true);
  pack.set(indexBytes, PACK_HEAD_BYTES);
  let at = PACK_HEAD_BYTES + indexBytes.length;
  for (const part of parts) {
    pack.set(part, at);
    at += part.length;
  }
  return pack;
}
