namespace Netboot.Page.Tests.Support;

/// <summary>What tests measure in the page itself; each gives a list of what is wrong.</summary>
internal static class Scripts
{
    /// <summary>
    /// WCAG 2.2: language (3.1.1), one main and one heading of the first level, headings in order (1.3.1), names of inputs, buttons and
    /// links (4.1.2), ids once.
    /// </summary>
    public const string Faults =
        """
        () => {
          const faults = [];
          const seen = element => element.checkVisibility({ visibilityProperty: true });
          const name = element => element.outerHTML.slice(0, 90);
          const modal = document.querySelector('dialog[open]');
          const scope = modal || document;
          if (document.documentElement.lang !== 'en') faults.push('no language');
          if (!document.title) faults.push('no title');
          if ([...document.querySelectorAll('main')].filter(seen).length !== 1) faults.push('not one main');
          const headings = [...scope.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen);
          if (headings.filter(heading => heading.tagName === 'H1').length !== (modal ? 0 : 1)) faults.push('not one h1');
          let level = modal ? 1 : 0;
          for (const heading of headings) {
            const own = Number(heading.tagName[1]);
            if (own > level + 1) faults.push('heading skips a level: ' + name(heading));
            if (!heading.textContent.trim()) faults.push('empty heading');
            level = own;
          }
          for (const input of [...scope.querySelectorAll('input, select, textarea')].filter(seen)) {
            const labels = [...(input.labels || [])].map(label => label.textContent.trim()).join('') || input.getAttribute('aria-label');
            if (!labels) faults.push('no label: ' + name(input));
            for (const id of (input.getAttribute('aria-describedby') || '').split(' ').filter(id => id)) {
              if (!document.getElementById(id)) faults.push('described by nothing: ' + name(input));
            }
          }
          for (const button of [...scope.querySelectorAll('button, a[href]')].filter(seen)) {
            if (!(button.getAttribute('aria-label') || button.textContent).trim()) faults.push('no name: ' + name(button));
          }
          for (const part of scope.querySelectorAll('[aria-labelledby], [aria-controls]')) {
            for (const id of [part.getAttribute('aria-labelledby'), part.getAttribute('aria-controls')]) {
              if (id && !document.getElementById(id)) faults.push('points at nothing: ' + name(part));
            }
          }
          const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
          for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) faults.push('id twice: ' + id);
          return faults;
        }
        """;

    /// <summary>WCAG 2.2, 1.4.3: 4.5 to 1 between each text that is seen and what is behind it.</summary>
    public const string Faint =
        """
        () => {
          const numbers = colour => colour.match(/[\d.]+/g).map(Number);
          const light = ([red, green, blue]) => [red, green, blue].map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
          const ground = element => {
            for (; element; element = element.parentElement) {
              const colour = numbers(getComputedStyle(element).backgroundColor);
              if (colour.length === 3 || colour[3] === 1) return colour;
            }
            return [255, 255, 255];
          };
          const faint = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let looked = 0;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || element.closest('[disabled], script, style, option')) continue;
            looked++;
            const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < 4.5) faint.push(ratio.toFixed(2) + ' ' + node.data.trim().slice(0, 40));
          }
          if (looked < 10) faint.push('only ' + looked + ' texts were seen');
          return faint;
        }
        """;

    /// <summary>Elements that reach beyond the right edge of the window; within boxes that scroll by themselves they may.</summary>
    public const string TooWide =
        """
        () => {
          const edge = document.documentElement.clientWidth;
          const wide = [...document.querySelectorAll('body *')]
            .filter(element => element.checkVisibility() && !element.closest('.sr, textarea, option, thead, .skip') && element.getBoundingClientRect().right > edge + 0.5)
            .map(element => element.tagName + '.' + element.className + ' ' + Math.round(element.getBoundingClientRect().right) + ' ' + element.textContent.slice(0, 30));
          if (document.documentElement.scrollWidth > edge) wide.unshift('the page scrolls sideways: ' + document.documentElement.scrollWidth);
          return wide;
        }
        """;
}
