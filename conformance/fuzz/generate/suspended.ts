/** Driving what is suspended: generators, iterators, coroutines, asynchronous generators. */
import type { Generator, Production } from './generator.ts';

function advance(g: Generator): void {
  const name = g.variable('generator', 'iterator') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `print(type(next(${name})).__name__)`,
        `next(${name})`,
        `kept = next(${name}, None)`,
        `print(len(list(itertools.islice(${name}, 4))))`,
        `print(type(next(iter(${name}), None)).__name__)`,
      ]),
    );
  });
}

function driveGenerator(g: Generator): void {
  const name = g.variable('generator') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}.close()`,
        `print(type(${name}.send(None)).__name__)`,
        `print(type(${name}.send(${g.value()})).__name__)`,
        `print(type(${name}.throw(${g.expression('exception')})).__name__)`,
        `${name}.throw(ValueError)`,
        `print(${name}.gi_frame is None, ${name}.gi_running, ${name}.gi_yieldfrom is None)`,
        `print(sorted(${name}.gi_frame.f_locals))`,
        `${name}.gi_frame.clear()`,
        `print(list(${name}) is None)`,
        `kept = ${name}.gi_frame`,
      ]),
    );
  });
}

function driveCoroutine(g: Generator): void {
  const name = g.variable('coroutine') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `print(type(${name}.send(None)).__name__)`,
        `print(type(${name}.send(None)).__name__)`,
        `${name}.close()`,
        `${name}.throw(${g.expression('exception')})`,
        `print(${name}.cr_frame is None, ${name}.cr_await is None)`,
      ]),
    );
  });
}

function driveAsyncGenerator(g: Generator): void {
  const name = g.variable('asyncgen') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}.asend(None).send(None)`,
        `${name}.__anext__().send(None)`,
        `${name}.aclose().send(None)`,
        `kept = ${name}.asend(None).__await__()`,
        `${name}.athrow(ValueError(1)).send(None)`,
        `print(${name}.ag_frame is None, ${name}.ag_running)`,
      ]),
    );
  });
}

function suspendAndDrop(g: Generator): void {
  const call = g.expression('generator');
  const name = g.target('generator');
  g.line(`${name} = ${call}`);
  g.guarded(() => {
    g.line(`next(${name})`);
  });
  if (g.random.chance(0.4)) g.line(`${name} = None`);
  if (g.random.chance(0.4)) g.scope.variables.set(name, 'int');
}

/** A generator that only a cycle keeps. */
function selfReferring(g: Generator): void {
  const value = g.expression('generator');
  const name = g.target('list');
  g.line(`${name} = [${value}]`);
  g.guarded(() => {
    g.line(`next(${name}[0])`);
  });
  g.line(`${name}.append(${name})`);
}

export const SUSPENDED: readonly Production[] = [
  { weight: 4, needs: ['generator'], write: advance },
  { weight: 2, needs: ['iterator'], write: advance },
  { weight: 4, needs: ['generator'], write: driveGenerator },
  { weight: 3, needs: ['coroutine'], write: driveCoroutine },
  { weight: 3, needs: ['asyncgen'], write: driveAsyncGenerator },
  { weight: 3, write: suspendAndDrop },
  { weight: 1, write: selfReferring },
];
