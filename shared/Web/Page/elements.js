'use strict';

// Elements, fields, dialogs, and what is said to the person. Whatever comes from the network goes into the page as text, never as markup.

const $ = id => document.getElementById(id);

// An element: properties that begin with 'on' are listeners, 'text' its text, true and false set and leave out an attribute.
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'text') {
      element.textContent = value;
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

// Text that is the same already is left alone: a screen reader would read it again, and a selection would be lost.
function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function toggle(element, shown) {
  element.hidden = !shown;
}

// A label with its input, a hint, a button beside it, and a place for what the device says against it.
function field(id, label, input, hint, button) {
  input.id = id;
  input.setAttribute('aria-describedby', (hint ? id + '-hint ' : '') + id + '-error');
  return make('div', { class: 'field' },
    make('label', { for: id, text: label }),
    button ? make('div', { class: 'with' }, input, button) : input,
    hint ? make('p', { class: 'hint', id: id + '-hint', text: hint }) : null,
    make('p', { class: 'error', id: id + '-error', role: 'alert', hidden: true }));
}

function textInput(properties) {
  return make('input', { autocapitalize: 'none', autocomplete: 'off', spellcheck: 'false', ...properties });
}

// Options are [value, text]. A value that is not among them stays, so that showing a form never changes what is set.
function fillSelect(select, options, value) {
  const wanted = options.some(option => option[0] === value) ? options : [...options, [value, value]];
  const key = JSON.stringify(wanted);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...wanted.map(option => make('option', { value: option[0], text: option[1] })));
  }
  select.value = value;
  return select;
}

function wrong(input, message) {
  const place = $(input.id + '-error');
  put(place, message);
  toggle(place, true);
  input.setAttribute('aria-invalid', 'true');
}

// The messages of a refused change at their fields, all of them. 'fieldOf' gives the input of an error, or null; 'tell' gets what belongs to no field.
function showErrors(failure, fieldOf, tell) {
  const rest = [];
  let first = null;
  for (const error of [failure, ...failure.more]) {
    const input = fieldOf(error);
    if (input) {
      // Of several values of one key the first that is wrong.
      if (!input.hasAttribute('aria-invalid')) {
        wrong(input, sentence(error.message));
      }
      first = first || input;
    } else {
      rest.push((error.section ? '[' + error.section + '] ' + (error.key ? error.key + ': ' : '') : '') + sentence(error.message));
    }
  }
  if (first) {
    first.focus();
  }
  if (rest.length) {
    tell(rest.join(' '));
  }
}

function right(input) {
  toggle($(input.id + '-error'), false);
  input.removeAttribute('aria-invalid');
}

function rightAll(form) {
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    right(input);
  }
}

// A second password that differs from the first is a slip of the hand: only the page can see that.
function same(first, second) {
  if (first.value === second.value) {
    return true;
  }
  wrong(second, 'The passwords do not match.');
  second.focus();
  return false;
}

let doneTimer = 0;

function say(text) {
  put($('problem'), '');
  put($('done'), text);
  clearTimeout(doneTimer);
  doneTimer = setTimeout(() => put($('done'), ''), 6000);
}

function complain(failure) {
  put($('done'), '');
  put($('problem'), failure instanceof Failure ? failure.message : 'Error on this page: ' + failure);
  clearTimeout(doneTimer);
  doneTimer = setTimeout(() => put($('problem'), ''), 15000);
  if (!(failure instanceof Failure)) {
    console.error(failure);
  }
}

// Does something for a button, which cannot be pressed again meanwhile. Gives whether it was done; 'place' is the input that an error belongs to.
async function act(button, work, done, place) {
  if (button.disabled) {
    return false;
  }
  const focused = document.activeElement === button;
  button.disabled = true;
  try {
    await work();
    if (done) {
      say(done);
    }
    return true;
  } catch (failure) {
    if (place && isRefusal(failure)) {
      wrong(place, failure.message);
      place.focus();
    } else {
      complain(failure);
    }
    return false;
  } finally {
    button.disabled = false;
    if (focused && document.activeElement === document.body) {
      button.focus();
    }
  }
}

function onSubmit(form, work) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    rightAll(form);
    work(form.querySelector('button.main'));
  });
}

// Asks before something that cannot be taken back. 'work' gets the password when one is asked for; the dialog stays open when it fails.
function ask(title, text, yes, work, secret) {
  const dialog = $('ask');
  const password = $('ask-password');
  const form = $('ask-form');
  put($('ask-title'), title);
  put($('ask-text'), text);
  put($('ask-yes'), yes);
  $('ask-yes').classList.toggle('danger', Boolean(secret));
  toggle($('ask-secret'), secret);
  toggle($('ask-error'), false);
  password.required = Boolean(secret);
  password.value = '';
  right(password);
  form.onsubmit = async event => {
    event.preventDefault();
    right(password);
    toggle($('ask-error'), false);
    let isRefused = false;
    const done = await act($('ask-yes'), async () => {
      try {
        await work(password.value);
      } catch (failure) {
        if (secret || !isRefusal(failure)) {
          throw failure;
        }
        // Here, where the person looks: what lies behind the dialog is not seen.
        put($('ask-error'), failure.message);
        toggle($('ask-error'), true);
        isRefused = true;
      }
    }, '', secret ? password : null);
    if (done && !isRefused) {
      dialog.close();
    }
  };
  dialog.showModal();
}

$('ask-no').addEventListener('click', () => $('ask').close());
$('ask').addEventListener('close', () => { $('ask-password').value = ''; });
