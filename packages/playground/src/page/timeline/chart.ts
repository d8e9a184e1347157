/** Curves over the moments of a run: what is alive, and the counts of the generations. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Recording } from '../../shared/protocol.ts';
import { colourOf } from '../heap/colour.ts';

export type ChartKind = 'bytes' | 'objects' | 'types' | 'generations';

/** Points of a curve: more do not fit on a screen. */
const POINTS = 1200;

const style = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

interface Curves {
  readonly data: uPlot.AlignedData;
  readonly series: uPlot.Series[];
}

/** Every n-th moment, so that few enough are left. */
function thin(length: number): number[] {
  const every = Math.max(1, Math.ceil(length / POINTS));
  const moments: number[] = [];
  for (let i = 0; i < length; i += every) moments.push(i);
  if (moments.at(-1) !== length - 1) moments.push(length - 1);
  return moments;
}

function curvesOf(recording: Recording, kind: ChartKind): Curves {
  const { series, samples, thresholds } = recording;
  const moments = thin(series.lines.length);
  switch (kind) {
    case 'bytes':
      return {
        data: [moments, moments.map((m) => series.bytes[m]!)],
        series: [line('bytes', style('--accent'), true)],
      };
    case 'objects':
      return {
        data: [moments, moments.map((m) => series.objects[m]!)],
        series: [line('blocks in use', style('--accent'), true)],
      };
    case 'types':
      return {
        data: [[...samples.moments], ...samples.types.map(({ counts }) => [...counts])],
        series: samples.types.map(({ name }) => line(name, `hsl(${colourOf(name)} 55% 50%)`, false)),
      };
    case 'generations':
      return {
        data: [
          moments,
          ...[0, 1, 2].map((g) => moments.map((m) => share(series.generations[3 * m + g]!, thresholds[g]!))),
        ],
        series: [0, 1, 2].map((g) => line(`gen ${g} of ${thresholds[g]}`, style(`--gen${g}`), false)),
      };
  }
}

/** Percent of a threshold. */
function share(count: number, threshold: number): number {
  return threshold === 0 ? 0 : (100 * count) / threshold;
}

function line(label: string, stroke: string, isFilled: boolean): uPlot.Series {
  return {
    label,
    stroke,
    width: 1.6,
    points: { show: false },
    ...(isFilled ? { fill: `color-mix(in srgb, ${stroke} 14%, transparent)` } : {}),
  };
}

export class Chart {
  readonly #plot: uPlot;
  #moment = 0;

  /** `goTo` is called when a moment is pointed at with the button down. */
  constructor(parent: HTMLElement, recording: Recording, kind: ChartKind, goTo: (moment: number) => void) {
    const { data, series } = curvesOf(recording, kind);
    const last = Math.max(1, recording.series.lines.length - 1);
    this.#plot = new uPlot(
      {
        width: Math.max(60, parent.clientWidth),
        height: Math.max(40, parent.clientHeight),
        padding: [6, 8, 7, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
        scales: { x: { time: false, range: [0, last] }, y: { range: (_, _min, max) => [0, Math.max(1, max * 1.08)] } },
        axes: [{ show: false }, axis(kind)],
        series: [{}, ...series],
        hooks: { draw: [(plot) => this.#drawMoment(plot)] },
      },
      data,
      parent,
    );
    this.#listen(goTo, last);
  }

  /** Shows where the page is. */
  setMoment(moment: number): void {
    this.#moment = moment;
    this.#plot.redraw(false);
  }

  resize(width: number, height: number): void {
    if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #listen(goTo: (moment: number) => void, last: number): void {
    const { over } = this.#plot;
    const go = (event: PointerEvent): void => {
      const { left, width } = over.getBoundingClientRect();
      goTo(Math.round(Math.max(0, Math.min(1, (event.clientX - left) / width)) * last));
    };
    over.addEventListener('pointerdown', (event) => {
      over.setPointerCapture(event.pointerId);
      go(event);
    });
    over.addEventListener('pointermove', (event) => {
      if (event.buttons === 1) go(event);
    });
  }

  #drawMoment(plot: uPlot): void {
    const { ctx } = plot;
    const x = Math.round(plot.valToPos(this.#moment, 'x', true)) + 0.5;
    ctx.save();
    ctx.strokeStyle = style('--ink');
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x, plot.bbox.top);
    ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
    ctx.stroke();
    ctx.restore();
  }
}

function axis(kind: ChartKind): uPlot.Axis {
  return {
    size: 56,
    space: 22,
    stroke: style('--muted'),
    font: '11px system-ui, sans-serif',
    grid: { stroke: style('--line'), width: 1 },
    ticks: { show: false },
    values: (_, splits) => splits.map((value) => axisText(value, kind)),
  };
}

function axisText(value: number, kind: ChartKind): string {
  if (kind === 'generations') return `${value}%`;
  const unit = kind === 'bytes' ? 'B' : '';
  if (value >= 1e6) return `${(value / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} M${unit}`;
  if (value >= 1e4) return `${(value / 1e3).toLocaleString('en', { maximumFractionDigits: 1 })} k${unit}`;
  return `${value.toLocaleString('en')} ${unit}`.trim();
}
