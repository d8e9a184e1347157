/** What a program's text says of what it will import. It may be wrong in one direction only: too much. */

/** Native modules of the core's bundle that import nothing. */
export const NATIVE = ['gc', 'sys', 'time', 'itertools', 'builtins', 'atexit', 'errno', '_weakref', '_thread'];

/** Modules of the library that need none but the core's native modules. */
export const PURE = [
  ...['weakref', 'abc', 'types', 'functools', 'operator', 'collections', 'contextlib', 'copy', 'ctypes', 'enum'],
  ...['io', 'os', 'reprlib', 'threading', 'keyword', '__future__'],
];

/** Names that may import anything. */
const INDIRECT = /\b(__import__|importlib|exec|eval|runpy|pickle)\b/;

/** The modules that import statements name. */
function namesIn(source: string): string[] {
  const names: string[] = [];
  for (const [, from, list] of source.matchAll(/(?:^|[;:>.])[ \t]*(?:from[ \t]+([\w.]+)|import[ \t]+([\w., \t]+))/gm)) {
    if (from !== undefined) names.push(from);
    for (const part of (list ?? '').split(',')) names.push(part.trim().split(/\s/)[0] ?? '');
  }
  return names.filter((name) => name !== '').map((name) => name.split('.')[0]!);
}

/** Numbers of the lines, from 1, that are import statements. */
export function importLines(source: string): Set<number> {
  const lines = source.split('\n').map((line, i) => (/^(>>> |\s*)(import|from)\s/.test(line) ? i + 1 : 0));
  return new Set(lines.filter((line) => line > 0));
}

/** Whether the library's index has to be fetched first. */
export function needsLibrary(source: string): boolean {
  return INDIRECT.test(source) || namesIn(source).some((name) => !NATIVE.includes(name));
}

/** Whether native modules are wanted that only the full bundle has. */
export function needsFull(source: string): boolean {
  return INDIRECT.test(source) || namesIn(source).some((name) => !NATIVE.includes(name) && !PURE.includes(name));
}
