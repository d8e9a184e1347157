/** Each type has a hue of its own. */
const KNOWN: Readonly<Record<string, number>> = {
  list: 210,
  dict: 265,
  tuple: 190,
  set: 300,
  function: 165,
  type: 225,
  cell: 320,
  method: 150,
};

export function colourOf(type: string): number {
  const known = KNOWN[type];
  if (known !== undefined) return known;
  let hash = 7;
  for (const character of type) hash = (hash * 31 + character.charCodeAt(0)) % 9973;
  return (hash * 47) % 360;
}
