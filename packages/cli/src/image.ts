/**
 * The image beside the bundle: the state that every program starts from, so that it need not be made again. Its name holds
 * the build's stamp, since it is of use to no other build. Where it cannot be written everything works, more slowly.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startImage } from 'moult';

/** Stands for the bundle's contents; a bundle that takes no image has none, or an empty one (scripts/lib/bundle.mjs). */
declare const BUILD_STAMP: string | undefined;

const path =
  typeof BUILD_STAMP !== 'string' || BUILD_STAMP === ''
    ? null
    : fileURLToPath(new URL(`./moult.${BUILD_STAMP}.image`, import.meta.url));

/** The image, unless there is none yet. */
export function findImage(): Uint8Array | undefined {
  return path !== null && existsSync(path) ? readFileSync(path) : undefined;
}

/** Writes the image if there is none: whole or not at all, since another process may be reading it. */
export function keepImage(): void {
  if (path === null || existsSync(path)) return;
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, startImage());
    renameSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  }
}
