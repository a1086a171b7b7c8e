// The way in: login, the first claim, or how to get to one.

const gate = { every: 0, until: 0, aside: false };

gate.refresh = async () => {
  const session = await get('/api/session');
  if (session.state === 'in') {
    enter(session);
  } else {
    showGate(session);
  }
};

function showGate(session) {
  put($('device-name'), session.name || '');
  toggle($('gate'), true);
  for (const [state, id] of [['login', 'login'], ['claim', 'claim'], ['unclaimed', 'unclaimed'], ['lost', 'lost']]) {
    toggle($(id), session.state === state);
  }
  put($('gate-title'), session.state === 'login' ? 'Log in' : session.state === 'claim' ? 'Welcome: set a password' : session.state === 'lost' ? 'The settings cannot be read' : 'The time to set a password is up');
  gate.until = session.state === 'claim' ? Date.now() + session.claimSeconds * 1000 : 0;
  // Someone else may claim it meanwhile, or it is plugged in again.
  gate.every = session.state === 'login' ? 0 : 5000;
  countDown();
}

// The session began.
function enter(session) {
  token = session.token;
  put($('device-name'), session.name || '');
  for (const form of [$('login'), $('claim')]) {
    form.reset();
    rightAll(form);
  }
  toggle($('gate'), false);
  toggle($('nav'), true);
  isIn = true;
  route();
  if (gate.aside) {
    $('profile').showModal();
    gate.aside = false;
  }
}

// The session is over. The views stay as they are behind the login, with what was typed in them.
function leave(session) {
  const wasIn = isIn;
  token = '';
  isIn = false;
  gate.aside = gate.aside || $('profile').open;
  $('profile').close();
  $('ask').close();
  toggle($('nav'), false);
  showGate(session);
  route();
  if (wasIn && session.state === 'login') {
    $('login-password').focus();
  }
}

function countDown() {
  const left = Math.max(0, Math.round((gate.until - Date.now()) / 1000));
  put($('claim-left'), gate.until ? Math.floor(left / 60) + ' min ' + String(left % 60).padStart(2, '0') + ' s' : '');
}

setInterval(countDown, 1000);

// Too many wrong passwords: the button waits as long as the device says.
function waitFor(button, input, failure) {
  const until = Date.now() + failure.after * 1000;
  const place = $(input.id + '-error');
  const step = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    if (left > 0) {
      wrong(input, 'Too many attempts. Try again in ' + left + ' s.');
      // Said once; counting aloud would talk over everything.
      place.setAttribute('aria-live', 'off');
      setTimeout(step, 500);
    } else {
      place.removeAttribute('aria-live');
      right(input);
      input.focus();
    }
  };
  step();
}

async function tryIn(button, path, input) {
  let wait = null;
  await act(button, async () => {
    try {
      const answer = await post(path, { password: input.value });
      enter(answer.token ? answer : await get('/api/session'));
    } catch (failure) {
      if (failure.status === 429 && failure.after) {
        wait = failure;
        return;
      }
      input.select();
      throw failure;
    }
  }, '', input);
  if (wait) {
    waitFor(button, input, wait);
  }
}

onSubmit($('login'), button => tryIn(button, '/api/login', $('login-password')));

onSubmit($('claim'), async button => {
  if (same($('claim-password'), $('claim-again'))) {
    await tryIn(button, '/api/claim', $('claim-password'));
  }
});
