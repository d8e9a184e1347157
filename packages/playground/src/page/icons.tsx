/** Signs of the buttons, drawn: fonts differ in which of them they have. */
import type { JSX } from 'preact';

const PATHS = {
  first: 'M3 3h2v10H3zM13 3v10L6 8z',
  backOver: 'M8 3v10L2 8zM14 3v10L8 8z',
  back: 'M11 3v10L4 8z',
  play: 'M4 2.5v11L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  forward: 'M5 3v10l7-5z',
  forwardOver: 'M2 3v10l6-5zM8 3v10l6-5z',
  last: 'M11 3h2v10h-2zM3 3v10l7-5z',
  sun: 'M8 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM7.300 0h1.400v2.800H7.300zM7.300 13.200h1.400V16H7.300zM0 7.300h2.800v1.400H0zM13.200 7.300H16v1.400h-2.800zM2 3l1-1 2 2-1 1zM11 12l1-1 2 2-1 1zM13 2l1 1-2 2-1-1zM4 11l1 1-2 2-1-1z',
  moon: 'M6 1.500a6.500 6.500 0 1 0 8.500 8.500A6 6 0 0 1 6 1.500z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
