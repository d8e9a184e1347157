/** The picture of the heap: cards, arrows, and what can be done with them. */
import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Card, HeapView } from '../../shared/protocol.ts';
import { moment, options, ran, select, selected, show, shownView, theatre, theatreStep } from '../state.ts';
import { CardBox } from './card.tsx';
import { arrowsOf, extentOf, Layout } from './layout.ts';
import type { Arrow, Box } from './layout.ts';
import { HeapTools } from './tools.tsx';

export function HeapPanel(): JSX.Element {
  const view = shownView.value;
  const zoom = useSignal(1);
  return (
    <section class="heap" aria-label="Heap" data-moment={view?.moment} data-wanted={wantedMoment()}>
      <HeapTools zoom={zoom} />
      {view === null ? (
        <div class="empty">The heap appears here when the program has run.</div>
      ) : (
        <Picture view={view} zoom={zoom} />
      )}
    </section>
  );
}

/** Texts are still read at this size. */
const SMALLEST = 0.6;

/** The moment that the picture is to show: the theatre's is another one than the timeline's. */
function wantedMoment(): number {
  return theatre.value?.view.moment ?? moment.value;
}

function Picture({ view, zoom: zoomed }: { readonly view: HeapView; readonly zoom: Signal<number> }): JSX.Element {
  const zoom = zoomed.value;
  const scroller = useRef<HTMLDivElement>(null);
  const layout = useRef(new Layout());
  const program = useRef('');
  const hovered = useSignal<string | null>(null);
  const boxes = useMemo(() => {
    const situation = `${ran.value}\0${options.value.focus ?? ''}\0${options.value.expanded.join()}`;
    if (program.current !== situation) layout.current.reset();
    program.current = situation;
    return layout.current.arrange(view.cards);
  }, [view]);
  const arrows = useMemo(() => arrowsOf(view.cards, boxes), [view, boxes]);
  const { width, height } = extentOf(boxes.values());
  useFitting(scroller, zoomed, { width, height }, program.current);
  const near = neighboursOf(hovered.value, arrows);
  const step = theatre.value?.steps[theatreStep.value];
  const edge = edgeKeys(step?.edge ?? null);
  const scene = sceneOf();
  return (
    <div class="scroller" tabIndex={-1} ref={scroller}>
      <div class="canvas" style={{ width: `${width * zoom}px`, height: `${height * zoom}px` }}>
        <div class="zoomed" style={{ transform: `scale(${zoom})`, width: `${width}px`, height: `${height}px` }}>
          <Arrows arrows={arrows} width={width} height={height} at={hovered.value} edge={edge} />
          {view.cards.map((card) => (
            <CardBox
              key={card.key}
              card={card}
              box={boxes.get(card.key) as Box}
              isSelected={card.kind === 'object' && card.id === selected.value}
              isDim={near !== null && !near.has(card.key)}
              acting={scene?.get(card.key) ?? null}
              onChoose={choose}
              onHover={(key) => (hovered.value = key)}
            />
          ))}
          {edge !== null && <Arrows arrows={arrows} width={width} height={height} at={null} edge={edge} isAbove />}
        </div>
      </div>
      <Follow boxes={boxes} cards={view.cards} zoom={zoom} />
    </div>
  );
}

/** Chooses the size for a program's picture; again when the window's size changes, unless somebody has chosen another size. */
function useFitting(
  scroller: RefObject<HTMLDivElement | null>,
  zoom: Signal<number>,
  extent: { readonly width: number; readonly height: number },
  program: string,
): void {
  const latest = useRef(extent);
  latest.current = extent;
  useEffect(() => {
    const place = scroller.current;
    if (place === null) return;
    const fit = (): number => fitting(place, latest.current.width, latest.current.height);
    // Without scrollbars, which come and go with the size that is chosen here.
    const outerSize = (): string => `${place.offsetWidth} ${place.offsetHeight}`;
    let chosen = (zoom.value = fit());
    let known = outerSize();
    const watcher = new ResizeObserver(() => {
      if (outerSize() === known || place.offsetWidth === 0) return;
      known = outerSize();
      if (zoom.value === chosen) zoom.value = chosen = fit();
    });
    watcher.observe(place);
    return () => watcher.disconnect();
  }, [program]);
}

/** The size at which a picture fits, within what can be read. */
function fitting({ clientWidth, clientHeight }: HTMLElement, width: number, height: number): number {
  const share = Math.min(clientWidth / width, clientHeight / height);
  return Math.max(SMALLEST, Math.min(1, Math.floor(share * 20) / 20));
}

/** What the theatre says of each card. */
function sceneOf() {
  const { actors, steps } = theatre.value ?? { actors: [], steps: [] };
  const step = steps[theatreStep.value];
  if (step === undefined) return null;
  return new Map(actors.map(({ key }, i) => [key, { refs: step.refs[i] ?? -1, state: step.states[i] ?? 'waiting' }]));
}

function edgeKeys(edge: { readonly from: number; readonly to: number } | null): { from: string; to: string } | null {
  const actors = theatre.value?.actors ?? [];
  if (edge === null) return null;
  return { from: actors[edge.from]?.key ?? '', to: actors[edge.to]?.key ?? '' };
}

function choose(card: Card): void {
  if (card.kind === 'group') void show({ expanded: [...options.value.expanded, card.title] });
  else void select(card.id === selected.value ? null : card.id);
}

/** The card pointed at with those that it refers to and that refer to it; null: none is. */
function neighboursOf(key: string | null, arrows: readonly Arrow[]): Set<string> | null {
  if (key === null) return null;
  const near = new Set([key]);
  for (const { from, to } of arrows) {
    if (from === key) near.add(to);
    if (to === key) near.add(from);
  }
  return near;
}

interface ArrowsProps {
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
  /** The card that is pointed at. */
  readonly at: string | null;
  readonly edge: { readonly from: string; readonly to: string } | null;
  readonly isAbove?: boolean;
}

/** All of them below the cards; those that a step of the theatre is about once more above. */
function Arrows({ arrows, width, height, at, edge, isAbove = false }: ArrowsProps): JSX.Element {
  const isSubtracted = ({ from, to }: Arrow): boolean => edge !== null && from === edge.from && to === edge.to;
  const classOf = (arrow: Arrow): string => {
    const names = ['arrow'];
    if (arrow.weak) names.push('weak');
    if (arrow.changed) names.push('changed');
    if (arrow.garbage) names.push('garbage');
    if (at !== null) names.push(arrow.from === at || arrow.to === at ? 'near' : 'dim');
    if (isAbove) names.push('subtracted');
    return names.join(' ');
  };
  return (
    <svg class={isAbove ? 'arrows above' : 'arrows'} width={width} height={height} aria-hidden="true">
      <defs>
        <marker
          id="head"
          viewBox="0 0 8 8"
          refX="6.500"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M0.500,0.500 L7.500,4 L0.500,7.500 Z" fill="context-stroke" />
        </marker>
      </defs>
      {arrows
        .filter((arrow) => isSubtracted(arrow) === isAbove)
        .map((arrow) => (
          <path key={arrow.key} class={classOf(arrow)} d={arrow.path} marker-end="url(#head)" />
        ))}
    </svg>
  );
}

/** Scrolls to the object that was chosen elsewhere: in a list of results, or in a way. */
function Follow({
  boxes,
  cards,
  zoom,
}: {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly cards: readonly Card[];
  readonly zoom: number;
}): JSX.Element {
  const here = useRef<HTMLSpanElement>(null);
  const id = selected.value;
  useEffect(() => {
    const card = cards.find((each) => each.kind === 'object' && each.id === id);
    const box = card === undefined ? undefined : boxes.get(card.key);
    const scroller = here.current?.parentElement;
    if (box === undefined || !scroller) return;
    const [x, y] = [box.x * zoom, box.y * zoom];
    const isSeen =
      x >= scroller.scrollLeft &&
      y >= scroller.scrollTop &&
      x + box.width * zoom <= scroller.scrollLeft + scroller.clientWidth &&
      y + 60 <= scroller.scrollTop + scroller.clientHeight;
    if (!isSeen) scroller.scrollTo({ left: x - scroller.clientWidth / 3, top: y - scroller.clientHeight / 3 });
  }, [id]);
  return <span ref={here} hidden />;
}
