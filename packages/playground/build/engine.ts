/**
 * The worker's bundles, made by esbuild as all bundles of the runtime are: it inlines `const enum`s across files, which Vite does not.
 *
 * There are two. The *core* has what programs without the greater part of the standard library need, so that the page is there soon; the
 * *full* one has all native modules, and is fetched with the library's first pieces.
 */
import { build } from 'esbuild';
import type { Plugin as BundlerPlugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify as minifyWell } from 'terser';
import type { Plugin } from 'vite';
import { FIRST } from '../src/examples/first.ts';
import { EARLY_REQUEST } from '../src/shared/early.ts';

export type EngineKind = 'core' | 'full';

const inPackages = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The file of character data that both leave out: it lies in the library's folder. */
export const CHARACTER_DATA = inPackages('moult/src/text/ucd-data.ts');

/** Native modules that the core leaves out, as `modules/index.ts` imports them. */
const LEFT_OUT = [
  './library-natives.ts',
  './hashes/module.ts',
  './socket/module.ts',
  './select/module.ts',
  './subprocess.ts',
  './sre/module.ts',
  './random/module.ts',
  './queue.ts',
  './math/module.ts',
  './contextvars.ts',
  './ast/module.ts',
  './locale/module.ts',
  './typing.ts',
];

/** The text of a worker: the traced build of the runtime, and the engine. */
export async function bundleEngine(kind: EngineKind, minify: boolean, isThorough = false): Promise<string> {
  const result = await build({
    entryPoints: [inPackages('playground/src/engine/worker.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    conditions: ['moult-source'],
    define: { TRACE: 'true', BUILD_STAMP: '""' },
    legalComments: 'none',
    minify,
    logLevel: 'warning',
    plugins: kind === 'core' ? [lateCharacterData, withoutLibraryNatives] : [lateCharacterData],
  });
  const { text } = result.outputFiles[0]!;
  return isThorough && kind === 'core' ? shorter(text) : text;
}

/** Terser finds 4% more than esbuild, in 20 seconds; that is worth it for what everybody waits for. */
async function shorter(text: string): Promise<string> {
  const { code } = await minifyWell(text, { ecma: 2020, compress: { passes: 2 }, mangle: true });
  return code ?? text;
}

/** The data is fetched, unpacked, when it is first asked for. */
const lateCharacterData: BundlerPlugin = {
  name: 'late-character-data',
  setup(context) {
    context.onLoad({ filter: /[\\/]text[\\/]ucd-text\.ts$/ }, () => ({
      loader: 'js',
      contents: `export const characterDatabase = () => self.characterData();`,
    }));
  },
};

const withoutLibraryNatives: BundlerPlugin = {
  name: 'without-library-natives',
  setup(context) {
    context.onLoad({ filter: /[\\/]moult[\\/]src[\\/]modules[\\/]index\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const missing = LEFT_OUT.filter((name) => !text.includes(`import '${name}';`));
      if (missing.length > 0) throw new Error(`${basename(path)} does not import ${missing.join(', ')}`);
      return { loader: 'ts', contents: LEFT_OUT.reduce((rest, name) => rest.replace(`import '${name}';`, ''), text) };
    });
  },
};

const KINDS: readonly EngineKind[] = ['core', 'full'];
const nameOf = (kind: EngineKind): string => `virtual:engine-${kind}`;
const devPath = (kind: EngineKind): string => `/@engine-${kind}.js`;

/** Makes `self.earlyEngine` (`shared/early.ts`). */
function earlyScript(address: string): string {
  const source = readFileSync(inPackages(`../${FIRST.path}`), 'utf8');
  const text = (value: string): string => JSON.stringify(value).replaceAll('<', '\\u003c');
  return `{
  const worker = new Worker(${text(address)}), heard = [], query = new URLSearchParams(location.search);
  const isOther = query.has('q') || query.has('example') || location.hash.startsWith('#code=');
  const source = isOther ? null : ${text(source)};
  worker.onmessage = ({ data }) => heard.push(data);
  worker.postMessage({ kind: 'start', library: new URL('./library/', document.baseURI).href });
  const request = { ask: 'run', program: { source, stdin: '' }, line: ${FIRST.line} };
  if (source !== null) worker.postMessage({ kind: 'request', number: ${EARLY_REQUEST}, request });
  self.earlyEngine = { worker, source, heard };
}`;
}

/** Gives the modules `virtual:engine-core` and `virtual:engine-full`, whose default exports are the workers' addresses; and starts the core in
 *  the page's head, with the first program, before the page's own code is there. */
export function enginePlugin(): Plugin {
  let serving = false;
  let isThorough = false;
  return {
    name: 'moult-engine',
    configResolved(config) {
      serving = config.command === 'serve';
      isThorough = config.build.minify === 'terser';
    },
    configureServer(server) {
      for (const kind of KINDS) {
        server.middlewares.use(devPath(kind), (_request, response) => {
          void bundleEngine(kind, false).then((text) => {
            response.setHeader('Content-Type', 'text/javascript');
            response.end(text);
          });
        });
      }
    },
    transformIndexHtml: (_html, { bundle }) => {
      const built = Object.keys(bundle ?? {}).find((name) => /engine-core-[^/]*\.js$/.test(name));
      if (!serving && built === undefined) throw new Error('the bundle has no engine-core');
      const children = earlyScript(serving ? devPath('core') : `./${built}`);
      return [{ tag: 'script', children, injectTo: 'head-prepend' }];
    },
    resolveId: (id) => (KINDS.some((kind) => id === nameOf(kind)) ? `\0${id}` : null),
    async load(id) {
      const kind = KINDS.find((each) => id === `\0${nameOf(each)}`);
      if (kind === undefined) return null;
      if (serving) return `export default ${JSON.stringify(devPath(kind))};`;
      const source = await bundleEngine(kind, true, isThorough);
      const reference = this.emitFile({ type: 'asset', name: `engine-${kind}.js`, source });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}
