/** A command line that cannot be obeyed; the message says why. */
export class UsageError extends Error {}

/** What a failure of the host says to a person: the file, then the reason. Other errors speak for themselves. */
export function failureText(error: Error): string {
  const [, reason, path] = /^[A-Z0-9]+: (.*?), \w+(?: '(.*)')?$/s.exec(error.message) ?? [];
  if (reason === undefined) return error.message;
  return path === undefined ? reason : `${path}: ${reason}`;
}
