import { expect, it } from 'vitest';
import { sharedProgram, shareAddress } from './share.ts';

const SOURCE = 'print("Grüße, 世界")\n'.repeat(20);

it('a program in the fragment of an address is read back', async () => {
  const address = await shareAddress('https://example.org/play/?example=x', SOURCE);
  expect(address).toMatch(/^https:\/\/example\.org\/play\/#code=[\w-]+$/);
  expect(address.length).toBeLessThan(SOURCE.length);
  expect(await sharedProgram(address)).toBe(SOURCE);
});

it('the form of tutorials is read: URL-encoded base64, with plus signs encoded or not', async () => {
  const base64 = Buffer.from('x = "~~~>>>???"\n', 'utf8').toString('base64');
  expect(await sharedProgram(`https://example.org/?q=${encodeURIComponent(base64)}`)).toBe('x = "~~~>>>???"\n');
  expect(await sharedProgram(`https://example.org/?q=${base64}`)).toBe('x = "~~~>>>???"\n');
});

it('an address without a program, or with a broken one, gives none', async () => {
  expect(await sharedProgram('https://example.org/')).toBeNull();
  expect(await sharedProgram('https://example.org/#code=!!!')).toBeNull();
});
