import { createPython } from 'moult';

const python = createPython();
const result = python.run('name = "world"\nprint("hello,", name)');
console.log(result.stdout, result.exitCode);

const failed = python.run('print(nmae)', { filename: 'typo.py' });
console.log(failed.stderr, failed.exitCode);
python.close();

// prints:
// hello, world
//  0
// Traceback (most recent call last):
//   File "typo.py", line 1, in <module>
// NameError: name 'nmae' is not defined
//  1
