/** One box of the picture. */
import type { ComponentChildren, JSX } from 'preact';
import type { ActorState, Card, Field } from '../../shared/protocol.ts';
import { shortAddress } from '../../shared/text.ts';
import { colourOf } from './colour.ts';
import type { Box } from './layout.ts';

export interface CardProps {
  readonly card: Card;
  readonly box: Box;
  readonly isSelected: boolean;
  /** Another card is pointed at, and this one has nothing to do with it. */
  readonly isDim: boolean;
  readonly acting: { readonly refs: number; readonly state: ActorState } | null;
  readonly onChoose: (card: Card) => void;
  readonly onHover: (key: string | null) => void;
}

export function CardBox({ card, box, isSelected, isDim, acting, onChoose, onHover }: CardProps): JSX.Element {
  const isChoosable = card.kind === 'object' || card.kind === 'group';
  const classes = [
    'card',
    card.kind,
    card.change ?? '',
    card.garbage ? 'garbage' : '',
    isSelected ? 'selected' : '',
    isDim ? 'dim' : '',
    acting?.state ?? '',
  ];
  const shared = {
    class: classes.filter((name) => name !== '').join(' '),
    style: {
      transform: `translate(${box.x}px, ${box.y}px)`,
      width: `${box.width}px`,
      height: `${box.height}px`,
      '--hue': colourOf(card.title),
    },
    'data-key': card.key,
    'aria-label': describe(card),
    onMouseEnter: () => onHover(card.key),
    onMouseLeave: () => onHover(null),
  };
  const inside = (
    <>
      <CardHead card={card} refs={acting?.refs ?? -1} />
      <ul class="fields">
        {card.fields.map((field) => (
          <FieldRow field={field} />
        ))}
      </ul>
      {card.more > 0 && <div class="more">… {card.more.toLocaleString('en')} more</div>}
    </>
  );
  if (!isChoosable) return <section {...shared}>{inside}</section>;
  return (
    <div
      {...shared}
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      onClick={() => onChoose(card)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          onChoose(card);
        }
      }}
    >
      {inside}
    </div>
  );
}

function CardHead({ card, refs }: { readonly card: Card; readonly refs: number }): JSX.Element {
  if (card.kind === 'namespace' || card.kind === 'frame') {
    return (
      <header>
        <b>{card.kind === 'namespace' ? 'module' : `${card.title}()`}</b>
        <span class="where">{card.label}</span>
      </header>
    );
  }
  if (card.kind === 'group') {
    return (
      <header>
        <b>{card.title}</b>
        <span class="badge">{card.label}</span>
        <div class="sub">{card.bytes.toLocaleString('en')} bytes · click to unfold</div>
      </header>
    );
  }
  return (
    <header>
      <b>{headline(card)}</b>
      {refs >= 0 && (
        <Badge kind="refs" title="gcRefs: the collector's copy of the count">
          {refs}
        </Badge>
      )}
      <Badge kind={card.countBefore === null ? 'count' : 'count moved'} title="reference count">
        {card.countBefore !== null && <s>{card.countBefore}</s>}
        {card.count < 0 ? '∞' : card.count}
      </Badge>
      <div class="sub">
        <span title={`address ${card.address}`}>{shortAddress(card.address)}</span>
        <span title={card.generation < 0 ? 'not tracked by the collector' : 'generation'}>
          {card.generation < 0 ? 'untracked' : card.generation === 3 ? 'frozen' : `gen ${card.generation}`}
        </span>
        <span title="size">{card.bytes.toLocaleString('en')} B</span>
      </div>
    </header>
  );
}

function Badge({
  kind,
  title,
  children,
}: {
  readonly kind: string;
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`badge ${kind}`} title={title}>
      {children}
    </span>
  );
}

function FieldRow({ field }: { readonly field: Field }): JSX.Element {
  return (
    <li class={`${field.changed ? 'changed' : ''} ${field.weak ? 'weak' : ''}`}>
      <span class="name">{field.name}</span>
      {field.text === null ? <span class="port" aria-hidden="true" /> : <span class="value">{field.text}</span>}
    </li>
  );
}

/** An instance's type, or what a container says of itself. */
function headline(card: Card): string {
  return / at 0x[0-9a-f]+$/.test(card.label) ? card.title : card.label.replace(/^<(class|function) (.*)>$/, '$1 $2');
}

/** For screen readers. */
function describe(card: Card): string {
  const references = card.fields.map(({ name, text }) => (text === null ? name : `${name} ${text}`)).join(', ');
  if (card.kind === 'namespace') return `Variables of the module: ${references}`;
  if (card.kind === 'frame') return `Call of ${card.title}, ${card.label}: ${references}`;
  if (card.kind === 'group') return `${card.label} of type ${card.title}, folded`;
  const state = card.garbage ? ', garbage' : '';
  const change = card.change === null ? '' : `, ${card.change}`;
  return `${headline(card)}, count ${card.count}, generation ${card.generation}${state}${change}. ${references}`;
}
