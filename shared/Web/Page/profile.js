// The dialog that makes or changes a profile. Its keys depend on each other, so all of them are set in one change.

const KINDS = {
  linux: 'Linux: kernel and initrd', script: 'iPXE script or program', inline: 'iPXE script kept on this device', menu: 'Menu to choose from',
  api: 'What a server says for each machine (Pixiecore\u2019s API)',
  local: 'The machine\u2019s own disk', ignore: 'Ignore: no offer', deny: 'Refuse, and say so on the screen',
};

const URL_HINT = 'Relative to the mirror\u2019s URL, or a full URL';
const TEMPLATES = 'Filled in for each machine, in URLs too: {mac} {mac-hyphen} {uuid} {serial} {hostname} {arch} {ip} {device} {mirror} {name}; {{ URL "path" }} is a file on the mirror';
const SCRIPT_HINT = 'One command per line, without #!ipxe. Lines that begin with # are refused; blank lines are left out. ' + TEMPLATES;

// What has lines is a text of that many rows; with 'each' every line is a value of its own, otherwise a line end is a blank.
const PROFILE_KEYS = [
  { key: 'script', kinds: 'script', label: 'Script URL', hint: URL_HINT },
  { key: 'identity', kinds: 'script', label: 'Tell the script which machine this is', hint: 'Adds MAC, UUID and more to the URL', choices: [['', 'Default'], ['yes', 'Yes'], ['no', 'No']] },
  { key: 'kernel', kinds: 'linux', label: 'Kernel URL', hint: URL_HINT },
  { key: 'initrd', kinds: 'linux', label: 'Initrd URLs', hint: 'One per line, up to eight. A name after the URL, such as /proxmox.iso, makes it a file in the kernel\u2019s root', lines: 3, each: true },
  { key: 'command-line', kinds: 'linux', label: 'Command line', hint: TEMPLATES, lines: 3 },
  { key: 'message', kinds: 'deny', label: 'Message on the machine\u2019s screen', hint: 'One line; {mac}, {name} and the like are filled in' },
  { key: 'item', kinds: 'menu', label: 'Items', hint: 'One per line: a profile\u2019s name, then what the menu calls it. Up to 16', lines: 6, each: true },
  { key: 'default', kinds: 'menu', label: 'Default', hint: 'What boots when nobody chooses; a machine may have its own', choices: [] },
  { key: 'timeout', kinds: 'menu', label: 'Seconds to wait', hint: 'Up to 900; 0 waits forever; empty: 10', number: true },
  { key: 'shell', kinds: 'menu', label: 'Offer iPXE\u2019s shell', hint: 'Whoever sits at the machine can then run any iPXE command', choices: [['', 'Default: no'], ['yes', 'Yes'], ['no', 'No']] },
  { key: 'api', kinds: 'api', label: 'API URL', hint: 'The device asks it for URL/v1/boot/MAC, and the answer names kernel, initrds and command line' },
  { key: 'line', kinds: 'inline', label: 'Script', hint: SCRIPT_HINT, lines: 12, each: true },
];

// Bytes that one field of a form may have.
const FIELD = 960;

const profileDialog = { inputs: {}, preset: null, loaders: [], adds: make('div', { class: 'buttons', role: 'group', 'aria-label': 'Add an item' }) };

profileDialog.name = textInput({ maxlength: 24, required: true });
profileDialog.kind = fillSelect(make('select'), Object.entries(KINDS), 'linux');
profileDialog.start = fillSelect(make('select'), [['', 'Nothing'], ...PRESETS.map(({ name, title }) => [name, title])], '');
$('profile-fields').append(
  field('profile-name', 'Name', profileDialog.name, 'Letters, digits and - . _'),
  field('profile-start', 'Start from', profileDialog.start, 'A public menu or installer; all of it can be changed below'),
  field('profile-kind', 'Kind', profileDialog.kind));
for (const row of PROFILE_KEYS) {
  const input = row.choices ? fillSelect(make('select'), row.choices, '')
    : row.lines ? make('textarea', { rows: row.lines, spellcheck: 'false', autocapitalize: 'none', class: 'code', wrap: row.each ? 'off' : false })
    : textInput({ inputmode: row.number ? 'numeric' : false });
  profileDialog.inputs[row.key] = input;
  $('profile-fields').append(field('profile-' + row.key, row.label, input, row.hint));
}
$(profileDialog.inputs.item.id + '-error').after(profileDialog.adds);

// Blanks at the ends of a line go, as on the device.
function linesOf(key) {
  return profileDialog.inputs[key].value.split('\n').map(line => line.trim()).filter(line => line);
}

// The default is one of the items typed so far; each other profile is one click away.
function showItems() {
  const items = linesOf('item').map(line => line.split(/\s/)[0]);
  const select = profileDialog.inputs.default;
  fillSelect(select, [['', 'The first item'], ...items.map(name => [name, name])], select.value);
  profileDialog.adds.replaceChildren(...boot.profiles
    .filter(({ name, builtIn }) => !builtIn && name !== profileDialog.name.value && !items.includes(name))
    .map(({ name }) => make('button', { type: 'button', text: '+ ' + name, 'aria-label': 'Add ' + name, onclick: () => addItem(name) })));
  toggle(profileDialog.adds, profileDialog.adds.firstChild);
}

// With the caret where its title goes.
function addItem(name) {
  const area = profileDialog.inputs.item;
  area.value = [...linesOf('item'), name + ' '].join('\n');
  showItems();
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
}

function showScriptSize() {
  const size = linesOf('line').reduce((sum, line) => sum + line.length + 1, 0);
  put($(profileDialog.inputs.line.id + '-hint'), size.toLocaleString('en') + ' of 2,048 bytes. ' + SCRIPT_HINT);
}

function showKind() {
  for (const row of PROFILE_KEYS) {
    toggle($('profile-' + row.key).closest('.field'), row.kinds === profileDialog.kind.value);
  }
  showHttps();
}

function editProfile(name) {
  const known = boot.profiles.find(profile => profile.name === name);
  openProfile('Profile ' + name, name, { kind: known ? known.kind : 'linux', values: valuesOfProfile(name), notes: [] });
  profileDialog.isNew = false;
  profileDialog.name.readOnly = true;
  toggle(profileDialog.start.closest('.field'), false);
}

function valuesOfProfile(name) {
  return Object.fromEntries(PROFILE_KEYS.map(({ key }) => [key, valueOf(boot.sections, 'profile ' + name, key)]));
}

// With what was found or imported, or with nothing yet: a draft is { name, kind, values, notes }.
function newProfile(draft) {
  openProfile('New profile', draft ? freeName(draft.name) : '', draft || { kind: 'linux', values: {} });
  profileDialog.isNew = true;
  profileDialog.name.readOnly = false;
  profileDialog.preset = null;
  profileDialog.start.value = '';
  toggle(profileDialog.start.closest('.field'), !draft);
}

// A name that no profile has: with a number behind it if need be.
function freeName(name) {
  const wanted = name || 'profile';
  let free = wanted;
  for (let i = 2; boot.profiles.some(profile => profile.name === free); i++) {
    free = wanted.slice(0, 23 - String(i).length) + '-' + i;
  }
  return free;
}

function openProfile(title, name, draft) {
  rightAll($('profile-form'));
  toggle($('profile-error'), false);
  put($('profile-title'), title);
  profileDialog.name.value = name;
  profileDialog.isAsked = false;
  fillProfile(draft);
  $('profile').showModal();
}

function fillProfile({ kind, values, notes }) {
  profileDialog.kind.value = kind;
  for (const row of PROFILE_KEYS) {
    const value = values[row.key] || '';
    if (row.choices) {
      fillSelect(profileDialog.inputs[row.key], row.choices, value);
    } else {
      profileDialog.inputs[row.key].value = value;
    }
  }
  $('profile-notes').replaceChildren(...(notes || []).map(text => make('li', { text })));
  toggle($('profile-notes'), notes && notes.length);
  showKind();
  showItems();
  showScriptSize();
}

// A name that the person typed stays.
function takePreset() {
  const before = profileDialog.preset;
  const preset = PRESETS.find(({ name }) => name === profileDialog.start.value) || null;
  if (!profileDialog.name.value || (before && profileDialog.name.value === freeName(before.name))) {
    profileDialog.name.value = preset ? freeName(preset.name) : '';
  }
  profileDialog.preset = preset;
  rightAll($('profile-form'));
  fillProfile(preset || { kind: 'linux', values: {} });
}

// What the loaders on the board can do is asked once, and only when a URL makes it matter.
async function showHttps() {
  const isNeeded = needsHttps(key => $('profile-' + key).closest('.field').hidden ? '' : profileDialog.inputs[key].value);
  put($('profile-https'), isNeeded ? httpsText(profileDialog.loaders) : '');
  toggle($('profile-https'), isNeeded);
  if (isNeeded && !profileDialog.isAsked) {
    profileDialog.isAsked = true;
    try {
      profileDialog.loaders = (await get('/api/status')).loaders || [];
      showHttps();
    } catch (failure) {
      complain(failure);
    }
  }
}

// Values of one key as fields of the form: as many lines in each as fit, for each comes with the section's name, and the form is limited too.
function packed(lines) {
  const fields = [lines[0] || ''];
  for (const line of lines.slice(1)) {
    const last = fields.length - 1;
    if (fields[last].length + line.length < FIELD) {
      fields[last] += '\n' + line;
    } else {
      fields.push(line);
    }
  }
  return fields;
}

async function saveProfile() {
  const name = profileDialog.name.value.trim();
  const head = 'profile ' + name;
  if (profileDialog.isNew && parseSettings(await get('/api/settings')).some(section => section.head === head)) {
    wrong(profileDialog.name, 'A profile with this name already exists.');
    profileDialog.name.focus();
    return;
  }
  const kind = profileDialog.kind.value;
  const keys = [{ section: head, key: 'kind', value: kind }];
  for (const row of PROFILE_KEYS) {
    // What another kind had goes.
    const lines = row.kinds === kind ? linesOf(row.key) : [];
    for (const value of row.each ? packed(lines) : [lines.join(' ')]) {
      keys.push({ section: head, key: row.key, value });
    }
  }
  try {
    await setKeys(keys);
  } catch (failure) {
    if (!isRefusal(failure)) {
      throw failure;
    }
    showErrors(failure, error => {
      const input = error.section === head && error.key ? $('profile-' + error.key) : null;
      return input && !input.closest('.field').hidden ? input : null;
    }, text => {
      put($('profile-error'), text);
      toggle($('profile-error'), true);
    });
    return;
  }
  $('profile').close();
  say('Profile ' + name + ' saved.');
  refreshBoot();
}

profileDialog.kind.addEventListener('change', showKind);
profileDialog.name.addEventListener('input', showItems);
profileDialog.inputs.item.addEventListener('input', showItems);
profileDialog.inputs.line.addEventListener('input', showScriptSize);
profileDialog.start.addEventListener('change', takePreset);
$('profile-fields').addEventListener('input', showHttps);
$('profile-add').addEventListener('click', () => newProfile());
$('profile-cancel').addEventListener('click', () => $('profile').close());
onSubmit($('profile-form'), button => {
  toggle($('profile-error'), false);
  return act(button, saveProfile);
});
