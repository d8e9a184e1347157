import { expect, test } from 'vitest';
import { createRuntime } from '../create.ts';
import { finalize } from '../finalize.ts';
import { MemoryFiles, withMemoryFiles } from './files.ts';
import { runSource } from '../run.ts';

/** What a program prints, run with these files. */
function run(source: string, files: MemoryFiles): string {
  const output: string[] = [];
  const write = (_fd: number, data: Uint8Array): void => void output.push(new TextDecoder().decode(data));
  files.host = { write };
  const rt = createRuntime({ reserveBytes: 1 << 28, host: withMemoryFiles({ write }, files), path: ['/lib'] });
  runSource(rt, source, 'program.py');
  rt.audit();
  finalize(rt);
  return output.join('');
}

test('a program reads, writes, renames and removes files in memory', () => {
  const files = new MemoryFiles({ '/data/in.txt': 'one\ntwo\n' });
  const program = `
import posix
print(open('/data/in.txt').readlines(), posix.listdir('/data'), posix.getcwd())
with open('/tmp/out', 'w') as f:
    print(f.write('three'), f.tell())
with open('/tmp/out', 'r+b') as f:
    print(f.seek(2), f.read(2), f.write(b'X'), f.seek(0), f.read(), f.truncate(2))
posix.mkdir('/tmp/d')
posix.chdir('/tmp/d')
posix.rename('/tmp/out', 'moved')
posix.symlink('moved', 'link')
print(posix.listdir(), posix.readlink('link'), posix.stat('link').st_size, oct(posix.lstat('link').st_mode))
print([(e.name, e.is_file(), e.is_symlink()) for e in posix.scandir('/tmp/d')])
for action in (lambda: open('/none'), lambda: posix.rmdir('/tmp/d'), lambda: posix.mkdir('/tmp'), lambda: open('/tmp'), lambda: posix.close(99)):
    try:
        action()
    except OSError as error:
        print(type(error).__name__, error)
posix.unlink('link')
posix.unlink('/tmp/d/moved')
posix.rmdir('/tmp/d')
print(posix.listdir('/tmp'))
`;
  expect(run(program, files).split('\n')).toEqual([
    "['one\\n', 'two\\n'] ['in.txt'] /",
    '5 5',
    "2 b're' 1 0 b'threX' 2",
    "['moved', 'link'] moved 2 0o120777",
    "[('moved', True, False), ('link', True, True)]",
    "FileNotFoundError [Errno 2] No such file or directory: '/none'",
    "OSError [Errno 39] Directory not empty: '/tmp/d'",
    "FileExistsError [Errno 17] File exists: '/tmp'",
    "IsADirectoryError [Errno 21] Is a directory: '/tmp'",
    'OSError [Errno 9] Bad file descriptor',
    '[]',
    '',
  ]);
});

test('modules are imported from files in memory, and what was written can be taken out', () => {
  const files = new MemoryFiles({ '/lib/tool.py': 'def twice(n): return 2 * n\n' });
  expect(
    run("import tool\nwith open('/result', 'w') as f: f.write(str(tool.twice(21)))\nprint(tool.__file__)", files),
  ).toBe('/lib/tool.py\n');
  expect(new TextDecoder().decode(files.get('/result') ?? new Uint8Array(0))).toBe('42');
});

test('a file that nobody closed is flushed at the end', () => {
  const files = new MemoryFiles();
  run("f = open('/kept', 'w')\nf.write('all of it')", files);
  expect(new TextDecoder().decode(files.get('/kept') ?? new Uint8Array(0))).toBe('all of it');
});

test('a pipe gives what was written to it, and ends when its writer is closed', () => {
  const program =
    "import posix\nr, w = posix.pipe()\nposix.write(w, b'abc')\nprint(posix.read(r, 2), posix.read(r, 9))\nposix.close(w)\nprint(posix.read(r, 1))";
  expect(run(program, new MemoryFiles())).toBe("b'ab' b'c'\nb''\n");
});
