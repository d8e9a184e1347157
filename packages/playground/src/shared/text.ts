/** Texts for people. */

/** An address shortened to what tells objects of one program apart: `Node at 0x7f0004bcf470` is `Node …cf470`. */
export function shortened(text: string): string {
  return text.replace(/ at 0x[0-9a-f]*([0-9a-f]{5})(?![0-9a-f])/g, ' …$1');
}

/** The same for an address alone. */
export function shortAddress(address: string): string {
  return `…${address.slice(-5)}`;
}
