/** Reading zip archives: what the library comes in. */

const enum Record {
  Central = 0x02014b50,
  End = 0x06054b50,
  EndBytes = 22,
  CentralBytes = 46,
  LocalBytes = 30,
}

/** The files of an archive by name. `inflate` decodes raw deflate data. Throws RangeError for what is no archive. */
export function readZip(archive: Uint8Array, inflate: (data: Uint8Array) => Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  const files = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    if (view.getUint32(at, true) !== (Record.Central as number))
      throw new RangeError(`no entry of a zip archive at ${at}`);
    const nameLength = view.getUint16(at + 28, true);
    const start = at + Record.CentralBytes;
    const name = new TextDecoder().decode(archive.subarray(start, start + nameLength));
    if (!name.endsWith('/')) files.set(name, readEntry(archive, view, at, inflate));
    at = start + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - Record.EndBytes; at >= 0; at--)
    if (view.getUint32(at, true) === (Record.End as number)) return at;
  throw new RangeError('this is no zip archive');
}

function readEntry(
  archive: Uint8Array,
  view: DataView,
  central: number,
  inflate: (data: Uint8Array) => Uint8Array,
): Uint8Array {
  const method = view.getUint16(central + 10, true);
  const length = view.getUint32(central + 20, true);
  const local = view.getUint32(central + 42, true);
  const start = local + Record.LocalBytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const data = archive.subarray(start, start + length);
  if (method !== 0 && method !== 8) throw new RangeError(`unknown compression ${method} in a zip archive`);
  return method === 0 ? data : inflate(data);
}
