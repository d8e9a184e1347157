/** Docstrings of built-in types as CPython writes them: a signature line, `--`, an empty line, then the text. */

const MARK = ')\n--\n\n';

function hasSignature(name: string, doc: string): boolean {
  return doc.startsWith(`${name}(`) && doc.includes(MARK);
}

/** The text that `__doc__` shows. */
export function docText(name: string, doc: string): string {
  return hasSignature(name, doc) ? doc.slice(doc.indexOf(MARK) + MARK.length) : doc;
}

/** The text that `__text_signature__` shows, or null. */
export function docSignature(name: string, doc: string): string | null {
  return hasSignature(name, doc) ? doc.slice(name.length, doc.indexOf(MARK) + 1) : null;
}
