/** Emphasis on a terminal; none elsewhere, nor where `NO_COLOR` is set (https://no-color.org). */
import { isatty } from 'node:tty';

const STANDARD_OUTPUT = 1;

function isPlain(): boolean {
  return (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb' || !isatty(STANDARD_OUTPUT);
}

/** A line above others. */
export function heading(text: string): string {
  return isPlain() ? text : `\x1b[1m${text}\x1b[0m`;
}
