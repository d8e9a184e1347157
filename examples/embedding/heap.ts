import { createPython } from 'moult';

using python = createPython();
python.run('class A: pass\na = A()\na.self = a\nimport gc\ngc.disable()');
using a = python.get('a')!;

// Word 0 of an object is its reference count, word 1 its type: see packages/heap/src/layout.
const { words } = python.runtime;
console.log(words[a.ref], a.refCount);

const before = python.usedBytes;
python.run('del a');
a.release(); // now the cycle is garbage
console.log(python.collect(), python.usedBytes < before);

// prints:
// 3 3
// 1 true
