import { createPython } from 'moult';

using python = createPython();
python.set('config', { retries: 3, ratio: 0.5, big: 2n ** 70n, tags: ['a', 'b'], raw: new Uint8Array([104, 105]) });
console.log(python.run('print(config)').stdout);

using back = python.evaluate('{"pair": (1, None), "set": {1}, 2: b"hi", "type": int}');
const value = back.toJs() as Map<unknown, unknown>;
console.log(value.get('pair'), value.get('set'), value.get(2));

// What has no counterpart is an object, to be released.
const type = value.get('type') as Disposable & { repr(): string };
console.log(type.repr());
type[Symbol.dispose]();

// prints:
// {'retries': 3, 'ratio': 0.5, 'big': 1180591620717411303424, 'tags': ['a', 'b'], 'raw': b'hi'}
//
// [ 1, null ] Set(1) { 1 } Uint8Array(2) [ 104, 105 ]
// <class 'int'>
