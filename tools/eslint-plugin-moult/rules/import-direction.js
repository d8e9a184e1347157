/** Imports point one way: between packages, and between the folders of a package (`../layers.js`). Types may be
 *  imported from anywhere; tests may import anything. */
import { dirname, resolve } from 'node:path';
import { folders, packageNames, packages } from '../layers.js';

/** @type {import('eslint').Rule.RuleModule} */
export const importDirection = {
  meta: {
    type: 'problem',
    docs: { description: 'hold the order of packages and folders' },
    schema: [],
    messages: {
      package: 'Package {{ from }} may not import from {{ to }}.',
      folder: '{{ from }}/ may not import from {{ to }}: it comes later in the order of {{ package }}.',
      unknown: 'The folder {{ folder }}/ of {{ package }} has no place in the order: add it to layers.js.',
      barrel: 'Import the file that defines this instead of index.ts.',
    },
  },
  create(context) {
    const from = place(context.filename);
    if (from === null || /\.test\.ts$/.test(context.filename)) return {};
    const check = (node) => {
      if (node.source === null || node.source?.type !== 'Literal' || isTypeOnly(node)) return;
      const to = target(context.filename, String(node.source.value));
      const problem = to === null ? null : problemOf(from, to);
      if (problem !== null) context.report({ node: node.source, ...problem });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** `import type`, `export type`, or nothing but `type` specifiers. */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers ?? [];
  return specifiers.length > 0 && specifiers.every((each) => (each.importKind ?? each.exportKind) === 'type');
}

/** Package, folder below src and path below src of a file, or null for a file that is in no package's src. */
function place(path) {
  const match = /\/packages\/([^/]+)\/src\/(.+)$/.exec(path.replaceAll('\\', '/'));
  if (match === null) return null;
  const [, name, file] = match;
  return { package: name, folder: file.includes('/') ? file.slice(0, file.indexOf('/')) : '', file };
}

/** The place that a module specifier means, or null for one outside of our packages. */
function target(filename, specifier) {
  if (specifier.startsWith('.')) return place(resolve(dirname(filename), specifier));
  const name = Object.keys(packageNames).find((own) => specifier === own || specifier.startsWith(`${own}/`));
  if (name === undefined) return null;
  const file = specifier.slice(name.length + 1).replace(/^src\//, '');
  return { package: packageNames[name], folder: file.split('/')[0] ?? '', file };
}

function problemOf(from, to) {
  if (from.package !== to.package) return packageProblem(from, to);
  const order = folders[from.package];
  if (order === undefined || from.folder === to.folder || from.folder === '') return null;
  if (to.folder === '') return to.file === 'index.ts' ? { messageId: 'barrel' } : null;
  for (const { folder } of [from, to]) {
    if (!(folder in order)) return { messageId: 'unknown', data: { folder, package: from.package } };
  }
  const allowed = order[from.folder].some((entry) => covers(entry, to));
  return allowed ? null : { messageId: 'folder', data: { from: from.folder, to: to.file, package: from.package } };
}

function packageProblem(from, to) {
  const allowed = packages[from.package];
  if (allowed === undefined) return { messageId: 'unknown', data: { folder: from.package, package: 'packages' } };
  const good = allowed.some((entry) => {
    const [name, folder] = entry.split('/');
    return name === to.package && (folder === undefined || folder === to.folder);
  });
  return good ? null : { messageId: 'package', data: { from: from.package, to: [to.package, to.file].join('/') } };
}

/** Whether an entry of the order (a folder, or FOLDER/FILE without extension) covers a place. */
function covers(entry, to) {
  return entry === to.folder || entry === to.file.replace(/\.ts$/, '');
}
