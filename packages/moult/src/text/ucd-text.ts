/** The text of the character database, unpacked. A host that has it unpacked puts its own module in the place of this one. */
import { inflate } from 'pako';
import { decodeBase64 } from './base64.ts';
import { UCD_DATA } from './ucd-data.ts';

/** Sections parted by U+001E (`ucd.ts` says which). */
export function characterDatabase(): string {
  return new TextDecoder().decode(inflate(decodeBase64(new TextEncoder().encode(UCD_DATA), false)));
}
