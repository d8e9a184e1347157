/** Reading and writing files as a whole. */
import type { Ref } from '@moult/heap';
import { OpenFlag } from '../../core/host-files.ts';
import type { HostFiles } from '../../core/host-files.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { hostCall } from '../posix/paths.ts';

/** Replaces a file's contents. */
export function writeWhole(rt: Runtime, path: Ref, data: Uint8Array): void {
  hostCall(rt, path, (files) => {
    const fd = files.open(strText(rt, path), OpenFlag.WriteOnly | OpenFlag.Create | OpenFlag.Truncate, 0o666);
    for (let at = 0; at < data.length;) at += files.write(fd, data.subarray(at));
    files.close(fd);
  });
}

/** What the file has when it is opened; makes or empties it as the mode says. */
export function openWhole(rt: Runtime, path: string, mode: string): Uint8Array {
  const access = mode.includes('+') ? OpenFlag.ReadWrite : mode.includes('r') ? OpenFlag.ReadOnly : OpenFlag.WriteOnly;
  const create = mode.includes('r') ? 0 : OpenFlag.Create;
  const how = mode.includes('w') ? OpenFlag.Truncate : mode.includes('x') ? OpenFlag.Exclusive : 0;
  return hostCall(rt, temp(rt, newStr(rt, path)), (files) => {
    const fd = files.open(path, access | create | how, 0o666);
    const data = access === OpenFlag.WriteOnly ? new Uint8Array(0) : readRest(files, fd);
    files.close(fd);
    return data;
  });
}

function readRest(files: HostFiles, fd: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = files.read(fd, 65536); part.length > 0; part = files.read(fd, 65536)) {
    parts.push(part);
    length += part.length;
  }
  const data = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}
