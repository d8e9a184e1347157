/** Records and layouts of the types of `_io`. */
import { moduleType } from '../../core/type-spec.ts';

export const IO_BASE = moduleType();
export const RAW_IO_BASE = moduleType();
export const BUFFERED_IO_BASE = moduleType();
export const TEXT_IO_BASE = moduleType();
export const STRING_IO = moduleType();
export const BYTES_IO = moduleType();
export const TEXT_FILE = moduleType();
export const BINARY_FILE = moduleType();
export const FILE_IO = moduleType();
export const BUFFERED_RANDOM = moduleType();
export const BUFFERED_PAIR = moduleType();
export const NEWLINE_DECODER = moduleType();
export const UNSUPPORTED = moduleType();

/** Streams in memory, and files, whose contents are in memory while they are open. `Payload` is the host-table index of
 *  the contents (a string or bytes, replaced at each change), 0 once closed. The last three are for files. */
export const enum StreamWord {
  Dict = 2,
  WeakList = 3,
  Payload = 4,
  Position = 5,
  Closed = 6,
  Path = 7,
  Mode = 8,
  /** 1: there is something to be written to the file. */
  Dirty = 9,
  Words = 10,
}
