/** A file's name without its folders; with the last one where every package has a file of that name. */
export function shortFileName(path: string): string {
  return /(?:[^/]+\/)?__(?:init|main)__\.py$/.exec(path)?.[0] ?? path.slice(path.lastIndexOf('/') + 1);
}
