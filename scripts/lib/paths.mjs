/** Where things are in the repository. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string[]} parts @returns {string} the absolute path of something in the repository */
export const inRoot = (...parts) => join(root, ...parts);
