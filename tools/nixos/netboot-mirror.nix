# For the NixOS machine that holds the mirror: builds NixOS systems that run from RAM, and puts links to their kernels, initrds and
# scripts into the mirror's folder. README.md beside this file shows how it is used.
{ config, lib, pkgs, ... }:

let
  cfg = config.services.netboot-mirror;

  # What a machine fetches. The script names the other two as they are called here, relative to itself.
  filesOf = name: modules:
    let
      system = (pkgs.nixos modules).config;
      missing = ''
        services.netboot-mirror.systems.${name} makes no initrd for booting from the network. Add to it:
          imports = [ "''${modulesPath}/installer/netboot/netboot-minimal.nix" ];'';
    in
    lib.throwIfNot (system.system.build ? netbootRamdisk) missing (pkgs.linkFarm "netboot-${name}" [
      {
        name = system.system.boot.loader.kernelFile;
        path = "${system.system.build.kernel}/${system.system.boot.loader.kernelFile}";
      }
      { name = "initrd"; path = "${system.system.build.netbootRamdisk}/initrd"; }
      { name = "netboot.ipxe"; path = "${system.system.build.netbootIpxeScript}/netboot.ipxe"; }
    ]);

  systems = lib.mapAttrsToList (name: module: { inherit name; path = filesOf name [ module ]; }) cfg.systems;
in
{
  options.services.netboot-mirror = {
    folder = lib.mkOption {
      type = lib.types.path;
      default = "/srv/netboot";
      description = "The folder that the mirror serves. What else is in it is left alone.";
    };

    systems = lib.mkOption {
      type = lib.types.attrsOf lib.types.deferredModule;
      default = { };
      example = lib.literalExpression "{ blackhole = ./blackhole.nix; }";
      description = "NixOS systems that run from RAM, by name. Each is a folder below nixos/ on the mirror.";
    };
  };

  # One link for all of them: a system that is no longer listed is gone from the mirror too. The rule is part of the running system, so
  # the garbage collector keeps the files.
  config = lib.mkIf (cfg.systems != { }) {
    systemd.tmpfiles.rules = [
      "d ${cfg.folder} 0755 root root -"
      "L+ ${cfg.folder}/nixos - - - - ${pkgs.linkFarm "netboot-systems" systems}"
    ];
  };
}
