export const WINDOW_MS = 60_000;
export const BIN_MS = 250;

/** A little more than the window, so that the smoothing has neighbours at both ends. */
const BINS = WINDOW_MS / BIN_MS + 24;

/** Hann weights over two seconds: a lone event becomes a soft hill whose area is one event. */
const KERNEL = (() => {
  const weights = Array.from({length: 7}, (_, i) => (1 + Math.cos(((i - 3) / 4) * Math.PI)) / 2);
  const sum = weights.reduce((a, b) => a + b);
  return weights.map(weight => weight / sum * (1000 / BIN_MS));
})();

/** How many events came when, in bins of a quarter second, and when there was no connection. */
export class RateHistory {
  #counts = new Uint32Array(BINS);
  #newest = Math.floor(Date.now() / BIN_MS);
  #since = Infinity;
  #outages = [];

  add(time) {
    this.#advance(time);
    this.#counts[this.#newest % BINS]++;
  }

  /** Notes whether events can come from now on. */
  connected(isConnected, time) {
    const last = this.#outages.at(-1);
    const isOut = last?.to === Infinity;
    if (isConnected) {
      this.#since = Math.min(this.#since, time);
      if (isOut) {
        last.to = time;
      }
    } else if (!isOut && this.#since !== Infinity) {
      this.#outages.push({from: time, to: Infinity});
    }
    this.#outages = this.#outages.filter(outage => outage.to > time - 2 * WINDOW_MS);
  }

  /** When the first connection was made. */
  since() {
    return this.#since;
  }

  /** The times without a connection since then. */
  outages() {
    return this.#outages;
  }

  /** The smoothed rate, in events per second, in the bin with this number. */
  rate(bin) {
    let sum = 0;
    for (let i = 0; i < KERNEL.length; i++) {
      sum += this.#count(bin + i - 3) * KERNEL[i];
    }
    return sum;
  }

  /** Events per second over the last seconds that are complete. */
  recent(time, seconds) {
    this.#advance(time);
    let sum = 0;
    for (let i = 1; i <= seconds * 1000 / BIN_MS; i++) {
      sum += this.#count(this.#newest - i);
    }
    return sum / seconds;
  }

  #count(bin) {
    return bin > this.#newest || bin <= this.#newest - BINS ? 0 : this.#counts[bin % BINS];
  }

  #advance(time) {
    const bin = Math.floor(time / BIN_MS);
    for (let next = Math.max(this.#newest + 1, bin - BINS + 1); next <= bin; next++) {
      this.#counts[next % BINS] = 0;
    }
    this.#newest = Math.max(this.#newest, bin);
  }
}
