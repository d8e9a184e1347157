/** Keys that work wherever no text is typed. */
import { goTo, lastMoment, run, select, step, stepOver, theatre, theatreGo, theatreStep, togglePlay } from './state.ts';

/** Listens until the returned function is called. */
export function listenToKeys(): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return void run();
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(event);
    if (action === null) return;
    event.preventDefault();
    action();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, .cm-editor') !== null;
}

function actionOf({ key, shiftKey, target }: KeyboardEvent): (() => void) | null {
  const isButton = target instanceof HTMLElement && target.closest('button, [role=button]') !== null;
  switch (key) {
    case 'ArrowLeft':
      return () => back(shiftKey);
    case 'ArrowRight':
      return () => forward(shiftKey);
    case 'Home':
      return () => void goTo(0);
    case 'End':
      return () => void goTo(lastMoment.value);
    case ' ':
      return isButton ? null : togglePlay;
    case 'Escape':
      return () => {
        if (theatre.value !== null) theatre.value = null;
        else void select(null);
      };
    default:
      return null;
  }
}

function back(isOver: boolean): void {
  if (theatre.value !== null) theatreGo(theatreStep.value - 1);
  else void (isOver ? stepOver(-1) : step(-1));
}

function forward(isOver: boolean): void {
  if (theatre.value !== null) theatreGo(theatreStep.value + 1);
  else void (isOver ? stepOver(1) : step(1));
}
