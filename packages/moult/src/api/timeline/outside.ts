/** What a recorded program reaches: captured streams, files in memory unless the embedder's host has some, randomness. */
import type { HostInterface } from '../../core/host.ts';
import { platformBytes } from '../../core/random-bytes.ts';
import { completeHost, EmbedHost } from '../embed/embed-host.ts';
import { MemoryFiles } from '../memory-files/files.ts';
import type { Console } from './console.ts';
import type { TimelineOptions } from './options.ts';

/** The host that answers while a program is recorded. */
export function outsideOf(options: TimelineOptions, console: Console): HostInterface {
  const captured = new EmbedHost({
    ...options,
    stdout: (text) => console.write('stdout', text),
    stderr: (text) => console.write('stderr', text),
  });
  const own = options.host ?? {};
  const given: HostInterface = {
    randomBytes: own.randomBytes?.bind(own) ?? platformBytes,
    files: own.files ?? new MemoryFiles(options.files, captured),
  };
  const host = new Proxy(own, {
    get(target, key: keyof HostInterface) {
      const owner = key in given ? given : target;
      const value: unknown = Reflect.get(owner, key);
      return typeof value === 'function' ? (value.bind(owner) as unknown) : value;
    },
  });
  return completeHost(captured, { ...options, host });
}
