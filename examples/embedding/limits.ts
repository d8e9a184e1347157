import { createPython, LimitExceeded, type RunOptions } from 'moult';

using python = createPython({ memory: 16 << 20, limits: { steps: 100_000, time: 2000, output: 10_000 } });

function attempt(source: string, options: RunOptions = {}): void {
  try {
    const { steps, stdout, stderr } = python.run(source, options);
    console.log(`${stdout.trim()} after ${steps} steps${stderr === '' ? '' : `: ${stderr.trim().split('\n').at(-1)}`}`);
  } catch (error) {
    if (!(error instanceof LimitExceeded)) throw error;
    console.log(`${error.limit}: ${error.message}`);
  }
}

attempt('print(sum(range(1000)))');
attempt('for i in range(1000): pass');
attempt('while True:\n  try:\n    while True: pass\n  except BaseException:\n    pass');
attempt('while True: print("again and again")', { output: 100, steps: 1_000_000 });
attempt('x = [0] * 10**9');
attempt('print("still there")');
python.audit(); // every reference count is right, after all that

// prints:
// 499500 after 4 steps
//  after 1002 steps
// steps: the run was ended after 100000 steps, the limit is 100000
// output: the run was ended after 8192 bytes of output, the limit is 100
//  after 1 steps: MemoryError
// still there after 2 steps
