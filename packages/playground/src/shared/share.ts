/**
 * Programs in addresses. Our own form keeps the program in the fragment, compressed, so that no server sees it:
 * `#code=` and base64url of raw deflate. The form of tutorials' playgrounds is understood too: `?q=` and URL-encoded base64 of the text.
 */

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toBase64Url(data: Uint8Array): string {
  const binary = Array.from(data, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function through(
  data: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([data]).stream().pipeThrough(stream)).arrayBuffer());
}

/** The address of a page with a program in it. */
export async function shareAddress(page: string, source: string): Promise<string> {
  const packed = await through(new TextEncoder().encode(source), new CompressionStream('deflate-raw'));
  const url = new URL(page);
  url.search = '';
  url.hash = `code=${toBase64Url(packed)}`;
  return url.href;
}

/** The program in an address; null if there is none, or none that can be read. */
export async function sharedProgram(address: string): Promise<string | null> {
  const url = new URL(address);
  try {
    const code = /^#code=(.+)$/.exec(url.hash)?.[1];
    if (code !== undefined)
      return new TextDecoder().decode(await through(fromBase64(code), new DecompressionStream('deflate-raw')));
    // A plus sign that was not encoded arrives as a space.
    const query = url.searchParams.get('q');
    return query === null ? null : new TextDecoder().decode(fromBase64(query.replaceAll(' ', '+')));
  } catch {
    return null;
  }
}
