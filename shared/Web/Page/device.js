// The view of the device itself. It shows what /api/status says: what it knows by its name, and anything else as it comes.

const device = { every: 5000 };

const STATUS_LABELS = {
  name: 'Name', version: 'Netboot', board: 'Board', firmware: 'Firmware', address: 'Address', mac: 'MAC', clock: 'Clock', uptime: 'Up for',
  freeMemory: 'Free memory', restarts: 'Service restarts', faults: 'Faults survived', lastRestart: 'Last restart', mirror: 'Mirror', loadersFrom: 'Loaders from',
  dhcp: 'DHCP', tftp: 'TFTP', http: 'HTTP', dns: 'DNS',
};

// What another server does, by the flags of /api/status.
const OTHER_LABELS = { gives: 'gives out addresses', boot: 'sends its own boot options', noProxy: 'tells iPXE not to wait for proxies' };

const SOURCES = { firmware: 'built in', storage: 'the board\u2019s storage', mirror: 'the mirror' };

device.refresh = async () => {
  const status = await get('/api/status');
  const key = JSON.stringify(status);
  const selection = getSelection();
  const isSelected = !selection.isCollapsed && $('device-facts').contains(selection.anchorNode);
  if (device.key === key || isSelected) {
    // Whoever copies a hash needs it to stay.
    return;
  }
  device.key = key;
  const facts = Object.entries(status).filter(([name]) => !['loaders', 'counters', 'others', 'relays'].includes(name));
  $('device-facts').replaceChildren(
    (status.relays || []).length ? relaysCard(status.relays) : '',
    make('div', { class: 'card' }, list(facts)),
    make('div', { class: 'card' }, make('h2', { text: 'Loaders' }), loadersTable(status.loaders || [])),
    make('div', { class: 'card' }, make('h2', { text: 'Counters since start-up' }),
      make('div', { class: 'facts' }, ...Object.entries(status.counters || {}).map(([service, counters]) =>
        make('div', null, make('h3', { text: labelOf(service) }), list(Object.entries(counters)))))),
    status.others ? make('div', { class: 'card' }, make('h2', { text: 'Other servers heard' }), othersList(status.others)) : '');
};

function labelOf(name) {
  return STATUS_LABELS[name] || capital(name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase());
}

function list(entries) {
  return make('dl', null, ...entries.flatMap(([name, value]) => [make('dt', { text: labelOf(name) }), make('dd', { text: valueText(name, value) })]));
}

function valueText(name, value) {
  if (value === null || value === '') {
    return name === 'clock' ? 'not set' : '\u2013';
  }
  if (Array.isArray(value)) {
    return value.map(each => valueText('', each)).join(', ') || 'none';
  }
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, each]) => labelOf(key).toLowerCase() + ' ' + valueText(key, each)).join(', ');
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (typeof value === 'number') {
    return name === 'uptime' ? spanText(value * 1000)
      : name === 'ago' ? agoText(value)
      : name === 'freeMemory' ? (value < 0 ? 'not known' : bytesText(value))
      : value.toLocaleString();
  }
  return name === 'clock' ? new Date(value).toLocaleString() : String(value);
}

function loadersTable(loaders) {
  if (!loaders.length) {
    return make('p', { class: 'empty', text: 'No loader is on the board. Boards stream them from the mirror: set its loaders folder.' });
  }
  const head = ['File', 'From', 'Version', 'Size', 'SHA-256'].map(text => make('th', { role: 'columnheader', scope: 'col', text }));
  const rows = loaders.map(loader => make('tr', { role: 'row' },
    cell('File', null, make('b', { text: loader.name })),
    cell('From', null, SOURCES[loader.source] || loader.source || '\u2013'),
    cell('Version', null, loader.version || '\u2013'),
    cell('Size', null, typeof loader.bytes === 'number' ? bytesText(loader.bytes) : '\u2013'),
    cell('SHA-256', { class: 'mono' }, loader.hash || '\u2013')));
  return make('table', { class: 'cards', role: 'table', 'aria-label': 'Loaders' },
    make('thead', { role: 'rowgroup' }, make('tr', { role: 'row' }, ...head)),
    make('tbody', { role: 'rowgroup' }, ...rows));
}

function othersList(others) {
  if (!others.length) {
    return make('p', { class: 'empty', text: 'None. DHCP servers and other boot servers that answer by broadcast are listed here.' });
  }
  return make('ul', null, ...others.map(other => make('li', {
    text: typeof other === 'object' ? Object.entries(other).filter(([, value]) => value !== false).map(([name, value]) => value === true ? OTHER_LABELS[name] || labelOf(name) : valueText(name, value)).join(', ') : String(other),
  })));
}

// Machines of other subnets come by a relay agent, often the router. Anybody can send such packets, so nobody is answered until the owner says so.
function relaysCard(relays) {
  return make('div', { class: 'card', id: 'relays' },
    make('h2', { text: 'Relay agents that are not allowed' }),
    make('p', { class: 'hint', text: 'They forwarded requests from machines in other subnets, which get no answer. Allow the relay agents that are yours.' }),
    make('ul', { class: 'boots' }, ...relays.map(relay => make('li', { class: 'row' },
      make('span', null, make('b', { text: relay.address }), ', heard ' + agoText(relay.ago)),
      make('button', {
        type: 'button', text: 'Allow', 'aria-label': 'Allow ' + relay.address,
        onclick: event => act(event.currentTarget, () => allowRelay(relay.address), 'Machines behind ' + relay.address + ' now get answers.'),
      })))));
}

async function allowRelay(address) {
  const relays = valueOf(parseSettings(await get('/api/settings')), 'dhcp', 'relays').split(/[\s,]+/).filter(Boolean);
  // Its subnet is taken to have 24 bits; another prefix can be set in the settings.
  await setKey('dhcp', 'relays', [...relays, address].join(' '));
  device.key = null;
  refreshNow();
}

$('reboot').addEventListener('click', () => ask('Reboot the device?', 'It will be offline for a few seconds. You will have to log in again.', 'Reboot', async () => {
  await post('/api/reboot');
  say('The device is restarting.');
}));

$('reset').addEventListener('click', () => ask('Reset to factory settings?',
  'This erases all settings and the password: mirror, profiles, machines, and the key of the board\u2019s own access point. The network settings stay. Download a backup first. Then enter your password:', 'Erase everything',
  async password => {
    await post('/api/reset', { password });
    say('The device is erasing its settings and restarting.');
  }, true));
