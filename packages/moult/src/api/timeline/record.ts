/** Recording a program. */
import { checkOptions } from '../embed/options.ts';
import { checkTimelineOptions } from './options.ts';
import type { TimelineOptions } from './options.ts';
import { Recording } from './recording.ts';
import { Timeline } from './timeline.ts';

/** Runs a program to its end, or to the given bound, and returns its run to move in. Only in the traced build: throws TypeError in the other.
 *  Throws RangeError for options that cannot be. */
export function recordTimeline(options: TimelineOptions): Timeline {
  if (!TRACE) throw new TypeError('only the traced build records timelines (moult/traced)');
  checkOptions(options);
  checkTimelineOptions(options);
  const recording = new Recording(options);
  recording.run(options);
  return new Timeline(recording);
}
