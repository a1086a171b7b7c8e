// The dialog that makes or changes a profile. Its keys depend on each other, so all of them are set in one change.

const KINDS = {
  linux: 'Linux: kernel and initrd', script: 'iPXE script or program', local: 'The machine\u2019s own disk', ignore: 'Ignore: no offer', deny: 'Refuse, and say so on the screen',
};

const PROFILE_KEYS = [
  { key: 'script', kinds: 'script', label: 'Script URL', hint: 'Relative to the mirror\u2019s URL, or a full URL' },
  { key: 'identity', kinds: 'script', label: 'Tell the script which machine this is', hint: 'Adds MAC, UUID and more to the URL', choices: [['', 'Default'], ['yes', 'Yes'], ['no', 'No']] },
  { key: 'kernel', kinds: 'linux', label: 'Kernel URL', hint: 'Relative to the mirror\u2019s URL, or a full URL' },
  { key: 'initrd', kinds: 'linux', label: 'Initrd URLs', hint: 'One per line, up to four', lines: true },
  { key: 'command-line', kinds: 'linux', label: 'Command line', lines: true },
  { key: 'message', kinds: 'deny', label: 'Message on the machine\u2019s screen' },
];

const profileDialog = { inputs: {} };

profileDialog.name = textInput({ maxlength: 24, required: true });
profileDialog.kind = fillSelect(make('select'), Object.entries(KINDS), 'linux');
$('profile-fields').append(
  field('profile-name', 'Name', profileDialog.name, 'Letters, digits and - . _'),
  field('profile-kind', 'Kind', profileDialog.kind));
for (const row of PROFILE_KEYS) {
  const input = row.choices ? fillSelect(make('select'), row.choices, '')
    : row.lines ? make('textarea', { rows: row.key === 'initrd' ? 2 : 3, spellcheck: 'false', autocapitalize: 'none', class: 'code' })
    : textInput();
  profileDialog.inputs[row.key] = input;
  $('profile-fields').append(field('profile-' + row.key, row.label, input, row.hint));
}

function showKind() {
  for (const row of PROFILE_KEYS) {
    toggle($('profile-' + row.key).closest('.field'), row.kinds === profileDialog.kind.value);
  }
}

function editProfile(name) {
  const head = 'profile ' + name;
  const known = boot.profiles.find(profile => profile.name === name);
  profileDialog.isNew = !name;
  rightAll($('profile-form'));
  toggle($('profile-error'), false);
  put($('profile-title'), name ? 'Profile ' + name : 'New profile');
  profileDialog.name.value = name;
  profileDialog.name.readOnly = Boolean(name);
  profileDialog.kind.value = known ? known.kind : 'linux';
  for (const row of PROFILE_KEYS) {
    profileDialog.inputs[row.key].value = name ? valueOf(boot.sections, head, row.key) : '';
  }
  showKind();
  $('profile').showModal();
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
    const lines = row.kinds !== kind ? [] : profileDialog.inputs[row.key].value.split('\n').map(line => line.trim()).filter(line => line);
    // A line end within the command line is a blank; several initrds are several keys. What another kind had goes.
    keys.push({ section: head, key: row.key, value: lines.join(row.key === 'initrd' ? '\n' : ' ') });
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
$('profile-add').addEventListener('click', () => editProfile(''));
$('profile-cancel').addEventListener('click', () => $('profile').close());
onSubmit($('profile-form'), button => {
  toggle($('profile-error'), false);
  return act(button, saveProfile);
});
