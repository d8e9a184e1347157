/** Calls of the collector and changes of its settings. */
import type { Generator, Production } from './generator.ts';

function collect(g: Generator): void {
  g.print(`gc.collect(${g.random.pick(['', '', '', '0', '1', '2'])})`);
}

function settings(g: Generator): void {
  g.line(
    g.random.pick([
      'gc.enable()',
      'gc.disable()',
      `gc.set_threshold(${g.random.pick(['700, 10, 10', '5', '20, 2, 2', '0', '1, 1, 1', '100, 5'])})`,
      'gc.freeze()',
    ]),
  );
}

/** How many objects a freeze moves. There is no `unfreeze`: it would bring back what was there at the start. */
function frozen(g: Generator): void {
  g.line('frozen = gc.get_freeze_count()');
  g.line('gc.freeze()');
  g.print('gc.get_freeze_count() - frozen');
}

function counts(g: Generator): void {
  g.print('gc.get_count()');
}

function callbacks(g: Generator): void {
  g.line(
    g.random.pick([
      "gc.callbacks.append(lambda phase, info: print(phase, info['generation'], info['collected']))",
      'gc.callbacks.clear()',
      'gc.callbacks[:] = []',
    ]),
  );
}

function saveAll(g: Generator): void {
  g.line('gc.set_debug(gc.DEBUG_SAVEALL)');
  g.print('gc.collect()', 'kinds(gc.garbage)');
  g.line('gc.set_debug(0)');
  g.line('gc.garbage.clear()');
  if (g.random.chance(0.5)) g.print('gc.collect()');
}

/** Makes garbage until a collection starts by itself. */
function churn(g: Generator): void {
  const what = g.random.pick(['[Node(0)]', '[[]]', '{}', 'Node(each)', '(each, [])', 'lambda: each']);
  const size = g.random.pick([10, 60, 300, 800, 1500]);
  const kept = g.target('list');
  g.line(`${kept} = []`);
  g.block(`for each in range(${size}):`, () => {
    g.line(`${kept}.append(${what})`);
    if (g.random.chance(0.3)) g.line(`${kept}.append(${kept}[:1])`);
  });
  if (g.counted && g.random.chance(0.7)) g.print('gc.get_count()');
  if (g.random.chance(0.6)) g.line(`${kept} = []`);
}

function cyclicChurn(g: Generator): void {
  g.block(`for each in range(${g.random.pick([5, 40, 400])}):`, () => {
    g.line(`loop = ${g.random.pick(['[each]', "{'n': each}", '[Node(each)]'])}`);
    g.line(g.random.pick(['loop[0] = loop', 'loop[0] = [loop]']));
  });
  g.line('loop = None');
  if (g.counted && g.random.chance(0.5)) g.print('gc.get_count()');
}

export const COLLECTOR: readonly Production[] = [
  { weight: 7, write: collect },
  { weight: 1.5, when: 'counted', write: settings },
  { weight: 1, write: frozen },
  { weight: 1.5, when: 'counted', write: counts },
  { weight: 0.6, write: callbacks },
  { weight: 0.8, write: saveAll },
  { weight: 1, write: churn },
  { weight: 1, write: cyclicChurn },
];
