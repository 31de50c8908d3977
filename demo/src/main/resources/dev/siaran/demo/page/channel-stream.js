/** How long to wait after the server has refused the stream; a lost connection is the browser's own business. */
const REFUSED_RETRY_MS = 2000;

/**
 * One channel's connection. Calls `onState('connecting' | 'open' | 'reconnecting')`, `onReconnect()` and `onEvent(event)`.
 */
export class ChannelStream {
  #channel;
  #names;
  #listener;
  #source = null;
  #retry = 0;
  #lost = false;
  #lastId;

  constructor(channel, names, lastId, listener) {
    this.#channel = channel;
    this.#names = new Set(names);
    this.#lastId = lastId;
    this.#listener = listener;
    this.#listener.onState('connecting');
    this.#open();
  }

  /** Listens for one more event name, at once. */
  listen(name) {
    if (!this.#names.has(name)) {
      this.#names.add(name);
      this.#source?.addEventListener(name, this.#receive);
    }
  }

  close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    // A new EventSource cannot set the header Last-Event-ID, so the id goes into the query
    const after = this.#lastId ? `?lastEventId=${encodeURIComponent(this.#lastId)}` : '';
    const source = new EventSource(`sse/${encodeURIComponent(this.#channel)}${after}`);
    source.onopen = () => this.#opened();
    source.onerror = event => this.#failed(event);
    for (const name of this.#names) {
      source.addEventListener(name, this.#receive);
    }
    this.#source = source;
  }

  #opened() {
    if (this.#lost) {
      this.#lost = false;
      this.#listener.onReconnect();
    }
    this.#listener.onState('open');
  }

  #failed(event) {
    if ('data' in event) {
      return; // an event that the server has named "error", not a failure
    }
    this.#lost = true;
    this.#listener.onState('reconnecting');
    if (this.#source?.readyState === EventSource.CLOSED) {
      // The server answered, but not with a stream (it is starting or stopping): EventSource gives up, this page does not
      this.#retry = setTimeout(() => this.#open(), REFUSED_RETRY_MS);
    }
  }

  #receive = event => {
    if ('data' in event) {
      this.#lastId = event.lastEventId || this.#lastId;
      this.#listener.onEvent(event);
    }
  };
}
