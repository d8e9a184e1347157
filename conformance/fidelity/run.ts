/** Writes the generated parts of docs/fidelity.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PAGE, refreshed } from './page.ts';

/** The page as it has to be. */
export async function page(root: string): Promise<string> {
  const path = join(root, PAGE);
  const config = await resolveConfig(path);
  return format(refreshed(readFileSync(path, 'utf8'), root), { ...config, filepath: path });
}

export async function main(root: string): Promise<void> {
  writeFileSync(join(root, PAGE), await page(root));
  console.log(`wrote ${PAGE}`);
}
