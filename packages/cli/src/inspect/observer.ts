/** What looks on while a program runs. */
import type { Runtime } from 'moult';

export interface Observer {
  /** Before the program begins. */
  begin?(rt: Runtime): void;
  /** When its main module has ended. */
  end?(rt: Runtime): void;
  /** When the interpreter has shut down. */
  over?(rt: Runtime): void;
}
