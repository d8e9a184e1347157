import { expect, test } from 'vitest';
import { createRuntime } from '../api/create.ts';
import { runSource } from '../api/run.ts';
import '../objects/index.ts';

const FILES: Readonly<Record<string, string>> = {
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n# no entry\nada:x:1000:100:Ada,,:/home/ada:\nbad:x:one:2:::\n',
  '/etc/group': 'root:x:0:\nusers:x:100:ada,bob\n',
};

function output(source: string, readFile?: (path: string) => Uint8Array | null): string {
  const written: string[] = [];
  const decoder = new TextDecoder();
  const write = (_fd: number, data: Uint8Array): void => void written.push(decoder.decode(data));
  const host = readFile === undefined ? { write } : { write, readFile };
  const rt = createRuntime({ reserveBytes: 1 << 27, host });
  runSource(rt, source, 'accounts.py');
  rt.audit();
  return written.join('');
}

const files = (path: string): Uint8Array | null => {
  const text = FILES[path];
  return text === undefined ? null : new TextEncoder().encode(text);
};

test('users and groups are those of the host files', () => {
  expect(
    output('import pwd, grp\nprint(pwd.getpwnam("ada"), len(pwd.getpwall()))\nprint(grp.getgrgid(100))', files),
  ).toBe(
    "pwd.struct_passwd(pw_name='ada', pw_passwd='x', pw_uid=1000, pw_gid=100, pw_gecos='Ada,,', pw_dir='/home/ada', pw_shell='') 2\n" +
      "grp.struct_group(gr_name='users', gr_passwd='x', gr_gid=100, gr_mem=['ada', 'bob'])\n",
  );
});

test('an unknown user is a KeyError', () => {
  const source = 'import pwd\ntry: pwd.getpwuid(5)\nexcept KeyError as e: print(e)';
  expect(output(source, files)).toBe("'getpwuid(): uid not found: 5'\n");
});

test('without files there is no module of users', () => {
  const source = 'try: import pwd\nexcept ImportError as e: print(type(e).__name__)';
  expect(output(source)).toBe('ImportError\n');
});
