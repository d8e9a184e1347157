/** Modes of `FileIO` and `open`. */
import { valueError } from '../../core/errors.ts';
import { OpenFlag } from '../../core/host-files.ts';
import type { Runtime } from '../../core/runtime.ts';
import { FileFlag } from './layout.ts';

export interface RawMode {
  /** `FileFlag`s. */
  readonly can: number;
  /** `OpenFlag`s. */
  readonly flags: number;
}

/** Reads a mode of `FileIO`: `rwxa`, `b`, `+`. Raises ValueError. Source: CPython 3.12 _io_FileIO___init___impl. */
export function readRawMode(rt: Runtime, mode: string): RawMode {
  if (/[^rwxab+]/.test(mode)) valueError(rt, `invalid mode: ${mode.slice(0, 200)}`);
  const kinds = mode.replace(/[b+]/g, '');
  if (kinds.length !== 1 || (mode.match(/\+/g) ?? []).length > 1) {
    valueError(rt, 'Must have exactly one of create/read/write/append mode and at most one plus');
  }
  const plus = mode.includes('+') ? FileFlag.Readable | FileFlag.Writable : 0;
  const can = plus | (KINDS[kinds]?.can ?? 0);
  const access =
    (can & FileFlag.Readable) === 0
      ? OpenFlag.WriteOnly
      : (can & FileFlag.Writable) === 0
        ? OpenFlag.ReadOnly
        : OpenFlag.ReadWrite;
  return { can, flags: access | (KINDS[kinds]?.flags ?? 0) | OpenFlag.CloseOnExec };
}

const KINDS: Readonly<Record<string, RawMode>> = {
  r: { can: FileFlag.Readable, flags: 0 },
  w: { can: FileFlag.Writable, flags: OpenFlag.Create | OpenFlag.Truncate },
  a: { can: FileFlag.Writable | FileFlag.Appending, flags: OpenFlag.Create | OpenFlag.Append },
  x: { can: FileFlag.Writable | FileFlag.Created, flags: OpenFlag.Create | OpenFlag.Exclusive },
};

/** What `FileIO.mode` shows. */
export function rawModeText(can: number): string {
  const both = (can & FileFlag.Readable) !== 0;
  if ((can & FileFlag.Created) !== 0) return both ? 'xb+' : 'xb';
  if ((can & FileFlag.Appending) !== 0) return both ? 'ab+' : 'ab';
  if (!both) return 'wb';
  return (can & FileFlag.Writable) !== 0 ? 'rb+' : 'rb';
}
