/** Functions: plain, closures, generators, coroutines, asynchronous generators, context managers; bodies are productions. */
import type { Generator } from './generator.ts';
import { LOCAL_NAMES, Scope } from './names.ts';
import type { Kind } from './names.ts';
import { STATEMENTS } from './statements.ts';

const PARAMETERS = ['p', 'q', 'r'];
const PARAMETER_KINDS: readonly Kind[] = [
  'instance',
  'instance',
  'list',
  'dict',
  'callable',
  'int',
  'tuple',
  'generator',
];

/** Writes one more function at the top of the program. */
export function writeFunction(g: Generator): void {
  g.random
    .weighted([
      { weight: 5, write: writePlain },
      { weight: 2, write: writeClosure },
      { weight: 4, write: writeGenerator },
      { weight: g.counted ? 0 : 2, write: writeCoroutine },
      { weight: g.counted ? 0 : 1, write: writeAsyncGenerator },
    ])
    .write(g);
}

interface Heading {
  readonly name: string;
  readonly header: string;
  readonly parameters: readonly Kind[];
  readonly scope: Scope;
}

function heading(g: Generator, prefix = 'def'): Heading {
  const name = `f${g.serial()}`;
  const parameters = Array.from({ length: g.random.below(3) }, () => g.random.pick(PARAMETER_KINDS));
  const scope = new Scope(LOCAL_NAMES, g.scope);
  const texts = parameters.map((kind, i) => {
    scope.variables.set(PARAMETERS[i] as string, kind);
    return g.random.chance(0.15) && i === parameters.length - 1
      ? `${PARAMETERS[i]}=${g.expression(kind, 0)}`
      : PARAMETERS[i];
  });
  // Only the last parameter may have a default: every call gives all, but order matters to the syntax.
  return { name, header: `${prefix} ${name}(${texts.join(', ')}):`, parameters, scope };
}

function writeBody(g: Generator, least: number, most: number): void {
  for (let i = g.random.between(least, most); i > 0; i--) g.choose(STATEMENTS);
}

function writePlain(g: Generator): void {
  const { name, header, parameters, scope } = heading(g);
  const returns = g.random.pick(['instance', 'instance', 'list', 'tuple', 'callable', 'generator'] as const);
  g.within(scope, () => {
    g.block(header, () => {
      writeBody(g, 1, 4);
      g.line(`return ${g.expression(returns)}`);
    });
  });
  g.functions.push({ name, parameters, returns });
}

function writeClosure(g: Generator): void {
  const { name, header, parameters, scope } = heading(g);
  g.within(scope, () => {
    g.block(header, () => {
      writeBody(g, 1, 2);
      const captured = g.random.pick([...scope.variables.keys(), g.target('instance')]);
      if (!PARAMETERS.includes(captured)) g.line(`${captured} = ${g.expression('instance')}`);
      writeInner(g, captured);
      if (g.random.chance(0.5)) g.assign('list', `[inner]`);
      g.line(
        `return ${g.random.pick(['inner', 'inner', 'functools.partial(inner, 1)', 'functools.wraps(inner)(lambda *args: inner())'])}`,
      );
    });
  });
  g.functions.push({ name, parameters, returns: 'callable' });
}

function writeInner(g: Generator, captured: string): void {
  g.block('def inner(*args):', () => {
    if (g.random.chance(0.4)) g.line(`nonlocal ${captured}`);
    else g.print(`type(${captured}).__name__`);
    g.line(g.random.pick([`return ${captured}`, 'return inner', `${captured} = None`, `return [${captured}, args]`]));
  });
}

function writeYields(g: Generator): void {
  for (let i = g.random.between(1, 3); i > 0; i--) {
    if (g.random.chance(0.5)) g.choose(STATEMENTS);
    g.random
      .weighted([
        { weight: 5, write: () => g.line(`yield ${g.value()}`) },
        { weight: 2, write: () => g.assign('instance', `yield ${g.value()}`) },
        { weight: 2, write: () => writeProtectedYield(g) },
        { weight: 1, write: () => g.line(`yield from ${g.expression('list')}`) },
        {
          weight: 1,
          write: () =>
            g.block(`with Manager(${g.value()}) as ${g.target('instance')}:`, () => g.line(`yield ${g.value()}`)),
        },
      ])
      .write();
  }
}

function writeProtectedYield(g: Generator): void {
  g.block('try:', () => g.line(`yield ${g.value()}`));
  if (g.random.chance(0.5)) {
    g.block(
      `except ${g.random.pick(['ValueError', 'GeneratorExit', 'Exception', 'BaseException'])} as ${g.target('exception')}:`,
      () => {
        g.print("'caught'");
        if (g.random.chance(0.6)) g.line('raise');
      },
    );
  } else {
    g.block('finally:', () => {
      g.print("'finally'");
      if (g.random.chance(0.1)) g.line('yield None');
    });
  }
}

function writeGenerator(g: Generator): void {
  const { name, header, parameters, scope } = heading(g);
  g.within(scope, () => {
    g.inGenerator = true;
    g.block(header, () => {
      writeYields(g);
      if (g.random.chance(0.3)) g.line(`return ${g.value()}`);
    });
  });
  g.functions.push({ name, parameters, returns: 'generator' });
}

function writeCoroutine(g: Generator): void {
  const { name, header, parameters, scope } = heading(g, 'async def');
  g.within(scope, () => {
    g.block(header, () => {
      writeBody(g, 0, 2);
      if (g.random.chance(0.8)) g.assign('instance', `await Await(${g.value()})`);
      if (g.random.chance(0.3)) g.line('await nothing()');
      if (g.random.chance(0.3)) g.block('async for each in numbers():', () => g.print('each'));
      g.line(`return ${g.value()}`);
    });
  });
  g.functions.push({ name, parameters, returns: 'coroutine' });
}

function writeAsyncGenerator(g: Generator): void {
  const { name, header, parameters, scope } = heading(g, 'async def');
  g.within(scope, () => {
    g.block(header, () => {
      writeBody(g, 0, 1);
      g.block('try:', () => {
        g.line(`yield ${g.value()}`);
        if (g.random.chance(0.5)) g.line(`await Await(${g.value()})`);
        g.line(`yield ${g.value()}`);
      });
      g.block('finally:', () => g.print("'async finally'"));
    });
  });
  g.functions.push({ name, parameters, returns: 'asyncgen' });
}
