// Public menus and installers to start a profile from, a row each. The person sees and changes what comes of it, like any other profile.

const NETBOOT_XYZ = 'http://boot.netboot.xyz/menu.ipxe';
const DEBIAN = 'http://deb.debian.org/debian/dists/stable/main/installer-amd64/current/images/netboot/debian-installer/amd64/';
const UBUNTU = 'http://releases.ubuntu.com/noble/';
const FEDORA = 'http://mirrors.kernel.org/fedora/releases/44/Everything/x86_64/os/';
const ARCH = 'http://mirrors.kernel.org/archlinux/iso/latest/';
const TALOS = 'https://github.com/siderolabs/talos/releases/latest/download/';

const PRESETS = [
  {
    name: 'netboot.xyz', title: 'netboot.xyz, a menu of many systems', kind: 'script', values: { script: NETBOOT_XYZ },
    notes: ['Much of what is in its menu comes from GitHub by https.'],
  },
  {
    name: 'debian', title: 'Debian installer', kind: 'linux', values: { kernel: DEBIAN + 'linux', initrd: DEBIAN + 'initrd.gz' },
    notes: ['The stable release for 64-bit x86. Any other Debian mirror has the same folders.'],
  },
  {
    name: 'ubuntu', title: 'Ubuntu Server installer', kind: 'linux',
    values: {
      kernel: UBUNTU + 'netboot/amd64/linux', initrd: UBUNTU + 'netboot/amd64/initrd',
      'command-line': 'ip=dhcp url=' + UBUNTU + 'ubuntu-24.04.4-live-server-amd64.iso cloud-config-url=/dev/null',
    },
    notes: ['24.04 for 64-bit x86. It loads the whole ISO file into memory: 8 GB are needed.', 'Look up the ISO file\u2019s name on releases.ubuntu.com: it changes with each point release.'],
  },
  {
    name: 'fedora', title: 'Fedora installer', kind: 'linux',
    values: { kernel: FEDORA + 'images/pxeboot/vmlinuz', initrd: FEDORA + 'images/pxeboot/initrd.img', 'command-line': 'inst.repo=' + FEDORA + ' ip=dhcp' },
    notes: ['Fedora 44 for 64-bit x86. For another release change the number in all three places.'],
  },
  {
    name: 'arch', title: 'Arch Linux', kind: 'linux',
    values: {
      kernel: ARCH + 'arch/boot/x86_64/vmlinuz-linux', initrd: ARCH + 'arch/boot/x86_64/initramfs-linux.img',
      'command-line': 'archiso_http_srv=' + ARCH + ' archisobasedir=arch ip=dhcp cms_verify=y',
    },
    notes: ['The newest image. It is loaded into memory.'],
  },
  {
    name: 'talos', title: 'Talos', kind: 'linux',
    values: { kernel: TALOS + 'vmlinuz-amd64', initrd: TALOS + 'initramfs-amd64.xz', 'command-line': 'talos.platform=metal slab_nomerge pti=on' },
    notes: ['The newest release for 64-bit x86. It can be had by https only; or put both files on the mirror.'],
  },
  {
    name: 'memtest', title: 'Memtest86+', kind: 'inline',
    values: { line: 'iseq ${platform} efi && set file efi || set file bin\nkernel {mirror}memtest86+x64.${file}\nboot' },
    notes: ['Put memtest86+x64.bin and memtest86+x64.efi of Debian\u2019s package memtest86+ into the mirror\u2019s folder.', 'UEFI starts it only with Secure Boot off.'],
  },
];
