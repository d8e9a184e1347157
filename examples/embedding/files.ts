import { createPython } from 'moult';

using python = createPython({
  files: {
    '/app/greet.py': 'def greet(name): return f"Good morning, {name}"',
    '/app/names.txt': 'Ada\nGrace\n',
  },
  path: ['/app'],
  argv: ['main.py', '--loud'],
  stdin: 'Edsger\n',
  stdout: (text) => {
    process.stdout.write(text.toUpperCase());
  },
});

python.run(`
import sys
from greet import greet
print(greet(input()), sys.argv[1:])
`);

// prints:
// GOOD MORNING, EDSGER ['--LOUD']
