import {BIN_MS, WINDOW_MS} from './rate-history.js';

/** The right edge is this far in the past: a bin is smoothed with the bins after it, and they have to be complete. */
const LAG_MS = 1000;
const TOP = 8;
const BOTTOM = 22;
const LEFT = 34;
const RIGHT = 6;
const HATCH = 7;

/** Draws a RateHistory on a canvas, sliding. */
export class RateChart {
  #canvas;
  #context;
  #history;
  #scale = 4;
  #colours;
  #size = {width: 0, height: 0};

  constructor(canvas, history) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.#history = history;
    this.#readColours();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#readColours());
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setInterval(() => this.#draw(), 1000);
    } else {
      const frame = () => {
        this.#draw();
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }
  }

  show(history) {
    this.#history = history;
  }

  #readColours() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    this.#colours = {
      line: colour('--accent'), fill: colour('--accent-wash'), grid: colour('--line'),
      text: colour('--ink-3'), outage: colour('--warn-line'),
      font: `11px ${colour('--sans')}`,
    };
  }

  #resize() {
    const {width, height} = this.#canvas.getBoundingClientRect();
    this.#canvas.width = Math.round(width * devicePixelRatio);
    this.#canvas.height = Math.round(height * devicePixelRatio);
    this.#size = {width, height};
    this.#draw();
  }

  #draw() {
    const end = Date.now() - LAG_MS;
    const context = this.#context;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, this.#size.width, this.#size.height);
    const points = this.#points(end);
    this.#rescale(points);
    this.#drawGrid();
    context.save();
    context.beginPath();
    context.rect(LEFT, 0, this.#size.width - LEFT - RIGHT, this.#size.height);
    context.clip();
    this.#drawOutages(end);
    const line = this.#drawLine(points);
    context.restore();
    this.#drawNow(line);
  }

  #points(end) {
    const first = Math.floor(Math.max(end - WINDOW_MS, this.#history.since() - BIN_MS) / BIN_MS) - 1;
    const last = Math.floor(end / BIN_MS) + 1;
    const points = [];
    for (let bin = first; bin <= last; bin++) {
      points.push({x: this.#x((bin + 0.5) * BIN_MS, end), rate: this.#history.rate(bin)});
    }
    return points;
  }

  #x(time, end) {
    const right = this.#size.width - RIGHT;
    return right - (end - time) / WINDOW_MS * (right - LEFT);
  }

  #y(rate) {
    const base = this.#size.height - BOTTOM;
    return base - rate / this.#scale * (base - TOP);
  }

  /** Glides to the next round number above the peak: a scale that jumps is hard to read. */
  #rescale(points) {
    const target = ceiling(Math.max(0, ...points.map(point => point.rate)));
    this.#scale += (target - this.#scale) * 0.08;
    if (Math.abs(target - this.#scale) < target * 0.005) {
      this.#scale = target;
    }
  }

  #drawGrid() {
    const context = this.#context;
    const {grid, text, font} = this.#colours;
    const {height} = this.#size;
    const width = this.#size.width - RIGHT;
    const top = ceiling(this.#scale * 0.999);
    context.font = font;
    context.fillStyle = text;
    context.strokeStyle = grid;
    context.lineWidth = 1;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const value of [0, top / 2, top]) {
      const y = Math.round(this.#y(value)) + 0.5;
      if (y < TOP - 4) {
        continue;
      }
      context.beginPath();
      context.moveTo(LEFT, y);
      context.lineTo(width, y);
      context.stroke();
      context.fillText(String(value), LEFT - 8, y);
    }
    context.textBaseline = 'alphabetic';
    const labels = [['60 s ago', LEFT, 'left'], ['30 s', (LEFT + width) / 2, 'center'], ['now', width, 'right']];
    for (const [label, x, align] of labels) {
      context.textAlign = align;
      context.fillText(label, x, height - 5);
    }
  }

  #drawOutages(end) {
    const context = this.#context;
    const base = this.#size.height - BOTTOM;
    context.strokeStyle = this.#colours.outage;
    context.lineWidth = 1;
    for (const {from, to} of this.#history.outages()) {
      const left = Math.max(LEFT, this.#x(from, end));
      const right = this.#x(Math.min(to, end), end);
      if (right <= left) {
        continue;
      }
      context.save();
      context.beginPath();
      context.rect(left, TOP, right - left, base - TOP);
      context.clip();
      context.beginPath();
      // The hatching is tied to the time, so that it slides with the line and does not shimmer
      const origin = this.#x(from, end);
      for (let x = origin + Math.floor((left - base - origin) / HATCH) * HATCH; x < right; x += HATCH) {
        context.moveTo(x, base);
        context.lineTo(x + base, 0);
      }
      context.stroke();
      context.restore();
    }
  }

  /** Draws the smoothed line through the middles between the points; returns its last two. */
  #drawLine(points) {
    if (points.length < 3) {
      return [];
    }
    const context = this.#context;
    const base = this.#y(0);
    const middles = points.slice(1).map((point, i) => ({
      x: (points[i].x + point.x) / 2, y: this.#y((points[i].rate + point.rate) / 2),
    }));
    const line = new Path2D();
    line.moveTo(middles[0].x, middles[0].y);
    for (let i = 1; i < middles.length; i++) {
      line.quadraticCurveTo(points[i].x, this.#y(points[i].rate), middles[i].x, middles[i].y);
    }
    const area = new Path2D(line);
    area.lineTo(middles.at(-1).x, base);
    area.lineTo(middles[0].x, base);
    context.fillStyle = this.#colours.fill;
    context.fill(area);
    context.strokeStyle = this.#colours.line;
    context.lineWidth = 1.75;
    context.lineJoin = 'round';
    context.stroke(line);
    return middles.slice(-2);
  }

  /** A dot where the line leaves on the right. */
  #drawNow([before, after]) {
    if (!after) {
      return;
    }
    const x = this.#size.width - RIGHT;
    const share = Math.min(1, Math.max(0, (x - before.x) / (after.x - before.x)));
    const context = this.#context;
    context.beginPath();
    context.arc(x, before.y + share * (after.y - before.y), 3.5, 0, 2 * Math.PI);
    context.fillStyle = this.#colours.line;
    context.fill();
  }
}

/** The next round number, of which the half is round too. */
function ceiling(value) {
  for (let unit = 1; unit < 1e9; unit *= 10) {
    const step = [4, 6, 8, 10, 12, 16, 20, 30].find(candidate => candidate * unit >= value);
    if (step) {
      return step * unit;
    }
  }
  return value;
}
