// The view of what is booted: profiles, the rules for machines without one, the mirror.

const PLATFORMS = [
  ['bios', 'PC with a BIOS'], ['ia32', 'UEFI, 32-bit x86'], ['x64', 'UEFI, 64-bit x86'], ['arm32', 'UEFI, 32-bit ARM'], ['arm64', 'UEFI, 64-bit ARM'],
  ['riscv32', 'UEFI, 32-bit RISC-V'], ['riscv64', 'UEFI, 64-bit RISC-V'], ['loong64', 'UEFI, LoongArch'], ['pi', 'Raspberry Pi'],
];

const MIRROR_KEYS = [
  { section: 'mirror', key: 'url', label: 'URL', hint: 'Paths in profiles are relative to it, for example http://192.168.1.2/netboot/. An address is best: each machine looks a name up, and while the board does, everything on it stops' },
  { section: 'mirror', key: 'loaders', label: 'Loaders folder', hint: 'For loaders that are not on the board; a path relative to the URL, or a full URL' },
];

// Inputs for keys of the settings. What a person typed and did not save yet stays when the settings are read again.
class KeyForm {
  constructor(container, prefix, keys) {
    this.fields = keys.map(row => {
      const input = row.choices || row.none ? make('select') : textInput({ inputmode: row.key === 'url' ? 'url' : false });
      container.append(field(prefix + '-' + row.section + '-' + row.key, row.label, input, row.hint));
      return { ...row, input, saved: '' };
    });
  }

  fill(sections, profiles) {
    for (const each of this.fields) {
      const value = valueOf(sections, each.section, each.key);
      const untouched = each.input.value === each.saved || each.input.value === value;
      if (each.choices || each.none) {
        fillSelect(each.input, each.choices || [['', each.none], ...(each.more || []), ...profiles], untouched ? value : each.input.value);
      } else if (untouched) {
        each.input.value = value;
      }
      each.saved = value;
    }
  }

  // All that was changed in one change: every field that the device refuses gets its message, and then nothing is saved.
  async save() {
    const changed = this.fields.filter(each => each.input.value.trim() !== each.saved);
    if (!changed.length) {
      say('Nothing was changed.');
      return;
    }
    const values = changed.map(each => each.input.value.trim());
    try {
      await setKeys(changed.map((each, i) => ({ section: each.section, key: each.key, value: values[i] })));
    } catch (failure) {
      if (!isRefusal(failure)) {
        throw failure;
      }
      showErrors(failure, error => {
        const field = changed.find(each => each.section === error.section && each.key === error.key);
        return field ? field.input : null;
      }, text => {
        if (changed.length === 1) {
          wrong(changed[0].input, text);
          changed[0].input.focus();
        } else {
          complain(new Failure(failure.status, text));
        }
      });
      return;
    }
    changed.forEach((each, i) => { each.saved = values[i]; });
    say('Saved.');
  }
}

const boot = { every: 0, sections: [], profiles: [] };

const rulesForm = new KeyForm($('rules-fields'), 'rules', [
  { section: 'boot', key: 'default', label: 'Default', none: 'Built in: boot.ipxe on the mirror' },
  ...PLATFORMS.map(([key, label]) => ({ section: 'boot', key, label, none: 'Same as the default' })),
  { section: 'boot', key: 'unknown', label: 'Unknown machines', none: 'Like all others', more: [['ask', 'Wait until they are let in']], hint: 'Those that are not in the settings' },
]);
const mirrorForm = new KeyForm($('mirror-fields'), 'boot', MIRROR_KEYS);

boot.show = () => { boot.stale = true; };

boot.refresh = async () => {
  if (boot.stale) {
    boot.profiles = await get('/api/profiles');
    boot.sections = parseSettings(await get('/api/settings'));
    boot.stale = false;
    showProfiles();
    rulesForm.fill(boot.sections, boot.profiles.filter(profile => !profile.builtIn).map(profile => [profile.name, profile.name]));
    mirrorForm.fill(boot.sections);
  }
  showCheck(await get('/api/mirror'));
};

function refreshBoot() {
  boot.stale = true;
  refreshNow();
}

function showProfiles() {
  const focused = $('profiles').contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : '';
  $('profiles').replaceChildren(...boot.profiles.map(profile => {
    const uses = [
      profile.machines ? profile.machines + (profile.machines === 1 ? ' machine' : ' machines') : '',
      profile.once ? profile.once + ' for the next boot' : '',
      profile.menu ? 'in a menu' : '',
    ].filter(text => text).join(', ');
    const edit = make('button', { type: 'button', text: 'Edit', 'aria-label': 'Edit ' + profile.name, onclick: () => editProfile(profile.name) });
    const remove = make('button', { type: 'button', class: 'danger', text: 'Remove', 'aria-label': 'Remove ' + profile.name, onclick: () => removeProfile(profile.name) });
    return make('tr', { role: 'row', 'data-profile': profile.name },
      cell('Profile', null, make('b', { text: profile.name }), ' ', profile.default ? make('span', { class: 'badge', text: profile.builtIn ? 'built in, default' : 'default' }) : null),
      cell('Kind', null, KINDS[profile.kind] || profile.kind,
        needsHttps(key => valueOf(boot.sections, 'profile ' + profile.name, key)) ? make('small', { text: 'needs a loader that can fetch https' }) : null),
      cell('Used by', null, uses || '\u2013'),
      make('td', { role: 'cell' }, profile.builtIn ? '' : make('div', { class: 'buttons' }, edit, remove)));
  }));
  if (focused) {
    // The same button of the new row; the row may be gone.
    ([...$('profiles').querySelectorAll('button')].find(button => button.getAttribute('aria-label') === focused) || $('profile-add')).focus();
  }
  toggle($('profiles-table'), boot.profiles.length > 0);
  toggle($('profiles-empty'), boot.profiles.every(profile => profile.builtIn));
}

function removeProfile(name) {
  ask('Remove this profile?', name + ' is removed from the settings. No machine or rule may still use it.', 'Remove', async () => {
    await post('/api/settings/remove', { section: 'profile ' + name });
    say('Profile ' + name + ' removed.');
    refreshBoot();
  });
}

for (const [id, form] of [['rules', rulesForm], ['mirror', mirrorForm]]) {
  onSubmit($(id), async button => {
    await act(button, () => form.save());
    refreshBoot();
  });
}

onSubmit($('import'), async () => {
  const text = $('import-text');
  try {
    const { keys, notes } = importProfile(text.value.trim());
    const values = {};
    for (const [key, value] of keys) {
      values[key] = key in values ? values[key] + '\n' + value : value;
    }
    newProfile({ name: 'imported', kind: values.script ? 'script' : 'linux', values, notes });
  } catch (refusal) {
    if (!(refusal instanceof ImportError)) {
      throw refusal;
    }
    wrong(text, 'Not imported: ' + refusal.message);
    text.focus();
  }
});

onSubmit($('check'), async button => {
  await act(button, async () => {
    await post('/api/mirror/check', { url: $('check-url').value.trim() });
    showCheck({ state: 'running' });
  }, '', $('check-url'));
  refreshNow();
});

function showCheck(check) {
  const place = $('check-result');
  boot.every = check.state === 'running' ? 1000 : 0;
  if (check.state === 'idle') {
    put(place, '');
    return;
  }
  const key = JSON.stringify(check);
  if (place.dataset.key === key) {
    return;
  }
  place.dataset.key = key;
  const running = check.state === 'running';
  const amount = check.bytes ? bytesText(check.bytes) + ' in ' + secondsText(check.milliseconds || 0) + ', ' + bytesText(check.bytesPerSecond || 0) + '/s' : '';
  const word = running ? '\u25D0 Fetching \u2026' : check.ok ? '\u25CF It works' : '\u2716 It does not work';
  // Only the end is news for a screen reader.
  place.setAttribute('aria-live', running ? 'off' : 'polite');
  place.replaceChildren(...[
    make('p', { class: 'state ' + (running ? 'booting' : check.ok ? 'up' : 'failed'), text: word }),
    check.text ? make('p', { text: sentence(check.text) }) : null,
    make('p', { class: 'hint', text: [check.url, check.status ? 'HTTP ' + check.status : '', amount, check.script ? 'a script' : ''].filter(part => part).join(' \u00B7 ') }),
  ].filter(part => part));
}
