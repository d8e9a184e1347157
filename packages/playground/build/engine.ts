/** The worker's bundle, made by esbuild as all bundles of the runtime are: it inlines `const enum`s across files, which Vite does not. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const inPackage = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The text of the worker: the traced build of the runtime, and the engine. */
export async function bundleEngine(minify: boolean): Promise<string> {
  const result = await build({
    entryPoints: [inPackage('src/engine/worker.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    conditions: ['moult-source'],
    define: { TRACE: 'true', BUILD_STAMP: '""' },
    charset: 'utf8',
    legalComments: 'none',
    minify,
    logLevel: 'warning',
  });
  return result.outputFiles[0]!.text;
}

const NAME = 'virtual:engine';
const RESOLVED = `\0${NAME}`;
const DEV_PATH = '/@engine.js';

/** Gives the module `virtual:engine`, whose default export is the worker's address. */
export function enginePlugin(): Plugin {
  let serving = false;
  return {
    name: 'moult-engine',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    configureServer(server) {
      server.middlewares.use(DEV_PATH, (_request, response) => {
        void bundleEngine(false).then((text) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(text);
        });
      });
    },
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      if (serving) return `export default ${JSON.stringify(DEV_PATH)};`;
      const reference = this.emitFile({ type: 'asset', name: 'engine.js', source: await bundleEngine(true) });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}
