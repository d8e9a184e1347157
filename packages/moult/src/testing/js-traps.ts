/** Traps on what the engine around a runtime offers, for tests of containment. */

/** Globals that every engine has as a part of the language; a runtime is made of them. */
const LANGUAGE = new Set(
  (
    'Object Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Error AggregateError EvalError RangeError ' +
    'ReferenceError SyntaxError TypeError URIError globalThis JSON Math Map Set WeakMap WeakSet WeakRef BigInt Int8Array Uint8Array ' +
    'Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView ' +
    'ArrayBuffer SharedArrayBuffer Proxy Reflect FinalizationRegistry Iterator RegExp TextEncoder TextDecoder ' +
    // The clock of limits, which a program does not see.
    'performance'
  ).split(' '),
);

/** Runs `action` while every global that is not of the language, `eval` and `Function` tell when they are asked for. Returns the
 *  names of those that were. */
export function withTraps(action: () => void): string[] {
  const asked = new Set<string>();
  const originals = new Map<string, PropertyDescriptor>();
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    if (LANGUAGE.has(name) || descriptor.configurable !== true || isInternal(name)) continue;
    originals.set(name, descriptor);
    const original: unknown = Reflect.get(globalThis, name);
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => (asked.add(name), original),
    });
  }
  // Reading some of the originals loads parts of the engine that ask for others.
  asked.clear();
  try {
    action();
  } finally {
    for (const [name, descriptor] of originals) Object.defineProperty(globalThis, name, descriptor);
  }
  return [...asked];
}

/** What the test runner put there. */
function isInternal(name: string): boolean {
  return name === 'TRACE' || name.startsWith('__vi') || name.includes('vitest');
}
