/** Writes a package's declarations to dist/types, in a form that users outside this repository can read: imports end
 *  in `.js`, and `const enum`s are plain enums (the bundle exports them as objects, and users who compile file by file
 *  cannot inline ambient ones). Type errors are the business of `npm run typecheck`; only a refused emit fails here. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { inRoot } from './paths.mjs';

/** @typedef {import('./targets.mjs').Target} Target */

/** @param {string} text @returns {string} */
const publishable = (text) =>
  text
    .replace(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2')
    .replace(/^(\s*(?:export )?(?:declare )?)const enum /gm, '$1enum ');

/** @param {Target} target */
export function emitDeclarations(target) {
  const source = inRoot(dirname(target.entry));
  const outDir = inRoot(dirname(target.out), 'types');
  rmSync(outDir, { recursive: true, force: true });
  const program = ts.createProgram([inRoot(target.entry), ...ambientFiles()], compilerOptions(source, outDir));
  if (program.emit().emitSkipped) throw new Error(`no declarations could be written for ${target.name}`);
  rewriteBelow(outDir);
}

/** @returns {string[]} the files that declare the bundler's constants */
function ambientFiles() {
  return [inRoot('packages/heap/src/trace.d.ts')].filter((path) => existsSync(path));
}

/** The repository's own options, except that packages see each other as users do: through dist.
 *  @param {string} rootDir @param {string} outDir @returns {ts.CompilerOptions} */
function compilerOptions(rootDir, outDir) {
  const { config } = ts.readConfigFile(inRoot('tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, inRoot());
  delete options.customConditions;
  return {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    rootDir,
    outDir,
  };
}

/** @param {string} folder */
function rewriteBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) rewriteBelow(path);
    else writeFileSync(path, publishable(readFileSync(path, 'utf8')));
  }
}
