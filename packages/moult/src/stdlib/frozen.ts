/** Modules that CPython has frozen: tracebacks name them instead of their files, and show no lines. */

const FROZEN = new Set(
  (
    'importlib._bootstrap importlib._bootstrap_external zipimport abc codecs io _collections_abc _sitebuiltins genericpath ntpath ' +
    'posixpath os site stat importlib.util importlib.machinery runpy'
  ).split(' '),
);

/** The file name that the code of a module of the library has. */
export function codeNameOf(module: string, path: string): string {
  return FROZEN.has(module) ? `<frozen ${module}>` : path;
}
