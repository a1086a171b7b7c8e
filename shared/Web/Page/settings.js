// The view of the settings: a form for the common keys, the whole text, backup and restore, the password.

const settings = { every: 0, stale: true, text: null };

const GROUPS = [
  ['Device', [
    { section: 'device', key: 'name', label: 'Name', hint: 'On the network: NAME.local. Letters, digits and hyphens' },
    { section: 'device', key: 'led', label: 'Status LED', hint: 'GPIO number, or none; empty: the default for this type of board. After a restart' },
    { section: 'device', key: 'led-level', label: 'LED is lit by', hint: 'After a restart', choices: [['', 'Board default'], ['high', 'A high level'], ['low', 'A low level']] },
  ]],
  ['Mirror', MIRROR_KEYS],
  ['Page', [
    { section: 'page', key: 'metrics', label: 'Metrics', hint: '/metrics for Prometheus, with or without a login', choices: [['', 'With a login'], ['open', 'Open to everyone']] },
    { section: 'page', key: 'names', label: 'Other names', hint: 'Names that your router gives the device, such as netboot.fritz.box; separate with spaces or commas' },
  ]],
  ['Log', [{ section: 'log', key: 'syslog', label: 'Syslog server', hint: 'Address (not a name) that also gets the log: while the board looks a name up, everything on it stops' }]],
  ['DHCP', [{ section: 'dhcp', key: 'relays', label: 'Relay agents', hint: 'Addresses of relays whose machines get answers, such as 10.2.0.1 or 10.2.0.1/22; separate with spaces or commas' }]],
  ['Console', [
    { section: 'console', key: 'tx', label: 'Transmit pin', hint: 'GPIO number, or none. After a restart' },
    { section: 'console', key: 'rx', label: 'Receive pin', hint: 'GPIO number, or none. After a restart' },
  ]],
  ['Loaders other than the built-in ones', PLATFORMS.map(([key, label]) => ({ section: 'loaders', key, label }))],
];

const groupForms = GROUPS.map(([title, keys]) => {
  const grid = make('div', { class: 'grid' });
  $('settings-fields').append(make('fieldset', null, make('legend', { text: title }), grid));
  return new KeyForm(grid, 'settings', keys);
});

settings.show = () => { settings.stale = true; };

settings.refresh = async () => {
  if (settings.stale) {
    const text = await get('/api/settings');
    settings.stale = false;
    const area = $('raw-text');
    // Unsaved changes of the text stay.
    if (settings.text === null || area.value === settings.text) {
      area.value = text;
    }
    settings.text = text;
    groupForms.forEach(form => form.fill(parseSettings(text)));
  }
};

function refreshSettings() {
  settings.stale = true;
  refreshNow();
}

onSubmit($('settings-form'), async button => {
  const all = Object.create(KeyForm.prototype);
  all.fields = groupForms.flatMap(form => form.fields);
  await act(button, () => all.save());
  refreshSettings();
});

// Shows where the device found something wrong: the line is selected and scrolled to.
function showLine(area, failure) {
  const lines = area.value.split('\n');
  if (!failure.line || failure.line > lines.length) {
    wrong(area, failure.message);
    area.focus();
    return;
  }
  const start = lines.slice(0, failure.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  wrong(area, 'Line ' + failure.line + (failure.column ? ', column ' + failure.column : '') + (failure.key ? ', ' + failure.key : '') + ': ' + failure.message);
  area.focus();
  area.setSelectionRange(start, start + lines[failure.line - 1].length);
  area.scrollTop = (failure.line - 4) * parseFloat(getComputedStyle(area).lineHeight);
}

onSubmit($('raw'), async button => {
  const area = $('raw-text');
  await act(button, async () => {
    try {
      await postText('/api/settings', area.value);
    } catch (failure) {
      if (!isRefusal(failure)) {
        throw failure;
      }
      showLine(area, failure);
      return;
    }
    settings.text = area.value;
    say('Settings saved.');
    refreshSettings();
  });
});

$('raw-reload').addEventListener('click', () => {
  right($('raw-text'));
  settings.text = null;
  refreshSettings();
});

$('backup').addEventListener('click', event => act(event.currentTarget, async () => {
  const text = await get('/api/backup');
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = make('a', { href: url, download: 'netboot-backup-' + ($('device-name').textContent || 'device') + '.txt' });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}, 'Backup downloaded. It contains no password.'));

$('restore').addEventListener('click', () => $('restore-file').click());

$('restore-file').addEventListener('change', async () => {
  const input = $('restore-file');
  right(input);
  const file = input.files[0];
  if (!file) {
    return;
  }
  const text = await file.text();
  // So that the same file can be chosen again.
  input.value = '';
  ask('Restore ' + file.name + '?', 'It replaces all settings. The network settings and password stay.', 'Restore', async () => {
    try {
      await postText('/api/restore', text);
    } catch (failure) {
      if (!isRefusal(failure)) {
        throw failure;
      }
      wrong(input, (failure.line ? 'Line ' + failure.line + ': ' : '') + failure.message);
      return;
    }
    say('Settings restored.');
    settings.text = null;
    refreshSettings();
  });
});

onSubmit($('password'), async button => {
  const [old, next, again] = [$('password-old'), $('password-new'), $('password-again')];
  if (!same(next, again)) {
    return;
  }
  await act(button, async () => {
    try {
      // The password's old sessions are over; this is the new one.
      const session = await post('/api/password', { old: old.value, new: next.value });
      token = session.token || token;
    } catch (failure) {
      if (isRefusal(failure)) {
        const place = failure.status === 403 || failure.status === 429 ? old : next;
        wrong(place, failure.message);
        place.focus();
        return;
      }
      throw failure;
    }
    $('password').reset();
    say('Password changed.');
  });
});

$('logout').addEventListener('click', event => act(event.currentTarget, async () => {
  await post('/api/logout');
  // Nothing of the device stays in the page.
  location.reload();
}));
