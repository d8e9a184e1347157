/** A text of the editor as a program: a module, or an interactive session with its prompts. */

/** What tracebacks call the program. */
export const FILENAME = 'main.py';

const PROMPT = /^(>>>|\.\.\.)( |$)/;

/** What is to be run. A session is run statement by statement, as at the prompt: each is compiled by itself and shows its value. Lines
 *  keep their numbers; those without a prompt are what somebody's interpreter answered, and are passed over. */
export function programOf(source: string): { source: string; filename: string } {
  if (!/^\s*>>> /.test(source)) return { source, filename: FILENAME };
  const statements = statementsOf(source).map(({ line, text }) => {
    const padded = '\n'.repeat(line - 1) + text;
    return `exec(compile(${JSON.stringify(padded)}, ${JSON.stringify(FILENAME)}, 'single'))`;
  });
  return { source: statements.join('\n'), filename: '<session>' };
}

/** The statements of a session; lines count from 1. */
function statementsOf(source: string): { line: number; text: string }[] {
  const statements: { line: number; text: string }[] = [];
  for (const [at, written] of source.split('\n').entries()) {
    const prompt = PROMPT.exec(written);
    if (prompt === null) continue;
    const text = `${written.slice(prompt[0].length)}\n`;
    if (prompt[1] === '>>>') statements.push({ line: at + 1, text });
    else statements.at(-1)!.text += text;
  }
  return statements.filter(({ text }) => text.trim() !== '');
}
