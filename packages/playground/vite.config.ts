/** The page and the element for other pages: `npm run build:playground` writes them to dist, from where any static server serves them,
 *  below any path. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { enginePlugin } from './build/engine.ts';
import { libraryPlugin } from './build/library.ts';
import { offlinePlugin } from './build/offline.ts';

const inPackage = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: inPackage('.'),
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    minify: 'terser',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { page: inPackage('index.html'), element: inPackage('src/component/element.ts') },
      output: {
        entryFileNames: ({ name }) => (name === 'element' ? 'moult-playground.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  plugins: [enginePlugin(), libraryPlugin(), offlinePlugin()],
});
