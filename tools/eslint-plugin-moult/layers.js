/** The order of packages and of the folders inside them. A file may import from its own folder, and from what its
 *  folder lists here. Folder '' is a package's `src` itself; such a file (the heap class, the event interface) may be
 *  imported from anywhere in its package and may import all of it. */

/** Groups from low to high: a folder sees its own group and every lower one. */
const ordered = (...groups) =>
  Object.fromEntries(groups.flatMap((group, at) => group.map((folder) => [folder, groups.slice(0, at + 1).flat()])));

/** package → folder → the folders it may import. A package without an entry has no order inside. */
export const folders = {
  heap: ordered(['memory', 'layout'], ['alloc'], ['object'], ['handle'], ['collector', 'policy'], ['check']),
  moult: {
    ...ordered(
      ['text', 'numeric'],
      ['syntax'],
      ['compiler'],
      ['core'],
      ['frames'],
      ['objects'],
      ['eval'],
      ['modules'],
      ['stdlib'],
      ['api'],
      ['testing'],
    ),
    core: ['text', 'numeric', 'core'],
  },
  inspect: ordered(['graph'], ['analysis'], ['export']),
};

/** package → the packages it may import; `heap/layout` is that folder of heap only. */
export const packages = {
  heap: [],
  moult: ['heap', 'inspect'],
  inspect: ['heap/layout'],
  cli: ['heap', 'moult', 'inspect'],
  playground: ['heap', 'moult', 'inspect'],
};

/** The name under which each package is imported. */
export const packageNames = {
  '@moult/heap': 'heap',
  moult: 'moult',
  '@moult/inspect': 'inspect',
  '@moult/cli': 'cli',
  '@moult/playground': 'playground',
};
