import './clock.js';
import {ChannelStream} from './channel-stream.js';
import {Feed, KEPT} from './feed.js';
import {Publisher} from './publisher.js';
import {RateChart} from './rate-chart.js';
import {RateHistory} from './rate-history.js';

const CHANNELS = ['demo', 'news', 'chat'];
const NAMES = ['message', 'tick', 'weather', 'ferry', 'headline', 'chat', 'gap'];
const GAP = 'gap';
const STATES = {connecting: 'Connecting', open: 'Open', reconnecting: 'Reconnecting'};

/** What a stream sends in its first moments is what was missed: news, but no measure of the rate. */
const CATCH_UP_MS = 500;

const element = id => document.getElementById(id);

/** What is known of a channel, also while another one is open. */
class Channel {
  events = [];
  received = 0;
  reconnects = 0;
  lastId = '';
  openedAt = 0;
  rates = new RateHistory();

  constructor(name) {
    this.name = name;
  }

  keep(event) {
    this.received++;
    this.lastId = event.id || this.lastId;
    this.events.push(event);
    if (this.events.length > KEPT) {
      this.events.shift();
    }
    if (event.time - this.openedAt > CATCH_UP_MS) {
      this.rates.add(event.time.getTime());
    }
  }
}

const channels = new Map();
const names = new Set();
const feed = new Feed(element('feed'), element('row'), element('empty'));
const chart = new RateChart(element('chart'), new RateHistory());
const publisher = new Publisher(listenFor);
let active = null;
let stream = null;
let paused = false;
let unseen = 0;

function activate(name) {
  if (active?.name === name) {
    return;
  }
  stream?.close();
  active?.rates.connected(false, Date.now());
  active = channels.get(name) ?? addChannel(name);
  for (const tab of element('tabs').children) {
    const selected = tab.dataset.channel === name;
    tab.setAttribute('aria-selected', selected);
    tab.tabIndex = selected ? 0 : -1;
    if (selected) {
      element('stream').setAttribute('aria-labelledby', tab.id);
      tab.scrollIntoView({block: 'nearest', inline: 'nearest'});
    }
  }
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
  publisher.useChannel(name);
  chart.show(active.rates);
  setPaused(false);
  stream = connect(active);
  showReadings();
}

function connect(channel) {
  return new ChannelStream(channel.name, names, channel.lastId, {
    onState(state) {
      element('stream').dataset.state = state;
      element('state').textContent = STATES[state];
      channel.openedAt = state === 'open' ? Date.now() : channel.openedAt;
      channel.rates.connected(state === 'open', Date.now());
    },
    onReconnect() {
      channel.reconnects++;
    },
    onEvent({type, data, lastEventId}) {
      const event = {name: type, data, id: lastEventId, time: new Date(), isGap: type === GAP};
      channel.keep(event);
      if (paused) {
        unseen++;
      } else {
        feed.add(event);
      }
    },
  });
}

function addChannel(name) {
  const channel = new Channel(name);
  channels.set(name, channel);
  const tab = document.createElement('button');
  tab.id = `tab-${channels.size - 1}`;
  tab.type = 'button';
  tab.role = 'tab';
  tab.className = 'tab';
  tab.dataset.channel = name;
  tab.textContent = name;
  tab.setAttribute('aria-controls', 'stream');
  tab.addEventListener('click', () => activate(name));
  element('tabs').append(tab);
  element('known-channels').append(new Option(name));
  return channel;
}

function moveInTabs(event) {
  const tabs = [...element('tabs').children];
  const at = tabs.indexOf(document.activeElement);
  const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  if (at >= 0 && step) {
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next.focus();
    activate(next.dataset.channel);
  }
}

function listenFor(name) {
  if (names.has(name)) {
    return;
  }
  names.add(name);
  stream?.listen(name);
  const chip = document.createElement('li');
  chip.textContent = name;
  element('names').append(chip);
  element('known-names').append(new Option(name));
}

function setPaused(pause) {
  paused = pause;
  unseen = 0;
  element('pause').setAttribute('aria-pressed', pause);
  if (!pause) {
    feed.replace(active.events);
  }
  showReadings();
}

function clear() {
  active.events = [];
  unseen = 0;
  feed.replace([]);
}

function showReadings() {
  set('rate', shortNumber(active.rates.recent(Date.now(), 4)));
  set('reconnects', active.reconnects);
  set('received', active.received.toLocaleString('en'));
  set('last-id', active.lastId || '–');
  set('pause', paused ? `Resume${unseen ? ` (${unseen})` : ''}` : 'Pause');
}

/** One decimal where it says something; never much wider than before. */
function shortNumber(value) {
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

function set(id, value) {
  const target = element(id);
  const text = String(value);
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

function onSubmit(id, inputId, action) {
  element(id).addEventListener('submit', event => {
    event.preventDefault();
    const value = element(inputId).value.trim();
    if (value) {
      action(value);
      event.target.reset();
    }
  });
}

NAMES.forEach(listenFor);
CHANNELS.forEach(addChannel);
onSubmit('add-channel', 'channel-name', activate);
onSubmit('add-name', 'event-name', listenFor);
element('tabs').addEventListener('keydown', moveInTabs);
element('pause').addEventListener('click', () => setPaused(!paused));
element('clear').addEventListener('click', clear);
addEventListener('hashchange', () => activate(channelOfAddress()));
setInterval(showReadings, 250);
activate(channelOfAddress());

function channelOfAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)).slice(0, 200) || CHANNELS[0];
  } catch {
    return CHANNELS[0];
  }
}
