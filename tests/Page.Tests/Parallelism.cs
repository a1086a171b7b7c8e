// Chromium takes all that two processors have: several pages at once are no faster than one after another.
[assembly: DoNotParallelize]
