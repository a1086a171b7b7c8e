// How numbers and times are written, and the text form of the settings.

function sentence(text) {
  const start = String(text || 'It did not work').trim();
  const whole = start.charAt(0).toUpperCase() + start.slice(1);
  return /[.!?)]$/.test(whole) ? whole : whole + '.';
}

function bytesText(count) {
  if (count < 1024) {
    return count + ' B';
  }
  const kilo = count / 1024;
  return kilo < 1024 ? kilo.toFixed(kilo < 10 ? 1 : 0) + ' KB' : (kilo / 1024).toFixed(1) + ' MB';
}

function secondsText(milliseconds) {
  if (milliseconds < 1000) {
    return milliseconds + ' ms';
  }
  const seconds = milliseconds / 1000;
  return seconds < 120 ? seconds.toFixed(seconds < 10 ? 1 : 0) + ' s' : spanText(milliseconds);
}

// A length of time in its two largest units.
function spanText(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [[Math.floor(seconds / 86400), 'd'], [Math.floor(seconds / 3600) % 24, 'h'], [Math.floor(seconds / 60) % 60, 'min'], [seconds % 60, 's']];
  const first = parts.findIndex(part => part[0] > 0);
  return first < 0 ? '0 s' : parts.slice(first, first + 2).filter(part => part[0] > 0).map(part => part[0] + ' ' + part[1]).join(' ');
}

function agoText(milliseconds) {
  return milliseconds < 2000 ? 'just now' : (milliseconds < 60000 ? Math.floor(milliseconds / 1000) + ' s' : spanText(milliseconds)) + ' ago';
}

function rateText(bytes, milliseconds) {
  return bytesText(Math.round(bytes * 1000 / Math.max(milliseconds, 1))) + '/s';
}

function clockText(ago) {
  return new Date(Date.now() - ago).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// The sections of a settings text: [{ head, keys: [[key, value]] }]. The device writes it, so it is known to be right.
function parseSettings(text) {
  const sections = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const equals = line.indexOf('=');
    if (line.startsWith('[')) {
      sections.push({ head: line.slice(1, -1), keys: [] });
    } else if (line && !/^[#;]/.test(line) && equals > 0 && sections.length) {
      sections[sections.length - 1].keys.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
    }
  }
  return sections;
}

function valuesOf(sections, head, key) {
  const section = sections.find(candidate => candidate.head === head);
  return section ? section.keys.filter(pair => pair[0] === key).map(pair => pair[1]) : [];
}

function valueOf(sections, head, key) {
  return valuesOf(sections, head, key).join('\n');
}
