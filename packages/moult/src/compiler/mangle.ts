/** Private names: `__x` inside class `C` is `_C__x`. */

/** `name` as it is stored when the innermost class is `className`. */
export function mangle(className: string | null, name: string): string {
  if (className === null || !name.startsWith('__')) return name;
  if (name.endsWith('__') || name.includes('.')) return name;
  const stripped = className.replace(/^_+/, '');
  return stripped === '' ? name : `_${stripped}${name}`;
}
