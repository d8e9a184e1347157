/** The abstract object protocol: what CPython has in abstract.c and object.c. */
export * from './attribute.ts';
export * from './compare.ts';
export * from './instance-check.ts';
export * from './item.ts';
export * from './iterate.ts';
export * from './number.ts';
export * from './text.ts';
