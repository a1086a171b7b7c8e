// What the mirror says can be booted from it: its netboot.json. That is a stranger's text, so it is looked at field by field, and shown as text only.

const FOUND_VERSION = 1;

// More than any title, URL or reason has that a person could use.
const FOUND_LONGEST = 1000;

// A text in one line, without signs that turn the direction of what follows; '' for anything else.
function lineOf(value) {
  return typeof value === 'string' ? value.slice(0, FOUND_LONGEST).replace(/[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim() : '';
}

function listOf(value) {
  return Array.isArray(value) ? value : [];
}

// { entries, notOffered, unusable }; throws a Failure that says what is wrong with the whole.
function parseFound(text) {
  let root;
  try {
    root = JSON.parse(text);
  } catch (error) {
    throw new Failure(502, 'The mirror\u2019s netboot.json is not JSON: ' + error.message + '. Write it with netboot mirror list DIR --json.');
  }
  if (!root || root.version !== FOUND_VERSION || !Array.isArray(root.entries)) {
    throw new Failure(502, 'The mirror\u2019s netboot.json is not a list that this page knows: it needs "version": ' + FOUND_VERSION + ' and "entries". Write it with netboot mirror list DIR --json.');
  }
  const entries = root.entries.map(foundEntry).filter(entry => entry);
  return { entries, notOffered: listOf(root.notOffered).map(foundReason).filter(reason => reason), unusable: root.entries.length - entries.length };
}

// An entry as the profile that it makes; null for one that lacks what it needs.
function foundEntry(entry) {
  const title = lineOf(entry && entry.title);
  const kernel = lineOf(entry && entry.kernel);
  const initrds = listOf(entry && entry.initrds).map(initrd => (lineOf(initrd && initrd.url) + ' ' + lineOf(initrd && initrd.name)).trim());
  if (!title || !kernel || initrds.some(initrd => !initrd)) {
    return null;
  }
  const machines = [entry.bios === true ? 'BIOS' : '', lineOf(entry.efi) ? 'UEFI ' + lineOf(entry.efi) : ''].filter(each => each).join(', ');
  const isScript = entry.kind === 'script';
  return {
    title, machines: isScript ? 'any' : machines || '\u2013', bytes: Number.isFinite(entry.bytes) && entry.bytes > 0 ? bytesText(entry.bytes) : '\u2013',
    draft: {
      name: nameOf(title), kind: isScript ? 'script' : 'linux',
      values: isScript ? { script: kernel } : { kernel, initrd: initrds.join('\n'), 'command-line': lineOf(entry.commandLine) },
    },
  };
}

function foundReason(file) {
  const path = lineOf(file && file.path);
  return path && path + ': ' + (lineOf(file.reason) || 'no reason given');
}

// A profile's name out of a title: letters, digits and - . _
function nameOf(title) {
  return title.toLowerCase().replace(/[^a-z0-9._]+/g, '-').replace(/^[-._]+/, '').slice(0, 24).replace(/[-._]+$/, '');
}

function showFound(found) {
  put($('found-state'), found.entries.length ? '' : 'The mirror has nothing to boot from.');
  toggle($('found-state'), !found.entries.length);
  $('found-entries').replaceChildren(...found.entries.map(entry => make('tr', { role: 'row' },
    cell('What', null, make('b', { text: entry.title })),
    cell('Machines', null, entry.machines),
    cell('Size', null, entry.bytes),
    make('td', { role: 'cell' }, make('div', { class: 'buttons' },
      make('button', { type: 'button', text: 'Make profile', 'aria-label': 'Make a profile of ' + entry.title, onclick: () => newProfile(entry.draft) }))))));
  toggle($('found-table'), found.entries.length);
  const rest = found.notOffered.map(reason => 'Not offered: ' + reason);
  if (found.unusable) {
    rest.push(found.unusable + (found.unusable === 1 ? ' entry has' : ' entries have') + ' no title, no kernel, or an initrd without a URL.');
  }
  $('found-rest').replaceChildren(...rest.map(text => make('li', { text })));
  toggle($('found-rest'), rest.length);
}

$('found-look').addEventListener('click', event => act(event.currentTarget, async () => {
  toggle($('found-error'), false);
  try {
    showFound(parseFound(await get('/api/mirror/list')));
  } catch (failure) {
    if (!isRefusal(failure)) {
      throw failure;
    }
    for (const id of ['found-table', 'found-rest', 'found-state']) {
      toggle($(id), false);
    }
    put($('found-error'), failure.message);
    toggle($('found-error'), true);
  }
}));
