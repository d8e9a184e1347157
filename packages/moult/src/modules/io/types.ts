/** Records of the types of `_io`. */
import { moduleType } from '../../core/type-spec.ts';

export const IO_BASE = moduleType();
export const RAW_IO_BASE = moduleType();
export const BUFFERED_IO_BASE = moduleType();
export const TEXT_IO_BASE = moduleType();
export const FILE_IO = moduleType();
export const BUFFERED_READER = moduleType();
export const BUFFERED_WRITER = moduleType();
export const BUFFERED_RANDOM = moduleType();
export const BUFFERED_PAIR = moduleType();
export const TEXT_WRAPPER = moduleType();
export const NEWLINE_DECODER = moduleType();
export const BYTES_IO = moduleType();
export const BYTES_IO_BUFFER = moduleType();
export const STRING_IO = moduleType();
export const UNSUPPORTED = moduleType();

export const DEFAULT_BUFFER_SIZE = 8192;
