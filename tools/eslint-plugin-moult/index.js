/** Rules that hold Moult's own conventions: ownership of references, the direction of imports, layouts as the only
 *  place of offsets, files of a readable length. */
import { fileLength } from './rules/file-length.js';
import { importDirection } from './rules/import-direction.js';
import { noDiscardedOwned } from './rules/no-discarded-owned.js';
import { noRawOffset } from './rules/no-raw-offset.js';

export default {
  meta: { name: 'eslint-plugin-moult' },
  rules: {
    'file-length': fileLength,
    'import-direction': importDirection,
    'no-discarded-owned': noDiscardedOwned,
    'no-raw-offset': noRawOffset,
  },
};
