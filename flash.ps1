#Requires -Version 5.1

<#
.SYNOPSIS
Flashes Netboot onto an ESP32 board, or sends it new settings over the same cable.

.DESCRIPTION
Installs nanoff if it is missing, writes the pinned version of nanoFramework's firmware, and the application where the board looks for it,
then the network configuration and the settings, waits until the device answers and prints its page's address. All of that is the command
'netboot flash' in tools/Netboot; this script only starts it. It needs the .NET 10 SDK, and runs in Windows PowerShell 5.1 and in PowerShell 7
on Windows, Linux and macOS.

.PARAMETER Board
The board, such as wt32-eth01. 'netboot flash --help' lists them.

.PARAMETER Port
Its serial port (COM7, /dev/ttyUSB0). Default: the only one there is.

.PARAMETER Settings
A file with settings for the device. It is checked before anything is flashed.

.PARAMETER Mirror
URL of the HTTP mirror, instead of the one in the settings.

.PARAMETER Name
The device's name, instead of the one in the settings.

.PARAMETER Password
The password of the device's page. Without this, one is generated, and printed once.

.PARAMETER Ca
A file with the certificate of the authority that signed an https mirror's certificate, for boards with PSRAM.

.PARAMETER Address
A fixed IPv4 address. Default: DHCP.

.PARAMETER Mask
Its subnet mask.

.PARAMETER Gateway
Its router.

.PARAMETER Dns
Its name server. Default: the router.

.PARAMETER WifiSsid
The Wi-Fi to join, for boards without Ethernet.

.PARAMETER WifiPassword
Its password. Without this, you are asked for it.

.PARAMETER Image
The deployment image. Default: the one from this repository, built first if it is missing or out of date.

.PARAMETER FirmwareVersion
A version of nanoFramework's firmware other than the pinned one.

.PARAMETER Target
A different nanoFramework target for the same chip.

.PARAMETER Nanoff
The nanoff to use.

.PARAMETER Timeout
How many seconds the device may take to answer.

.PARAMETER Config
Send only settings and network configuration.

.PARAMETER Dhcp
With -Config: back to DHCP.

.PARAMETER Keep
Update firmware and application; settings and network configuration on the board stay.

.EXAMPLE
./flash.ps1 -Board wt32-eth01 -Mirror http://192.168.1.2/

.EXAMPLE
./flash.ps1 -Board wt32-eth01 -WhatIf
Prints the exact commands and files, with secrets masked, and does nothing.

.EXAMPLE
./flash.ps1 -Board wt32-eth01 -Config -Settings netboot.cfg
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [Parameter(Mandatory = $true, Position = 0)]
    [string] $Board,
    [string] $Port,
    [string] $Settings,
    [string] $Mirror,
    [string] $Name,
    [securestring] $Password,
    [string] $Ca,
    [string] $Address,
    [string] $Mask,
    [string] $Gateway,
    [string] $Dns,
    [string] $WifiSsid,
    [securestring] $WifiPassword,
    [string] $Image,
    [string] $FirmwareVersion,
    [string] $Target,
    [string] $Nanoff,
    [int] $Timeout,
    [switch] $Config,
    [switch] $Dhcp,
    [switch] $Keep
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    throw 'The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0'
}

if (-not (& dotnet --list-sdks | Where-Object { $_ -match '^(\d+)\.' -and [int] $Matches[1] -ge 10 })) {
    throw 'The .NET SDK is older than 10: https://dotnet.microsoft.com/download/dotnet/10.0'
}

$arguments = @('--board', $Board)
$texts = @{
    Port = '--port'; Settings = '--settings'; Mirror = '--mirror'; Name = '--name'; Ca = '--ca'; Address = '--address'; Mask = '--mask'
    Gateway = '--gateway'; Dns = '--dns'; WifiSsid = '--wifi-ssid'; Image = '--image'; FirmwareVersion = '--firmware-version'
    Target = '--target'; Nanoff = '--nanoff'; Timeout = '--timeout'
}
foreach ($parameter in $texts.Keys) {
    if ($PSBoundParameters.ContainsKey($parameter)) {
        $arguments += @($texts[$parameter], [string] $PSBoundParameters[$parameter])
    }
}

if ($Config) { $arguments += '--config' }
if ($Dhcp) { $arguments += '--dhcp' }
if ($Keep) { $arguments += '--keep' }
if ($WhatIfPreference) { $arguments += '--what-if' }

# Secrets go through the environment: everybody on the machine can read a command line.
$secrets = @{}
if ($Password) {
    $secrets['NETBOOT_PAGE_PASSWORD'] = [System.Net.NetworkCredential]::new('', $Password).Password
    $arguments += @('--password', '-')
}

if ($WifiPassword) {
    $secrets['NETBOOT_WIFI_PASSWORD'] = [System.Net.NetworkCredential]::new('', $WifiPassword).Password
}

$project = [System.IO.Path]::Combine($PSScriptRoot, 'tools', 'Netboot')
$before = @{}
try {
    foreach ($variable in $secrets.Keys) {
        $before[$variable] = [System.Environment]::GetEnvironmentVariable($variable)
        [System.Environment]::SetEnvironmentVariable($variable, $secrets[$variable])
    }

    & dotnet run --project $project '--' flash @arguments
    $exit = $LASTEXITCODE
}
finally {
    foreach ($variable in $before.Keys) {
        # A plain $null would arrive as an empty text, and the variable would stay.
        $value = $before[$variable]
        if ($null -eq $value) { $value = [NullString]::Value }
        [System.Environment]::SetEnvironmentVariable($variable, $value)
    }
}

exit $exit
