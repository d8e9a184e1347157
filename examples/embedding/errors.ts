import { createPython, PythonError } from 'moult';

using python = createPython();
try {
  python.evaluate('int("ten")', { filename: 'input.py' });
} catch (error) {
  if (!(error instanceof PythonError)) throw error;
  console.log(error.type);
  console.log(error.message);
  console.log(error.traceback);
}

// prints:
// ValueError
// ValueError: invalid literal for int() with base 10: 'ten'
// Traceback (most recent call last):
//   File "input.py", line 1, in <module>
// ValueError: invalid literal for int() with base 10: 'ten'
//
