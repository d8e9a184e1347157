/** Encoding and decoding by name, with the codecs' failures raised as Python exceptions. */
import type { Owned, Ref } from '@moult/heap';
import { raiseFault } from '../../core/faults.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { decode, encode, encodingName } from '../../text/codecs.ts';
import type { DecodeHandler, EncodeHandler } from '../../text/codec-errors.ts';
import { UnicodeFault } from '../../text/fault.ts';
import { raiseDecodeError, raiseEncodeError } from '../exceptions/unicode-errors.ts';

/** Encoding and decoding by codecs that are registered, for names not built in. */
interface CodecRegistry {
  readonly encode: (rt: Runtime, text: Ref, encoding: string, errors: string) => Uint8Array;
  readonly decode: (rt: Runtime, data: Uint8Array, encoding: string, errors: string) => string;
  /** What handles errors: the name, or a function for a handler that the program registered. */
  readonly encodeErrors: (rt: Runtime, text: Ref, errors: string) => string | EncodeHandler;
  readonly decodeErrors: (rt: Runtime, errors: string) => string | DecodeHandler;
  /** Raises LookupError for a handler that is not known. */
  readonly requireHandler: (rt: Runtime, errors: string) => void;
}

let registry: CodecRegistry | null = null;

/** Sets the registry; only while modules load. */
export function installCodecRegistry(codecs: CodecRegistry): void {
  registry = codecs;
}

const isDevelopment = (rt: Runtime): boolean => (rt.options.flags?.['dev_mode'] ?? 0) !== 0;

/** In development mode the names of codecs and handlers are checked even where they are not needed. @runsPython */
function checkHandler(rt: Runtime, errors: string): void {
  if (errors === 'strict' || !isDevelopment(rt)) return;
  registry?.requireHandler(rt, errors);
}

/** The bytes of `text.encode(encoding, errors)`. Raises UnicodeEncodeError, LookupError. @runsPython */
export function encodeText(rt: Runtime, text: Ref, encoding: string, errors: string): Uint8Array {
  checkHandler(rt, errors);
  if (registry !== null && encodingName(encoding) === undefined) return registry.encode(rt, text, encoding, errors);
  try {
    return encode(strText(rt, text), encoding, registry?.encodeErrors(rt, text, errors) ?? errors);
  } catch (error) {
    if (error instanceof UnicodeFault && error.kind === 'UnicodeEncodeError') {
      raiseEncodeError(rt, error.encoding, text, error.start, error.end, error.reason);
    }
    return raiseFault(rt, error);
  }
}

/** `text.encode('utf-8')` as an object. */
export function encodeUtf8(rt: Runtime, text: Ref): Owned {
  return newBytes(rt, encodeText(rt, text, 'utf-8', 'strict'));
}

/** `data.decode(encoding, errors)`. Raises UnicodeDecodeError, LookupError. */
export function decodeBytes(rt: Runtime, data: Uint8Array, encoding: string, errors: string): Owned {
  return newStr(rt, decodeText(rt, data, encoding, errors));
}

/** As `decodeBytes`, the text alone. */
export function decodeText(rt: Runtime, data: Uint8Array, encoding: string, errors: string): string {
  checkHandler(rt, errors);
  if (data.length === 0 && !isDevelopment(rt)) return '';
  if (registry !== null && encodingName(encoding) === undefined) return registry.decode(rt, data, encoding, errors);
  try {
    return decode(data, encoding, registry?.decodeErrors(rt, errors) ?? errors);
  } catch (error) {
    if (error instanceof UnicodeFault && error.kind === 'UnicodeDecodeError') {
      raiseDecodeError(rt, error.encoding, data, error.start, error.end, error.reason);
    }
    return raiseFault(rt, error);
  }
}
