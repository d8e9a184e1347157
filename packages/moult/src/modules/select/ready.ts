/** Which descriptors are ready: endpoints of the runtime's own, and those of the host. */
import type { Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isInt } from '../../core/types.ts';
import { hostReadiness } from './host-wait.ts';
import { EndpointFlag, endpointOf, EndpointWord, isReadable, isWritable } from '../socket/endpoint.ts';

/** Bits of `poll` and `epoll`, which have the same values. */
export const enum Poll {
  In = 1,
  Priority = 2,
  Out = 4,
  Error = 8,
  HangUp = 16,
  Invalid = 32,
  ReadNormal = 64,
  WriteNormal = 256,
  ReadHangUp = 0x2000,
  OneShot = 0x4000_0000,
}

/** What is reported although nobody asked. */
const ALWAYS = Poll.Error | Poll.HangUp;

/** The descriptor of a number or of an object with `fileno()`. @runsPython */
export function descriptorOf(rt: Runtime, o: Ref): number {
  if (isInt(rt, o)) return checked(rt, asSsize(rt, o));
  const method = lookupAttrText(rt, o, 'fileno');
  if (method === 0) typeError(rt, 'argument must be an int, or have a fileno() method.');
  temp(rt, method);
  const result = temp(rt, call0(rt, method));
  if (!isInt(rt, result)) typeError(rt, 'fileno() returned a non-integer');
  const fd = asSsize(rt, result);
  dropTemp(rt, result);
  dropTemp(rt, method);
  return checked(rt, fd);
}

function checked(rt: Runtime, fd: number): number {
  if (fd < 0) valueError(rt, `file descriptor cannot be a negative integer (${fd})`);
  return fd;
}

/** Of a descriptor of the host. */
function hostBits(rt: Runtime, fd: number, wanted: number): number {
  const bits = hostReadiness(rt, fd);
  if (bits === null) return Poll.Invalid;
  const normal = ((bits & Poll.In) !== 0 ? Poll.ReadNormal : 0) | ((bits & Poll.Out) !== 0 ? Poll.WriteNormal : 0);
  return (bits | normal) & (wanted | ALWAYS);
}

/** Bits of `wanted` that hold for the descriptor now, and those that are always reported. */
export function readyBits(rt: Runtime, fd: number, wanted: number): number {
  const endpoint = endpointOf(rt, fd);
  if (endpoint === 0) return hostBits(rt, fd, wanted);
  const flags = rt.words[endpoint + EndpointWord.Flags];
  let bits = 0;
  if (isReadable(rt, endpoint)) bits |= Poll.In | Poll.ReadNormal;
  if (isWritable(rt, endpoint)) bits |= Poll.Out | Poll.WriteNormal;
  if ((flags & EndpointFlag.AtEnd) !== 0) bits |= Poll.ReadHangUp;
  if ((flags & EndpointFlag.PeerClosed) !== 0) bits |= Poll.HangUp;
  return bits & (wanted | ALWAYS);
}
