/** About one object: why it is alive, who counts, its ledger. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { ObjectId, ObjectReport } from '../shared/protocol.ts';
import { shortened } from '../shared/text.ts';
import { goTo, options, report, select, selected, show } from './state.ts';

const TABS = ['Why alive?', 'Who counts?', 'Ledger'] as const;
type Tab = (typeof TABS)[number];

export function Inspector(): JSX.Element | null {
  const tab = useSignal<Tab>('Why alive?');
  if (selected.value === null) return null;
  const about = report.value;
  return (
    <aside class="inspector" aria-label="The chosen object">
      <header>
        <div>
          <b>{about === null ? '…' : about.alive ? shortened(about.label) : 'This object'}</b>
          {about !== null && <Facts about={about} />}
        </div>
        <button type="button" class="close" aria-label="Close" onClick={() => void select(null)}>
          ×
        </button>
      </header>
      <div class="tabs" role="tablist">
        {TABS.map((name) => (
          <button type="button" role="tab" aria-selected={tab.value === name} onClick={() => (tab.value = name)}>
            {name}
          </button>
        ))}
      </div>
      {about !== null && (
        <div class="body" role="tabpanel">
          {tab.value === 'Why alive?' && <WhyAlive about={about} />}
          {tab.value === 'Who counts?' && <WhoCounts about={about} />}
          {tab.value === 'Ledger' && <Ledger about={about} />}
        </div>
      )}
      <footer>
        <button
          type="button"
          onClick={() => void show({ focus: options.value.focus === null ? selected.value : null })}
        >
          {options.value.focus === null ? 'Show only its neighbours' : 'Show all objects'}
        </button>
      </footer>
    </aside>
  );
}

function Facts({ about }: { readonly about: ObjectReport }): JSX.Element {
  if (!about.alive) return <p class="facts">is not alive at this moment.</p>;
  return (
    <p class="facts">
      {about.count < 0 ? 'immortal' : `count ${about.count}`} · {about.bytes.toLocaleString('en')} bytes
      {about.retained > about.bytes && <> · retains {about.retained.toLocaleString('en')}</>}
      {about.bornLine > 0 && <> · made at line {about.bornLine}</>}
    </p>
  );
}

function WhyAlive({ about }: { readonly about: ObjectReport }): JSX.Element {
  if (!about.alive) return <p>It has died, or is not made yet. The ledger tells when.</p>;
  return (
    <>
      {about.garbage && (
        <p class="verdict garbage">
          <b>Garbage.</b> Nothing that the program can reach leads to it. It is still here because its count is not 0:
          only the collector can free it.
        </p>
      )}
      {about.ways.map(({ steps }) => (
        <ol class="way">
          {steps.map(({ name, label, id }, i) => (
            <li style={{ '--depth': i }}>
              {i > 0 && <span class="name">{name}</span>}
              <Named label={label} id={id} />
            </li>
          ))}
        </ol>
      ))}
      {about.cycle !== null && (
        <div class="cycle">
          <b>It is in a cycle.</b>
          <code>{shortened(about.cycle)}</code>
          {about.advice !== null && <p>{`${about.advice[0]!.toUpperCase()}${about.advice.slice(1)}.`}</p>}
        </div>
      )}
    </>
  );
}

function WhoCounts({ about }: { readonly about: ObjectReport }): JSX.Element {
  if (!about.alive) return <p>Nobody: it is not alive.</p>;
  if (about.count < 0) return <p>It is immortal: its count never changes.</p>;
  return (
    <>
      <p>
        The count is <b>{about.count}</b>
        {about.counted.length < about.count ? '; references found in the heap:' : ':'}
      </p>
      <ul class="counted">
        {about.counted.map(({ name, label, id }) => (
          <li>
            <Named label={label} id={id} /> <span class="name">{name}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Ledger({ about }: { readonly about: ObjectReport }): JSX.Element {
  if (about.ledger.length === 0) return <p>This object is older than the program: its ledger is not kept.</p>;
  return (
    <table class="ledger">
      <thead>
        <tr>
          <th>count</th>
          <th>what</th>
          <th>line</th>
        </tr>
      </thead>
      <tbody>
        {about.ledger.map(({ moment, line, what, count }) => (
          <tr>
            <td>{count}</td>
            <td>{what}</td>
            <td>
              <button type="button" class="link" title="Go there" onClick={() => void goTo(moment)}>
                {line}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Named({ label, id }: { readonly label: string; readonly id: ObjectId | null }): JSX.Element {
  if (id === null || id === selected.value)
    return <span class={id === null ? 'other' : 'self'}>{shortened(label)}</span>;
  return (
    <button type="button" class="link" onClick={() => void select(id)}>
      {shortened(label)}
    </button>
  );
}
