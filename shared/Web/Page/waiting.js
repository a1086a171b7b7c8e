// Who comes into the settings by a click: machines that ask to netboot and wait until they are let in, and those that are added by address.

const isWaiting = machine => !machine.known && machine.why && machine.why.code === 'not-let-in';

function showWaiting(list) {
  const place = $('waiting-list');
  const waiting = list.filter(isWaiting);
  const found = new Set(waiting.map(machine => machine.mac));
  for (const item of [...place.children]) {
    if (!found.has(item.dataset.mac)) {
      item.remove();
    }
  }
  for (const machine of waiting) {
    const item = [...place.children].find(each => each.dataset.mac === machine.mac) || place.appendChild(makeWaiting(machine.mac));
    put(item.querySelector('small'), machine.firmware + ', ' + agoText(machine.seen + Date.now() - machine.at));
  }
  toggle($('waiting'), waiting.length > 0);
}

function makeWaiting(mac) {
  const letIn = make('button', { type: 'button', class: 'main', text: 'Let in', 'aria-label': 'Let in ' + mac, onclick: async event => {
    // An empty section makes it a known machine.
    if (await act(event.currentTarget, () => setKey('machine ' + mac, 'profile', ''), mac + ' is let in.')) {
      refreshMachines();
    }
  } });
  return make('li', { 'data-mac': mac }, make('span', { class: 'mono', text: mac }), ' ', make('small'), letIn);
}

onSubmit($('machine-add'), async button => {
  const input = $('machine-add-key');
  if (await act(button, () => setKey('machine ' + input.value.trim(), 'profile', ''), 'Added.', input)) {
    input.value = '';
    refreshMachines();
  }
});
