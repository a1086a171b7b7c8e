// Makes a profile of what another boot server was told. The rules are those of 'netboot import' (tools/Netboot/Import); tests/import-cases.json tests both.

// A configuration of NixOS has some kilobytes.
const IMPORT_MOST = 1 << 20;

const ON_MIRROR = 'Put the script on the mirror, and make a profile with its URL: script = \u2026';

// Pixiecore's flags that have a value behind them and mean something to its own server only; and those that have none.
const SERVERS_OWN = [
  'port', 'p', 'status-port', 'listen-addr', 'l', 'ipxe-bios', 'ipxe-ipxe', 'ipxe-efi32', 'ipxe-efi64', 'ipxe-efi-arm64', 'config', 'api-request-timeout',
];
const SWITCHES = ['debug', 'd', 'dhcp-no-bind', 'log-timestamps', 't', 'help', 'h', 'v'];
const MODES = ['boot', 'quick', 'api', 'bootipv6'];

// What cannot be imported, and what to do instead.
class ImportError extends Error {}

function refuse(text) {
  throw new ImportError(text);
}

// A profile of a text: { keys: [[key, value]], notes: [text] }, or an ImportError.
function importProfile(text) {
  return text.length > IMPORT_MOST ? refuse('that is too long for any of these.')
    : /^#!ipxe\s/.test(text) ? importScript(text)
    : /\bpixiecore\s*=\s*\{/.test(text) || text.includes('services.pixiecore.') ? importNixos(text)
    : text.includes('pixiecore') && !text.includes('services.pixiecore') ? importCommand(text)
    : refuse('it is neither a \'pixiecore\' command, nor a NixOS \'services.pixiecore\' block, nor a script that begins with #!ipxe.');
}

class ImportedProfile {
  constructor() {
    this.keys = [];
    this.notes = [];
    this.files = new Map();
  }

  add(key, value) {
    if (value.startsWith('#') || value.includes(' #')) {
      refuse(key + ': a word that begins with # would begin a comment, in the settings and in iPXE.');
    }
    this.keys.push([key, value]);
  }

  note(text) {
    if (!this.notes.includes(text)) {
      this.notes.push(text);
    }
  }

  // A server that says what each machine boots. An address of Pixiecore's own machine is none that the device can ask.
  api(url) {
    const address = url.includes('://') ? url : 'http://' + url;
    if (!/^https?:/.test(address) || !URL.canParse(address)) {
      refuse('api: ' + url + ' is no http:// address of a server.');
    }
    this.add('api', address);
    const host = address.split('/')[2].replace(/:\d+$/, '');
    if (/^(localhost$|127\.|\[::1\]$)/.test(host)) {
      this.note(host + ' is the machine that Pixiecore ran on: write its address in its place.');
    }
  }

  // A file as a URL of the settings: itself when it is one. A file of the other server's disk is on the mirror here, by its last name.
  file(path) {
    const file = path.replace(/^file:\/\//, '');
    if (file.includes('://')) {
      if (/^https:/.test(file)) {
        this.note(file + ': not every iPXE can fetch https (Debian 12\'s cannot). Put the file on the mirror, or give machines a loader that can.');
      }
      return file;
    }
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (!name || file.includes('${')) {
      refuse(path + ': which file this is only the other server\'s configuration knows. Build it, and put the built file\'s path here.');
    }
    if ((this.files.get(name) || file) !== file) {
      refuse(this.files.get(name) + ' and ' + file + ' have the same name, and cannot both be in the mirror\'s folder. Rename one.');
    }
    this.files.set(name, file);
    this.note('Put ' + file + ' into the mirror\'s folder as ' + name + '.');
    return encodeURIComponent(name).replace(/[!'()*]/g, sign => '%' + sign.charCodeAt(0).toString(16).toUpperCase());
  }

  // A file of a script: a URL, or relative to the script's own, which becomes the mirror's.
  relative(url) {
    if (url.includes('://')) {
      return this.file(url);
    }
    if (url.includes('${')) {
      refuse(url + ': only a machine knows what this is. ' + ON_MIRROR);
    }
    this.note(url + ' is relative to the script. Here it is relative to the mirror\'s URL.');
    return url;
  }

  // Pixiecore's {{ URL "path" }} and {{ ID "path" }} are files of its disk too; all else of a command line stays.
  commandLine(line) {
    let written = '';
    let position = 0;
    for (let start = line.indexOf('{{'); start >= 0; start = line.indexOf('{{', position)) {
      const end = line.indexOf('}}', start);
      const parts = end < 0 ? [] : line.slice(start + 2, end).split('"');
      if (parts.length !== 3 || !['URL', 'ID'].includes(parts[0].trim())) {
        refuse('command line: ' + line.slice(start) + ' is no template of Pixiecore\'s: {{ URL "file" }} or {{ ID "file" }}.');
      }
      written += line.slice(position, start) + '{{ URL "' + this.file(parts[1]) + '" }}';
      position = end + 2;
    }
    return wordsOf(written + line.slice(position)).join(' ');
  }
}

function wordsOf(text) {
  return text.split(/\s+/).filter(word => word);
}

// An iPXE script that does nothing but start one kernel, as NixOS's netboot.ipxe does.
function importScript(text) {
  const profile = new ImportedProfile();
  let any = false;
  for (const raw of text.replaceAll('\r', '').replaceAll('\\\n', '').split('\n').slice(1)) {
    let words = wordsOf(raw);
    const comment = words.findIndex(word => word.startsWith('#'));
    words = comment < 0 ? words : words.slice(0, comment);
    words = words[words.length - 1] === '||' ? words.slice(0, -1) : words;
    const [name] = words;
    if (!name || ['boot', 'imgfree', 'dhcp'].includes(name)) {
      continue;
    }
    const [, file, ...rest] = withoutOptions(words);
    if (name !== 'initrd' && (name !== 'kernel' || any)) {
      refuse('\'' + words.join(' ') + '\': the script does more than start one kernel. ' + ON_MIRROR);
    }
    if (!file) {
      refuse('\'' + name + '\' names no file.');
    }
    if (name === 'kernel') {
      any = true;
      profile.add('kernel', profile.relative(file));
      // NixOS puts this at the end, for whoever chains to the script; without them it is empty.
      const line = rest.filter(word => word !== '${cmdline}').join(' ');
      if (line) {
        profile.add('command-line', line);
      }
    } else {
      if (rest.length > 1) {
        refuse('\'' + withoutOptions(words).join(' ') + '\': a file has a name here and nothing else. ' + ON_MIRROR);
      }
      profile.add('initrd', [profile.relative(file), ...rest].join(' '));
    }
  }
  return any ? profile : refuse('the script starts no kernel.');
}

function withoutOptions(words) {
  const left = [];
  for (let i = 0; i < words.length; i++) {
    if (left.length === 1 && ['--name', '-n', '--timeout', '-t'].includes(words[i])) {
      i++;
    } else if (left.length > 1 || !words[i].startsWith('-')) {
      left.push(words[i]);
    }
  }
  return left;
}

// NixOS's module services.pixiecore, as a block or as single lines. What is not a text by itself only Nix can work out.
function importNixos(text) {
  const values = nixosValues(text.replace(/^[ \t]*#[^\n]*$/gm, ''));
  const mode = values.get('mode') || 'boot';
  if (mode === 'api') {
    const asking = new ImportedProfile();
    asking.api(values.get('apiServer') || 'localhost:8080');
    return asking;
  }
  if (mode === 'quick') {
    return importCommand('pixiecore quick ' + (values.get('quick') || ''));
  }
  const profile = new ImportedProfile();
  const kernel = values.get('kernel') || refuse('the block names no kernel.');
  const initrd = values.get('initrd');
  const line = values.get('cmdLine');
  if (kernel.startsWith('http') && !initrd && !line) {
    // iPXE starts whatever it gets, so people give it scripts.
    profile.add('script', profile.file(kernel));
  } else {
    profile.add('kernel', profile.file(kernel));
    if (initrd) {
      profile.add('initrd', profile.file(initrd));
    }
    if (line) {
      profile.add('command-line', profile.commandLine(line));
    }
  }
  if (values.has('extraArguments')) {
    profile.note('extraArguments are left out. A loader of your own goes into [loaders], further initrds into \'initrd\'.');
  }
  return profile;
}

function nixosValues(text) {
  // key = "text"; key = ''text''; key = anything else;
  const setting = /\b(mode|kernel|initrd|cmdLine|quick|apiServer|extraArguments)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|''(.*?)''|([^;]*))\s*;/gs;
  const start = /\bpixiecore\s*=\s*\{/.exec(text);
  const block = start ? [...nixosBlock(text, start.index + start[0].length).matchAll(setting)] : [];
  // Of a single line only what stands right behind the prefix: the rest of the file has keys of the same names for other things.
  const lines = text.split('services.pixiecore.').slice(1).map(rest => rest.matchAll(setting).next().value).filter(match => match && !match.index);
  const values = new Map();
  for (const [, key, quoted, long, other] of [...block, ...lines]) {
    const value = quoted !== undefined ? quoted.replaceAll('\\"', '"') : (long !== undefined ? long : other).trim();
    if (key !== 'extraArguments' && (value.includes('${') || (other !== undefined && !/^(\.|\/|http)/.test(value)))) {
      refuse(key + ' = ' + value + ': only Nix knows what this is. Build the system, and import its netboot.ipxe.');
    }
    if (!values.has(key) && (value || key === 'extraArguments')) {
      values.set(key, value);
    }
  }
  return values;
}

// To the brace that ends it; those in texts come in pairs.
function nixosBlock(text, start) {
  let depth = 1;
  let end = start;
  for (; end < text.length && depth; end++) {
    depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
  }
  return text.slice(start, end);
}

// A command of version 2 (boot KERNEL INITRD, quick xyz, api URL) or 1 (-kernel K -initrd I), by itself or behind sudo or docker run.
function importCommand(text) {
  const words = behindPixiecore(text);
  const plain = [];
  const flags = [];
  for (let i = 0; i < words.length; i++) {
    const [, dashes, name, value] = /^(-*)([^=]*)=?(.*)$/s.exec(words[i]);
    if (!dashes) {
      plain.push(words[i]);
    } else if (!SWITCHES.includes(name)) {
      const isWhole = words[i].includes('=');
      if (!isWhole && i + 1 === words.length) {
        refuse(words[i] + ' has no value behind it.');
      }
      flags.push([name, isWhole ? value : words[++i]]);
    }
  }
  return fillImported(new ImportedProfile(), plain, flags);
}

// The words behind the command's name. An image's name ends with it: docker run … quay.io/pixiecore/pixiecore boot …
function behindPixiecore(text) {
  const isName = word => !word.startsWith('-') && !word.includes('://') && (/(^|\/)pixiecore$/.test(word) || word.includes('/pixiecore:'));
  const named = shellCommands(text).flatMap(words => words.map((word, at) => ({ word, rest: words.slice(at + 1) })).filter(({ word }) => isName(word.text)));
  const { rest } = named.find(found => found.rest[0] && MODES.includes(found.rest[0].text)) || named.pop() || refuse('there is no pixiecore command in it.');
  const filled = rest.find(word => word.isFilledIn);
  return filled ? refuse(filled.text + ': only the shell knows what this is. Put its value in its place.') : rest.map(word => word.text);
}

function fillImported(profile, plain, flags) {
  // Version 1 has flags in place of words.
  const has = name => flags.some(flag => flag[0] === name);
  const mode = plain.length ? plain[0] : has('kernel') ? '' : has('api') ? 'api' : refuse('it says neither boot, quick nor api.');
  if (mode === 'boot' && plain.length < 2) {
    refuse('boot names no kernel: pixiecore boot KERNEL INITRD\u2026');
  } else if (mode === 'boot' || (!mode && has('kernel'))) {
    const files = name => flags.filter(flag => flag[0] === name).map(flag => flag[1]);
    const [kernel, ...initrds] = mode ? plain.slice(1) : [files('kernel')[0], ...files('initrd')];
    profile.add('kernel', profile.file(kernel));
    initrds.forEach(initrd => profile.add('initrd', profile.file(initrd)));
  } else if (mode === 'quick' && plain[1] === 'xyz') {
    profile.add('script', NETBOOT_XYZ);
  } else if (mode === 'quick') {
    refuse('\'quick ' + plain.slice(1).join(' ') + '\' names files that only that version of Pixiecore knows: make a profile with the distribution\'s kernel and initrd.');
  } else if (mode === 'api') {
    const named = flags.find(flag => flag[0] === 'api');
    profile.api(plain[1] || (named ? named[1] : refuse('api names no server: pixiecore api URL')));
  } else {
    refuse('\'' + mode + '\' is none of Pixiecore\'s ways to boot: boot, quick, api.');
  }
  for (const [name, value] of flags) {
    if (name === 'cmdline') {
      const line = profile.commandLine(value);
      if (line) {
        profile.add('command-line', line);
      }
    } else if (name === 'bootmsg') {
      profile.note('A profile of this kind has no message; the machine\'s screen shows the profile\'s name.');
    } else if (mode === 'api' ? name !== 'api' : mode || !['kernel', 'initrd'].includes(name)) {
      profile.note('--' + name + (SERVERS_OWN.includes(name) ? ' is of Pixiecore\'s own server, and left out.' : ' is not known, and left out.'));
    }
  }
  return profile;
}
