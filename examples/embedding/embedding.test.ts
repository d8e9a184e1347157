/** The examples of docs/embedding.md: the page shows the files of this folder, and they print what they say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const FILES = readdirSync(here('.')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const PAGE = readFileSync(here('../../docs/embedding.md'), 'utf8');
/** Written by `npm run build`. */
const HAS_LIBRARY = existsSync(here('../../packages/cli/dist/library.pack'));

test.each(FILES)('docs/embedding.md shows %s', (name) => {
  expect(PAGE).toContain(`\`\`\`ts\n// examples/embedding/${name}\n${readFileSync(here(name), 'utf8')}\`\`\``);
});

test.each(FILES)('%s prints what it says', async (name) => {
  if (name === 'library.ts' && !HAS_LIBRARY) return;
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void printed.push(`${format(...values)}\n`));
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    await import(here(name));
  } finally {
    log.mockRestore();
    write.mockRestore();
  }
  expect(printed.join('')).toBe(promised(readFileSync(here(name), 'utf8')));
});

/** The lines behind `// prints:` at the end of a file. */
function promised(source: string): string {
  const [, lines = ''] = source.split('\n// prints:\n');
  return lines.replace(/^\/\/ ?/gm, '');
}
