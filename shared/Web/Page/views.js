// Which view is shown, and when it asks the device again: only that view, only while somebody can see it, never two at a time.

const VIEWS = { machines, boot, device, log, settings };

// How long to wait after the first, second … request without an answer, in milliseconds.
const BACK_OFF = [2000, 4000, 8000, 15000, 30000];

let isIn = false;
let current = gate;
let timer = 0;
let failures = 0;
let isRefreshing = false;
let isWanted = false;

function route() {
  const wanted = location.hash.slice(1);
  const name = Object.keys(VIEWS).includes(wanted) ? wanted : 'machines';
  for (const link of $('nav').children) {
    if (link.hash === '#' + name) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  for (const view of Object.keys(VIEWS)) {
    toggle($(view), isIn && view === name);
  }
  toggle($('gate'), !isIn);
  document.title = (isIn ? capital(name) + ' \u00B7 ' : '') + 'Netboot ' + $('device-name').textContent;
  current = isIn ? VIEWS[name] : gate;
  if (current.show) {
    current.show();
  }
  refreshNow();
}

function refreshNow() {
  clearTimeout(timer);
  isWanted = true;
  refresh();
}

async function refresh() {
  if (isRefreshing || document.hidden || !isWanted) {
    return;
  }
  isRefreshing = true;
  isWanted = false;
  const view = current;
  let wait = 0;
  try {
    if (isAway) {
      await findAgain();
    }
    await view.refresh();
    failures = 0;
    wait = view.every;
  } catch (failure) {
    wait = BACK_OFF[Math.min(failures++, BACK_OFF.length - 1)];
    if (failure instanceof Failure && failure.loggedOut) {
      wait = 0;
    } else if (!(failure instanceof Failure) || failure.status) {
      complain(failure);
    }
  }
  isRefreshing = false;
  if (isWanted) {
    refresh();
  } else if (wait) {
    clearTimeout(timer);
    timer = setTimeout(refreshNow, wait);
  }
}

// The device may have started again, and then the session is over.
async function findAgain() {
  const session = await get('/api/session');
  if (isIn && session.state !== 'in') {
    leave(session);
    throw new Failure(401, '', { loggedOut: true });
  }
  token = session.token || '';
}

// After a request that was not answered, also in a view that does not ask by itself.
function tryAgain() {
  if (!isRefreshing) {
    clearTimeout(timer);
    timer = setTimeout(refreshNow, BACK_OFF[0]);
  }
}

addEventListener('hashchange', () => {
  route();
  if (isIn) {
    document.querySelector('.view:not([hidden]) h1').focus();
    scrollTo(0, 0);
  }
});

document.addEventListener('visibilitychange', () => {
  clearTimeout(timer);
  if (!document.hidden) {
    refreshNow();
  }
});

// Not by its address: that names the view.
$('skip').addEventListener('click', event => {
  event.preventDefault();
  $('content').focus();
});

refreshNow();
