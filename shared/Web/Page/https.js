// Which loaders can fetch https, as far as their names and versions tell, and what is said of a profile that needs it.

const HTTPS_KEYS = ['script', 'kernel', 'initrd', 'line'];

const HTTPS_NOTE = 'The machine\u2019s loader has to fetch https itself. iPXE of Debian 13 or newer and iPXE 2.0 can do that on UEFI, netboot.xyz\u2019s loaders also on a BIOS; '
  + 'Debian 12\u2019s cannot, nor can iPXE\u2019s usual builds for a BIOS. To check certificates the machine needs the internet (ca.ipxe.org). '
  + 'An address that redirects to https needs the same.';

// Whether any file of a profile comes by https. 'valueOf' gives the value of a key.
function needsHttps(valueOf) {
  return HTTPS_KEYS.some(key => /\bhttps:\/\//i.test(valueOf(key)));
}

// The loaders on the board that cannot: iPXE 1.0 has no https, and builds for a BIOS leave it out. Of a loader on the mirror nothing is known.
function loadersWithoutHttps(loaders) {
  return loaders.filter(({ source, version, name }) => source !== 'mirror' && (/^1\.0\./.test(version || '') || /\.k{0,2}pxe$/.test(name)))
    .map(({ name, version }) => name + (version ? ' ' + version : ''));
}

function httpsText(loaders) {
  const cannot = loadersWithoutHttps(loaders);
  return HTTPS_NOTE + (cannot.length ? ' On this board these cannot: ' + cannot.join(', ') + '.' : '');
}
