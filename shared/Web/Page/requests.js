// What is asked of the device. One request at a time: it serves three connections for each address.

// A password check or a read of many settings takes a board some seconds.
const PATIENCE = 15000;

// In memory only, so a page of another site never gets it.
let token = '';
let turn = Promise.resolve();
let isAway = false;

// Why a request did not do its work; status 0: the device did not answer.
class Failure extends Error {
  constructor(status, message, details) {
    super(message);
    this.status = status;
    Object.assign(this, details);
  }
}

// Whether the device answered and said no; not when the session is over, for then the way in is shown.
function isRefusal(failure) {
  return failure instanceof Failure && failure.status > 0 && !failure.loggedOut;
}

function get(path) {
  return call('GET', path);
}

function post(path, fields) {
  return call('POST', path, new URLSearchParams(fields || {}).toString(), 'application/x-www-form-urlencoded');
}

function postText(path, text) {
  return call('POST', path, text, 'text/plain');
}

function setKey(section, key, value) {
  return setKeys([{ section, key, value }]);
}

// Several keys in one change: all of them are set, or none.
function setKeys(keys) {
  const form = new URLSearchParams();
  for (const { section, key, value } of keys) {
    form.append('section', section);
    form.append('key', key);
    form.append('value', value);
  }
  return call('POST', '/api/settings/set', form.toString(), 'application/x-www-form-urlencoded');
}

async function call(method, path, body, type) {
  try {
    return await inTurn(() => exchange(method, path, body, type));
  } catch (failure) {
    const refused = failure.status === 401 || failure.status === 403;
    if (!refused || path === '/api/login' || path === '/api/claim') {
      throw failure;
    }
    // The session may be over, or another tab logged in and this one's token is old.
    const before = token;
    const session = await inTurn(() => exchange('GET', '/api/session'));
    if (session.state !== 'in') {
      leave(session);
      throw new Failure(failure.status, 'You were logged out. Log in again; what you typed is still there.', { loggedOut: true });
    }
    token = session.token;
    if (token === before) {
      throw failure;
    }
    return inTurn(() => exchange(method, path, body, type));
  }
}

function inTurn(work) {
  const result = turn.then(work);
  // Whoever asked gets the failure; the next in the queue has nothing to do with it.
  turn = result.then(() => undefined, () => undefined);
  return result;
}

async function exchange(method, path, body, type) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  const headers = {};
  if (method === 'POST') {
    headers['X-Netboot-Token'] = token || 'none';
    headers['Content-Type'] = type;
  }
  let response;
  let text;
  try {
    response = await fetch(path, { method, headers, body, signal: abort.signal, cache: 'no-store', credentials: 'same-origin', redirect: 'error' });
    text = await response.text();
  } catch (error) {
    answers(false);
    throw new Failure(0, 'The device does not answer.', { cause: error });
  } finally {
    clearTimeout(timer);
  }
  answers(true);
  const isJson = (response.headers.get('Content-Type') || '').startsWith('application/json');
  const answer = isJson ? parse(text, response.status) : text;
  if (response.ok) {
    return answer;
  }
  const error = isJson && answer.error ? answer.error : { message: text || 'The device answers ' + response.status + '.' };
  const after = Number(response.headers.get('Retry-After')) || 0;
  throw new Failure(response.status, sentence(error.message), { line: error.line, column: error.column, section: error.section, key: error.key, more: error.more || [], after });
}

function parse(text, status) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(status, 'The device sent invalid JSON: ' + error.message);
  }
}

function answers(isThere) {
  isAway = !isThere;
  put($('offline'), isThere ? '' : 'The device does not answer; trying again \u2026');
  toggle($('offline'), !isThere);
  if (isAway) {
    tryAgain();
  }
}
