/**
 * What is to be done for every new runtime besides its types. Connecting sets hooks and tables of the host, which no snapshot
 * holds; filling makes objects, which an image brings along.
 */
import type { Runtime } from './runtime.ts';

type Installer = (rt: Runtime) => void;

export const CONNECTORS: Installer[] = [];
export const FILLERS: Installer[] = [];

/** Registers what sets hooks. They run in the order of registration, before any object is made. Only while modules load. */
export function onConnect(connect: Installer): void {
  CONNECTORS.push(connect);
}

/** Registers what makes objects. They run in the order of registration, once the types are ready. Only while modules load. */
export function onFill(fill: Installer): void {
  FILLERS.push(fill);
}
