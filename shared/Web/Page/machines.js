// The view of the machines: a row for each, one of them open at a time. Rows stay while they are shown, so focus and what is typed stay too.

const STATES = {
  never: ['\u25CB', 'Not heard yet'],
  booting: ['\u25D0', 'Booting'],
  started: ['\u25D5', 'Started'],
  silent: ['\u25CC', 'Started, not heard since'],
  up: ['\u25CF', 'Up'],
  failed: ['\u2716', 'Failed'],
  refused: ['\u2298', 'Refused'],
  quiet: ['\u2013', 'Handed off'],
};

// The whole list is asked for this often, in milliseconds; between that only what changed. What the journal had to forget shows in the whole list only.
const WHOLE_EVERY = 30000;

const machines = { every: 2000, rows: new Map(), all: new Map(), profiles: [], open: '', since: 0, settings: -1, wholeAt: 0, isStale: true, log: { after: 0 } };

// What stands in the brackets of its section. One without an address is for all machines whose addresses begin so.
const keyOf = machine => machine.mac || machine.prefix;

machines.refresh = async () => {
  if (machines.isStale || Date.now() - machines.wholeAt > WHOLE_EVERY || !await takeChanges()) {
    await takeAll();
  }
  showMachines([...machines.all.values()]);
  showWaiting([...machines.all.values()]);
  if (machines.all.has(machines.open) && machines.all.get(machines.open).mac) {
    await refreshMachineLog();
  }
};

machines.show = () => {
  machines.isStale = true;
  tellMissingLoaders();
};

// What the usual machines need and the device neither has nor can fetch, before the first of them fails for want of it.
async function tellMissingLoaders() {
  try {
    const missing = (await get('/api/status')).missingLoaders || [];
    $('machines-loaders').textContent = missing.length ? 'No loader on the board or a mirror: ' + missing.join(', ') + '. Machines that need these get no answer. '
      + 'Put them in the mirror\u2019s loaders folder (Boot, Mirror) or in the image; they are in Debian\u2019s ipxe package and on github.com/ipxe/ipxe/releases.' : '';
    toggle($('machines-loaders'), missing.length > 0);
  } catch (failure) {
    complain(failure);
  }
}

function refreshMachines() {
  machines.isStale = true;
  refreshNow();
}

// The device answers in parts; each says where the next begins. Gives the first part: what changes while the others come is newer than that.
async function takeParts(since, take) {
  let first = null;
  let from = 0;
  while (from !== null) {
    const part = await get('/api/machines?since=' + since + '&from=' + from);
    first = first || part;
    // Their times count from now on.
    part.machines.forEach(machine => take({ ...machine, at: Date.now() }));
    from = part.next > from ? part.next : null;
  }
  return first;
}

async function takeAll() {
  const all = new Map();
  machines.isStale = false;
  const first = await takeParts(0, machine => all.set(keyOf(machine), machine));
  machines.profiles = (await get('/api/profiles')).filter(profile => !profile.builtIn);
  machines.all = all;
  machines.since = first.now;
  machines.settings = first.settings;
  machines.wholeAt = Date.now();
}

// False when all have to be asked for: the settings are others, or the device's clock began anew.
async function takeChanges() {
  const first = await takeParts(machines.since, machine => machines.all.set(keyOf(machine), machine));
  const isNext = first.settings === machines.settings && first.now >= machines.since;
  machines.since = first.now;
  return isNext;
}

function showMachines(list) {
  const table = $('machines-table');
  const found = new Set(list.map(keyOf));
  for (const [mac, row] of machines.rows) {
    if (!found.has(mac)) {
      row.body.remove();
      machines.rows.delete(mac);
      machines.open = machines.open === mac ? '' : machines.open;
    }
  }
  let before = table.tHead;
  for (const machine of list) {
    let row = machines.rows.get(keyOf(machine));
    if (!row) {
      row = makeRow(keyOf(machine));
      machines.rows.set(keyOf(machine), row);
    }
    // Moving takes the focus away, so only what is at a wrong place is moved.
    if (before.nextElementSibling !== row.body) {
      before.after(row.body);
    }
    before = row.body;
    showMachine(row, machine);
  }
  toggle(table, list.length > 0);
  toggle($('machines-empty'), list.length === 0);
}

function cell(label, properties, ...children) {
  return make('td', { role: 'cell', 'data-label': label, ...properties }, make('div', null, ...children));
}

function makeRow(mac) {
  const id = 'machine-' + mac.replace(/:/g, '-').replace('*', 'all');
  const row = { mac, id };
  row.name = make('span');
  row.button = make('button', { type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-controls': id, onclick: () => openMachine(mac) }, row.name);
  row.under = make('small', { class: 'mono' });
  row.address = make('span', { class: 'mono address' });
  row.firmware = make('span');
  row.profile = make('span');
  row.once = make('span', { class: 'badge', hidden: true });
  row.icon = make('i', { 'aria-hidden': 'true' });
  row.word = make('span');
  row.state = make('span', { class: 'state' }, row.icon, row.word);
  row.stage = make('small');
  row.seen = make('span');
  row.whyText = make('p');
  row.why = make('tr', { class: 'why', role: 'row', hidden: true }, make('td', { role: 'cell', colspan: 6 }, row.whyText));
  row.panel = make('td', { role: 'cell', colspan: 6 });
  row.detail = make('tr', { class: 'detail', role: 'row', id, hidden: true }, row.panel);
  row.body = make('tbody', { role: 'rowgroup', 'data-mac': mac },
    make('tr', { role: 'row' },
      make('td', { role: 'cell', class: 'name' }, row.button, row.under),
      cell('Address', null, row.address),
      cell('Firmware', null, row.firmware),
      cell('Profile', null, row.profile, ' ', row.once),
      cell('State', null, row.state, row.stage),
      cell('Seen', null, row.seen)),
    row.why,
    row.detail);
  return row;
}

function showMachine(row, machine) {
  const age = Date.now() - machine.at;
  row.machine = machine;
  const state = !machine.mac ? ['', ''] : isWaiting(machine) ? ['?', 'Asks'] : STATES[machine.state] || ['?', machine.state];
  const covered = machine.mac && machine.prefix;
  put(row.name, machine.name || keyOf(machine));
  put(row.under, machine.name ? machine.mac : !machine.mac ? 'all whose addresses begin so' : machine.known ? '' : covered ? 'by ' + covered : 'not in the settings');
  put(row.address, machine.address || '\u2013');
  put(row.firmware, machine.firmware || '\u2013');
  put(row.profile, machine.profile || (covered ? 'by ' + covered : 'by boot rules'));
  put(row.once, machine.once ? 'next: ' + machine.once : '');
  toggle(row.once, machine.once);
  row.state.className = 'state ' + (STATES[machine.state] ? machine.state : '');
  put(row.icon, state[0]);
  put(row.word, state[1]);
  put(row.stage, machine.stage ? 'reached: ' + stageName(machine.stage) : '');
  put(row.seen, typeof machine.seen === 'number' ? agoText(machine.seen + age) : machine.mac ? 'never' : '\u2013');
  put(row.whyText, machine.why ? sentence(machine.why.text) : '');
  toggle(row.why, machine.why);
  row.why.classList.toggle('warn', machine.state !== 'failed');
  if (machines.open === row.mac) {
    showDetails(row);
  }
}

function openMachine(mac) {
  const old = machines.rows.get(machines.open);
  if (old) {
    old.button.setAttribute('aria-expanded', 'false');
    toggle(old.detail, false);
    old.panel.replaceChildren();
    old.parts = null;
  }
  machines.open = machines.open === mac ? '' : mac;
  const row = machines.rows.get(machines.open);
  if (row) {
    machines.log = { after: 0 };
    row.button.setAttribute('aria-expanded', 'true');
    row.parts = makeDetails(row);
    row.panel.append(row.parts.panes);
    showDetails(row);
    toggle(row.detail, true);
    refreshNow();
  }
}

function makeDetails(row) {
  const parts = { boots: make('ul', { class: 'boots', 'aria-label': 'Last boots' }), none: make('p', { class: 'empty', text: 'It has not booted since this device started.' }) };
  const mac = row.mac;
  const section = 'machine ' + mac;
  const press = (work, done, place) => async event => {
    if (place) {
      right(place);
    }
    if (await act(event.currentTarget, work, done, place)) {
      refreshMachines();
    }
  };
  const withButton = (id, label, input, text, work, done) =>
    field(id, label, input, '', make('button', { type: 'button', text, onclick: press(work, done, input) }));
  parts.once = make('select');
  parts.profile = make('select');
  parts.menuDefault = make('select');
  parts.name = textInput({ maxlength: 24 });
  parts.loader = textInput({ maxlength: 64 });
  for (const select of [parts.once, parts.profile]) {
    // What a person chose and did not send yet is not overwritten by the next poll.
    select.addEventListener('change', () => { select.dataset.touched = '1'; });
  }
  const settle = select => { delete select.dataset.touched; };
  parts.name.value = row.machine.name || '';
  parts.remove = make('button', { type: 'button', class: 'danger', text: 'Remove from settings', onclick: () => ask(
    'Remove this machine?', (row.machine.mac ? (row.machine.name || mac) + ' loses its name and profile. It reappears the next time it is heard.' : 'Machines whose addresses begin so follow the boot rules.'), 'Remove',
    async () => { await post('/api/settings/remove', { section }); say('Removed.'); refreshMachines(); }) });
  parts.facts = make('p', { class: 'hint mono' });
  parts.lines = make('ol', { class: 'lines', 'aria-label': 'Log of this machine', tabindex: '0' });
  parts.noLines = make('p', { class: 'empty', text: 'No lines yet.' });
  parts.panes = make('div', { class: 'panes' },
    make('div', null,
      make('h2', { text: 'Last boots' }), parts.none, parts.boots, parts.facts,
      make('h2', { text: 'Log' }), parts.noLines, parts.lines),
    make('div', null,
      make('h2', { text: 'What it boots' }),
      withButton(row.id + '-once', 'Next boot only', parts.once, 'Set',
        () => post('/api/once', { mac, profile: parts.once.value }).then(() => settle(parts.once)), 'Next boot set.'),
      withButton(row.id + '-profile', 'Profile', parts.profile, 'Assign',
        () => setKey(section, 'profile', parts.profile.value).then(() => settle(parts.profile)), 'Profile assigned.'),
      parts.ofMenu = field(row.id + '-menu-default', 'From a menu', parts.menuDefault, 'What it boots when nobody chooses',
        make('button', { type: 'button', text: 'Set', 'aria-label': 'Set menu default', onclick: press(() => setKey(section, 'menu-default', parts.menuDefault.value), 'Menu default set.', parts.menuDefault) })),
      withButton(row.id + '-name', 'Name', parts.name, 'Save', () => setKey(section, 'name', parts.name.value.trim()), 'Name saved.'),
      field(row.id + '-loader', 'Loader', parts.loader, 'File that this machine gets instead of its platform\u2019s, for example ipxe.efi; empty: same as its platform',
        make('button', { type: 'button', text: 'Save', 'aria-label': 'Save loader', onclick: press(() => setKey(section, 'loader', parts.loader.value.trim()), 'Loader saved.', parts.loader) })),
      make('div', { class: 'buttons' },
        parts.wake = make('button', { type: 'button', text: 'Wake', onclick: press(() => post('/api/wake', { mac }), 'Wake-up packet sent. The machine starts if Wake-on-LAN is enabled.') }),
        make('button', { type: 'button', text: 'Ignore', onclick: press(() => post('/api/ignore', { mac }), 'It gets no more offers.') }),
        parts.remove)));
  toggle(parts.ofMenu, false);
  if (!row.machine.mac) {
    // What belongs to one machine is not there for several.
    toggle(parts.boots.parentElement, false);
    for (const part of [parts.once.closest('.field'), parts.name.closest('.field'), parts.wake]) {
      toggle(part, false);
    }
  }
  showOwnKeys(parts, section);
  return parts;
}

// They are in the settings' text only; what was typed before that came stays. Where there is no menu, nothing is asked about one.
async function showOwnKeys(parts, section) {
  try {
    const sections = parseSettings(await get('/api/settings'));
    if (!parts.loader.value) {
      parts.loader.value = valueOf(sections, section, 'loader');
    }
    const own = valueOf(sections, section, 'menu-default');
    const items = sections.flatMap(({ head, keys }) => keys.filter(([key]) => head.startsWith('profile ') && key === 'item').map(([, value]) => value.split(' ')[0]));
    fillSelect(parts.menuDefault, [['', 'The menu\u2019s own default'], ...[...new Set(items)].map(name => [name, name])], own);
    toggle(parts.ofMenu, own || items.length);
  } catch (failure) {
    complain(failure);
  }
}

function showDetails(row) {
  const parts = row.parts;
  const machine = row.machine;
  const names = machines.profiles.map(profile => [profile.name, profile.name]);
  if (!parts.once.dataset.touched && document.activeElement !== parts.once) {
    fillSelect(parts.once, [['', 'As usual'], ...names], machine.once || '');
  }
  if (!parts.profile.dataset.touched && document.activeElement !== parts.profile) {
    fillSelect(parts.profile, [['', 'By boot rules'], ...names], machine.profile || '');
  }
  toggle(parts.remove, machine.known);
  const facts = machine.uuid ? 'UUID ' + machine.uuid : '';
  put(parts.facts, facts);
  toggle(parts.facts, facts);
  showBoots(parts, machine.boots || [], Date.now() - machine.at);
}

async function refreshMachineLog() {
  const mac = machines.open;
  const state = machines.log;
  await takeLines(state, '&machine=' + encodeURIComponent(mac), answer => {
    const row = machines.rows.get(mac);
    // Another may have been opened meanwhile.
    if (!row || !row.parts || machines.log !== state) {
      return false;
    }
    addLines(row.parts.lines, answer.lines);
    toggle(row.parts.noLines, !row.parts.lines.firstChild);
    toggle(row.parts.lines, row.parts.lines.firstChild);
    return true;
  });
}
