const element = id => document.getElementById(id);

/** The box to publish, and the same in code. */
export class Publisher {
  #onPublish;
  #language = 'java';

  /** Calls `onPublish(name)` before an event goes out, so that the page can listen for its name. */
  constructor(onPublish) {
    this.#onPublish = onPublish;
    const form = element('publish');
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#publish();
    });
    form.addEventListener('input', () => this.#showCode());
    element('publish-data').addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        form.requestSubmit();
      }
    });
    for (const button of document.querySelectorAll('[data-language]')) {
      button.addEventListener('click', () => this.#choose(button.dataset.language));
    }
    element('copy').addEventListener('click', () => this.#copy());
    this.#showCode();
  }

  /** Publishes to this channel unless the user chooses another. */
  useChannel(channel) {
    element('publish-channel').value = channel;
    this.#showCode();
  }

  #values() {
    return {
      channel: element('publish-channel').value.trim(),
      name: element('publish-name').value.trim(),
      data: element('publish-data').value,
    };
  }

  async #publish() {
    const {channel, name, data} = this.#values();
    this.#onPublish(name || 'message');
    const started = performance.now();
    try {
      const response = await fetch(path(channel, name), {
        method: 'POST', headers: {'Content-Type': 'text/plain; charset=UTF-8'}, body: data,
      });
      const took = Math.max(1, Math.round(performance.now() - started));
      this.#tell(response.ok, response.ok ? `${response.status} in ${took} ms` : await reason(response));
    } catch {
      this.#tell(false, 'The server does not answer');
    }
  }

  #tell(ok, text) {
    const result = element('publish-result');
    result.textContent = text;
    result.dataset.ok = ok;
  }

  #choose(language) {
    this.#language = language;
    for (const button of document.querySelectorAll('[data-language]')) {
      button.setAttribute('aria-pressed', button.dataset.language === language);
    }
    this.#showCode();
  }

  #showCode() {
    const values = this.#values();
    element('snippet').textContent = this.#language === 'java' ? java(values) : curl(values);
  }

  async #copy() {
    const button = element('copy');
    try {
      await navigator.clipboard.writeText(element('snippet').textContent);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Not allowed';
    }
    setTimeout(() => button.textContent = 'Copy', 1500);
  }
}

function path(channel, name) {
  const query = name ? `?event=${encodeURIComponent(name)}` : '';
  return `publish/${encodeURIComponent(channel)}${query}`;
}

async function reason(response) {
  const text = response.headers.get('Content-Type')?.startsWith('text/plain') ? await response.text() : '';
  return text || `${response.status} ${response.statusText}`;
}

/** JSON's escapes are Java's, too. */
function java({channel, name, data}) {
  const values = [channel, name || null, data].map(value => JSON.stringify(value)).join(', ');
  return `@Inject Event<SseQueueEvent> queue;\n\nqueue.fire(SseQueueEvent.of(\n    ${values}));`;
}

function curl({channel, name, data}) {
  const url = new URL(path(channel, name), document.baseURI);
  return `curl --data-raw ${quoted(data)} \\\n  ${quoted(url.href)}`;
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
