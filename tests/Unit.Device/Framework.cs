// The test sources name no framework, so that the PC's and the device's both fit.
global using nanoFramework.TestFramework;
