/**
 * Descriptors that exist in memory only: the ends of `socketpair()`, and `epoll` objects. A table in the runtime's root maps
 * the numbers to endpoints.
 *
 * An endpoint holds what its peer has sent and nobody has read: a list of `bytes`, of the first of which `Skip` bytes are
 * gone. Endpoints of a pair refer to each other until one is closed.
 */
import { clearWord, genericAlloc, LayoutKind, newRef, setWord, TypeFlag } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictContains, dictDelete, dictGet, dictSet, newDict } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { listAppend, listClear, listItem, listLength, listSlice, newList } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { bytesData, newBytes } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { wakeKind } from '../../core/threads.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { joinBytes } from '../../text/join-bytes.ts';
import { ModuleRef } from '../module-roots.ts';

const ENDPOINT = moduleType();

export const enum EndpointWord {
  Peer = 2,
  /** List of `bytes` to be read here. */
  Chunks = 3,
  Skip = 4,
  /** Bytes to be read, in all. */
  Queued = 5,
  /** `EndpointFlag` bits. */
  Flags = 6,
  Words = 7,
}
export const enum EndpointFlag {
  /** Nothing more will come: the peer has shut its writing down, or is closed. */
  AtEnd = 1,
  /** This end has shut its writing down. */
  WriteShut = 2,
  PeerClosed = 4,
  /** Chunks are messages, each read at once. */
  Messages = 8,
  /** No socket but an `epoll` object. */
  Watcher = 16,
}

/** The first descriptor of this kind: above those of the host's files. */
const FIRST_FD = 512;
/** What an endpoint takes before its peer has to wait. */
const CAPACITY = 212_992;

/** Waits that end when something happens to a descriptor. */
const WATCHED: number[] = [];

/** Threads that wait by `kind` look again whenever something happens to a descriptor. Only while modules load. */
export function watchDescriptors(kind: number): number {
  WATCHED.push(kind);
  return kind;
}

function changed(rt: Runtime): void {
  for (const kind of WATCHED) wakeKind(rt, kind);
}

function table(rt: Runtime): Ref {
  if (rt.words[ModuleRef.Descriptors] === 0) rt.words[ModuleRef.Descriptors] = newDict(rt);
  return rt.words[ModuleRef.Descriptors];
}

/** The endpoint of a descriptor, borrowed; 0 if there is none. */
export function endpointOf(rt: Runtime, fd: number): Ref {
  if (rt.words[ModuleRef.Descriptors] === 0) return 0;
  const key = temp(rt, newInt(rt, fd));
  const endpoint = dictGet(rt, table(rt), key);
  dropTemp(rt, key);
  return endpoint;
}

/** A new endpoint under the lowest free number, which is returned. */
export function openEndpoint(rt: Runtime, flags: number): number {
  const endpoint = temp(rt, genericAlloc(rt, ENDPOINT));
  rt.words[endpoint + EndpointWord.Flags] = flags;
  setWord(rt, endpoint + EndpointWord.Chunks, newList(rt, 0));
  let fd = FIRST_FD;
  let key = temp(rt, newInt(rt, fd));
  while (dictContains(rt, table(rt), key)) {
    dropTemp(rt, key);
    key = temp(rt, newInt(rt, ++fd));
  }
  dictSet(rt, table(rt), key, endpoint);
  dropTemp(rt, key);
  dropTemp(rt, endpoint);
  return fd;
}

/** Two endpoints that are each other's peers. */
export function openPair(rt: Runtime, flags: number): [number, number] {
  const a = openEndpoint(rt, flags);
  const b = openEndpoint(rt, flags);
  const [one, other] = [endpointOf(rt, a), endpointOf(rt, b)];
  rt.words[one + EndpointWord.Peer] = newRef(rt, other);
  rt.words[other + EndpointWord.Peer] = newRef(rt, one);
  return [a, b];
}

/** Closes a descriptor. False if there is none of that number. */
export function closeEndpoint(rt: Runtime, fd: number): boolean {
  const H = rt.words;
  const endpoint = endpointOf(rt, fd);
  if (endpoint === 0) return false;
  const peer = H[endpoint + EndpointWord.Peer];
  if (peer !== 0) {
    H[peer + EndpointWord.Flags] |= EndpointFlag.AtEnd | EndpointFlag.PeerClosed;
    clearWord(rt, peer + EndpointWord.Peer);
  }
  temp(rt, newRef(rt, endpoint));
  clearWord(rt, endpoint + EndpointWord.Peer);
  const key = temp(rt, newInt(rt, fd));
  dictDelete(rt, table(rt), key);
  dropTemp(rt, key);
  dropTemp(rt, endpoint);
  changed(rt);
  return true;
}

/** Whether reading would not wait. */
export function isReadable(rt: Runtime, endpoint: Ref): boolean {
  const H = rt.words;
  return (
    listLength(rt, H[endpoint + EndpointWord.Chunks]) > 0 ||
    (H[endpoint + EndpointWord.Flags] & EndpointFlag.AtEnd) !== 0
  );
}

/** Bytes that the peer can take without waiting. */
function roomToWrite(rt: Runtime, endpoint: Ref): number {
  const peer = rt.words[endpoint + EndpointWord.Peer];
  return peer === 0 ? 0 : Math.max(CAPACITY - rt.words[peer + EndpointWord.Queued], 0);
}

/** Whether writing would not wait (it may fail). */
export function isWritable(rt: Runtime, endpoint: Ref): boolean {
  return isBroken(rt, endpoint) || roomToWrite(rt, endpoint) > 0;
}

/** Whether nothing can be written any more. */
export function isBroken(rt: Runtime, endpoint: Ref): boolean {
  const H = rt.words;
  return (H[endpoint + EndpointWord.Flags] & EndpointFlag.WriteShut) !== 0 || H[endpoint + EndpointWord.Peer] === 0;
}

/** Gives the peer as much of `data` as it takes; returns how much that is. */
export function write(rt: Runtime, endpoint: Ref, data: Uint8Array): number {
  const H = rt.words;
  const peer = H[endpoint + EndpointWord.Peer];
  const count = Math.min(data.length, roomToWrite(rt, endpoint));
  if (count === 0 && (H[endpoint + EndpointWord.Flags] & EndpointFlag.Messages) === 0) return 0;
  const chunk = temp(rt, newBytes(rt, data.slice(0, count)));
  listAppend(rt, H[peer + EndpointWord.Chunks], chunk);
  dropTemp(rt, chunk);
  H[peer + EndpointWord.Queued] += count;
  changed(rt);
  return count;
}

/** Takes up to `length` bytes: one message, or what there is. They stay where they are with `peek`. */
export function read(rt: Runtime, endpoint: Ref, length: number, peek: boolean): Uint8Array {
  const H = rt.words;
  const chunks = H[endpoint + EndpointWord.Chunks];
  const messages = (H[endpoint + EndpointWord.Flags] & EndpointFlag.Messages) !== 0;
  const parts: Uint8Array[] = [];
  let skip = H[endpoint + EndpointWord.Skip];
  let wanted = length;
  let used = 0;
  while (used < listLength(rt, chunks) && (wanted > 0 || messages)) {
    const chunk = bytesData(rt, listItem(rt, chunks, used)).subarray(skip);
    parts.push(chunk.subarray(0, wanted));
    if (chunk.length > wanted && !messages) {
      skip += wanted;
      break;
    }
    wanted -= Math.min(chunk.length, wanted);
    used++;
    skip = 0;
    if (messages) break;
  }
  const data = joinBytes(parts);
  if (!peek) consume(rt, endpoint, used, skip);
  return data;
}

/** Drops the first `used` chunks; of what is then the first, `skip` bytes are gone. */
function consume(rt: Runtime, endpoint: Ref, used: number, skip: number): void {
  const H = rt.words;
  const chunks = H[endpoint + EndpointWord.Chunks];
  if (used === listLength(rt, chunks)) listClear(rt, chunks);
  else if (used > 0) setWord(rt, endpoint + EndpointWord.Chunks, listSlice(rt, chunks, used, listLength(rt, chunks)));
  H[endpoint + EndpointWord.Skip] = skip;
  const left = H[endpoint + EndpointWord.Chunks];
  let queued = -skip;
  for (let i = 0; i < listLength(rt, left); i++) queued += bytesData(rt, listItem(rt, left, i)).length;
  H[endpoint + EndpointWord.Queued] = queued;
  changed(rt);
}

/** Ends reading, writing, or both (`how`: 0, 1, 2). */
export function shutDown(rt: Runtime, endpoint: Ref, how: number): void {
  const H = rt.words;
  const peer = H[endpoint + EndpointWord.Peer];
  if (how !== 1) H[endpoint + EndpointWord.Flags] |= EndpointFlag.AtEnd;
  if (how !== 0) {
    H[endpoint + EndpointWord.Flags] |= EndpointFlag.WriteShut;
    if (peer !== 0) H[peer + EndpointWord.Flags] |= EndpointFlag.AtEnd;
  }
  changed(rt);
}

defineType({
  ref: ENDPOINT,
  name: '_socket._Endpoint',
  basicSize: 8 * EndpointWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [EndpointWord.Peer, EndpointWord.Chunks],
});
