/** The most rows on the page, and the most events kept of a channel. */
export const KEPT = 200;

const SHOWN_CHARACTERS = 4000;

/** The shortest time between two changes of the list: eyes do not follow more, and each one costs a layout. */
const PACE_MS = 100;

/** So many new rows at once need no mark to be seen. */
const FRESH_ROWS = 4;
const JSON_KEY = /("(?:[^"\\]|\\.)*")(?=\s*:)/;

/** A list of events, the newest first. */
export class Feed {
  #list;
  #template;
  #empty;
  #waiting = [];
  #timer = 0;
  #changed = 0;

  constructor(list, template, empty) {
    this.#list = list;
    this.#template = template;
    this.#empty = empty;
  }

  /** Shows these events, oldest first, instead of what is shown. */
  replace(events) {
    this.#waiting = events.slice(-KEPT);
    this.#list.replaceChildren();
    this.#flush(false);
  }

  add(event) {
    this.#waiting.push(event);
    if (this.#waiting.length > KEPT) {
      this.#waiting.shift();
    }
    this.#timer ||= setTimeout(() => this.#flush(true), this.#changed + PACE_MS - performance.now());
  }

  #flush(fresh) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#changed = performance.now();
    const rows = this.#waiting.map(event => this.#row(event, fresh && this.#waiting.length < FRESH_ROWS)).reverse();
    this.#waiting = [];
    this.#list.prepend(...rows);
    while (this.#list.childElementCount > KEPT) {
      this.#list.lastElementChild.remove();
    }
    this.#empty.hidden = this.#list.childElementCount > 0;
  }

  #row(event, fresh) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    const [time, name, data, id] = row.children;
    row.classList.toggle('fresh', fresh);
    time.dateTime = event.time.toISOString();
    time.textContent = clockTime(event.time);
    name.textContent = event.name;
    name.title = event.name;
    id.textContent = event.id;
    id.title = event.id;
    if (event.isGap) {
      row.classList.add('gap');
      data.append(gapText(event.data));
    } else {
      data.append(...dataNodes(event.data));
    }
    return row;
  }
}

function clockTime(time) {
  const part = (number, width = 2) => String(number).padStart(width, '0');
  return `${part(time.getHours())}:${part(time.getMinutes())}:${part(time.getSeconds())}`
      + `.${part(time.getMilliseconds(), 3)}`;
}

function gapText(data) {
  try {
    const {requested, oldest} = JSON.parse(data);
    const asked = requested ? ` after ${requested}` : '';
    const next = oldest ? `It goes on with ${oldest}.` : 'It goes on with what comes next.';
    return `Events${asked} are no longer kept. ${next}`;
  } catch {
    return data;
  }
}

/** The data as it came; where it is JSON, its keys are toned down. */
function dataNodes(data) {
  const hidden = data.length - SHOWN_CHARACTERS;
  if (hidden > 0) {
    return [`${data.slice(0, SHOWN_CHARACTERS)} … and ${hidden} more characters`];
  }
  if (!/^[{[]/.test(data)) {
    return [data];
  }
  return data.split(JSON_KEY).map((part, i) => {
    if (i % 2 === 0) {
      return part;
    }
    const key = document.createElement('span');
    key.className = 'key';
    key.textContent = part;
    return key;
  });
}
