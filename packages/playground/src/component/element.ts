/**
 * `<moult-playground code="…">`: a program with its heap inside of another page. One script tag makes it known:
 *
 *     <script type="module" src="https://…/moult-playground.js"></script>
 *     <moult-playground code="a = []&#10;a.append(a)"></moult-playground>
 *
 * Without the attribute the element's own text is the program. `line`: the line before which it is shown first; `height` in pixels.
 * The page lies in a frame, so that neither side's styles touch the other's.
 */
import { shareAddress } from '../shared/share.ts';

const DEFAULT_HEIGHT = 560;

/** Where this script lies, the page does too. */
const PAGE = new URL('./', import.meta.url).href;

class MoultPlayground extends HTMLElement {
  static readonly observedAttributes = ['code', 'line', 'height'];
  #shown = 0;

  connectedCallback(): void {
    // Its text is there only when the element has been read to its end.
    setTimeout(() => void this.#show());
  }

  attributeChangedCallback(): void {
    if (this.isConnected && this.#shown > 0) void this.#show();
  }

  async #show(): Promise<void> {
    const turn = ++this.#shown;
    const frame = document.createElement('iframe');
    const address = new URL(await shareAddress(PAGE, dedented(this.getAttribute('code') ?? this.textContent ?? '')));
    if (turn !== this.#shown) return;
    address.searchParams.set('embed', '1');
    const line = this.getAttribute('line');
    if (line !== null) address.searchParams.set('line', line);
    frame.src = address.href;
    frame.title = 'Python program and its heap';
    frame.allow = 'clipboard-write';
    frame.style.cssText = `display:block;width:100%;border:1px solid #c9d0cb;border-radius:10px;height:${this.#height()}px`;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.replaceChildren(frame);
  }

  #height(): number {
    const height = Number(this.getAttribute('height') ?? DEFAULT_HEIGHT);
    return height > 0 ? height : DEFAULT_HEIGHT;
  }
}

/** Without the indentation and the empty lines that the surrounding HTML adds. */
function dedented(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const indent = Math.min(...indents, Infinity);
  return `${lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n')}\n`;
}

if (!customElements.get('moult-playground')) customElements.define('moult-playground', MoultPlayground);
