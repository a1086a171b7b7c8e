# A NixOS that runs from RAM and forgets everything when it is switched off. Nothing on the machine's disks is touched.
{ modulesPath, ... }:

{
  imports = [ "${modulesPath}/installer/netboot/netboot-minimal.nix" ];

  networking.hostName = "blackhole";

  # Put your own key here: there is no other way in over the network.
  users.users.root.openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAA… you@example" ];
  services.openssh.enable = true;

  # The kernel prints to the first serial port as well.
  boot.kernelParams = [ "console=tty0" "console=ttyS0,115200" ];
}
