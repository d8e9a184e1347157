/** What is to be done for every new runtime once its types are ready: hooks, modules, tables. */
import type { Runtime } from './runtime.ts';

export const INSTALLERS: ((rt: Runtime) => void)[] = [];

/** Registers an installer. They run in the order of registration. Only while modules load. */
export function onCreate(install: (rt: Runtime) => void): void {
  INSTALLERS.push(install);
}
