// The device's log, live.

// More lines than this make the page slow on a phone; the device keeps fewer.
const MOST_LINES = 1000;

// Parts of the log in one go: a device that logs faster than it answers shall not keep the page busy for ever.
const MOST_PARTS = 20;

const log = { every: 2000, after: 0, paused: false };

// Asks for the lines since the last time, part by part until one has nothing new. 'take' gives false when they are not wanted any more.
async function takeLines(state, rest, take) {
  for (let part = 0; part < MOST_PARTS; part++) {
    const answer = await get('/api/log?after=' + state.after + rest);
    const isNew = answer.next !== state.after;
    if (!isNew || !take(answer)) {
      return;
    }
    state.after = answer.next;
  }
}

log.refresh = async () => {
  if (log.paused) {
    return;
  }
  const lines = $('log-lines');
  await takeLines(log, '', answer => {
    if (answer.next < log.after) {
      gap(lines, 'The device restarted.');
    } else if (log.after && answer.lost) {
      gap(lines, answer.lost + (answer.lost === 1 ? ' line was' : ' lines were') + ' lost: the device had no room for more.');
    }
    addLines(lines, answer.lines);
    filterLines();
    return true;
  });
  note();
};

function gap(list, text) {
  list.append(make('li', { class: 'gap', text }));
}

function addLines(list, lines) {
  // Whoever scrolled back to read something is left alone.
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const follow = isAtEnd && (list.id !== 'log-lines' || $('log-follow').checked);
  const items = lines.map(line => make('li', null, make('time', { text: clockText(line.ago) }), ' ', line.text));
  list.append(...items);
  while (list.children.length > MOST_LINES) {
    list.firstChild.remove();
  }
  if (follow && items.length) {
    list.scrollTop = list.scrollHeight;
  }
}

function filterLines() {
  const words = $('log-filter').value.toLowerCase().split(/\s+/).filter(word => word);
  for (const item of $('log-lines').children) {
    const text = item.textContent.toLowerCase();
    toggle(item, item.className === 'gap' || words.every(word => text.includes(word)));
  }
}

function note() {
  const all = $('log-lines').children;
  const shown = [...all].filter(item => !item.hidden).length;
  put($('log-note'), log.paused ? 'Paused. New lines stay on the device.'
    : all.length === 0 ? 'No lines yet.'
    : shown === 0 ? 'No lines match.'
    : '');
}

$('log-filter').addEventListener('input', () => {
  filterLines();
  note();
});

$('log-pause').addEventListener('click', () => {
  log.paused = !log.paused;
  $('log-pause').setAttribute('aria-pressed', String(log.paused));
  $('log-lines').setAttribute('aria-live', log.paused ? 'off' : 'polite');
  note();
  refreshNow();
});
