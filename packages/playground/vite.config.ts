/** The page: `npm run build` writes it to dist, from where any static server serves it, below any path. */
import { defineConfig } from 'vite';
import { enginePlugin } from './build/engine.ts';
import { libraryPlugin } from './build/library.ts';

export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    minify: 'terser',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
    reportCompressedSize: false,
  },
  plugins: [enginePlugin(), libraryPlugin()],
});
