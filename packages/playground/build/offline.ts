/** Writes `service-worker.js`, with the names of all files of the page. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ENTRY = fileURLToPath(new URL('../src/offline/service-worker.ts', import.meta.url));

export function offlinePlugin(): Plugin {
  return {
    name: 'moult-offline',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const names = Object.keys(bundle).filter((name) => name !== 'index.html');
      const isLibrary = (name: string): boolean => name.startsWith('library/');
      const hash = createHash('sha256');
      for (const [name, file] of Object.entries(bundle))
        hash.update(name).update('code' in file ? file.code : file.source);
      const result = await build({
        entryPoints: [ENTRY],
        bundle: true,
        write: false,
        minify: true,
        target: 'es2022',
        define: {
          FILES: JSON.stringify([
            './',
            './icon.svg',
            ...names.filter((name) => !isLibrary(name)).map((name) => `./${name}`),
          ]),
          LIBRARY: JSON.stringify(names.filter(isLibrary).map((name) => `./${name}`)),
          VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
        },
      });
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: result.outputFiles[0]!.text });
    },
  };
}
