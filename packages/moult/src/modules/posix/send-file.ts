/** `os.sendfile`. */
import type { Owned, Ref } from '@moult/heap';
import { FileMode } from '../../core/host-files.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { hostCall, raiseErrno, readFd } from './paths.ts';

const EINVAL = 22;
/** The bytes of one call; whoever copies a large file calls again. */
const MOST = 8 * 1024 * 1024;

/** Copies from a file at an offset, or from where it is read (None). Returns how many bytes were taken. */
function sendfile(rt: Runtime, _module: Ref, outFd: Ref, inFd: Ref, offset: Ref, count: Ref): Owned {
  const to = readFd(rt, outFd);
  const from = readFd(rt, inFd);
  const at = offset === S.None ? -1 : asSsize(rt, offset);
  const nbytes = Math.min(asSsize(rt, count), MOST);
  const { mode } = hostCall(rt, 0, (files) => files.statusOf(from));
  const isFile = (mode & FileMode.Type) === (FileMode.Regular as number);
  if (!isFile || nbytes < 0 || (at < 0 && offset !== S.None)) raiseErrno(rt, EINVAL, 0);
  const written = hostCall(rt, 0, (files) => {
    const data = at < 0 ? files.read(from, nbytes) : files.readAt(from, nbytes, at);
    const taken = data.length === 0 ? 0 : files.write(to, data);
    if (at < 0 && taken < data.length) files.seek(from, taken - data.length, 1);
    return taken;
  });
  return newInt(rt, written);
}

export const SEND_FILE = native('sendfile($module, /, out_fd, in_fd, offset, count)', sendfile, {
  doc: 'Copy count bytes from file descriptor in_fd to file descriptor out_fd.',
});
