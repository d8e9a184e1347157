/** The editor: CodeMirror with Python, the line that runs, the line that failed, and what each line allocated. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  gutter,
  GutterMarker,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Recording } from '../shared/protocol.ts';

/** What is marked; lines count from 1, 0: none. */
export interface Marks {
  readonly line: number;
  readonly errorLine: number;
  readonly error: string;
  readonly heat: Recording['heat'];
}

const NO_MARKS: Marks = { line: 0, errorLine: 0, error: '', heat: [] };
const setMarks = StateEffect.define<Marks>();

const marksField = StateField.define<Marks>({
  create: () => NO_MARKS,
  update(marks, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return transaction.docChanged ? NO_MARKS : marks;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (marks) => (view: EditorView) => decorationsOf(marks, view)),
    gutter({ class: 'cm-heat', markers: (view) => heatMarkers(view.state.field(field), view) }),
  ],
});

function decorationsOf({ line, errorLine, error }: Marks, view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const marked = [
    { at: line, mark: Decoration.line({ class: 'cm-running', attributes: { 'aria-current': 'step' } }) },
    { at: errorLine, mark: Decoration.line({ class: 'cm-failed', attributes: { title: error } }) },
  ].filter(({ at }) => at > 0 && at <= view.state.doc.lines);
  marked.sort((a, b) => a.at - b.at);
  for (const { at, mark } of marked) {
    const { from } = view.state.doc.line(at);
    builder.add(from, from, mark);
  }
  return builder.finish();
}

class HeatMarker extends GutterMarker {
  readonly #share: number;
  readonly #text: string;

  constructor(share: number, text: string) {
    super();
    this.#share = share;
    this.#text = text;
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof HeatMarker && other.#share === this.#share && other.#text === this.#text;
  }

  override toDOM(): Node {
    const bar = document.createElement('span');
    bar.className = 'heat-bar';
    bar.style.setProperty('--share', this.#share.toFixed(2));
    bar.title = this.#text;
    return bar;
  }
}

function heatMarkers({ heat }: Marks, view: EditorView) {
  const builder = new RangeSetBuilder<GutterMarker>();
  const most = Math.max(1, ...heat.map(({ bytes }) => bytes));
  for (const { line, bytes, blocks } of heat) {
    if (line > view.state.doc.lines) continue;
    const { from } = view.state.doc.line(line);
    const text = `allocated here: ${bytes.toLocaleString('en')} bytes in ${blocks.toLocaleString('en')} blocks`;
    builder.add(from, from, new HeatMarker(Math.max(0.08, Math.sqrt(bytes / most)), text));
  }
  return builder.finish();
}

const highlighting = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword],
    color: 'var(--code-keyword)',
  },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    color: 'var(--code-name)',
    fontWeight: '600',
  },
  { tag: tags.className, color: 'var(--code-name)' },
]);

export interface EditorEvents {
  readonly changed: (text: string) => void;
  readonly run: () => void;
}

export class Editor {
  readonly #view: EditorView;

  constructor(parent: HTMLElement, text: string, events: EditorEvents) {
    this.#view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions: extensions(events) }) });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Replaces the text, if it is another. */
  setText(text: string): void {
    if (text === this.text) return;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Marks lines, and shows the running one. */
  mark(marks: Marks): void {
    const { doc } = this.#view.state;
    const effects: StateEffect<unknown>[] = [setMarks.of(marks)];
    if (marks.line > 0 && marks.line <= doc.lines)
      effects.push(EditorView.scrollIntoView(doc.line(marks.line).from, { y: 'nearest', yMargin: 40 }));
    this.#view.dispatch({ effects });
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}

function extensions({ changed, run }: EditorEvents): Extension {
  return [
    lineNumbers(),
    marksField,
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    indentUnit.of('    '),
    pythonLanguage,
    syntaxHighlighting(highlighting),
    EditorView.contentAttributes.of({ 'aria-label': 'Python program' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
    keymap.of([
      {
        key: 'Mod-Enter',
        run: () => {
          run();
          return true;
        },
      },
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
  ];
}
